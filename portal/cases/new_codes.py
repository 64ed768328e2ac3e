"""A new code for a reporter who lost theirs: one inspector asks for it, another gives it. How long asking holds.

Pure: the day is handed in. What was asked and done is told by events alone; the newest one says how it stands.
"""

from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar

from portal.foundation.time import local

ASKED, GIVEN, REFUSED = "new_code_asked", "new_code_given", "new_code_refused"
STEPS = (ASKED, GIVEN, REFUSED)
STANDS_DAYS = 14  # calendar days: whoever stood at the counter is not kept in anybody's mind for longer


class Step(Protocol):
    """An event about a new code."""

    @property
    def kind(self) -> str: ...

    @property
    def at(self) -> datetime: ...


T = TypeVar("T", bound=Step)


def stands_until(asked: Step) -> date:
    """The last day on which a code can be given for it."""
    return local(asked.at).date() + timedelta(days=STANDS_DAYS)


def standing(last: T | None, today: date) -> T | None:
    """The request that waits for an answer, from the newest step of a case."""
    return last if last is not None and last.kind == ASKED and today <= stands_until(last) else None
