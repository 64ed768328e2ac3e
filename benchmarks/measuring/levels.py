"""How exact published numbers are, level by level: error, margin, how often the margin holds, how many are bands."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from benchmarks.measuring.invented import months
from benchmarks.measuring.publishing import Releases, Truth
from portal.statistics.amounts import Share, Trend, apart
from portal.statistics.cells import ALL, DEPARTMENTS, OTHER, Geography, Late
from portal.statistics.measures import Partition, Stratum, Tier
from portal.statistics.periods import Grain, Period

Keys = Callable[[Geography], Iterable[str]]
M, Q, H, Y = Grain.MONTH, Grain.QUARTER, Grain.HALF_YEAR, Grain.YEAR


@dataclass
class Tally:
    """What was seen at one level."""

    seen: int = 0
    error: int = 0
    truth: int = 0
    margin: int = 0
    covered: int = 0
    bands: int = 0

    def add(self, value: int, margin: int, truth: int) -> None:
        """One published number."""
        off = abs(value - truth)
        self.seen += 1
        self.error += off
        self.truth += truth
        self.margin += margin
        self.covered += off <= margin
        self.bands += margin >= value

    @property
    def mean_error(self) -> float:
        """In reports."""
        return self.error / self.seen

    @property
    def relative(self) -> float:
        """The mean error over the mean true number."""
        return self.error / self.truth

    @property
    def coverage(self) -> float:
        """How often the margin holds."""
        return self.covered / self.seen


@dataclass(frozen=True)
class Level:
    """Some numbers of a table, by its own periods or summed over longer ones."""

    name: str
    partition: Partition
    grain: Grain
    keys: Keys


def _all(places: Geography) -> Iterable[str]:
    return (ALL,)


def _districts(places: Geography) -> Iterable[str]:
    return places.districts


def _departments(places: Geography) -> Iterable[str]:
    return (*places.departments, OTHER)


def _late(places: Geography) -> Iterable[str]:
    return (f"{district}/{Late.LATE}" for district in places.districts)


def _categories(places: Geography) -> Iterable[str]:
    return places.categories


def _praised(places: Geography) -> Iterable[str]:
    return (f"{Stratum.PRAISE}/{body}" for body in places.bodies)


def _communes(places: Geography) -> Iterable[str]:
    return (f"{district}/{code}" for district, codes in places.communes.items() for code in codes)


PROVINCE = tuple(Level(f"province-{word}", Partition.PROVINCE, grain, _all) for word, grain in zip(
    ("month", "quarter", "year"), (M, Q, Y), strict=True
))  # fmt: skip
DISTRICT_QUARTER = "district-quarter"
LEVELS: dict[Tier, tuple[Level, ...]] = {
    Tier.SMALL: (
        *PROVINCE,
        Level(DISTRICT_QUARTER, Partition.AREA, Q, _districts),
        Level("district-year", Partition.AREA, Y, _districts),
        Level("late, district-quarter", Partition.AREA, Q, _late),
        Level("department-year", Partition.DEPARTMENT, Y, _departments),
        Level("category-half-year", Partition.CATEGORY, H, _categories),
        Level("praise, body-year", Partition.PRAISE_BODY, Y, _praised),
    ),
    Tier.LARGE: (
        *PROVINCE,
        Level(DISTRICT_QUARTER, Partition.BODY, Q, _districts),
        Level("district-year", Partition.BODY, Y, _districts),
        Level("late, district-quarter", Partition.BODY, Q, _late),
        Level("department-quarter", Partition.BODY, Q, _departments),
        Level("category-quarter", Partition.CATEGORY, Q, _categories),
        Level("commune-year", Partition.COMMUNE, Y, _communes),
        Level("praise, body-year", Partition.PRAISE_BODY, Y, _praised),
    ),
}


@dataclass(frozen=True)
class Target:
    """One number and what it should be."""

    level: str
    partition: Partition
    period: Period
    key: str
    truth: int
    is_own: bool  # a frozen number, no sum of some


def targets(truth: Truth) -> list[Target]:
    """All that is looked at in each release of a world."""
    found = []
    for level in LEVELS[truth.schedule.tier]:
        own = truth.schedule.table(level.partition).grain
        for period in periods(level.grain):
            for key in level.keys(truth.places):
                count = sum(truth.count(level.partition, part, key) for part in period.parts(own))
                found.append(Target(level.name, level.partition, period, key, count, own is level.grain))
    return found


def periods(grain: Grain) -> list[Period]:
    """Of the three years."""
    return list(dict.fromkeys(month.within(grain) for month in months()))


@dataclass
class Shares:
    """Late shares over four quarters: errors in points, and what was said of them."""

    seen: int = 0
    shown: int = 0
    covered: int = 0
    error: float = 0.0
    margin: float = 0.0
    flags: int = 0
    wrong: int = 0

    def add(self, share: Share | None, truth: float) -> None:
        """One share, as it would be published. Only those that are shown have an error."""
        self.seen += 1
        if share is not None and share.is_shown:
            self.shown += 1
            self.error += abs(share.value - truth)
            self.margin += share.margin
            self.covered += share.low <= truth <= share.high

    def flag(self, share: Share | None, truth: float, province: Share | None, of_province: float) -> None:
        """Whether it is said to be more or less than the province's, and wrongly so."""
        if share is None or province is None or not share.is_shown:
            return
        said = apart(share, province)
        if said is not Trend.UNSURE:
            self.flags += 1
            self.wrong += (said is Trend.MORE) is not (truth > of_province)


