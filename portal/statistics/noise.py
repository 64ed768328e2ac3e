"""The noise as arithmetic: how likely each amount is, and how far off a number is at most. Pure.

Discrete Laplace: P(z) = (1 - a) / (1 + a) · a^|z| with a = e^-ε. Drawing it is OpenDP's (`laplace.py`).
"""

from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from math import ceil, exp, log, sqrt

COVERED = 0.95
_NEGLIGIBLE = 1e-12  # of the probability, beyond both ends


def probability(amount: int, share: int) -> float:
    """How likely the noise of a share (thousandths of ε) is exactly so much."""
    a = exp(-share / 1_000)
    return (1 - a) / (1 + a) * a ** abs(amount)


@cache
def variance(share: int) -> float:
    """The variance of the noise of a share: 2a / (1 - a)², in reports²."""
    a = exp(-share / 1_000)
    return 2 * a / (1 - a) ** 2


@cache
def margin(shares: tuple[int, ...]) -> int:
    """The smallest whole m with P(|sum of one noise for each share| ≤ m) ≥ 95 %. Known before any data are.

    Exact up to 10⁻¹²: the distributions are convolved. Both a sum and a difference of numbers have it.
    """
    reach = sum(int(-log(_NEGLIGIBLE) / (share / 1_000)) + 1 for share in shares)
    chances = [0.0] * (2 * reach + 1)
    chances[reach] = 1.0
    for share in shares:
        chances = _convolved(chances, exp(-share / 1_000))
    both_sides = [chances[reach], *(2 * chance for chance in chances[reach + 1 :])]
    return next(amount for amount, chance in enumerate(accumulate(both_sides)) if chance >= COVERED)


@cache
def margin_of(shares: tuple[int, ...], spread: float) -> int:
    """The margin of a number whose own noises have these shares and whose error has this variance, rounded up.

    Fitting to a total makes an error smaller without changing its shape much: so the exact margin of its own noises is
    scaled by the ratio of the standard deviations.
    """
    own = sum(variance(share) for share in shares)
    return ceil(round(margin(shares) * sqrt(spread / own), 6))


@cache
def advantage(shares: tuple[int, ...]) -> float:
    """The most by which all tables of these shares together improve a guess whether one report is there (0 … 1).

    A number with noise is one answer to "is it there?" that is right with e^ε to 1; so this is the exact distance
    between all answers with and without the report. Who tosses a coin is right half the time, who reads everything
    (1 + this) / 2 of it.
    """
    chances = {0.0: 1.0}  # the logarithm of how much likelier "there" is → how likely that is, if it is there
    for share in shares:
        epsilon = share / 1_000
        right = 1 / (1 + exp(-epsilon))
        after: dict[float, float] = {}
        for odds, chance in chances.items():
            for step, likely in ((epsilon, right), (-epsilon, 1 - right)):
                key = round(odds + step, 9)
                after[key] = after.get(key, 0.0) + chance * likely
        chances = after
    return sum(chance * abs(1 - exp(-odds)) for odds, chance in chances.items()) / 2


def _convolved(chances: Sequence[float], a: float) -> list[float]:
    """With one more noise: Σ a^|k| is a sum that runs from the left and then from the right, times (1 - a)²."""
    from_left = accumulate(chances, lambda before, chance: before * a + chance)
    from_right = accumulate(reversed(list(from_left)), lambda before, chance: before * a + chance)
    return [chance * (1 - a) ** 2 for chance in from_right][::-1]
