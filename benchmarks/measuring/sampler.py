"""Discrete Laplace noise that can be drawn again: for measuring and for attacks, never for a release.

The difference of two geometric numbers has exactly the distribution of `noise.probability`; the chi-square test of
OpenDP's noise is held against this one too (tests/areas/statistics/test_noise.py).
"""

from collections.abc import Sequence
from math import log
from random import Random

from portal.statistics.laplace import Draw


def repeatable_draw(random: Random) -> Draw:
    """Counts in, the same with noise of a share (thousandths of ε) out, drawn by a seed."""
    uniform = random.random

    def draw(counts: Sequence[int], share: int) -> list[int]:
        scale = -1_000 / share  # ln(u) · scale, rounded down, is geometric with a = e^-ε
        return [count + int(log(1 - uniform()) * scale) - int(log(1 - uniform()) * scale) for count in counts]

    return draw
