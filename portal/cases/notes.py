"""Who reads which internal notes: inspectors their own side's, a body's accounts that body's, nobody else any."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from portal.cases.access import Viewer
from portal.cases.models import Case
from portal.cases.note_models import Note


def side_of(viewer: Viewer) -> int | None:
    """Whose notes an account writes and reads: None for the inspectors, else its body's id."""
    return None if viewer.reads_narratives else viewer.agency_id


def notes_for(session: Session, viewer: Viewer, case: Case) -> list[Note]:
    """The notes of a case that this account reads, in order of time."""
    query = select(Note).where(Note.case_id == case.id, _of_side(side_of(viewer)))
    return list(session.scalars(query.order_by(Note.id)))


def inspectors_notes(session: Session, case: Case) -> list[str]:
    """What inspectors can find a case by."""
    query = select(Note.text).where(Note.case_id == case.id, _of_side(None))
    return list(session.scalars(query.order_by(Note.id)))


def _of_side(agency_id: int | None) -> ColumnElement[bool]:
    return Note.agency_id.is_(None) if agency_id is None else Note.agency_id == agency_id
