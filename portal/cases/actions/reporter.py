"""What the reporter does with the code: reply, add facts, ask for a review, appeal, withdraw, rate."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from portal.cases import events
from portal.cases.access import reopen_window_open, window_ended_on
from portal.cases.actions.following_up import settle_with
from portal.cases.actions.merging import release_joined
from portal.cases.actions.moving import Telling, end_referrals, make_move
from portal.cases.actions.words_given import required
from portal.cases.casefile import CaseFile
from portal.cases.clear_choice import masked_message
from portal.cases.models import Message, Rating
from portal.cases.status import BY_NAME, Move, Starts, reporter_moves
from portal.cases.words import OPPOSITES, Audience, Direction, MessageKind, RatingPoint, Status
from portal.foundation.errors import FieldErrors, NotAllowed, PortalError
from portal.foundation.text import N_, clean
from portal.foundation.time import now, today

LONGEST_REASONS = 2_000
RATED = frozenset({Status.ANSWERED, Status.CLOSED})


def available(file: CaseFile) -> tuple[Move, ...]:
    """What the reporter may do now, in the table's order."""
    return tuple(move for move in reporter_moves(file.case.status) if _in_time(move, file))


def _in_time(move: Move, file: CaseFile) -> bool:
    if move.name == "ask_review":
        return reopen_window_open(file, today())
    return move.name != "appeal" or reopen_window_open(file, today(), Starts.APPEAL_WINDOW)


def may_rate(file: CaseFile) -> bool:
    """Whether the reporter can rate: once, when there is an answer."""
    return file.is_primary and file.rating is None and file.case.status in RATED


TOO_LATE = {
    "ask_review": N_("Hạn đề nghị xem lại đã hết ngày %(day)s. Có tình tiết mới, anh/chị gửi một phản ánh mới."),
    "appeal": N_(
        "Hạn đề nghị xem lại việc không thụ lý đã hết ngày %(day)s. Có tình tiết mới, anh/chị gửi một phản ánh mới."
    ),
}
WINDOWS = {"ask_review": Starts.REOPEN_WINDOW, "appeal": Starts.APPEAL_WINDOW}


def _check(file: CaseFile, name: str) -> Move:
    """The move. Raises NotAllowed, with the last day where there was one."""
    for move in available(file):
        if move.name == name:
            return move
    ended = window_ended_on(file, WINDOWS[name]) if name in WINDOWS else None
    if ended is not None and ended < today() and file.case.status in BY_NAME[name].sources:
        raise NotAllowed(TOO_LATE[name], day=ended.strftime("%d/%m/%Y"))
    raise NotAllowed(N_("Việc này không làm được lúc này. Có thể vụ việc vừa chuyển sang bước khác."))


def _say(session: Session, file: CaseFile, kind: MessageKind, text: str) -> Message:
    """Stores the reporter's words. They go to whoever asked; an agency reads them masked."""
    questions = [one for one in file.messages if one.direction is Direction.TO_REPORTER]
    asked_by = questions[-1] if questions and kind is MessageKind.REPLY else None
    to_agency = asked_by is not None and asked_by.audience is Audience.AGENCY
    cleared = file.cleared_text
    message = Message(
        report_id=file.report.id,
        case_id=file.case.id,
        direction=Direction.FROM_REPORTER,
        kind=kind,
        audience=Audience.AGENCY if to_agency else Audience.REPORTER,
        agency_id=asked_by.agency_id if asked_by and to_agency else None,
        text=text,
        masked_text=masked_message(
            text,
            file.report.narrative,
            cleared.text if cleared else None,
            knows_dossier=cleared is not None and cleared.shows_dossier,
        ),
        at=now(),
    )
    session.add(message)
    session.flush()
    file.messages.append(message)
    return message


def reply(session: Session, file: CaseFile, *, text: str) -> None:
    """Answers the question; the clocks run on from where they stood."""
    move = _check(file, "reply")
    message = _say(session, file, MessageKind.REPLY, required(text, may_have_gaps=True))
    make_move(session, file, move, Telling(events.QUESTION_ANSWERED, Audience.EVERYONE, agency_id=message.agency_id))


def add_facts(session: Session, file: CaseFile, *, text: str) -> None:
    """Adds something to an open case; the inspectors read it."""
    if not file.case.is_open:
        raise NotAllowed(N_("Vụ việc đã kết thúc, không viết thêm được nữa."))
    _say(session, file, MessageKind.FACTS, required(text, may_have_gaps=True))
    events.record_of_report(session, file, events.FACTS_ADDED, Audience.REPORTER)


def ask_review(session: Session, file: CaseFile, *, text: str) -> None:
    """Asks for the case to be looked at again, within the window."""
    _reopen(session, file, "ask_review", text)


def appeal(session: Session, file: CaseFile, *, text: str) -> None:
    """Asks for a refusal to be looked at again, within the window."""
    _reopen(session, file, "appeal", text)


def _reopen(session: Session, file: CaseFile, name: str, text: str) -> None:
    move = _check(file, name)
    _say(session, file, MessageKind.FACTS, required(text, may_have_gaps=True))
    settle_with(session, file)
    telling = Telling(events.CASE_REOPENED, Audience.REPORTER, payload={"by_reporter": True})
    make_move(session, file, move, telling)


def withdraw(session: Session, file: CaseFile) -> None:
    """Takes the report back. A denunciation may go on without its reporter."""
    move = _check(file, "withdraw")
    end_referrals(session, file)
    release_joined(session, file.case)
    make_move(session, file, move, Telling(events.CASE_WITHDRAWN, Audience.EVERYONE))


def rate(session: Session, file: CaseFile, *, score: int, reasons: str, points: Iterable[str] = ()) -> None:
    """Rates the answer from 1 to 5, once, with what was ticked and what was written."""
    if not may_rate(file):
        raise NotAllowed(N_("Anh/chị đã chấm điểm rồi, hoặc vụ việc chưa có trả lời."))
    reasons, ticked = clean(reasons), set(points)
    _check_rating(score, reasons, ticked)
    in_order = [point.value for point in RatingPoint if point in ticked]
    file.rating = Rating(report_id=file.report.id, score=score, points=in_order, reasons=reasons, at=now())
    session.add(file.rating)
    session.flush()
    events.record_of_report(session, file, events.CASE_RATED, Audience.REPORTER, payload={"score": score})


def _check_rating(score: int, reasons: str, ticked: set[str]) -> None:
    """Raises FieldErrors with every field that is wrong."""
    errors: dict[str, PortalError] = {}
    if not 1 <= score <= 5:
        errors["score"] = PortalError(N_("Hãy chọn một mức từ 1 đến 5."))
    if not ticked <= set(RatingPoint):
        errors["points"] = PortalError(N_("Hãy chọn lại trong danh sách."))
    elif any(ticked.issuperset(pair) for pair in OPPOSITES):
        errors["points"] = PortalError(N_("Có hai ý trái nhau. Xin bỏ bớt một ý."))
    if len(reasons) > LONGEST_REASONS:
        errors["reasons"] = PortalError(N_("Nội dung dài quá %(longest)d ký tự."), longest=LONGEST_REASONS)
    if errors:
        raise FieldErrors(N_("Xin kiểm tra lại."), errors)
