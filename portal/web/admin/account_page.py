"""One account: what it is, what can be changed, who stands in for it, and its history."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.catalogue.models import Agency
from portal.catalogue.queries import agencies_on, agency_by_code
from portal.foundation.database import transaction
from portal.foundation.errors import PortalError
from portal.foundation.text import N_
from portal.foundation.time import local, today
from portal.intake.dates import read_date
from portal.staff.changing import change_roles, move_account, rename
from portal.staff.history import changes_of
from portal.staff.history_models import AccountChange
from portal.staff.history_models import AccountChangeKind as Did
from portal.staff.models import Staff
from portal.staff.permissions import Permission as P
from portal.staff.roles import LABELS, Role
from portal.staff.substitutes import colleagues, end_substitute, holds_cases, name_substitute, substitutions
from portal.web.admin import blueprint
from portal.web.frame.access import allow, staff
from portal.web.frame.database import db
from portal.web.frame.language import named, said
from portal.web.frame.navigation import role_words
from portal.web.frame.templating import day, moment

DID = {
    Did.MADE: N_("cấp tài khoản"),
    Did.RENAMED: N_("đổi họ tên"),
    Did.MOVED: N_("chuyển cơ quan"),
    Did.ROLES_CHANGED: N_("đổi vai trò"),
    Did.CLOSED: N_("khóa tài khoản"),
    Did.OPENED: N_("mở lại tài khoản"),
    Did.LINK_MADE: N_("tạo đường dẫn đặt mật khẩu"),
    Did.PASSWORD_SET: N_("đặt mật khẩu"),
    Did.SUBSTITUTE_NAMED: N_("cử người làm thay"),
    Did.SUBSTITUTE_ENDED: N_("thôi cử người làm thay"),
}


@dataclass(frozen=True)
class Moment:
    """One line of the history."""

    at: str
    when: str
    text: str


@blueprint.get("/staff/admin/accounts/<int:number>")
@allow(P.MANAGE_ACCOUNTS)
def show_account(number: int) -> Response:
    """The page of an account. (Its number stands in the address: a login says who somebody is.)"""
    return _page(db.session(), _account(db.session(), number), {})


@blueprint.post("/staff/admin/accounts/<int:number>")
@allow(P.MANAGE_ACCOUNTS)
def change_account(number: int) -> Response:
    """Another name, body or roles, all of them or none."""

    def change(session: Session, account: Staff, by: Staff) -> None:
        body = agency_by_code(session, request.form.get("agency", ""), today())
        current = session.get_one(Agency, account.agency_id)
        if body is None and request.form.get("agency") != current.code:
            raise PortalError(N_("Hãy chọn cơ quan."))
        rename(session, account, request.form.get("name", "")[:200], by=by)
        move_account(session, account, (body or current).id, by=by)
        roles = frozenset(role for role in Role if role.value in request.form.getlist("roles"))
        change_roles(session, account, roles, by=by)

    return _changed(number, change, _("Đã lưu. Thay đổi có hiệu lực từ lần mở trang tiếp theo của người này."), "name")


@blueprint.post("/staff/admin/accounts/<int:number>/substitute")
@allow(P.MANAGE_ACCOUNTS)
def add_substitute(number: int) -> Response:
    """Names who stands in, from one day to another."""

    def change(session: Session, account: Staff, by: Staff) -> None:
        chosen = request.form.get("substitute", "")
        substitute = next((one for one in colleagues(session, account) if one.login == chosen), None)
        first = read_date(request.form.get("from_on", "")[:40], today())
        last = read_date(request.form.get("to_on", "")[:40], today())
        if substitute is None or first is None or last is None:
            raise PortalError(N_("Hãy chọn người làm thay và cả hai ngày."))
        name_substitute(session, account, substitute, first, last, by=by, today=today())

    return _changed(number, change, _("Đã cử người làm thay."), "substitute")


@blueprint.post("/staff/admin/accounts/<int:number>/end-substitute")
@allow(P.MANAGE_ACCOUNTS)
def stop_substitute(number: int) -> Response:
    """Ends a substitution today."""
    asked = request.form.get("substitution", "")[:12]

    def change(session: Session, account: Staff, by: Staff) -> None:
        end_substitute(session, account, int(asked) if asked.isdecimal() else 0, by=by, today=today())

    return _changed(number, change, _("Từ hôm nay không còn ai làm thay trong lần này."), "substitute")


def _changed(number: int, change: Callable[[Session, Staff, Staff], None], done: str, field: str) -> Response:
    session, own_id = db.session(), staff().id
    try:
        with transaction(session):
            change(session, _account(session, number), session.get_one(Staff, own_id))
    except PortalError as error:
        return _page(session, _account(session, number), {field: said(error)}, 422)
    flash(done)
    return make_response(redirect(url_for("admin.show_account", number=number)))


def _account(session: Session, number: int) -> Staff:
    account = session.get(Staff, number) if number < 2**31 else None
    return account if account is not None else abort(404)


def _page(session: Session, account: Staff, errors: dict[str, str], status: int = 200) -> Response:
    typed = request.form if errors else {}
    body = session.get_one(Agency, account.agency_id)
    agencies = {row.code: f"{named(row)} ({row.code})" for row in agencies_on(session, today())}
    agencies.setdefault(body.code, f"{named(body)} ({body.code})")
    edits = "name" in typed
    page = render_template(
        "admin/show_account.html",
        account=account,
        agency=named(body),
        roles_held=role_words(account),
        is_own=account.id == staff().id,
        errors=errors,
        name=typed.get("name", account.name)[:200],
        chosen_agency=typed.get("agency", body.code),
        chosen_roles=request.form.getlist("roles") if edits else sorted(account.role_words),
        agencies=list(agencies.items()),
        roles=[{"value": role.value, "text": _(words)} for role, words in LABELS.items()],
        colleagues=[(one.login, one.name) for one in colleagues(session, account)] if holds_cases(account) else [],
        substitute=typed.get("substitute", ""),
        from_on=typed.get("from_on", "")[:40],
        to_on=typed.get("to_on", "")[:40],
        substitutions=[
            (made.id, one.name, day(made.from_on), day(made.to_on))
            for made, one in substitutions(session, account, today())
        ],
        history=_history(session, changes_of(session, account)),
    )
    return make_response(page, status)


def _history(session: Session, changes: Iterable[AccountChange]) -> list[Moment]:
    rows = list(changes)
    people = {one.by_id for one in rows} | {one.detail.get("substitute") for one in rows}
    names = {one.id: one.name for one in session.scalars(select(Staff).where(Staff.id.in_(people - {None})))}
    bodies = {one.detail[key] for one in rows if one.kind is Did.MOVED for key in ("from", "to")}
    agencies = {one.id: named(one) for one in session.scalars(select(Agency).where(Agency.id.in_(bodies)))}

    def told(one: AccountChange) -> str:
        words = _(DID[one.kind])
        before, after = one.detail.get("from"), one.detail.get("to")
        if one.kind is Did.MOVED:
            before, after = agencies[before], agencies[after]
        elif one.kind is Did.ROLES_CHANGED:
            before, after = (", ".join(_(LABELS[Role(role)]) for role in side) for side in (before, after))
        elif one.detail.get("substitute"):
            return f"{words}: {names[one.detail['substitute']]}, {before} – {after}"
        return f"{words}: {before} → {after}" if before else str(words)

    server = _("máy chủ")
    return [
        Moment(
            local(one.at).isoformat(timespec="seconds"),
            moment(one.at),
            f"{told(one)} ({names.get(one.by_id or 0, server)})",
        )
        for one in rows
    ]
