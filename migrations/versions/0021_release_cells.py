"""Cells of releases keep their order, the shares of their noises and the variance of their error."""

from math import exp

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

SHARE = 140  # of the only table that was published before


def upgrade() -> None:
    # Columns are added in place, with what is true of the numbers that are there: the frozen rows are not touched.
    a = exp(-SHARE / 1_000)
    spread = round(2 * a / (1 - a) ** 2, 6)
    op.add_column("release_cell", sa.Column("position", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("release_cell", sa.Column("shares", sa.Text(), nullable=False, server_default=f"[{SHARE}]"))
    op.add_column("release_cell", sa.Column("spread", sa.Float(), nullable=False, server_default=str(spread)))


def downgrade() -> None:
    for name in ("spread", "shares", "position"):
        op.drop_column("release_cell", name)
