"""The rules by which reports are routed: the list of a day, each rule with its history, and the form of a change.

An administrator sees no case: what is shown here is rules, bodies and numbers (decision 0041).
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from portal.cases.routing_changes import HISTORY, ahead, call_off, cells, new_code, propose, versions
from portal.catalogue import queries
from portal.catalogue.changing import changes_of
from portal.catalogue.models import ForwardBody
from portal.catalogue.routing_models import ProposalState, RoutingProposal
from portal.foundation.database import transaction
from portal.foundation.errors import Conflict, FieldErrors, PortalError
from portal.foundation.time import today
from portal.intake.dates import read_date
from portal.staff.permissions import Permission as P
from portal.web.admin import blueprint
from portal.web.admin.catalogue_fields import Field
from portal.web.admin.catalogue_history import told
from portal.web.admin.routing_form import Typed, choices, filled, read, read_day, typed_in
from portal.web.admin.routing_words import CONDITIONS, ROLES, rule_line, rule_name
from portal.web.frame.access import allow, staff
from portal.web.frame.database import db
from portal.web.frame.language import said, said_at_fields
from portal.web.frame.templating import day

ROOT = "/staff/admin/routing"
WAITING = (ProposalState.COUNTING, ProposalState.READY)


@blueprint.get(ROOT)
@allow(P.MANAGE_CATALOGUE)
def list_routing() -> Response:
    """The rules that hold on a day, by rank; and the changes that wait."""
    session = db.session()
    on, error = _day_asked(request.args.get("on", "")[:40])
    by_code = {one.code: one for one in queries.categories(session)}
    rules = queries.routing_rules(session, on)
    page = render_template(
        "admin/list_routing.html",
        lines=[rule_line(row, by_code, _bodies()) for row in rules],
        on=day(on),
        is_today=on == today(),
        errors={"on": error} if error else {},
        proposals=_waiting({row.code: row.rank for row in rules}),
    )
    return make_response(page, 422 if error else 200)


def _day_asked(typed: str) -> tuple[date, str]:
    if not typed.strip():
        return today(), ""
    try:
        return read_date(typed, today(), may_lie_ahead=True) or today(), ""
    except PortalError as error:
        return today(), said(error)


def _bodies() -> dict[str, ForwardBody]:
    return {one.code: one for one in queries.forward_bodies(db.session())}


def _waiting(ranks: Mapping[str, int]) -> list[dict[str, object]]:
    query = select(RoutingProposal).where(RoutingProposal.state.in_(WAITING)).order_by(RoutingProposal.id.desc())
    return [
        {
            "number": one.id,
            "name": _("Quy tắc mới") if one.rule and one.code not in ranks else rule_name(one.code, ranks),
            "from": day(one.valid_from),
            "is_ready": one.state is ProposalState.READY,
        }
        for one in db.session().scalars(query.limit(50))
    ]


@blueprint.get(f"{ROOT}/rules/<key>")
@allow(P.MANAGE_CATALOGUE)
def show_rule(key: str) -> Response:
    """A rule: what it says today, its versions, its history."""
    return _rule_page(key)


def _rule_page(key: str, errors: Mapping[str, str] | None = None, status: int = 200, typed: str = "") -> Response:
    session = db.session()
    known = versions(session, key)
    history = changes_of(session, (HISTORY, key))
    if not known and not history:
        return abort(404)
    by_code = {one.code: one for one in queries.categories(session)}
    shown = [rule_line(queries.routing_row(one), by_code, _bodies()) for one in known]
    begins = ahead(known)
    page = render_template(
        "admin/show_routing_rule.html",
        key=key,
        rank=known[0].rank if known else 0,
        versions=shown,
        begins=day(begins) if begins else "",
        can_change=bool(known) and begins is None and (known[0].valid_to is None or known[0].valid_to >= today()),
        history=told(session, history, history_fields()),
        errors=dict(errors or {}),
        typed=typed,
    )
    return make_response(page, status)


def history_fields() -> list[Field]:
    """A rule's cells as its history names them."""
    lists = choices(db.session())

    def field(name: str, label: str) -> Field:
        return Field(name, label, "choice", choices=lambda: lists[name]) if name in lists else Field(name, label)

    labels = {
        "rank": _("Thứ tự"),
        **{name: words for name, words in CONDITIONS.items() if name != "release"},
        **{role.value: words for role, words in ROLES.items()},
        "release": _("Khi nào chuyển"),
        "suggestion": _("Sau khi che thường chuyển"),
        "refused_to": _("Chỉ nơi gửi"),
        "reason_vi": _("Lý do tiếng Việt"),
        "reason_en": _("Lý do tiếng Anh"),
    }
    days = [Field("valid_from", _("Từ ngày"), "day"), Field("valid_to", _("Đến hết ngày"), "day")]
    return [field(name, words) for name, words in labels.items()] + days


