"""The public half: what was published, read from frozen rows. It knows of no report, and cannot find one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from threading import Lock
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.foundation.publishing import publishing
from portal.foundation.time import local
from portal.statistics.amounts import NOTHING, Amount, Block, Cell
from portal.statistics.cells import ALL
from portal.statistics.measures import PROVINCE_MONTH
from portal.statistics.models import FrozenCell, FrozenTable, PrivacySpent
from portal.statistics.periods import Period


@dataclass(frozen=True)
class Published:
    """One table of one period, as it was frozen."""

    table: str
    period: Period
    published_on: date
    shares: Mapping[str, int]
    code_version: str
    parameters: Mapping[str, Any]
    cells: tuple[Cell, ...]

    @property
    def is_whole(self) -> bool:
        """Whether there are numbers of all its months."""
        since = self.parameters.get("since")
        return since is None or Period.parse(since).first_day <= self.period.first_day

    @cached_property
    def by_key(self) -> dict[str, Cell]:
        """Its numbers by their keys."""
        return {cell.key: cell for cell in self.cells}

    @cached_property
    def groups(self) -> list[dict[str, Any]]:
        """Which numbers add up to what: `total` (None for nothing known) and `keys`."""
        made: list[dict[str, Any]] = self.parameters.get("groups", [{"total": None, "keys": [ALL]}])
        return made

    @property
    def names(self) -> Mapping[str, Sequence[str]]:
        """The names of its bodies and categories as they were: code → Vietnamese, English."""
        names: Mapping[str, Sequence[str]] = self.parameters.get("names", {})
        return names

    def parts(self, key: str) -> list[str]:
        """The drawn numbers that a number is the sum of; itself, if it was drawn."""
        return self._sums.get(key, [key])

    @cached_property
    def _sums(self) -> dict[str, list[str]]:
        drawn = {key for group in self.groups for key in group["keys"]}
        found: dict[str, list[str]] = {cell.key: [] for cell in self.cells if cell.key not in drawn}
        for key in drawn:
            above = key.rpartition("/")[0]
            if above in found:
                found[above].append(key)
        return {key: sorted(parts) for key, parts in found.items()}

    @cached_property
    def top_keys(self) -> list[str]:
        """The numbers that are not parts of others, in their order."""
        return [cell.key for cell in self.cells if cell.key.rpartition("/")[0] not in self._sums]

    def block(self, key: str) -> Block:
        """The drawn numbers that were fitted together with a number's; an empty one for a key that is not here."""
        part = self.parts(key)[0]
        for group in self.groups:
            if part in group["keys"]:
                return Block(self.by_key[one] for one in group["keys"])
        return Block(())

    def amount(self, *keys: str) -> Amount:
        """The sum of some numbers that were fitted together; a key that is not here counts nothing."""
        known = [key for key in keys if key in self.by_key]
        if not known:
            return NOTHING
        return self.block(known[0]).amount([part for key in known for part in self.parts(key)])


class Releases:
    """Everything that was published, newest first."""

    def __init__(self, tables: Sequence[Published]) -> None:
        self.tables = tuple(sorted(tables, key=lambda one: (one.period.last_day, one.period, one.table), reverse=True))
        self._found = {(one.table, str(one.period)): one for one in tables}

    def find(self, table: str, period: str) -> Published | None:
        """One table of one period."""
        return self._found.get((table, period))

    def of(self, *tables: str) -> list[Published]:
        """All periods of a table, newest first; of several tables, where one goes on from another."""
        return [one for one in self.tables if one.table in tables]

    def whole(self, *tables: str) -> list[Published]:
        """Those of whole periods: the first one may have begun before the numbers did, and compares with nothing."""
        return [one for one in self.of(*tables) if one.is_whole]

    @property
    def months(self) -> list[Published]:
        """The province's months."""
        return self.of(PROVINCE_MONTH)


NONE_YET = Releases(())
_lock = Lock()
_kept: dict[str, tuple[tuple[int, datetime], Releases]] = {}


def mark_of(session: Session) -> tuple[int, datetime] | None:
    """What changes with every release, and with nothing else."""
    newest = select(FrozenTable.id, FrozenTable.frozen_at).order_by(FrozenTable.id.desc()).limit(1)
    return session.execute(newest).tuples().one_or_none()


def published(session: Session) -> Releases:
    """Everything that was published. Read once after each release, then kept: frozen rows stay."""
    mark = mark_of(session)
    if mark is None:
        return NONE_YET
    where = str(session.get_bind().engine.url)
    with _lock:
        known = _kept.get(where)
    if known is None or known[0] != mark:
        with publishing(session):
            known = (mark, _read(session))
        with _lock:
            _kept[where] = known
    return known[1]


def _read(session: Session) -> Releases:
    cells: dict[int, list[Cell]] = {}
    for row in session.scalars(select(FrozenCell).order_by(FrozenCell.release_id, FrozenCell.position)):
        cell = Cell(row.key, row.noisy, row.value, row.margin, tuple(row.shares), row.spread)
        cells.setdefault(row.release_id, []).append(cell)
    spent = {(row.table, row.period): row.shares for row in session.scalars(select(PrivacySpent))}
    return Releases(
        [
            Published(
                table=row.table,
                period=Period.parse(row.period),
                published_on=local(row.frozen_at).date(),
                shares=spent[row.table, row.period],
                code_version=row.code_version,
                parameters=row.parameters,
                cells=tuple(cells.get(row.id, ())),
            )
            for row in session.scalars(select(FrozenTable))
        ]
    )
