"""From noisy numbers to those that are published: whole, not below nothing, adding up. Pure; anyone can do it again.

All drawn numbers of a group are fitted to its total at once: x = max(0, y - λ·v) with Σx = total, where v is the
variance of y's noise; then whole numbers by largest remainders. A sum within the group is the sum of its fitted parts.
How far off x is at most depends on shares alone, so it is known before any data are.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import floor

from portal.statistics.cells import Group, Total
from portal.statistics.measures import Stratum
from portal.statistics.noise import margin_of, variance


@dataclass(frozen=True)
class Known:
    """A total that was frozen before, and the variance of its error."""

    value: int
    spread: float


@dataclass(frozen=True)
class Fitted:
    """One number as it is published. `shares` are those of the noises in `noisy`, thousandths of ε."""

    key: str
    noisy: int
    value: int
    margin: int
    shares: tuple[int, ...]
    spread: float


def fit(
    groups: Sequence[Group],
    noisy: Mapping[str, int],
    totals: Mapping[Total, Known],
    shares: Mapping[Stratum, int],
) -> list[Fitted]:
    """All numbers of a table, sums before their parts. Raises KeyError for a total that is not known."""
    fitted: list[Fitted] = []
    for group in groups:
        drawn = [(key, shares[node.stratum]) for node in group.nodes for key in node.drawn]
        values, spread_of = _group(noisy, drawn, totals[group.total] if group.total is not None else None)
        share_of = dict(drawn)
        for node in group.nodes:
            for keys in (node.drawn, *([(key,) for key in node.below])):
                own = tuple(share_of[key] for key in keys)
                spread = round(spread_of(own), 6)
                name = node.key if keys == node.drawn else keys[0]
                number = Fitted(
                    key=name,
                    noisy=sum(noisy[key] for key in keys),
                    value=sum(values[key] for key in keys),
                    margin=margin_of(own, spread),
                    shares=own,
                    spread=spread,
                )
                fitted.append(number)
    return fitted


def _group(
    noisy: Mapping[str, int], drawn: Sequence[tuple[str, int]], total: Known | None
) -> tuple[dict[str, int], Callable[[tuple[int, ...]], float]]:
    """The fitted numbers of a group, and the variance of the error of a sum of some whose noises have these shares."""
    keys, weights = [key for key, _ in drawn], [variance(share) for _, share in drawn]
    if total is None:
        return {key: max(0, noisy[key]) for key in keys}, _own
    known, whole = total, sum(weights)

    def spread(shares: tuple[int, ...]) -> float:
        """v·(1 - a) + a²·v_total with a = v / Σv."""
        part = _own(shares) / whole
        return _own(shares) * (1 - part) + part**2 * known.spread

    fitted = adding_up([noisy[key] for key in keys], weights, known.value)
    return dict(zip(keys, fitted, strict=True)), spread


def _own(shares: tuple[int, ...]) -> float:
    return sum(variance(share) for share in shares)


def adding_up(noisy: Sequence[float], weights: Sequence[float], total: int) -> list[int]:
    """The whole numbers nearest to these (by weight) that are not below nothing and add up to the total (≥ 0)."""
    if not noisy:
        return []
    by_ratio = sorted(range(len(noisy)), key=lambda place: noisy[place] / weights[place], reverse=True)
    over, weight, taken = -float(total), 0.0, 0.0
    for place in by_ratio:
        if weight and noisy[place] / weights[place] <= taken:
            break
        over, weight = over + noisy[place], weight + weights[place]
        taken = over / weight
    # Rounded, so that equal rests are equal on any machine; of equal rests the first goes first.
    exact = [round(max(0.0, number - taken * heavy), 6) for number, heavy in zip(noisy, weights, strict=True)]
    whole = [floor(number) for number in exact]
    by_rest = sorted(range(len(exact)), key=lambda place: (round(whole[place] - exact[place], 6), place))
    for place in by_rest[: total - sum(whole)]:
        whole[place] += 1
    return whole
