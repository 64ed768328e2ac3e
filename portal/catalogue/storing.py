"""Puts the rows of one file into its table: new ones added, changed ones changed, nothing twice.

A row that the file no longer has stays: what a report or a letter once referred to is never taken away.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.catalogue.models import Listed
from portal.catalogue.reading import BadRow, ImportRefused, Row
from portal.foundation.database import Base
from portal.foundation.text import N_

UNKNOWN_CODE = N_("Chưa có mã “%(code)s”; hãy nạp tệp chứa mã này trước hoặc cùng lúc.")


@dataclass(frozen=True)
class Sheet:
    """One file with all its cells read."""

    file: str
    rows: tuple[Row, ...]

    @property
    def begins(self) -> date:
        """The earliest day from which a row holds; files are stored in that order."""
        return min((row.values["valid_from"] for row in self.rows if "valid_from" in row.values), default=date.min)

    def bad(self, row: Row, column: str, message: str, **values: object) -> BadRow:
        """A reason to refuse this file because of that row."""
        return BadRow(self.file, row.line, column, message, values)


@dataclass
class Counts:
    """What storing a file did."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)  # codes that the file says otherwise, but people edited

    def note(self, *, added: bool, changed: bool) -> None:
        """Counts one row."""
        if added:
            self.added += 1
        elif changed:
            self.changed += 1
        else:
            self.unchanged += 1


Store = Callable[[Session, Sheet], Counts]


def assign(target: object, values: Mapping[str, Any]) -> bool:
    """Sets attributes that differ; tells whether any did."""
    differing = {name: value for name, value in values.items() if getattr(target, name) != value}
    for name, value in differing.items():
        setattr(target, name, value)
    return bool(differing)


def store_table(
    model: type[Base],
    key: tuple[str, ...] = ("code",),
    renamed: Mapping[str, str] | None = None,
    references: Mapping[str, type[Base]] | None = None,
) -> Store:
    """How rows get into a table whose columns are the file's.

    `key` names attributes; `renamed` says which column goes by another name in the table; `references`
    says in which table a column's codes must be.
    """
    names = renamed or {}

    def store(session: Session, sheet: Sheet) -> Counts:
        _check_references(session, sheet, references or {})
        known = {_key(row, key): row for row in session.scalars(select(model))}
        counts = Counts()
        for position, row in enumerate(sheet.rows):
            values = {names.get(column, column): value for column, value in row.values.items()}
            there = known.get(tuple(values[name] for name in key))
            stored = there or model(**values)
            changed = assign(stored, values)
            if isinstance(stored, Listed):
                stored.position = position  # a row that only moved is not a changed one
            session.add(stored)
            counts.note(added=there is None, changed=changed)
        session.flush()
        return counts

    return store


def _key(stored: Base, key: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(stored, name) for name in key)


def _check_references(session: Session, sheet: Sheet, references: Mapping[str, type[Base]]) -> None:
    bad: list[BadRow] = []
    for column, model in references.items():
        known = set(session.scalars(select(model.__table__.c.code)))
        for row in sheet.rows:
            missing = [code for code in (row[column] or "").split() if code not in known]
            if missing:
                bad.append(sheet.bad(row, column, UNKNOWN_CODE, code=missing[0]))
    if bad:
        raise ImportRefused(bad)
