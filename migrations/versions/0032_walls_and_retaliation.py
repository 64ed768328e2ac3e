"""Retaliation: what ties a report to an earlier one. Of which case a staff notice is, so that a wall stops it."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "retaliation",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("first_report_id", sa.Integer(), nullable=False),
        sa.Column("wants_protection", sa.Boolean(), nullable=False),
        sa.Column("fears", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_retaliation_report_id_report")),
        sa.ForeignKeyConstraint(["first_report_id"], ["report.id"], name=op.f("fk_retaliation_first_report_id_report")),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_retaliation")),
    )
    op.create_index(op.f("ix_retaliation_first_report_id"), "retaliation", ["first_report_id"])
    op.create_table(
        "notice_case",
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_case_notice_id_notice")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_notice_case_case_id_case")),
        sa.PrimaryKeyConstraint("notice_id", "case_id", name=op.f("pk_notice_case")),
    )


def downgrade() -> None:
    op.drop_table("notice_case")
    op.drop_table("retaliation")
