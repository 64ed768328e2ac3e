"""/open-data: the frozen numbers as files. A release is its period; a file never changes once it is there."""

import csv
import hashlib
import io
import json
from collections.abc import Iterator

from flask import Response, abort, jsonify, render_template, request

from portal.statistics.publication import Published, Releases, published
from portal.web.frame.access import Who, allow
from portal.web.frame.database import db
from portal.web.frame.published import published_bytes
from portal.web.open_data import blueprint

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
COLUMNS = ("key", "value", "margin", "low", "high", "noisy")
PAGE = 120  # periods in one answer: ten years of months
FOR_EVER = "public, max-age=31536000, immutable"
TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


@blueprint.get("/open-data")
@allow(Who.EVERYONE)
@published_bytes
def about() -> str:
    """What is here, what each column means, and under which licence."""
    return render_template("open_data/about.html", items=_items(published(db.session())))


@blueprint.get("/open-data/releases.json")
@allow(Who.EVERYONE)
@published_bytes
def releases() -> Response:
    """The frozen releases, newest first. `before=2016-10` goes on where `next` says."""
    found = published(db.session())
    before = request.args.get("before")
    items = [item for item in _items(found) if before is None or str(item["release"]) < before]
    more = f"/open-data/releases.json?before={items[PAGE - 1]['release']}" if len(items) > PAGE else None
    return _open(jsonify({"items": items[:PAGE], "next": more}))


@blueprint.get("/open-data/<release>/<table>.<any(csv, json):ending>")
@allow(Who.EVERYONE)
@published_bytes
def show_table(release: str, table: str, ending: str) -> Response:
    """One table of one release. The same bytes for ever, so they may be kept for a year."""
    found = published(db.session()).find(table, release)
    if found is None:
        abort(404)
    body = _csv(found) if ending == "csv" else _json(found)
    response = _open(Response(body, content_type=TYPES[ending]))
    response.headers["Cache-Control"] = FOR_EVER
    response.headers["Link"] = f'<{LICENCE}>; rel="license"'
    response.set_etag(hashlib.sha256(body).hexdigest()[:32])
    response.make_conditional(request)
    return response


def _open(response: Response) -> Response:
    """For programs on any other site."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


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


def _rows(table: Published) -> Iterator[dict[str, str | int]]:
    for cell in table.cells:
        yield {name: getattr(cell, name) for name in COLUMNS}


def _csv(table: Published) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(_rows(table))
    return text.getvalue().encode()


def _json(table: Published) -> bytes:
    told = {
        "release": str(table.period),
        "table": table.table,
        "published_on": table.published_on.isoformat(),
        "epsilon": {stratum: share / 1_000 for stratum, share in table.shares.items()},
        "confidence": 0.95,
        "code_version": table.code_version,
        "licence": LICENCE,
        "cells": list(_rows(table)),
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n"
