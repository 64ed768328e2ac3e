"""The API described: OpenAPI 3.1 for machines, the same readable for people."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Response, jsonify, render_template

from portal.web.api import blueprint
from portal.web.frame.access import Who, allow

FILE = Path(__file__).with_name("openapi.json")


@lru_cache(maxsize=1)
def description() -> dict[str, Any]:
    """The OpenAPI document."""
    document: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return document


@blueprint.get("/api/openapi.json")
@allow(Who.EVERYONE)
def openapi() -> Response:
    """For machines."""
    return jsonify(description())


@blueprint.get("/api/docs")
@allow(Who.EVERYONE)
def docs() -> str:
    """For people."""
    return render_template("api/docs.html", api=description())
