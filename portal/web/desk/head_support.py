"""Support as the head of the accused's body reads it: the cleared text, the request, the day, their own answer.

`_line` is the place to look for what a head can learn: it reads nothing of the report but the case's category and day.
"""

from dataclasses import dataclass, field

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal.cases import actions
from portal.cases.actions.words_given import LONGEST
from portal.cases.casefile import load_file
from portal.cases.deadlines import clock_state, days_left
from portal.cases.head_support import clock_of, support_for, supports_waiting
from portal.cases.models import Case, Referral
from portal.cases.words import ClockState
from portal.catalogue import queries as catalogue
from portal.catalogue.models import Category
from portal.foundation.errors import FieldErrors, NotAllowed
from portal.foundation.time import local, today
from portal.staff.permissions import Permission as P
from portal.web.desk import blueprint
from portal.web.desk.acting import acting
from portal.web.desk.due_words import left_words
from portal.web.desk.narrative import parts_of
from portal.web.frame.access import allow, viewer
from portal.web.frame.database import db
from portal.web.frame.language import named, said, said_at_fields
from portal.web.frame.templating import day, weekday


@dataclass(frozen=True)
class Shown:
    """What the page shows again of a form that was not taken."""

    answer: str = ""
    conflict: str = ""
    status: int = 200
    errors: dict[str, str] = field(default_factory=dict)
    refusal: str = ""


@blueprint.get("/staff/head-support")
@allow(P.ANSWER_SUPPORT)
def list_head_supports() -> Response:
    """What waits for this head's answer, the first due first."""
    rows = [_line(one, case) for one, case in supports_waiting(db.session(), viewer())]
    return make_response(render_template("desk/list_head_supports.html", rows=rows))


@blueprint.get("/staff/head-support/<reference>")
@allow(P.ANSWER_SUPPORT)
def show_head_support(reference: str) -> Response:
    """One request, with the form for the answer."""
    return _show(reference, Shown())


@blueprint.post("/staff/head-support/<reference>")
@allow(P.ANSWER_SUPPORT)
def answer_head_support(reference: str) -> Response:
    """Sends the answer, once."""
    typed = request.form.get("answer", "")[: 4 * LONGEST]
    try:
        with acting() as who:
            referral, found = support_for(who.session, who.viewer, reference, lock=True)
            actions.answer_head_support(who.session, referral, found, who.staff, text=typed)
    except FieldErrors as error:
        return _show(reference, Shown(answer=typed, status=422, errors=said_at_fields(error)))
    except NotAllowed as error:
        return _show(reference, Shown(answer=typed, status=409, refusal=said(error)))
    flash(_("Đã gửi trả lời cho kiểm tra viên."))
    return make_response(redirect(url_for("desk.show_head_support", reference=reference)))


@blueprint.post("/staff/head-support/<reference>/leave")
@allow(P.ANSWER_SUPPORT)
def leave_head_support(reference: str) -> Response:
    """Steps aside: the head has to do with the case, and reads nothing of it any more."""
    typed = request.form.get("conflict", "")[: 4 * LONGEST]
    try:
        with acting() as who:
            _referral, found = support_for(who.session, who.viewer, reference, lock=True)
            actions.leave_head_support(who.session, load_file(who.session, found), who.staff, text=typed)
    except FieldErrors as error:
        return _show(reference, Shown(conflict=typed, status=422, errors=said_at_fields(error)))
    flash(_("Đã ghi. Anh/chị không còn thấy vụ việc này."))
    return make_response(redirect(url_for("desk.list_head_supports")))


def _line(one: Referral, case: Case) -> dict[str, object]:
    session = db.session()
    clock, cleared = clock_of(session, one), one.cleared_text
    answered_on = local(one.answered_at).date() if one.answered_at else None
    paused = clock.paused_on is not None
    state = clock_state(due_on=clock.due_on, today=today(), met_on=answered_on, paused=paused)
    left = days_left(today(), clock.due_on, catalogue.calendar(session))
    return {
        "reference": case.reference,
        "category": named(session.get_one(Category, case.category)),
        "received": day(case.received_on),
        "asked": day(local(one.sent_at).date()),
        "due": weekday(clock.due_on),
        "left": left_words(state, left),
        "is_late": state is ClockState.LATE,
        "text": parts_of(cleared.text) if cleared is not None else [],
        "request": one.note,
        "answer": one.answer or "",
        "answered": day(answered_on) if answered_on else "",
    }


def _show(reference: str, shown: Shown) -> Response:
    line = _line(*support_for(db.session(), viewer(), reference))
    return make_response(
        render_template("desk/show_head_support.html", one=line, shown=shown, errors=shown.errors), shown.status
    )
