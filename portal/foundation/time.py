"""What time it is. Everything in the portal asks `now()` here, so that tests and demo can move it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)
_shift = timedelta(0)


def now() -> datetime:
    """The present instant, aware, in UTC, in whole microseconds."""
    frozen = _frozen.get()
    return frozen if frozen is not None else datetime.now(UTC) + _shift


def today() -> date:
    """The local date of the present instant."""
    return local(now()).date()


def local(instant: datetime) -> datetime:
    """The same instant on the province's wall clock."""
    return instant.astimezone(ZONE)


def set_clock(start: datetime | None) -> None:
    """Makes the process's clock start at an instant and run on from there; None: the true time."""
    global _shift
    _shift = timedelta(0) if start is None else start.astimezone(UTC) - datetime.now(UTC)


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Holds the clock still at an instant (tests and demo data)."""
    token = _frozen.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)
