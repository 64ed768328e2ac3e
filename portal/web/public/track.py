"""Tracking: the code in, the case out. The code is in no address; a sealed cookie keeps it for half an hour."""

from collections.abc import Callable

from flask import Response, flash, redirect, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.cases import actions
from portal.cases.casefile import CaseFile
from portal.cases.masking import proposed_masks
from portal.foundation.database import transaction
from portal.foundation.errors import FieldErrors, PortalError
from portal.intake import drafts
from portal.web.frame import limits
from portal.web.frame.access import Who, allow
from portal.web.frame.database import db
from portal.web.frame.language import said
from portal.web.public import blueprint, drafting
from portal.web.public.tracked import (
    KEPT,
    NEW_CODE,
    ask,
    ask_again,
    ask_for_another,
    asked_part,
    file_of,
    first_use,
    holder_of,
    kept_code,
    opened_case,
    show,
    show_again,
)


@blueprint.get("/track")
@allow(Who.EVERYONE)
def track() -> Response:
    """Asks for the code, or shows the case that this browser opened in the last half hour.

    A code that an officer has seen (assisted filing) shows only that it has to be replaced first.
    """
    file = asked_part(db.session(), opened_case())
    return show(file) if file is not None else first_use() or ask()


@blueprint.post("/track")
@allow(Who.EVERYONE)
@limits.limiter.limit(limits.LOOK_UP)
def track_code() -> Response:
    """Opens the case of a code. An unknown code gets the same page again, and only so many tries."""
    code = request.form.get("receipt_code", "")[:200]
    if not code.strip():
        return ask(_("Hãy nhập mã tra cứu."), 422)
    if holder_of(db.session(), code) is None:
        return ask_for_another()
    response: Response = redirect(url_for("public.track"))  # type: ignore[assignment]
    KEPT.put(response, {"code": code})
    return response


@blueprint.post("/track/close")
@allow(Who.EVERYONE)
def track_close() -> Response:
    """Forgets the code on this browser."""
    response: Response = redirect(url_for("public.track"))  # type: ignore[assignment]
    KEPT.forget(response)
    NEW_CODE.forget(response)
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
        points=request.form.getlist("points"),
    )


def _follow_up(session: Session, file: CaseFile) -> None:
    actions.answer_follow_up(session, file, answer=request.form.get("answer", ""), text=request.form.get("text", ""))


ACTIONS: dict[str, Callable[[Session, CaseFile], None]] = {
    "reply": _reply,
    "facts": _facts,
    "ask_review": _review,
    "appeal": _appeal,
    "withdraw": _withdraw,
    "rate": _rate,
    "follow_up": _follow_up,
}
READ_BY_OTHERS = frozenset({"reply", "facts", "ask_review", "appeal"})


def _thanks(action: str) -> str:
    words: dict[str, str] = {
        "reply": _("Chúng tôi đã nhận câu trả lời của anh/chị."),
        "facts": _("Chúng tôi đã nhận những gì anh/chị viết thêm."),
        "ask_review": _("Vụ việc được mở lại. Kiểm tra viên sẽ đọc những gì anh/chị viết."),
        "appeal": _("Vụ việc được mở lại. Kiểm tra viên sẽ đọc những gì anh/chị viết."),
        "withdraw": _("Phản ánh đã được rút."),
        "rate": _("Cảm ơn anh/chị đã chấm điểm."),
        "follow_up": _("Cảm ơn anh/chị đã cho biết."),
    }
    return words[action]


@blueprint.post("/track/<any(reply, facts, ask_review, appeal, withdraw, rate, follow_up):action>")
@allow(Who.EVERYONE)
@limits.limiter.limit(limits.LOOK_UP)
def track_action(action: str) -> Response:
    """What the reporter does with the case. What was typed stays when it is refused."""
    code, session = kept_code(), db.session()
    if not code:
        return ask_again()
    try:
        with transaction(session):
            file = asked_part(session, file_of(session, code, lock=True), lock=True)
            if file is None:
                return ask_for_another()
            ACTIONS[action](session, file)
    except FieldErrors as error:
        return show_again(code, {f"{action}-{name}": said(one) for name, one in error.fields.items()}, 422)
    except PortalError as error:
        return show_again(code, {"main": said(error)}, 409)
    flash(_thanks(action))
    if action in READ_BY_OTHERS and proposed_masks(request.form.get("text", "")):
        flash(
            _(
                "Trong lời vừa gửi có chỗ trông như số điện thoại, thư điện tử hay số giấy tờ. Cơ quan không đọc được "
                "những chỗ ấy; kiểm tra viên thì đọc được."
            )
        )
    part = "2" if request.args.get("part") == "2" else None
    return redirect(url_for("public.track", part=part))  # type: ignore[return-value]


@blueprint.post("/track/retaliation")
@allow(Who.EVERYONE)
@limits.limiter.limit(limits.LOOK_UP)
def report_retaliation() -> Response:
    """Begins a report of being paid back for this one: a new draft that holds the code already."""
    code = kept_code()
    if not code:
        return ask_again()
    fresh = drafting.open_draft()
    draft = drafting.OpenDraft(drafts.new_handle(), fresh.key, drafts.DraftContent(answers={"first_code": code}))
    drafting.keep(draft)
    return drafting.with_key(redirect(url_for("public.start_report", draft=draft.handle)), draft)  # type: ignore[arg-type]
