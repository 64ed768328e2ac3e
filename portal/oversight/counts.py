"""Counts by outcome, and how many days answers took. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from portal.catalogue.working_days import Calendar

DAY_LIMITS = (5, 10, 15, 30)  # working days, the upper ends of the groups; what took longer is the last one


class Outcome(StrEnum):
    """How something that was owed by a day stands. Each case, referral and clock has exactly one."""

    IN_TIME = "in_time"
    LATE = "late"
    OVERDUE = "overdue"  # not done, and the day has passed
    RUNNING = "running"  # not done yet; what stands still while the reporter is asked, too
    ENDED = "ended"  # nothing is owed any more, and nothing was answered


@dataclass(frozen=True)
class Counts:
    """How many of each outcome."""

    by_outcome: Mapping[Outcome, int] = field(default_factory=dict)

    def of(self, outcome: Outcome) -> int:
        """How many have this outcome."""
        return self.by_outcome.get(outcome, 0)

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.by_outcome.values())

    @property
    def in_time_percent(self) -> int | None:
        """Of what was due, how many in a hundred were done in time, rounded down; None where nothing was due yet."""
        due = self.of(Outcome.IN_TIME) + self.of(Outcome.LATE) + self.of(Outcome.OVERDUE)
        return self.of(Outcome.IN_TIME) * 100 // due if due else None


def added(counts: Iterable[Counts]) -> Counts:
    """Several counts as one."""
    found: Counter[Outcome] = Counter()
    for one in counts:
        found.update(one.by_outcome)
    return Counts(found)


@dataclass(frozen=True)
class Days:
    """How many working days the answers took: the middle one, and how many in each group of DAY_LIMITS."""

    median: int | None
    groups: tuple[int, ...]


def days_taken(spans: Mapping[tuple[date, date], int], calendar: Calendar) -> Days:
    """From day of receipt to day of answer, the first not counted. Of an even number the longer of the two middles."""
    by_length: Counter[int] = Counter()
    for (received, answered), number in spans.items():
        by_length[calendar.count(received, answered)] += number
    groups = [0] * (len(DAY_LIMITS) + 1)
    for length, number in by_length.items():
        groups[sum(length > limit for limit in DAY_LIMITS)] += number
    return Days(_middle(by_length), tuple(groups))


def _middle(by_length: Mapping[int, int]) -> int | None:
    place = sum(by_length.values()) // 2
    for length in sorted(by_length):
        if place < by_length[length]:
            return length
        place -= by_length[length]
    return None
