"""Periods of the province's calendar: months, quarters, half-years and years. Pure."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum

from portal.foundation.time import ZONE, local

_YEAR = 12


class Grain(IntEnum):
    """How long a period is, in months."""

    MONTH = 1
    QUARTER = 3
    HALF_YEAR = 6
    YEAR = 12


_WRITTEN = (
    (re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])"), Grain.MONTH),
    (re.compile(r"([0-9]{4})-Q([1-4])"), Grain.QUARTER),
    (re.compile(r"([0-9]{4})-H([12])"), Grain.HALF_YEAR),
    (re.compile(r"([0-9]{4})()"), Grain.YEAR),
)


@dataclass(frozen=True, order=True)
class Period:
    """One period, ordered by its first month. `number` counts from 1 within the year."""

    year: int
    number: int
    grain: Grain

    @classmethod
    def parse(cls, text: str) -> "Period":
        """`2026-10`, `2026-Q3`, `2026-H1` or `2026`. Raises ValueError for anything else."""
        for written, grain in _WRITTEN:
            found = written.fullmatch(text)
            if found and int(found[1]) > 0:
                return cls(int(found[1]), int(found[2] or 1), grain)
        raise ValueError(text)

    @classmethod
    def of(cls, day: date, grain: Grain = Grain.MONTH) -> "Period":
        """The period of a grain that a day is in."""
        return cls(day.year, (day.month - 1) // grain + 1, grain)

    def __str__(self) -> str:
        if self.grain is Grain.MONTH:
            return f"{self.year:04}-{self.number:02}"
        if self.grain is Grain.YEAR:
            return f"{self.year:04}"
        return f"{self.year:04}-{'Q' if self.grain is Grain.QUARTER else 'H'}{self.number}"

    def plus(self, steps: int) -> "Period":
        """So many periods of its grain later; earlier when negative."""
        in_a_year = _YEAR // self.grain
        years, number = divmod(self.year * in_a_year + self.number - 1 + steps, in_a_year)
        return Period(years, number + 1, self.grain)

    def within(self, grain: Grain) -> "Period":
        """The longer period that this one is part of."""
        return Period.of(self.first_day, grain)

    def parts(self, grain: Grain) -> "list[Period]":
        """The shorter periods that it consists of, oldest first."""
        first = Period.of(self.first_day, grain)
        return [first.plus(step) for step in range(self.grain // grain)]

    @property
    def first_day(self) -> date:
        """The day it begins."""
        return date(self.year, (self.number - 1) * self.grain + 1, 1)

    @property
    def last_day(self) -> date:
        """The day it ends."""
        return self.plus(1).first_day - timedelta(days=1)

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """From this instant, up to but not including that one: periods close on the province's clock."""
        return begins(self.first_day), begins(self.plus(1).first_day)


def begins(day: date) -> datetime:
    """The instant at which a day begins on the province's clock."""
    return datetime.combine(day, time(), ZONE).astimezone(UTC)


def periods_between(first: Period, last: Period) -> list[Period]:
    """Every period from one to the other, both included; both of one grain."""
    in_a_year = _YEAR // first.grain
    count = (last.year - first.year) * in_a_year + last.number - first.number + 1
    return [first.plus(step) for step in range(count)]


def month_of(instant: datetime) -> Period:
    """The month of an instant on the province's clock."""
    return Period.of(local(instant).date())
