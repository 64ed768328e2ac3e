"""The moves of a case as one table (domain.md §4). It drives enforcement, buttons, history and docs/workflow.md.

Pure: no session, no request, no clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from portal.cases.words import Status as S
from portal.foundation.text import N_
from portal.staff.permissions import Permission as P


class Party(StrEnum):
    """Who makes a move."""

    STAFF = "staff"
    REPORTER = "reporter"
    PORTAL = "portal"


class Need(StrEnum):
    """What a move must be given."""

    TEXT = "text"
    GROUND = "ground"
    FORWARD_BODY = "forward_body"
    AGENCY = "agency"
    CLEARED_TEXT = "cleared_text"
    FINDING = "finding"
    ASSIGNEE = "assignee"
    CASE = "case"
    CLOCK = "clock"
    OUTSIDE_BODY = "outside_body"
    TRACK = "track"
    FORM = "form"
    STEP = "step"
    CATEGORY = "category"
    ACCOUNT = "account"
    STATEMENT = "statement"


class Starts(StrEnum):
    """Which clock begins; `clocks.RULES` says by which rule of law or service, for each track and kind."""

    TRIAGE = "triage"
    FORWARD = "forward"
    RECEPTION = "reception"
    ANSWER = "answer"
    REFERRAL = "referral"
    QUESTION = "question"
    REOPEN_WINDOW = "reopen_window"
    APPEAL_WINDOW = "appeal_window"
    ACCEPTANCE = "acceptance"  # of a signed form, by the body that it was lodged with
    SETTLEMENT = "settlement"  # by that body, from its acceptance
    HEARING = "hearing"  # of somebody before a finding against them


class Clocks(StrEnum):
    """What a move does to the clocks that run already."""

    KEEP = "keep"
    PAUSE = "pause"
    RESUME = "resume"
    END = "end"  # what was owed is done: met, on time or late; the reporter's own time stops
    STOP = "stop"  # none is met: the matter is not ours any more
    REVIVE = "revive"  # what the last merging stopped runs again, due when it was


FORMER = "former"  # a move that leads back to where the case was


@dataclass(frozen=True)
class Move:
    """One thing that can be done with a case."""

    name: str
    label: str
    sources: frozenset[S]
    to: S | str | None  # None: the status stays
    party: Party
    permissions: frozenset[P] = frozenset()
    needs: tuple[Need, ...] = ()
    starts: tuple[Starts, ...] = ()
    meets: tuple[Starts, ...] = ()
    clocks: Clocks = Clocks.KEEP
    note: str = field(default="", compare=False)


def _from(*statuses: S) -> frozenset[S]:
    return frozenset(statuses)


_TRIAGE = frozenset({P.TRIAGE_CASE})
_AGENCY = frozenset({P.ANSWER_REFERRAL})
_CHIEF = frozenset({P.REOPEN_CASE})
_IDENTITY = frozenset({P.OPEN_IDENTITY})
_WORKED_ON = _from(S.ACCEPTED, S.VERIFYING, S.REOPENED)

MOVES: tuple[Move, ...] = (
    Move(
        "accept_by_rule",
        N_("Tự thụ lý theo quy tắc"),
        _from(S.RECEIVED),
        S.ACCEPTED,
        Party.PORTAL,
        starts=(Starts.REFERRAL,),
        meets=(Starts.TRIAGE, Starts.FORWARD),
        note="filing's own rule, for a direct referral",
    ),
    Move(
        "accept",
        N_("Thụ lý"),
        _from(S.RECEIVED),
        S.ACCEPTED,
        Party.STAFF,
        _TRIAGE,
        starts=(Starts.ANSWER,),
        meets=(Starts.TRIAGE, Starts.RECEPTION),
    ),
    Move(
        "refuse",
        N_("Không thụ lý"),
        _from(S.RECEIVED, S.ACCEPTED, S.WAITING_FOR_REPORTER),
        S.REFUSED,
        Party.STAFF,
        _TRIAGE,
        (Need.GROUND, Need.TEXT),
        (Starts.APPEAL_WINDOW,),
        clocks=Clocks.END,
    ),
    Move(
        "forward",
        N_("Chuyển cơ quan khác"),
        _from(S.RECEIVED, S.ACCEPTED, S.VERIFYING, S.REOPENED),
        S.FORWARDED,
        Party.STAFF,
        _TRIAGE,
        (Need.FORWARD_BODY, Need.TEXT),
        clocks=Clocks.END,
    ),
    Move(
        "take_back",
        N_("Nhận lại vụ việc đã chuyển"),
        _from(S.FORWARDED),
        S.ACCEPTED,
        Party.STAFF,
        _TRIAGE,
        (Need.TEXT,),
        (Starts.ANSWER,),
    ),
    Move(
        "ask",
        N_("Hỏi người phản ánh"),
        _from(S.RECEIVED, S.ACCEPTED, S.VERIFYING, S.REOPENED),
        S.WAITING_FOR_REPORTER,
        Party.STAFF,
        _TRIAGE | _AGENCY,
        (Need.TEXT,),
        (Starts.QUESTION,),
        clocks=Clocks.PAUSE,
    ),
    Move(
        "reply",
        N_("Trả lời câu hỏi"),
        _from(S.WAITING_FOR_REPORTER),
        FORMER,
        Party.REPORTER,
        needs=(Need.TEXT,),
        meets=(Starts.QUESTION,),
        clocks=Clocks.RESUME,
    ),
    Move(
        "verify",
        N_("Bắt đầu xác minh"),
        _from(S.ACCEPTED, S.REOPENED),
        S.VERIFYING,
        Party.STAFF,
        _TRIAGE,
        meets=(Starts.FORWARD,),
        note="whoever verifies is the competent body: there is nothing left to forward",
    ),
    Move(
        "verify_by_rule",
        N_("Chuyển sang xác minh theo quy tắc"),
        _from(S.ACCEPTED, S.REOPENED),
        S.VERIFYING,
        Party.PORTAL,
        note="an agency has answered its referral",
    ),
    Move(
        "refer",
        N_("Chuyển cho cơ quan xử lý"),
        _WORKED_ON,
        None,
        Party.STAFF,
        frozenset({P.REFER_CASE}),
        (Need.AGENCY, Need.CLEARED_TEXT),
        (Starts.REFERRAL,),
        meets=(Starts.FORWARD,),
    ),
    Move(
        "extend",
        N_("Gia hạn"),
        _WORKED_ON | {S.CONCLUDED},
        None,
        Party.STAFF,
        _TRIAGE,
        (Need.CLOCK, Need.TEXT),
        note="a clock that still runs, as long and as often as its rule allows; of a body on its written request",
    ),
    Move(
        "change_track",
        N_("Đổi loại vụ việc"),
        _from(S.RECEIVED) | _WORKED_ON,
        None,
        Party.STAFF,
        _TRIAGE,
        (Need.TRACK, Need.TEXT),
        note="clocks of the old track stop; those of the new one run from the same day. A complaint or a denunciation "
        "it becomes by its signed form alone",
    ),
    Move(
        "record_form",
        N_("Ghi đơn đã ký, đã nộp"),
        _WORKED_ON,
        None,
        Party.STAFF,
        _TRIAGE,
        (Need.FORM,),
        note="the law's clock for acceptance runs from the day on which the form was lodged",
    ),
    Move(
        "record_step",
        N_("Ghi bước giải quyết đơn"),
        _from(*S) - {S.MERGED, S.WITHDRAWN},
        None,
        Party.STAFF,
        _TRIAGE,
        (Need.STEP,),
        note="what the body that has the form did: accepted it (its time to settle begins), or settled it",
    ),
    Move(
        "remind",
        N_("Đôn đốc"),
        _WORKED_ON,
        None,
        Party.STAFF,
        _TRIAGE,
        (Need.AGENCY, Need.TEXT),
        note="an open referral, at most once a day",
    ),
    Move(
        "send_outside",
        N_("Hỏi nơi chưa có tài khoản"),
        _WORKED_ON,
        None,
        Party.STAFF,
        _TRIAGE,
        (Need.OUTSIDE_BODY, Need.CLEARED_TEXT, Need.TEXT),
        note="a one-time link to one cleared text; it expires, and can be revoked",
    ),
    Move(
        "hear",
        N_("Nghe người bị phản ánh giải trình"),
        _WORKED_ON,
        None,
        Party.STAFF,
        _TRIAGE,
        (Need.AGENCY, Need.STATEMENT),
        (Starts.HEARING,),
        note="a statement from which nobody can tell who reported, sent to a body above the accused one; one after the "
        "other",
    ),
    Move(
        "let_head_support",
        N_("Đề nghị người đứng đầu phối hợp"),
        _WORKED_ON,
        None,
        Party.STAFF,
        frozenset({P.REFER_CASE}),
        (Need.AGENCY, Need.CLEARED_TEXT, Need.TEXT),
        (Starts.REFERRAL,),
        note="of conduct of an officer: the head of the accused's body reads the cleared text and answers, nobody else "
        "there; with a reason",
    ),
    Move(
        "end_head_support",
        N_("Rút đề nghị người đứng đầu phối hợp"),
        _from(*S) - {S.MERGED},
        None,
        Party.STAFF,
        frozenset({P.REFER_CASE}),
        (Need.AGENCY, Need.TEXT),
        note="what the head could read is closed at once, also after an answer",
    ),
    Move(
        "clear",
        N_("Soạn bản che"),
        _from(S.RECEIVED) | _WORKED_ON,
        None,
        Party.STAFF,
        frozenset({P.CLEAR_TEXT}),
        (Need.CLEARED_TEXT,),
    ),
    Move(
        "assign",
        N_("Giao người phụ trách"),
        _from(*S) - {S.CLOSED, S.MERGED, S.WITHDRAWN},
        None,
        Party.STAFF,
        frozenset({P.ASSIGN_CASE}),
        (Need.ASSIGNEE,),
    ),
    Move(
        "answer",
        N_("Trả lời người phản ánh"),
        _from(S.ACCEPTED, S.VERIFYING),
        S.ANSWERED,
        Party.STAFF,
        _AGENCY,
        (Need.FINDING, Need.TEXT),
        (Starts.REOPEN_WINDOW,),
        clocks=Clocks.END,
        note="by the lead agency of a direct referral",
    ),
    Move(
        "answer_referral",
        N_("Trả lời phiếu chuyển"),
        _WORKED_ON,
        None,
        Party.STAFF,
        _AGENCY,
        (Need.TEXT,),
        meets=(Starts.REFERRAL,),
        note="to the inspectors, who conclude",
    ),
    Move(
        "conclude",
        N_("Kết luận"),
        _from(S.VERIFYING),
        S.CONCLUDED,
        Party.STAFF,
        frozenset({P.CONCLUDE_CASE}),
        (Need.FINDING, Need.TEXT),
    ),
    Move(
        "approve",
        N_("Duyệt và gửi trả lời"),
        _from(S.CONCLUDED),
        S.ANSWERED,
        Party.STAFF,
        frozenset({P.APPROVE_CONCLUSION}),
        starts=(Starts.REOPEN_WINDOW,),
        clocks=Clocks.END,
        note="by somebody other than who wrote the conclusion",
    ),
    Move(
        "send_answer",
        N_("Gửi trả lời"),
        _from(S.CONCLUDED),
        S.ANSWERED,
        Party.STAFF,
        frozenset({P.CONCLUDE_CASE}),
        starts=(Starts.REOPEN_WINDOW,),
        clocks=Clocks.END,
        note="where no rule asks a second person to read the conclusion (`approval_rule`)",
    ),
    Move(
        "send_back",
        N_("Trả lại để sửa"),
        _from(S.CONCLUDED),
        S.VERIFYING,
        Party.STAFF,
        frozenset({P.APPROVE_CONCLUSION}),
        (Need.TEXT,),
    ),
    Move(
        "close",
        N_("Kết thúc"),
        _from(S.ANSWERED, S.REOPENED),
        S.CLOSED,
        Party.STAFF,
        frozenset({P.CLOSE_CASE}),
        clocks=Clocks.END,
        note="once the reporter has rated, or the window to ask for a review is over",
    ),
    Move(
        "close_by_rule",
        N_("Tự kết thúc khi hết hạn đề nghị xem lại"),
        _from(S.ANSWERED),
        S.CLOSED,
        Party.PORTAL,
        clocks=Clocks.END,
    ),
    Move(
        "ask_review",
        N_("Đề nghị xem lại"),
        _from(S.ANSWERED),
        S.REOPENED,
        Party.REPORTER,
        needs=(Need.TEXT,),
        starts=(Starts.ANSWER,),
        clocks=Clocks.END,
        note="within the window of reopen.window",
    ),
    Move(
        "appeal",
        N_("Đề nghị xem lại việc không thụ lý"),
        _from(S.REFUSED),
        S.REOPENED,
        Party.REPORTER,
        needs=(Need.TEXT,),
        starts=(Starts.ANSWER,),
        clocks=Clocks.END,
        note="within the window of refusal.appeal",
    ),
    Move(
        "reopen",
        N_("Mở lại"),
        _from(S.ANSWERED, S.CLOSED, S.REFUSED),
        S.REOPENED,
        Party.STAFF,
        _CHIEF,
        (Need.TEXT,),
        (Starts.ANSWER,),
        clocks=Clocks.END,
    ),
    Move(
        "let_stand",
        N_("Giữ nguyên kết quả"),
        _from(S.ANSWERED, S.CLOSED, S.MERGED),
        None,
        Party.STAFF,
        _CHIEF,
        (Need.TEXT,),
        note="when the reporter says that it was not put right, and nothing new comes of looking again",
    ),
    Move(
        "withdraw",
        N_("Rút phản ánh"),
        _from(S.RECEIVED, S.ACCEPTED, S.WAITING_FOR_REPORTER, S.VERIFYING),
        S.WITHDRAWN,
        Party.REPORTER,
        clocks=Clocks.STOP,
    ),
    Move(
        "go_on",
        N_("Tiếp tục vì lợi ích chung"),
        _from(S.WITHDRAWN),
        S.VERIFYING,
        Party.STAFF,
        _CHIEF,
        (Need.TEXT,),
        (Starts.ANSWER,),
        note="Luật Tố cáo 25/2018/QH14 art. 33: a denunciation may go on after it is withdrawn",
    ),
    Move(
        "merge",
        N_("Nhập vào vụ việc khác"),
        _from(S.RECEIVED, S.ACCEPTED, S.VERIFYING),
        S.MERGED,
        Party.STAFF,
        _TRIAGE,
        (Need.CASE,),
        clocks=Clocks.STOP,
        note="the other case answers for this one too",
    ),
    Move(
        "split",
        N_("Tách thành hai phần"),
        _from(S.RECEIVED, S.ACCEPTED, S.VERIFYING),
        None,
        Party.STAFF,
        _TRIAGE,
        (Need.CATEGORY,),
        note="a report that tells of two matters gets a second case; merging it back undoes that",
    ),
    Move(
        "undo_merge",
        N_("Tách lại vụ việc đã nhập"),
        _from(S.MERGED),
        FORMER,
        Party.STAFF,
        _TRIAGE,
        clocks=Clocks.REVIVE,
    ),
    Move(
        "note",
        N_("Ghi chú nội bộ"),
        _from(*S),
        None,
        Party.STAFF,
        _TRIAGE | _AGENCY,
        (Need.TEXT,),
        note="read by the writer's own side alone: the inspectors, or one body",
    ),
    Move(
        "declare_conflict",
        N_("Tôi có liên quan đến vụ việc này"),
        _from(*S),
        None,
        Party.STAFF,
        frozenset({P.READ_ALL_CASES, P.READ_AGENCY_CASES}),
        (Need.TEXT,),
        note="whoever sees the case; they lose sight of it at once",
    ),
    Move(
        "wall_off",
        N_("Chặn một tài khoản"),
        _from(*S) - {S.MERGED},
        None,
        Party.STAFF,
        _TRIAGE,
        (Need.ACCOUNT, Need.TEXT),
        note="an account that the report or an inspector names",
    ),
    Move(
        "lift_wall",
        N_("Bỏ chặn một tài khoản"),
        _from(*S) - {S.MERGED},
        None,
        Party.STAFF,
        _TRIAGE,
        (Need.ACCOUNT, Need.TEXT),
        note="a conflict that somebody declared of themself is lifted by a chief inspector alone",
    ),
    Move(
        "ask_new_code",
        N_("Đề nghị cấp mã tra cứu mới"),
        _from(*S),
        None,
        Party.STAFF,
        _IDENTITY,
        (Need.TEXT,),
        note="for a reporter who lost the code and gave a name; it stands for 14 calendar days",
    ),
    Move(
        "give_new_code",
        N_("Cấp mã tra cứu mới"),
        _from(*S),
        None,
        Party.STAFF,
        _IDENTITY,
        note="by another inspector than who asked; the lost code opens nothing any more",
    ),
    Move(
        "refuse_new_code",
        N_("Không cấp mã tra cứu mới"),
        _from(*S),
        None,
        Party.STAFF,
        _IDENTITY,
        (Need.TEXT,),
    ),
)

BY_NAME: dict[str, Move] = {move.name: move for move in MOVES}


def moves_from(status: S, permissions: Iterable[P]) -> tuple[Move, ...]:
    """The staff moves that a status and these rights allow, in the table's order."""
    held = frozenset(permissions)
    return tuple(
        move for move in MOVES if move.party is Party.STAFF and status in move.sources and move.permissions & held
    )


def reporter_moves(status: S) -> tuple[Move, ...]:
    """What the reporter may do with a case of that status, in the table's order."""
    return tuple(move for move in MOVES if move.party is Party.REPORTER and status in move.sources)


def target(move: Move, status: S, former: S | None) -> S:
    """Where a move leads from a status. Raises ValueError when the table does not have that move."""
    if status not in move.sources:
        raise ValueError(f"{move.name} does not start at {status}")
    if move.to is None:
        return status
    if move.to == FORMER:
        if former is None:
            raise ValueError(f"{move.name} needs the status that the case had before")
        return former
    return S(move.to)
