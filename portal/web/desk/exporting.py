"""The queue under a filter as a file, by POST: whoever takes one is written down (decision 0044)."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO
from urllib.parse import parse_qsl

from flask import Response, abort, make_response, render_template, request, stream_with_context
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict

from portal.cases.exporting import Export, Taken, begin_export, last_exports, sees_everybodys_exports
from portal.cases.spreadsheets import as_csv, write_xlsx
from portal.foundation.database import transaction
from portal.foundation.time import today
from portal.staff.permissions import Permission as P
from portal.web.desk import blueprint
from portal.web.desk.export_rows import AGENCY_WIDTHS, INSPECTORS_WIDTHS, table
from portal.web.desk.filtering import Args, filtering
from portal.web.desk.queue import show_queue
from portal.web.frame.access import allow, viewer
from portal.web.frame.database import db
from portal.web.frame.templating import moment

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
LONGEST_FILTER = 2000
PIECE = 64 * 1024


@dataclass(frozen=True)
class Line:
    """One file that somebody took, ready for the page."""

    at: str
    when: str
    text: str
    query: str  # the filter, for the way to the same list


@blueprint.get("/staff/exports")
@allow(P.READ_ALL_CASES, P.READ_AGENCY_CASES)
def list_exports() -> Response:
    """Who took lists of cases lately: everybody for the Committee's chiefs, for others what they took themselves."""
    who = viewer()
    lines = [_line(one) for one in last_exports(db.session(), who)]
    body = render_template("desk/list_exports.html", lines=lines, is_everybodys=sees_everybodys_exports(who))
    return make_response(body)


@blueprint.post("/staff/exports")
@allow(P.READ_ALL_CASES, P.READ_AGENCY_CASES)
def export_queue() -> Response:
    """Writes down who takes what, then hands out the file. A filter that cannot be read gives the queue's page."""
    session, who, kind = db.session(), viewer(), request.form.get("kind", "")
    if kind not in KINDS:
        abort(400)
    asked: Args = MultiDict(parse_qsl(request.form.get("filter", "")[:LONGEST_FILTER]))
    now = filtering(session, who, asked)
    if now.errors:
        return show_queue(asked)
    with transaction(session):
        export = begin_export(session, who, now.wanted, kind=kind, query=now.query)
    response = make_response(_csv(export) if kind == "csv" else _xlsx(export))
    response.headers["Content-Type"] = KINDS[kind]
    response.headers["Content-Disposition"] = f'attachment; filename="hang-cho-{today():%Y-%m-%d}.{kind}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _csv(export: Export) -> Iterator[bytes]:
    return stream_with_context(as_csv(table(db.session(), viewer(), export)))


def _xlsx(export: Export) -> Iterator[bytes]:
    """The whole file waits on the disk, for a ZIP's list of contents is known at its end."""
    who = viewer()
    widths: Sequence[int] = INSPECTORS_WIDTHS if who.reads_narratives else AGENCY_WIDTHS
    file = tempfile.TemporaryFile()  # noqa: SIM115 (closed when it is sent)
    write_xlsx(file, table(db.session(), who, export), widths)
    file.seek(0)
    return _pieces(file)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece


def _line(one: Taken) -> Line:
    text = f"{one.name}: {one.kind.upper()}"
    if one.cases is not None:
        text += ", " + ngettext("%(num)s vụ việc", "%(num)s vụ việc", one.cases)
    return Line(one.at.isoformat(timespec="seconds"), moment(one.at), text, one.query)
