"""Runs the main database's migrations, on SQLite and on PostgreSQL, from `flask db …` and `flask upgrade`.

On SQLite a table is rebuilt to change it (batch mode). Foreign keys are off while that happens, or rebuilding a
parent would touch its children; they are checked before the commit. Triggers are re-created by whoever rebuilds.
"""

from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from portal.foundation.database import write_queue
from portal.tables import metadata


def is_ours(_object: Any, name: str | None, kind: str, _reflected: bool, _compare_to: Any) -> bool:
    """Leaves out what no model describes: the full-text index."""
    return not (kind in ("table", "index") and name is not None and name.startswith("search_index"))


def run(connection: Connection) -> None:
    """All missing migrations in one transaction."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        include_object=is_ours,
        render_as_batch=True,
        compare_type=True,
        transactional_ddl=True,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()
        if connection.dialect.name == "sqlite":
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"a migration broke {len(broken)} references, first {broken[0]}")


engine = current_app.extensions["migrate"].db.engine
with write_queue(engine), engine.connect() as plain:
    is_sqlite = plain.dialect.name == "sqlite"
    raw = plain.connection.dbapi_connection
    if is_sqlite:
        raw.execute("PRAGMA foreign_keys=OFF")  # has no effect inside a transaction, so before BEGIN
    try:
        with plain.execution_options(portal_writes=True).begin():
            run(plain)
    finally:
        if is_sqlite:
            raw.execute("PRAGMA foreign_keys=ON")
