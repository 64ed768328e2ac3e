"""What can be said of published numbers: sums, shares, and whether one is greater than another for certain. Pure.

Numbers of one group were fitted to a common total, so their errors hang together: with own variances v, total variance
V of the group's noise, t of the total's error and A = Σv / V of a subset, Cov(S, R) = Σv of both + A(S)·A(R)·(t - V).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from portal.statistics.noise import margin_of, variance

Z = 1.959964  # of 95 %
WIDEST = 0.4  # a share's interval that is wider says nothing worth reading


@dataclass(frozen=True)
class Cell:
    """One published number. `shares`: of the noises in it; `spread`: the variance of its error."""

    key: str
    noisy: int
    value: int
    margin: int
    shares: tuple[int, ...]
    spread: float

    @property
    def low(self) -> int:
        """The least that the true number may be, at 95 %."""
        return max(0, self.value - self.margin)

    @property
    def high(self) -> int:
        """The most that the true number may be, at 95 %."""
        return self.value + self.margin

    @property
    def is_band(self) -> bool:
        """Whether only the range is worth saying: the margin reaches the number."""
        return self.margin >= self.value

    @property
    def own(self) -> float:
        """The variance of the noises in it."""
        return sum(variance(share) for share in self.shares)


@dataclass(frozen=True)
class Amount:
    """A sum of published numbers."""

    value: int
    shares: tuple[int, ...]
    spread: float

    @property
    def margin(self) -> int:
        """How far off it is at most, at 95 %; 0 of no numbers."""
        return margin_of(self.shares, round(self.spread, 6)) if self.shares else 0

    @property
    def low(self) -> int:
        """The least that the true sum may be."""
        return max(0, self.value - self.margin)

    @property
    def high(self) -> int:
        """The most that the true sum may be."""
        return self.value + self.margin

    @property
    def is_band(self) -> bool:
        """Whether only the range is worth saying."""
        return self.margin >= self.value

    def plus(self, other: "Amount") -> "Amount":
        """With a number of other reports."""
        shares = tuple(sorted((*self.shares, *other.shares)))
        return Amount(self.value + other.value, shares, self.spread + other.spread)


NOTHING = Amount(0, (), 0.0)


class Trend(StrEnum):
    """What can be said of two numbers: nothing, as long as their difference is within its margin."""

    MORE = "more"
    FEWER = "fewer"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Share:
    """A part of a whole with its interval (Fieller), as fractions. Without a value where it says too little."""

    value: float
    low: float
    high: float

    @property
    def is_shown(self) -> bool:
        """Whether its interval is narrow enough."""
        return self.high - self.low < WIDEST

    @property
    def margin(self) -> float:
        """The longer half of the interval."""
        return max(self.high - self.value, self.value - self.low)


class Block:
    """The numbers of one group, of one period."""

    def __init__(self, cells: Iterable[Cell]) -> None:
        self.cells: Mapping[str, Cell] = {cell.key: cell for cell in cells}
        self._whole = sum(cell.own for cell in self.cells.values())

    def _of_total(self) -> float:
        """The variance of the total's error, which every cell's spread gives back: v·(1 - a) + a²·t."""
        cell = next(iter(self.cells.values()))
        a = cell.own / self._whole
        return (cell.spread - cell.own * (1 - a)) / a**2

    def covariance(self, one: Iterable[str], other: Iterable[str]) -> float:
        """Of the errors of two sums of its cells."""
        first, second = set(one) & self.cells.keys(), set(other) & self.cells.keys()
        both = sum(self.cells[key].own for key in first & second)
        a, b = (sum(self.cells[key].own for key in keys) / self._whole for keys in (first, second))
        return both + a * b * (self._of_total() - self._whole)

    def amount(self, keys: Iterable[str]) -> Amount:
        """The sum of some cells; a key that is not here counts nothing."""
        found = [self.cells[key] for key in keys if key in self.cells]
        if not found:
            return NOTHING
        shares = tuple(sorted(share for cell in found for share in cell.shares))
        spread = max(0.0, self.covariance([cell.key for cell in found], [cell.key for cell in found]))
        return Amount(sum(cell.value for cell in found), shares, spread)


def added(amounts: Iterable[Amount]) -> Amount:
    """The sum of amounts whose errors have nothing to do with each other: of several periods, or drawn apart."""
    found = NOTHING
    for amount in amounts:
        found = found.plus(amount)
    return found


def share_of(blocks: Sequence[Block], part: Sequence[str], whole: Sequence[str]) -> Share | None:
    """Which share of the whole the part is, over periods (Fieller); None where nothing can be said."""
    above, below = (added(block.amount(keys) for block in blocks) for keys in (part, whole))
    between = sum(block.covariance(part, whole) for block in blocks)
    square = below.value**2 - Z**2 * below.spread
    if square <= 0:
        return None
    half = above.value * below.value - Z**2 * between
    rest = above.value**2 - Z**2 * above.spread
    root = sqrt(max(0.0, half**2 - square * rest))
    value = min(1.0, above.value / below.value)
    low, high = max(0.0, (half - root) / square), min(1.0, (half + root) / square)
    return Share(value, min(low, value), max(high, value))


def trend(now: Amount, before: Amount) -> Trend:
    """More or fewer only where the difference is greater than its own margin."""
    off = Amount(0, tuple(sorted((*now.shares, *before.shares))), now.spread + before.spread).margin
    if abs(now.value - before.value) <= off:
        return Trend.UNSURE
    return Trend.MORE if now.value > before.value else Trend.FEWER


def apart(one: Share, other: Share) -> Trend:
    """Whether one share is greater or less for certain: their intervals do not touch."""
    if one.low > other.high:
        return Trend.MORE
    return Trend.FEWER if one.high < other.low else Trend.UNSURE
