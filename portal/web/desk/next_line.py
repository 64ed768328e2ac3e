"""The line on top of a case: what the law asks next, of whom, by when and by which article; for every status one."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from portal.cases.status import Starts
from portal.cases.story import ClockView
from portal.cases.words import ClockState, Status
from portal.foundation.text import N_
from portal.web.desk.due_words import RUNNING, ClockLine, clock_line, law_words, left_words
from portal.web.frame.templating import weekday

# What is owed, by what a clock is for. %(who)s: an inspector, or the body of a referral.
OWES: dict[Starts, str] = {
    Starts.TRIAGE: N_("%(who)s xem và phân loại, chậm nhất %(day)s: %(left)s"),
    Starts.FORWARD: N_("%(who)s chuyển đến nơi có thẩm quyền, chậm nhất %(day)s: %(left)s"),
    Starts.RECEPTION: N_("%(who)s báo người đến tiếp công dân biết, chậm nhất %(day)s: %(left)s"),
    Starts.ANSWER: N_("%(who)s trả lời người phản ánh, chậm nhất %(day)s: %(left)s"),
    Starts.REFERRAL: N_("%(who)s trả lời, chậm nhất %(day)s: %(left)s"),
    Starts.QUESTION: N_("Người phản ánh trả lời câu hỏi, chậm nhất %(day)s: %(left)s"),
    Starts.REOPEN_WINDOW: N_("Người phản ánh chấm điểm hoặc đề nghị xem lại, chậm nhất %(day)s: %(left)s"),
    Starts.APPEAL_WINDOW: N_("Người phản ánh đề nghị xem lại việc không thụ lý, chậm nhất %(day)s: %(left)s"),
    Starts.ACCEPTANCE: N_("Nơi nhận đơn thụ lý hoặc báo không thụ lý, chậm nhất %(day)s: %(left)s"),
    Starts.SETTLEMENT: N_("Nơi nhận đơn giải quyết đơn, chậm nhất %(day)s: %(left)s"),
    Starts.HEARING: N_("Nơi được giao gửi giải trình của người bị phản ánh, chậm nhất %(day)s: %(left)s"),
}

# What is left to do when no clock runs, for whoever handles the case.
NOTHING_RUNS: dict[Status, str] = {
    Status.RECEIVED: N_("%(who)s xem và phân loại; không có thời hạn nào đang chạy"),
    Status.ACCEPTED: N_("%(who)s làm bước tiếp theo; không có thời hạn nào đang chạy"),
    Status.WAITING_FOR_REPORTER: N_("Người phản ánh trả lời câu hỏi; không có thời hạn nào đang chạy"),
    Status.VERIFYING: N_("%(who)s xác minh và viết kết luận; không có thời hạn nào đang chạy"),
    Status.CONCLUDED: N_("Người thứ hai đọc lại kết luận rồi gửi; không có thời hạn nào đang chạy"),
    Status.REOPENED: N_("%(who)s xem lại vụ việc; không có thời hạn nào đang chạy"),
    Status.ANSWERED: N_("Đã trả lời, hết thời hạn đề nghị xem lại: %(who)s kết thúc vụ việc"),
    Status.CLOSED: N_("Đã kết thúc: không còn việc nào phải làm"),
    Status.REFUSED: N_("Không thụ lý, hết thời hạn đề nghị xem lại: không còn việc nào phải làm"),
    Status.FORWARDED: N_("Đã chuyển cơ quan khác: nơi nhận trả lời theo thẩm quyền"),
    Status.WITHDRAWN: N_("Người phản ánh đã rút: không còn việc nào phải làm"),
    Status.MERGED: N_("Đã nhập vụ việc: kết luận của vụ việc kia cũng trả lời người phản ánh này"),
}


@dataclass(frozen=True)
class NextLine:
    """What the law asks next. `law` and `clock` are there while a clock runs."""

    title: str
    law: str = ""
    clock: ClockLine | None = None


def most_urgent(views: Sequence[ClockView]) -> ClockView | None:
    """What must be done next: the earliest of what we owe, else the reporter's own time."""
    running = [view for view in views if view.state in RUNNING]
    return min(running, key=lambda view: (not view.is_ours, view.due_on), default=None)


# What the law or the rule lets us do when the reporter has not answered in time: proposed, never done by itself.
LAPSED = N_(
    "Hết hạn trả lời câu hỏi từ %(day)s, người phản ánh chưa trả lời. Kiểm tra viên có thể không thụ lý vì thiếu thông "
    "tin, hoặc chờ thêm; Cổng không tự kết thúc."
)


def next_line(status: Status, views: Sequence[ClockView], holder: str, *, to_approve: bool = True) -> NextLine:
    """The line for inspectors; `holder` is who has the case, or empty.

    `to_approve`: whether a concluded case waits for a second person.
    """
    who, first = holder or _("Kiểm tra viên"), most_urgent(views)
    if first is None and status is Status.CONCLUDED and not to_approve:
        return NextLine(_("%(who)s gửi trả lời: kết luận này không phải chờ duyệt", who=who))
    return NextLine(_(NOTHING_RUNS[status], who=who)) if first is None else _owed(first, who)


def next_line_to_agency(views: Sequence[ClockView]) -> NextLine:
    """The line for one body, of its own clocks alone."""
    first = most_urgent(views)
    if first is None:
        return NextLine(_("Cơ quan anh/chị không còn việc nào phải làm theo phiếu chuyển này"))
    return _owed(first, "")


def _owed(first: ClockView, who: str) -> NextLine:
    left = left_words(first.state, first.days_left)
    words = {"who": first.agency or who, "day": weekday(first.due_on), "left": left[:1].lower() + left[1:]}
    is_lapsed = first.starts is Starts.QUESTION and first.state is ClockState.LATE
    law = law_words(first.rule, first.started_on, first.due_on, first.paused_days)
    return NextLine(_(LAPSED if is_lapsed else OWES[first.starts], **words), law, clock_line(first))
