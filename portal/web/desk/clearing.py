"""Clearing a report: what is masked beside what the agency will read, and only that preview can be saved."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal.cases import actions, labels
from portal.cases.access import available_moves
from portal.cases.actions.words_given import LONGEST
from portal.cases.casefile import CaseFile
from portal.cases.clear_choice import Choice, first_choice, key_of, places_of, proposals, text_of
from portal.cases.masking import MASK, Span
from portal.cases.queries import case_for
from portal.cases.status import BY_NAME
from portal.foundation.errors import Conflict, FieldErrors, NotAllowed
from portal.foundation.text import N_, clean_line
from portal.foundation.time import today
from portal.staff.permissions import Permission as P
from portal.web.desk import blueprint
from portal.web.desk.acting import acting
from portal.web.desk.case_view import status_line
from portal.web.desk.narrative import parts_of, spans_of, to_be_masked
from portal.web.desk.opened_on import mark_for, seen_mark, since
from portal.web.desk.opening import closed_page, is_closed
from portal.web.desk.presence import opened_by
from portal.web.desk.previews import NotPreviewed, preview_mark, same
from portal.web.frame.access import allow, viewer
from portal.web.frame.database import db
from portal.web.frame.language import named, said, said_at_fields

MOST_WORDS = 100
_MOVE = "clear"
_TOGETHER = " · "


@dataclass(frozen=True)
class Typed:
    """A form as it came: what is chosen, what was chosen when it was shown, and the words typed so far."""

    choice: Choice
    before: frozenset[str] = frozenset()  # keys and words that were masked in the preview
    words: tuple[str, ...] = ()  # all that were added, masked or not any more
    not_found: tuple[str, ...] = ()
    shown: str = ""
    version: str = ""
    seen: str = ""


@dataclass(frozen=True)
class Outcome:
    """Why the page is shown again."""

    status: int = 200
    errors: dict[str, str] = field(default_factory=dict)
    refusal: str = ""
    is_conflict: bool = False
    is_changed: bool = False


@blueprint.get("/staff/cases/<reference>/clear")
@allow(P.CLEAR_TEXT)
def show_clearing(reference: str) -> Response:
    """The report as filed, what is proposed to be masked, and what the agency would read."""
    return _show(reference, None, Outcome())


@blueprint.post("/staff/cases/<reference>/clear")
@allow(P.CLEAR_TEXT)
def make_clearing(reference: str) -> Response:
    """Shows the preview anew; or saves it, if it is what was shown of the case as it stands now."""
    who = viewer()
    file = case_for(db.session(), who, reference)
    closed = is_closed(who, file.case)
    typed = _typed(file.report.narrative if not closed else "")
    if closed and typed.not_found:  # nobody learns from a closed report which words stand in it
        return _show(reference, typed, Outcome(409))
    if typed.not_found:
        return _show(reference, typed, Outcome(422, {"more": _("Không thấy những chữ này trong nguyên văn.")}))
    if request.form.get("do") != "clear":
        return _show(reference, typed, Outcome())
    try:
        _save(reference, typed)
    except NotPreviewed:
        return _show(reference, typed, Outcome(409, is_changed=True))
    except FieldErrors as error:
        return _show(reference, typed, Outcome(422, said_at_fields(error)))
    except Conflict:
        return _show(reference, typed, Outcome(409, is_conflict=True))
    except NotAllowed as error:
        return _show(reference, typed, Outcome(409, refusal=said(error)))
    flash(_("Bản che đã lưu."))
    return make_response(redirect(url_for("desk.show_case", reference=reference.upper())))


def _save(reference: str, typed: Typed) -> None:
    with acting() as who:
        file = case_for(who.session, who.viewer, reference, lock=True)
        if not same(typed.version, mark_for(who.session, who.viewer, file, _MOVE)):
            raise Conflict(N_("Vụ việc đã đổi trong lúc anh/chị viết."))
        text = text_of(file.report.narrative, _proposed(file), typed.choice)
        if len(text) <= LONGEST and not same(typed.shown, _preview_mark(file, text)):
            raise NotPreviewed
        actions.clear(who.session, file, who.staff, who.viewer, text=text)


def _preview_mark(file: CaseFile, text: str) -> str:
    return preview_mark("cleared", file.case.reference, text)


def _proposed(file: CaseFile) -> list[Span]:
    return proposals(file.report.narrative, spans_of(file.report))


def _typed(narrative: str) -> Typed:
    """The form. Words that were typed become masks of their own; those that are nowhere stay where they are."""
    form = request.form
    lines = [clean_line(one) for one in form.get("more", "")[:LONGEST].splitlines()]
    new = [one for one in dict.fromkeys(lines) if one]
    found = [one for one in new if places_of(narrative, one)]
    known = [clean_line(one[:LONGEST]) for one in form.getlist("word")[:MOST_WORDS]]
    added = [clean_line(one[:LONGEST]) for one in form.getlist("added")[:MOST_WORDS]]
    return Typed(
        Choice(frozenset(form.getlist("mask")), tuple(dict.fromkeys([*added, *found])), form.get("text", "").strip()),
        before=frozenset(form.getlist("before")),
        words=tuple(dict.fromkeys(one for one in (*known, *added, *found) if one)),
        not_found=tuple(one for one in new if one not in found),
        shown=form.get("shown", ""),
        version=form.get("version", ""),
        seen=form.get("seen", ""),
    )


def _opened(file: CaseFile, proposed: Sequence[Span]) -> Typed:
    """The form as it opens: on the newest version, or on what is proposed."""
    earlier = file.cleared_text.text if file.cleared_text is not None else None
    choice = first_choice(file.report.narrative, proposed, earlier)
    return Typed(choice, words=choice.added)


def _show(reference: str, typed: Typed | None, outcome: Outcome) -> Response:
    """The page on the case as it stands now; of a restricted one that closed meanwhile only what was typed."""
    session, who = db.session(), viewer()
    file = case_for(session, who, reference)
    closed = is_closed(who, file.case)
    if closed and typed is None:
        return closed_page(file.case.reference)
    is_open = BY_NAME[_MOVE] in available_moves(who, file, today())
    status = 409 if outcome.status == 200 and not is_open else outcome.status
    proposed = _proposed(file)
    held = typed or _opened(file, proposed)
    body = render_template(
        "desk/show_clearing.html",
        reference=file.case.reference,
        category=named(file.category),
        status=status_line(file),
        version=mark_for(session, who, file, _MOVE),
        seen=seen_mark(session, who, file),
        since=since(session, who, file, held.seen) if outcome.is_conflict and not closed else None,
        present=opened_by(session, who, file.case),
        number=len(file.cleared_texts) + 1,
        is_open=is_open,
        is_closed=closed,
        outcome=outcome,
        errors=outcome.errors,
        held=held,
        **_sides(file, proposed, held, outcome),
    )
    return make_response(body, status)


def _sides(file: CaseFile, proposed: Sequence[Span], held: Typed, outcome: Outcome) -> dict[str, object]:
    """Left as filed, right as the agency will read it, and below what is masked."""
    narrative, choice = file.report.narrative, held.choice
    text = text_of(narrative, proposed, choice)
    added = [span for words in choice.added for span in places_of(narrative, words)]
    masked = [span for span in proposed if key_of(span) in choice.masked]
    names = {key_of(span): narrative[span.start : span.end].replace(MASK, "…") for span in proposed}
    now = {*(key for key in names if key in choice.masked), *choice.added}
    return {
        "left": to_be_masked(narrative, [*masked, *added], [span for span in proposed if span not in masked]),
        "right": parts_of(text),
        "shown": _preview_mark(file, text),
        "items": [_item(span, names) for span in proposed],
        "added_items": [{"value": words, "text": words} for words in held.words],
        "masks_now": sorted(now),
        "changes": _changes(held, now, names) if outcome.is_changed else [],
        "is_cut": MASK in narrative,
    }


def _item(span: Span, names: dict[str, str]) -> dict[str, str]:
    hint = _("cổng đề nghị: %(what)s", what=_(labels.MASKED_SORT[span.sort]))
    return {"value": key_of(span), "text": names[key_of(span)], "hint": hint}


def _changes(held: Typed, now: set[str], names: dict[str, str]) -> list[str]:
    """What differs from the preview that was shown."""
    before = held.before
    more = _TOGETHER.join(sorted(names.get(one, one) for one in now - before))
    less = _TOGETHER.join(sorted(names.get(one, one) for one in before - now))
    lines = [_("Che thêm: %(words)s", words=more)] if more else []
    lines += [_("Để ngỏ: %(words)s", words=less)] if less else []
    if not held.shown:
        return [*lines, _("Vụ việc vừa được mở lại, chưa có bản xem trước nào.")]
    return lines or [_("Phần viết lại đã đổi.")]
