"""Tables and periods: months close on the province's clock, and nothing ever told passes ε = 1."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.statistics.cells import Geography, groups_of
from portal.statistics.measures import NAMES, TABLES, WHOLE, Stratum, Table, Tier, may_be_told, spent, tier_of
from portal.statistics.periods import Grain, Period, periods_between

PLACES = Geography(("H-A", "H-B"), ("S-A", "S-B"), ("delay.x", "other"), {"H-A": ("X-1", "X-2")})
GRAINS = st.sampled_from(Grain)
DAYS = st.dates(date(1970, 1, 1), date(2200, 12, 31))
TIERED = [(tier, table) for tier in Tier for table in TABLES[tier]]


@pytest.mark.parametrize("tier", Tier)
def test_what_is_told_of_a_report_for_life(tier: Tier) -> None:
    """A report is of one year, and a year has one tier; so this is the whole of it."""
    shares = [table.shares for table in TABLES[tier]]
    assert spent(shares) == dict.fromkeys(Stratum, WHOLE)
    assert may_be_told(shares)
    assert not may_be_told([*shares, {Stratum.PRAISE: 1}])
    assert all(share > 0 for one in shares for share in one.values())


@pytest.mark.parametrize(("tier", "table"), TIERED, ids=lambda one: getattr(one, "name", str(one)))
def test_a_report_is_in_one_cell_and_its_noise_has_its_share(tier: Tier, table: Table) -> None:
    nodes = [node for group in groups_of(table.partition, PLACES) for node in group.nodes]
    drawn = [key for node in nodes for key in node.drawn]
    assert len(set(drawn)) == len(drawn) > 0
    assert {node.stratum for node in nodes} <= table.shares.keys()
    # Where a cell holds both strata, both have its share.
    if len({node.stratum for node in nodes}) < len(table.shares):
        assert len(set(table.shares.values())) == 1


@pytest.mark.parametrize(("tier", "table"), TIERED, ids=lambda one: getattr(one, "name", str(one)))
def test_what_a_table_adds_up_to_is_frozen_before(tier: Tier, table: Table) -> None:
    for group in groups_of(table.partition, PLACES):
        if group.total is not None:
            (above,) = [one for one in TABLES[tier] if one.partition is group.total.partition]
            known = [node for one in groups_of(above.partition, PLACES) for node in one.nodes]
            assert group.total.key in {node.key for node in known}
            assert table.grain % above.grain == 0
            assert above.wait_days <= table.wait_days


def test_names_are_one_word_each() -> None:
    assert len({table.name for table in TABLES[Tier.SMALL]}) == len(TABLES[Tier.SMALL])
    assert set(NAMES) == {table.name for _, table in TIERED}


@pytest.mark.parametrize(("before", "tier"), [(None, "small"), (9_999, "small"), (10_000, "large")])
def test_the_tier_follows_what_was_published(before: int | None, tier: str) -> None:
    assert tier_of(before) == tier


def test_a_month_by_the_wall_clock() -> None:
    assert Period.parse("2026-10").bounds == (
        datetime(2026, 9, 30, 17, tzinfo=UTC),
        datetime(2026, 10, 31, 17, tzinfo=UTC),
    )


@given(DAYS, GRAINS, st.integers(-500, 500))
def test_periods_follow_each_other(day: date, grain: Grain, steps: int) -> None:
    period = Period.of(day, grain)
    assert period.first_day <= day <= period.last_day
    assert Period.parse(str(period)) == period
    assert period.plus(steps).plus(-steps) == period
    assert period.bounds[1] == period.plus(1).bounds[0]
    assert period.last_day + timedelta(days=1) == period.plus(1).first_day
    assert len(periods_between(period, period.plus(abs(steps)))) == abs(steps) + 1


@given(DAYS, GRAINS)
def test_longer_periods_consist_of_shorter_ones(day: date, grain: Grain) -> None:
    year = Period.of(day, Grain.YEAR)
    parts = year.parts(grain)
    assert (parts[0].first_day, parts[-1].last_day) == (year.first_day, year.last_day)
    assert all(part.within(Grain.YEAR) == year for part in parts)
    assert Period.of(day, grain) in parts


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-13",
        "2026-1",
        "2026-10-01",
        "26-10",
        "2026-W10",
        "2026-Q5",
        "2026-H3",
        "2026-H",
        "0000",
        "\uff12026-10",
    ],
)
def test_what_is_no_period(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (whatever it says)
        Period.parse(text)


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
    assert str(TABLES[Tier.SMALL][0].last_due(day)) == newest
