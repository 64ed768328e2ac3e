"""What publishing needs: a role that sees no case, marks that change with all that pages are made of, leaves, uptime.

On PostgreSQL public pages and files are made under the role `portal_publication`, which may read what is published and
the catalogue, and nothing else (decision 0032). Roles belong to the server, not to one database: the role is made if it
is not there, and stays when the migration is taken back.
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

ROLE = "portal_publication"
READ = (
    "agency",
    "agency_function",
    "catalogue_version",
    "category",
    "dossier_count",
    "principle",
    "privacy_ledger",
    "release",
    "release_cell",
    "uptime",
)
MARKED = ("dossier_count", "principle")  # beside those of 0007 and 0014
NEW_MARK = "UPDATE catalogue_version SET mark = lower(hex(randomblob(16)));"
FROZEN = ("id", '"table"', "period", "parameters", "code_version", "frozen_at", "leaf", "salt")

MAKE_ROLE = f"""
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{ROLE}') THEN
    BEGIN
      CREATE ROLE {ROLE} NOLOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;  -- another database's migration was first
    END;
  END IF;
  BEGIN
    SET LOCAL ROLE {ROLE};
    RESET ROLE;
  EXCEPTION WHEN insufficient_privilege THEN
    EXECUTE format('GRANT {ROLE} TO %I', current_user);
  END;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE EXCEPTION 'The account % may not make the role {ROLE}. An administrator of the server runs, once: '
    'CREATE ROLE {ROLE} NOLOGIN; GRANT {ROLE} TO %; and then this migration runs again.',
    current_user, quote_ident(current_user);
END $$
"""


def upgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    op.create_table(
        "uptime",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("checks", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.CheckConstraint("checks > 0", name=op.f("ck_uptime_checks")),
        sa.CheckConstraint("answered BETWEEN 0 AND checks", name=op.f("ck_uptime_answered")),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_uptime")),
    )
    op.add_column("release", sa.Column("leaf", sa.LargeBinary(length=32), nullable=True))
    op.add_column("release", sa.Column("salt", sa.LargeBinary(length=16), nullable=True))
    op.add_column("release", sa.Column("ledger_index", sa.Integer(), nullable=True))
    op.create_index("ix_release_ledger_index", "release", ["ledger_index"], unique=True)
    _drop_append_only(is_sqlite)
    _append_only(is_sqlite, " OR ".join((*_changed(is_sqlite), _given_again(is_sqlite))))
    for table in MARKED:
        _renew(table, is_sqlite)
    if not is_sqlite:
        op.execute(MAKE_ROLE)
        op.execute(f"GRANT SELECT ON {', '.join(READ)} TO {ROLE}")


def _same(is_sqlite: bool) -> str:
    return "IS" if is_sqlite else "IS NOT DISTINCT FROM"


def _changed(is_sqlite: bool) -> list[str]:
    return [f"NOT (NEW.{column} {_same(is_sqlite)} OLD.{column})" for column in FROZEN]


def _given_again(is_sqlite: bool) -> str:
    """The place in the log is given once."""
    return f"(OLD.ledger_index IS NOT NULL AND NOT (NEW.ledger_index {_same(is_sqlite)} OLD.ledger_index))"


def _append_only(is_sqlite: bool, forbidden: str) -> None:
    """Forbids updates under a condition ("" for every update), and every deletion."""
    if is_sqlite:
        when = f"WHEN {forbidden} " if forbidden else ""
        op.execute(
            f"CREATE TRIGGER release_append_only BEFORE UPDATE ON release {when}"
            "BEGIN SELECT RAISE(ABORT, 'release is append-only'); END"
        )
        return
    refuse = "RAISE EXCEPTION 'release is append-only';"
    body = f"IF TG_OP = 'DELETE' OR {forbidden} THEN {refuse} END IF; RETURN NEW;" if forbidden else refuse
    op.execute(
        f"CREATE OR REPLACE FUNCTION release_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"
    )


def _drop_append_only(is_sqlite: bool) -> None:
    if is_sqlite:
        op.execute("DROP TRIGGER release_append_only")


def _renew(table: str, is_sqlite: bool) -> None:
    if is_sqlite:
        for verb in ("insert", "update", "delete"):
            op.execute(f"CREATE TRIGGER {table}_{verb}_renews AFTER {verb.upper()} ON {table} BEGIN {NEW_MARK} END")
        return
    op.execute(
        f"CREATE TRIGGER {table}_renews AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION catalogue_renews()"
    )


def downgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    if not is_sqlite:
        op.execute(f"REVOKE SELECT ON {', '.join(READ)} FROM {ROLE}")  # noqa: S608 (our own words)
    for table in MARKED:
        for name in [f"{table}_{verb}_renews" for verb in ("insert", "update", "delete")] if is_sqlite else ():
            op.execute(f"DROP TRIGGER {name}")
        if not is_sqlite:
            op.execute(f"DROP TRIGGER {table}_renews ON {table}")
    _drop_append_only(is_sqlite)
    op.drop_index("ix_release_ledger_index", table_name="release")
    for name in ("ledger_index", "salt", "leaf"):
        op.drop_column("release", name)
    _append_only(is_sqlite, "")
    op.drop_table("uptime")