@blueprint.get(f"{ROOT}/new")
@allow(P.MANAGE_CATALOGUE)
def new_rule() -> Response:
    """The form of a rule that is not there yet."""
    return _form("", filled({}))


@blueprint.post(f"{ROOT}/new")
@allow(P.MANAGE_CATALOGUE)
def propose_rule() -> Response:
    """Proposes a new rule; its dry run begins."""
    return _propose("")


@blueprint.get(f"{ROOT}/rules/<key>/change")
@allow(P.MANAGE_CATALOGUE)
def edit_rule(key: str) -> Response:
    """The form of a rule's next version, filled with what holds."""
    known = versions(db.session(), key)
    if not known:
        return abort(404)
    return _form(key, filled(cells(queries.routing_row(known[0]))))


@blueprint.post(f"{ROOT}/rules/<key>/change")
@allow(P.MANAGE_CATALOGUE)
def propose_change(key: str) -> Response:
    """Proposes a rule's next version; its dry run begins."""
    if not versions(db.session(), key):
        return abort(404)
    return _propose(key)


@blueprint.post(f"{ROOT}/rules/<key>/end")
@allow(P.MANAGE_CATALOGUE)
def propose_end(key: str) -> Response:
    """Proposes that a rule holds no more from a day on."""
    session, login = db.session(), staff().login
    typed = request.form.get("valid_from", "")[:40]
    if not versions(session, key):
        return abort(404)
    try:
        valid_from = read_day(typed, today())
        with transaction(session):
            number = propose(session, key, {}, valid_from, by_login=login).id
    except FieldErrors as error:
        return _rule_page(key, {"valid_from": said(next(iter(error.fields.values())))}, 422, typed)
    except PortalError as error:
        return _rule_page(key, {"valid_from": said(error)}, 422, typed)
    return _to_proposal(number)


@blueprint.post(f"{ROOT}/rules/<key>/call-off")
@allow(P.MANAGE_CATALOGUE)
def call_off_change(key: str) -> Response:
    """Takes a change back before its first day."""
    session, login = db.session(), staff().login
    try:
        with transaction(session):
            call_off(session, key, by_login=login)
    except FieldErrors as error:
        return _rule_page(key, {"main": said(next(iter(error.fields.values())))}, 409)
    except Conflict as error:
        return _rule_page(key, {"main": said(error)}, 409)
    flash(_("Đã bỏ thay đổi sắp tới. Quy tắc giữ như hôm nay."))
    return make_response(redirect(url_for("admin.show_rule", key=key)))


def _propose(key: str) -> Response:
    session, login = db.session(), staff().login
    typed = typed_in(request.form)
    values, valid_from = read(session, typed, today())
    if typed.errors or valid_from is None:
        return _form(key, typed, 422)
    try:
        with transaction(session):
            number = propose(session, key or new_code(), values, valid_from, by_login=login).id
    except FieldErrors as error:
        typed.errors = said_at_fields(error)
        return _form(key, typed, 422)
    return _to_proposal(number)


def _to_proposal(number: int) -> Response:
    return make_response(redirect(url_for("admin.show_proposal", number=number)))


def _form(key: str, typed: Typed, status: int = 200) -> Response:
    boxes = {name: _items(items) for name, items in choices(db.session()).items()}
    context: dict[str, Any] = {"choices": choices(db.session()), "boxes": boxes}
    page = render_template("admin/edit_routing_rule.html", key=key, typed=typed, errors=typed.errors, **context)
    return make_response(page, status)


def _items(pairs: Any) -> list[dict[str, str]]:
    return [{"value": value, "text": text} for value, text in pairs]
