"""A hearing reaches points of its own, and passes to the successor of the body that was to hear."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

POINTS = ("due_soon", "superior", "listed")
ALWAYS = ("id", "key", "case_id", "clock_id", "person", "statement", "asked_by_id", "asked_at")
ONCE = ("explanation", "answered_at", "answered_by_id")


def _changed(same: str, always: tuple[str, ...], once: tuple[str, ...]) -> str:
    """When an update is refused: of what never changes, and once there is an explanation of the rest."""
    kept = [f"NOT (NEW.{column} {same} OLD.{column})" for column in always]
    answered = " OR ".join(f"NOT (NEW.{column} {same} OLD.{column})" for column in once)
    return " OR ".join([*kept, f"(OLD.answered_at IS NOT NULL AND ({answered}))"])


def _keep_hearings(always: tuple[str, ...], once: tuple[str, ...]) -> None:
    if op.get_bind().dialect.name == "sqlite":
        refused = "BEGIN SELECT RAISE(ABORT, 'hearing is append-only'); END"
        op.execute("DROP TRIGGER hearing_append_only")
        when = _changed("IS", always, once)
        op.execute(f"CREATE TRIGGER hearing_append_only BEFORE UPDATE ON hearing WHEN {when} {refused}")
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION hearing_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'hearing is append-only'; END IF; "
        f"IF {_changed('IS NOT DISTINCT FROM', always, once)} "
        "THEN RAISE EXCEPTION 'hearing is append-only'; END IF; "
        "RETURN NEW; END $$"
    )


def _allow_points(words: tuple[str, ...]) -> None:
    allowed = "point IN (" + ", ".join(f"'{word}'" for word in words) + ")"
    with op.batch_alter_table("escalation") as batch:
        batch.drop_constraint(op.f("ck_escalation_point"), type_="check")
        batch.create_check_constraint(op.f("ck_escalation_point"), sa.text(allowed))


def upgrade() -> None:
    _allow_points(("due_soon", "late", "superior", "listed"))
    _keep_hearings(ALWAYS, ("agency_id", *ONCE))


def downgrade() -> None:
    op.execute("DELETE FROM escalation WHERE point = 'late'")
    _allow_points(POINTS)
    _keep_hearings((*ALWAYS, "agency_id"), ONCE)
