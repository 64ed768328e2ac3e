"""Cases found by words: over open and closed ones, under any filter, with the place that was found."""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Response, make_response, render_template
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.cases import labels
from portal.cases.access import Viewer
from portal.cases.queue import QueueRow, rows_of_cases
from portal.cases.reading import words_shown
from portal.foundation.text import clean_line
from portal.search.asking import LONGEST_ASKED, Query, read_query
from portal.search.highlight import Part, snippet
from portal.search.queries import Hits, Place, find
from portal.web.desk.filtering import Args, Filtering, filtering, lists
from portal.web.desk.lines import StatusLine
from portal.web.desk.within import place_in, place_mark, queue_label
from portal.web.frame.access import viewer
from portal.web.frame.database import db
from portal.web.frame.language import named
from portal.web.frame.templating import day


@dataclass(frozen=True)
class HitLine:
    """One case that was found, ready for the page."""

    reference: str
    category: str
    parts: list[Part]  # none of a restricted case: reading one is noted, and a list is no reading
    agency: str
    received: str
    status: StatusLine
    track: str


def asked_in(args: Args) -> str:
    """What somebody looks for, in one line of bounded length."""
    return clean_line(args.get("q", "")[:LONGEST_ASKED])


def show_hits(args: Args) -> Response:
    """A page of what was found. Words bound the search, so closed cases are in it without anything more."""
    session, who, asked = db.session(), viewer(), asked_in(args)
    now, query = filtering(session, who, args), read_query(asked)
    now.errors.pop("past", None)
    address = urlencode({"q": asked}) + ("&" + now.query if now.query else "")
    label = queue_label(who, address)
    after = _place(label, args.get("after", ""))
    found = find(session, who, query, now.wanted, after=after)
    body = render_template(
        "desk/list_hits.html",
        lines=_lines(session, who, query, found),
        asked=asked,
        has_words=bool(query.phrases),
        address=address,
        after=place_mark(label, found.after) if found.after else "",
        is_first=after is None,
        **_filters(session, who, now),
    )
    response = make_response(body)
    response.status_code = 422 if now.errors else 200
    return response


def _place(label: str, mark: str) -> Place | None:
    place = place_in(label, mark)
    return (int(place[0]), int(place[1])) if place is not None else None


def _filters(session: Session, who: Viewer, now: Filtering) -> dict[str, object]:
    """What the filters beside the list need; a view of words is not kept."""
    return {
        "filtering": now,
        "errors": now.errors,
        "is_filtered": bool(now.query),
        "reads_narratives": who.reads_narratives,
        "lists": lists(session, who),
        "own_views": [],
    }


def _lines(session: Session, who: Viewer, query: Query, found: Hits) -> list[HitLine]:
    texts = {hit.case_id: hit.text for hit in found.hits}
    return [_line(row, texts[row.case.id], query, who) for row in rows_of_cases(session, who, list(texts))]


def _line(row: QueueRow, text: str, query: Query, who: Viewer) -> HitLine:
    case = row.case
    return HitLine(
        reference=case.reference,
        category=named(row.category),
        parts=snippet(_without_reference(text), query) if words_shown(case, who) else [],
        agency=named(row.agency) if row.agency else "",
        received=day(case.received_on),
        status=StatusLine(_(labels.STATUS[case.status]), labels.STATUS_TAG[case.status]),
        track=_(labels.TRACK[case.track]),
    )


def _without_reference(text: str) -> str:
    """A document without its first line, which stands in a column of its own."""
    return text.partition("\n")[2] or text
