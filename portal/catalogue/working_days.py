"""Which days are worked, and how they are counted. Pure: the days come from the calendar table.

Monday to Friday, less the days off, plus the make-up days (Bộ luật Lao động 45/2019/QH14 art. 111, 112).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import accumulate

# What comes in later is received on the next working day (domain.md §2; the offices' closing hour is ours).
OFFICE_OPENS, OFFICE_CLOSES = time(8), time(17)

_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True)
class YearDays:
    """The days of one year that differ from the plain week."""

    days_off: frozenset[date] = frozenset()
    make_up_days: frozenset[date] = frozenset()


def no_days(year: int) -> YearDays:
    """A year of plain weeks, where nothing better is known."""
    return YearDays()


@dataclass(frozen=True)
class Calendar:
    """Days off and make-up days, each with whether it is sure.

    The years from `first_year` to `last_year` are listed completely. A day of any other year is what
    `beyond` says, unless it is listed (a swap is often announced before the rest of its year).
    """

    days_off: Mapping[date, bool]
    make_up_days: Mapping[date, bool]
    first_year: int
    last_year: int
    beyond: Callable[[int], YearDays] = field(default=no_days, compare=False)

    def is_working(self, day: date) -> bool:
        """Whether offices work on that day."""
        if day in self.make_up_days:
            return True
        if day in self.days_off:
            return False
        if self.is_listed_year(day.year):
            return day.weekday() < _SATURDAY
        year = self.beyond(day.year)
        return day in year.make_up_days or (day.weekday() < _SATURDAY and day not in year.days_off)

    def is_listed_year(self, year: int) -> bool:
        """Whether all days of that year that differ from the plain week are listed."""
        return self.first_year <= year <= self.last_year

    def is_sure(self, day: date) -> bool:
        """Whether what the calendar says of that day has been decreed.

        A day that is not listed is as sure as its year: one whose every listed day is unsure is a projection.
        """
        listed = self.make_up_days.get(day, self.days_off.get(day))
        if listed is not None:
            return listed
        return self.is_listed_year(day.year) and day.year not in self._projected_years

    def next_working(self, day: date) -> date:
        """That day, or the first working day after it."""
        while not self.is_working(day):
            day += _DAY
        return day

    def previous_working(self, day: date) -> date:
        """That day, or the last working day before it."""
        while not self.is_working(day):
            day -= _DAY
        return day

    def add(self, day: date, count: int) -> date:
        """The count-th working day after the day, or before it if negative; the day itself is not counted
        (Bộ luật Dân sự 91/2015/QH13 art. 147). Zero gives the day itself.
        """
        step = _DAY if count > 0 else -_DAY
        for _ in range(abs(count)):
            day += step
            while not self.is_working(day):
                day += step
        return day

    def count(self, after: date, until: date) -> int:
        """How many working days lie after the first day, up to and with the second; none if it is earlier."""
        if until <= after:
            return 0
        between = sum(self._worked_in(year)[-1] for year in range(after.year, until.year))
        return between + self._worked_in(until.year)[_place(until)] - self._worked_in(after.year)[_place(after)]

    def _worked_in(self, year: int) -> list[int]:
        """For each day of a year how many days are worked up to and with it. Counted once: cases wait for years."""
        worked = self._years.get(year)
        if worked is None:
            days = (date.fromordinal(number) for number in range(date(year, 1, 1).toordinal(), _last_day(year) + 1))
            worked = self._years[year] = list(accumulate(int(self.is_working(day)) for day in days))
        return worked

    @cached_property
    def _years(self) -> dict[int, list[int]]:
        return {}

    @cached_property
    def _projected_years(self) -> frozenset[int]:
        listed = {**self.days_off, **self.make_up_days}
        settled = {day.year for day, is_sure in listed.items() if is_sure}
        return frozenset({day.year for day in listed} - settled)


def _place(day: date) -> int:
    return day.timetuple().tm_yday - 1


def _last_day(year: int) -> int:
    return date(year, 12, 31).toordinal()


def is_office_hour(instant_local: datetime, calendar: Calendar) -> bool:
    """Whether somebody is at work at a local instant."""
    return calendar.is_working(instant_local.date()) and OFFICE_OPENS <= instant_local.time() < OFFICE_CLOSES


def received_on(instant_local: datetime, calendar: Calendar) -> date:
    """The day on which something that came in at a local instant counts as received."""
    day = instant_local.date()
    if instant_local.time() > OFFICE_CLOSES:
        day += _DAY
    return calendar.next_working(day)
