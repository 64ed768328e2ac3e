"""What the page "where" shows: what was searched and found, how late the dossier is. As plain values for its template.

The page and the fragments that a script fetches while somebody types are made of the same values.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.catalogue import queries as catalogue
from portal.catalogue.kept import kept, mark_of
from portal.catalogue.snapshot import snapshot
from portal.catalogue.words import Kind
from portal.foundation.errors import PortalError
from portal.foundation.text import clean_line
from portal.foundation.time import today
from portal.intake.answers import STEPS
from portal.intake.dates import read_date
from portal.web.frame import limits
from portal.web.frame.access import Who, allow
from portal.web.frame.database import db
from portal.web.frame.language import named
from portal.web.frame.templating import day
from portal.web.public import blueprint, drafting, places
from portal.web.public.places import PROVINCE, UNKNOWN, Place

# What was typed to search by. The draft keeps it; it is no part of a report.
SEARCHES = ("agency_name", "procedure_name")
FIELDS = (*STEPS["where"], *SEARCHES)


def where(answers: Mapping[str, str]) -> dict[str, Any]:
    """Everything that the page needs beside the answers."""
    session, on = db.session(), today()
    category = snapshot(session, on).categories.get(clean_line(answers.get("category", "")))
    return {
        "agencies": agencies(answers),
        "procedures": procedures(answers),
        "areas": places.areas(session, on),
        "is_delay": category is not None and category.kind is Kind.DELAY,
        "lateness": lateness(answers),
        "announcements": announcements(answers),
        "catalogue_mark": (mark_of(session), on),
        "unknown": UNKNOWN,
        "province": PROVINCE,
    }


@dataclass(frozen=True)
class Said:
    """An announcement; without body and category it is for everybody."""

    agency: str | None
    category: str | None
    text_vi: str
    text_en: str


def announcements(answers: Mapping[str, str]) -> list[str]:
    """What is to be said today to whoever reports in this category, about this body or its office."""
    session, on = db.session(), today()
    body = places.places(session, on).bodies.get(answers.get("agency", ""))
    about = (None, body.code, body.parent) if body is not None else (None,)
    said = (one for one in kept(session, on, _read_announcements) if one.agency in about)
    return [named(one, "text") for one in said if one.category in (None, answers.get("category"))]


def _read_announcements(session: Session, on: date) -> tuple[Said, ...]:
    rows = catalogue.announcements_on(session, on)
    return tuple(Said(row.agency_code, row.category, row.text_vi, row.text_en) for row in rows)


def agencies(answers: Mapping[str, str]) -> dict[str, Any]:
    """The bodies found by what was typed and by the area, the chosen one always among them."""
    known = places.places(db.session(), today())
    typed, area, chosen = (answers.get(name, "") for name in ("agency_name", "area", "agency"))
    found = known.found(typed) + (known.of_area(area) if area else [])
    if chosen in known.bodies and chosen not in {one.code for one in found}:
        found.insert(0, known.bodies[chosen])
    found = list({one.code: one for one in reversed(found)}.values())[::-1]
    only = found[0].code if len(found) == 1 and not chosen else ""
    return {
        "typed": typed,
        "items": [{"value": one.code, "text": named(one), "hint": _was(one)} for one in found],
        "chosen": chosen or only,
        "was_asked": bool(typed.strip() or area),
    }


def _was(place: Place) -> str:
    if not place.was_vi or place.until is None:
        return ""
    words: str = _("Trước đây là %(old)s, đến hết ngày %(day)s.", old=named(place, "was"), day=day(place.until))
    return words


def procedures(answers: Mapping[str, str]) -> dict[str, Any]:
    """The procedures found by what was typed, the chosen one always among them."""
    session, on = db.session(), today()
    typed, chosen, agency = (answers.get(name, "") for name in ("procedure_name", "procedure", "agency"))
    found = places.found_procedures(session, on, agency, typed) if typed.strip() else []
    if chosen not in ("", UNKNOWN) and chosen not in {one.code for one in found}:
        known = snapshot(session, on).procedures
        found = ([known[chosen]] if chosen in known else []) + found
    return {
        "typed": typed,
        "items": [{"value": one.code, "text": named(one), "hint": named(one, "field")} for one in found],
        "chosen": chosen or (found[0].code if len(found) == 1 else ""),
        "was_asked": bool(typed.strip()),
    }


def lateness(answers: Mapping[str, str]) -> dict[str, Any] | None:
    """How many working days late a dossier is today; None without a date that can be read."""
    on = today()
    try:
        promised = read_date(answers.get("promised_on", ""), on, may_lie_ahead=True)
    except PortalError:
        return None
    if promised is None:
        return None
    calendar = snapshot(db.session(), on).calendar
    late = calendar.count(promised, on) if promised < on else 0
    return {"promised": promised, "days": late, "first": calendar.add(promised, 1), "today": on}


@blueprint.post("/report/find/<any(agency, procedure, promised):what>")
@allow(Who.EVERYONE)
@limits.limiter.limit(limits.FINDING)
def find_while_typing(what: str) -> str:
    """A part of the page "where", for the script that asks while somebody types. Stores nothing.

    A POST, so that nothing typed stands in an address.
    """
    answers = drafting.open_draft().content.answers | drafting.typed(FIELDS)
    if what == "agency":
        return render_template("public/parts/found_agency.html", agencies=agencies(answers), unknown=UNKNOWN)
    if what == "procedure":
        return render_template("public/parts/found_procedure.html", procedures=procedures(answers), unknown=UNKNOWN)
    return render_template("public/parts/lateness.html", lateness=lateness(answers))


def looks_for() -> bool:
    """Whether a search button of the page was pressed: then it is shown again, with what was found."""
    return request.form.get("find") in ("agency", "area", "procedure", "promised")
