"""Letters to print and sign: one page each, for the browser that opened the case, and for no other.

The address names the letter, never the case. What is on the page is the same as on the paper: no receipt code.
"""

from flask import Response, abort, make_response, redirect, render_template, url_for
from flask_babel import gettext as _

from portal.cases.papers import Paper, paper_of, paper_without_case
from portal.documents.letters import letter_pdf
from portal.foundation.time import now
from portal.web.frame import limits
from portal.web.frame.access import Who, allow
from portal.web.frame.database import db
from portal.web.frame.language import chosen
from portal.web.frame.site import portal_names
from portal.web.public import blueprint
from portal.web.public.tracked import opened_case


@blueprint.get("/track/letter/<letter>")
@allow(Who.EVERYONE)
def show_letter(letter: str) -> Response:
    """The letter of a remedy that is open to this reporter, with what to know before sending it."""
    paper = _paper(letter)
    return make_response(render_template("public/letter.html", paper=paper)) if paper is not None else _ask_for_code()


@blueprint.get("/track/letter/<letter>/pdf")
@allow(Who.EVERYONE)
@limits.limiter.limit(limits.LOOK_UP)
def download_letter(letter: str) -> Response:
    """The same letter as a file. Its name does not say what it is: it lies among others' downloads."""
    paper = _paper(letter)
    if paper is None:
        return _ask_for_code()
    name = _("thu")
    response = make_response(letter_pdf(paper.vietnamese, now()))
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


def _paper(letter: str) -> Paper | None:
    """The paper; None for a browser without a case. Whoever has lost the code needs no case for theirs."""
    session = db.session()
    paper = paper_without_case(session, letter, chosen(), portal_names())
    if paper is not None:
        return paper
    file = opened_case()
    if file is None:
        return None
    return paper_of(session, file, letter, chosen(), portal_names()) or abort(404)


def _ask_for_code() -> Response:
    return redirect(url_for("public.track"))  # type: ignore[return-value]
