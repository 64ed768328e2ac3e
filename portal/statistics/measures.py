"""The tables that are published: what each counts, how often, and its share of a report's privacy. Pure.

A share is ε in thousandths. A report is counted in one cell of a table, once; so what is ever told of it is the sum
of its stratum's shares over all tables. That sum never passes 1,000 (ε = 1), whatever the number of years.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from portal.catalogue.words import Kind
from portal.foundation.time import ZONE, local

WHOLE = 1_000  # thousandths: ε = 1, for life


class Stratum(StrEnum):
    """What a report counts as, fixed when it is first counted: each has shares of its own."""

    DISTRICT = "district"
    DEPARTMENT = "department"
    PRAISE = "praise"
    PROPOSAL = "proposal"


COMPLAINTS = frozenset({Stratum.DISTRICT, Stratum.DEPARTMENT})
PRAISE_KINDS = {Kind.COMMENDATION: Stratum.PRAISE, Kind.PROPOSAL: Stratum.PROPOSAL}


@dataclass(frozen=True, order=True)
class Month:
    """One month of the province's calendar."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> "Month":
        """`2026-10`. Raises ValueError for anything else."""
        first = date.fromisoformat(f"{text}-01")
        if str(cls(first.year, first.month)) != text:
            raise ValueError(text)
        return cls(first.year, first.month)

    @classmethod
    def of(cls, day: date) -> "Month":
        """The month that a day is in."""
        return cls(day.year, day.month)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    def plus(self, months: int) -> "Month":
        """So many months later; earlier when negative."""
        years, number = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(years, number + 1)

    @property
    def first_day(self) -> date:
        """The day it begins."""
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        """The day it ends."""
        return self.plus(1).first_day - timedelta(days=1)

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """From this instant, up to but not including that one: months close on the province's clock."""
        begins, ends = (datetime.combine(day, time(), ZONE) for day in (self.first_day, self.plus(1).first_day))
        return begins.astimezone(UTC), ends.astimezone(UTC)


@dataclass(frozen=True)
class Table:
    """One table: its cells come from the catalogue, never from the reports, so that an empty one is there too."""

    name: str
    cells: tuple[str, ...]
    wait_days: int  # calendar days from the end of a period to the day on which its reports are looked at
    shares: Mapping[Stratum, int]  # thousandths of ε, for whom it counts

    def due_on(self, period: Month) -> date:
        """The day on which a period is released."""
        return period.last_day + timedelta(days=self.wait_days)

    def last_due(self, day: date) -> Month:
        """The newest period that is due on a day."""
        month = Month.of(day)
        while self.due_on(month) > day:
            month = month.plus(-1)
        return month

    @property
    def share(self) -> int:
        """The share by which its noise is drawn: the smallest, where strata stand in one cell together."""
        return min(self.shares.values())


PROVINCE_MONTH = Table(
    "province_month", ("province",), wait_days=5, shares={Stratum.DISTRICT: 140, Stratum.DEPARTMENT: 140}
)
TABLES = (PROVINCE_MONTH,)


def spent(shares: Iterable[Mapping[Stratum, int]]) -> dict[Stratum, int]:
    """What tables with these shares tell of one report, by stratum, in thousandths of ε."""
    found = dict.fromkeys(Stratum, 0)
    for one in shares:
        for stratum, share in one.items():
            found[stratum] += share
    return found


def may_be_told(shares: Iterable[Mapping[Stratum, int]]) -> bool:
    """Whether tables with these shares stay within what may be told of a report for life."""
    return max(spent(shares).values()) <= WHOLE


def months_between(first: Month, last: Month) -> list[Month]:
    """Every month from one to the other, both included."""
    count = (last.year - first.year) * 12 + last.number - first.number + 1
    return [first.plus(step) for step in range(count)]


def month_of(instant: datetime) -> Month:
    """The month of an instant on the province's clock."""
    return Month.of(local(instant).date())
