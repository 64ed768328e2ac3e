"""A mark of the catalogue's state, so that processes may keep it in memory; and an index for counting accusations.

Every write to a table that filing reads gives the catalogue a new random mark, also one by hand. Random, not
counted up: a number that was rolled back would come again with other data behind it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TABLES = (
    "agency",
    "agency_function",
    "announcement",
    "calendar_day",
    "category",
    "deadline_rule",
    "procedure",
    "routing_rule",
)
NEW_MARK = {"sqlite": "lower(hex(randomblob(16)))", "postgresql": "replace(gen_random_uuid()::text, '-', '')"}


def upgrade() -> None:
    server = op.get_bind().dialect.name
    op.create_table(
        "catalogue_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_catalogue_version"),
    )
    op.execute(f"INSERT INTO catalogue_version (id, mark) SELECT 1, {NEW_MARK[server]}")
    renew = f"UPDATE catalogue_version SET mark = {NEW_MARK[server]};"  # noqa: S608 (our own words)
    if server == "sqlite":
        for table in TABLES:
            for verb in ("insert", "update", "delete"):
                op.execute(f"CREATE TRIGGER {table}_{verb}_renews AFTER {verb.upper()} ON {table} BEGIN {renew} END")
    else:
        op.execute(
            "CREATE FUNCTION catalogue_renews() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {renew} RETURN NULL; END $$"
        )
        for table in TABLES:
            op.execute(
                f"CREATE TRIGGER {table}_renews AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION catalogue_renews()"
            )
    op.create_index(
        "ix_report_agency_id_filed_at_accusing",
        "report",
        ["agency_id", "filed_at"],
        sqlite_where=sa.text("accused_role <> 'none'"),
        postgresql_where=sa.text("accused_role <> 'none'"),
    )


def downgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    op.drop_index("ix_report_agency_id_filed_at_accusing", table_name="report")
    for table in TABLES:
        if is_sqlite:
            for verb in ("insert", "update", "delete"):
                op.execute(f"DROP TRIGGER {table}_{verb}_renews")
        else:
            op.execute(f"DROP TRIGGER {table}_renews ON {table}")
    if not is_sqlite:
        op.execute("DROP FUNCTION catalogue_renews()")
    op.drop_table("catalogue_version")
