"""From noisy numbers to those that are published: whole, not below nothing, adding up. Pure; anyone can do it again.

Top down, each group to its total: x = max(0, y - λ·v) with Σx = total, where v is the variance of y's noise; then whole
numbers by largest remainders. How far off x is at most depends on shares alone, so it is known before any data are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor

from portal.statistics.cells import Group, Node, Total
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
        own = [_own(node, shares) for node in group.nodes]
        drawn = [sum(noisy[key] for key in node.drawn) for node in group.nodes]
        known = totals[group.total] if group.total is not None else None
        for node, one in zip(group.nodes, _level(group.nodes, drawn, own, known), strict=True):
            fitted.append(one)
            parts = tuple(Node(key, node.stratum) for key in node.below)
            below = [_own(part, shares) for part in parts]
            fitted += _level(parts, [noisy[key] for key in node.below], below, Known(one.value, one.spread))
    return fitted


def _own(node: Node, shares: Mapping[Stratum, int]) -> tuple[int, ...]:
    return (shares[node.stratum],) * len(node.drawn)


def _level(
    nodes: Sequence[Node], noisy: Sequence[int], shares: Sequence[tuple[int, ...]], total: Known | None
) -> list[Fitted]:
    own = [sum(variance(share) for share in one) for one in shares]
    values = adding_up(noisy, own, total.value) if total is not None else [max(0, number) for number in noisy]
    spreads = _spreads(own, total.spread) if total is not None else own
    return [
        Fitted(node.key, number, value, margin_of(one, round(spread, 6)), one, round(spread, 6))
        for node, number, value, one, spread in zip(nodes, noisy, values, shares, spreads, strict=True)
    ]


def _spreads(own: Sequence[float], of_total: float) -> list[float]:
    """The variances of the errors after fitting: v·(1 - a) + a²·v_total with a = v / Σv."""
    whole = sum(own)
    return [one * (1 - one / whole) + (one / whole) ** 2 * of_total for one in own]


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
