"""Where the reports' data keys live: a database of its own, so that destroying a key destroys it in every
backup of the reports. Nothing here goes through the web framework: its binds would decide the commits' order.

Each write is durable before the method returns. Recipients are words: `body:<16 hex>`, `notices`, `notices:<16 hex>`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import (
    Column,
    Connection,
    Date,
    Dialect,
    Engine,
    LargeBinary,
    MetaData,
    String,
    Table,
    bindparam,
    delete,
    event,
    exists,
    insert,
    select,
    union_all,
)
from sqlalchemy.exc import IntegrityError

from portal.foundation.database import NAMING, UTCDateTime, make_engine, write_queue
from portal.foundation.ready import Ready
from portal.foundation.time import now, today
from portal.identity.errors import KeyAlreadyStored, KeysGone

T = TypeVar("T")
_AT_ONCE = 500  # rows named in one statement: far below both servers' limits on parameters

metadata = MetaData(naming_convention=NAMING)

data_key = Table(
    "data_key",
    metadata,
    Column("report_uid", LargeBinary(16), primary_key=True),
    Column("recipient", String(40), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("stored_on", Date, nullable=False, index=True),  # a day, not an instant: it tells nobody who filed when
)

tombstone = Table(
    "tombstone",
    metadata,
    Column("report_uid", LargeBinary(16), primary_key=True),
    Column("at", UTCDateTime(), nullable=False),
)


@dataclass(frozen=True, slots=True)
class StoredKey:
    """One sealed data key as `put_many` takes it."""

    report_uid: bytes
    recipient: str
    sealed: bytes = field(repr=False)
    stored_on: date


@dataclass(frozen=True, slots=True)
class Tombstone:
    """That a report's keys were destroyed, and when. A restored store is not whole without these."""

    report_uid: bytes
    at: datetime


def open_key_store(url: str) -> "KeyStore":
    """The key store at PORTAL_KEYS_URL, on an engine of its own."""
    return KeyStore(make_engine(url))


class KeyStore:
    """Puts, gives and destroys sealed data keys."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _overwrite_what_is_deleted)

    def put(self, uid: bytes, keys: Mapping[str, bytes]) -> None:
        """Stores sealed keys. Raises KeysGone after `destroy`, KeyAlreadyStored for a second one."""
        if not keys:
            return
        stored_on = today()
        values = [value for recipient, sealed in keys.items() for value in (uid, recipient, sealed, stored_on, uid)]
        with self._writing(at_once=True) as connection:
            try:
                stored = _putting(len(keys), connection.dialect).run(connection, values).rowcount
            except IntegrityError as known:
                raise KeyAlreadyStored from known
        if stored != len(keys):
            raise KeysGone

    def put_many(self, rows: Iterable[StoredKey]) -> None:
        """Stores many keys of new reports in one transaction (demo data)."""
        with self._writing() as connection:
            for some in _in_parts(rows):
                _add(connection, some)

    def get(self, uid: bytes, recipient: str) -> bytes | None:
        """The sealed key for that recipient."""
        with self.engine.connect() as connection:
            return connection.scalar(
                select(data_key.c.sealed).where(data_key.c.report_uid == uid, data_key.c.recipient == recipient)
            )

    def destroy(self, uid: bytes, at: datetime | None = None) -> None:
        """Destroys a report's keys for good and remembers that they are to stay destroyed."""
        self.replay([Tombstone(uid, at or now())])

    def drop_recipient(self, uid: bytes, recipient: str) -> None:
        """Destroys one recipient's key: the notice contact's at closing."""
        with self._writing() as connection:
            connection.execute(delete(data_key).where(data_key.c.report_uid == uid, data_key.c.recipient == recipient))
        self._forget_the_log()

    def drop(self, uids: Collection[bytes]) -> None:
        """Removes keys that belong to no report, without a tombstone: their report was never filed."""
        with self._writing() as connection:
            for some in _in_parts(uids):
                connection.execute(delete(data_key).where(data_key.c.report_uid.in_(some)))
        self._forget_the_log()

    def stored_between(self, first_day: date, last_day: date) -> list[bytes]:
        """The reports whose keys were stored in those days, both included."""
        with self.engine.connect() as connection:
            days = data_key.c.stored_on.between(first_day, last_day)
            return list(connection.scalars(select(data_key.c.report_uid).where(days).distinct()))

    def has_tombstone(self, uid: bytes) -> bool:
        """Whether this report's keys were destroyed."""
        with self.engine.connect() as connection:
            return _is_buried(connection, uid)

    def tombstones(self) -> list[Tombstone]:
        """Every tombstone, to be kept outside and replayed over a restored store."""
        with self.engine.connect() as connection:
            rows = connection.execute(select(tombstone.c.report_uid, tombstone.c.at).order_by(tombstone.c.report_uid))
            return [Tombstone(row.report_uid, row.at) for row in rows]

    def replay(self, tombstones: Iterable[Tombstone]) -> None:
        """Destroys again, in one transaction, what was destroyed before; the first instant of each stays."""
        with self._writing() as connection:
            if self.engine.dialect.name == "postgresql":
                # A put under way is waited for and deleted; a later one sees the tombstone and gives up.
                connection.exec_driver_sql("LOCK TABLE data_key IN SHARE ROW EXCLUSIVE MODE")
            for some in _in_parts(tombstones):
                _bury(connection, some)
        self._forget_the_log()

    def close(self) -> None:
        """Gives the connections back."""
        self.engine.dispose()

    @contextmanager
    def _writing(self, *, at_once: bool = False) -> Iterator[Connection]:
        """A transaction; on PostgreSQL, `at_once`, one statement, which is one by itself."""
        alone = at_once and self.engine.dialect.name == "postgresql"
        options: dict[str, Any] = {"isolation_level": "AUTOCOMMIT"} if alone else {"portal_writes": True}
        with write_queue(self.engine), self.engine.connect() as connection:
            connection = connection.execution_options(**options)
            with connection.begin():
                yield connection

    def _forget_the_log(self) -> None:
        """Empties SQLite's write-ahead log, which else would hold the destroyed key until it is reused."""
        if self.engine.dialect.name == "sqlite":
            with write_queue(self.engine), self.engine.connect() as connection:
                connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # outside of any transaction


