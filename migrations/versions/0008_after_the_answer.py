"""What a reporter does after the answer: points beside a mark, the follow-up, and contacts given later."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "follow_up",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "yes",
                "half",
                "no",
                "new_trouble",
                name="follow_up_answer",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_waiting", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_follow_up_report_id_report")),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_follow_up")),
    )
    op.create_index(
        "ix_follow_up_answered_at_waiting",
        "follow_up",
        ["answered_at", "report_id"],
        unique=False,
        sqlite_where=sa.text("is_waiting"),
        postgresql_where=sa.text("is_waiting"),
    )
    # Neither table has triggers, and adding a column rebuilds none.
    op.add_column("rating", sa.Column("points", sa.Text(), server_default="[]", nullable=False))
    op.add_column("notice_contact", sa.Column("recipient", sa.String(40), server_default="notices", nullable=False))


def downgrade() -> None:
    op.drop_column("notice_contact", "recipient")
    op.drop_column("rating", "points")
    op.drop_index("ix_follow_up_answered_at_waiting", table_name="follow_up")
    op.drop_table("follow_up")
