"""GET /api/v1/categories, GET /api/v1/agencies: what a report can be about, and which bodies there are today."""

from flask import Response, abort, jsonify, request

from portal.catalogue import queries as catalogue
from portal.foundation.time import today
from portal.web.api import blueprint
from portal.web.frame.access import Who, allow
from portal.web.frame.database import db

PAGE = 500


@blueprint.get("/api/v1/categories")
@allow(Who.EVERYONE)
def list_categories() -> Response:
    """All categories with their kind, track, clause and principle."""
    items = [
        {
            "code": row.code,
            "kind": row.kind.value,
            "track": row.track.value,
            "severity": row.severity,
            "name": {"vi": row.name_vi, "en": row.name_en},
            "example": {"vi": row.example_vi, "en": row.example_en},
            "directive_clause": row.directive_clause or None,
            "principle": row.principle or None,
        }
        for row in catalogue.categories(db.session())
    ]
    return jsonify({"items": items, "next": None})


@blueprint.get("/api/v1/agencies")
@allow(Who.EVERYONE)
def list_agencies() -> Response:
    """The bodies of today; `?after=CODE` goes on where a page ended."""
    rows = list(catalogue.agencies_on(db.session(), today()))
    codes = {row.id: row.code for row in rows}
    after = request.args.get("after")
    if after is not None:
        places = [place for place, row in enumerate(rows) if row.code == after]
        if not places:
            abort(404)
        rows = rows[places[0] + 1 :]
    items = [
        {
            "code": row.code,
            "parent": codes.get(row.parent_id) if row.parent_id else None,
            "kind": row.kind.value,
            "name": {"vi": row.name_vi, "en": row.name_en},
            "area": row.area_code,
            "valid_from": row.valid_from.isoformat(),
        }
        for row in rows[:PAGE]
    ]
    return jsonify({"items": items, "next": items[-1]["code"] if len(rows) > PAGE else None})
