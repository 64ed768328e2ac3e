"""A list of cases as a file: which cases stand in it, and who took it (decision 0044)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.access import Viewer
from portal.cases.export_models import QueueExport
from portal.cases.filters import QueueFilter
from portal.cases.queue import Place, QueueRow, page_keys, rows_of_keys
from portal.foundation.time import now
from portal.staff.models import Staff

MOST = 10_000  # cases in one file
AT_ONCE = 500  # cases read at a time
SHOWN = 50


@dataclass(frozen=True)
class Export:
    """The keys of the cases in a file (for an agency: of its referrals), and whether more would have fitted."""

    keys: Sequence[int]
    is_cut: bool


@dataclass(frozen=True)
class Taken:
    """One file that somebody took, as the list of them shows it."""

    name: str
    at: datetime
    kind: str
    query: str
    cases: int | None  # of own files alone: in a colleague's file may be cases that a wall keeps from whoever looks


def begin_export(
    session: Session, viewer: Viewer, wanted: QueueFilter, *, kind: str, query: str, most: int = MOST
) -> Export:
    """Finds the cases under a filter that this account may see, and writes down that it takes them."""
    keys: list[int] = []
    after: Place | None = None
    while len(keys) <= most:
        found = session.execute(page_keys(session, viewer, wanted, after, AT_ONCE)).all()
        keys += [key[0] for key in found[:AT_ONCE]]
        if len(found) <= AT_ONCE:
            break
        after = tuple(found[AT_ONCE - 1][1:])
    export = Export(keys[:most], len(keys) > most)
    asked = {"kind": kind, "filter": query}
    session.add(QueueExport(staff_id=viewer.staff_id, at=now(), query=asked, cases=len(export.keys)))
    session.flush()
    return export


def rows_of(session: Session, viewer: Viewer, export: Export) -> Iterator[list[QueueRow]]:
    """The rows of a file, some at a time. What a wall has closed since is left out."""
    for start in range(0, len(export.keys), AT_ONCE):
        yield rows_of_keys(session, viewer, list(export.keys[start : start + AT_ONCE]))


def last_exports(session: Session, viewer: Viewer) -> list[Taken]:
    """The newest 50: everybody's for the Inspection Committee's chiefs, their own for all others."""
    query = select(Staff.id, Staff.name, QueueExport.at, QueueExport.query, QueueExport.cases)
    query = query.join(Staff, Staff.id == QueueExport.staff_id)
    if not sees_everybodys_exports(viewer):
        query = query.where(QueueExport.staff_id == viewer.staff_id)
    rows = session.execute(query.order_by(QueueExport.id.desc()).limit(SHOWN))
    return [
        Taken(name, at, asked["kind"], asked["filter"], cases if number == viewer.staff_id else None)
        for number, name, at, asked, cases in rows.tuples()
    ]


def sees_everybodys_exports(viewer: Viewer) -> bool:
    """Whether an account watches over who took lists of cases."""
    return viewer.reads_all and viewer.reads_restricted
