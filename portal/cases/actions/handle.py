"""Answering and concluding: the agency's answer, the inspector's conclusion, the chief's approval."""

from sqlalchemy.orm import Session

from portal.cases import events
from portal.cases.access import Viewer, check
from portal.cases.actions.moving import Telling, end_referrals, make_move
from portal.cases.actions.words_given import required
from portal.cases.casefile import CaseFile
from portal.cases.concluding import NO_DETAILS, Details, Found, checked, needs_approval
from portal.cases.models import Conclusion
from portal.cases.status import BY_NAME
from portal.cases.words import Audience, ReferralState, Status
from portal.foundation.errors import NotAllowed
from portal.foundation.text import N_
from portal.foundation.time import now, today
from portal.staff.models import Staff


def answer(
    session: Session,
    file: CaseFile,
    staff: Staff,
    viewer: Viewer,
    *,
    finding: str,
    remedy: str,
    text: str,
    details: Details = NO_DETAILS,
) -> Conclusion:
    """The lead of a direct referral answers the reporter itself; the inspectors read along and can reopen."""
    move = check(viewer, "answer", file, today())
    found = checked(session, file, today(), finding, remedy, text, details)
    conclusion = _write(session, file, staff, viewer, found, needs=False)
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
    session: Session,
    file: CaseFile,
    staff: Staff,
    viewer: Viewer,
    *,
    finding: str,
    remedy: str,
    text: str,
    details: Details = NO_DETAILS,
) -> Conclusion:
    """Writes findings, remedies and the answer; the reporter reads it once it is let out."""
    move = check(viewer, "conclude", file, today())
    found = checked(session, file, today(), finding, remedy, text, details)
    conclusion = _write(session, file, staff, viewer, found, needs=needs_approval(session, file, today()))
    telling = Telling(events.CASE_CONCLUDED, Audience.INSPECTION, payload={"version": conclusion.version})
    make_move(session, file, move, telling, actor=staff)
    return conclusion


def _write(session: Session, file: CaseFile, staff: Staff, viewer: Viewer, found: Found, needs: bool) -> Conclusion:
    remedies = [*found.remedies]
    conclusion = Conclusion(
        case_id=file.case.id,
        version=len(file.conclusions) + 1,
        agency_id=viewer.agency_id,
        finding=found.finding,
        remedy=remedies[0] if remedies else None,
        more_remedies=remedies[1:],
        ground=found.details.ground,
        discipline_body=found.details.discipline_body,
        apologised_on=found.details.apologised_on,
        days_saved=found.details.days_saved,
        needs_approval=needs,
        text=found.text,
        written_by_id=staff.id,
        written_at=now(),
    )
    session.add(conclusion)
    session.flush()
    file.conclusions.append(conclusion)
    return conclusion


def approve(session: Session, file: CaseFile, staff: Staff, viewer: Viewer) -> None:
    """A second person lets the answer out: the reporter can read it, the window to ask for a review starts."""
    _let_out(session, file, staff, viewer, "approve", approved_by=staff.id)


def send_answer(session: Session, file: CaseFile, staff: Staff, viewer: Viewer) -> None:
    """Lets out a conclusion that no rule asks a second person to read."""
    _let_out(session, file, staff, viewer, "send_answer", approved_by=None)


def _let_out(
    session: Session, file: CaseFile, staff: Staff, viewer: Viewer, name: str, *, approved_by: int | None
) -> None:
    move = check(viewer, name, file, today())
    conclusion = file.conclusion
    if conclusion is None:
        raise NotAllowed(N_("Việc này không làm được với vụ việc lúc này."))
    conclusion.approved_by_id, conclusion.visible_at = approved_by, now()
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
