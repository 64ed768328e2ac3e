"""When something must be done: pure functions of a rule, a start and the calendar (design.md §4).

The day of the event is not counted, and a limit in calendar days that ends on a day off ends with the next
working day (Bộ luật Dân sự 91/2015/QH13 art. 147, 148.5).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from portal.cases.words import ClockState
from portal.catalogue.words import Unit
from portal.catalogue.working_days import Calendar

# Up to so many days a clock is drawn day by day; a longer one is drawn with evenly spread days.
DRAWN_DAY_BY_DAY = 84
MOST_MARKS = 60

Pause = tuple[date, date | None]  # paused on, resumed on (None: still paused)


class HoursAreNotDates(ValueError):
    """A limit in hours runs from an instant, so no last day follows from it; such rows stay data."""


class Limit(Protocol):
    """What a deadline rule must have to be computed with. A negative amount: so long before."""

    @property
    def amount(self) -> int: ...

    @property
    def unit(self) -> Unit: ...


@dataclass(frozen=True)
class Longer:
    """A limit with what it was extended by, in its own unit."""

    amount: int
    unit: Unit


def longer(rule: Limit, by: int) -> Longer:
    """A limit and its extension as one: the law counts both from the same day ("at most 45 days"), so only the end of
    the whole rolls off a day off.
    """
    return Longer(rule.amount + by, rule.unit)


class DayMark(StrEnum):
    """What one day of a deadline's bar is."""

    GONE = "gone"
    TODAY = "today"
    PAUSED = "paused"
    TO_COME = "to_come"
    LATE = "late"


def due_on(rule: Limit, start: date, calendar: Calendar) -> date:
    """The last day on which what the rule asks for is still in time."""
    _refuse_hours(rule)
    if rule.unit is Unit.WORKING_DAYS and rule.amount:
        return calendar.add(start, rule.amount)
    last = start + timedelta(days=rule.amount)
    # Something owed at least n days before a date would come too late if it, too, rolled on.
    return calendar.previous_working(last) if rule.amount < 0 else calendar.next_working(last)


def is_settled(rule: Limit, start: date, calendar: Calendar) -> bool:
    """Whether no day that the due date rests on can still be decreed otherwise."""
    due = due_on(rule, start, calendar)
    counted_from = start if rule.unit is Unit.WORKING_DAYS else start + timedelta(days=rule.amount)
    first, last = sorted((counted_from, due))
    return all(calendar.is_sure(first + timedelta(days=number)) for number in range((last - first).days + 1))


def due_after_pause(rule: Limit, due: date, paused_on: date, resumed_on: date, calendar: Calendar) -> tuple[date, int]:
    """The new due date, and how many days the clock stood still, in the rule's unit.

    The day of the pause still counted; the day on which the clock runs on did not.
    """
    _refuse_hours(rule)
    if rule.unit is Unit.WORKING_DAYS:
        days = calendar.count(paused_on, resumed_on)
        return calendar.add(due, days), days
    days = max(0, (resumed_on - paused_on).days)
    return (calendar.next_working(due + timedelta(days=days)) if days else due), days


def due_with_pauses(rule: Limit, start: date, pauses: Iterable[Pause], calendar: Calendar) -> tuple[date, int]:
    """When something is due by a calendar, and how many days it stood still; a pause that goes on adds none yet."""
    due, stood = due_on(rule, start, calendar), 0
    for paused_on, resumed_on in pauses:
        if resumed_on is not None:
            due, days = due_after_pause(rule, due, paused_on, resumed_on, calendar)
            stood += days
    return due, stood


def _refuse_hours(rule: Limit) -> None:
    if rule.unit is Unit.HOURS:
        raise HoursAreNotDates(f"{rule.amount} hours")


def days_left(today: date, due: date, calendar: Calendar) -> int:
    """Working days until the due date: 0 on it, negative when late.

    0 too on a weekend right after it: whether it is late, `clock_state` says.
    """
    return calendar.count(today, due) if today <= due else -calendar.count(due, today)


def clock_state(
    *, due_on: date, today: date, met_on: date | None, paused: bool = False, stopped: bool = False
) -> ClockState:
    """How a deadline stands. What was met stays met; a clock that stands still is never late."""
    if met_on is not None:
        return ClockState.MET if met_on <= due_on else ClockState.MET_LATE
    if stopped:
        return ClockState.STOPPED
    if paused:
        return ClockState.PAUSED
    if today == due_on:
        return ClockState.DUE_TODAY
    return ClockState.LATE if today > due_on else ClockState.RUNNING


def day_marks(
    started_on: date,
    due: date,
    today: date,
    pauses: Iterable[Pause],
    met_on: date | None,
    calendar: Calendar,
) -> list[DayMark]:
    """One mark for each working day after the start, up to the due date or, if later, to the end or today."""
    reached = today if met_on is None else met_on
    spans = list(pauses)
    marks = []
    for day in _days_drawn(started_on, max(due, reached), reached, calendar):
        if due < day <= reached:
            marks.append(DayMark.LATE)
        elif _is_paused(day, reached, spans):
            marks.append(DayMark.PAUSED)
        elif day == reached and met_on is None:
            marks.append(DayMark.TODAY)
        else:
            marks.append(DayMark.GONE if day <= reached else DayMark.TO_COME)
    return marks


def _is_paused(day: date, reached: date, pauses: Iterable[Pause]) -> bool:
    return any(since < day <= (until or reached) for since, until in pauses)


def _days_drawn(start: date, end: date, reached: date, calendar: Calendar) -> list[date]:
    """The working days of a short clock; of a long one evenly spread days, the reached one among them."""
    total = (end - start).days
    if total <= DRAWN_DAY_BY_DAY:
        days = [start + timedelta(days=number) for number in range(1, total + 1)]
        return [day for day in days if calendar.is_working(day)]
    spread = {start + timedelta(days=total * number // MOST_MARKS) for number in range(1, MOST_MARKS + 1)}
    if start < reached < end and reached not in spread:
        spread.discard(min(spread - {end}, key=lambda day: abs((day - reached).days)))
        spread.add(reached)
    return sorted(spread)
