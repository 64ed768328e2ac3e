"""Was it really put right? The question, its answer, and what a chief inspector does with a "no"."""

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.cases import events, follow_ups
from portal.cases.access import Viewer, check
from portal.cases.actions.moving import Telling, make_move
from portal.cases.actions.words_given import LONGEST, required
from portal.cases.casefile import CaseFile
from portal.cases.models import Case, CaseReport, FollowUp
from portal.cases.words import FOR_THE_CHIEF, Audience, FollowUpAnswer
from portal.foundation.errors import FieldErrors, NotAllowed, PortalError
from portal.foundation.text import N_, clean
from portal.foundation.time import now, today
from portal.staff.models import Staff


def ask_follow_up(session: Session, file: CaseFile) -> bool:
    """Asks the reporter, once, when the day has come; says whether it did."""
    day = follow_ups.asked_on(session, file)
    until = follow_ups.last_day(session, follow_ups.ANSWER, now())
    if day is None or until is None or today() < day:
        return False
    file.follow_up = FollowUp(report_id=file.report.id, asked_at=now(), due_on=until)
    session.add(file.follow_up)
    session.flush()
    payload = {"due_on": until.isoformat()}
    events.record_of_report(session, file, events.FOLLOW_UP_ASKED, Audience.REPORTER, payload=payload)
    return True


def answer_follow_up(session: Session, file: CaseFile, *, answer: str, text: str) -> None:
    """Takes the reporter's answer. "No" and "new trouble" wait for a chief inspector."""
    asked = file.follow_up
    if asked is None or not follow_ups.is_open(asked, today()):
        raise NotAllowed(N_("Câu hỏi này đã được trả lời hoặc đã hết hạn."))
    asked.answer, asked.text = _checked(answer, text)
    asked.answered_at, asked.is_waiting = now(), asked.answer in FOR_THE_CHIEF
    session.flush()
    payload = {"answer": asked.answer.value}
    events.record_of_report(session, file, events.FOLLOW_UP_ANSWERED, Audience.REPORTER, payload=payload)


def _checked(answer: str, text: str) -> tuple[FollowUpAnswer, str]:
    """The answer and its words. Raises FieldErrors with every field that is wrong."""
    errors: dict[str, PortalError] = {}
    text = clean(text)
    if answer not in set(FollowUpAnswer):
        errors["answer"] = PortalError(N_("Hãy chọn một câu trả lời."))
    elif FollowUpAnswer(answer) in FOR_THE_CHIEF and not text:
        errors["text"] = PortalError(N_("Hãy viết chỗ nào chưa được, để kiểm tra viên trưởng đọc."))
    if len(text) > LONGEST:
        errors["text"] = PortalError(N_("Nội dung dài quá %(longest)d ký tự."), longest=LONGEST)
    if errors:
        raise FieldErrors(N_("Xin kiểm tra lại."), errors)
    return FollowUpAnswer(answer), text


def let_stand(session: Session, file: CaseFile, staff: Staff, viewer: Viewer, *, text: str) -> None:
    """A chief inspector has read that it was not put right, leaves the case as it is, and tells the reporter why."""
    move = check(viewer, "let_stand", file, today())
    telling = Telling(events.ANSWER_LEFT_STANDING, Audience.REPORTER, payload={"text": required(text)})
    settle(file)
    make_move(session, file, move, telling, actor=staff)


def settle(file: CaseFile) -> None:
    """The follow-up waits for nobody any more."""
    if file.follow_up is not None:
        file.follow_up.is_waiting = False


def settle_with(session: Session, file: CaseFile) -> None:
    """The case is looked at again, and so is what the reporters of cases merged into it say of its answer."""
    settle(file)
    for one in session.scalars(select(FollowUp).where(FollowUp.is_waiting, FollowUp.report_id.in_(_joined(file.case)))):
        one.is_waiting = False


def _joined(case: Case) -> Select[tuple[int]]:
    joined = select(CaseReport.report_id).join(Case, Case.id == CaseReport.case_id)
    return joined.where(Case.merged_into_id == case.id, CaseReport.is_primary, CaseReport.unlinked_at.is_(None))


def take_back(session: Session, file: CaseFile) -> None:
    """The answer that was asked about is not this reporter's any more: an open question goes, to be asked after the own
    answer; one that was answered stays and waits for nobody, since the case is worked on again.
    """
    if file.follow_up is not None and file.follow_up.answer is None:
        session.delete(file.follow_up)
        session.flush()
        file.follow_up = None
    settle(file)
