"""Answering and concluding: the agency's answer, the inspector's conclusion, the chief's approval."""

from sqlalchemy.orm import Session

from portal.cases import events
from portal.cases.access import Viewer, check
from portal.cases.actions.moving import Telling, end_referrals, make_move
from portal.cases.actions.words_given import required
from portal.cases.casefile import CaseFile
from portal.cases.models import Conclusion
from portal.cases.status import BY_NAME
from portal.cases.words import Audience, ReferralState, Status
from portal.catalogue.models import Finding, Remedy
from portal.foundation.errors import FieldErrors, NotAllowed, PortalError
from portal.foundation.text import N_
from portal.foundation.time import now, today
from portal.staff.models import Staff


def answer(
    session: Session, file: CaseFile, staff: Staff, viewer: Viewer, *, finding: str, remedy: str, text: str
) -> Conclusion:
    """The lead of a direct referral answers the reporter itself; the inspectors read along and can reopen."""
    move = check(viewer, "answer", file, today())
    conclusion = _write(session, file, staff, viewer, finding, remedy, text)
    conclusion.visible_at = now()
    own = file.referral_of(viewer.agency_id)
    if own is not None:
        own.state, own.answer, own.answered_at = ReferralState.ANSWERED, conclusion.text, now()
    end_referrals(session, file)
    telling = Telling(
        events.CASE_ANSWERED,
        Audience.EVERYONE,
        agency_id=viewer.agency_id,
        payload={"version": conclusion.version},
    )
    make_move(session, file, move, telling, actor=staff)
    return conclusion


def answer_referral(session: Session, file: CaseFile, staff: Staff, viewer: Viewer, *, text: str) -> None:
    """A body answers the inspectors; who concludes is the inspector."""
    move = check(viewer, "answer_referral", file, today())
    own = file.referral_of(viewer.agency_id)
    if own is None:
        raise NotAllowed(N_("Việc này không làm được với vụ việc lúc này."))
    own.answer, own.answered_at, own.state, own.is_open = required(text), now(), ReferralState.ANSWERED, False
    telling = Telling(events.REFERRAL_ANSWERED, Audience.AGENCY, agency_id=viewer.agency_id)
    make_move(session, file, move, telling, actor=staff, referrals=[own])
    if file.case.status in BY_NAME["verify_by_rule"].sources:
        telling = Telling(events.VERIFYING_STARTED, Audience.EVERYONE, payload={"by_rule": True})
        make_move(session, file, BY_NAME["verify_by_rule"], telling)


def conclude(
    session: Session, file: CaseFile, staff: Staff, viewer: Viewer, *, finding: str, remedy: str, text: str
) -> Conclusion:
    """Writes findings, remedy and the answer; the reporter reads it once a second person approves."""
    move = check(viewer, "conclude", file, today())
    conclusion = _write(session, file, staff, viewer, finding, remedy, text)
    telling = Telling(events.CASE_CONCLUDED, Audience.INSPECTION, payload={"version": conclusion.version})
    make_move(session, file, move, telling, actor=staff)
    return conclusion


def _write(
    session: Session, file: CaseFile, staff: Staff, viewer: Viewer, finding: str, remedy: str, text: str
) -> Conclusion:
    errors: dict[str, PortalError] = {}
    if session.get(Finding, finding) is None:
        errors["finding"] = PortalError(N_("Hãy chọn kết quả xác minh."))
    if remedy and session.get(Remedy, remedy) is None:
        errors["remedy"] = PortalError(N_("Hãy chọn một biện pháp trong danh sách."))
    if errors:
        raise FieldErrors(N_("Xin kiểm tra lại."), errors)
    conclusion = Conclusion(
        case_id=file.case.id,
        version=len(file.conclusions) + 1,
        agency_id=viewer.agency_id,
        finding=finding,
        remedy=remedy or None,
        text=required(text),
        written_by_id=staff.id,
        written_at=now(),
    )
    session.add(conclusion)
    session.flush()
    file.conclusions.append(conclusion)
    return conclusion


def approve(session: Session, file: CaseFile, staff: Staff, viewer: Viewer) -> None:
    """A second person lets the answer out: the reporter can read it, the window to ask for a review starts."""
    move = check(viewer, "approve", file, today())
    conclusion = file.conclusion
    if conclusion is None:
        raise NotAllowed(N_("Việc này không làm được với vụ việc lúc này."))
    conclusion.approved_by_id, conclusion.visible_at = staff.id, now()
    end_referrals(session, file)
    telling = Telling(events.CASE_ANSWERED, Audience.EVERYONE, payload={"version": conclusion.version})
    make_move(session, file, move, telling, actor=staff)


def send_back(session: Session, file: CaseFile, staff: Staff, viewer: Viewer, *, text: str) -> None:
    """Sends a conclusion back with a remark."""
    move = check(viewer, "send_back", file, today())
    telling = Telling(events.CONCLUSION_SENT_BACK, Audience.INSPECTION, payload={"text": required(text)})
    make_move(session, file, move, telling, actor=staff)


def close(session: Session, file: CaseFile, staff: Staff, viewer: Viewer) -> None:
    """Ends the case, once the reporter has rated or can no longer ask for a review."""
    move = check(viewer, "close", file, today())
    end_referrals(session, file)
    make_move(session, file, move, Telling(events.CASE_CLOSED, Audience.EVERYONE), actor=staff)
    assert file.case.status is Status.CLOSED  # noqa: S101 (the table says so)
