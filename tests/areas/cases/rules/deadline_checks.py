"""What must hold of the deadlines."""

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from portal.cases.words import ClockState
from portal.catalogue.words import Unit
from tests.areas.cases.rules.checking import Check, for_all
from tests.areas.cases.rules.worked_dates import WORKED

JUDGED = "portal.cases.deadlines"
DATA = Path(__file__).parents[4] / "portal" / "catalogue" / "data"

_FIRST = date(2024, 1, 1)
_DAYS = st.integers(0, 700).map(lambda number: _FIRST + timedelta(days=number))
_SOME_DAYS = st.frozensets(_DAYS, max_size=60)


@dataclass(frozen=True)
class Rule:
    """A deadline rule as the deadlines need it."""

    amount: int
    unit: Unit


def listed_calendar(module: Any) -> Any:
    """The calendar of the project's own file."""
    days_off: dict[date, bool] = {}
    make_up_days: dict[date, bool] = {}
    with (DATA / "calendar.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            listed = make_up_days if row["kind"] == "makeup_working_day" else days_off
            listed[date.fromisoformat(row["date"])] = row["sure"] == "certain"
    return module.Calendar(days_off, make_up_days, 2022, 2027)


def _calendar(module: Any, days_off: frozenset[date], make_up_days: frozenset[date]) -> Any:
    return module.Calendar(dict.fromkeys(days_off, True), dict.fromkeys(make_up_days, True), 2023, 2030)


def check_worked_dates(module: Any) -> None:
    """Every date of the table that was worked by hand."""
    calendar = listed_calendar(module)
    for row in WORKED:
        assert module.due_on(Rule(row.amount, row.unit), row.start, calendar) == row.due_on, row.count


def check_working_days_are_counted(module: Any) -> None:
    """So many working days lie after the start, up to the due date, which is one; before it, if negative."""

    @for_all(module, start=_DAYS, amount=st.integers(1, 60), off=_SOME_DAYS, made_up=_SOME_DAYS)
    def _holds(start: date, amount: int, off: frozenset[date], made_up: frozenset[date]) -> None:
        calendar = _calendar(module, off, made_up)
        after = module.due_on(Rule(amount, Unit.WORKING_DAYS), start, calendar)
        before = module.due_on(Rule(-amount, Unit.WORKING_DAYS), start, calendar)
        for first, last, due in ((start + timedelta(1), after, after), (before, start - timedelta(1), before)):
            days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
            assert sum(map(calendar.is_working, days)) == amount
            assert calendar.is_working(due)


def check_calendar_days_roll(module: Any) -> None:
    """A limit in calendar days ends on the first worked day from its last day on; before a date, back."""

    @for_all(module, start=_DAYS, amount=st.integers(-60, 60), off=_SOME_DAYS, made_up=_SOME_DAYS)
    def _holds(start: date, amount: int, off: frozenset[date], made_up: frozenset[date]) -> None:
        calendar = _calendar(module, off, made_up)
        due = module.due_on(Rule(amount, Unit.CALENDAR_DAYS), start, calendar)
        nominal = start + timedelta(days=amount)
        step = timedelta(days=-1 if amount < 0 else 1)
        while not calendar.is_working(nominal):
            nominal += step
        assert due == nominal


def check_hours_are_refused(module: Any) -> None:
    """No date is made of a limit in hours."""
    calendar, rule, day = listed_calendar(module), Rule(72, Unit.HOURS), date(2026, 6, 1)
    with pytest.raises(module.HoursAreNotDates):
        module.due_on(rule, day, calendar)
    with pytest.raises(module.HoursAreNotDates):
        module.due_after_pause(rule, day, day, day, calendar)


def check_a_pause_costs_nobody_a_day(module: Any) -> None:
    """When the clock runs on, as many working days are left as when it was paused."""

    @for_all(
        module,
        started=_DAYS,
        amount=st.integers(1, 30),
        ran=st.integers(0, 40),
        stood=st.integers(0, 60),
        off=_SOME_DAYS,
    )
    def _holds(started: date, amount: int, ran: int, stood: int, off: frozenset[date]) -> None:
        calendar, rule = _calendar(module, off, frozenset()), Rule(amount, Unit.WORKING_DAYS)
        due = module.due_on(rule, started, calendar)
        paused = started + timedelta(days=ran)
        resumed = paused + timedelta(days=stood)
        later, days = module.due_after_pause(rule, due, paused, resumed, calendar)
        assert days == calendar.count(paused, resumed)
        assert later >= due
        if paused <= due:
            assert module.days_left(resumed, later, calendar) == module.days_left(paused, due, calendar)


def check_pauses_in_calendar_days(module: Any) -> None:
    """Days stood still are added as calendar days, and a day off rolls on."""
    calendar, rule = listed_calendar(module), Rule(30, Unit.CALENDAR_DAYS)
    due, paused = date(2026, 6, 11), date(2026, 6, 1)
    assert module.due_after_pause(rule, due, paused, date(2026, 6, 4), calendar) == (date(2026, 6, 15), 3)
    assert module.due_after_pause(rule, due, paused, date(2026, 6, 2), calendar) == (date(2026, 6, 12), 1)
    assert module.due_after_pause(rule, due, paused, date(2026, 6, 3), calendar) == (date(2026, 6, 15), 2)
    assert module.due_after_pause(rule, due, paused, paused, calendar) == (due, 0)
    assert module.due_after_pause(rule, due, paused, date(2026, 5, 29), calendar) == (due, 0)


def check_days_left(module: Any) -> None:
    """Working days to go; none on the day; negative once late, none yet on the weekend after."""
    calendar = listed_calendar(module)
    for today, due, left in (
        (date(2026, 11, 20), date(2026, 11, 27), 4),  # Fri; 23, 25, 26, 27 (24 off)
        (date(2026, 11, 25), date(2026, 11, 25), 0),
        (date(2026, 11, 25), date(2026, 11, 20), -2),  # 23, 25
        (date(2026, 11, 21), date(2026, 11, 20), 0),  # Saturday
        (date(2024, 5, 3), date(2024, 5, 6), 2),  # Sat 4 (make-up), Mon 6
    ):
        assert module.days_left(today, due, calendar) == left


def check_clock_states(module: Any) -> None:
    """What time it is on a clock."""
    due = date(2026, 11, 25)
    day = timedelta(days=1)
    for changed, state in (
        ({"today": due - day}, ClockState.RUNNING),
        ({"today": due}, ClockState.DUE_TODAY),
        ({"today": due + day}, ClockState.LATE),
        ({"today": due + day, "paused": True}, ClockState.PAUSED),
        ({"today": due + day, "stopped": True}, ClockState.STOPPED),
        ({"today": due, "stopped": True, "paused": True}, ClockState.STOPPED),
        ({"today": due + 9 * day, "met_on": due}, ClockState.MET),
        ({"today": due + 9 * day, "met_on": due + day}, ClockState.MET_LATE),
        ({"today": due + 9 * day, "met_on": due - day, "stopped": True}, ClockState.MET),
    ):
        assert module.clock_state(**{"due_on": due, "met_on": None, **changed}) is state


def _marks(module: Any, *, due: str, today: str, pauses: Any = (), met: str | None = None) -> str:
    """A bar that starts on Monday 2 November 2026 as letters: g, T, p, c (to come), L."""
    letters = {"gone": "g", "today": "T", "paused": "p", "to_come": "c", "late": "L"}
    day = date.fromisoformat
    marks = module.day_marks(
        day("2026-11-02"),
        day(f"2026-11-{due}"),
        day(f"2026-11-{today}"),
        [(day(f"2026-11-{since}"), day(f"2026-11-{until}") if until else None) for since, until in pauses],
        day(f"2026-11-{met}") if met else None,
        listed_calendar(module),
    )
    return "".join(letters[mark] for mark in marks)


def check_day_marks(module: Any) -> None:
    """The deadline's bar, in weeks 2–6, 9–13, 16–20, 23–27 November 2026 (the 24th is off)."""
    assert _marks(module, due="09", today="02") == "ccccc"  # 3 to 9
    assert _marks(module, due="09", today="03") == "Tcccc"
    assert _marks(module, due="09", today="05") == "ggTcc"
    assert _marks(module, due="09", today="07") == "ggggc"  # a Saturday is no mark
    assert _marks(module, due="09", today="09") == "ggggT"
    assert _marks(module, due="09", today="11") == "gggggLL"
    assert _marks(module, due="11", today="10", pauses=[("04", "06")]) == "ggppgTc"
    assert _marks(module, due="11", today="06", pauses=[("04", None)]) == "ggppccc"
    assert _marks(module, due="09", today="20", met="05") == "gggcc"
    assert _marks(module, due="09", today="20", met="10") == "gggggL"
    assert _marks(module, due="25", today="23", met=None) == "gggggggggggggg" + "Tc"


def check_day_marks_are_few(module: Any) -> None:
    """A clock of years is drawn with few marks, today among them, late days at the end, all in order."""

    @for_all(module, length=st.integers(85, 4000), gone=st.integers(-30, 4100))
    def _holds(length: int, gone: int) -> None:
        started = date(2024, 1, 1)
        due, today = started + timedelta(days=length), started + timedelta(days=gone)
        marks = module.day_marks(started, due, today, (), None, listed_calendar(module))
        assert len(marks) <= 62
        order = {"gone": 0, "today": 1, "to_come": 2, "late": 3}
        assert [order[mark] for mark in marks] == sorted(order[mark] for mark in marks)
        assert ("today" in marks) == (0 < gone <= length)
        assert ("late" in marks) == (gone > length)


def check_what_is_settled(module: Any) -> None:
    """A date is settled if every day that it rests on is decreed."""
    calendar = listed_calendar(module)
    five, thirty = Rule(5, Unit.WORKING_DAYS), Rule(30, Unit.CALENDAR_DAYS)
    assert module.is_settled(five, date(2026, 11, 20), calendar)
    assert not module.is_settled(five, date(2026, 12, 29), calendar)  # into 2027, which is projected
    assert not module.is_settled(five, date(2025, 12, 29), calendar)  # over 2 January 2026, which is likely
    assert module.is_settled(thirty, date(2025, 12, 15), calendar)  # 14 January: what lies between is not counted
    assert not module.is_settled(thirty, date(2026, 12, 15), calendar)
    assert not module.is_settled(five, date(2031, 3, 3), calendar)  # beyond the listed years
    assert not module.is_settled(Rule(-5, Unit.WORKING_DAYS), date(2026, 1, 6), calendar)


CHECKS: tuple[Check, ...] = (
    check_worked_dates,
    check_working_days_are_counted,
    check_calendar_days_roll,
    check_hours_are_refused,
    check_a_pause_costs_nobody_a_day,
    check_pauses_in_calendar_days,
    check_days_left,
    check_clock_states,
    check_day_marks,
    check_day_marks_are_few,
    check_what_is_settled,
)
