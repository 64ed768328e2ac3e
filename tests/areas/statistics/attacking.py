"""An attacker who knows every other report, and wants to know whether one late report about one district was filed.

The tables that the report stands in are measured and published by the code that makes releases, with a `draw` that can
be repeated. Other tables follow from these numbers or from reports that the attacker knows.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import exp, prod, sqrt
from operator import mul
from random import Random

from benchmarks.measuring.invented import KEYS, Report, World
from portal.statistics.cells import ALL, OWN, Days, Late, Outcome, Score, Topic, groups_of
from portal.statistics.fitting import Known, fit
from portal.statistics.laplace import Draw
from portal.statistics.measures import TABLES, Partition, Stratum, Table, Tier
from portal.statistics.noise import variance
from portal.statistics.periods import Grain, Period
from portal.statistics.release import drawn

DISTRICT = "H-08"  # of the size of Hội An
MONTH = Period(2025, 5, Grain.MONTH)
VICTIM = Report(
    month=MONTH,
    stratum=Stratum.DISTRICT,
    body=DISTRICT,
    late=Late.LATE,
    category="C-04",
    kind="conduct",
    days=Days.MORE,
    outcome=Outcome.NONE_YET,
    score=Score.NONE,
    topic=Topic.DELAY,
    commune=OWN,
)
Place = tuple[str, Period, str]  # table, period, cell
Counts = Mapping[Place, int]


class Target:
    """The tables that the victim stands in, with and without it."""

    def __init__(self) -> None:
        # By this seed few of that district's reports are late, as in most.
        world = World(Random(8), 2_000)
        self.places = world.places
        self.tables = [table for table in TABLES[Tier.SMALL] if Stratum.DISTRICT in table.shares]
        counts = {table.name: world.counts(table) for table in self.tables}
        self.groups = {table.name: groups_of(table.partition, self.places) for table in self.tables}
        self.looked: list[tuple[Table, Period]] = []
        self.without: dict[str, Mapping[Period, Mapping[str, int]]] = {}
        self.with_it: dict[str, Mapping[Period, Mapping[str, int]]] = {}
        for table in self.tables:
            own = MONTH.within(table.grain)
            year = MONTH.within(Grain.YEAR).parts(Grain.MONTH)
            periods = year if table.partition is Partition.PROVINCE else [own]
            self.looked += [(table, period) for period in periods]
            self.without[table.name] = {period: Counter(counts[table.name][period]) for period in periods}
            changed = {period: Counter(counts[table.name][period]) for period in periods}
            changed[own][KEYS[table.partition](VICTIM)] += 1
            self.with_it[table.name] = changed
        self.touched = self._touched()

    def measure(self, draw: Draw, is_in: bool) -> dict[Place, int]:
        """Every noisy count of one world."""
        counts = self.with_it if is_in else self.without
        found = {}
        for table, period in self.looked:
            noisy = drawn(self.groups[table.name], counts[table.name][period], table.shares, draw)
            found.update({(table.name, period, key): number for key, number in noisy.items()})
        return found

    def publish(self, noisy: Counts) -> list[int]:
        """Every published number of these tables, fitted to the months."""
        values, months = [], dict[Period, int]()
        for table, period in self.looked:
            groups = self.groups[table.name]
            own = {key: noisy[table.name, period, key] for g in groups for node in g.nodes for key in node.drawn}
            parts = period.parts(Grain.MONTH)
            known = {
                group.total: Known(sum(months[part] for part in parts), len(parts) * variance(140))
                for group in groups
                if group.total is not None
            }
            fitted = fit(groups, own, known, table.shares)
            if table.partition is Partition.PROVINCE:
                months[period] = next(cell.value for cell in fitted if cell.key == ALL)
            values += [cell.value for cell in fitted]
        return values

    def likelihood(self, noisy: Counts) -> float:
        """How much likelier all noisy counts are with the report than without it (logarithm of the ratio)."""
        return sum(
            share * (abs(noisy[place] - without) - abs(noisy[place] - with_it))
            for place, share, without, with_it in self.touched
        )

    def _touched(self) -> list[tuple[Place, float, int, int]]:
        """The counts that are not the same with and without it: share (ε), without, with. The others say nothing."""
        found = []
        for table, period in self.looked:
            without, with_it = self.without[table.name][period], self.with_it[table.name][period]
            for key in with_it.keys() | without.keys():
                if with_it[key] != without[key]:
                    share = table.shares[Stratum.DISTRICT] / 1_000
                    found.append(((table.name, period, key), share, without[key], with_it[key]))
        return found


def exact_advantage(shares: Sequence[float]) -> float:
    """The best that any attacker can do: each table is a coin that says "in" or "out", rightly with 1/(1 + e^-ε)."""
    return (
        sum(
            abs(
                prod(1 / (1 + exp(-sign * share)) for sign, share in zip(signs, shares, strict=True))
                - prod(1 / (1 + exp(sign * share)) for sign, share in zip(signs, shares, strict=True))
            )
            for signs in product((1, -1), repeat=len(shares))
        )
        / 2
    )


def advantage(with_it: Sequence[float], without: Sequence[float], threshold: float = 0.0) -> tuple[float, float]:
    """How much oftener "in" is said when it is in than when it is not, and the sampling error of that, at 95 %."""
    p, q = (sum(score > threshold for score in scores) / len(scores) for scores in (with_it, without))
    return p - q, 1.96 * sqrt(p * (1 - p) / len(with_it) + q * (1 - q) / len(without))


def discriminant(with_it: Sequence[Sequence[int]], without: Sequence[Sequence[int]]) -> tuple[float, float]:
    """The advantage of Fisher's linear discriminant, found on the first half of the worlds, measured on the other."""
    half = len(with_it) // 2
    means = [[sum(column) / half for column in zip(*side[:half], strict=True)] for side in (with_it, without)]
    columns = [
        [*(value - means[0][place] for value in one[:half]), *(value - means[1][place] for value in other[:half])]
        for place, (one, other) in enumerate(zip(zip(*with_it, strict=True), zip(*without, strict=True), strict=True))
    ]
    spread = [[sum(map(mul, one, other)) / (2 * half) for other in columns] for one in columns]
    for place, row in enumerate(spread):
        row[place] += 1e-3  # fitted numbers add up, so some follow from others
    weights = solved(spread, [one - other for one, other in zip(*means, strict=True)])
    middle = sum(weight * (one + other) / 2 for weight, one, other in zip(weights, *means, strict=True))
    scores = [[sum(map(mul, weights, numbers)) for numbers in side[half:]] for side in (with_it, without)]
    return advantage(scores[0], scores[1], middle)


def solved(matrix: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """x with matrix · x = right, for a symmetric matrix without zeros to divide by."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for place, pivot in enumerate(rows):
        for row in rows[place + 1 :]:
            times = row[place] / pivot[place]
            row[place:] = [value - times * above for value, above in zip(row[place:], pivot[place:], strict=True)]
    found: list[float] = []
    for place in reversed(range(len(rows))):
        rest = sum(map(mul, rows[place][place + 1 : -1], found))
        found.insert(0, (rows[place][-1] - rest) / rows[place][place])
    return found


def restored(cells: Sequence[tuple[int | None, int]], total: int) -> Iterator[int | None]:
    """An attacker's arithmetic on one sum: of (shown or hidden, most that a hidden one may be), what is certain."""
    rest = total - sum(shown for shown, _ in cells if shown is not None)
    hidden = [most for shown, most in cells if shown is None]
    for shown, most in cells:
        low, high = max(0, rest - (sum(hidden) - most)), min(most, rest)
        yield shown if shown is not None else low if low == high else None
