"""What an account keeps for itself beside a case: its own day and checklist, on the case's page or by themselves.

One form with one button, so that it needs no script: a day, the list with its ticks, and a line to add.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.cases.access import Viewer
from portal.cases.models import Case
from portal.cases.own_work import add_task, drop_done, own_work, set_own_date, tick
from portal.cases.queries import case_for
from portal.foundation.errors import FieldErrors, PortalError
from portal.foundation.text import N_
from portal.foundation.time import local, today
from portal.intake.dates import LONGEST, read_date
from portal.staff.permissions import Permission as P
from portal.web.desk import blueprint
from portal.web.desk.acting import acting
from portal.web.desk.due_words import short_day
from portal.web.frame.access import allow, viewer
from portal.web.frame.database import db
from portal.web.frame.language import named, said_at_fields
from portal.web.frame.templating import day, weekday

LONGEST_TYPED = 1000
LONGEST_NUMBER = 6
NOT_A_DAY = N_("Hãy ghi một ngày, như 31/12/2026, 31/12 hoặc thứ sáu tuần sau. Không cần hẹn thì để trống.")


@dataclass(frozen=True)
class TaskLine:
    """One line of the checklist; `done`: the day on which it was done."""

    position: int
    text: str
    is_done: bool
    done: str


@dataclass(frozen=True)
class OwnForm:
    """The form as its page shows it."""

    reference: str
    due: str  # in words
    is_due: bool  # today, or passed
    typed_date: str
    typed_task: str
    tasks: Sequence[TaskLine]
    errors: Mapping[str, str] = field(default_factory=dict)


@blueprint.get("/staff/cases/<reference>/own")
@allow(P.READ_ALL_CASES, P.READ_AGENCY_CASES)
def show_own_work(reference: str) -> Response:
    """The form on a page of its own."""
    return _page(reference, {}, {})


@blueprint.post("/staff/cases/<reference>/own")
@allow(P.READ_ALL_CASES, P.READ_AGENCY_CASES)
def save_own_work(reference: str) -> Response:
    """Saves day, ticks and the new line together, or nothing; `drop` takes what is done off the list as well."""
    typed = {name: request.form.get(name, "")[:LONGEST_TYPED] for name in ("own_date", "own_task")}
    try:
        due_on = _day_of(typed["own_date"])
        with acting() as who:
            case = case_for(who.session, who.viewer, reference, lock=True).case
            set_own_date(who.session, who.viewer, case, due_on, today())
            tick(who.session, who.viewer, case, _positions("shown"), _positions("done"))
            if "drop" in request.form:
                drop_done(who.session, who.viewer, case)
            add_task(who.session, who.viewer, case, typed["own_task"])
    except FieldErrors as error:
        return _page(reference, typed, said_at_fields(error), 422)
    flash(_("Đã lưu phần việc riêng của anh/chị."))
    return make_response(redirect(url_for("desk.show_case", reference=case.reference)))


def _positions(name: str) -> set[int]:
    """The lines that a form names."""
    return {int(one) for one in request.form.getlist(name)[:100] if one.isdecimal() and len(one) < LONGEST_NUMBER}


def _day_of(typed: str) -> date | None:
    """The day that was typed. Raises FieldErrors for what is none."""
    if not typed.strip():
        return None
    try:
        return read_date(typed[:LONGEST], today(), may_lie_ahead=True)
    except PortalError as error:
        raise FieldErrors(N_("Xin kiểm tra lại."), {"own_date": PortalError(NOT_A_DAY)}) from error


def own_form(session: Session, who: Viewer, case: Case) -> OwnForm:
    """What the account keeps beside this case."""
    kept = own_work(session, who, case)
    return OwnForm(
        reference=case.reference,
        due=weekday(kept.due_on) if kept.due_on is not None else "",
        is_due=kept.due_on is not None and kept.due_on <= today(),
        typed_date=day(kept.due_on) if kept.due_on is not None else "",
        typed_task="",
        tasks=[
            TaskLine(
                one.position,
                one.text,
                one.done_at is not None,
                short_day(local(one.done_at).date()) if one.done_at is not None else "",
            )
            for one in kept.tasks
        ],
    )


def _page(reference: str, typed: Mapping[str, str], errors: Mapping[str, str], status: int = 200) -> Response:
    session, who = db.session(), viewer()
    file = case_for(session, who, reference)
    kept = own_form(session, who, file.case)
    own = OwnForm(
        kept.reference,
        kept.due,
        kept.is_due,
        typed.get("own_date", kept.typed_date),
        typed.get("own_task", ""),
        kept.tasks,
        errors,
    )
    body = render_template("desk/show_own_work.html", own=own, errors=errors, category=named(file.category))
    return make_response(body, status)
