"""Inserting new objects by the driver itself, many at once: filing's way, which would else wait for twenty answers.

SQLAlchemy writes the statements and knows the types, once for each table; what it does beside that at each statement
costs more than the insert.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import Any, NamedTuple

import psycopg
from sqlalchemy import Column, Connection, Dialect, Select, Table, bindparam, func, insert, literal_column, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import InstrumentedAttribute

from portal.foundation.database import Base

_PIPELINED = "pipelined"


def number_rows(connection: Connection, *rows: Base) -> None:
    """Gives new objects their ids before they are inserted, where ids come from sequences (PostgreSQL).

    Then nothing waits for an insert's answer, and the inserts may go out together (`pipelined`).
    """
    if connection.dialect.name != "postgresql":
        return
    tables = tuple(row.__tablename__ for row in rows)
    with _as_its_own_error(connection):
        numbers = _driver(connection).execute(_next_ids(tables, connection.dialect)).fetchone()
    for row, number in zip(rows, numbers, strict=True):
        row.id = number  # type: ignore[attr-defined]


@lru_cache(256)
def _next_ids(tables: tuple[str, ...], dialect: Dialect) -> str:
    drawn: Select[Any] = select(*(func.nextval(f"{table}_id_seq") for table in tables))
    return str(drawn.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))


def is_stored(connection: Connection, column: InstrumentedAttribute[str], value: str) -> bool:
    """Whether a row has this text in this column; may be asked inside `pipelined`."""
    with _as_its_own_error(connection):
        found = _driver(connection).execute(_row_with(column, connection.dialect), (value,))
        return found.fetchone() is not None


@lru_cache(256)
def _row_with(column: InstrumentedAttribute[str], dialect: Dialect) -> str:
    asked = select(literal_column("1")).select_from(column.class_).where(column == bindparam("value"))
    return str(asked.compile(dialect=_with_places(dialect)))


@contextmanager
def pipelined(connection: Connection) -> Iterator[None]:
    """Sends what is executed inside without waiting for the answers; at the end all must be good.

    Only this module's functions: SQLAlchemy can read nothing inside. Raises what the statements would have
    raised. SQLite, which nobody waits for, does one after the other. One inside another goes out with that.
    """
    driver = _driver(connection)
    if not isinstance(driver, psycopg.Connection) or connection.info.get(_PIPELINED):
        yield
        return
    connection.info[_PIPELINED] = True
    try:
        with _as_its_own_error(connection), driver.pipeline():
            yield
    finally:
        connection.info[_PIPELINED] = False


def insert_rows(connection: Connection, *rows: Base, with_ids: bool = False) -> None:
    """Inserts new objects of one table, which stay outside of the session whose connection this is.

    With `with_ids` they have ids afterwards; on PostgreSQL `number_rows` gave them before. Raises IntegrityError and
    SQLAlchemy's other errors, without what was to be stored.
    """
    if not rows:
        return
    driver, numbered = _driver(connection), with_ids and connection.dialect.name == "postgresql"
    writing = _writing(type(rows[0]), connection.dialect, numbered)
    with _as_its_own_error(connection):
        if connection.dialect.name == "postgresql":
            values = [value for row in rows for value in writing.values(row)]
            driver.execute(writing.statement(len(rows)), values)
            return
        for row in rows:
            made = driver.execute(writing.statement(1), writing.values(row))
            if with_ids:
                setattr(row, writing.key, made.lastrowid)


def written_columns(table: Table) -> list[Column[Any]]:
    """The columns for which a row brings a value: not those that the server works out of others."""
    return [column for column in table.columns if column.computed is None]


class _Value(NamedTuple):
    """What stands in a column: by which name an object has it, if it says nothing, and how the server takes it."""

    name: str
    default: Any
    taken: Callable[[Any], Any] | None


class _Writing:
    """How the objects of one table are written on one server."""

    def __init__(self, table: Table, dialect: Dialect, *, numbered: bool) -> None:
        self._table, self._dialect = table, dialect
        self.key = table.autoincrement_column.key if table.autoincrement_column is not None else ""
        columns = [one for one in written_columns(table) if numbered or one.key != self.key]
        self._values = [
            _Value(
                one.key, getattr(one.default, "arg", None), one.type.dialect_impl(dialect).bind_processor(dialect)
            )
            for one in columns
        ]
        self.statement = cache(self._statement)

    def values(self, row: Base) -> list[Any]:
        """What stands in the columns, as the driver takes it."""
        said = vars(row)
        return [
            said.get(name, default) if taken is None else taken(said.get(name, default))
            for name, default, taken in self._values
        ]

    def _statement(self, rows: int) -> str:
        """The statement for so many rows, with a place for each value in order."""
        asked = [
            {one.name: bindparam(f"{one.name}_{row}", type_=self._table.c[one.name].type) for one in self._values}
            for row in range(rows)
        ]
        written = insert(self._table).inline().values(asked if rows > 1 else asked[0])
        return str(written.compile(dialect=_with_places(self._dialect)))


def _with_places(dialect: Dialect) -> Dialect:
    """The same server's dialect, with parameters by place."""
    if dialect.name == "sqlite":
        return dialect
    return type(dialect)(paramstyle="format")  # type: ignore[call-arg]


@lru_cache(256)
def _writing(model: type[Base], dialect: Dialect, numbered: bool) -> _Writing:
    table = model.__table__
    assert isinstance(table, Table)  # noqa: S101 (tells the type checker)
    return _Writing(table, dialect, numbered=numbered)


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


@contextmanager
def _as_its_own_error(connection: Connection) -> Iterator[None]:
    """The driver's errors as SQLAlchemy's. They name neither statement nor values: those may be personal."""
    errors: Any = connection.dialect.loaded_dbapi
    try:
        yield
    except errors.Error as error:
        raise DBAPIError.instance(None, None, error, errors.Error, dialect=connection.dialect) from error
