"""Another code in the place of one that somebody else may have seen.

The new code is shown first and replaces the old one only when its last group has been typed: whoever loses the
answer of this page on the way must not be locked out of the case for good.
"""

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal.cases import actions
from portal.cases.receipts import code_hash, new_code, shown
from portal.foundation.codes import fold_code
from portal.foundation.database import transaction
from portal.web.frame import limits
from portal.web.frame.access import Who, allow
from portal.web.frame.database import db
from portal.web.frame.installed import installed
from portal.web.public import blueprint
from portal.web.public.tracked import KEPT, NEW_CODE, ask_again, ask_for_another, holder_of, kept_code, show_again

GROUP = 5


def _pending(code: str) -> str:
    """The new code that this browser was shown for the case of a code, or nothing."""
    kept = NEW_CODE.content()
    return kept["new"] if code and code in (kept.get("old"), kept.get("new")) else ""


def _page(code: str, pending: str, error: str = "", status: int = 200) -> Response:
    errors = {"last_group": error} if error else {}
    page = render_template(
        "public/track_new_code.html", code=shown(pending), is_used=code == pending, errors=errors, typed=request.form
    )
    return make_response(page, status)


@blueprint.get("/track/new-code")
@allow(Who.EVERYONE)
def track_new_code() -> Response:
    """The new code, for ten minutes on this browser."""
    code = kept_code()
    pending = _pending(code)
    if pending:
        return _page(code, pending)
    return show_again(code, {"main": _too_late()}, 410) if code else ask_again()


def _too_late() -> str:
    return str(_("Mã mới chỉ hiện trong 10 phút. Nếu chưa đổi, mã cũ vẫn dùng được; xin bấm “Đổi mã tra cứu” lần nữa."))


@blueprint.post("/track/new-code")
@allow(Who.EVERYONE)
@limits.limiter.limit(limits.LOOK_UP)
def track_make_code() -> Response:
    """Draws a code and shows it. Nothing is stored yet; a second click shows the same."""
    code = kept_code()
    if not code:
        return ask_again()
    if holder_of(db.session(), code) is None:
        return ask_for_another()
    response: Response = redirect(url_for("public.track_new_code"))  # type: ignore[assignment]
    pending = _pending(code)
    if not pending or pending == code:
        NEW_CODE.put(response, {"old": code, "new": new_code()})
    return response


@blueprint.post("/track/replace_code")
@allow(Who.EVERYONE)
@limits.limiter.limit(limits.LOOK_UP)
def track_replace_code() -> Response:
    """Lets the new code open the case and the old one no more. Sent twice it is done once."""
    code, session = kept_code(), db.session()
    if not code:
        return ask_again()
    pending = _pending(code)
    if not pending:
        return show_again(code, {"main": _too_late()}, 410)
    if fold_code(request.form.get("last_group", "")[:80]) != pending[-GROUP:]:
        return _page(code, pending, _("Nhóm cuối chưa khớp. Xin xem lại mã mới ở trên."), 422)
    hashed = code_hash(installed().secrets.code_key, pending)
    assert hashed is not None  # noqa: S101 (a code we made has the right length)
    with transaction(session):
        if holder_of(session, pending) is None:
            file = holder_of(session, code, lock=True)
            if file is None:
                return ask_for_another()
            actions.replace_code(session, file, hashed)
    response: Response = redirect(url_for("public.track_new_code"))  # type: ignore[assignment]
    KEPT.put(response, {"code": pending})
    flash(_("Đã đổi mã. Mã cũ không mở được nữa, trên máy nào cũng vậy."))
    return response
