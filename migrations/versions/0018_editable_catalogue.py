"""What administrators keep of a body (how to reach it), and which decree a day of the calendar rests on."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Columns are added in place: no table is built anew, so every trigger stays.
    op.add_column("agency", sa.Column("phone", sa.String(length=60), nullable=True))
    op.add_column("agency", sa.Column("address", sa.String(length=300), nullable=True))
    op.add_column("calendar_day", sa.Column("source", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("calendar_day", "source")
    op.drop_column("agency", "address")
    op.drop_column("agency", "phone")
