"""A body without an account reads a cleared text by its link, and answers once.

Mail scanners fetch links, so the address shows a button and asks the database nothing; pressing it is an event. The
secret stands in the path: no server log holds paths here (docs/decisions/0039-a-body-outside.md), and `no-referrer`
keeps it from every other site.
"""

from flask import Response, make_response, render_template, request

from portal.cases import actions
from portal.cases.outside import LONGEST_TOKEN, Letter, State, letter_of, link_of, opens, token_hash
from portal.foundation.database import transaction
from portal.foundation.errors import FieldErrors
from portal.web.frame import limits
from portal.web.frame.access import Who, allow
from portal.web.frame.database import db
from portal.web.frame.installed import installed
from portal.web.frame.language import said
from portal.web.public import blueprint

LONGEST_TYPED = 40_000


def _page(
    token: str, letter: Letter | None, status: int = 200, *, is_asked: bool = True, error: str = "", sent: bool = False
) -> Response:
    page = render_template(
        "public/outside.html",
        token=token[:LONGEST_TOKEN],
        letter=letter,
        is_asked=is_asked,
        is_sent=sent,
        errors={"text": error} if error else {},
        typed=request.form,
        other_language_form="reading" if letter is not None else "",
    )
    response = make_response(page, status)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@blueprint.get("/outside/<token>")
@allow(Who.EVERYONE)
def outside(token: str) -> Response:
    """A button. The same page for every address: it says nothing of whether there is such a link."""
    return _page(token, None, is_asked=False)


@blueprint.post("/outside/<token>")
@allow(Who.EVERYONE)
@limits.limiter.limit(limits.LOOK_UP)
def outside_open(token: str) -> Response:
    """Shows what the link opens."""
    session = db.session()
    with transaction(session):
        found = link_of(session, _hashed(token), lock=True)
        if found is None:
            return _page(token, None, 404)
        if not opens(actions.open_outside(session, *found)):
            return _page(token, None, 410)
        letter = letter_of(session, found[0])
    return _page(token, letter)


@blueprint.post("/outside/<token>/answer")
@allow(Who.EVERYONE)
@limits.limiter.limit(limits.LOOK_UP)
def outside_answer(token: str) -> Response:
    """Takes the answer, once. With another language asked for, the page comes again with what was typed."""
    session, wrong, state = db.session(), "", State.WAITING
    text, by = request.form.get("text", "")[:LONGEST_TYPED], request.form.get("by", "")[:LONGEST_TYPED]
    with transaction(session):
        found = link_of(session, _hashed(token), lock=True)
        if found is None:
            return _page(token, None, 404)
        try:
            if "lang" in request.form:
                state = actions.open_outside(session, *found)
            else:
                state = actions.answer_outside(session, *found, text=text, by=by)
        except FieldErrors as error:
            wrong = said(error.fields["text"])
        letter = letter_of(session, found[0])
    if not opens(state):
        return _page(token, None, 410)
    return _page(token, letter, 422 if wrong else 200, error=wrong, sent=letter.answered_at is not None)


def _hashed(token: str) -> bytes:
    return token_hash(installed().secrets.code_key, token)
