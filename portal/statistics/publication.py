"""The public half: what was published, read from frozen rows. It knows of no report, and cannot find one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from threading import Lock

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.foundation.time import local
from portal.statistics.measures import PROVINCE_MONTH, Month
from portal.statistics.models import FrozenCell, FrozenTable, PrivacySpent
from portal.statistics.noise import margin

YEAR = 12


@dataclass(frozen=True)
class Cell:
    """One published number and its range."""

    key: str
    noisy: int
    value: int
    margin: int

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


@dataclass(frozen=True)
class Published:
    """One table of one period, as it was frozen."""

    table: str
    period: str
    published_on: date
    share: int
    shares: tuple[tuple[str, int], ...]
    code_version: str
    cells: tuple[Cell, ...]

    @property
    def month(self) -> Month:
        """Its period, for a table by month."""
        return Month.parse(self.period)


class Trend(StrEnum):
    """What can be said of two numbers: nothing, as long as their difference is within its margin."""

    MORE = "more"
    FEWER = "fewer"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Total:
    """The sum of some numbers, and how far off it is at most."""

    value: int
    margin: int


@dataclass(frozen=True)
class Comparison:
    """Two numbers side by side."""

    now: Total
    before: Total
    trend: Trend


_lock = Lock()
_kept: dict[str, tuple[tuple[int, datetime], tuple[Published, ...]]] = {}


def published(session: Session) -> tuple[Published, ...]:
    """Everything that was published, newest first. Read once after each release, then kept: frozen rows stay."""
    newest = session.execute(select(FrozenTable.id, FrozenTable.frozen_at).order_by(FrozenTable.id.desc()).limit(1))
    mark = newest.tuples().one_or_none()
    if mark is None:
        return ()
    where = str(session.get_bind().engine.url)
    with _lock:
        known = _kept.get(where)
    if known is None or known[0] != mark:
        known = (mark, _read(session))
        with _lock:
            _kept[where] = known
    return known[1]


def _read(session: Session) -> tuple[Published, ...]:
    cells: dict[int, list[Cell]] = {}
    for row in session.scalars(select(FrozenCell).order_by(FrozenCell.release_id, FrozenCell.key)):
        cells.setdefault(row.release_id, []).append(Cell(row.key, row.noisy, row.value, row.margin))
    spent = {(row.table, row.period): row.shares for row in session.scalars(select(PrivacySpent))}
    tables = session.scalars(select(FrozenTable).order_by(FrozenTable.period.desc(), FrozenTable.table))
    return tuple(
        Published(
            table=row.table,
            period=row.period,
            published_on=local(row.frozen_at).date(),
            share=row.parameters["share"],
            shares=tuple(sorted(spent[row.table, row.period].items())),
            code_version=row.code_version,
            cells=tuple(cells[row.id]),
        )
        for row in tables
    )


def months(session: Session) -> list[Published]:
    """The province's months, newest first."""
    return [one for one in published(session) if one.table == PROVINCE_MONTH.name]


def total(parts: Sequence[Published]) -> Total:
    """The sum of some months."""
    return Total(sum(part.cells[0].value for part in parts), margin(tuple(sorted(part.share for part in parts))))


def compared(parts: Sequence[Published], before: Sequence[Published]) -> Comparison:
    """Two spans of months: more or fewer only where their difference is greater than its own margin."""
    now, then = total(parts), total(before)
    off = margin(tuple(sorted(part.share for part in (*parts, *before))))
    trend = Trend.UNSURE
    if abs(now.value - then.value) > off:
        trend = Trend.MORE if now.value > then.value else Trend.FEWER
    return Comparison(now, then, trend)


def same_month_before(found: Sequence[Published]) -> Comparison | None:
    """The newest month beside the same month a year earlier, if both were published."""
    earlier = [one for one in found[1:] if one.month == found[0].month.plus(-YEAR)] if found else []
    return compared(found[:1], earlier) if earlier else None


def twelve_months(found: Sequence[Published]) -> Comparison | None:
    """The last twelve months beside the twelve before, if all of them were published."""
    wanted = [found[0].month.plus(-step) for step in range(2 * YEAR)] if found else []
    if not wanted or [one.month for one in found[: 2 * YEAR]] != wanted:
        return None
    return compared(found[:YEAR], found[YEAR : 2 * YEAR])
