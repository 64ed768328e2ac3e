"""Hearings as the body above the accused one reads them: the statement and the day, nothing of the report."""

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal.cases import actions
from portal.cases.actions.words_given import LONGEST
from portal.cases.deadlines import clock_state, days_left
from portal.cases.hearing import hearing_for, waiting_for
from portal.cases.hearing_models import Hearing
from portal.cases.models import Case
from portal.cases.words import ClockState
from portal.catalogue import queries as catalogue
from portal.foundation.errors import FieldErrors, NotAllowed
from portal.foundation.time import local, today
from portal.staff.permissions import Permission as P
from portal.web.desk import blueprint
from portal.web.desk.acting import acting
from portal.web.desk.due_words import left_words
from portal.web.frame.access import allow, viewer
from portal.web.frame.database import db
from portal.web.frame.language import said, said_at_fields
from portal.web.frame.templating import day, weekday


@blueprint.get("/staff/hearings")
@allow(P.ANSWER_REFERRAL)
def list_hearings() -> Response:
    """What this account's body owes an explanation for, the first due first."""
    rows = [_line(one, case) for one, case in waiting_for(db.session(), viewer())]
    return make_response(render_template("desk/list_hearings.html", rows=rows))


@blueprint.get("/staff/hearings/<key>")
@allow(P.ANSWER_REFERRAL)
def show_statement(key: str) -> Response:
    """One statement, with the form for the explanation."""
    return _show(key, "", 200, {}, "")


@blueprint.post("/staff/hearings/<key>")
@allow(P.ANSWER_REFERRAL)
def explain(key: str) -> Response:
    """Sends the explanation, once."""
    typed = request.form.get("explanation", "")[: 4 * LONGEST]
    try:
        with acting() as who:
            hearing, case = hearing_for(who.session, who.viewer, key, lock=True)
            actions.explain(who.session, hearing, case, who.staff, text=typed)
    except FieldErrors as error:
        return _show(key, typed, 422, said_at_fields(error), "")
    except NotAllowed as error:
        return _show(key, typed, 409, {}, said(error))
    flash(_("Đã gửi giải trình."))
    return make_response(redirect(url_for("desk.show_statement", key=key)))


def _line(one: Hearing, case: Case) -> dict[str, object]:
    calendar = catalogue.calendar(db.session())
    met_on = local(one.answered_at).date() if one.answered_at else None
    state = clock_state(due_on=one.clock.due_on, today=today(), met_on=met_on)
    return {
        "key": one.key,
        "reference": case.reference,
        "person": one.person,
        "asked": day(local(one.asked_at).date()),
        "due": weekday(one.clock.due_on),
        "left": left_words(state, days_left(today(), one.clock.due_on, calendar)),
        "is_late": state is ClockState.LATE,
        "statement": one.statement,
        "explanation": one.explanation,
        "answered": day(met_on) if met_on else "",
    }


def _show(key: str, typed: str, status: int, errors: dict[str, str], refusal: str) -> Response:
    hearing, case = hearing_for(db.session(), viewer(), key)
    line = _line(hearing, case)
    page = render_template("desk/show_statement.html", one=line, typed=typed, errors=errors, refusal=refusal)
    return make_response(page, status)
