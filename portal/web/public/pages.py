"""What everybody may read: the front page and the plain pages. What comes later says honestly what will be there."""

from flask import Response, make_response, render_template

from portal.cases import labels
from portal.catalogue import queries as catalogue
from portal.foundation.time import today
from portal.web.frame.access import Who, allow
from portal.web.frame.database import db
from portal.web.public import blueprint, lost_code

PAGES = "statistics, commendations, decisions, transparency, help, privacy, accessibility"


@blueprint.get("/")
@allow(Who.EVERYONE)
def home() -> str:
    """Three doors: report, track, how are we doing."""
    return render_template("public/home.html")


@blueprint.get(f"/<any({PAGES}):name>")
@allow(Who.EVERYONE)
def page(name: str) -> Response:
    """One plain page."""
    more = _help() if name == "help" else {}
    return make_response(render_template(f"public/{name}.html", **more))


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
