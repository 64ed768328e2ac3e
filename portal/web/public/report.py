"""Filing: what → where → what happened → about you → check. One page a step; every POST keeps the draft first."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from flask import Response, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.orm import Session

from portal.cases.actions.receive import SentElsewhere
from portal.cases.filing import Filing, PaidBack
from portal.cases.words import Channel, Disclosure, Language
from portal.catalogue.kept import kept
from portal.catalogue.snapshot import snapshot
from portal.catalogue.words import Function
from portal.foundation.errors import FieldErrors, PortalError
from portal.foundation.time import today
from portal.intake.answers import IDENTITY_FIELDS, STEPS, errors_of_step, to_filing, understood
from portal.intake.paid_back import first_of
from portal.intake.submission import NoVault, file_report, identity_allowed, planned
from portal.web.frame import limits
from portal.web.frame.access import Who, allow
from portal.web.frame.database import db
from portal.web.frame.errors import answer
from portal.web.frame.installed import installed
from portal.web.frame.language import chosen, said
from portal.web.frame.templating import day as as_shown
from portal.web.frame.whole_pages import DRAFT_HOLE, whole_page
from portal.web.public import blueprint, drafting, lists, receipt, where
from portal.web.public.drafting import OpenDraft
from portal.web.public.places import PROVINCE, UNKNOWN, places

ORDER = tuple(STEPS)
CHECK = "check"
# What each page's form may hold: its answers, and what was filled in by a poster or typed to search by.
FIELDS = {**STEPS, "what": (*STEPS["what"], "agency", "agency_name"), "where": where.FIELDS}
SHAPES = ("category", "agency")  # the answers by which later pages differ


def address(step: str, draft: OpenDraft) -> str:
    """Where a step of this draft is."""
    handle = None if draft.is_lost else draft.handle
    if step == ORDER[0]:
        return url_for("public.start_report", draft=handle)
    if step == CHECK:
        return url_for("public.check_report", draft=handle)
    return url_for("public.show_report_step", step=step, draft=handle)


def can_seal() -> bool:
    """Whether identities can be accepted: the vault is there."""
    return kept(db.session(), today(), _can_seal)


def _can_seal(session: Session, on: date) -> bool:
    tree = snapshot(session, on).tree
    committee = tree.function(Function.INSPECTION_COMMITTEE)
    return identity_allowed(session, tree.body(committee).id if committee else None)


def show(step: str, draft: OpenDraft, errors: Mapping[str, str] | None = None, status: int = 200) -> Response:
    """One step's page, with what was typed and what is wrong with it."""
    template, answers = f"public/report_{step}.html", draft.content.answers
    if not errors and not draft.is_lost and not answers.keys() & FIELDS[step]:
        return make_response(untouched(step, template, draft), status)
    errors = dict(errors or {})
    if answers.get("agency") == UNKNOWN and "agency" in errors:
        errors["area"] = errors.pop("agency")  # whoever does not know the body is asked for the place
    page = render_template(
        template, answers=answers, errors=errors, **frame_of(step, draft), **lists.for_step(step, answers)
    )
    return make_response(page, status)


def untouched(step: str, template: str, draft: OpenDraft) -> str:
    """A page on which nothing was typed yet: the same for everybody who chose alike before."""
    before = {name: draft.content.answers[name] for name in SHAPES if name in draft.content.answers}
    anybody = replace(draft, handle=DRAFT_HOLE)

    def values() -> dict[str, Any]:
        return {"answers": {}, "errors": {}, **frame_of(step, anybody), **lists.for_step(step, before)}

    facts = (can_seal(), *lists.shaping(before))
    return whole_page(template, *facts, values=values, draft=draft.handle)


def frame_of(step: str, draft: OpenDraft) -> dict[str, Any]:
    """What every step's template needs: where it stands, and whose draft it is."""
    place = ORDER.index(step)
    return {
        "draft": "" if draft.is_lost else draft.handle,
        "back": address(ORDER[place - 1], draft) if place else "/",
        "step_number": place + 1,
        "steps": len(ORDER) + 1,
        "identity_allowed": can_seal() if step == "about" else True,
    }


@blueprint.get("/report")
@allow(Who.EVERYONE)
def start_report() -> Response:
    """The first step; `?agency=CODE` from a poster fills the office in."""
    draft = drafting.open_draft()
    poster = request.args.get("agency", "")[:40]
    if poster and "agency" not in draft.content.answers:
        draft.content.answers |= from_poster(poster)
    return show(ORDER[0], draft)


