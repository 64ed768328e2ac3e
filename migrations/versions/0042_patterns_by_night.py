"""What stands out is counted by night, for each account that reads it."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pattern_count",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_as", sa.LargeBinary(32), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_pattern_count_staff_id_staff")),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_pattern_count")),
    )


def downgrade() -> None:
    op.drop_table("pattern_count")
