"""How much each colleague holds, and the next case for whoever asks (decision 0017)."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.cases import actions
from portal.cases.access import Viewer
from portal.cases.workload import Load, has_room, held_by, loads, team, with_room
from portal.catalogue import queries as catalogue
from portal.foundation.errors import Conflict
from portal.foundation.time import today
from portal.staff.models import Staff
from portal.staff.permissions import Permission as P
from portal.web.desk import blueprint
from portal.web.desk.acting import acting
from portal.web.frame.access import allow, viewer
from portal.web.frame.database import db
from portal.web.frame.language import said

SOON_DAYS = 3  # working days


@dataclass(frozen=True)
class LoadLine:
    """One colleague, or what nobody holds."""

    name: str
    login: str  # empty: nobody
    load: Load
    is_own: bool


@blueprint.get("/staff/workload")
@allow(P.ASSIGN_CASE)
def show_workload() -> Response:
    """The team's cases, for whoever may give them."""
    return _show(db.session(), _inspector())


@blueprint.post("/staff/next")
@allow(P.ASSIGN_CASE)
def take_next() -> Response:
    """Hands out the next case; somebody with many more than the team's middle is told who has room, and may insist."""
    session, own = db.session(), _inspector()
    held = request.form.get("held", "")[:6]
    if "anyway" not in request.form and not _has_room(session, own):
        return _show(session, own, status=409, is_full=True)
    try:
        with acting() as who:
            count = int(held) if held.isdecimal() else -1
            file = actions.hand_out(who.session, who.staff, who.viewer, held=count)
    except Conflict as error:
        flash(said(error), "no")
        return make_response(redirect(url_for("desk.show_workload")))
    if file is None:
        flash(_("Không còn vụ việc nào chưa giao mà anh/chị nhận được."), "no")
        return make_response(redirect(url_for("desk.show_workload")))
    flash(_("Anh/chị đã nhận vụ việc này."))
    return make_response(redirect(url_for("desk.show_case", reference=file.case.reference)))


def _inspector() -> Viewer:
    """The account, if it is an inspector's of one of the two committees: agencies' officers hold no case."""
    who = viewer()
    if P.ASSIGN_CASE not in who.permissions:
        abort(403)
    return who


def _loads(session: Session, who: Viewer) -> dict[int | None, Load]:
    on = today()
    return loads(session, who, on, catalogue.calendar(session).add(on, SOON_DAYS))


def _has_room(session: Session, who: Viewer) -> bool:
    held = _loads(session, who)
    figures = [held.get(one.id, Load()).to_do for one in team(session, who.agency_id)]
    return has_room(held.get(who.staff_id, Load()).to_do, figures)


def _show(session: Session, who: Viewer, *, status: int = 200, is_full: bool = False) -> Response:
    held, members = _loads(session, who), team(session, who.agency_id)
    own = held.get(who.staff_id, Load())
    body = render_template(
        "desk/show_workload.html",
        lines=_lines(who, members, held),
        shows_restricted=who.reads_restricted,
        held=held_by(session, who),
        to_do=own.to_do,
        is_full=is_full,
        with_room=[(one.name, count) for one, count in with_room(members, held) if one.id != who.staff_id],
        soon_days=SOON_DAYS,
    )
    return make_response(body, status)


def _lines(who: Viewer, members: Sequence[Staff], held: dict[int | None, Load]) -> list[LoadLine]:
    lines = [LoadLine(one.name, one.login, held.get(one.id, Load()), one.id == who.staff_id) for one in members]
    lines.sort(key=lambda line: -line.load.open)
    return [*lines, LoadLine(_("Chưa giao"), "", held.get(None, Load()), is_own=False)]
