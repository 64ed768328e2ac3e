"""Renews the catalogue's mark also when a body outside, a ground of refusal or a body's sealing key changes.

The page of help is made of the first two, and whether a form asks for a name of the last; both are kept now.
"""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TABLES = ("body_key", "forward_body", "refusal_ground")
RENEW = "UPDATE catalogue_version SET mark = lower(hex(randomblob(16)));"  # PostgreSQL has a function: 0007


def upgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in TABLES:
        if is_sqlite:
            for verb in ("insert", "update", "delete"):
                op.execute(f"CREATE TRIGGER {table}_{verb}_renews AFTER {verb.upper()} ON {table} BEGIN {RENEW} END")
        else:
            op.execute(
                f"CREATE TRIGGER {table}_renews AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION catalogue_renews()"
            )


def downgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in TABLES:
        if is_sqlite:
            for verb in ("insert", "update", "delete"):
                op.execute(f"DROP TRIGGER {table}_{verb}_renews")
        else:
            op.execute(f"DROP TRIGGER {table}_renews ON {table}")
