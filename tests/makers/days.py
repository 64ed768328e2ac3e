"""The days on which the tests' stories happen: plain working weeks, and the clock held still on them."""

from contextlib import AbstractContextManager
from datetime import date, datetime, time

from portal.foundation.time import ZONE, at

MONDAY = date(2026, 3, 9)  # with no holiday before the last days of April


def instant(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """A local moment of a day."""
    return datetime.combine(day, time(hour, minute), ZONE)


def on(day: date, hour: int = 9, minute: int = 0) -> AbstractContextManager[None]:
    """Holds the clock at a local moment."""
    return at(instant(day, hour, minute))
