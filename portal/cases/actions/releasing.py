"""Saying that a case is neither spam nor empty: from then on it is like any other that the Committee has first."""

from sqlalchemy.orm import Session

from portal.cases import events
from portal.cases.access import Viewer
from portal.cases.casefile import CaseFile
from portal.cases.quarantine_models import Quarantine
from portal.cases.words import Audience, Status
from portal.foundation.errors import NotAllowed
from portal.foundation.text import N_
from portal.foundation.time import now
from portal.staff.models import Staff
from portal.staff.permissions import Permission


def release(session: Session, file: CaseFile, staff: Staff, viewer: Viewer) -> None:
    """Lets a held case go on. Nothing is referred by itself. Raises NotAllowed when it is not held (any more)."""
    held = session.get(Quarantine, file.case.id, populate_existing=True)
    may = viewer.reads_narratives and Permission.TRIAGE_CASE in viewer.permissions
    if not may or held is None or held.released_at is not None or file.case.status is not Status.RECEIVED:
        raise NotAllowed(N_("Vụ việc này không còn trong khu chờ."))
    held.released_at, held.released_by_id = now(), staff.id
    session.flush()
    events.record_of_report(session, file, events.QUARANTINE_RELEASED, Audience.INSPECTION, actor=staff)
