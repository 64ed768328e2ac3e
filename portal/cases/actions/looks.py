"""Every look at a reporter's identity is an event, written before anything is shown."""

from sqlalchemy.orm import Session

from portal.cases import events
from portal.cases.casefile import CaseFile
from portal.cases.words import Audience
from portal.foundation.errors import FieldErrors, PortalError
from portal.foundation.text import N_, clean
from portal.staff.models import Staff

SHORTEST_REASON = 10


def record_identity_look(session: Session, file: CaseFile, staff: Staff, reason: str) -> None:
    """Writes who looks and why. Raises FieldErrors without a reason of at least ten characters."""
    reason = clean(reason)
    if len(reason) < SHORTEST_REASON:
        error = PortalError(N_("Hãy nêu lý do, ít nhất %(shortest)d ký tự."), shortest=SHORTEST_REASON)
        raise FieldErrors(N_("Xin kiểm tra lại."), {"reason": error})
    events.record(
        session,
        file.case,
        events.IDENTITY_OPENED,
        Audience.INSPECTION,
        actor=staff,
        report_id=file.report.id,
        report_uid=file.report.uid,
        payload={"reason": reason},
    )
