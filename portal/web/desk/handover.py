"""Handing over the cases of a colleague who leaves: who takes them, how many, then one button (decision 0020)."""

from dataclasses import dataclass, field

from flask import Response, abort, make_response, render_template, request
from flask_babel import gettext as _
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.cases import actions
from portal.cases.access import Viewer
from portal.cases.actions.handing_over import held_cases
from portal.cases.queries import viewer_of
from portal.cases.workload import team
from portal.foundation.errors import NotAllowed, NotFound
from portal.foundation.text import N_
from portal.staff.accounts import staff_by_login
from portal.staff.models import Staff
from portal.staff.permissions import Permission as P
from portal.web.desk import blueprint
from portal.web.desk.acting import acting
from portal.web.frame.access import allow, viewer
from portal.web.frame.database import db
from portal.web.frame.language import said

MOST_BATCHES = 4  # a request ends in seconds; what is left over waits for the next press


@dataclass(frozen=True)
class Leaver:
    """Somebody who holds cases."""

    login: str
    name: str
    count: int
    is_active: bool


@dataclass
class Done:
    """What a press of the button did."""

    successor: str
    given: int = 0
    unheld: list[str] = field(default_factory=list)


@blueprint.get("/staff/handover")
@allow(P.READ_RESTRICTED_CASES)
def show_handover() -> Response:
    """Who holds how many cases, and who could take them."""
    return _page(db.session(), _chief(), {})


@blueprint.post("/staff/handover")
@allow(P.READ_RESTRICTED_CASES)
def plan_handover() -> Response:
    """Says what will happen: how many cases, from whom, to whom. Nothing is done yet."""
    session, who = db.session(), _chief()
    leavers, errors = _leavers(session, who), {}
    asked, to = request.form.get("leaver", "")[:80], request.form.get("successor", "")[:80]
    leaver = next((one for one in leavers if one.login == asked), None)
    successor = next((one for one in team(session, who.agency_id) if one.login == to), None)
    if leaver is None:
        errors["leaver"] = _("Hãy chọn người bàn giao.")
    if successor is None:
        errors["successor"] = _("Hãy chọn người nhận.")
    elif leaver is not None and leaver.login == successor.login:
        errors["successor"] = _("Người nhận phải là người khác.")
    if errors or leaver is None or successor is None:
        return _page(session, who, errors, 422)
    return make_response(render_template("desk/confirm_handover.html", leaver=leaver, successor=successor))


@blueprint.post("/staff/handover/confirmed")
@allow(P.READ_RESTRICTED_CASES)
def make_handover() -> Response:
    """Hands over, fifty cases a transaction; says which the successor may not hold."""
    _chief()
    after, done = 0, Done("")
    try:
        for _batch in range(MOST_BATCHES):
            with acting() as who:
                leaver, successor = _account(who.session, "leaver"), _account(who.session, "successor")
                sees = viewer_of(who.session, successor)
                batch = actions.hand_over(
                    who.session, who.staff, who.viewer, leaver=leaver, successor=successor, sees=sees, after=after
                )
                done.successor, after = successor.name, batch.last_id
            done.given += len(batch.given)
            done.unheld += batch.unheld
            if not after:
                break
    except NotAllowed as error:
        return _page(db.session(), viewer(), {"successor": said(error)}, 422)
    return _page(db.session(), viewer(), {}, done=done)


def _chief() -> Viewer:
    """The account, if it is a chief inspector's of one of the two committees."""
    who = viewer()
    if P.READ_RESTRICTED_CASES not in who.permissions:
        abort(403)
    return who


def _account(session: Session, name: str) -> Staff:
    account = staff_by_login(session, request.form.get(name, "")[:80])
    if account is None:
        raise NotFound(N_("Không có tài khoản này."))
    return account


def _leavers(session: Session, who: Viewer) -> list[Leaver]:
    """Whose cases can be handed over: colleagues, and whoever holds cases though the account is closed or elsewhere."""
    held = held_cases(session, who)
    query = select(Staff).where(Staff.id.in_(held), or_(Staff.agency_id == who.agency_id, ~Staff.active))
    rows = session.scalars(query.order_by(Staff.active, Staff.name, Staff.id))
    return [Leaver(one.login, one.name, held[one.id], one.active) for one in rows]


def _page(
    session: Session, who: Viewer, errors: dict[str, str], status: int = 200, done: Done | None = None
) -> Response:
    leavers = _leavers(session, who)
    body = render_template(
        "desk/show_handover.html",
        leavers=leavers,
        options=[(one.login, f"{one.name} ({one.count})") for one in leavers],
        successors=[(one.login, one.name) for one in team(session, who.agency_id)],
        leaver=request.form.get("leaver", "")[:80],
        successor=request.form.get("successor", "")[:80],
        errors=errors,
        done=done,
    )
    return make_response(body, status)
