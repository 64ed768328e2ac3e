"""Every error as a page in the person's language; for the API as an RFC 9457 problem document."""

import logging
import traceback

from flask import Flask, Response, current_app, jsonify, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import ProgrammingError, SQLAlchemyError
from werkzeug.exceptions import HTTPException

from portal.foundation.errors import Conflict, NotAllowed, NotFound, PortalError
from portal.web.frame.database import db
from portal.web.frame.language import chosen, said
from portal.web.frame.navigation import bar
from portal.web.frame.site import site
from portal.web.frame.unsaved import LONG, draft_address, read_to_the_end, typed

log = logging.getLogger("portal")
PAGES = frozenset({400, 403, 404, 405, 413, 429, 500, 503})
BARE = frozenset({500, 503})  # their pages ask nobody who is signed in: that needs the database
OF_RULES: dict[type[PortalError], int] = {NotFound: 404, NotAllowed: 403, Conflict: 409}


def problem(status: int, title: str, detail: str = "", **more: object) -> Response:
    """A problem document."""
    response = jsonify({"type": "about:blank", "title": title, "status": status, "detail": detail, **more})
    response.status_code = status
    response.content_type = "application/problem+json"
    return response


def titles() -> dict[int, str]:
    """What each status means, in the person's language."""
    return {
        400: _("Yêu cầu chưa đúng"),
        403: _("Không được phép"),
        404: _("Không tìm thấy"),
        405: _("Cách gọi này không dùng được"),
        409: _("Có thay đổi trước đó"),
        413: _("Nội dung quá lớn"),
        415: _("Định dạng này không nhận được"),
        422: _("Có chỗ cần sửa"),
        429: _("Quá nhiều lần trong thời gian ngắn"),
        500: _("Cổng gặp trục trặc"),
        503: _("Cổng tạm nghỉ"),
    }


def answer(status: int, detail: str = "", *, can_send_again: bool = False) -> Response:
    """The page or problem document of a status; if it helps, with what was sent and a button to send it again."""
    if request.path.startswith("/api/"):
        return problem(status, titles().get(status, str(status)), detail)
    page = status if status in PAGES else 400 if status < 500 else 500
    more: dict[str, object] = {"detail": detail, "draft_address": draft_address()}
    if page in BARE or can_send_again:
        more |= {"typed": typed(), "long": LONG, "action": request.path}
    if page in BARE:
        template = current_app.jinja_env.get_template(f"errors/{page}.html")
        return Response(template.render(language=chosen(), site=site(), **more), status=status)
    return Response(render_template(f"errors/{page}.html", **more, **frame()), status=status)


def frame() -> dict[str, object]:
    """Whoever works here stays at the desk: its bar, and its ways on."""
    found = bar() if request.path.startswith("/staff") else {}
    return {**found, "frame": "layouts/desk.html"} if found else {}


def on_http(error: HTTPException) -> Response:
    """Werkzeug's own errors. Redirects pass."""
    if error.response is not None:
        return error.response  # type: ignore[return-value]
    if error.code == 413:
        read_to_the_end()
    response = answer(error.code or 500)
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def on_rule(error: PortalError) -> Response:
    """A rule that no view has caught."""
    status = next((code for kind, code in OF_RULES.items() if isinstance(error, kind)), 400)
    return answer(status, said(error))


def on_csrf(error: CSRFError) -> Response:
    """A form whose session is gone. (The filing pages keep what was typed and answer by themselves.)"""
    return answer(400, _("Trang này đã mở quá lâu. Xin tải lại trang và làm lại bước này."), can_send_again=True)


def on_database(error: SQLAlchemyError) -> Response:
    """The database cannot be reached or is busy: nothing was stored, and the page says so."""
    if isinstance(error, ProgrammingError):  # it was reached, and did not understand us
        return on_fault(error)
    log.error("database: %s\n%s", type(error).__name__, place_of(error))
    db.session.rollback()
    response = answer(503)
    response.headers["Retry-After"] = "30"
    return response


def on_fault(error: Exception) -> Response:
    """A fault of ours. The log has the place, not the words that were sent: an error's own words can hold them."""
    log.error("fault at %s\n%s", request.endpoint, place_of(error))
    db.session.rollback()
    return answer(500)


def place_of(error: BaseException | None) -> str:
    """Where an error and those behind it happened, each by its kind alone."""
    lines: list[str] = []
    while error is not None:
        lines += [*traceback.format_tb(error.__traceback__), f"{type(error).__name__}\n"]
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "".join(lines)


def install(app: Flask) -> None:
    """Registers them all."""
    app.register_error_handler(HTTPException, on_http)
    app.register_error_handler(CSRFError, on_csrf)
    app.register_error_handler(PortalError, on_rule)
    app.register_error_handler(SQLAlchemyError, on_database)
    app.register_error_handler(Exception, on_fault)
