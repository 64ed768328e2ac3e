"""The case that this browser looked up in the last half hour: its code, its file, its page."""

from datetime import timedelta

from flask import Response, make_response, render_template, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.cases.casefile import CaseFile
from portal.cases.open_steps import open_steps
from portal.cases.queries import file_by_code, is_code_lent
from portal.cases.receipts import code_hash
from portal.cases.story import story_of
from portal.web.frame.database import db
from portal.web.frame.installed import installed
from portal.web.frame.language import chosen
from portal.web.public.sealed_cookies import SealedCookie

COOKIE = "__Host-track"
KEPT = SealedCookie(COOKIE, "track-cookie/1", timedelta(minutes=30))
NEW_CODE = SealedCookie("__Host-new-code", "new-code-cookie/1", timedelta(minutes=10))


def kept_code() -> str:
    """The code that this browser looked up in the last half hour, or nothing."""
    return KEPT.content().get("code", "")


def file_of(session: Session, code: str, *, lock: bool = False) -> CaseFile | None:
    """The case of a code, as somebody typed it; none while its reporter has to replace the code first."""
    file = holder_of(session, code, lock=lock)
    return None if file is not None and is_code_lent(session, file) else file


def holder_of(session: Session, code: str, *, lock: bool = False) -> CaseFile | None:
    """The same, also for a code that opens nothing but the page that replaces it."""
    return file_by_code(session, code_hash(installed().secrets.code_key, code), lock=lock)


def opened_case() -> CaseFile | None:
    """The case that this browser opened in the last half hour."""
    code = kept_code()
    return file_of(db.session(), code) if code else None


def ask(error: str = "", status: int = 200) -> Response:
    """The page that asks for the code."""
    errors = {"receipt_code": error} if error else {}
    return make_response(render_template("public/track.html", errors=errors), status)


def first_use() -> Response | None:
    """The page for a code that an officer has seen: its reporter takes one of their own. None for other codes."""
    code = kept_code()
    file = holder_of(db.session(), code) if code else None
    if file is None or not is_code_lent(db.session(), file):
        return None
    return make_response(render_template("public/track_first_use.html"))


def ask_again() -> Response:
    """The same, because half an hour is over."""
    return ask(_("Trang tra cứu đã đóng sau 30 phút. Xin nhập lại mã."), 410)


def ask_for_another() -> Response:
    """The same, because no case has this code."""
    return ask(_("Không tìm thấy mã này. Mã có 25 chữ và số; xin xem lại từng nhóm."), 404)


def show(file: CaseFile, errors: dict[str, str] | None = None, status: int = 200) -> Response:
    """The page of the case, with what was typed wrong."""
    story = story_of(db.session(), file, chosen())
    steps = open_steps(db.session(), file, chosen())
    page = render_template("public/track_case.html", story=story, steps=steps, errors=errors or {}, typed=request.form)
    return make_response(page, status)


def show_again(code: str, errors: dict[str, str], status: int) -> Response:
    """The page of a case for which something was refused."""
    file = file_of(db.session(), code)
    if file is None:
        return first_use() or ask()
    return show(file, errors, status)
