"""Releases in memory: `release.make_release` without a database, step by step with the same pure code."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from benchmarks.measuring.invented import Counts, World, months
from portal.statistics.amounts import Amount, Block, Cell, Share, added, share_of
from portal.statistics.cells import Group, Late, Total, groups_of
from portal.statistics.fitting import Known, fit
from portal.statistics.laplace import Draw
from portal.statistics.measures import TABLES, Partition, Table, Tier
from portal.statistics.periods import Period
from portal.statistics.release import drawn

Cells = dict[str, Cell]


@dataclass(frozen=True)
class Schedule:
    """All tables of three years of one tier, in the order in which they are released."""

    tier: Tier
    due: tuple[tuple[Table, Period], ...]

    @classmethod
    def of(cls, tier: Tier) -> "Schedule":
        """As `release.due_releases` sorts them."""
        due = [
            (table, period)
            for table in TABLES[tier]
            for period in dict.fromkeys(month.within(table.grain) for month in months())
        ]
        return cls(tier, tuple(sorted(due, key=lambda one: (one[0].due_on(one[1]), one[1].grain, one[0].name))))

    def table(self, partition: Partition) -> Table:
        """The tier's table with these cells."""
        return next(table for table in TABLES[self.tier] if table.partition is partition)


class Truth:
    """What is counted in a world: the same for all its releases."""

    def __init__(self, world: World, schedule: Schedule) -> None:
        self.schedule = schedule
        self.groups: Mapping[Partition, tuple[Group, ...]] = {
            table.partition: groups_of(table.partition, world.places) for table in TABLES[schedule.tier]
        }
        self.counts: Mapping[Partition, Counts] = {
            table.partition: world.counts(table) for table in TABLES[schedule.tier]
        }
        self.places = world.places

    def count(self, partition: Partition, period: Period, key: str) -> int:
        """Of a cell, or of a sum of cells."""
        counts = self.counts[partition].get(period, {})
        parts = [counts[part] for part in (f"{key}/{late}" for late in Late) if part in counts]
        return counts.get(key, 0) + sum(parts)


@dataclass
class Releases:
    """Everything that was published of one world."""

    truth: Truth
    tables: dict[tuple[Partition, Period], Cells] = field(default_factory=dict)

    def make_all(self, draw: Draw) -> None:
        """Three years."""
        for table, period in self.truth.schedule.due:
            groups = self.truth.groups[table.partition]
            totals = {group.total: self._known(period, group.total) for group in groups if group.total is not None}
            noisy = drawn(groups, self.truth.counts[table.partition].get(period, NOBODY), table.shares, draw)
            fitted = fit(groups, noisy, totals, table.shares)
            self.tables[table.partition, period] = {
                one.key: Cell(one.key, one.noisy, one.value, one.margin, one.shares, one.spread) for one in fitted
            }

    def _known(self, period: Period, of: Total) -> Known:
        """As `release._known`: from what was frozen before."""
        grain = self.truth.schedule.table(of.partition).grain
        cells = [self.tables[of.partition, part][of.key] for part in period.parts(grain)]
        return Known(sum(cell.value for cell in cells), round(sum(cell.spread for cell in cells), 6))

    def over(self, partition: Partition, period: Period, key: str) -> Amount:
        """A number over a longer period: the sum of the frozen ones."""
        parts = period.parts(self.truth.schedule.table(partition).grain)
        cells = [self.tables[partition, part][key] for part in parts]
        return added(Amount(cell.value, cell.shares, cell.spread) for cell in cells)

    def late_share(self, partition: Partition, periods: list[Period], keys: tuple[str, ...]) -> Share | None:
        """Which part of the reports about these bodies was late."""
        tables = (self.tables[partition, period] for period in periods)
        blocks = [Block(cell for key, cell in cells.items() if "/" in key) for cells in tables]
        late, every = ([f"{key}/{one}" for key in keys for one in which] for which in ((Late.LATE,), tuple(Late)))
        return share_of(blocks, late, every)


NOBODY: Mapping[str, int] = Counter()


def gaps(releases: Releases) -> int:
    """How far published sums and their parts are apart, all taken together. There should be none."""
    found = 0
    for (partition, period), cells in releases.tables.items():
        for group in releases.truth.groups[partition]:
            if group.total is not None:
                known = releases.over(group.total.partition, period, group.total.key)
                found += abs(known.value - sum(cells[node.key].value for node in group.nodes))
            for node in group.nodes:
                if node.below:
                    found += abs(cells[node.key].value - sum(cells[key].value for key in node.below))
    return found
