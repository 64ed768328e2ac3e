"""Which offices have more reports than chance explains: a test for each, and one limit for looking at all. Pure.

How many reports an office draws in a quarter is taken as negative binomial: the office's own rate is not known but
estimated, from its own past year and from its peers (a gamma prior, empirical Bayes), and it swings from quarter to
quarter by itself (`SWING`). The chance of at least as many as there were is the tail of that distribution.

Hundreds of offices are looked at together, so some number is always high somewhere. The limit is one for all of them:
it is set so that in a quarter with nothing unusual anywhere the chance of even one alarm is at most `ALARM`
(Bonferroni over the chances that counts can really attain: Tarone, Biometrics 46, 1990). See decision 0040.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, lgamma, log, log1p

ALARM = 0.05
SPENT = 0.025  # of it by the test itself: the other half is for what no estimate from one year knows
WINDOW_DAYS, PAST_DAYS = 90, 365
LEAST = 3  # matters: fewer are never called a pattern
SWING = 8.0  # shape of the swing of a rate from quarter to quarter: about 35 % up or down
QUARTERS = 4  # in the past year: swings of an office's own year even out a little
VAGUE, FIRM, DOUBT = 0.3, 8.0, 0.6  # how much peers say about one another: bounds, and what is left of an estimate
_NEVER = 1e-12
_STEADY = 3.0  # matters' worth of "as in the past year", so that a small group's season is not taken from few


@dataclass(frozen=True)
class Desk:
    """One office and topic: matters in the last 90 days, and in the year before. `peers`: which it is like."""

    agency_id: int
    topic: str
    peers: str
    recent: int
    past: int


@dataclass(frozen=True)
class Unusual:
    """A desk with more than chance explains.

    `by_chance`: how many desks as far off as this one a quarter without anything unusual would have in all.
    """

    desk: Desk
    expected: float
    by_chance: float


@dataclass(frozen=True)
class Outlook:
    """What a desk is expected to have: a negative binomial by its mean and shape."""

    mean: float
    shape: float


def unusual(desks: Sequence[Desk]) -> list[Unusual]:
    """The desks beyond the limit, the surest first. `desks` are all that are looked at, also those with nothing."""
    looks = {desk: outlook for group in _alike(desks) for desk, outlook in _outlooks(group)}
    high = [(tail(outlook, desk.recent), desk) for desk, outlook in looks.items() if desk.recent >= LEAST]
    candidates = sorted(((chance, desk) for chance, desk in high if chance <= SPENT), key=lambda one: one[0])
    if not candidates:
        return []
    attained = [_tails(outlook) for outlook in looks.values()]
    found = []
    for chance, desk in candidates:
        by_chance = sum(_attained(tails, chance) for tails in attained)
        if by_chance > SPENT:
            break
        found.append(Unusual(desk, looks[desk].mean, by_chance))
    return found


def _alike(desks: Iterable[Desk]) -> list[list[Desk]]:
    groups: dict[tuple[str, str], list[Desk]] = defaultdict(list)
    for desk in desks:
        groups[desk.peers, desk.topic].append(desk)
    return list(groups.values())


def _outlooks(group: Sequence[Desk]) -> list[tuple[Desk, Outlook]]:
    """What each of some desks that are alike is expected to have in these 90 days."""
    past, recent = sum(desk.past for desk in group), sum(desk.recent for desk in group)
    mean = (past + 0.5) / len(group)  # of a year
    firm = _firmness([desk.past for desk in group], mean)
    return [(desk, _outlook(desk, mean, firm, _season(desk, past, recent))) for desk in group]


def _firmness(counts: Sequence[int], mean: float) -> float:
    """How alike the peers' rates are, as the shape of a gamma: by moments, within bounds."""
    if len(counts) < 2:
        return VAGUE
    spread = sum((count - mean) ** 2 for count in counts) / (len(counts) - 1)
    return min(max(DOUBT * mean**2 / max(spread - mean, 1e-9), VAGUE), FIRM)


def _season(desk: Desk, past: int, recent: int) -> float:
    """How the peers' 90 days compare with their year, without the desk itself: more are filed everywhere some times."""
    usual = (past - desk.past) * WINDOW_DAYS / PAST_DAYS
    return (recent - desk.recent + _STEADY) / (usual + _STEADY)


def _outlook(desk: Desk, mean: float, firm: float, season: float) -> Outlook:
    """The gamma of the rate, after the desk's own year; and the swing on top of it.

    The year weighs less the more it holds: its quarters swung too.
    """
    weight = 1 / (1 + desk.past / (QUARTERS * SWING))
    shape, years = firm + weight * desk.past, firm / mean + weight
    expected = shape / years * WINDOW_DAYS / PAST_DAYS * season
    return Outlook(expected, 1 / (1 / shape + 1 / SWING + 1 / (shape * SWING)))


def tail(outlook: Outlook, count: int) -> float:
    """The chance of at least that many."""
    tails = _tails(outlook)
    return tails[count] if count < len(tails) else _NEVER


def _tails(outlook: Outlook) -> list[float]:
    """The chances of at least 0, 1, 2, …, until there is none to speak of."""
    mean, shape = outlook.mean, outlook.shape
    share = log(mean / (mean + shape))
    chances: list[float] = []
    count, none = 0, -shape * log1p(mean / shape)
    while True:
        chance = exp(none + lgamma(count + shape) - lgamma(shape) - lgamma(count + 1) + count * share)
        chances.append(chance)
        if count > mean and chance < _NEVER:
            break
        count += 1
    left, tails = 0.0, []
    for chance in reversed(chances):
        left += chance
        tails.append(left)
    return tails[::-1]


def _attained(tails: Sequence[float], limit: float) -> float:
    """The greatest chance that a count of `LEAST` or more can have without passing the limit."""
    at = bisect_left(tails, -limit, lo=min(LEAST, len(tails)), key=lambda chance: -chance)
    return tails[at] if at < len(tails) else _NEVER
