"""Clocks that were extended, and what the portal told others of clocks that were nearly or already late."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

POINT = sa.Enum("due_soon", "superior", "listed", name="point", native_enum=False, create_constraint=True, length=32)
TOLD = sa.text("told_id IS NOT NULL")


def upgrade() -> None:
    for name in ("extended_by", "extensions"):
        op.add_column("clock", sa.Column(name, sa.SmallInteger(), server_default="0", nullable=False))
    op.create_table(
        "escalation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("clock_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.SmallInteger(), nullable=False),
        sa.Column("point", POINT, nullable=False),
        sa.Column("reached_on", sa.Date(), nullable=False),
        sa.Column("told_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_escalation_case_id_case")),
        sa.ForeignKeyConstraint(["clock_id"], ["clock.id"], name=op.f("fk_escalation_clock_id_clock")),
        sa.ForeignKeyConstraint(["told_id"], ["agency.id"], name=op.f("fk_escalation_told_id_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation")),
    )
    op.create_index("uq_escalation_clock_id_round_point", "escalation", ["clock_id", "round", "point"], unique=True)
    op.create_index("ix_escalation_case_id_point", "escalation", ["case_id", "point"])
    op.create_index("ix_escalation_told_id", "escalation", ["told_id", "id"], sqlite_where=TOLD, postgresql_where=TOLD)


def downgrade() -> None:
    op.drop_table("escalation")
    with op.batch_alter_table("clock") as batch:
        batch.drop_column("extensions")
        batch.drop_column("extended_by")