def from_poster(code: str) -> dict[str, str]:
    """What an office's poster fills in. Where its code has been another body's too, the person chooses."""
    meant = places(db.session(), today()).with_code(code)
    if len(meant) == 1 and not meant[0].was_vi:
        return {"agency": meant[0].code}
    return {"agency_name": code} if meant else {}


@blueprint.get("/report/<any(where, happened, about):step>")
@allow(Who.EVERYONE)
def show_report_step(step: str) -> Response | str:
    """A later step. Without a draft the first step comes first."""
    draft = drafting.open_draft()
    if draft.is_lost or not draft.content.answers:
        return lost_or_first(draft)
    if draft.content.receipt is not None:
        return redirect(url_for("public.show_receipt", draft=draft.handle))  # type: ignore[return-value]
    return show(step, draft)


def lost_or_first(draft: OpenDraft) -> Response:
    """A draft that is too old, or another browser's: says so, and begins anew."""
    if draft.is_lost:
        return make_response(render_template("public/draft_lost.html"), 410)
    return redirect(url_for("public.start_report"))  # type: ignore[return-value]


@blueprint.post("/report", defaults={"step": "what"})
@blueprint.post("/report/<any(where, happened, about):step>")
@allow(Who.EVERYONE)
@limits.limiter.limit(limits.DRAFTING)
def keep_report_step(step: str) -> Response:
    """Keeps what was typed, then goes on, or shows what is wrong; nothing typed is lost either way."""
    draft = drafting.open_draft()
    if draft.content.receipt is not None:
        return redirect(url_for("public.show_receipt", draft=draft.handle))  # type: ignore[return-value]
    if request.form.get("do") == "erase":
        drafting.erase(draft)
        return redirect(url_for("public.report_erased"))  # type: ignore[return-value]
    draft.content.answers |= drafting.typed(FIELDS[step])
    drafting.keep(draft)
    draft.is_lost = False
    if "lang" in request.form:
        return drafting.with_key(redirect(address(step, draft)), draft)  # type: ignore[arg-type]
    if step == "where" and where.looks_for():
        return drafting.with_key(redirect(address(step, draft)), draft)  # type: ignore[arg-type]
    found = errors_of_step(db.session(), step, answers_of(draft), identity_allowed=can_seal())
    if step == "happened" and "first_code" not in found:
        found |= first_code_wrong(answers_of(draft))
    if found:
        errors = {name: said(error) for name, error in found.items()}
        return drafting.with_key(show(step, draft, errors, 422), draft)
    settle_days(draft)
    place = ORDER.index(step) + 1
    following = ORDER[place] if place < len(ORDER) else CHECK
    return drafting.with_key(redirect(address(following, draft)), draft)  # type: ignore[arg-type]


def first_code_wrong(answers: Mapping[str, str]) -> dict[str, PortalError]:
    """Whether the code of an earlier report, when one was given, is no live one. As many tries as on /track."""
    code = answers.get("first_code", "")
    if not code.strip():
        return {}
    try:
        with limits.guessing():
            first_of(db.session(), installed().secrets.code_key, PaidBack(code, False, ""))
    except FieldErrors as error:
        return dict(error.fields)
    return {}


def settle_days(draft: OpenDraft) -> None:
    """Writes "hôm qua" as the day that it means today: by midnight it would mean another."""
    days = understood(draft.content.answers)
    if days:
        draft.content.answers |= {name: as_shown(day) for name, day in days.items()}
        drafting.keep(draft)


def answers_of(draft: OpenDraft) -> dict[str, str]:
    """The answers that count: whoever chooses not to be named has given no name, whatever a hidden field holds."""
    answers = dict(draft.content.answers)
    for name in ("agency", "procedure"):
        if answers.get(name) == UNKNOWN:
            answers[name] = ""
    if answers.get("area") == PROVINCE:
        answers["area"] = ""
    if answers.get("disclosure") == Disclosure.ANONYMOUS:
        for name in IDENTITY_FIELDS:
            answers.pop(name, None)
    return answers


@blueprint.get("/report/erased")
@allow(Who.EVERYONE)
def report_erased() -> str:
    """The draft is gone, and the page says so."""
    return render_template("public/report_erased.html")


