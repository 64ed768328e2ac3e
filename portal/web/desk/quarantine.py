"""What looks like spam or like nothing: an inspector looks, and says what it is."""

from collections import Counter
from contextlib import suppress

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal.cases import actions, labels
from portal.cases.deadlines import clock_state, days_left
from portal.cases.models import NO_DATE
from portal.cases.quarantine import MOST, Waiting, count_waiting, waiting, waiting_alike
from portal.cases.queries import case_for
from portal.cases.reading import words_shown
from portal.cases.words import ClockState
from portal.catalogue import queries as catalogue
from portal.catalogue.working_days import Calendar
from portal.foundation.errors import NotAllowed, NotFound
from portal.foundation.time import today
from portal.staff.permissions import Permission as P
from portal.web.desk import blueprint
from portal.web.desk.acting import acting
from portal.web.desk.due_words import left_words
from portal.web.frame.access import allow, viewer
from portal.web.frame.database import db
from portal.web.frame.language import said
from portal.web.frame.templating import day

GROUND = "empty_or_abusive"
SHOWN_LETTERS = 400


@blueprint.get("/staff/quarantine")
@allow(P.TRIAGE_CASE)
def list_quarantine() -> Response:
    """What waits that this account may see, the oldest first."""
    session, who = db.session(), viewer()
    calendar = catalogue.calendar(session)
    held = waiting(session, who)
    alike = Counter(one.text_mark for one in held if one.text_mark is not None)
    rows = [_line(one, alike[one.text_mark] if one.text_mark is not None else 1, calendar) for one in held]
    more = len(rows) == MOST and count_waiting(session, who) > MOST
    return make_response(
        render_template("desk/list_quarantine.html", rows=rows, most=MOST if more else 0, ground=GROUND)
    )


@blueprint.post("/staff/quarantine/<reference>")
@allow(P.TRIAGE_CASE)
def release_from_quarantine(reference: str) -> Response:
    """Says that a case is neither spam nor empty; with `all`, also of the others with the same text."""
    if request.form.get("all") == "yes":
        return _release_alike(reference)
    try:
        with acting() as who:
            file = case_for(who.session, who.viewer, reference, lock=True)
            actions.release(who.session, file, who.staff, who.viewer)
    except NotAllowed as error:
        flash(said(error), "no")
    else:
        flash(
            _(
                "%(reference)s đã ra khỏi khu chờ. Xin thụ lý hoặc chuyển như mọi vụ việc.",
                reference=file.case.reference,
            )
        )
    return make_response(redirect(url_for("desk.list_quarantine")))


def _release_alike(reference: str) -> Response:
    """One transaction a case: a colleague may have moved one of them on meanwhile."""
    session, released = db.session(), 0
    for one in waiting_alike(session, viewer(), case_for(session, viewer(), reference).case):
        with suppress(NotAllowed, NotFound), acting() as who:
            file = case_for(who.session, who.viewer, one, lock=True)
            actions.release(who.session, file, who.staff, who.viewer)
            released += 1
    if released:
        words = _(
            "%(number)s phản ánh cùng lời đã ra khỏi khu chờ. Xin thụ lý hoặc chuyển như mọi vụ việc.", number=released
        )
        flash(words)
    else:
        flash(_("Vụ việc này không còn trong khu chờ."), "no")
    return make_response(redirect(url_for("desk.list_quarantine")))


def _line(one: Waiting, alike: int, calendar: Calendar) -> dict[str, object]:
    case, on = one.case, today()
    state = clock_state(due_on=case.next_due_on, today=on, met_on=None)
    has_date = case.next_due_on != NO_DATE
    return {
        "reference": case.reference,
        "alike": alike,
        "reason": _(labels.SUSPICION[one.reason]),
        "words": _shortened(one.words) if words_shown(case, viewer()) else _("Hạn chế người đọc. Mở vụ việc để xem."),
        "received": day(case.received_on),
        "left": left_words(state, days_left(on, case.next_due_on, calendar)) if has_date else _("Không có hạn"),
        "is_late": has_date and state is ClockState.LATE,
    }


def _shortened(words: str) -> str:
    return words if len(words) <= SHOWN_LETTERS else words[:SHOWN_LETTERS] + "…"
