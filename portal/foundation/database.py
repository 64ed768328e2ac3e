"""Tables, column types and the one way to write: `with transaction(session):`.

The same code runs on SQLite (WAL, synchronous=FULL) and PostgreSQL. On SQLite writers queue on a lock
beside the database file and then take BEGIN IMMEDIATE, so that nobody waits on `busy_timeout`.
"""

import fcntl
import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Connection,
    DateTime,
    Dialect,
    Engine,
    Enum,
    MetaData,
    Text,
    create_engine,
    event,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.types import TypeDecorator, TypeEngine

from portal.foundation.errors import Conflict
from portal.foundation.text import N_

CHANGED_MEANWHILE = N_("Vụ việc đã đổi trong lúc anh/chị viết.")
DEADLOCK = "40P01"  # PostgreSQL's word for it

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


# A connection for each thread of a worker: what is beyond a pool's size is opened anew for each request, which on
# PostgreSQL costs more than filing.
POOL = {"pool_size": 16}


class Base(DeclarativeBase):
    """The declarative base of every table of the main database."""

    metadata = MetaData(naming_convention=NAMING)


class UTCDateTime(TypeDecorator[datetime]):
    """An aware instant, stored in UTC. SQLite forgets zones, so they are put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant without a time zone cannot be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class JsonText(TypeDecorator[Any]):
    """Small structures as JSON text; no server's JSON operators are used on it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


def words(kind: type[StrEnum], name: str = "") -> TypeEngine[Any]:
    """A column that holds one of an enum's words, kept by a CHECK (no server enums).

    A table's second column of the same enum gives its CHECK a name of its own.
    """
    name = name or "".join(f"_{c.lower()}" if c.isupper() else c for c in kind.__name__).lstrip("_")
    return Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=32,
        values_callable=lambda members: [member.value for member in members],
    )


def configure_engine(engine: Engine) -> Engine:
    """Makes SQLite durable and strict; PostgreSQL keeps its own durable defaults."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def make_engine(url: str) -> Engine:
    """An engine outside the web framework (key store, tests)."""
    return configure_engine(create_engine(url, **POOL))


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("portal_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


_thread_locks: dict[str, threading.Lock] = {}
_thread_locks_guard = threading.Lock()


@contextmanager
def write_queue(engine: Engine) -> Iterator[None]:
    """Lets one writer at a time into an SQLite file, over threads and processes; free on PostgreSQL."""
    path = engine.url.database
    if engine.dialect.name != "sqlite" or not path or path == ":memory:":
        yield
        return
    with _thread_locks_guard:
        lock = _thread_locks.setdefault(path, threading.Lock())
    with lock:
        handle = os.open(f"{path}-writers", os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)  # closing gives the lock back


React = Callable[[Session, Any], None]


def happened(session: Session, event: Any) -> None:
    """Notes an event, so that the reactions run before the transaction commits."""
    session.info.setdefault("happened", []).append(event)


@contextmanager
def transaction(session: Session) -> Iterator[Session]:
    """Starts clean, lets the caller load and act, runs the reactions, commits; rolls back on any error.

    Raises Conflict when somebody else changed a row meanwhile that this transaction has not locked, or when two wait
    for each other: then a page can still show what was typed.

    The reactions are `session.info["react"]`, a function (session, event), put there by whoever made the
    session. Raises RuntimeError when a transaction of this session is open already.
    """
    if session.info.get("writing") or session.info.get("publishing"):
        raise RuntimeError("a transaction is open already")
    session.rollback()
    engine = session.get_bind()
    assert isinstance(engine, Engine)  # noqa: S101 (tells the type checker what the session is bound to)
    with write_queue(engine):
        session.info["writing"] = True
        session.info["happened"] = []
        try:
            session.connection(execution_options={"portal_writes": True})
            yield session
            run_reactions(session)
            session.commit()
        except BaseException as error:
            session.rollback()
            if _was_second(error):
                raise Conflict(CHANGED_MEANWHILE) from error
            raise
        finally:
            session.info["writing"] = False
            session.info["happened"] = []


def _was_second(error: BaseException) -> bool:
    """Whether another transaction was first: a row has another version, or the server ended a deadlock."""
    code = getattr(error.orig, "sqlstate", None) if isinstance(error, DBAPIError) else None
    return isinstance(error, StaleDataError) or code == DEADLOCK


def reading(session: Session) -> Connection:
    """The session's connection; on PostgreSQL, if it begins here and reads first, without BEGIN and ROLLBACK.

    There each statement sees what is committed anyway, so that the two are only round trips, and at each ROLLBACK
    psycopg forgets what it has prepared. `transaction` begins anew. Only sessions that write in no other way ask for
    it (`session.info["reads_first"]`).
    """
    if session.in_transaction() or not session.info.get("reads_first"):
        return session.connection()
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    return session.connection(execution_options={} if is_sqlite else {"isolation_level": "AUTOCOMMIT"})


def end_reading(session: Session) -> None:
    """Ends a transaction that has only read, by COMMIT: at each ROLLBACK psycopg forgets what it has prepared.

    Raises RuntimeError when the session holds changes, which nobody may commit in passing.
    """
    if session.new or session.dirty or session.deleted or session.info.get("writing"):
        raise RuntimeError("this transaction has not only read")
    if session.info.get("publishing"):
        return  # it ends with `publishing`, and the role with it
    session.commit()


def run_reactions(session: Session) -> None:
    """Hands each noted event to the reactions, those that the reactions themselves cause included."""
    react: React | None = session.info.get("react")
    pending: list[Any] = session.info.get("happened", [])
    session.flush()
    while pending:
        event = pending.pop(0)
        if react is not None:
            react(session, event)
            session.flush()
