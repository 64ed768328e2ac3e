"""A referral that the head of the accused's body alone reads and answers; and which account answered it."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Adding a column rebuilds no table: the trigger of `referral` stays.
    op.add_column("referral", sa.Column("for_head", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "head_answer",
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_head_answer_referral_id_referral")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_head_answer_staff_id_staff")),
        sa.PrimaryKeyConstraint("referral_id", name=op.f("pk_head_answer")),
    )


def downgrade() -> None:
    op.drop_table("head_answer")
    op.drop_column("referral", "for_head")
