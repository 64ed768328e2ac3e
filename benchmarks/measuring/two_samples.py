"""Whether two samples of times are alike: the Mann-Whitney test, which asks nothing of how times are distributed."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, sqrt
from statistics import median

HALVINGS = 30


@dataclass(frozen=True)
class Compared:
    """What two samples say of each other."""

    difference: float  # of the medians, the second less the first
    slower: float  # the chance that one of the second took longer than one of the first; 0.5 if they are alike
    chance: float  # of samples at least as unlike, if there were no difference (two-sided)


def compared(one: Sequence[float], other: Sequence[float]) -> Compared:
    """The test with the normal approximation, corrected for ties and for steps; good from twenty of each on."""
    ranks, ties = _ranks([*one, *other])
    many, more = len(one), len(other)
    total = many + more
    greater = sum(ranks[many:]) - more * (more + 1) / 2  # pairs in which the second took longer; ties are a half
    spread = sqrt(many * more / 12 * (total + 1 - ties / (total * (total - 1))))
    off = max(abs(greater - many * more / 2) - 0.5, 0.0)
    chance = erfc(off / spread / sqrt(2)) if spread else 1.0
    return Compared(median(other) - median(one), greater / (many * more), chance)


def noticed_from(one: Sequence[float], other: Sequence[float], limit: float) -> float:
    """The least time that, added to each of the second sample, the test would call a difference at this limit.

    Zero where it calls them different as they are.
    """
    if compared(one, other).chance < limit:
        return 0.0
    low, high = 0.0, max(max(one) - min(other), 1e-9) * 2
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        found = compared(one, [time + middle for time in other])
        low, high = (low, middle) if found.chance < limit and found.slower > 0.5 else (middle, high)
    return high


def _ranks(values: Sequence[float]) -> tuple[list[float], float]:
    """The rank of each value, equal ones sharing theirs; and the sum of t³ - t over groups of t equal ones."""
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks, ties, first = [0.0] * len(values), 0.0, 0
    while first < len(order):
        last = first
        while last + 1 < len(order) and values[order[last + 1]] == values[order[first]]:
            last += 1
        for place in order[first : last + 1]:
            ranks[place] = (first + last) / 2 + 1
        alike = last - first + 1
        ties += alike**3 - alike
        first = last + 1
    return ranks, ties
