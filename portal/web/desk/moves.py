"""Making a move: a page that says what it does, then one button. Whoever is second keeps what they typed."""

from collections.abc import Mapping
from dataclasses import astuple, dataclass, field, replace
from datetime import UTC, datetime

from flask import (
    Response,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.cases.access import NEW_CODE, Viewer, available_moves
from portal.cases.casefile import CaseFile
from portal.cases.queries import case_for
from portal.cases.status import BY_NAME
from portal.foundation.errors import Conflict, FieldErrors, NotAllowed, NotFound, PortalError
from portal.foundation.text import N_
from portal.foundation.time import today
from portal.staff.permissions import Permission as P
from portal.web.desk import blueprint
from portal.web.desk.acting import acting
from portal.web.desk.case_view import for_agency, for_inspector, status_line
from portal.web.desk.conclusion_fields import Preview, opens_folded, told_in
from portal.web.desk.conclusion_lines import spoken, told_answer
from portal.web.desk.consequences import consequences
from portal.web.desk.hearing_lines import unheard
from portal.web.desk.move_fields import shown_field
from portal.web.desk.move_pages import MOVE_PAGES, MovePage
from portal.web.desk.opened_on import mark_for, seen_mark, since
from portal.web.desk.opening import closed_page, is_closed
from portal.web.desk.presence import opened_by
from portal.web.desk.previews import NotPreviewed, preview_mark, same
from portal.web.desk.text_choice import CHOICE, offered, with_text
from portal.web.frame.access import allow, viewer
from portal.web.frame.database import db
from portal.web.frame.language import named, said, said_at_fields

LONGEST_TYPED = 40_000
EVENTS_SHOWN = 5
SHOWS_CONCLUSION = frozenset({"approve", "send_answer", "send_back"})
READS_CLEARED = frozenset({"refer", "let_head_support"})
UNSENT = datetime(1, 1, 1, tzinfo=UTC)
NOTHING_BESIDE: dict[str, object] = {
    "cleared": None,
    "conclusion": None,
    "told": "",
    "remark": None,
    "suggested": "",
    "text": (),
    "code_request": None,
    "history": (),
}


@dataclass(frozen=True)
class Outcome:
    """Why a page is shown again."""

    status: int = 200
    errors: Mapping[str, str] = field(default_factory=dict)
    refusal: str = ""
    is_conflict: bool = False
    preview: Preview | None = None
    is_changed: bool = False  # the preview is not the one that the form was sent from
    seen: str = ""  # of a conflict: the mark of what the form's reader knew


def _page_of(move: str) -> MovePage:
    """The page of a move that this account can ever make: its lists and texts are for nobody else."""
    page = MOVE_PAGES.get(move) or abort(404)
    if not BY_NAME[move].permissions & viewer().permissions:
        abort(403)
    return page


@blueprint.get("/staff/cases/<reference>/<move>")
@allow(P.READ_ALL_CASES, P.READ_AGENCY_CASES)
def show_move(reference: str, move: str) -> Response:
    """What the move does, and its fields."""
    return _show(reference, move, _page_of(move), None, Outcome())


@blueprint.post("/staff/cases/<reference>/<move>")
@allow(P.READ_ALL_CASES, P.READ_AGENCY_CASES)
def make_move(reference: str, move: str) -> Response:
    """Makes the move on the case that the form was opened on."""
    page = _page_of(move)
    typed = {one.name: request.form.get(one.name, "")[:LONGEST_TYPED] for one in page.fields}
    if "use" in request.form:
        return _use_text(reference, move, page, typed)
    try:
        if page.preview is not None and request.form.get("do") != "send":
            return _previewed(reference, move, page, typed)
        with acting() as who:
            file = case_for(who.session, who.viewer, reference, lock=True)
            _refuse_old(who.session, who.viewer, file, move)
            _refuse_unseen(who.session, who.viewer, file, page, typed)
            code = page.act(who, file, typed)
    except NotPreviewed:
        return _previewed(reference, move, page, typed, is_changed=True)
    except FieldErrors as error:
        errors = said_at_fields(error)
        return _show(reference, move, page, typed, Outcome(422, errors))
    except Conflict:
        return _show(reference, move, page, typed, Outcome(409, is_conflict=True, seen=request.form.get("seen", "")))
    except NotAllowed as error:
        return _show(reference, move, page, typed, Outcome(409, refusal=said(error)))
    except NotFound:
        raise
    except PortalError as error:
        first = page.fields[0].name if page.fields else "main"
        return _show(reference, move, page, typed, Outcome(422, {first: said(error)}))
    if code is not None:
        return page.shows(file, code)
    flash(_(page.done))
    if page.leaves:
        return make_response(redirect(url_for("desk.list_queue")))
    return make_response(redirect(url_for("desk.show_case", reference=file.case.reference)))


def _refuse_old(session: Session, who: Viewer, file: CaseFile, move: str) -> None:
    """Raises Conflict when the case is another than the form was opened on."""
    if not same(request.form.get("version", ""), mark_for(session, who, file, move)):
        raise Conflict(N_("Vụ việc đã đổi trong lúc anh/chị viết."))


def _refuse_unseen(session: Session, who: Viewer, file: CaseFile, page: MovePage, typed: Mapping[str, str]) -> None:
    """Raises NotPreviewed when the form would send something else than its page showed."""
    if page.preview is None:
        return
    shown = _preview_mark(file, page.preview(session, file, who, typed))
    if not same(request.form.get("shown", ""), shown):
        raise NotPreviewed


def _use_text(reference: str, move: str, page: MovePage, typed: Mapping[str, str]) -> Response:
    """The page again, with a standard text under what was typed. Nothing is moved."""
    session, who = db.session(), viewer()
    file = case_for(session, who, reference)
    if is_closed(who, file.case):
        return _show(reference, move, page, typed, Outcome(409))
    found = with_text(session, file, who, move, page, typed)
    if found is None:
        return _show(reference, move, page, typed, Outcome(422, {CHOICE: _("Hãy chọn một mẫu.")}))
    is_same = same(request.form.get("version", ""), mark_for(session, who, file, move))
    seen = request.form.get("seen", "")
    return _show(reference, move, page, found, Outcome() if is_same else Outcome(409, is_conflict=True, seen=seen))


def _preview_mark(file: CaseFile, preview: Preview) -> str:
    """A page that is sent in another language than it was made in has shown the same."""
    answers = [repr(astuple(replace(one, at=UNSENT))) for _, one in sorted(preview.answers.items())]
    return preview_mark("answer", file.case.reference, *answers)


def _previewed(
    reference: str, move: str, page: MovePage, typed: Mapping[str, str], *, is_changed: bool = False
) -> Response:
    """The page with what the reporter will read; the button sends exactly that."""
    session, who = db.session(), viewer()
    file = case_for(session, who, reference)
    _refuse_old(session, who, file, move)
    assert page.preview is not None  # noqa: S101 (the caller has asked)
    found = page.preview(session, file, who, typed)
    return _show(
        reference, move, page, typed, Outcome(409 if is_changed else 200, preview=found, is_changed=is_changed)
    )


def _show(reference: str, name: str, page: MovePage, typed: Mapping[str, str] | None, outcome: Outcome) -> Response:
    """The page of a move on the case as it stands now; without its button when the move is not open (any more).

    A restricted case that closed meanwhile shows what was typed, and nothing of the case.
    """
    session, who = db.session(), viewer()
    file = case_for(session, who, reference)
    move = BY_NAME[name]
    closed = is_closed(who, file.case)
    if closed and typed is None:
        return closed_page(file.case.reference)
    is_open = move in available_moves(who, file, today())
    fields = _fields(file, who, page, typed) if is_open or typed is not None else []
    barred = page.barred(session, file, who) if page.barred is not None and is_open and not closed else []
    status = 409 if outcome.status == 200 and not is_open else outcome.status
    preview = outcome.preview if is_open and not closed else None
    body = render_template(
        "desk/show_move.html",
        reference=file.case.reference,
        category=named(file.category),
        status=status_line(file),
        move=name,
        label=_(move.label),
        page=page,
        fields=fields,
        offered=offered(session, file, name) if is_open and not closed else None,
        barred=barred,
        unheard=unheard(session, file, name) if is_open and not closed else "",
        nothing_to_choose=bool(barred) and typed is None and not fields[0]["items"],
        folded_open=opens_folded(file, fields, outcome.errors),
        version=mark_for(session, who, file, name),
        seen=seen_mark(session, who, file),
        since=since(session, who, file, outcome.seen) if outcome.is_conflict and not closed else None,
        present=opened_by(session, who, file.case),
        will=consequences(session, file, who, move, page) if is_open else None,
        errors=outcome.errors,
        refusal=outcome.refusal,
        preview=spoken(preview.shown, preview.language) if preview is not None else "",
        shown=_preview_mark(file, preview) if preview is not None else "",
        is_changed=outcome.is_changed and preview is not None,
        is_conflict=outcome.is_conflict,
        is_open=is_open,
        lacks_text=name in READS_CLEARED and file.cleared_text is None,
        is_closed=closed,
        **(NOTHING_BESIDE if closed else _beside(file, who, name)),
    )
    return make_response(body, status)


def _fields(file: CaseFile, who: Viewer, page: MovePage, typed: Mapping[str, str] | None) -> list[dict[str, object]]:
    """The fields with their lists and what they hold."""
    session = db.session()
    asked = [(one, list(one.choices(session, file, who)) if one.choices else []) for one in page.fields]
    return [
        shown_field(
            one,
            typed[one.name] if typed is not None else one.first(session, file, who) if one.first else "",
            choices,
        )
        for one, choices in asked
        if choices or not one.only_with_choices
    ]


def _beside(file: CaseFile, who: Viewer, name: str) -> dict[str, object]:
    """What helps to decide: the text that is about to be read, and what happened last."""
    session = db.session()
    if who.reads_narratives:
        case = for_inspector(session, file, who)
        cleared = case.cleared[0] if case.cleared and name in READS_CLEARED else None
        conclusion = case.conclusions[0] if case.conclusions and name in SHOWS_CONCLUSION else None
        found = {"cleared": cleared, "conclusion": conclusion, "suggested": case.suggested, "remark": case.sent_back}
        asked = case.code_request if name in NEW_CODE else None
        told = _told(session, file, who) if conclusion is not None else ""
        return {**found, "told": told, "text": (), "code_request": asked, "history": case.history[:EVENTS_SHOWN]}
    own = for_agency(session, file, who)
    found = {"cleared": None, "conclusion": None, "told": "", "remark": None, "suggested": "", "code_request": None}
    return {**found, "text": own.text, "history": own.history[:EVENTS_SHOWN]}


def _told(session: Session, file: CaseFile, who: Viewer) -> str:
    """The newest conclusion as the reporter will read it."""
    language = told_in(file, who)
    return spoken(told_answer(session, file.conclusion, language), language) if file.conclusion is not None else ""
