"""The tables that are published: what each counts, how often, and its share of a report's privacy. Pure.

A share is ε in thousandths. A report is counted in at most one cell of a table, once; so what is ever told of it is
the sum of its stratum's shares over the tables of its year. That sum never passes 1,000 (ε = 1).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from portal.catalogue.words import Kind
from portal.statistics.periods import Grain, Period

WHOLE = 1_000  # thousandths: ε = 1, for life
LARGE_FROM = 10_000  # complaints published in a year: the next year has the tables of the large tier


class Stratum(StrEnum):
    """What a report counts as, fixed when it is first counted: each has shares of its own."""

    DISTRICT = "district"
    DEPARTMENT = "department"
    PRAISE = "praise"
    PROPOSAL = "proposal"


class Tier(StrEnum):
    """How much there is to count in a year."""

    SMALL = "small"
    LARGE = "large"


class Partition(StrEnum):
    """Into which cells a table divides the reports. `cells.py` lists them, `looking.py` counts them."""

    PROVINCE = "province"
    AREA = "area"  # district or "departments" × late or not
    DEPARTMENT = "department"  # department × late or not
    BODY = "body"  # district or department × late or not
    CATEGORY = "category"
    DAYS = "days"
    RESULT = "result"  # kind × finding
    RATING = "rating"
    PRAISE = "praise"  # praise, proposals
    PRAISE_BODY = "praise_body"  # praise or proposal × district or department
    TOPIC_BODY = "topic_body"  # district or department × topic
    COMMUNE = "commune"


PRAISE_KINDS = {Kind.COMMENDATION: Stratum.PRAISE, Kind.PROPOSAL: Stratum.PROPOSAL}
COMPLAINTS = frozenset({Stratum.DISTRICT, Stratum.DEPARTMENT})


@dataclass(frozen=True)
class Table:
    """One table: what it divides by, the length of its periods, the day of its look, its shares."""

    partition: Partition
    grain: Grain
    wait_days: int  # calendar days from the end of a period to the day on which its reports are looked at
    shares: Mapping[Stratum, int]  # thousandths of ε, for whom it counts

    @property
    def name(self) -> str:
        """`province_month`: its word in files, addresses and the ledger of privacy."""
        return f"{self.partition}_{self.grain.name.lower()}"

    def due_on(self, period: Period) -> date:
        """The day on which a period is looked at, and released."""
        return period.last_day + timedelta(days=self.wait_days)

    def last_due(self, day: date) -> Period:
        """The newest period that is due on a day."""
        period = Period.of(day, self.grain)
        while self.due_on(period) > day:
            period = period.plus(-1)
        return period


def _complaints(district: int, department: int) -> dict[Stratum, int]:
    shares = {Stratum.DISTRICT: district, Stratum.DEPARTMENT: department}
    return {stratum: share for stratum, share in shares.items() if share}


def _praise(share: int) -> dict[Stratum, int]:
    return {Stratum.PRAISE: share, Stratum.PROPOSAL: share}


M, Q, H, Y = Grain.MONTH, Grain.QUARTER, Grain.HALF_YEAR, Grain.YEAR

PRAISE_QUARTER = Table(Partition.PRAISE, Q, 5, _praise(300))
PRAISE_BODY_YEAR = Table(Partition.PRAISE_BODY, Y, 45, _praise(700))

TABLES: Mapping[Tier, tuple[Table, ...]] = {
    Tier.SMALL: (
        Table(Partition.PROVINCE, M, 5, _complaints(140, 140)),
        Table(Partition.AREA, Q, 45, _complaints(480, 180)),
        Table(Partition.DEPARTMENT, Y, 45, _complaints(0, 300)),
        Table(Partition.CATEGORY, H, 45, _complaints(170, 170)),
        Table(Partition.DAYS, H, 45, _complaints(70, 70)),
        Table(Partition.RESULT, H, 90, _complaints(70, 70)),
        Table(Partition.RATING, Y, 90, _complaints(70, 70)),
        PRAISE_QUARTER,
        PRAISE_BODY_YEAR,
    ),
    Tier.LARGE: (
        Table(Partition.PROVINCE, M, 5, _complaints(80, 80)),
        Table(Partition.BODY, Q, 45, _complaints(320, 500)),
        Table(Partition.CATEGORY, Q, 45, _complaints(120, 120)),
        Table(Partition.DAYS, Q, 45, _complaints(60, 60)),
        Table(Partition.RESULT, Q, 90, _complaints(60, 60)),
        Table(Partition.RATING, H, 90, _complaints(60, 60)),
        Table(Partition.TOPIC_BODY, Y, 45, _complaints(120, 120)),
        Table(Partition.COMMUNE, Y, 45, _complaints(180, 0)),
        PRAISE_QUARTER,
        PRAISE_BODY_YEAR,
    ),
}
PROVINCE_MONTH = "province_month"
NAMES = tuple(dict.fromkeys(table.name for tables in TABLES.values() for table in tables))


def tier_of(published_before: int | None) -> Tier:
    """The tier of a year: by the complaints that were published for the year before, None if that was no whole one."""
    return Tier.LARGE if published_before is not None and published_before >= LARGE_FROM else Tier.SMALL


def spent(shares: Iterable[Mapping[Stratum, int]]) -> dict[Stratum, int]:
    """What tables with these shares tell of one report, by stratum, in thousandths of ε."""
    found = dict.fromkeys(Stratum, 0)
    for one in shares:
        for stratum, share in one.items():
            found[stratum] += share
    return found


def may_be_told(shares: Iterable[Mapping[Stratum, int]]) -> bool:
    """Whether tables with these shares stay within what may be told of a report for life."""
    return max(spent(shares).values()) <= WHOLE
