"""Statements that are compiled once for each server and then handed to the driver itself: filing's way.

SQLAlchemy writes them and knows the types. What it does beside that at each execution costs more than most of these
statements do. Values come in the order in which their places stand in the statement.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from typing import Any

from psycopg import RawCursor
from sqlalchemy import ClauseElement, Connection, Dialect
from sqlalchemy.exc import DBAPIError

_PLACE = re.compile("%s|%%")


class Ready:
    """A statement as one server's driver takes it."""

    def __init__(self, statement: ClauseElement, dialect: Dialect) -> None:
        compiled: Any = statement.compile(dialect=_with_places(dialect))
        self._is_raw = dialect.name == "postgresql"  # its driver would look through a long text for places each time
        self._text = _numbered(str(compiled)) if self._is_raw else str(compiled)
        types = [compiled.binds[name].type for name in compiled.positiontup or ()]
        taken = [one.dialect_impl(dialect).bind_processor(dialect) for one in types]
        self._taken = [(place, one) for place, one in enumerate(taken) if one is not None]

    def run(self, connection: Connection, values: Sequence[Any] = ()) -> Any:
        """The driver's cursor. Raises SQLAlchemy's errors, which name no value: those may be personal."""
        given = list(values)
        for place, taken in self._taken:
            given[place] = taken(given[place])
        with as_its_own_error(connection):
            driver: Any = connection.connection.driver_connection
            return RawCursor(driver).execute(self._text, given) if self._is_raw else driver.execute(self._text, given)


def _with_places(dialect: Dialect) -> Dialect:
    """The same server's dialect, with parameters by place."""
    return dialect if dialect.positional else type(dialect)(paramstyle="format")  # type: ignore[call-arg]


def _numbered(text: str) -> str:
    """The same statement with $1, $2 … where it has its places."""
    numbers = count(1)
    return _PLACE.sub(lambda found: f"${next(numbers)}" if found[0] == "%s" else "%", text)


@contextmanager
def as_its_own_error(connection: Connection) -> Iterator[None]:
    """The driver's errors as SQLAlchemy's; a connection that is lost is not used again."""
    errors: Any = connection.dialect.loaded_dbapi
    try:
        yield
    except errors.Error as error:
        is_lost = connection.dialect.is_disconnect(error, connection.connection.driver_connection, None)
        if is_lost:
            connection.invalidate(error)
        raise DBAPIError.instance(
            None, None, error, errors.Error, connection_invalidated=is_lost, dialect=connection.dialect
        ) from error
