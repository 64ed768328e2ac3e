"""Which offices stand out: rarely by chance, and surely when something is there."""

from itertools import pairwise
from math import exp
from random import Random  # noqa: TID251 (figures that come out the same each time)

import pytest

from portal.cases.unusual import (
    ALARM,
    PAST_DAYS,
    WINDOW_DAYS,
    Desk,
    Outlook,
    tail,
    unusual,
)

QUARTERS = 1000
OFFICES, TOPICS = 60, ("delay", "money", "attitude")
RATES = {"delay": 9.0, "money": 2.0, "attitude": 4.0}  # of a year, in the middle
SWING = 12.0  # what rates really swing by here: 29 % up or down
SHARE = WINDOW_DAYS / PAST_DAYS


def poisson(draw: Random, mean: float) -> int:
    """By the product of uniforms; the means here are small."""
    limit, product, count = exp(-mean), draw.random(), 0
    while product > limit:
        product *= draw.random()
        count += 1
    return count


def a_quarter(draw: Random, *, unlike: float, swing: float, season: float = 1.0) -> list[Desk]:
    """Desks with nothing unusual: rates differ between offices, and swing from quarter to quarter."""
    desks = []
    for topic in TOPICS:
        for office in range(OFFICES):
            rate = RATES[topic] * draw.gammavariate(unlike, 1 / unlike)
            now = rate * SHARE * season * draw.gammavariate(swing, 1 / swing)
            past = sum(poisson(draw, rate * SHARE * draw.gammavariate(swing, 1 / swing)) for _ in range(4))
            desks.append(Desk(office, topic, "ward", poisson(draw, now), past))
    return desks


@pytest.mark.parametrize(
    ("named", "unlike", "swing", "season"),
    [
        ("all offices alike", 50.0, 1e6, 1.0),
        ("offices differ, rates swing", 2.0, SWING, 1.0),
        ("a busy season", 2.0, SWING, 1.6),
    ],
)
def test_at_most_one_null_quarter_in_twenty_has_an_alarm(
    named: str, unlike: float, swing: float, season: float
) -> None:
    draw = Random(90)  # noqa: S311 (a fixed seed)
    quarters = (a_quarter(draw, unlike=unlike, swing=swing, season=season) for _ in range(QUARTERS))
    alarms = sum(bool(unusual(desks)) for desks in quarters)
    print(f"{named}: {alarms} of {QUARTERS} null quarters had an alarm ({alarms / QUARTERS:.1%})")
    assert alarms / QUARTERS <= ALARM


def test_a_desk_with_several_times_as_many_is_found() -> None:
    draw, found = Random(7), 0  # noqa: S311 (a fixed seed)
    for _ in range(100):
        desks = a_quarter(draw, unlike=2.0, swing=SWING)
        loud = Desk(999, "money", "ward", 11, 4)
        found += any(one.desk == loud for one in unusual([*desks, loud]))
    print(f"11 in 90 days after 4 in a year: found in {found} of 100 quarters")
    assert found >= 95


@pytest.mark.parametrize(("recent", "stands_out"), [(7, False), (8, True), (9, True)])
def test_eight_extra_fees_where_one_or_two_are_usual_stand_out_among_a_districts_offices(
    recent: int, stands_out: bool
) -> None:
    desks = [Desk(office, "money", "one_stop", 1 + (office % 4 == 0), 4 + office % 3) for office in range(18)]
    found = unusual([*desks, Desk(99, "money", "one_stop", recent, 5)])
    assert [one.desk.agency_id for one in found] == [99] * stands_out
    for one in found:
        assert one.expected == pytest.approx(1.2, abs=0.2)
        assert 0 < one.by_chance <= ALARM


def test_two_are_no_pattern_however_rare() -> None:
    assert unusual([Desk(1, "money", "ward", 2, 0), *(Desk(n, "money", "ward", 0, 0) for n in range(2, 500))]) == []


def test_nothing_at_all_is_nothing_unusual() -> None:
    assert unusual([]) == []
    assert unusual([Desk(1, "delay", "ward", 0, 0)]) == []


def test_tails_are_chances_that_fall() -> None:
    outlook = Outlook(1.2, 6.0)
    chances = [tail(outlook, count) for count in range(12)]
    assert chances[0] == pytest.approx(1.0, abs=1e-9)
    assert all(one > other for one, other in pairwise(chances))
    mean = sum(chances[1:]) + sum(tail(outlook, count) for count in range(12, 60))
    assert mean == pytest.approx(1.2, abs=1e-6)
