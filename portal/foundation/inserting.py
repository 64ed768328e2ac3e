"""Inserting new objects many at once: filing's way, which would else wait for twenty answers."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import psycopg
from sqlalchemy import Column, Connection, Dialect, Select, Table, bindparam, func, insert, select
from sqlalchemy.orm import InstrumentedAttribute

from portal.foundation.database import Base
from portal.foundation.ready import Ready, as_its_own_error

_PIPELINED = "pipelined"
_KEPT = 256  # statements: of each table one for each number of rows, on one or two servers


@contextmanager
def pipelined(connection: Connection) -> Iterator[None]:
    """Sends what is executed inside without waiting for the answers; at the end all must be good.

    Only this module's functions: SQLAlchemy can read nothing inside. Raises what the statements would have raised.
    SQLite, which nobody waits for, does one after the other. One inside another goes out with that.
    """
    driver = connection.connection.driver_connection
    if not isinstance(driver, psycopg.Connection) or connection.info.get(_PIPELINED):
        yield
        return
    connection.info[_PIPELINED] = True
    try:
        with as_its_own_error(connection), driver.pipeline():
            yield
    finally:
        if not connection.invalidated:
            connection.info[_PIPELINED] = False


def number_rows(connection: Connection, *rows: Base) -> None:
    """Gives new objects their ids before they are inserted, where ids come from sequences (PostgreSQL).

    Then nothing waits for an insert's answer, and the inserts may go out together.
    """
    if connection.dialect.name != "postgresql":
        return
    drawing = _next_ids(tuple(row.__tablename__ for row in rows), connection.dialect)
    for row, number in zip(
        rows, drawing.run(connection, [row.__tablename__ + "_id_seq" for row in rows]).fetchone(), strict=True
    ):
        row.id = number  # type: ignore[attr-defined]


@lru_cache(_KEPT)
def _next_ids(tables: tuple[str, ...], dialect: Dialect) -> Ready:
    drawn: Select[Any] = select(*(func.nextval(bindparam(f"of_{place}")) for place, _ in enumerate(tables)))
    return Ready(drawn, dialect)


def is_stored(connection: Connection, column: InstrumentedAttribute[str], value: str) -> bool:
    """Whether a row has this text in this column."""
    return _row_with(column, connection.dialect).run(connection, [value]).fetchone() is not None


@lru_cache(_KEPT)
def _row_with(column: InstrumentedAttribute[str], dialect: Dialect) -> Ready:
    return Ready(select(column).where(column == bindparam("value")), dialect)


def insert_rows(connection: Connection, *rows: Base, with_ids: bool = False) -> None:
    """Inserts new objects of one table, which stay outside of the session whose connection this is.

    With `with_ids` they have ids afterwards; on PostgreSQL `number_rows` gave them before.
    """
    if not rows:
        return
    model, dialect = type(rows[0]), connection.dialect
    key, columns = _columns(model, numbered=with_ids and dialect.name == "postgresql")
    if dialect.name == "postgresql":
        values = [vars(row).get(name, default) for row in rows for name, default in columns]
        _inserting(model, tuple(name for name, _ in columns), len(rows), dialect).run(connection, values)
        return
    one_row = _inserting(model, tuple(name for name, _ in columns), 1, dialect)
    for row in rows:
        made = one_row.run(connection, [vars(row).get(name, default) for name, default in columns])
        if with_ids:
            setattr(row, key, made.lastrowid)


def written_columns(table: Table) -> list[Column[Any]]:
    """The columns for which a row brings a value: not those that the server works out of others."""
    return [column for column in table.columns if column.computed is None]


@lru_cache(_KEPT)
def _columns(model: type[Base], *, numbered: bool) -> tuple[str, Sequence[tuple[str, Any]]]:
    """The column that numbers a table's rows ("" if none does); those that are written, and what stands in each if
    nothing is said."""
    table = _table(model)
    key = table.autoincrement_column
    written = [one for one in written_columns(table) if numbered or one is not key]
    return "" if key is None else key.key, [(one.key, getattr(one.default, "arg", None)) for one in written]


@lru_cache(_KEPT)
def _inserting(model: type[Base], names: tuple[str, ...], rows: int, dialect: Dialect) -> Ready:
    """The statement for so many rows, with a place for each value in order."""
    table = _table(model)
    asked = [{name: bindparam(f"{name}_{row}", type_=table.c[name].type) for name in names} for row in range(rows)]
    return Ready(insert(table).inline().values(asked if rows > 1 else asked[0]), dialect)


def _table(model: type[Base]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)  # noqa: S101 (tells the type checker)
    return table
