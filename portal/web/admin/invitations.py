"""Inviting many at once: paste or upload, look at every line, make all of them, take the links away once."""

from collections.abc import Sequence

from flask import Response, current_app, make_response, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from portal.catalogue.models import Agency
from portal.catalogue.queries import agencies_on
from portal.foundation.database import transaction
from portal.foundation.errors import NotFound, PortalError
from portal.foundation.text import N_
from portal.foundation.time import today
from portal.staff.accounts import LINK_DAYS, staff_of_link
from portal.staff.invitations import MOST_ROWS, Invitation, as_csv, invite, read_invitations
from portal.staff.models import Staff
from portal.staff.permissions import Permission as P
from portal.staff.roles import LABELS
from portal.web.admin import blueprint
from portal.web.frame.access import allow, staff
from portal.web.frame.database import db
from portal.web.frame.language import said


@blueprint.get("/staff/admin/invite")
@allow(P.MANAGE_ACCOUNTS)
def show_invite() -> Response:
    """The page to paste or upload on."""
    return _page("")


@blueprint.post("/staff/admin/invite")
@allow(P.MANAGE_ACCOUNTS)
def plan_invite() -> Response:
    """Every line with what is wrong with it. Nothing is made yet."""
    typed, error = _typed()
    if error:
        return _page(typed, error, status=422)
    session = db.session()
    try:
        lines = read_invitations(session, typed, _agencies(session))
    except PortalError as wrong:
        return _page(typed, said(wrong), status=422)
    return _page(typed, lines=lines, status=422 if any(one.errors for one in lines) else 200)


@blueprint.post("/staff/admin/invite/confirmed")
@allow(P.MANAGE_ACCOUNTS)
def make_invite() -> Response:
    """Makes all accounts in one transaction and shows their links, once."""
    session, typed, own_id = db.session(), request.form.get("lines", ""), staff().id
    try:
        with transaction(session):
            agencies = _agencies(session)
            lines = read_invitations(session, typed, agencies)
            if any(one.errors for one in lines):
                return _page(typed, lines=lines, status=422)
            made = invite(session, lines, agencies, by=session.get_one(Staff, own_id))
    except PortalError as wrong:
        return _page(typed, said(wrong), status=422)
    shown = [(account.name, account.login, link_address(token)) for account, token in made]
    page = render_template(
        "admin/show_links.html", made=shown, tokens="\n".join(token for _account, token in made), days=LINK_DAYS
    )
    return make_response(page)


@blueprint.post("/staff/admin/invite/links.csv")
@allow(P.MANAGE_ACCOUNTS)
def download_links() -> Response:
    """The links that were just shown, as a file. Nobody keeps them here: the page that shows them sends them back."""
    session = db.session()
    rows = [["agency", "login", "name", "link"]]
    for token in request.form.get("tokens", "").split()[:MOST_ROWS]:
        try:
            account, _link = staff_of_link(session, token)
        except NotFound:
            continue
        agency = session.get_one(Agency, account.agency_id)
        rows.append([agency.code, account.login, account.name, link_address(token)])
    if len(rows) == 1:
        raise NotFound(N_("Không còn đường dẫn nào dùng được."))
    answer = make_response(as_csv(rows))
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    answer.headers["Content-Disposition"] = 'attachment; filename="links.csv"'
    return answer


def link_address(token: str) -> str:
    """Where a one-time link leads. The token stands behind #, so that no server's log has it."""
    origin = current_app.config["PORTAL_ORIGIN"]
    site = request.host_url if origin == "portal.local" else f"https://{origin}/"
    return f"{site}staff/welcome#{token}"


def _typed() -> tuple[str, str]:
    """What was pasted, or what is in the file if there is one; and why that cannot be read."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return request.form.get("lines", ""), ""
    try:
        return file.read().decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return request.form.get("lines", ""), _("Tệp này không phải văn bản UTF-8.")


def _agencies(session: Session) -> dict[str, int]:
    return {row.code: row.id for row in agencies_on(session, today())}


def _page(typed: str, error: str = "", lines: Sequence[Invitation] = (), status: int = 200) -> Response:
    wrong = sum(1 for one in lines if one.errors)
    if wrong:
        error = ngettext(
            "%(num)s dòng cần sửa. Chưa có tài khoản nào được cấp.",
            "%(num)s dòng cần sửa. Chưa có tài khoản nào được cấp.",
            wrong,
        )
    page = render_template(
        "admin/show_invite.html",
        typed=typed,
        errors={"lines": error} if error else {},
        rows=[(one, [said(wrong) for wrong in one.errors]) for one in lines],
        roles=[(role.value, _(words)) for role, words in LABELS.items()],
        most=MOST_ROWS,
    )
    return make_response(page, status)
