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
from portal.statistics.amounts import Block, Cell
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

    def block(self, key: str) -> Block:
        """The group that a number stands in; an empty one for a key that is not here."""
        for group in self.groups:
            if key in group["keys"]:
                return Block(self.by_key[one] for one in group["keys"])
        above = key.rpartition("/")[0]
        return Block(cell for cell in self.cells if above and cell.key.rpartition("/")[0] == above)


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
