"""Support by the head of the accused's body: an inspector asks with a reason, the head alone reads and answers."""

from sqlalchemy.orm import Session

from portal.cases import clocks, events
from portal.cases.access import Viewer, check
from portal.cases.actions.ending_support import stop_support
from portal.cases.actions.moving import Telling, make_move
from portal.cases.actions.stepping_aside import build_wall
from portal.cases.actions.words_given import required
from portal.cases.casefile import CaseFile
from portal.cases.conflicts import OWN_CONFLICT
from portal.cases.head_support import bodies_accused, clock_of, concerns_a_leader, heads_of
from portal.cases.head_support_models import HeadAnswer
from portal.cases.models import NO_DATE, Case, Referral
from portal.cases.words import Audience, ReferralState
from portal.catalogue.models import Agency, DeadlineRule
from portal.catalogue.words import ReferralRole, Release
from portal.foundation.errors import FieldErrors, NotAllowed, PortalError
from portal.foundation.text import N_
from portal.foundation.time import now, today
from portal.staff.models import Staff

FEWEST_WORDS = 5  # of a reason: a sentence, not a word
WHY = (
    N_("Ủy ban Kiểm tra đề nghị người đứng đầu phối hợp"),
    "The Inspection Committee asks the head of the agency to support",
)


def let_head_support(
    session: Session, file: CaseFile, staff: Staff, viewer: Viewer, *, agency: str, request: str, text: str
) -> Referral:
    """Sends the newest cleared text and a request to the head of an accused body; nobody else there learns of it.

    Raises FieldErrors for a body that is not accused or whose head accounts may not read it, and for a reason that is
    no sentence; PortalError without a cleared text.
    """
    move = check(viewer, "let_head_support", file, today())
    if file.cleared_text is None:
        raise PortalError(N_("Cần soạn bản che trước khi đề nghị: người đứng đầu chỉ đọc bản đó."))
    body = _body(session, file, agency)
    request, text = required(request, "request"), required(text)
    if len(text.split()) < FEWEST_WORDS:
        raise _wrong("text", N_("Hãy viết lý do thành ít nhất một câu."))
    referral = Referral(
        case_id=file.case.id,
        agency_id=body.id,
        agency=body,
        role=ReferralRole.SUPPORT,
        state=ReferralState.SENT,
        release=Release.AFTER_CLEARING,
        is_open=True,
        for_head=True,
        due_on=NO_DATE,
        reason_vi=WHY[0],
        reason_en=WHY[1],
        cleared_text_id=file.cleared_text.id,
        note=request,
        sent_at=now(),
    )
    session.add(referral)
    session.flush()
    file.referrals.append(referral)
    telling = Telling(
        events.HEAD_LET_SUPPORT,
        Audience.INSPECTION,
        agency_id=body.id,
        payload={"agency": body.code, "cleared_text": file.cleared_text.version, "text": text},
    )
    make_move(session, file, move, telling, actor=staff, referrals=[referral])
    return referral


def _body(session: Session, file: CaseFile, code: str) -> Agency:
    body = next((one for one in bodies_accused(session, file) if one.code == code), None)
    if body is None:
        raise _wrong("agency", N_("Hãy chọn một cơ quan bị phản ánh."))
    if concerns_a_leader(session, file):
        raise _wrong(
            "agency", N_("Vụ việc có phản ánh về người đứng đầu hoặc cấp phó, nên không đề nghị nơi này phối hợp.")
        )
    heads = heads_of(session, body)
    if not heads:
        raise _wrong("agency", N_("Cơ quan này chưa có tài khoản của người đứng đầu."))
    named = {wall.staff_id for wall in file.walls}
    if all(one.id in named for one in heads):
        raise _wrong("agency", N_("Mọi tài khoản của người đứng đầu cơ quan này đều bị chặn khỏi vụ việc."))
    return body


def end_head_support(session: Session, file: CaseFile, staff: Staff, viewer: Viewer, *, agency: str, text: str) -> None:
    """Takes the request back, answered or not: the head reads nothing of it any more."""
    move = check(viewer, "end_head_support", file, today())
    referral = next((one for one in file.head_supports if one.agency.code == agency), None)
    if referral is None:
        raise _wrong("agency", N_("Hãy chọn một cơ quan."))
    text = required(text)
    told = stop_support(session, file, referral)
    telling = Telling(
        events.HEAD_SUPPORT_ENDED,
        Audience.INSPECTION,
        agency_id=referral.agency_id,
        payload={"text": text},
        clocks=tuple(told),
    )
    make_move(session, file, move, telling, actor=staff)


def answer_head_support(session: Session, referral: Referral, case: Case, staff: Staff, *, text: str) -> None:
    """Keeps the head's answer, once, for the inspectors. Raises NotAllowed when none is awaited (any more)."""
    if not referral.is_open or referral.answered_at is not None:
        raise NotAllowed(N_("Đề nghị này đã được trả lời, hoặc không còn chờ nữa."))
    referral.answer = required(text, "answer")
    clock = clock_of(session, referral)
    referral.answered_at = clock.met_at = now()
    referral.state, referral.is_open = ReferralState.ANSWERED, False
    session.add(HeadAnswer(referral_id=referral.id, staff_id=staff.id))
    case.next_due_on = clocks.next_due_on(clocks.running(session, case))
    session.flush()
    told = clocks.told("met", [clock], lambda rule: session.get_one(DeadlineRule, rule).code)
    events.record(
        session,
        case,
        events.HEAD_SUPPORT_ANSWERED,
        Audience.INSPECTION,
        actor=staff,
        agency_id=referral.agency_id,
        payload={"clocks": told},
    )


def leave_head_support(session: Session, file: CaseFile, staff: Staff, *, text: str) -> None:
    """A head says that the case concerns them: a wall stands around their account from now on."""
    text = required(text, "conflict")
    build_wall(session, file, staff, staff.id, OWN_CONFLICT)
    payload = {"staff": staff.id, "text": text}
    events.record_of_report(session, file, events.CONFLICT_DECLARED, Audience.INSPECTION, actor=staff, payload=payload)


def _wrong(name: str, message: str) -> FieldErrors:
    return FieldErrors(N_("Xin kiểm tra lại."), {name: PortalError(message)})
