"""A cleared text never changes, and a referral keeps the version that it got: by trigger, as reports and events."""

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

KEPT = ("id", "case_id", "report_id", "version", "shows_dossier", "cleared_by_id", "at")


def _changed(same: str) -> str:
    """When an update is refused: anything but emptying the text, which an erasure does."""
    parts = [f"NOT (NEW.{column} {same} OLD.{column})" for column in KEPT]
    return " OR ".join([*parts, f"(NOT (NEW.text {same} OLD.text) AND NEW.text <> '')"])


def _on_sqlite() -> None:
    refused = "BEGIN SELECT RAISE(ABORT, 'cleared_text is append-only'); END"
    op.execute(f"CREATE TRIGGER cleared_text_append_only BEFORE UPDATE ON cleared_text WHEN {_changed('IS')} {refused}")
    op.execute(f"CREATE TRIGGER cleared_text_no_delete BEFORE DELETE ON cleared_text {refused}")
    op.execute(
        "CREATE TRIGGER referral_keeps_text BEFORE UPDATE ON referral "
        "WHEN NOT (NEW.cleared_text_id IS OLD.cleared_text_id) "
        "BEGIN SELECT RAISE(ABORT, 'a referral keeps its cleared text'); END"
    )


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _on_sqlite()
        return
    same = "IS NOT DISTINCT FROM"
    op.execute(
        "CREATE FUNCTION cleared_text_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'cleared_text is append-only'; END IF; "
        f"IF {_changed(same)} THEN RAISE EXCEPTION 'cleared_text is append-only'; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER cleared_text_append_only BEFORE UPDATE OR DELETE ON cleared_text "
        "FOR EACH ROW EXECUTE FUNCTION cleared_text_append_only()"
    )
    op.execute(
        "CREATE FUNCTION referral_keeps_text() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION 'a referral keeps its cleared text'; END $$"
    )
    op.execute(
        "CREATE TRIGGER referral_keeps_text BEFORE UPDATE ON referral FOR EACH ROW "
        f"WHEN (NOT (NEW.cleared_text_id {same} OLD.cleared_text_id)) EXECUTE FUNCTION referral_keeps_text()"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in ("cleared_text_append_only", "cleared_text_no_delete", "referral_keeps_text"):
            op.execute(f"DROP TRIGGER {name}")
        return
    for table, name in (("cleared_text", "cleared_text_append_only"), ("referral", "referral_keeps_text")):
        op.execute(f"DROP TRIGGER {name} ON {table}")
        op.execute(f"DROP FUNCTION {name}()")
