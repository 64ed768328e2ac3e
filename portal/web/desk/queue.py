"""The queue: open cases by due date, page by page, and a way to a case by its reference."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from flask import Response, make_response, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import labels
from portal.cases.access import Viewer
from portal.cases.clocks import REPORTERS
from portal.cases.deadlines import clock_state, day_marks, days_left
from portal.cases.filters import AT_RISK_DAYS, Due
from portal.cases.models import NO_DATE, Case, Clock, Referral
from portal.cases.pauses import Pauses, pauses_of
from portal.cases.quarantine import MOST, count_waiting
from portal.cases.queries import case_for, pauses_by_case, untaken_retaliations
from portal.cases.queue import QueuePage, QueueRow, queue_page, waiting_follow_ups
from portal.cases.reading import words_shown
from portal.cases.saved_views import may_remove, views_of
from portal.cases.status import Starts
from portal.cases.words import ClockState
from portal.cases.workload import held_by
from portal.catalogue.snapshot import snapshot
from portal.catalogue.working_days import Calendar
from portal.foundation.codes import fold_code
from portal.foundation.errors import NotFound
from portal.foundation.time import local, today
from portal.staff.permissions import Permission as P
from portal.web.desk import blueprint
from portal.web.desk.due_words import MOST_DAYS_IN_A_ROW, bar, left_words, short_day
from portal.web.desk.filtering import Args, filtering, lists
from portal.web.desk.lines import StatusLine
from portal.web.desk.search import asked_in, show_hits
from portal.web.desk.views import view_links
from portal.web.desk.within import WITHIN, place_in, place_mark, queue_label
from portal.web.frame.access import allow, viewer
from portal.web.frame.database import db
from portal.web.frame.language import named
from portal.web.frame.pagination import page_mark
from portal.web.frame.words import text as _

REFERENCE_LETTERS = 6
SHOWN_LETTERS = 160


@dataclass(frozen=True)
class QueueLine:
    """One line of the queue, ready for the page."""

    reference: str
    category: str
    words: str
    agency: str
    holder: str  # for inspectors
    status: StatusLine
    track: str
    severity: int | None  # for inspectors
    left: str
    on: str
    is_late: bool
    standing: str  # late, today, at_risk or "": a mark of its own beside the words
    marks: Sequence[str]


@dataclass(frozen=True)
class UnhappyLine:
    """One case that was not put right, as its reporter says."""

    reference: str
    category: str
    agency: str
    answer: str
    on: str
    words: str


@dataclass(frozen=True)
class Saving:
    """A view that could not be kept: what was typed, and why not."""

    name: str = ""
    is_team: bool = False
    error: str = ""


@blueprint.get("/staff/queue")
@allow(P.READ_ALL_CASES, P.READ_AGENCY_CASES)
def list_queue() -> Response:
    """A page of the queue under a filter; `?q=` finds by words, and with a reference goes to its case."""
    session, who = db.session(), viewer()
    asked = asked_in(request.args)
    if not asked:
        return show_queue(request.args)
    found = _reference_of(session, who, asked)
    if found is not None:
        return make_response(redirect(url_for("desk.show_case", reference=found)))
    return show_hits(request.args)


def show_queue(args: Args, saving: Saving | None = None) -> Response:
    """The page under a filter; with what was wrong about a view that somebody wanted to keep."""
    session, who = db.session(), viewer()
    now = filtering(session, who, args)
    label = queue_label(who, now.query)
    after = place_in(label, args.get("after", ""))
    page = queue_page(session, who, now.wanted, after=after) if "past" not in now.errors else QueuePage([], None)
    is_first = after is None
    saved = views_of(session, who) if is_first else []
    body = render_template(
        "desk/list_queue.html",
        lines=_lines(session, who, page),
        asked="",
        filtering=now,
        errors={**now.errors, **({"name": saving.error} if saving else {})},
        saving=saving or Saving(),
        query=now.query,
        after=place_mark(label, page.after) if page.after else "",
        within=page_mark(WITHIN, now.query),
        is_first=is_first,
        is_filtered=bool(now.query),
        reads_narratives=who.reads_narratives,
        views=view_links(session, who, saved, now.query) if is_first else [],
        own_views=[view for view in saved if may_remove(who, view)],
        lists=lists(session, who),
        unhappy=_unhappy(session, who) if is_first and not now.query else [],
        urgent=untaken_retaliations(session, who) if is_first and not now.query else [],
        held_back=_held_back(session, who) if is_first and not now.query else "",
        **_acting_on(session, who, args),
    )
    response = make_response(body)
    response.status_code = 422 if now.errors or saving else 200
    return response


def _acting_on(session: Session, who: Viewer, args: Args) -> dict[str, object]:
    """What the page needs to act on several cases, for whoever can; the boxes are ticked with `?picked=all`."""
    if P.ASSIGN_CASE not in who.permissions:
        return {"acts": False}
    asked = [(name, value) for name, value in args.items(multi=True) if name != "picked"]
    return {
        "acts": True,
        "back": urlencode(asked),
        "all": url_for("desk.list_queue") + "?" + urlencode([*asked, ("picked", "all")]),
        "is_all": args.get("picked") == "all",
        "held": held_by(session, who),
    }


def _held_back(session: Session, who: Viewer) -> str:
    """How many cases wait as spam or empty, as far as they are counted; "" if none."""
    found = count_waiting(session, who) if P.TRIAGE_CASE in who.permissions else 0
    return "" if not found else f"{MOST}+" if found > MOST else str(found)


def _unhappy(session: Session, who: Viewer) -> list[UnhappyLine]:
    """What waits for a chief inspector's word."""
    return [
        UnhappyLine(
            reference=row.case.reference,
            category=named(row.category),
            agency=named(row.agency) if row.agency else "",
            answer=_(labels.FOLLOW_UP[row.follow_up.answer]) if row.follow_up.answer else "",
            on=short_day(local(row.follow_up.answered_at).date()) if row.follow_up.answered_at else "",
            words=_words(row.case, row.follow_up.text, who),
        )
        for row in waiting_follow_ups(session, who)
    ]


