"""Leaving in a hurry: the browser forgets what it showed, and a page comes up that says nothing of this portal."""

import calendar

from flask import Response, current_app, redirect, request

from portal.foundation.time import today
from portal.web.frame.access import Who, allow
from portal.web.frame.language import chosen
from portal.web.public import blueprint, drafting
from portal.web.public.tracked import KEPT, NEW_CODE

FORGOTTEN = (drafting.COOKIE, KEPT.name, NEW_CODE.name, "__Host-session")


@blueprint.get("/leave")
@allow(Who.EVERYONE)
def leave() -> Response:
    """Forgets draft, code and session on this browser; then the page of PORTAL_LEAVE_URL, or this month's calendar.

    Back then finds nothing. A link on another site cannot do it: somebody's draft would be gone.
    """
    elsewhere = current_app.config["PORTAL_LEAVE_URL"]
    response = redirect(elsewhere, 303) if elsewhere else Response(_month())
    if request.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none"):
        response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        for name in FORGOTTEN:
            response.delete_cookie(name, path="/", secure=True, httponly=True, samesite="Lax")
    return response  # type: ignore[return-value]


def _month() -> str:
    """A calendar of the month: neutral, and without a database, so that it comes up whatever is broken."""
    on = today()
    weeks = calendar.Calendar().monthdayscalendar(on.year, on.month)
    template = current_app.jinja_env.get_template("public/leave.html")
    return template.render(language=chosen(), on=on, weeks=weeks)
