"""/open-data: the frozen numbers as files. A release is its period; a file never changes once it is there."""

from datetime import date

from flask import Response, abort, jsonify, request

from portal.statistics.dictionary import BY_NAME
from portal.statistics.periods import Period
from portal.statistics.publication import Published, Releases, published
from portal.web.frame.access import Who, allow
from portal.web.frame.database import db
from portal.web.frame.published import published_bytes
from portal.web.open_data import blueprint
from portal.web.open_data.serving import FOR_EVER, File, kept, sent
from portal.web.open_data.tables import as_csv, as_json, over_time

PAGE = 120  # periods in one answer
CSV, JSON = "text/csv; charset=utf-8", "application/json"


@blueprint.get("/open-data/releases.json")
@allow(Who.EVERYONE)
@published_bytes
def releases() -> Response:
    """The frozen releases, newest end first. `before=2026-Q3` goes on behind that one, as `next` says."""
    items = _items(published(db.session()))
    before = request.args.get("before")
    if before is not None:
        place = _place(before)
        items = [item for item in items if _place(str(item["release"])) < place]
    more = f"/open-data/releases.json?before={items[PAGE - 1]['release']}" if len(items) > PAGE else None
    return sent(File(jsonify({"items": items[:PAGE], "next": more}).get_data()), JSON)


@blueprint.get("/open-data/<release>/<table>.<any(csv, json):ending>")
@allow(Who.EVERYONE)
@published_bytes
def show_table(release: str, table: str, ending: str) -> Response:
    """One table of one release. The same bytes for ever, so they may be kept for a year."""
    found = published(db.session())
    one = found.find(table, release)
    if one is None:
        abort(404)
    return sent(file_of(found, one, ending), CSV if ending == "csv" else JSON, FOR_EVER)


@blueprint.get("/open-data/all/<table>.csv")
@allow(Who.EVERYONE)
@published_bytes
def show_table_over_time(table: str) -> Response:
    """All periods of a table in one file. It grows with each release."""
    found = published(db.session())
    ones = found.of(table) if table in BY_NAME else []
    if not ones:
        abort(404)
    return sent(kept(found, lambda: over_time(ones, table), "all", table), CSV)


def file_of(found: Releases, one: Published, ending: str) -> File:
    """A file of one table and period."""
    write = as_csv if ending == "csv" else as_json
    return kept(found, lambda: write(one), str(one.period), one.table, ending)


def _place(release: str) -> tuple[date, Period]:
    """Where a release stands in the list, as `Releases` has it; 404 for what is no period."""
    try:
        period = Period.parse(release)
        return period.last_day, period
    except ValueError:
        abort(404)


def _items(found: Releases) -> list[dict[str, str | list[str]]]:
    """One entry a period, in the order given."""
    tables: dict[str, list[Published]] = {}
    for one in found.tables:
        tables.setdefault(str(one.period), []).append(one)
    return [
        {
            "release": period,
            "published_on": max(one.published_on for one in ones).isoformat(),
            "tables": [one.table for one in ones],
        }
        for period, ones in tables.items()
    ]
