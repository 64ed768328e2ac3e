"""Cases that look like spam or like nothing: why they were held, and who said that they are none of that."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
REASON = sa.Enum("empty", "repeated", "links", name="suspicion", native_enum=False, create_constraint=True, length=32)
WAITS = sa.text("released_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "quarantine",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("reason", REASON, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("released_at", MOMENT),
        sa.Column("released_by_id", sa.Integer()),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_quarantine_case_id_case")),
        sa.ForeignKeyConstraint(["released_by_id"], ["staff.id"], name=op.f("fk_quarantine_released_by_id_staff")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_quarantine")),
    )
    op.create_index("ix_quarantine_case_id", "quarantine", ["case_id"], sqlite_where=WAITS, postgresql_where=WAITS)


def downgrade() -> None:
    op.drop_table("quarantine")
