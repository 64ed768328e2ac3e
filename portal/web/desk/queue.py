"""The queue: open cases by due date, page by page, and a way to a case by its reference."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import Response, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import labels
from portal.cases.access import Viewer
from portal.cases.clocks import REPORTERS
from portal.cases.deadlines import clock_state, day_marks, days_left
from portal.cases.models import NO_DATE, Clock, Referral
from portal.cases.pauses import Pauses, pauses_of
from portal.cases.queries import QueuePage, QueueRow, case_for, pauses_by_case, queue_page, waiting_follow_ups
from portal.cases.status import Starts
from portal.cases.words import ClockState
from portal.catalogue import queries as catalogue
from portal.catalogue.working_days import Calendar
from portal.foundation.codes import fold_code
from portal.foundation.errors import NotFound
from portal.foundation.time import local, today
from portal.staff.permissions import Permission as P
from portal.web.desk import blueprint
from portal.web.desk.due_words import MOST_DAYS_IN_A_ROW, bar, left_words, short_day
from portal.web.desk.lines import StatusLine
from portal.web.frame.access import allow, viewer
from portal.web.frame.database import db
from portal.web.frame.language import named
from portal.web.frame.pagination import page_mark, place_of

REFERENCE_LETTERS = 6
SHOWN_LETTERS = 160


@dataclass(frozen=True)
class QueueLine:
    """One line of the queue, ready for the page."""

    reference: str
    category: str
    words: str
    agency: str
    status: StatusLine
    track: str
    severity: int | None  # for inspectors
    left: str
    on: str
    is_late: bool
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


@blueprint.get("/staff/queue")
@allow(P.READ_ALL_CASES, P.READ_AGENCY_CASES)
def list_queue() -> Response:
    """A page of the queue; `?q=` with a reference goes to its case, if it is there for this account."""
    session, who = db.session(), viewer()
    asked = request.args.get("q", "")[:80].strip()
    found = _reference_of(session, who, asked) if asked else None
    if found is not None:
        return make_response(redirect(url_for("desk.show_case", reference=found)))
    label = f"queue {who.staff_id} {who.agency_id}"
    page = queue_page(session, who, after=_place(label, request.args.get("after", "")))
    mark = page_mark(label, page.after[0].isoformat(), str(page.after[1])) if page.after else ""
    lines = _lines(session, who, page)
    return make_response(
        render_template(
            "desk/list_queue.html",
            lines=lines,
            asked=asked,
            after=mark,
            is_first="after" not in request.args,
            reads_narratives=who.reads_narratives,
            unhappy=_unhappy(session, who) if "after" not in request.args else [],
        )
    )


def _unhappy(session: Session, who: Viewer) -> list[UnhappyLine]:
    """What waits for a chief inspector's word."""
    return [
        UnhappyLine(
            reference=row.case.reference,
            category=named(row.category),
            agency=named(row.agency) if row.agency else "",
            answer=_(labels.FOLLOW_UP[row.follow_up.answer]) if row.follow_up.answer else "",
            on=short_day(local(row.follow_up.answered_at).date()) if row.follow_up.answered_at else "",
            words=_shortened(row.follow_up.text),
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


def _place(label: str, mark: str) -> tuple[date, int] | None:
    place = place_of(label, mark) if mark else None
    return (date.fromisoformat(place[0]), int(place[1])) if place is not None else None


def _lines(session: Session, who: Viewer, page: QueuePage) -> list[QueueLine]:
    clocks, calendar = _running_clocks(session, who, page), catalogue.calendar(session)
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
        words=_shortened(row.words),
        agency=named(row.agency) if row.agency else "",
        status=StatusLine(_(labels.STATUS[case.status]), labels.STATUS_TAG[case.status]),
        track=_(labels.TRACK[case.track]),
        severity=case.severity if who.reads_narratives else None,
        left=left,
        on=short_day(row.due_on) if row.due_on != NO_DATE else "",
        is_late=is_late,
        marks=marks,
    )


def _left(clock: Clock | None, due_on: date, told: Pauses, calendar: Calendar) -> tuple[str, bool, tuple[str, ...]]:
    """How long is left, whether we are late, and the bar of days."""
    on = today()
    if due_on == NO_DATE:
        return _("Không có hạn"), False, ()
    if clock is None:
        state = clock_state(due_on=due_on, today=on, met_on=None)
        return left_words(state, days_left(on, due_on, calendar)), state is ClockState.LATE, ()
    paused = pauses_of(clock, told, None)
    marks = bar(day_marks(clock.started_on, clock.due_on, on, paused, None, calendar), MOST_DAYS_IN_A_ROW)
    state = clock_state(due_on=due_on, today=on, met_on=None, paused=clock.paused_on is not None)
    if Starts(clock.starts) in REPORTERS:
        return _("Chờ người phản ánh"), False, marks
    return left_words(state, days_left(on, due_on, calendar)), state is ClockState.LATE, marks


def _shortened(words: str) -> str:
    """The beginning of a text, up to a whole word."""
    flat = " ".join(words.split())
    return flat if len(flat) <= SHOWN_LETTERS else flat[:SHOWN_LETTERS].rpartition(" ")[0] + "…"
