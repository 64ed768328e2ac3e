"""Brings a key store to the newest schema. Its migrations are a chain of their own, in migrations/keys/."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, func, select

from portal.foundation.database import make_engine, write_queue
from portal.identity.keystore import metadata

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations" / "keys"
MIGRATION_LOCK = 7_203_947  # any number: processes that start together wait for each other under it
VERSION_TABLE = "key_store_version"  # a name of its own, so that a shared server's two chains never mix


def upgrade_key_store(url: str) -> None:
    """Applies the migrations that are missing, all of them or none."""
    engine = make_engine(url)
    try:
        with write_queue(engine), engine.connect() as plain:
            connection = plain.execution_options(portal_writes=True)
            with connection.begin():
                if engine.dialect.name == "postgresql":
                    connection.execute(select(func.pg_advisory_xact_lock(MIGRATION_LOCK)))
                config = _config()
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
    finally:
        engine.dispose()


def is_up_to_date(engine: Engine) -> bool:
    """Whether every migration of the key store was applied (for /readyz)."""
    with engine.connect() as connection:
        applied = _context(engine, connection).get_current_heads()
    return set(applied) == set(ScriptDirectory.from_config(_config()).get_heads())


def missing_changes(engine: Engine) -> list[Any]:
    """In what the tables in code and the migrated store differ (as `alembic check` does)."""
    with engine.connect() as connection:
        return list(compare_metadata(_context(engine, connection), metadata))


def _context(engine: Engine, connection: Any) -> MigrationContext:
    return MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE, "compare_type": True})


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