def _overwrite_what_is_deleted(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA secure_delete=ON")


@lru_cache(64)
def _putting(keys: int, dialect: Dialect) -> Ready:
    """Stores so many keys of one report, or none if it has a tombstone.

    PostgreSQL locks `data_key` for the statement before it looks at anything, so that `replay` either has committed
    and its tombstone is seen, or waits for this statement and then deletes what it stored.
    """
    rows = [
        select(*(bindparam(f"{column.name}_{row}", type_=column.type) for column in data_key.c)).where(
            ~exists().where(tombstone.c.report_uid == bindparam(f"buried_{row}", type_=LargeBinary()))
        )
        for row in range(keys)
    ]
    return Ready(insert(data_key).from_select(list(data_key.c), union_all(*rows)), dialect)


def _add(connection: Connection, rows: list[StoredKey]) -> None:
    if not rows:
        return
    values = [
        {
            "report_uid": row.report_uid,
            "recipient": row.recipient,
            "sealed": row.sealed,
            "stored_on": row.stored_on,
        }
        for row in rows
    ]
    try:
        connection.execute(insert(data_key), values)
    except IntegrityError as stored:
        raise KeyAlreadyStored from stored


def _is_buried(connection: Connection, uid: bytes) -> bool:
    return connection.scalar(select(tombstone.c.at).where(tombstone.c.report_uid == uid)) is not None


def _bury(connection: Connection, some: list[Tombstone]) -> None:
    first = {stone.report_uid: stone.at for stone in reversed(some)}
    connection.execute(delete(data_key).where(data_key.c.report_uid.in_(first)))
    known = set(connection.scalars(select(tombstone.c.report_uid).where(tombstone.c.report_uid.in_(first))))
    new = [{"report_uid": uid, "at": at} for uid, at in first.items() if uid not in known]
    if new:
        connection.execute(insert(tombstone), new)


def _in_parts(rows: Iterable[T]) -> Iterator[list[T]]:
    part: list[T] = []
    for row in rows:
        part.append(row)
        if len(part) == _AT_ONCE:
            yield part
            part = []
    if part:
        yield part
