"""Releases: frozen numbers, the privacy they cost, and which reports were counted. All append-only."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

FROZEN = ("release", "release_cell", "privacy_ledger", "counted")
STRATA = ("district", "department", "praise", "proposal")


def upgrade() -> None:
    op.create_index("ix_report_filed_at_id", "report", ["filed_at", "id"])
    op.create_table(
        "release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("table", sa.String(length=40), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("parameters", sa.Text(), nullable=False),
        sa.Column("code_version", sa.String(length=20), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sa.UniqueConstraint("table", "period", name=op.f("uq_release_table_period")),
    )
    op.create_index("ix_release_period", "release", ["period"])
    op.create_table(
        "release_cell",
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("noisy", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("margin", sa.Integer(), nullable=False),
        sa.CheckConstraint("margin >= 0", name=op.f("ck_release_cell_margin")),
        sa.CheckConstraint("value >= 0", name=op.f("ck_release_cell_value")),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_release_cell_release_id_release")),
        sa.PrimaryKeyConstraint("release_id", "key", name=op.f("pk_release_cell")),
    )
    op.create_table(
        "privacy_ledger",
        sa.Column("table", sa.String(length=40), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("shares", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("table", "period", name=op.f("pk_privacy_ledger")),
    )
    op.create_table(
        "counted",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("table", sa.String(length=40), nullable=False),
        sa.Column("stratum", sa.String(length=32), nullable=False),
        sa.CheckConstraint(f"stratum IN {STRATA}", name=op.f("ck_counted_stratum")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_counted_report_id_report")),
        sa.PrimaryKeyConstraint("report_id", "table", name=op.f("pk_counted")),
    )
    for table in FROZEN:
        _append_only(table)


def _append_only(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb, name in (("UPDATE", "append_only"), ("DELETE", "no_delete")):
            op.execute(
                f"CREATE TRIGGER {table}_{name} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{table} is append-only'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_append_only()"
    )


def downgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in reversed(FROZEN):
        op.drop_table(table)  # its triggers go with it
        if not is_sqlite:
            op.execute(f"DROP FUNCTION {table}_append_only()")
    op.drop_index("ix_report_filed_at_id", "report")
