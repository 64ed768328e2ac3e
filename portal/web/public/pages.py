"""What everybody may read: the front page and the plain pages. What comes later says honestly what will be there."""

from dataclasses import dataclass
from datetime import date

from flask import Response, make_response
from sqlalchemy.orm import Session

from portal.cases import labels
from portal.catalogue import queries as catalogue
from portal.catalogue.kept import kept, mark_of
from portal.catalogue.words import Unit
from portal.foundation.time import today
from portal.web.frame.access import Who, allow
from portal.web.frame.database import db
from portal.web.frame.whole_pages import whole_page
from portal.web.public import blueprint, lost_code
from portal.web.public.statistics import headline

PAGES = "commendations, decisions, transparency, help, privacy, accessibility"


@blueprint.get("/")
@allow(Who.EVERYONE)
def home() -> str:
    """Three doors: report, track, how are we doing."""
    session = db.session()
    days, numbers = kept(session, today(), _days), headline(session)
    return whole_page("public/home.html", days, numbers, values=lambda: {"days": days, "numbers": numbers})


@dataclass(frozen=True)
class Days:
    """Working days that the front page names, as the rules of the day have them; 0 where there is no such rule."""

    triage: int = 0
    delay: int = 0
    answer: int = 0
    review: int = 0


def _days(session: Session, on: date) -> Days:
    named = {"feedback.triage": "triage", "feedback.delay_answer": "delay", "feedback.answer": "answer"}
    named["reopen.window"] = "review"
    rules = catalogue.deadline_rules(session, on)
    limits = {named[rule.code]: rule.amount for rule in rules if rule.code in named and rule.unit is Unit.WORKING_DAYS}
    return Days(**limits)


@blueprint.get(f"/<any({PAGES}):name>")
@allow(Who.EVERYONE)
def page(name: str) -> Response:
    """One plain page."""
    facts = (mark_of(db.session()), today()) if name == "help" else ()
    return make_response(whole_page(f"public/{name}.html", *facts, values=_help if facts else dict))


def _help() -> dict[str, object]:
    """Time limits and places to go, from the data."""
    session = db.session()
    return {
        "rules": [rule for rule in catalogue.deadline_rules(session, today()) if rule.track in ("feedback", "all")],
        "bodies": catalogue.forward_bodies(session),
        "grounds": catalogue.refusal_grounds(session),
        "lost": lost_code.for_everybody(),
        "statuses": [(labels.STATUS[status], labels.WHAT_NEXT[status]) for status in labels.STATUS],
    }
