"""Letters to print and sign: one page each, for the browser that opened the case, and for no other.

The address names the letter, never the case. What is on the page is the same as on the paper: no receipt code.
"""

from flask import Response, abort, make_response, redirect, render_template, url_for
from flask_babel import force_locale

from portal.cases.papers import LANGUAGES, Paper, paper_of, paper_without_case
from portal.web.frame.access import Who, allow
from portal.web.frame.database import db
from portal.web.frame.language import chosen
from portal.web.frame.site import site
from portal.web.public import blueprint
from portal.web.public.track import opened_case


@blueprint.get("/track/letter/<letter>")
@allow(Who.EVERYONE)
def show_letter(letter: str) -> Response:
    """The letter of a remedy that is open to this reporter; whoever has lost the code needs no case for theirs."""
    session = db.session()
    paper = paper_without_case(session, letter, chosen(), portal_names())
    if paper is None:
        file = opened_case()
        if file is None:
            return redirect(url_for("public.track"))  # type: ignore[return-value]
        paper = paper_of(session, file, letter, chosen(), portal_names())
    return _page(paper) if paper is not None else abort(404)


def _page(paper: Paper) -> Response:
    return make_response(render_template("public/letter.html", paper=paper))


def portal_names() -> dict[str, str]:
    """How letters name this portal: "Cổng Phản ánh tỉnh …", in each language."""
    names = {}
    for language in LANGUAGES:
        with force_locale(language):
            here = site()
            place = here.place[:1].lower() + here.place[1:] if language == "vi" else here.place
            names[language] = f"{here.name} {place}" if language == "vi" else f"{here.name}, {place}"
    return names