def filing_of(draft: OpenDraft) -> Filing:
    """The complete filing of a draft. Raises FieldErrors."""
    return to_filing(
        db.session(),
        answers_of(draft),
        channel=Channel.WEB,
        language=Language(chosen()),
        identity_allowed=can_seal(),
    )


@blueprint.get("/report/check")
@allow(Who.EVERYONE)
def check_report() -> Response:
    """Everything on one page, before it is sent."""
    draft = drafting.open_draft()
    if draft.is_lost or not draft.content.answers:
        return lost_or_first(draft)
    if draft.content.receipt is not None:
        return redirect(url_for("public.show_receipt", draft=draft.handle))  # type: ignore[return-value]
    return show_check(draft)


def show_check(draft: OpenDraft, notice: str = "", status: int = 200) -> Response:
    """The check page; or, when something is missing, the first page that has it."""
    try:
        filing = filing_of(draft)
        plan = planned(db.session(), installed().secrets, filing)
    except FieldErrors as error:
        return show_first_wrong(draft, error)
    except SentElsewhere as elsewhere:
        return show_elsewhere(elsewhere, draft)
    page = render_template(
        "public/report_check.html",
        draft=draft.handle,
        back=address("about", draft),
        step_number=len(ORDER) + 1,
        steps=len(ORDER) + 1,
        notice=notice,
        addresses={step: address(step, draft) for step in ORDER},
        **lists.for_check(filing, plan),
    )
    return make_response(page, status)


def show_first_wrong(draft: OpenDraft, error: FieldErrors) -> Response:
    """The first page that has something wrong."""
    step = next(step for step, names in STEPS.items() if error.fields.keys() & set(names))
    errors = {name: said(one) for name, one in error.fields.items() if name in STEPS[step]}
    return show(step, draft, errors, 422)


def show_elsewhere(elsewhere: SentElsewhere, draft: OpenDraft) -> Response:
    """Nobody here may handle it: where to go instead. Nothing was stored."""
    english = chosen() == "en"
    page = render_template(
        "public/report_elsewhere.html",
        body=elsewhere.body,
        reason=elsewhere.reason_en if english else elsewhere.reason_vi,
        back=address("where", draft),
        draft=draft.handle,
    )
    return make_response(page, 200)


@blueprint.post("/report/check")
@allow(Who.EVERYONE)
@limits.limiter.limit(limits.FILING)
def send_report() -> Response:
    """Sends the draft. Sent twice, it makes one report and shows the same receipt."""
    draft = drafting.open_draft()
    if draft.is_lost:
        return lost_or_first(draft)
    if request.form.get("do") == "erase":
        drafting.erase(draft)
        return redirect(url_for("public.report_erased"))  # type: ignore[return-value]
    if "lang" in request.form:
        return redirect(address(CHECK, draft))  # type: ignore[return-value]
    if draft.content.receipt is None:
        parts = installed()
        try:
            filing = filing_of(draft)
            with limits.guessing(filing.paid_back is not None):
                file_report(db.session(), parts.key_store, parts.secrets, filing, draft.handle, draft.ref)
        except FieldErrors as error:
            return show_first_wrong(draft, error)
        except SentElsewhere as elsewhere:
            return show_elsewhere(elsewhere, draft)
        except NoVault as error:
            return show("about", draft, {"disclosure": said(error)}, 422)
    return redirect(url_for("public.show_receipt", draft=draft.handle))  # type: ignore[return-value]


@blueprint.errorhandler(CSRFError)
def session_lost(error: CSRFError) -> Response:
    """The form was open longer than the session. What was typed stays; one more press sends it."""
    step = (request.view_args or {}).get("step")
    again = _("Trang này mở đã lâu nên cần bấm lại một lần nữa. Những gì anh/chị viết vẫn còn đây.")
    draft = drafting.open_draft()
    if request.endpoint == "public.keep_report_step" and step in ORDER:
        draft.content.answers |= drafting.typed(FIELDS[step])
        return show(step, draft, {"main": again}, 400)
    if request.endpoint == "public.send_report" and not draft.is_lost:
        return show_check(draft, again, 400)
    if request.endpoint == "public.check_kept_code":
        return receipt.show(draft, {"last_group": again}, 400)
    if request.endpoint and request.endpoint.startswith("public.track"):
        return redirect(url_for("public.track"))  # type: ignore[return-value]
    return answer(400, again)
