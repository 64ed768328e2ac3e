"""Whether times tell two worlds apart: the test agrees with the published one, and is neither blind nor nervous."""

import random
from itertools import pairwise

import pytest

from benchmarks.measuring.two_samples import compared, noticed_from

LIMIT = 0.01


def _times(seed: int, many: int = 60, longer: float = 0.0) -> list[float]:
    drawn = random.Random(seed)
    return [drawn.lognormvariate(1.5, 0.3) + longer for _ in range(many)]


def test_it_agrees_with_the_formula_worked_by_hand() -> None:
    """Ranks 1, 2, 3½, 5½, 7½ and 3½, 5½, 7½, 9, 10: U = 20.5 of 25, three ties of two."""
    found = compared([1, 2, 3, 4, 5], [3, 4, 5, 6, 7])
    assert found.slower == 20.5 / 25
    assert found.difference == 2
    assert found.chance == pytest.approx(0.1138, abs=0.0005)  # z = 7.5 / sqrt(25 / 12 * (11 - 18 / 90))


def test_the_same_times_are_alike() -> None:
    one = _times(1)
    assert compared(one, one).chance == 1.0
    assert compared(one, one).slower == 0.5
    assert compared([3.0] * 30, [3.0] * 30).chance == 1.0


def test_of_a_hundred_pairs_that_are_alike_few_are_called_different() -> None:
    chances = [compared(_times(2 * seed), _times(2 * seed + 1)).chance for seed in range(100)]
    assert sum(chance < 0.1 for chance in chances) < 20


def test_which_is_slower_is_told() -> None:
    assert compared(_times(1), _times(2, longer=2)).slower > 0.8
    assert compared(_times(1, longer=2), _times(2)).slower < 0.2
    assert compared(_times(1), _times(2, longer=2)).chance < LIMIT


def test_the_least_difference_that_is_noticed_is_the_least() -> None:
    one, other = _times(1), _times(2)
    least = noticed_from(one, other, LIMIT)
    assert 0 < least < 2
    assert compared(one, [time + least for time in other]).chance < LIMIT
    assert compared(one, [time + 0.9 * least for time in other]).chance >= LIMIT
    assert noticed_from(one, [time + 2 for time in other], LIMIT) == 0.0


def test_more_times_notice_less() -> None:
    found = [noticed_from(_times(1, many), _times(2, many), LIMIT) for many in (30, 120, 480)]
    assert all(less < more for more, less in pairwise(found))
