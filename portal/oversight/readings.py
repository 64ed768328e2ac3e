"""Looking at exact figures is written down first (decision 0027)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.access import Viewer
from portal.foundation.time import now
from portal.oversight.asking import Span
from portal.oversight.models import FiguresRead
from portal.staff.models import Staff

SHOWN = 50


@dataclass(frozen=True)
class Reading:
    """One look, as its list shows it."""

    name: str
    at: datetime
    first: date
    last: date
    body: str


def note_reading(session: Session, staff: Staff, span: Span, body: str) -> None:
    """Writes down who is about to look, and at what."""
    asked = {"first": span.first.isoformat(), "last": span.last.isoformat(), "body": body}
    session.add(FiguresRead(staff_id=staff.id, at=now(), query=asked))
    session.flush()


def last_readings(session: Session, viewer: Viewer) -> list[Reading]:
    """The newest 50: everybody's for the Inspection Committee's chiefs, their own for all others."""
    query = select(Staff.name, FiguresRead.at, FiguresRead.query).join(Staff, Staff.id == FiguresRead.staff_id)
    if not sees_everybodys(viewer):
        query = query.where(FiguresRead.staff_id == viewer.staff_id)
    rows = session.execute(query.order_by(FiguresRead.id.desc()).limit(SHOWN))
    return [
        Reading(name, at, date.fromisoformat(asked["first"]), date.fromisoformat(asked["last"]), asked["body"])
        for name, at, asked in rows.tuples()
    ]


def sees_everybodys(viewer: Viewer) -> bool:
    """Whether an account watches over who looked."""
    return viewer.reads_all and viewer.reads_restricted