def _reference_of(session: Session, who: Viewer, asked: str) -> str | None:
    """The reference of a case that somebody typed, if they can see it; there and hidden look alike."""
    letters = fold_code(asked)
    letters = letters.removeprefix("VV") if len(letters) > REFERENCE_LETTERS else letters
    try:
        return case_for(session, who, f"VV-{letters}").case.reference
    except NotFound:
        return None


def _lines(session: Session, who: Viewer, page: QueuePage) -> list[QueueLine]:
    clocks, calendar = _running_clocks(session, who, page), snapshot(session, today()).calendar
    told = pauses_by_case(session, [clock for clock in clocks.values() if clock.paused_days or clock.paused_on])
    return [
        _line(row, clocks.get((row.case.id, row.due_on)), told.get(row.case.id, {}), who, calendar) for row in page.rows
    ]


def _running_clocks(session: Session, who: Viewer, page: QueuePage) -> dict[tuple[int, date], Clock]:
    """The clock behind each row's date: any of the case for inspectors, the own referral's for an agency."""
    query = select(Clock).where(
        Clock.case_id.in_([row.case.id for row in page.rows]),
        Clock.met_at.is_(None),
        Clock.stopped_at.is_(None),
    )
    if not who.reads_narratives:
        query = query.join(Referral, Referral.id == Clock.referral_id).where(Referral.agency_id == who.agency_id)
    return {(clock.case_id, clock.due_on): clock for clock in session.scalars(query.order_by(Clock.id.desc()))}


def _line(row: QueueRow, clock: Clock | None, told: Pauses, who: Viewer, calendar: Calendar) -> QueueLine:
    case = row.case
    left, is_late, marks = _left(clock, row.due_on, told, calendar)
    return QueueLine(
        reference=case.reference,
        category=named(row.category),
        words=_words(case, row.words, who),
        agency=named(row.agency) if row.agency else "",
        holder=(row.holder or _("Chưa giao")) if who.reads_narratives else "",
        status=StatusLine(_(labels.STATUS[case.status]), labels.STATUS_TAG[case.status]),
        track=_(labels.TRACK[case.track]),
        severity=case.severity if who.reads_narratives else None,
        left=left,
        on=short_day(row.due_on) if row.due_on != NO_DATE else "",
        is_late=is_late,
        standing=_standing(row, is_late, calendar),
        marks=marks,
    )


def _standing(row: QueueRow, is_late: bool, calendar: Calendar) -> str:
    """How near the deadline is, where the time that runs is ours."""
    if not row.is_ours or row.due_on == NO_DATE or not row.case.is_open:
        return ""
    if is_late:
        return Due.LATE.value
    if row.due_on == today():
        return Due.TODAY.value
    return Due.AT_RISK.value if row.due_on <= calendar.add(today(), AT_RISK_DAYS) else ""


def _left(clock: Clock | None, due_on: date, told: Pauses, calendar: Calendar) -> tuple[str, bool, tuple[str, ...]]:
    """How long is left, whether we are late, and the bar of days."""
    on = today()
    if due_on == NO_DATE:
        return _("Không có hạn"), False, ()
    if clock is None:
        state = clock_state(due_on=due_on, today=on, met_on=None)
        return left_words(state, days_left(on, due_on, calendar)), state is ClockState.LATE, ()
    paused = pauses_of(clock, told, None)
    is_reporters = Starts(clock.starts) in REPORTERS
    reached = min(on, clock.due_on) if is_reporters else on  # nobody is late but we
    marks = bar(day_marks(clock.started_on, clock.due_on, reached, paused, None, calendar), MOST_DAYS_IN_A_ROW)
    state = clock_state(due_on=due_on, today=on, met_on=None, paused=clock.paused_on is not None)
    if clock.starts == Starts.QUESTION.value and due_on < on:
        return _("Chờ người phản ánh, đã hết hạn trả lời"), False, marks
    if is_reporters:
        return _("Chờ người phản ánh"), False, marks
    return left_words(state, days_left(on, due_on, calendar)), state is ClockState.LATE, marks


def _words(case: Case, words: str, who: Viewer) -> str:
    """What a line shows of somebody's words: nothing of a restricted case, for reading one is noted."""
    if not words_shown(case, who):
        return _("Hạn chế người đọc. Mở vụ việc để xem.")
    return _shortened(words)


def _shortened(words: str) -> str:
    """The beginning of a text, up to a whole word."""
    flat = " ".join(words.split())
    return flat if len(flat) <= SHOWN_LETTERS else flat[:SHOWN_LETTERS].rpartition(" ")[0] + "…"
