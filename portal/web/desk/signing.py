"""Signing in and out, and setting a password by a one-time link.

Whoever tries a login learns nothing from text or time: unknown, closed and wrong all cost one argon2 and read alike.
"""

import hashlib
import hmac
import secrets
import unicodedata
from datetime import timedelta
from functools import cache
from pathlib import Path

from flask import Response, flash, make_response, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from flask_security import hash_password, login_user, logout_user
from flask_security.utils import verify_and_update_password, verify_password

from portal.catalogue.models import Agency
from portal.foundation.database import transaction
from portal.foundation.errors import NotFound, PortalError
from portal.foundation.text import clean_line
from portal.foundation.time import now
from portal.staff.accounts import LONGEST_PASSWORD, SHORTEST_PASSWORD, staff_by_login, use_link
from portal.staff.models import Staff
from portal.staff.permissions import Permission as P
from portal.staff.roles import READS_CASES
from portal.web.desk import blueprint
from portal.web.frame import limits
from portal.web.frame.access import Who, allow, staff
from portal.web.frame.database import db
from portal.web.frame.duties import duties_of
from portal.web.frame.language import named, said

SESSION_LIVES = timedelta(hours=12)
CLOCKS_DIFFER = timedelta(minutes=5)
SIGNED_IN_AT = "signed_in_at"


@blueprint.get("/staff")
@allow(Who.SIGNED_IN)
def start() -> Response:
    """Where an account's work begins; for a role that has no work of its own here yet, what it is and can do."""
    held = staff().permissions
    if held & READS_CASES:
        return make_response(redirect(url_for("desk.list_queue")))
    if P.MANAGE_ACCOUNTS in held:
        return make_response(redirect(url_for("admin.list_accounts")))
    if P.READ_OVERSIGHT in held:
        return make_response(redirect(url_for("oversight.show_oversight")))
    return show_role()


@blueprint.get("/staff/role")
@allow(Who.SIGNED_IN)
def show_role() -> Response:
    """What the account's roles have to do with the directive, and what they find here."""
    account = staff()
    agency = named(db.session().get_one(Agency, account.agency_id))
    return make_response(render_template("desk/show_role.html", duties=duties_of(account), agency=agency))


def _login_mark() -> str:
    """The login that is tried, as a keyed hash: guesses on one account count together, wherever they come from."""
    login = clean_line(request.form.get("login", "")[:200]).lower()
    key = limits.daily_key(Path(limits.limiter_folder()))
    return "login " + hmac.new(key, login.encode(), hashlib.sha256).hexdigest()[:32]


@blueprint.route("/staff/sign-in", methods=["GET", "POST"])
@allow(Who.EVERYONE)
@limits.limiter.limit(limits.SIGN_IN, methods=["POST"])
@limits.limiter.limit(limits.SIGN_IN, methods=["POST"], key_func=_login_mark)
def sign_in() -> Response:
    """One form: login and password. The session is a new one afterwards."""
    if request.method == "GET":
        return make_response(redirect(_next()) if current_user.is_authenticated else _form("sign_in", {}))
    login = request.form.get("login", "")[:200]
    account = _account(login, _normal(request.form.get("password", "")))
    if account is None:
        errors = {"login": _("Tên đăng nhập hoặc mật khẩu chưa đúng.")}
        return make_response(_form("sign_in", errors, login=login), 422)
    session.clear()
    login_user(account, authn_via=["password"])
    session[SIGNED_IN_AT] = now().timestamp()
    return make_response(redirect(_next()))


def _form(name: str, errors: dict[str, str], **more: object) -> str:
    return render_template(f"desk/{name}.html", **{"errors": errors, "login": "", "next": _next(), **more})


def _next() -> str:
    """Where to go after signing in: a staff page of this site, nothing else."""
    wanted = request.values.get("next", "")[:500]
    plain = wanted.isprintable() and "\\" not in wanted and "//" not in wanted
    return wanted if plain and wanted.startswith("/staff/") else url_for("desk.start")


