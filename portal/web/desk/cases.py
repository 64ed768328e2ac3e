"""The page of one case, as its reader may read it."""

from dataclasses import dataclass

from flask import Response, make_response, render_template, url_for
from flask_babel import gettext as _

from portal.cases.access import Viewer, available_moves
from portal.cases.casefile import CaseFile
from portal.cases.queries import case_for
from portal.cases.words import Status
from portal.foundation.time import today
from portal.staff.permissions import Permission as P
from portal.web.desk import blueprint
from portal.web.desk.case_view import for_agency, for_inspector
from portal.web.desk.move_pages import MOVE_PAGES
from portal.web.desk.note_lines import note_lines
from portal.web.desk.opening import is_closed, readership, show_closed
from portal.web.desk.own_work import own_form
from portal.web.desk.presence import opened_by
from portal.web.desk.similar_lines import similar_lines
from portal.web.desk.within import within
from portal.web.desk.written import may_apologise
from portal.web.frame.access import allow, viewer
from portal.web.frame.database import db

NOTE = "note"
KEYS = {"assign": "a", "refer": "r"}  # the same keys as in the queue


@dataclass(frozen=True)
class MoveLink:
    """A move that is open now, and its page."""

    href: str
    text: str
    key: str = ""  # the key that opens it, where it has one


def move_links(who: Viewer, file: CaseFile) -> list[MoveLink]:
    """The moves that this account may make with this case now, the likeliest first."""
    open_now = {move.name: move for move in available_moves(who, file, today())}
    return [
        MoveLink(
            url_for("desk.show_move", reference=file.case.reference, move=name),
            _(open_now[name].label),
            KEYS.get(name, ""),
        )
        for name in MOVE_PAGES
        if name in open_now and name != NOTE  # its link stands beside the notes
    ]


@blueprint.get("/staff/cases/<reference>")
@allow(P.READ_ALL_CASES, P.READ_AGENCY_CASES)
def show_case(reference: str) -> Response:
    """The case: as filed for inspectors, cleared for everybody else; a restricted one once it was opened."""
    session, who = db.session(), viewer()
    file = case_for(session, who, reference)
    if is_closed(who, file.case):
        return show_closed(session, who, file)
    shared = {
        "moves": move_links(who, file),
        "may_note": any(move.name == NOTE for move in available_moves(who, file, today())),
        "notes": note_lines(session, who, file.case),
        "present": opened_by(session, who, file.case),
        "within": within(session, who, file.case),
        "own": own_form(session, who, file.case),
        "reads_as_filed": who.reads_narratives,
    }
    if who.reads_narratives:
        own = {"case": for_inspector(session, file, who), "readership": readership(session, who, file)}
        similar = similar_lines(session, who, file) if file.case.status is Status.RECEIVED else None
        return make_response(render_template("desk/show_case.html", **own, similar=similar, **shared))
    shared["may_apologise"] = may_apologise(file, who)
    return make_response(
        render_template("desk/show_case_to_agency.html", case=for_agency(session, file, who), **shared)
    )
