"""The case that this browser looked up in the last half hour: its code, its file, its page."""

from datetime import timedelta
from typing import Any

from flask import Response, make_response, render_template, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.cases import labels
from portal.cases.casefile import CaseFile
from portal.cases.open_steps import open_steps
from portal.cases.queries import cases_about, file_by_code, is_code_lent, part_file
from portal.cases.receipts import code_hash
from portal.cases.story import story_of
from portal.cases.text_values import Place
from portal.cases.told_texts import told_texts
from portal.catalogue.models import Category
from portal.web.frame.database import db
from portal.web.frame.installed import installed
from portal.web.frame.language import chosen, named
from portal.web.frame.site import portal_names, site
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


def asked_part(session: Session, file: CaseFile | None, *, lock: bool = False) -> CaseFile | None:
    """The part of a report that was split which the address asks for (`?part=2`); the first one for anything else."""
    if file is None or request.args.get("part") != "2":
        return file
    second = cases_about(session, file.report.id)[1:]
    return part_file(session, second[0], lock=lock) if second else file


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
    parts = _parts(file)
    at = next((f"?part={one['number']}" for one in parts if one["is_shown"] and one["number"] > 1), "")
    page = render_template(
        "public/track_case.html",
        story=story,
        letters=told_texts(db.session(), file, chosen(), Place(portal_names(), site().hotline)),
        steps=steps,
        parts=parts,
        part_query=at,
        errors=errors or {},
        typed=request.form,
    )
    return make_response(page, status)


def _parts(file: CaseFile) -> list[dict[str, Any]]:
    """The parts of a report that was split, in order; nothing for all others."""
    cases = cases_about(db.session(), file.report.id)
    if len(cases) < 2:
        return []
    return [
        {
            "number": number,
            "topic": named(db.session().get_one(Category, case.category)),
            "status": labels.STATUS[case.status],
            "is_shown": case.id == file.case.id,
        }
        for number, case in enumerate(cases, start=1)
    ]


def show_again(code: str, errors: dict[str, str], status: int) -> Response:
    """The page of a case for which something was refused."""
    file = asked_part(db.session(), file_of(db.session(), code))
    if file is None:
        return first_use() or ask()
    return show(file, errors, status)
