"""Working days: the calendar that is stored, the years beyond it, and what always holds."""

import csv
from datetime import date, datetime, timedelta
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.catalogue.beyond import vietnamese_year
from portal.catalogue.working_days import Calendar, YearDays, no_days, received_on
from tests.areas.catalogue.files import DATA

DAY = timedelta(days=1)


@cache
def stored() -> Calendar:
    """The project's calendar, straight from its file."""
    days_off: dict[date, bool] = {}
    make_up_days: dict[date, bool] = {}
    with (DATA / "calendar.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            days = make_up_days if row["kind"] == "makeup_working_day" else days_off
            days[date.fromisoformat(row["date"])] = row["sure"] == "certain"
    return Calendar(days_off, make_up_days, 2022, 2027, vietnamese_year)


days = st.dates(date(2024, 6, 1), date(2028, 6, 30))
counts = st.integers(-70, 70)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Any calendar at all, with days off and make-up days strewn over two years and beyond."""
    drawn = st.sets(st.dates(date(2025, 1, 1), date(2027, 12, 31)), max_size=40)
    off = draw(drawn)
    beyond = YearDays(frozenset(draw(drawn)), frozenset(draw(drawn)))
    return Calendar(dict.fromkeys(off, True), dict.fromkeys(draw(drawn) - off, True), 2025, 2026, lambda year: beyond)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2024-02-07", 1, "2024-02-15"),  # Tết Giáp Thìn: 8 to 14 February off
        ("2024-02-07", -1, "2024-02-06"),
        ("2024-02-15", -1, "2024-02-07"),
        ("2025-01-24", 2, "2025-02-04"),  # Tết Ất Tỵ: 27 to 31 January off
        ("2026-02-13", 5, "2026-02-27"),  # Tết Bính Ngọ: 16 to 20 February off
        ("2024-04-26", 2, "2024-05-03"),  # 29 and 30 April, 1 May off
        ("2024-05-03", 1, "2024-05-04"),  # the Saturday that made up for 29 April
        ("2025-04-25", 1, "2025-04-26"),  # the Saturday that made up for 2 May
        ("2025-04-29", 1, "2025-05-05"),
        ("2025-12-31", 1, "2026-01-05"),  # 2 January 2026 swapped …
        ("2026-01-09", 1, "2026-01-10"),  # … for Saturday 10 January
        ("2026-01-12", -1, "2026-01-10"),
        ("2026-08-21", 1, "2026-08-22"),
        ("2026-08-28", 1, "2026-09-03"),
        ("2026-11-23", 1, "2026-11-25"),  # 24 November, Vietnam Culture Day
        ("2026-11-24", 15, "2026-12-15"),
        ("2023-01-19", 3, "2023-01-31"),
        ("2022-09-02", 0, "2022-09-02"),
    ],
)
def test_days_counted_by_hand(start: str, count: int, end: str) -> None:
    assert stored().add(date.fromisoformat(start), count) == date.fromisoformat(end)


@given(calendars(), days, counts)
def test_the_day_reached_is_worked_and_that_far_away(calendar: Calendar, start: date, count: int) -> None:
    end = calendar.add(start, count)
    if count > 0:
        assert calendar.is_working(end)
        assert calendar.count(start, end) == count
    elif count < 0:
        assert calendar.is_working(end)
        assert calendar.count(end - DAY, start - DAY) == -count
    else:
        assert end == start


@given(calendars(), days, st.integers(0, 40), st.integers(0, 40))
def test_days_add_up(calendar: Calendar, start: date, one: int, other: int) -> None:
    assert calendar.add(calendar.add(start, one), other) == calendar.add(start, one + other)


@given(calendars(), days, days, days)
def test_stretches_add_up(calendar: Calendar, one: date, two: date, three: date) -> None:
    first, middle, last = sorted((one, two, three))
    assert calendar.count(first, last) == calendar.count(first, middle) + calendar.count(middle, last)
    assert calendar.count(last, first) == 0


@given(calendars(), days)
def test_next_and_previous_are_the_nearest(calendar: Calendar, day: date) -> None:
    after, before = calendar.next_working(day), calendar.previous_working(day)
    assert before <= day <= after
    assert calendar.is_working(before)
    assert calendar.is_working(after)
    assert calendar.count(before, after) == (0 if before == after else 1)


@given(days)
def test_what_was_worked_is_known(day: date) -> None:
    calendar = stored()
    if day in calendar.make_up_days:
        assert calendar.is_working(day)
    elif day in calendar.days_off or day.weekday() >= 5:
        assert not calendar.is_working(day) or day.year not in range(2022, 2028)


def test_every_make_up_day_is_a_day_of_rest_that_is_worked() -> None:
    calendar = stored()
    assert len(calendar.make_up_days) == 4
    assert all(day.weekday() >= 5 and calendar.is_working(day) for day in calendar.make_up_days)


def test_what_is_not_decreed_is_not_sure() -> None:
    calendar = stored()
    assert calendar.is_sure(date(2026, 3, 3))
    assert calendar.is_sure(date(2026, 2, 17))
    assert not calendar.is_sure(date(2026, 1, 2))
    assert not calendar.is_sure(date(2026, 1, 10))
    assert not calendar.is_sure(date(2027, 2, 8))
    assert not calendar.is_sure(date(2027, 3, 3))
    assert not calendar.is_sure(date(2028, 3, 3))
    assert not calendar.is_sure(date(2021, 3, 3))


def test_years_beyond_the_calendar_are_computed() -> None:
    calendar = stored()
    assert not calendar.is_working(date(2028, 1, 26))  # the first day of Tết Mậu Thân
    assert not calendar.is_working(date(2030, 4, 30))
    assert not calendar.is_working(date(2021, 2, 12))
    assert calendar.add(date(2027, 12, 31), 1) == date(2028, 1, 4)
    plain = Calendar(calendar.days_off, calendar.make_up_days, 2022, 2027, no_days)
    assert plain.add(date(2027, 12, 31), 1) == date(2028, 1, 3)


def test_a_day_listed_in_a_year_beyond_goes_before_what_is_computed() -> None:
    tet, saturday = date(2028, 1, 26), date(2028, 2, 12)
    calendar = Calendar({date(2028, 3, 1): True}, {tet: True, saturday: False}, 2022, 2027, vietnamese_year)
    assert calendar.is_working(tet)
    assert calendar.is_sure(tet)
    assert calendar.is_working(saturday)
    assert not calendar.is_sure(saturday)
    assert not calendar.is_working(date(2028, 3, 1))
    assert not calendar.is_working(date(2028, 1, 27))


def test_the_library_knows_the_days_of_the_calendar_but_for_the_swap() -> None:
    # Should a new version of the library learn or lose a day, this says so.
    calendar = stored()
    differing = {
        day
        for year in (2024, 2025, 2026)
        for day in (date(year, 1, 1) + DAY * number for number in range(366))
        if day.year == year and calendar.is_working(day) != Calendar({}, {}, 0, 0, vietnamese_year).is_working(day)
    }
    assert differing == {date(2026, 1, 2), date(2026, 1, 10)}


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2026-11-23T09:00", "2026-11-23"),
        ("2026-11-23T02:00", "2026-11-23"),
        ("2026-11-23T17:00", "2026-11-23"),
        ("2026-11-23T17:00:01", "2026-11-25"),  # the 24th is a holiday
        ("2026-11-24T10:00", "2026-11-25"),
        ("2026-11-27T18:00", "2026-11-30"),  # Friday evening
        ("2026-11-28T10:00", "2026-11-30"),
        ("2026-01-10T10:00", "2026-01-10"),  # a Saturday that is worked
        ("2026-01-10T20:00", "2026-01-12"),
        ("2026-02-14T10:00", "2026-02-23"),  # over Tết
    ],
)
def test_what_comes_in_at_night_or_on_a_day_off_is_received_later(instant: str, day: str) -> None:
    assert received_on(datetime.fromisoformat(instant), stored()) == date.fromisoformat(day)


@given(calendars(), st.datetimes(datetime(2025, 1, 1), datetime(2027, 6, 30)))
def test_a_day_of_receipt_is_worked_and_never_before_the_instant(calendar: Calendar, instant: datetime) -> None:
    day = received_on(instant, calendar)
    assert calendar.is_working(day)
    assert day >= instant.date()
    assert calendar.count(instant.date(), day) <= 1
