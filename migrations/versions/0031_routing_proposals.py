"""Proposed changes of the routing with their dry run; and which reports an officer filed for somebody."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
STATES = ("counting", "ready", "taken", "dropped")
CHANNELS = ("web", "api", "counter", "hotline")


def _word(name: str, among: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*among, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        "routing_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(60), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("by_login", sa.String(80), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("rules_mark", sa.String(32), nullable=False),
        sa.Column("state", _word("proposal_state", STATES), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("last_filed_at", MOMENT),
        sa.Column("last_report", sa.Integer(), nullable=False),
        sa.Column("moved", sa.Text(), nullable=False),
        sa.Column("done_at", MOMENT),
        sa.Column("ended_by", sa.String(80)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_routing_proposal")),
    )
    op.create_index("ix_routing_proposal_code_id", "routing_proposal", ["code", "id"])
    op.create_table(
        "assisted_filing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("channel", _word("channel", CHANNELS), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_assisted_filing_report_id_report")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_assisted_filing_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assisted_filing")),
        sa.UniqueConstraint("report_id", name=op.f("uq_assisted_filing_report_id")),
    )
    op.create_index("ix_assisted_filing_staff_id_at", "assisted_filing", ["staff_id", "at"])
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER assisted_filing_no_{verb} BEFORE {verb.upper()} ON assisted_filing "
                "BEGIN SELECT RAISE(ABORT, 'assisted_filing is append-only'); END"
            )
        return
    op.execute(
        "CREATE TRIGGER assisted_filing_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON assisted_filing "
        "FOR EACH STATEMENT EXECUTE FUNCTION history_is_kept()"  # of migration 0017
    )


def downgrade() -> None:
    op.drop_table("assisted_filing")
    op.drop_table("routing_proposal")
