"""Having somebody heard: what the body will read beside what may lead back to the report; only that can be sent."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal.cases import actions
from portal.cases.access import available_moves
from portal.cases.actions.words_given import LONGEST
from portal.cases.casefile import CaseFile
from portal.cases.hearing import superior_of, told_by
from portal.cases.hearing_traces import Finding, Trace, traces
from portal.cases.queries import case_for, line_of, walled_ids
from portal.cases.status import BY_NAME, Starts
from portal.foundation.errors import Conflict, FieldErrors, NotAllowed
from portal.foundation.text import N_, clean, clean_line
from portal.foundation.time import today
from portal.staff.permissions import Permission as P
from portal.web.desk import blueprint
from portal.web.desk.acting import acting
from portal.web.desk.case_view import status_line
from portal.web.desk.consequences import clock_begun
from portal.web.desk.move_fields import Choice, agencies
from portal.web.desk.narrative import Part, parts_of
from portal.web.desk.opened_on import mark_for
from portal.web.desk.opening import closed_page, is_closed
from portal.web.desk.presence import opened_by
from portal.web.desk.previews import NotPreviewed, preview_mark, same
from portal.web.frame.access import allow, viewer
from portal.web.frame.database import db
from portal.web.frame.language import named, said, said_at_fields

_MOVE = "hear"
_KINDS = {Trace.FACT: "mark", Trace.RUN: "open"}


@dataclass(frozen=True)
class Typed:
    """A form as it came."""

    agency: str = ""
    person: str = ""
    statement: str = ""
    tells: bool = False
    is_seen: bool = False
    shown: str = ""
    version: str = ""


@dataclass(frozen=True)
class Outcome:
    """Why the page is shown again."""

    status: int = 200
    errors: dict[str, str] = field(default_factory=dict)
    refusal: str = ""
    is_conflict: bool = False
    is_changed: bool = False


@blueprint.get("/staff/cases/<reference>/hear")
@allow(P.TRIAGE_CASE)
def show_hearing(reference: str) -> Response:
    """The form, with the body above the accused one chosen already."""
    return _show(reference, None, Outcome())


@blueprint.post("/staff/cases/<reference>/hear")
@allow(P.TRIAGE_CASE)
def make_hearing(reference: str) -> Response:
    """Shows the preview; or sends it, if it is what was shown of the case as it stands now."""
    typed = _typed()
    if request.form.get("do") != "hear":
        wrong = _left_out(typed)
        return _show(reference, typed, Outcome(422 if wrong else 200, wrong))
    try:
        _send(reference, typed)
    except NotPreviewed:
        return _show(reference, typed, Outcome(409, is_changed=True))
    except FieldErrors as error:
        return _show(reference, typed, Outcome(422, said_at_fields(error)))
    except Conflict:
        return _show(reference, typed, Outcome(409, is_conflict=True))
    except NotAllowed as error:
        return _show(reference, typed, Outcome(409, refusal=said(error)))
    flash(_("Đã gửi văn bản để nghe giải trình."))
    return make_response(redirect(url_for("desk.show_case", reference=reference.upper())))


def _left_out(typed: Typed) -> dict[str, str]:
    """What a preview needs and has not: there is nothing to show without it."""
    words = {
        "agency": _("Hãy chọn nơi nghe giải trình."),
        "person": _("Hãy ghi ai được nghe giải trình: họ tên, hoặc chức vụ."),
        "statement": _("Hãy viết nội dung."),
    }
    return {name: text for name, text in words.items() if not getattr(typed, name)}


def _typed() -> Typed:
    form = request.form
    return Typed(
        agency=form.get("agency", ""),
        person=clean_line(form.get("person", "")[:LONGEST]),
        statement=clean(form.get("statement", "")[: 4 * LONGEST]),
        tells="tells" in form,
        is_seen="is_seen" in form,
        shown=form.get("shown", ""),
        version=form.get("version", ""),
    )


def _send(reference: str, typed: Typed) -> None:
    with acting() as who:
        file = case_for(who.session, who.viewer, reference, lock=True)
        if not same(typed.version, mark_for(who.session, who.viewer, file, _MOVE)):
            raise Conflict(N_("Vụ việc đã đổi trong lúc anh/chị viết."))
        if typed.statement and typed.person and not same(typed.shown, _preview_mark(file, typed)):
            raise NotPreviewed
        actions.hear(
            who.session,
            file,
            who.staff,
            who.viewer,
            agency=typed.agency,
            person=typed.person,
            statement=typed.statement,
            is_seen=typed.is_seen,
            tells_reporter=typed.tells,
        )


def _preview_mark(file: CaseFile, typed: Typed) -> str:
    return preview_mark("hearing", file.case.reference, typed.agency, typed.person, typed.statement)


def _bodies(file: CaseFile) -> list[Choice]:
    """The bodies of today that are not behind a wall."""
    session = db.session()
    walled = walled_ids(session, file.case)
    return agencies(session, lambda row: not walled.intersection(line_of(row)))


def _show(reference: str, typed: Typed | None, outcome: Outcome) -> Response:
    """The page on the case as it stands now."""
    session, who = db.session(), viewer()
    file = case_for(session, who, reference)
    if is_closed(who, file.case):
        return closed_page(file.case.reference)
    is_open = BY_NAME[_MOVE] in available_moves(who, file, today())
    above = superior_of(session, file) if typed is None else None
    held = typed or Typed(agency=above.code if above is not None else "")
    found = traces(held.statement, told_by(file), held.person)
    groups: dict[str, list[tuple[str, str]]] = {}
    for choice in _bodies(file):
        groups.setdefault(choice.group, []).append((choice.value, choice.text))
    body = render_template(
        "desk/show_hearing.html",
        reference=file.case.reference,
        category=named(file.category),
        status=status_line(file),
        version=mark_for(session, who, file, _MOVE),
        present=opened_by(session, who, file.case),
        is_open=is_open,
        outcome=outcome,
        errors=outcome.errors,
        held=held,
        bodies=groups.pop("", []),
        groups=list(groups.items()),
        clock=clock_begun(session, file, Starts.HEARING),
        narrative=parts_of(file.report.narrative),
        preview=_marked(held.statement, found),
        has_facts=any(one.trace is Trace.FACT for one in found),
        has_runs=any(one.trace is Trace.RUN for one in found),
        shown=_preview_mark(file, held),
    )
    return make_response(body, outcome.status if is_open else 409)


def _marked(statement: str, found: Sequence[Finding]) -> list[Part]:
    """The statement, boxed what forbids it, dotted what stands like this in the report."""
    ordered = sorted(found, key=lambda one: one.trace is Trace.RUN)  # of what overlaps the graver one is shown
    kinds = ["plain"] * len(statement)
    for one in reversed(ordered):
        kinds[one.start : one.end] = [_KINDS[one.trace]] * (one.end - one.start)
    parts: list[Part] = []
    for place, kind in enumerate(kinds):
        if parts and parts[-1][0] == kind:
            parts[-1] = (kind, parts[-1][1] + statement[place])
        else:
            parts.append((kind, statement[place]))
    return parts
