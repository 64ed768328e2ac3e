"""Keeping the present filter of the queue as a view, and taking one away."""

from urllib.parse import parse_qsl

from flask import Response, flash, make_response, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from portal.cases.saved_views import LONGEST_QUERY, remove_view, save_view
from portal.foundation.errors import FieldErrors, NotFound
from portal.staff.permissions import Permission as P
from portal.web.desk import blueprint
from portal.web.desk.acting import acting
from portal.web.desk.filtering import filtering
from portal.web.desk.queue import Saving, show_queue
from portal.web.frame.access import allow
from portal.web.frame.language import said


@blueprint.post("/staff/queue/views")
@allow(P.READ_ALL_CASES, P.READ_AGENCY_CASES)
def keep_view() -> Response:
    """Keeps a filter under a name; what of it cannot be read is left out."""
    form = request.form
    name, is_team = form.get("name", "")[:200], form.get("who") == "team"
    asked = MultiDict(parse_qsl(form.get("query", "")[:LONGEST_QUERY]))
    try:
        with acting() as who:
            query = filtering(who.session, who.viewer, asked).query
            save_view(who.session, who.viewer, name=name, query=query, is_team=is_team)
    except FieldErrors as error:
        return show_queue(asked, Saving(name, is_team, said(error.fields["name"])))
    flash(_("Đã lưu góc nhìn."))
    return make_response(redirect(f"{url_for('desk.list_queue')}?{query}"))


@blueprint.post("/staff/queue/views/remove")
@allow(P.READ_ALL_CASES, P.READ_AGENCY_CASES)
def drop_view() -> Response:
    """Takes a view away."""
    try:
        with acting() as who:
            remove_view(who.session, who.viewer, request.form.get("view", "")[:40])
    except NotFound as error:
        flash(said(error), "no")
    else:
        flash(_("Đã xóa góc nhìn."))
    return make_response(redirect(url_for("desk.list_queue")))
