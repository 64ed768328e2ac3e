"""/open-data and its list of releases. No release is frozen yet, and nothing raw is shown in between."""

from flask import Response, jsonify, render_template

from portal.web.frame.access import Who, allow
from portal.web.open_data import blueprint


@blueprint.get("/open-data")
@allow(Who.EVERYONE)
def about() -> str:
    """What will be here, and under which licence."""
    return render_template("open_data/about.html")


@blueprint.get("/open-data/releases.json")
@allow(Who.EVERYONE)
def releases() -> Response:
    """The frozen releases, newest first."""
    return jsonify({"items": [], "next": None})
