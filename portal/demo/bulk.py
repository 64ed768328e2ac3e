"""Rows by the thousand, past SQLAlchemy: COPY on PostgreSQL, one prepared statement on SQLite.

This is the one place where rows of cloned cases enter the tables, search documents too.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Date, Table, func, select

from portal.demo.templates import NUMBERED, Row
from portal.foundation.database import UTCDateTime
from portal.foundation.inserting import written_columns

CACHE_KIB = 256 * 1024  # SQLite's own cache while it loads; a connection begins with 2 MiB


def stored_values(dialect: str, table: Table, rows: Iterable[Row]) -> list[list[Any]]:
    """Rows (words, JSON as text, instants in UTC) as lists in the order of the columns, as this server takes them."""
    names = [column.name for column in written_columns(table)]
    lists = ([row[name] for name in names] for row in rows)
    return list(_for_sqlite(table, lists) if dialect == "sqlite" else lists)


def insert_values(connection: Connection, table: Table, lists: Sequence[Sequence[Any]]) -> None:
    """Inserts what `stored_values` gave."""
    if not lists:
        return
    driver: Any = connection.connection.driver_connection
    names = [column.name for column in written_columns(table)]
    columns = ", ".join(names)
    if connection.dialect.name == "postgresql":
        with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:
            for values in lists:
                copy.write_row(values)
        return
    places = ", ".join("?" * len(names))
    driver.executemany(f'INSERT INTO "{table.name}" ({columns}) VALUES ({places})', lists)  # noqa: S608 (names of our own tables)


def widen_cache(connection: Connection) -> None:
    """Lets SQLite keep in memory what it goes on writing to. The connection's own, and given back with it."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA cache_size=-{CACHE_KIB}")


def move_sequences(connection: Connection) -> None:
    """PostgreSQL counts on from its sequences, which explicit ids do not move."""
    if connection.dialect.name != "postgresql":
        return
    for model in NUMBERED:
        sequence = func.pg_get_serial_sequence(f'"{model.__tablename__}"', "id")
        connection.execute(select(func.setval(sequence, select(func.max(model.id)).scalar_subquery())))


def _for_sqlite(table: Table, lists: Iterable[list[Any]]) -> Iterable[list[Any]]:
    """SQLite has no dates: they are text, as SQLAlchemy writes them."""
    spelled: list[tuple[int, Callable[[Any], str]]] = []
    for place, column in enumerate(written_columns(table)):
        if isinstance(column.type, UTCDateTime):
            spelled.append((place, _instant))
        elif isinstance(column.type, Date):
            spelled.append((place, _day))
    for values in lists:
        for place, spell in spelled:
            if values[place] is not None:
                values[place] = spell(values[place])
        yield values


def _instant(value: datetime) -> str:
    return value.replace(tzinfo=None).isoformat(" ", "microseconds")


@lru_cache(maxsize=4096)
def _day(value: date) -> str:
    return value.isoformat()
