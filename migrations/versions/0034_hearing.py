"""Somebody is heard before a finding against them: a statement that never changes, an explanation written once."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
KEPT = ("id", "key", "case_id", "agency_id", "clock_id", "person", "statement", "asked_by_id", "asked_at")
ANSWER = ("explanation", "answered_at", "answered_by_id")


def _changed(same: str) -> str:
    """When an update is refused: anything but writing the explanation, once."""
    kept = [f"NOT (NEW.{column} {same} OLD.{column})" for column in KEPT]
    answer = " OR ".join(f"NOT (NEW.{column} {same} OLD.{column})" for column in ANSWER)
    return " OR ".join([*kept, f"(OLD.answered_at IS NOT NULL AND ({answer}))"])


def upgrade() -> None:
    op.create_table(
        "hearing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("clock_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(300), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("answered_by_id", sa.Integer()),
        sa.Column("answered_at", MOMENT),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_hearing_case_id_case")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_hearing_agency_id_agency")),
        sa.ForeignKeyConstraint(["clock_id"], ["clock.id"], name=op.f("fk_hearing_clock_id_clock")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["staff.id"], name=op.f("fk_hearing_asked_by_id_staff")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["staff.id"], name=op.f("fk_hearing_answered_by_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing")),
        sa.UniqueConstraint("key", name=op.f("uq_hearing_key")),
        sa.UniqueConstraint("clock_id", name=op.f("uq_hearing_clock_id")),
    )
    op.create_index("ix_hearing_case_id_id", "hearing", ["case_id", "id"])
    op.create_index("ix_hearing_agency_id_id", "hearing", ["agency_id", "id"])
    if op.get_bind().dialect.name == "sqlite":
        refused = "BEGIN SELECT RAISE(ABORT, 'hearing is append-only'); END"
        op.execute(f"CREATE TRIGGER hearing_append_only BEFORE UPDATE ON hearing WHEN {_changed('IS')} {refused}")
        op.execute(f"CREATE TRIGGER hearing_no_delete BEFORE DELETE ON hearing {refused}")
        return
    op.execute(
        "CREATE FUNCTION hearing_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'hearing is append-only'; END IF; "
        f"IF {_changed('IS NOT DISTINCT FROM')} THEN RAISE EXCEPTION 'hearing is append-only'; END IF; "
        "RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER hearing_append_only BEFORE UPDATE OR DELETE ON hearing "
        "FOR EACH ROW EXECUTE FUNCTION hearing_append_only()"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER hearing_append_only")
        op.execute("DROP TRIGGER hearing_no_delete")
        op.drop_table("hearing")
        return
    op.execute("DROP TRIGGER hearing_append_only ON hearing")
    op.execute("DROP FUNCTION hearing_append_only()")
    op.drop_table("hearing")