@dataclass
class Seen:
    """What was seen in all releases of a size."""

    levels: dict[str, Tally] = field(default_factory=dict)
    districts: dict[str, Tally] = field(default_factory=dict)
    late: dict[str, Shares] = field(default_factory=dict)
    gaps: int = 0

    def add(self, releases: Releases, wanted: Sequence[Target]) -> None:
        """All numbers of three years."""
        for one in wanted:
            if one.is_own:
                cell = releases.tables[one.partition, one.period][one.key]
                value, margin = cell.value, cell.margin
            else:
                amount = releases.over(one.partition, one.period, one.key)
                value, margin = amount.value, amount.margin
            self.levels.setdefault(one.level, Tally()).add(value, margin, one.truth)
            if one.level == DISTRICT_QUARTER:
                self.districts.setdefault(one.key, Tally()).add(value, margin, one.truth)

    def add_late(self, releases: Releases) -> None:
        """The late shares of the province by quarter and year, of districts and departments by year."""
        truth = releases.truth
        partition = Partition.AREA if truth.schedule.tier is Tier.SMALL else Partition.BODY
        areas = (*truth.places.districts, *_rest(truth))
        for quarter in periods(Q):
            found = releases.late_share(partition, [quarter], areas)
            self._late("province-quarter").add(found, _true(truth, partition, [quarter], areas))
        for year in periods(Y):
            quarters = year.parts(Q)
            province = releases.late_share(partition, quarters, areas)
            of_province = _true(truth, partition, quarters, areas)
            self._late("province-year").add(province, of_province)
            for name, which, bodies in _compared(truth, partition):
                spans = quarters if truth.schedule.table(which).grain is Q else [year]
                for body in bodies:
                    share, is_true = releases.late_share(which, spans, (body,)), _true(truth, which, spans, (body,))
                    self._late(name).add(share, is_true)
                    self._late(name).flag(share, is_true, province, of_province)

    def _late(self, name: str) -> Shares:
        return self.late.setdefault(name, Shares())


def _rest(truth: Truth) -> Iterable[str]:
    return (DEPARTMENTS,) if truth.schedule.tier is Tier.SMALL else _departments(truth.places)


def _compared(truth: Truth, partition: Partition) -> list[tuple[str, Partition, Iterable[str]]]:
    by_department = Partition.DEPARTMENT if truth.schedule.tier is Tier.SMALL else partition
    return [
        ("district-year", partition, truth.places.districts),
        ("department-year", by_department, _departments(truth.places)),
    ]


def _true(truth: Truth, partition: Partition, spans: Sequence[Period], bodies: Iterable[str]) -> float:
    pairs = [(period, body) for period in spans for body in bodies]
    late = sum(truth.count(partition, period, f"{body}/{Late.LATE}") for period, body in pairs)
    every = sum(truth.count(partition, period, body) for period, body in pairs)
    return late / every if every else 0.0
