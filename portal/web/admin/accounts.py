"""Accounts: who works here. A new or forgotten password is set by its owner, by a link that is shown once."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.catalogue.models import Agency
from portal.catalogue.queries import agencies_on, agency_by_code
from portal.foundation.database import transaction
from portal.foundation.errors import NotAllowed, NotFound, PortalError
from portal.foundation.text import N_, clean_line
from portal.foundation.time import today
from portal.staff import changing
from portal.staff.accounts import LINK_DAYS, create_account, make_link, staff_by_login
from portal.staff.finding import AccountFilter, accounts_found
from portal.staff.models import Staff
from portal.staff.permissions import Permission as P
from portal.staff.roles import LABELS, Role
from portal.web.admin import blueprint
from portal.web.admin.invitations import link_address
from portal.web.frame.access import allow, staff
from portal.web.frame.database import db
from portal.web.frame.language import named, said
from portal.web.frame.navigation import role_words
from portal.web.frame.pagination import page_mark, place_of

PAGE = 50
LIST = "accounts"
SEARCHED = ("q", "agency", "role", "state")


@dataclass(frozen=True)
class AccountLine:
    """One account in the list."""

    number: int
    login: str
    name: str
    agency: str
    roles: str
    is_active: bool
    has_password: bool
    is_own: bool


@blueprint.get("/staff/admin")
@allow(P.MANAGE_ACCOUNTS)
def list_accounts() -> Response:
    """The accounts that fit, by login, page by page."""
    session, typed = db.session(), {name: clean_line(request.args.get(name, "")[:80]) for name in SEARCHED}
    place = place_of(LIST, request.args["after"]) if "after" in request.args else None
    wanted = AccountFilter(
        words=typed["q"],
        agency_code=typed["agency"],
        role=next((role for role in Role if role.value == typed["role"]), None),
        is_active={"open": True, "closed": False}.get(typed["state"]),
    )
    rows = accounts_found(session, wanted, place[0] if place else "", PAGE + 1)
    lines = [_line(account, agency) for account, agency in rows[:PAGE]]
    query = urlencode({name: value for name, value in typed.items() if value})
    page = render_template(
        "admin/list_accounts.html",
        lines=lines,
        typed=typed,
        query=query,
        after=page_mark(LIST, lines[-1].login) if len(rows) > PAGE else "",
        is_first=place is None,
        agencies=[(row.code, f"{named(row)} ({row.code})") for row in agencies_on(session, today())],
        roles=[(role.value, _(words)) for role, words in LABELS.items()],
    )
    return make_response(page)


def _line(account: Staff, agency: Agency) -> AccountLine:
    return AccountLine(
        number=account.id,
        login=account.login,
        name=account.name,
        agency=named(agency),
        roles=role_words(account),
        is_active=account.active,
        has_password=account.password is not None,
        is_own=account.id == staff().id,
    )


@blueprint.get("/staff/admin/new")
@allow(P.MANAGE_ACCOUNTS)
def new_account() -> Response:
    """The form for a new account."""
    return _form({})


@blueprint.post("/staff/admin/new")
@allow(P.MANAGE_ACCOUNTS)
def make_account() -> Response:
    """Makes the account and shows its link, once."""
    session, form = db.session(), request.form
    chosen = [role for role in Role if role.value in form.getlist("roles")]
    login, name = form.get("login", "")[:80], form.get("name", "")[:200]
    try:
        with transaction(session):
            body = agency_by_code(session, form.get("agency", ""), today())
            if body is None:
                return _form({"agency": _("Hãy chọn cơ quan.")}, 422)
            account = create_account(
                session, login=login, name=name, agency_id=body.id, roles=frozenset(chosen), by=_own(session)
            )
            token = make_link(session, account, by=_own(session))
    except PortalError as error:
        return _form({"roles" if not chosen or Role.ADMINISTRATOR in chosen else "login": said(error)}, 422)
    return _link(account, token)


def _form(errors: dict[str, str], status: int = 200) -> Response:
    agencies = [(row.code, f"{named(row)} ({row.code})") for row in agencies_on(db.session(), today())]
    roles = [{"value": role.value, "text": _(words)} for role, words in LABELS.items()]
    page = render_template(
        "admin/new_account.html",
        errors=errors,
        login=request.form.get("login", "")[:80],
        name=request.form.get("name", "")[:200],
        agency=request.form.get("agency", ""),
        chosen=request.form.getlist("roles"),
        agencies=agencies,
        roles=roles,
    )
    return make_response(page, status)


def _link(account: Staff, token: str) -> Response:
    """The page that shows a one-time link; leaving it loses the link for good."""
    page = render_template(
        "admin/show_link.html",
        login=account.login,
        name=account.name,
        address=link_address(token),
        days=LINK_DAYS,
    )
    return make_response(page)


@blueprint.post("/staff/admin/reset-password")
@allow(P.MANAGE_ACCOUNTS)
def reset_password() -> Response:
    """A link by which the account's owner sets a new password; the old one holds until then."""
    session = db.session()
    with transaction(session):
        account = _account(session)
        if not account.active:
            raise NotAllowed(N_("Tài khoản này đã bị khóa."))
        token = make_link(session, account, by=_own(session))
    return _link(account, token)


@blueprint.post("/staff/admin/close-account")
@allow(P.MANAGE_ACCOUNTS)
def close_account() -> Response:
    """Closes an account and ends its sessions at once. Its name stays in the history of its cases."""
    return _changed(changing.close_account, _("Tài khoản đã khóa."))


@blueprint.post("/staff/admin/open-account")
@allow(P.MANAGE_ACCOUNTS)
def open_account() -> Response:
    """Opens a closed account again."""
    return _changed(changing.open_account, _("Tài khoản đã mở lại."))


def _changed(change: Callable[..., None], done: str) -> Response:
    session = db.session()
    with transaction(session):
        account = _account(session)
        change(session, account, by=_own(session))
    flash(done)
    return make_response(redirect(url_for("admin.show_account", number=account.id)))


def _own(session: Session) -> Staff:
    return session.get_one(Staff, staff().id)


def _account(session: Session) -> Staff:
    """The account that the form names. (No login stands in an address.)"""
    account = staff_by_login(session, request.form.get("login", "")[:80])
    if account is None:
        raise NotFound(N_("Không có tài khoản này."))
    return account
