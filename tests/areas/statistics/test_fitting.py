"""Fitting: whole numbers that are not below nothing and add up, for any noise; margins known before the data."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.statistics.cells import Geography, Total, groups_of
from portal.statistics.fitting import Known, adding_up, fit
from portal.statistics.measures import TABLES, Partition, Tier
from portal.statistics.noise import variance

NUMBERS = st.lists(st.tuples(st.integers(-60, 200), st.sampled_from([1.0, 2.5, 61.0, 15.5])), min_size=1, max_size=12)
PLACES = Geography(tuple(f"H-{n}" for n in range(18)), tuple(f"S-{n}" for n in range(19)), ("delay.x", "other"))
AREAS = next(table for table in TABLES[Tier.SMALL] if table.partition is Partition.AREA)


@given(NUMBERS, st.integers(0, 500))
def test_they_add_up(drawn: list[tuple[int, float]], total: int) -> None:
    noisy, weights = zip(*drawn, strict=True)
    found = adding_up(noisy, weights, total)
    assert sum(found) == total
    assert min(found) >= 0


@given(NUMBERS, st.integers(0, 500))
def test_no_other_numbers_are_nearer(drawn: list[tuple[int, float]], total: int) -> None:
    """Moving a whole report from any cell to any other one never comes nearer to the noisy numbers by more than the
    rounding costs."""
    noisy, weights = zip(*drawn, strict=True)
    found = adding_up(noisy, weights, total)

    def distance(values: Sequence[float]) -> float:
        return sum(
            [(value - one) ** 2 / weight for value, one, weight in zip(values, noisy, weights, strict=True)], 0.0
        )

    for giver, value in enumerate(found):
        for taker in range(len(found)):
            if giver != taker and value >= 2:
                moved = list(found)
                moved[giver] -= 2
                moved[taker] += 2
                assert distance(moved) > distance(found) - 1e-6


@pytest.mark.parametrize(
    ("noisy", "weights", "total", "fitted"),
    [
        ((48, 27, 5, -1), (1, 1, 1, 1), 70, [45, 24, 1, 0]),
        ((10, 10), (1, 3), 12, [8, 4]),
        ((-3, -5), (1, 1), 0, [0, 0]),
        ((-3, -5), (1, 1), 4, [3, 1]),
        ((7,), (1,), 9, [9]),
        ((), (), 5, []),
    ],
)
def test_by_hand(noisy: Sequence[int], weights: Sequence[int], total: int, fitted: list[int]) -> None:
    assert adding_up(noisy, weights, total) == fitted


def test_parts_add_up_to_their_sums_and_sums_to_the_total() -> None:
    groups = groups_of(Partition.AREA, PLACES)
    noisy = {key: place % 7 - 2 for group in groups for node in group.nodes for place, key in enumerate(node.drawn, 3)}
    cells = {cell.key: cell for cell in fit(groups, noisy, {TOTAL: Known(441, 3 * variance(140))}, AREAS.shares)}
    assert sum(cell.value for key, cell in cells.items() if "/" not in key) == 441
    for key, cell in cells.items():
        if "/" not in key:
            parts = [cells[f"{key}/{part}"] for part in ("in_time", "late")]
            assert sum(part.value for part in parts) == cell.value
            assert sum(part.noisy for part in parts) == cell.noisy
    # The figures of the study for 2,000 reports a year.
    assert (cells["H-0"].margin, cells["H-0/late"].margin, cells["departments"].margin) == (8, 6, 23)


TOTAL = Total(Partition.PROVINCE, "province")
