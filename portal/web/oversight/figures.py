"""Exact figures for inside work: asked for by a form, so that each look is written down before it is had."""

from dataclasses import dataclass
from datetime import date

from flask import Response, abort, make_response, render_template, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.cases.access import Viewer
from portal.catalogue import queries as catalogue
from portal.catalogue.snapshot import snapshot
from portal.foundation.database import transaction
from portal.foundation.time import today
from portal.oversight.asking import NO_BODY, Span, periods, read_span
from portal.oversight.bodies import Bodies, all_bodies
from portal.oversight.counts import days_taken
from portal.oversight.figures import figures
from portal.oversight.readings import Reading, last_readings, note_reading, sees_everybodys
from portal.staff.models import Staff
from portal.staff.permissions import Permission as P
from portal.web.frame.access import allow, viewer
from portal.web.frame.database import db
from portal.web.frame.language import named
from portal.web.frame.templating import moment
from portal.web.oversight import blueprint
from portal.web.oversight.figure_sheets import Names, headline, sheets

FIELDS = ("period", "first", "last", "body")


@dataclass(frozen=True)
class Line:
    """One look, for the list below the form."""

    at: str
    when: str
    text: str


@blueprint.get("/staff/oversight/figures")
@allow(P.READ_EXACT_FIGURES)
def ask_figures() -> Response:
    """The form, and who looked lately. No figure stands here."""
    who, session = _reader(), db.session()
    return _page(session, who, all_bodies(session), {})


@blueprint.post("/staff/oversight/figures")
@allow(P.READ_EXACT_FIGURES)
def show_figures() -> Response:
    """Writes down that this account looks, then shows what it asked for."""
    who, session = _reader(), db.session()
    bodies, asked = all_bodies(session), _asked()
    span, errors = read_span(asked["period"], asked["first"], asked["last"])
    if asked["body"] and asked["body"] not in {one.code for one in bodies.to_choose}:
        errors["body"] = NO_BODY
    if span is None or errors:
        return _page(session, who, bodies, errors, 422)
    with transaction(session):
        note_reading(session, session.get_one(Staff, who.staff_id), span, asked["body"])
    return _page(session, who, bodies, {}, span=span)


def _reader() -> Viewer:
    """The account, if it may count: an inspector's role given elsewhere than in the two committees opens nothing."""
    who = viewer()
    if P.READ_EXACT_FIGURES not in who.permissions:
        abort(403)
    return who


def _asked() -> dict[str, str]:
    return {name: request.form.get(name, "")[:40].strip() for name in FIELDS}


def _page(
    session: Session, who: Viewer, bodies: Bodies, errors: dict[str, str], status: int = 200, span: Span | None = None
) -> Response:
    asked = _asked()
    years, quarters = periods(today())
    body = render_template(
        "oversight/show_figures.html",
        errors={name: _(words) for name, words in errors.items()},
        asked=asked,
        periods=[(_("Năm"), [(one, one) for one in years]), (_("Quý"), [(one, _quarter(one)) for one in quarters])],
        bodies=_to_choose(bodies),
        shown=_shown(session, who, span, asked["body"], bodies) if span is not None else None,
        readings=[_line(one, bodies) for one in last_readings(session, who)],
        is_everybodys=sees_everybodys(who),
    )
    return make_response(body, status)


def _shown(session: Session, who: Viewer, span: Span, body: str, bodies: Bodies) -> dict[str, object]:
    known = snapshot(session, today())
    found = figures(session, who, span, body, bodies, today())
    days = days_taken(found.spans, known.calendar)
    names = Names(
        {row.code: row for row in catalogue.refusal_grounds(session)},
        {row.code: row for row in catalogue.findings(session)},
    )
    return {
        "title": _about(span.first, span.last, body, bodies),
        "headline": headline(found, days),
        "sheets": sheets(found, days, span, known, bodies, names),
        "leaves_out": not (who.reads_restricted or P.COUNT_RESTRICTED_CASES in who.permissions),
    }


def _to_choose(bodies: Bodies) -> list[tuple[str, list[tuple[str, str]]]]:
    local = [(one.code, named(one)) for one in bodies.to_choose if one.is_local]
    others = [(one.code, named(one)) for one in bodies.to_choose if not one.is_local]
    return [(_("Huyện, thị xã, thành phố, xã"), local), (_("Sở, ban, ngành"), others)]


def _quarter(period: str) -> str:
    year, number = period.split("-Q")
    return _("Quý %(number)s/%(year)s", number=number, year=year)


def _about(first: date, last: date, body: str, bodies: Bodies) -> str:
    name = named(bodies.named[body]) if body in bodies.named else _("mọi cơ quan")
    return _("%(first)s đến %(last)s, %(body)s", first=f"{first:%m/%Y}", last=f"{last:%m/%Y}", body=name)


def _line(one: Reading, bodies: Bodies) -> Line:
    text = _about(one.first, one.last, one.body, bodies)
    return Line(one.at.isoformat(timespec="seconds"), moment(one.at), f"{one.name}: {text}")
