"""Reports and events are append-only by trigger: nothing changes in them but what an erasure empties."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# What an erasure may set, and to what; every other column must stay as it is.
ERASED = {
    "report": {
        "narrative": "''",
        "wish": "''",
        "elsewhere": "''",
        "mask_spans": "'[]'",
        "dossier_code": "NULL",
        "salt": "NULL",
    },
    "event": {"payload": "'{}'", "salt": "NULL"},
}
KEPT = {
    "report": (
        "id",
        "uid",
        "category",
        "agency_id",
        "procedure",
        "promised_on",
        "occurred_on",
        "occurred_until",
        "accused_role",
        "committee_first",
        "language",
        "channel",
        "disclosure",
        "reporter_type",
        "area_code",
        "filed_at",
        "received_on",
        "digest",
    ),
    "event": (
        "id",
        "uid",
        "case_id",
        "report_id",
        "kind",
        "at",
        "actor_id",
        "agency_id",
        "audience",
        "leaf",
        "format",
    ),
}


def _forbidden(table: str, same: str) -> str:
    """The condition under which an update is refused; `same` is the server's IS NOT DISTINCT FROM."""
    parts = [f"NOT (NEW.{column} {same} OLD.{column})" for column in KEPT[table]]
    parts += [
        f"(NOT (NEW.{column} {same} OLD.{column}) AND NOT (NEW.{column} {same} {empty}))"
        for column, empty in ERASED[table].items()
    ]
    if table == "event":  # the sequencer gives a place in the log, once
        parts.append(f"(OLD.ledger_index IS NOT NULL AND NOT (NEW.ledger_index {same} OLD.ledger_index))")
    return " OR ".join(parts)


def upgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in ("report", "event"):
        if is_sqlite:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE ON {table} WHEN {_forbidden(table, 'IS')} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
            op.execute(
                f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
            continue
        op.execute(
            f"CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF TG_OP = 'DELETE' THEN RAISE EXCEPTION '{table} is append-only'; END IF; "
            f"IF {_forbidden(table, 'IS NOT DISTINCT FROM')} THEN RAISE EXCEPTION '{table} is append-only'; END IF; "
            "RETURN NEW; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_append_only()"
        )


def downgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in ("report", "event"):
        if is_sqlite:
            op.execute(f"DROP TRIGGER {table}_append_only")
            op.execute(f"DROP TRIGGER {table}_no_delete")
        else:
            op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
            op.execute(f"DROP FUNCTION {table}_append_only()")
