"""A restricted case is closed until its reader opens it by a button, for half an hour; each opening is an event."""

from dataclasses import dataclass

from flask import Response, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.cases.access import Viewer
from portal.cases.casefile import CaseFile, events_of
from portal.cases.models import Case
from portal.cases.queries import case_for
from portal.cases.reading import OPEN_FOR, Why, may_read, needs_opening, readings, record_reading
from portal.cases.story import clock_views
from portal.cases.words import Audience
from portal.catalogue import queries as catalogue
from portal.foundation.text import N_
from portal.foundation.time import now
from portal.staff.models import Staff
from portal.staff.permissions import Permission as P
from portal.web.desk import blueprint
from portal.web.desk.acting import acting
from portal.web.desk.case_view import clock_lines, status_line
from portal.web.desk.due_words import short_moment
from portal.web.desk.own_work import own_form
from portal.web.desk.presence import opened_by
from portal.web.desk.within import within
from portal.web.frame.access import allow
from portal.web.frame.language import chosen, named
from portal.web.frame.runtime_file import mark_of, runtime_file

WHY = {
    Why.HOLDS: N_("người phụ trách"),
    Why.CHIEF: N_("kiểm tra viên trưởng"),
    Why.STANDS_IN: N_("người thay người phụ trách"),
    Why.REFERRED: N_("người của ban được chuyển vụ việc"),
}


@dataclass(frozen=True)
class Readership:
    """Who may read a restricted case and who did, for chief inspectors."""

    may: list[tuple[str, str]]
    did: list[tuple[str, str]]


def is_closed(viewer: Viewer, case: Case) -> bool:
    """Whether this account must open the case before it reads a word of it."""
    if not needs_opening(case, viewer):
        return False
    with runtime_file() as file:
        asked = "SELECT 1 FROM unlocked WHERE about=? AND staff_id=? AND until>?"
        row = file.execute(asked, (mark_of(case.reference), viewer.staff_id, now().timestamp())).fetchone()
    return row is None


@blueprint.get("/staff/cases/<reference>/open")
@allow(P.READ_ALL_CASES)
def show_opening(reference: str) -> Response:
    """Where signing in again leads to: the button stands on the case's page."""
    return closed_page(reference)


@blueprint.post("/staff/cases/<reference>/open")
@allow(P.READ_ALL_CASES)
def open_case(reference: str) -> Response:
    """Writes the event, then lets the account read for half an hour."""
    with acting() as who:
        file = case_for(who.session, who.viewer, reference)
        record_reading(who.session, file, who.staff, who.viewer)
    at = now()
    with runtime_file() as kept:
        kept.execute("DELETE FROM unlocked WHERE until<=?", (at.timestamp(),))
        until = (at + OPEN_FOR).timestamp()
        kept.execute(
            "INSERT OR REPLACE INTO unlocked VALUES (?, ?, ?)",
            (mark_of(file.case.reference), who.viewer.staff_id, until),
        )
    return make_response(redirect(url_for("desk.show_case", reference=file.case.reference)))


def show_closed(session: Session, viewer: Viewer, file: CaseFile) -> Response:
    """What can be seen of a restricted case without opening it: nothing that anybody wrote."""
    case = file.case
    events = events_of(session, case, frozenset(Audience))
    holder = session.get(Staff, case.assigned_id) if case.assigned_id is not None else None
    page = render_template(
        "desk/show_case_closed.html",
        reference=case.reference,
        category=named(file.category),
        status=status_line(file),
        severity=case.severity,
        holder=holder.name if holder is not None else "",
        clocks=clock_lines(clock_views(file, events, catalogue.calendar(session), chosen())),
        minutes=int(OPEN_FOR.total_seconds() // 60),
        readership=readership(session, viewer, file),
        present=opened_by(session, viewer, case),
        own=own_form(session, viewer, case),
        within=within(session, viewer, case),
    )
    return make_response(page)


def readership(session: Session, viewer: Viewer, file: CaseFile) -> Readership | None:
    """None for whoever is no chief inspector, and for a case that everybody there reads."""
    if not (viewer.reads_restricted and needs_opening(file.case, viewer)):
        return None
    return Readership(
        may=[(one.name, _(WHY[one.why])) for one in may_read(session, file)],
        did=[(short_moment(at), name) for name, at in readings(session, file.case)],
    )


def closed_page(reference: str) -> Response:
    """Back to the case, where the button is."""
    return make_response(redirect(url_for("desk.show_case", reference=reference)))
