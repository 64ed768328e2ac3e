"""What a move will do, said before the button is pressed: status, clocks, who hears, who never hears."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.cases import labels
from portal.cases.access import Viewer
from portal.cases.casefile import CaseFile
from portal.cases.clocks import rule_code
from portal.cases.deadlines import day_marks, due_on
from portal.cases.head_support import bodies_accused
from portal.cases.models import Clock
from portal.cases.queries import joined_cases, walled_ids
from portal.cases.status import BY_NAME, Clocks, Move, Starts, target
from portal.catalogue import queries as catalogue
from portal.catalogue.models import Agency
from portal.catalogue.working_days import received_on
from portal.foundation.time import local, now
from portal.staff.models import Staff
from portal.web.desk.case_view import status_line
from portal.web.desk.due_words import ClockLine, bar, law_words
from portal.web.desk.lines import StatusLine
from portal.web.desk.move_pages import MovePage
from portal.web.frame.language import named
from portal.web.frame.templating import weekday


@dataclass(frozen=True)
class Consequences:
    """What the page of a move says will happen."""

    before: StatusLine
    after: StatusLine | None  # None: the status stays
    stops: Sequence[str]
    pauses: bool
    starts: Sequence[ClockLine]
    hear: Sequence[tuple[str, str]]
    never: Sequence[tuple[str, str]]


def consequences(session: Session, file: CaseFile, viewer: Viewer, move: Move, page: MovePage) -> Consequences:
    """Worked out for a case as it stands, in the words of somebody who may make the move."""
    to = target(move, file.case.status, file.case.former_status)
    if page.then and to in BY_NAME[page.then].sources:
        to = target(BY_NAME[page.then], to, None)
    after = StatusLine(_(labels.STATUS[to]), labels.STATUS_TAG[to]) if to is not file.case.status else None
    return Consequences(
        before=status_line(file),
        after=after,
        stops=stops(file, viewer, move),
        pauses=move.clocks is Clocks.PAUSE,
        starts=[clock_begun(session, file, starts) for starts in move.starts],
        hear=_hear(session, file, viewer, move, page),
        never=_never(session, file, viewer, move, page),
    )


def stops(file: CaseFile, viewer: Viewer, move: Move) -> list[str]:
    """The clocks that end; of other bodies' clocks an agency hears nothing."""
    ends_all = move.clocks in (Clocks.END, Clocks.STOP)
    meant = [
        Starts(clock.starts)
        for clock, _rule in file.clocks
        if _is_running(clock) and _is_own(file, viewer, clock) and (ends_all or clock.starts in move.meets)
    ]
    return [_(labels.CLOCK[starts]) for starts in dict.fromkeys(meant)]


def _is_running(clock: Clock) -> bool:
    return clock.met_at is None and clock.stopped_at is None


def _is_own(file: CaseFile, viewer: Viewer, clock: Clock) -> bool:
    own = file.referral_of(viewer.agency_id)
    return viewer.reads_narratives or (own is not None and clock.referral_id == own.id)


def clock_begun(session: Session, file: CaseFile, starts: Starts) -> ClockLine:
    """A clock that a move would start now."""
    calendar = catalogue.calendar(session)
    start = received_on(local(now()), calendar)
    rule = catalogue.deadline_rule(session, rule_code(starts, file.case.track, file.kind), start)
    due = due_on(rule, start, calendar)
    marks = bar(day_marks(start, due, start, (), None, calendar))
    left = _("đến %(day)s", day=weekday(due))
    return ClockLine(_(labels.CLOCK[starts]), left, False, False, marks, law_words(rule, start, due))


def _hear(session: Session, file: CaseFile, viewer: Viewer, move: Move, page: MovePage) -> list[tuple[str, str]]:
    if move.name == "note":
        return [_who_reads_a_note(viewer)]
    told = [(_("Người phản ánh"), _(page.reporter_hears))] if page.reporter_hears else []
    if not viewer.reads_narratives:
        return [*told, (_("Kiểm tra viên phụ trách"), _(page.inspectors_hear))] if page.inspectors_hear else told
    joined = joined_cases(session, file.case) if page.reporter_hears else []
    if joined and move.name in ("approve", "answer", "close"):
        which = ", ".join(one.reference for one in joined)
        told.append((str(_("Người phản ánh của vụ việc đã nhập (%(which)s)", which=which)), _("đọc cùng trả lời này")))
    if move.name == "let_head_support":
        return [
            (_("Người đứng đầu cơ quan được chọn"), _("đọc bản che mới nhất, lời đề nghị và hạn, rồi trả lời một lần"))
        ]
    if move.name == "end_head_support":
        return []
    others = [one.agency for one in file.live_referrals if one.agency_id != viewer.agency_id]
    return [*told, *((named(one), _(page.agencies_hear)) for one in others if page.agencies_hear)]


def _never(session: Session, file: CaseFile, viewer: Viewer, move: Move, page: MovePage) -> list[tuple[str, str]]:
    """An agency is told of nobody by name: not whom the case is about, not who else works on it."""
    if move.name == "note":
        return _never_read_a_note(viewer)
    nothing = [(_("Người phản ánh"), _("không thấy gì của bước này"))] if not page.reporter_hears else []
    if not viewer.reads_narratives:
        return [*nothing, (_("Cơ quan khác"), _("không đọc được những gì anh/chị viết ở đây"))]
    hidden = _("và mọi tài khoản ở đó: không thấy trong danh sách, tìm kiếm, số đếm hay thư báo")
    but_head = _(
        "và tài khoản ở đó, trừ người đứng đầu được đề nghị: không thấy trong danh sách, tìm kiếm, số đếm hay thư báo"
    )
    asked = _asks_heads_of(session, file, move)
    walled = [
        (named(session.get_one(Agency, one)), but_head if one in asked else hidden)
        for one in sorted(walled_ids(session, file.case))
    ]
    people = [session.get_one(Staff, one.staff_id).name for one in file.walls if one.staff_id is not None]
    return [
        *nothing,
        *walled,
        *((name, _("không thấy trong danh sách, tìm kiếm, số đếm hay thư báo")) for name in people),
        (_("Nơi không có phiếu chuyển"), _("không thấy vụ việc")),
    ]


def _asks_heads_of(session: Session, file: CaseFile, move: Move) -> set[int]:
    """The accused bodies whose head reads a referral once the move is made."""
    if move.name == "end_head_support":
        return set()
    now_asked = {one.agency_id for one in file.head_supports if one.is_open or one.answered_at is not None}
    chosen = bodies_accused(session, file) if move.name == "let_head_support" else []
    return now_asked | {one.id for one in chosen}


def _who_reads_a_note(viewer: Viewer) -> tuple[str, str]:
    if viewer.reads_narratives:
        return _("Kiểm tra viên"), _("đọc ghi chú này, khi thấy được vụ việc")
    return _("Người của cơ quan anh/chị"), _("đọc ghi chú này, khi thấy được vụ việc")


def _never_read_a_note(viewer: Viewer) -> list[tuple[str, str]]:
    nobody = _("không thấy ghi chú này, cũng không tìm ra vụ việc bằng chữ trong đó")
    if viewer.reads_narratives:
        return [(_("Người phản ánh và mọi cơ quan"), nobody)]
    knows = _("thấy có một ghi chú, không đọc được")
    return [(_("Người phản ánh và cơ quan khác"), nobody), (_("Kiểm tra viên"), knows)]
