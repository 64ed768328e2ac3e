"""Where the supervising roles begin: what the directive asks of each, and what they find here now."""

from flask import Response, make_response, render_template

from portal.staff.permissions import Permission as P
from portal.web.frame.access import allow, staff
from portal.web.frame.duties import duties_of
from portal.web.oversight import blueprint


@blueprint.get("/staff/oversight")
@allow(P.READ_OVERSIGHT)
def show_oversight() -> Response:
    """The duties of this account's roles, with the pages that are there for them."""
    return make_response(render_template("oversight/show_oversight.html", duties=duties_of(staff())))
