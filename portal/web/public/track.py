"""Tracking: the code in, the case out. The code is in no address; a sealed cookie keeps it for half an hour."""

import base64
import binascii
import hashlib
import json
import time
from collections.abc import Callable
from datetime import timedelta

from flask import Response, current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from nacl.exceptions import CryptoError
from nacl.secret import Aead
from sqlalchemy.orm import Session

from portal.cases import actions
from portal.cases.casefile import CaseFile
from portal.cases.open_steps import open_steps
from portal.cases.queries import file_by_code
from portal.cases.receipts import code_hash
from portal.cases.story import story_of
from portal.foundation.database import transaction
from portal.foundation.errors import FieldErrors, PortalError
from portal.web.frame import limits
from portal.web.frame.access import Who, allow
from portal.web.frame.database import db
from portal.web.frame.installed import installed
from portal.web.frame.language import chosen, said
from portal.web.public import blueprint

COOKIE = "__Host-track"
KEPT = timedelta(minutes=30)


def _box() -> Aead:
    key = hashlib.sha256(b"track-cookie/1\0" + str(current_app.config["SECRET_KEY"]).encode()).digest()
    return Aead(key)


def _sealed(code: str) -> str:
    content = json.dumps({"code": code, "until": time.time() + KEPT.total_seconds()}).encode()
    return base64.urlsafe_b64encode(bytes(_box().encrypt(content))).decode()


def _kept_code() -> str:
    """The code that this browser looked up in the last half hour, or nothing."""
    try:
        content = json.loads(_box().decrypt(base64.urlsafe_b64decode(request.cookies.get(COOKIE, ""))))
    except (binascii.Error, ValueError, CryptoError):
        return ""
    return str(content["code"]) if content["until"] > time.time() else ""


def _file(session: Session, code: str, *, lock: bool = False) -> CaseFile | None:
    return file_by_code(session, code_hash(installed().secrets.code_key, code), lock=lock)


def opened_case() -> CaseFile | None:
    """The case that this browser opened in the last half hour."""
    code = _kept_code()
    return _file(db.session(), code) if code else None


def _ask(error: str = "", status: int = 200) -> Response:
    errors = {"receipt_code": error} if error else {}
    return make_response(render_template("public/track.html", errors=errors), status)


def _show(file: CaseFile, errors: dict[str, str] | None = None, status: int = 200) -> Response:
    story = story_of(db.session(), file, chosen())
    steps = open_steps(db.session(), file, chosen())
    page = render_template("public/track_case.html", story=story, steps=steps, errors=errors or {}, typed=request.form)
    return make_response(page, status)


@blueprint.get("/track")
@allow(Who.EVERYONE)
def track() -> Response:
    """Asks for the code, or shows the case that this browser opened in the last half hour."""
    file = opened_case()
    return _show(file) if file is not None else _ask()


@blueprint.post("/track")
@allow(Who.EVERYONE)
@limits.limiter.limit(limits.LOOK_UP)
def track_code() -> Response:
    """Opens the case of a code. An unknown code gets the same page again, and only so many tries."""
    code = request.form.get("receipt_code", "")[:200]
    if not code.strip():
        return _ask(_("Hãy nhập mã tra cứu."), 422)
    if _file(db.session(), code) is None:
        return _ask(_("Không tìm thấy mã này. Mã có 25 chữ và số; xin xem lại từng nhóm."), 404)
    response: Response = redirect(url_for("public.track"))  # type: ignore[assignment]
    response.set_cookie(
        COOKIE,
        _sealed(code),
        max_age=int(KEPT.total_seconds()),
        secure=True,
        httponly=True,
        samesite="Strict",
        path="/",
    )
    return response


@blueprint.post("/track/close")
@allow(Who.EVERYONE)
def track_close() -> Response:
    """Forgets the code on this browser."""
    response: Response = redirect(url_for("public.track"))  # type: ignore[assignment]
    response.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="Strict")
    return response


def _reply(session: Session, file: CaseFile) -> None:
    actions.reply(session, file, text=request.form.get("text", ""))


def _facts(session: Session, file: CaseFile) -> None:
    actions.add_facts(session, file, text=request.form.get("text", ""))


def _review(session: Session, file: CaseFile) -> None:
    actions.ask_review(session, file, text=request.form.get("text", ""))


def _appeal(session: Session, file: CaseFile) -> None:
    actions.appeal(session, file, text=request.form.get("text", ""))


def _withdraw(session: Session, file: CaseFile) -> None:
    actions.withdraw(session, file)


def _rate(session: Session, file: CaseFile) -> None:
    score = request.form.get("score", "")
    actions.rate(
        session,
        file,
        score=int(score) if score in "12345" and score else 0,
        reasons=request.form.get("reasons", ""),
    )


ACTIONS: dict[str, Callable[[Session, CaseFile], None]] = {
    "reply": _reply,
    "facts": _facts,
    "ask_review": _review,
    "appeal": _appeal,
    "withdraw": _withdraw,
    "rate": _rate,
}


def _thanks(action: str) -> str:
    words: dict[str, str] = {
        "reply": _("Chúng tôi đã nhận câu trả lời của anh/chị."),
        "facts": _("Chúng tôi đã nhận những gì anh/chị viết thêm."),
        "ask_review": _("Vụ việc được mở lại. Kiểm tra viên sẽ đọc những gì anh/chị viết."),
        "appeal": _("Vụ việc được mở lại. Kiểm tra viên sẽ đọc những gì anh/chị viết."),
        "withdraw": _("Phản ánh đã được rút."),
        "rate": _("Cảm ơn anh/chị đã chấm điểm."),
    }
    return words[action]


@blueprint.post("/track/<any(reply, facts, ask_review, appeal, withdraw, rate):action>")
@allow(Who.EVERYONE)
@limits.limiter.limit(limits.LOOK_UP)
def track_action(action: str) -> Response:
    """What the reporter does with the case. What was typed stays when it is refused."""
    code, session = _kept_code(), db.session()
    if not code:
        return _ask(_("Trang tra cứu đã đóng sau 30 phút. Xin nhập lại mã."), 410)
    try:
        with transaction(session):
            file = _file(session, code, lock=True)
            if file is None:
                return _ask(_("Không tìm thấy mã này. Mã có 25 chữ và số; xin xem lại từng nhóm."), 404)
            ACTIONS[action](session, file)
    except FieldErrors as error:
        return _again(code, {f"{action}-{name}": said(one) for name, one in error.fields.items()}, 422)
    except PortalError as error:
        return _again(code, {"main": said(error)}, 409)
    flash(_thanks(action))
    return redirect(url_for("public.track"))  # type: ignore[return-value]


def _again(code: str, errors: dict[str, str], status: int) -> Response:
    file = _file(db.session(), code)
    return _show(file, errors, status) if file is not None else _ask()
