"""Accounts: who works here. A new or forgotten password is set by its owner, by a link that is shown once."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from flask import Response, current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.catalogue.models import Agency
from portal.catalogue.queries import agencies_on, agency_by_code
from portal.foundation.database import transaction
from portal.foundation.errors import NotAllowed, NotFound, PortalError
from portal.foundation.text import N_, clean_line
from portal.foundation.time import today
from portal.staff.accounts import LINK_DAYS, create_account, make_link, staff_by_login
from portal.staff.models import Staff
from portal.staff.permissions import Permission as P
from portal.staff.roles import LABELS, Role
from portal.web.admin import blueprint
from portal.web.frame.access import allow, staff
from portal.web.frame.database import db
from portal.web.frame.language import named, said
from portal.web.frame.navigation import role_words
from portal.web.frame.pagination import page_mark, place_of

PAGE = 50
LIST = "accounts"


@dataclass(frozen=True)
class AccountLine:
    """One account in the list."""

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
    """All accounts by login, page by page; `?q=` begins at a login."""
    asked = clean_line(request.args.get("q", "")[:80]).lower()
    place = place_of(LIST, request.args["after"]) if "after" in request.args else None
    query = select(Staff, Agency).join(Agency, Agency.id == Staff.agency_id).order_by(Staff.login).limit(PAGE + 1)
    if place is not None:
        query = query.where(Staff.login > place[0])
    elif asked:
        query = query.where(Staff.login >= asked)
    rows = db.session().execute(query).tuples().all()
    lines = [_line(account, agency) for account, agency in rows[:PAGE]]
    after = page_mark(LIST, lines[-1].login) if len(rows) > PAGE else ""
    page = render_template(
        "admin/list_accounts.html", lines=lines, asked=asked, after=after, is_first=place is None and not asked
    )
    return make_response(page)


def _line(account: Staff, agency: Agency) -> AccountLine:
    return AccountLine(
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
            account = create_account(session, login=login, name=name, agency_id=body.id, roles=frozenset(chosen))
            token = make_link(session, account)
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
    origin = current_app.config["PORTAL_ORIGIN"]
    site = request.host_url if origin == "portal.local" else f"https://{origin}/"
    address = f"{site}staff/welcome#{token}"
    page = render_template(
        "admin/show_link.html", login=account.login, name=account.name, address=address, days=LINK_DAYS
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
        token = make_link(session, account)
    return _link(account, token)


@blueprint.post("/staff/admin/close-account")
@allow(P.MANAGE_ACCOUNTS)
def close_account() -> Response:
    """Closes an account and ends its sessions at once. Its name stays in the history of its cases."""
    return _changed(_close, _("Tài khoản đã khóa."))


@blueprint.post("/staff/admin/open-account")
@allow(P.MANAGE_ACCOUNTS)
def open_account() -> Response:
    """Opens a closed account again."""
    return _changed(_open, _("Tài khoản đã mở lại."))


def _changed(change: Callable[[Staff], None], done: str) -> Response:
    session = db.session()
    with transaction(session):
        change(_account(session))
    flash(done)
    return make_response(redirect(url_for("admin.list_accounts")))


def _close(account: Staff) -> None:
    if account.id == staff().id:
        raise NotAllowed(N_("Anh/chị không khóa được tài khoản của chính mình."))
    account.active, account.fs_uniquifier = False, secrets.token_hex(16)


def _open(account: Staff) -> None:
    account.active = True


def _account(session: Session) -> Staff:
    """The account that the form names. (No login stands in an address.)"""
    account = staff_by_login(session, request.form.get("login", "")[:80])
    if account is None:
        raise NotFound(N_("Không có tài khoản này."))
    return account
