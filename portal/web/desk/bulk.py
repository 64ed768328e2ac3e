"""One move for several cases: a page that lists what will happen to each, one button, and a page of what was done.

Each case is moved by its own action in its own transaction; its version mark is that of the page that was confirmed.
"""

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.cases.access import Viewer
from portal.cases.actions.several import KINDS, Aim, is_done_already, obstacle, picked
from portal.cases.casefile import CaseFile
from portal.cases.queries import case_for
from portal.cases.status import BY_NAME
from portal.foundation.errors import Conflict, FieldErrors, NotFound, PortalError
from portal.foundation.text import N_
from portal.staff.permissions import Permission as P
from portal.web.desk import blueprint
from portal.web.desk.acting import acting
from portal.web.desk.bulk_fields import aim_of, fields_of, first_of
from portal.web.desk.bulk_lines import PlanLine, plan_line, unseen_line
from portal.web.desk.move_fields import shown_field
from portal.web.desk.move_pages import MOVE_PAGES
from portal.web.desk.moves import LONGEST_TYPED
from portal.web.desk.opened_on import version_mark
from portal.web.frame.access import allow, viewer
from portal.web.frame.database import db
from portal.web.frame.language import said, said_at_fields

LONGEST_BACK = 2000


@dataclass(frozen=True)
class Asked:
    """What a form asks for: the move, the cases with the marks that its page showed, what was typed, the way back."""

    move: str
    references: Sequence[str]
    marks: Mapping[str, str]
    typed: Mapping[str, str]
    back: str


@dataclass(frozen=True)
class Made:
    """What became of one case."""

    reference: str
    why_not: str = ""
    is_from_before: bool = False  # the button was pressed twice


@blueprint.post("/staff/bulk")
@allow(P.ASSIGN_CASE, P.REFER_CASE, P.TRIAGE_CASE)
def plan_bulk() -> Response:
    """What the move would do to each of the picked cases; nothing is done yet."""
    try:
        asked = _asked()
    except PortalError as error:
        flash(said(error), "no")
        return make_response(redirect(_queue(request.form.get("back", ""))))
    return _confirmation(asked, {})


@blueprint.post("/staff/bulk/confirmed")
@allow(P.ASSIGN_CASE, P.REFER_CASE, P.TRIAGE_CASE)
def make_bulk() -> Response:
    """Makes the move, unless the page did not say yet what stands in its way."""
    try:
        asked = _asked()
    except PortalError as error:
        flash(said(error), "no")
        return make_response(redirect(_queue(request.form.get("back", ""))))
    session, who = db.session(), viewer()
    try:
        aim = aim_of(session, who, asked.move, asked.typed)
    except FieldErrors as error:
        return _confirmation(asked, said_at_fields(error), status=422)
    if any(line.why_not and not line.has_changed for line in _plan(session, who, asked, aim)):
        return _confirmation(asked, {}, aim=aim, status=409)
    made = [_make(asked, aim, reference) for reference in asked.references]
    return make_response(
        render_template(
            "desk/bulk_done.html",
            move=asked.move,
            label=_(BY_NAME[asked.move].label),
            done=[one for one in made if not one.why_not],
            failed=[one for one in made if one.why_not],
            typed=asked.typed,
            back=asked.back,
            queue=_queue(asked.back),
        )
    )


def _asked() -> Asked:
    """Reads the form. Raises PortalError when no case is picked, or too many."""
    move = request.form.get("do", "")
    if move not in KINDS:
        abort(404)
    if not BY_NAME[move].permissions & viewer().permissions or not viewer().reads_narratives:
        abort(403)
    typed = {
        one.name: request.form[one.name][:LONGEST_TYPED] for one in MOVE_PAGES[move].fields if one.name in request.form
    }
    references = picked(request.form.getlist("case"))
    marks = {one: request.form.get(f"mark-{one}", "") for one in references}
    return Asked(move, references, marks, typed, request.form.get("back", "")[:LONGEST_BACK])


def _queue(back: str) -> str:
    """The queue as it was filtered when the cases were picked."""
    return url_for("desk.list_queue") + (f"?{back}" if back else "")


def _plan(session: Session, who: Viewer, asked: Asked, aim: Aim) -> list[PlanLine]:
    """What would happen to each case, as it stands now."""
    return [_planned(session, who, asked, aim, reference) for reference in asked.references]


def _planned(session: Session, who: Viewer, asked: Asked, aim: Aim, reference: str) -> PlanLine:
    try:
        file = case_for(session, who, reference)
    except NotFound as error:
        return unseen_line(reference, said(error))
    found = obstacle(session, who, file, asked.move, aim)
    line = plan_line(session, who, file, asked.move, said(found) if found is not None else "")
    return replace(line, has_changed=bool(asked.marks[reference]) and not _is_same(asked, file))


def _is_same(asked: Asked, file: CaseFile) -> bool:
    mark = asked.marks.get(file.case.reference, "")
    return hmac.compare_digest(mark.encode(), version_mark(file.case).encode())


def _confirmation(asked: Asked, errors: Mapping[str, str], aim: Aim | None = None, status: int = 200) -> Response:
    session, who = db.session(), viewer()
    page, move = MOVE_PAGES[asked.move], BY_NAME[asked.move]
    lines = _plan(session, who, asked, aim or Aim())
    held = {**first_of(session, who, asked.move), **asked.typed}
    body = render_template(
        "desk/bulk_confirm.html",
        move=asked.move,
        label=_(move.label),
        page=page,
        able=[line for line in lines if not line.why_not],
        unable=[line for line in lines if line.why_not],
        fields=[
            shown_field(one, held.get(one.name, ""), choices) for one, choices in fields_of(session, who, asked.move)
        ],
        errors=errors,
        is_new=status == 409,
        back=asked.back,
        queue=_queue(asked.back),
    )
    return make_response(body, status)


def _make(asked: Asked, aim: Aim, reference: str) -> Made:
    """The move with one case. What fails here fails alone."""
    try:
        with acting() as who:
            file = case_for(who.session, who.viewer, reference, lock=True)
            if not _is_same(asked, file):
                if is_done_already(who.session, file.case, who.staff, asked.move, aim):
                    return Made(reference, is_from_before=True)
                raise Conflict(N_("Vụ việc đã đổi sau khi anh/chị mở trang xác nhận."))
            page = MOVE_PAGES[asked.move]
            page.act(who, file, {**dict.fromkeys((one.name for one in page.fields), ""), **asked.typed})
    except FieldErrors as error:
        return Made(reference, said(next(iter(error.fields.values()))))
    except PortalError as error:
        return Made(reference, said(error))
    return Made(reference)
