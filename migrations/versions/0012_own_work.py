"""Own days and checklists: what an account keeps for itself beside a case."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def _whose() -> tuple[sa.Column[int], sa.Column[int]]:
    return sa.Column("case_id", sa.Integer(), nullable=False), sa.Column("staff_id", sa.Integer(), nullable=False)


def upgrade() -> None:
    op.create_table(
        "own_date",
        *_whose(),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_own_date_case_id_case")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_own_date_staff_id_staff")),
        sa.PrimaryKeyConstraint("case_id", "staff_id", name=op.f("pk_own_date")),
    )
    op.create_index("ix_own_date_staff_id_due_on", "own_date", ["staff_id", "due_on", "case_id"])
    op.create_table(
        "own_task",
        *_whose(),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_own_task_case_id_case")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_own_task_staff_id_staff")),
        sa.PrimaryKeyConstraint("case_id", "staff_id", "position", name=op.f("pk_own_task")),
    )


def downgrade() -> None:
    op.drop_table("own_task")
    op.drop_table("own_date")
