"""Letters that are written from a standard text and printed: the apology for a late dossier, the request to explain.

The portal keeps nothing of them: whoever signs writes the names in, and those stand on the paper alone. Printed is
what was previewed, and only without gaps.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, abort, make_response, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.cases.access import Viewer
from portal.cases.actions.words_given import required
from portal.cases.casefile import CaseFile
from portal.cases.pattern_counts import patterns_of_today
from portal.cases.patterns import Pattern, first_day
from portal.cases.queries import case_for
from portal.catalogue.models import Agency
from portal.catalogue.standard_text_rows import newest_texts
from portal.catalogue.standard_texts import Moment, filled
from portal.catalogue.words import Kind
from portal.documents.written import WrittenPaper, written_pdf
from portal.foundation.errors import FieldErrors
from portal.foundation.text import clean, clean_line
from portal.foundation.time import local, now, today
from portal.staff.permissions import Permission as P
from portal.statistics.cells import Topic, topic_of
from portal.statistics.dictionary import TOPICS
from portal.web.desk import blueprint
from portal.web.desk.case_view import for_agency
from portal.web.desk.opening import closed_page, is_closed
from portal.web.desk.patterns import as_expected
from portal.web.desk.previews import preview_mark, same
from portal.web.frame.access import allow, viewer
from portal.web.frame.database import db
from portal.web.frame.language import said_at_fields

MOST_TYPED = 10_000


@dataclass(frozen=True)
class Draft:
    """A letter that can be written: from which text, filled with what, and the page that leads here."""

    moment: Moment
    values: Mapping[str, str]
    is_of_party: bool
    address: str
    back: str
    back_label: str
    file_name: str


@blueprint.get("/staff/cases/<reference>/apology")
@allow(P.READ_AGENCY_CASES)
def write_apology(reference: str) -> Response:
    """The form of the apology, as far as the body's own page of the case knows it."""
    file = case_for(db.session(), viewer(), reference)
    return closed_page(file.case.reference) if is_closed(viewer(), file.case) else _begin(_apology(file))


@blueprint.post("/staff/cases/<reference>/apology")
@allow(P.READ_AGENCY_CASES)
def print_apology(reference: str) -> Response:
    """Its preview, or the paper that was previewed."""
    file = case_for(db.session(), viewer(), reference)
    return closed_page(file.case.reference) if is_closed(viewer(), file.case) else _print(_apology(file))


@blueprint.get("/staff/patterns/explanation")
@allow(P.TRIAGE_CASE)
def write_explanation() -> Response:
    """The form of the request to explain why an office has so many reports."""
    return _begin(_explanation(request.args))


@blueprint.post("/staff/patterns/explanation")
@allow(P.TRIAGE_CASE)
def print_explanation() -> Response:
    """Its preview, or the paper that was previewed."""
    return _print(_explanation(request.args))


def may_apologise(file: CaseFile, who: Viewer) -> bool:
    """Whether a body may write the apology: a late dossier is its share of the case."""
    own = file.referral_of(who.agency_id)
    return file.kind is Kind.DELAY and own is not None and own.is_open


def _apology(file: CaseFile) -> Draft:
    session, who = db.session(), viewer()
    if not may_apologise(file, who):
        abort(404)
    shown, reference = for_agency(session, file, who), file.case.reference
    values = {
        "agency_name": session.get_one(Agency, who.agency_id).name_vi,
        "dossier_code": shown.dossier_code,
        "promised_on": f"{file.report.promised_on:%d/%m/%Y}" if shown.promised and file.report.promised_on else "",
    }
    return Draft(
        Moment.APOLOGY_LETTER,
        values,
        False,
        url_for("desk.write_apology", reference=reference),
        url_for("desk.show_case", reference=reference),
        reference,
        f"xin-loi-{reference}",
    )


def _explanation(asked: Mapping[str, str]) -> Draft:
    session, who = db.session(), viewer()
    code, topic = asked.get("agency", "")[:40], asked.get("topic", "")[:20]
    standing = patterns_of_today(session, who, topic_of, today()).patterns
    found = [one for one in standing if (one.agency.code, one.topic) == (code, topic)]
    if not found:
        abort(404)
    return Draft(
        Moment.EXPLANATION_REQUEST,
        _of_pattern(session, who, found[0]),
        True,
        url_for("desk.write_explanation", agency=code, topic=topic),
        url_for("desk.show_patterns"),
        str(_("Nơi nhiều phản ánh")),
        f"giai-trinh-{code}",
    )


def _of_pattern(session: Session, who: Viewer, one: Pattern) -> dict[str, str]:
    """What stands out, to the body above it; to the office itself where there is none."""
    above = session.get(Agency, one.agency.parent_id) if one.agency.parent_id is not None else None
    subject = str(TOPICS[Topic(one.topic)][0])
    return {
        "agency_name": (above or one.agency).name_vi,
        "count": f"{one.recent:02}",
        "expected": as_expected(one.expected, "vi"),
        "period": f"thời gian từ {first_day(today()):%d/%m/%Y} đến {today():%d/%m/%Y}",
        "sender_name": session.get_one(Agency, who.agency_id).name_vi,
        "subject": subject[:1].lower() + subject[1:],
        "unit_name": one.agency.name_vi,
    }


def _begin(draft: Draft) -> Response:
    rows = [one for one in newest_texts(db.session()) if one.moment == draft.moment]
    body = filled(rows[0].body_vi, draft.values, "vi") if rows else ""
    return _form(draft, rows[0].title_vi if rows else "", body)


def _print(draft: Draft) -> Response:
    title, text = clean_line(request.form.get("title", "")[:300]), clean(request.form.get("text", "")[:MOST_TYPED])
    errors = _faults(title, text)
    if errors:
        return _form(draft, title, text, errors, 422)
    if request.form.get("do") != "print":
        return _form(draft, title, text, shows=True)
    if not same(request.form.get("shown", ""), _mark(draft, title, text)):
        return _form(draft, title, text, status=409, shows=True)
    at = now()
    day = local(at)
    sender = db.session().get_one(Agency, viewer().agency_id).name_vi
    paper = WrittenPaper(title, sender, draft.is_of_party, f"ngày {day:%d} tháng {day:%m} năm {day:%Y}", text)
    response = make_response(written_pdf(paper, at))
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{draft.file_name}.pdf"'
    return response


def _faults(title: str, text: str) -> dict[str, str]:
    """What is missing, each at its field."""
    found: dict[str, str] = {}
    for name, words in (("title", title), ("text", text)):
        try:
            required(words, name)
        except FieldErrors as error:
            found |= said_at_fields(error)
    return found if title else {**found, "title": _("Hãy viết tên văn bản.")}


def _mark(draft: Draft, title: str, text: str) -> str:
    return preview_mark("written-letter", draft.address, title, text)


def _form(
    draft: Draft,
    title: str,
    text: str,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
    *,
    shows: bool = False,
) -> Response:
    html = render_template(
        "desk/write_letter.html",
        draft=draft,
        title=title,
        text=text,
        errors=errors or {},
        shown=_mark(draft, title, text) if shows else "",
        is_changed=status == 409,
    )
    return make_response(html, status)
