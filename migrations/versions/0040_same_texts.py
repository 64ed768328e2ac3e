"""The same text sent again and again is held; ties of retaliation and cases of notices are append-only."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
REASONS = ("empty", "repeated", "links")
HELD = sa.text("text_mark IS NOT NULL")
KEPT = ("report_id", "first_report_id", "wants_protection")


def _reasons(*words: str) -> str:
    return "reason IN ({})".format(", ".join(f"'{word}'" for word in words))


def _fears_forbidden(same: str) -> str:
    """When an update of a tie is refused: anything but emptying what was feared."""
    kept = [f"NOT (NEW.{column} {same} OLD.{column})" for column in KEPT]
    return " OR ".join([*kept, f"(NOT (NEW.fears {same} OLD.fears) AND NEW.fears <> '')"])


def upgrade() -> None:
    op.create_table(
        "text_sent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.LargeBinary(32), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_sent")),
    )
    op.create_index("ix_text_sent_mark_at", "text_sent", ["mark", "at"])
    with op.batch_alter_table("quarantine") as batch:
        batch.drop_constraint(op.f("ck_quarantine_suspicion"), type_="check")
        batch.add_column(sa.Column("text_mark", sa.LargeBinary(32)))
        batch.create_check_constraint(op.f("ck_quarantine_suspicion"), _reasons(*REASONS, "same_text"))
    op.create_index("ix_quarantine_text_mark", "quarantine", ["text_mark"], sqlite_where=HELD, postgresql_where=HELD)
    if op.get_bind().dialect.name == "sqlite":
        _on_sqlite()
    else:
        _on_postgresql()


def _on_sqlite() -> None:
    refused = "BEGIN SELECT RAISE(ABORT, '{} is append-only'); END"
    op.execute(
        f"CREATE TRIGGER retaliation_append_only BEFORE UPDATE ON retaliation WHEN {_fears_forbidden('IS')} "
        + refused.format("retaliation")
    )
    op.execute("CREATE TRIGGER retaliation_no_delete BEFORE DELETE ON retaliation " + refused.format("retaliation"))
    op.execute(
        "CREATE TRIGGER report_takes_fears AFTER UPDATE OF narrative ON report "
        "WHEN NEW.narrative = '' AND OLD.narrative <> '' "
        "BEGIN UPDATE retaliation SET fears = '' WHERE report_id = NEW.id; END"
    )
    for verb in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER notice_case_no_{verb} BEFORE {verb.upper()} ON notice_case "
            + refused.format("notice_case")
        )


def _on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION retaliation_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'retaliation is append-only'; END IF; "
        f"IF {_fears_forbidden('IS NOT DISTINCT FROM')} THEN RAISE EXCEPTION 'retaliation is append-only'; END IF; "
        "RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER retaliation_append_only BEFORE UPDATE OR DELETE ON retaliation "
        "FOR EACH ROW EXECUTE FUNCTION retaliation_append_only()"
    )
    op.execute(
        "CREATE FUNCTION report_takes_fears() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "UPDATE retaliation SET fears = '' WHERE report_id = NEW.id; RETURN NULL; END $$"
    )
    op.execute(
        "CREATE TRIGGER report_takes_fears AFTER UPDATE OF narrative ON report "
        "FOR EACH ROW WHEN (NEW.narrative = '' AND OLD.narrative <> '') EXECUTE FUNCTION report_takes_fears()"
    )
    op.execute(
        "CREATE TRIGGER notice_case_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON notice_case "
        "FOR EACH STATEMENT EXECUTE FUNCTION history_is_kept()"  # of migration 0017
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        kept = ("notice_case_no_update", "notice_case_no_delete")
        for name in (*kept, "report_takes_fears", "retaliation_no_delete", "retaliation_append_only"):
            op.execute(f"DROP TRIGGER {name}")
    else:
        op.execute("DROP TRIGGER notice_case_is_kept ON notice_case")
        op.execute("DROP TRIGGER report_takes_fears ON report")
        op.execute("DROP FUNCTION report_takes_fears()")
        op.execute("DROP TRIGGER retaliation_append_only ON retaliation")
        op.execute("DROP FUNCTION retaliation_append_only()")
    op.drop_index("ix_quarantine_text_mark", "quarantine")
    op.execute("DELETE FROM quarantine WHERE reason = 'same_text'")
    with op.batch_alter_table("quarantine") as batch:
        batch.drop_constraint(op.f("ck_quarantine_suspicion"), type_="check")
        batch.drop_column("text_mark")
        batch.create_check_constraint(op.f("ck_quarantine_suspicion"), _reasons(*REASONS))
    op.drop_table("text_sent")
