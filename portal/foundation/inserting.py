"""Inserting new objects by Core, many at once: filing's way, which would else wait for twenty answers."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

import psycopg
from sqlalchemy import Column, Connection, Insert, Select, Table, func, insert, select
from sqlalchemy.exc import IntegrityError, OperationalError

from portal.foundation.database import Base


def number_rows(connection: Connection, *rows: Base) -> None:
    """Gives new objects their ids before they are inserted, where ids come from sequences (PostgreSQL).

    Then nothing waits for an insert's answer, and the inserts may go out together (`pipelined`).
    """
    if connection.dialect.name != "postgresql":
        return
    numbers = connection.execute(_next_ids(tuple(row.__tablename__ for row in rows))).one()
    for row, number in zip(rows, numbers, strict=True):
        row.id = number  # type: ignore[attr-defined]


@cache
def _next_ids(tables: tuple[str, ...]) -> Select[Any]:
    return select(*(func.nextval(f"{table}_id_seq").label(f"id_{place}") for place, table in enumerate(tables)))


@contextmanager
def pipelined(connection: Connection) -> Iterator[None]:
    """Sends what is executed inside without waiting for the answers; at the end all must be good.

    Only inserts by `insert_rows` whose ids are known or not asked for: nothing can be read inside. Raises what the
    statements would have raised. SQLite, which nobody waits for, does one after the other.
    """
    driver = connection.connection.driver_connection
    if not isinstance(driver, psycopg.Connection):
        yield
        return
    try:
        with driver.pipeline():
            yield
    except psycopg.IntegrityError as error:
        raise IntegrityError(None, None, error) from error
    except psycopg.Error as error:
        raise OperationalError(None, None, error) from error


def insert_rows(connection: Connection, *rows: Base, with_ids: bool = False) -> None:
    """Inserts new objects of one table by Core: a third of what the session takes for it, and filing has many.

    The connection is the session's; the objects stay outside of it. With `with_ids` they have ids afterwards.
    """
    if not rows:
        return
    plain, returning, key, columns = _inserting(type(rows[0]))
    values = [{name: vars(row).get(name, default) for name, default in columns} for row in rows]
    if not with_ids or key is None:
        connection.execute(plain, values if len(rows) > 1 else values[0])
    elif all(vars(row).get(key) is not None for row in rows):
        numbered = [{key: vars(row)[key], **one} for row, one in zip(rows, values, strict=True)]
        connection.execute(plain, numbered if len(rows) > 1 else numbered[0])
    else:
        for row, given in zip(rows, connection.execute(returning, values).scalars(), strict=True):
            setattr(row, key, given)


def written_columns(table: Table) -> list[Column[Any]]:
    """The columns for which a row brings a value: not those that the server works out of others."""
    return [column for column in table.columns if column.computed is None]


@cache
def _inserting(model: type[Base]) -> tuple[Insert, Insert, str | None, Sequence[tuple[str, Any]]]:
    """The statements for a table, the column that numbers its rows, and what stands in each if nothing is said."""
    table = model.__table__
    assert isinstance(table, Table)  # noqa: S101 (tells the type checker)
    key = table.autoincrement_column
    columns = [
        (column.key, getattr(column.default, "arg", None)) for column in written_columns(table) if column is not key
    ]
    plain = insert(table).inline()  # nothing is read back
    returning = plain if key is None else insert(table).returning(key, sort_by_parameter_order=True)
    return plain, returning, None if key is None else key.key, columns
