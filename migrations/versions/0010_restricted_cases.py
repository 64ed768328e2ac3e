"""Restricted cases: read by those who hold them and by chief inspectors only."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

RESTRICTED = (
    'UPDATE "case" SET is_restricted = true WHERE category IN '
    "(SELECT code FROM category WHERE track = 'denunciation' OR severity >= 4)"
)


def upgrade() -> None:
    # No trigger stands on this table, and adding a column rebuilds none.
    op.add_column("case", sa.Column("is_restricted", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute(RESTRICTED)
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("case", "is_restricted", server_default=None)


def downgrade() -> None:
    op.drop_column("case", "is_restricted")
