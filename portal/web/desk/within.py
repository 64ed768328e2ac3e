"""Places in a filtered queue as marks that tell nothing; the way from a case to the next one under the same filter."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl

from flask import request, url_for
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from portal.cases.access import Viewer
from portal.cases.models import Case
from portal.cases.queue import Place, neighbours
from portal.web.desk.filtering import filtering
from portal.web.frame.pagination import page_mark, place_of

WITHIN = "within"  # the label of a mark that holds a filter


@dataclass(frozen=True)
class Within:
    """The filtered list that somebody came from: back to it, the case before, the case after."""

    back: str
    before: str
    after: str


def queue_label(who: Viewer, query: str) -> str:
    """What a mark is good for: this account's list under this filter, and no other."""
    return f"queue {who.staff_id} {who.agency_id} {query}"


def place_mark(label: str, place: Place) -> str:
    """Where the next page begins."""
    return page_mark(label, *(one.isoformat() if isinstance(one, date) else str(one) for one in place))


def place_in(label: str, mark: str) -> Place | None:
    """The place that a mark stands for; None for one that is not of this list."""
    place = place_of(label, mark) if mark else None
    return tuple(_value(one) for one in place) if place is not None else None


def _value(written: str) -> date | int:
    return date.fromisoformat(written) if written[4:5] == "-" else int(written)


def within(session: Session, who: Viewer, case: Case) -> Within | None:
    """The list that the address of a case page speaks of (`?in=`), with the case's neighbours in it."""
    held = place_of(WITHIN, request.args.get("in", "")) if "in" in request.args else None
    if held is None:
        return None
    query = held[0]
    wanted = filtering(session, who, MultiDict(parse_qsl(query))).wanted
    before, after = neighbours(session, who, wanted, case)
    mark = request.args["in"]
    return Within(
        back=f"{url_for('desk.list_queue')}?{query}" if query else url_for("desk.list_queue"),
        before=_address(before, mark),
        after=_address(after, mark),
    )


def _address(reference: str | None, mark: str) -> str:
    return f"{url_for('desk.show_case', reference=reference)}?in={mark}" if reference else ""
