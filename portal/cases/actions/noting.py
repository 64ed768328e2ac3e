"""Writing an internal note. No move of the case: status, clocks and version stay.

Or else whoever is writing an answer would be told that the case changed, and an office that has a form open could
tell that the inspectors wrote something to each other.
"""

from sqlalchemy.orm import Session

from portal.cases import events
from portal.cases.access import Viewer, check
from portal.cases.actions.words_given import required
from portal.cases.casefile import CaseFile
from portal.cases.note_models import Note
from portal.cases.notes import side_of
from portal.cases.words import Audience
from portal.foundation.time import now, today
from portal.staff.models import Staff


def note(session: Session, file: CaseFile, staff: Staff, viewer: Viewer, *, text: str) -> Note:
    """Writes a note for the account's own side. The event tells that there is one, never what it says."""
    check(viewer, "note", file, today())
    side = side_of(viewer)
    written = Note(
        case_id=file.case.id, staff_id=staff.id, agency_id=side, text=required(text, may_have_gaps=True), at=now()
    )
    session.add(written)
    session.flush()
    audience = Audience.INSPECTION if side is None else Audience.AGENCY
    events.record(session, file.case, events.NOTE_WRITTEN, audience, actor=staff, agency_id=side)
    return written
