"""The noise: what OpenDP draws is what the arithmetic says, and every margin is the smallest that covers 95 %."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import product
from math import erfc, sqrt
from random import Random

import pytest

from benchmarks.measuring.sampler import repeatable_draw
from portal.statistics.laplace import Draw, opendp_draw
from portal.statistics.noise import margin, probability

SHARE = 140
DRAWS = 40_000
NEVER = 1e-6  # a right sampler fails once in a million runs
LEAST = 10  # expected in each class


def chance_of(draw: Draw, share: int = SHARE) -> float:
    """How likely draws as far from the exact probabilities as these are (chi-square, Wilson-Hilferty)."""
    seen = Counter(draw([0] * DRAWS, share))
    classes, rest = [], 1.0
    for size in range(1_000):
        chance = probability(size, SHARE) * (1 if size == 0 else 2)
        if DRAWS * min(chance, rest - chance) < LEAST:
            break
        if size:  # both signs, each by itself
            classes += [(seen[size], chance / 2), (seen[-size], chance / 2)]
        else:
            classes.append((seen[0], chance))
        rest -= chance
    classes.append((DRAWS - sum(count for count, _ in classes), rest))
    distance = sum((count - DRAWS * chance) ** 2 / (DRAWS * chance) for count, chance in classes)
    free = len(classes) - 1
    normal = ((distance / free) ** (1 / 3) - (1 - 2 / (9 * free))) / sqrt(2 / (9 * free))
    return erfc(normal / sqrt(2)) / 2


def test_opendp_draws_by_the_exact_probabilities() -> None:
    assert chance_of(opendp_draw()) > NEVER


def test_the_sampler_of_benchmarks_and_attacks_draws_by_them_too() -> None:
    assert all(chance_of(repeatable_draw(Random(seed))) > NEVER for seed in range(3))


def test_raw_counts_and_half_the_noise_are_found_by_the_same_test() -> None:
    def raw(counts: Sequence[int], share: int) -> list[int]:
        return list(counts)

    assert chance_of(raw) < NEVER
    assert chance_of(opendp_draw(), 2 * SHARE) < NEVER


def test_nobody_can_draw_the_same_noise_again() -> None:
    one = opendp_draw()([1_000] * 50, SHARE)
    assert opendp_draw()([1_000] * 50, SHARE) != one


@pytest.mark.parametrize("share", [60, 140, 480, 1_000])
def test_probabilities_are_a_distribution(share: int) -> None:
    assert sum(probability(amount, share) for amount in range(-2_000, 2_001)) == pytest.approx(1)
    assert probability(0, share) / probability(1, share) == pytest.approx(2.718281828 ** (share / 1_000))


@pytest.mark.parametrize("shares", [(140,), (480,), (140, 140), (140, 480), (480, 480, 180)])
def test_margins_by_brute_force(shares: tuple[int, ...]) -> None:
    reach = range(-40, 41) if len(shares) == 3 else range(-150, 151)
    chances: dict[int, float] = defaultdict(float)
    for amounts in product(reach, repeat=len(shares)):
        chance = 1.0
        for amount, share in zip(amounts, shares, strict=True):
            chance *= probability(amount, share)
        chances[abs(sum(amounts))] += chance
    off = margin(shares)
    assert sum(chances[size] for size in range(off + 1)) >= 0.95
    assert sum(chances[size] for size in range(off)) < 0.95


def test_margins_of_the_first_table() -> None:
    assert margin((SHARE,)) == 21
    assert 66 <= margin((SHARE,) * 12) <= 70
