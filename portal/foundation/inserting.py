"""Inserting new objects many at once: filing's way, which would else wait for twenty answers."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, Dialect, Insert, Select, Table, bindparam, func, insert, select
from sqlalchemy.orm import InstrumentedAttribute

from portal.foundation.database import Base
from portal.foundation.ready import Ready

_TOGETHER = "inserted together"
_KEPT = 256  # statements: of each table one for each number of rows, on one or two servers


@contextmanager
def together(connection: Connection) -> Iterator[None]:
    """On PostgreSQL the inserts inside go out at the end, as one statement: all are good, or the error is raised there.

    Nothing inside may read what was inserted. SQLite, which nobody waits for, inserts one after the other. What is
    done together inside of another goes out with that.
    """
    if connection.dialect.name != "postgresql" or _TOGETHER in connection.info:
        yield
        return
    waiting: list[_Part] = []
    connection.info[_TOGETHER] = waiting
    try:
        yield
    finally:
        del connection.info[_TOGETHER]
    if waiting:
        statement = _inserting(tuple((one.model, one.numbered, one.rows) for one in waiting), connection.dialect)
        statement.run(connection, [value for one in waiting for value in one.values])


class _Part(NamedTuple):
    """Rows of one table that wait to be inserted."""

    model: type[Base]
    numbered: bool
    rows: int
    values: Sequence[Any]


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
    numbered = with_ids and dialect.name == "postgresql"
    key, columns = _columns(model, numbered=numbered)
    values = [[vars(row).get(name, default) for name, default in columns] for row in rows]
    if dialect.name == "postgresql":
        part = _Part(model, numbered, len(rows), [value for row in values for value in row])
        if _TOGETHER in connection.info:
            connection.info[_TOGETHER].append(part)
        else:
            _inserting((part[:3],), dialect).run(connection, part.values)
        return
    for row, given in zip(rows, values, strict=True):
        made = _inserting(((model, numbered, 1),), dialect).run(connection, given)
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
def _inserting(parts: tuple[tuple[type[Base], bool, int], ...], dialect: Dialect) -> Ready:
    """The statement for so many rows of these tables, with a place for each value in order."""
    *first, last = (_one_insert(place, *part) for place, part in enumerate(parts))
    return Ready(last.add_cte(*(one.cte(f"part_{place}") for place, one in enumerate(first))), dialect)


def _one_insert(place: int, model: type[Base], numbered: bool, rows: int) -> Insert:
    table, (_, columns) = _table(model), _columns(model, numbered=numbered)
    asked = [
        {name: bindparam(f"{name}_{place}_{row}", type_=table.c[name].type) for name, _ in columns}
        for row in range(rows)
    ]
    return insert(table).inline().values(asked if rows > 1 else asked[0])


def _table(model: type[Base]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)  # noqa: S101 (tells the type checker)
    return table
