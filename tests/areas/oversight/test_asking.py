"""What is asked for is read exactly, or said to be unreadable; days are counted as the law counts them."""

from datetime import date

import pytest

from portal.catalogue.working_days import Calendar
from portal.oversight.asking import MOST_MONTHS, NO_MONTH, NO_ORDER, NO_SPAN, TOO_LONG, Span, periods, read_span
from portal.oversight.counts import Counts, Days, Outcome, added, days_taken

PLAIN_WEEKS = Calendar({}, {}, 2026, 2026)
MONDAY = date(2026, 3, 9)


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        (("2026", "", ""), date(2026, 1, 1), date(2026, 12, 31)),
        (("2024-Q1", "", ""), date(2024, 1, 1), date(2024, 3, 31)),
        (("2026-Q4", " ", ""), date(2026, 10, 1), date(2026, 12, 31)),
        (("", "02/2024", "02/2024"), date(2024, 2, 1), date(2024, 2, 29)),
        (("", "2/2024", " 12/2024 "), date(2024, 2, 1), date(2024, 12, 31)),
        (("2026", "11/2025", "01/2026"), date(2025, 11, 1), date(2026, 1, 31)),  # months go before the period
        (("", "01/2024", "12/2026"), date(2024, 1, 1), date(2026, 12, 31)),
    ],
)
def test_spans(asked: tuple[str, str, str], first: date, last: date) -> None:
    assert read_span(*asked) == (Span(first, last), {})


@pytest.mark.parametrize(
    ("asked", "errors"),
    [
        (("", "", ""), {"period": NO_SPAN}),
        (("2026-Q5", "", ""), {"period": NO_SPAN}),
        (("\u0662\u0660\u0662\u0666", "", ""), {"period": NO_SPAN}),
        (("9999", "", ""), {"period": NO_SPAN}),
        (("2026", "13/2026", "01/2026"), {"first": NO_MONTH}),
        (("2026", "", "01/2026"), {"first": NO_MONTH}),
        (("2026", "x", "9999999999/1"), {"first": NO_MONTH, "last": NO_MONTH}),
        (("", "02/2026", "01/2026"), {"last": NO_ORDER}),
        (("", "01/2024", "01/2027"), {"last": TOO_LONG}),
    ],
)
def test_what_cannot_be_read_is_said(asked: tuple[str, str, str], errors: dict[str, str]) -> None:
    assert read_span(*asked) == (None, errors)


def test_months_of_a_span() -> None:
    span, _ = read_span("", "11/2025", "02/2026")
    assert span is not None
    assert span.months == [date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]
    longest, _ = read_span("", "01/2024", "12/2026")
    assert longest is not None
    assert len(longest.months) == MOST_MONTHS


def test_no_quarter_is_offered_before_it_begins() -> None:
    years, quarters = periods(date(2026, 4, 1))
    assert years == ["2026", "2025", "2024", "2023"]
    assert quarters[:3] == ["2026-Q2", "2026-Q1", "2025-Q4"]
    assert periods(date(2026, 3, 31))[1][0] == "2026-Q1"


def test_days_are_working_days_and_the_first_is_not_counted() -> None:
    def taken(*answered: date) -> Days:
        return days_taken({(MONDAY, day): 1 for day in answered}, PLAIN_WEEKS)

    assert taken(MONDAY) == Days(0, (1, 0, 0, 0, 0))
    assert taken(date(2026, 3, 16)) == Days(5, (1, 0, 0, 0, 0))
    assert taken(date(2026, 3, 17)) == Days(6, (0, 1, 0, 0, 0))
    assert taken(date(2026, 3, 10), date(2026, 3, 30), date(2026, 4, 20), date(2026, 4, 21)) == Days(
        30, (1, 0, 1, 1, 1)
    )
    assert days_taken({}, PLAIN_WEEKS) == Days(None, (0, 0, 0, 0, 0))


def test_the_middle_weighs_each_answer() -> None:
    spans = {(MONDAY, date(2026, 3, 10)): 3, (MONDAY, date(2026, 3, 20)): 2}
    assert days_taken(spans, PLAIN_WEEKS).median == 1
    assert days_taken({**spans, (MONDAY, date(2026, 3, 23)): 2}, PLAIN_WEEKS).median == 9


def test_the_share_is_of_what_was_due() -> None:
    counts = Counts({Outcome.IN_TIME: 2, Outcome.LATE: 1, Outcome.RUNNING: 5, Outcome.ENDED: 9})
    assert counts.in_time_percent == 66
    assert added([counts, Counts({Outcome.OVERDUE: 1})]).in_time_percent == 50
    assert Counts({Outcome.RUNNING: 5}).in_time_percent is None
    assert added([]).total == 0
