"""A copy of a case is known: who took it and when stands in the history of those who may know of it."""

from sqlalchemy.orm import Session

from portal.cases import events
from portal.cases.access import Viewer
from portal.cases.casefile import CaseFile
from portal.cases.models import Event
from portal.cases.notes import side_of
from portal.cases.words import Audience
from portal.staff.models import Staff


def record_printing(session: Session, file: CaseFile, staff: Staff, viewer: Viewer) -> Event:
    """Writes who takes a copy: a body's account for that body and the inspectors, an inspector for inspectors alone."""
    side = side_of(viewer)
    audience = Audience.INSPECTION if side is None else Audience.AGENCY
    return events.record(session, file.case, events.CASE_PRINTED, audience, actor=staff, agency_id=side)
