"""Statements that are compiled once for each server and then handed to the driver itself: filing's way.

SQLAlchemy writes them and knows the types. What it does beside that at each execution costs more than most of these
statements do. Values come in the order in which their places stand in the statement.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import ClauseElement, Connection, Dialect
from sqlalchemy.exc import DBAPIError


class Ready:
    """A statement as one server's driver takes it."""

    def __init__(self, statement: ClauseElement, dialect: Dialect) -> None:
        compiled: Any = statement.compile(dialect=_with_places(dialect))
        self.text = str(compiled)
        types = [compiled.binds[name].type for name in compiled.positiontup or ()]
        taken = [one.dialect_impl(dialect).bind_processor(dialect) for one in types]
        self._taken = [(place, one) for place, one in enumerate(taken) if one is not None]

    def run(self, connection: Connection, values: Sequence[Any] = ()) -> Any:
        """The driver's cursor. Raises SQLAlchemy's errors, which name no value: those may be personal."""
        given = list(values)
        for place, taken in self._taken:
            given[place] = taken(given[place])
        with as_its_own_error(connection):
            return connection.connection.driver_connection.execute(self.text, given)  # type: ignore[union-attr]


def _with_places(dialect: Dialect) -> Dialect:
    """The same server's dialect, with parameters by place."""
    return dialect if dialect.positional else type(dialect)(paramstyle="format")  # type: ignore[call-arg]


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