def _normal(password: str) -> str:
    """One form for what looks alike: phones and macOS send marks apart. Cut behind the longest that can be set."""
    return unicodedata.normalize("NFC", password[: 4 * LONGEST_PASSWORD])[: LONGEST_PASSWORD + 1]


@cache
def _nobody() -> str:
    return hash_password(secrets.token_urlsafe(24))


def _account(login: str, password: str) -> Staff | None:
    """The account, if the password is right and it is open."""
    database = db.session()
    account = staff_by_login(database, login)
    if account is None or not account.active or not account.password:
        verify_password(password, _nobody())
        return None
    if not verify_and_update_password(password, account):
        return None
    if account in database.dirty:  # the hash was of an older strength
        staff_id, renewed = account.id, account.password
        with transaction(database):
            database.get_one(Staff, staff_id).password = renewed
    return account


@blueprint.post("/staff/sign-out")
@allow(Who.SIGNED_IN)
def sign_out() -> Response:
    """Ends every session of the account: a copy of the cookie is worth nothing afterwards."""
    database, staff_id = db.session(), staff().id
    logout_user()
    session.clear()
    with transaction(database):
        database.get_one(Staff, staff_id).fs_uniquifier = secrets.token_hex(16)
    response = make_response(redirect(url_for("desk.sign_in")))
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@blueprint.before_app_request
def end_old_sessions() -> Response | None:
    """Nobody stays signed in for more than twelve hours, however busy the session is."""
    if not current_user.is_authenticated:
        return None
    lived = now().timestamp() - float(session.get(SIGNED_IN_AT, 0))
    if -CLOCKS_DIFFER.total_seconds() <= lived < SESSION_LIVES.total_seconds():
        return None
    logout_user()
    session.clear()
    if request.path != "/staff" and not request.path.startswith("/staff/"):
        return None
    back = request.path if request.method == "GET" else None
    return make_response(redirect(url_for("desk.sign_in", next=back)))


@blueprint.route("/staff/welcome", methods=["GET", "POST"])
@allow(Who.EVERYONE)
@limits.limiter.limit(limits.SIGN_IN, methods=["POST"])
def welcome() -> Response:
    """Sets the first or a new password. The link's token stands behind #, where no server sees it: it is pasted."""
    if request.method == "GET":
        return make_response(_welcome({}))
    token = clean_line(request.form.get("link", "")[:500]).rpartition("#")[2]
    password, again = _normal(request.form.get("password", "")), _normal(request.form.get("again", ""))
    errors = _wrong(token, password, again)
    if errors:
        return make_response(_welcome(errors), 422)
    database = db.session()
    try:
        with transaction(database):
            use_link(database, token, password, hash_password)
    except NotFound as error:
        return make_response(_welcome({"link": said(error)}), 422)
    except PortalError as error:
        return make_response(_welcome({"password": said(error)}), 422)
    flash(_("Mật khẩu đã đặt xong. Mời anh/chị đăng nhập."))
    return make_response(redirect(url_for("desk.sign_in")))


def _welcome(errors: dict[str, str]) -> str:
    lengths = {"shortest": SHORTEST_PASSWORD, "longest": LONGEST_PASSWORD}
    return render_template("desk/welcome.html", errors=errors, link=request.form.get("link", "")[:500], **lengths)


def _wrong(token: str, password: str, again: str) -> dict[str, str]:
    errors = {}
    if not token:
        errors["link"] = _("Hãy chép cả đường dẫn, hoặc phần đứng sau dấu #.")
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        errors["password"] = _(
            "Mật khẩu cần từ %(shortest)d đến %(longest)d ký tự.",
            shortest=SHORTEST_PASSWORD,
            longest=LONGEST_PASSWORD,
        )
    elif password != again:
        errors["again"] = _("Hai lần gõ chưa giống nhau.")
    return errors
