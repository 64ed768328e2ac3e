"""Periods and shares: months close on the province's clock, and nothing ever told passes ε = 1."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.statistics.measures import PROVINCE_MONTH, TABLES, Month, Stratum, may_be_told, months_between, spent

MONTHS = st.builds(Month, st.integers(1970, 2200), st.integers(1, 12))


def test_what_is_told_of_a_report_for_life() -> None:
    assert may_be_told(table.shares for table in TABLES)
    assert all(share > 0 for table in TABLES for share in table.shares.values())
    assert spent(table.shares for table in TABLES)[Stratum.DISTRICT] == 140
    full = {Stratum.DISTRICT: 860, Stratum.PRAISE: 1_000}
    assert may_be_told([PROVINCE_MONTH.shares, full])
    assert not may_be_told([PROVINCE_MONTH.shares, {**full, Stratum.DISTRICT: 861}])
    assert not may_be_told([{Stratum.PRAISE: 1}, full])


def test_a_month_by_the_wall_clock() -> None:
    assert Month.parse("2026-10").bounds == (
        datetime(2026, 9, 30, 17, tzinfo=UTC),
        datetime(2026, 10, 31, 17, tzinfo=UTC),
    )


@given(MONTHS, st.integers(-500, 500))
def test_months_follow_each_other(month: Month, steps: int) -> None:
    assert Month.parse(str(month)) == month
    assert month.plus(steps).plus(-steps) == month
    assert month.bounds[1] == month.plus(1).bounds[0]
    assert len(months_between(month, month.plus(abs(steps)))) == abs(steps) + 1


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-1", "2026-10-01", "26-10", "2026-W10", "\uff12026-10"])
def test_what_is_no_month(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (whatever it says)
        Month.parse(text)


@pytest.mark.parametrize(
    ("day", "newest"),
    [
        (date(2026, 11, 4), "2026-09"),
        (date(2026, 11, 5), "2026-10"),
        (date(2026, 11, 30), "2026-10"),
        (date(2027, 1, 5), "2026-12"),
        (date(2027, 3, 4), "2027-01"),
    ],
)
def test_the_newest_month_that_is_due(day: date, newest: str) -> None:
    assert str(PROVINCE_MONTH.last_due(day)) == newest
