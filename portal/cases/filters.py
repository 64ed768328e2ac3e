"""What somebody looks for in the queue: pure values, and what of them is missing for a look into the past."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from portal.cases.words import Disclosure, Language, Status
from portal.catalogue.words import Track

AT_RISK_DAYS = 3  # working days
LONGEST_SPAN = timedelta(days=366)
# In these the reporter's time runs, not ours: nobody here can be late.
REPORTERS_TURN = frozenset({Status.WAITING_FOR_REPORTER, Status.ANSWERED})


class Due(StrEnum):
    """How a deadline of ours stands."""

    LATE = "late"
    TODAY = "today"
    AT_RISK = "at_risk"  # due within three working days, today included
    PAUSED = "paused"
    LAPSED = "lapsed"  # the reporter's time to answer a question is over: what may follow is for us to decide


class Order(StrEnum):
    """What stands first."""

    DUE = "due"
    NEWEST = "newest"
    SEVERITY = "severity"


class Holder(StrEnum):
    """Whose cases; an account's login may stand in its place."""

    ME = "me"
    NOBODY = "nobody"


@dataclass(frozen=True)
class QueueFilter:
    """Any mix of these over open cases; over the past too, with an anchor. Empty: everything."""

    statuses: frozenset[Status] = frozenset()
    tracks: frozenset[Track] = frozenset()
    category: str = ""
    agency: str = ""  # the code of the body complained about
    with_below: bool = False  # and every body below it
    district: str = ""  # the area code of a district
    due: frozenset[Due] = frozenset()
    own_date: bool = False  # what somebody wanted to look at again by today
    is_listed: bool = False  # in the Inspection Committee's overdue list
    received_from: date | None = None
    received_to: date | None = None
    # For those who read reports as filed: an agency is not told in which language somebody writes.
    holder: str = ""
    language: Language | None = None
    disclosure: Disclosure | None = None
    past_too: bool = False
    order: Order = Order.DUE

    @property
    def has_anchor(self) -> bool:
        """Whether a look into the past is bounded: by a body, a person, or at most a year."""
        if self.agency or self.holder not in ("", Holder.NOBODY):
            return True
        if self.received_from is None:
            return False
        return (self.received_to or date.max) - self.received_from <= LONGEST_SPAN
