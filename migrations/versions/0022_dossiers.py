"""Dossiers handled and late by body and month, as the official one-stop system publishes them."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dossier_count",
        sa.Column("agency_code", sa.String(length=40), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("handled", sa.Integer(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("is_invented", sa.Boolean(), nullable=False),
        sa.CheckConstraint("month LIKE '____-__'", name="ck_dossier_count_month"),
        sa.CheckConstraint("handled >= 0", name="ck_dossier_count_handled"),
        sa.CheckConstraint("late BETWEEN 0 AND handled", name="ck_dossier_count_late"),
        sa.PrimaryKeyConstraint("agency_code", "month", name="pk_dossier_count"),
    )


def downgrade() -> None:
    op.drop_table("dossier_count")
