"""What a superior body learns of late referrals below it: the number, whose it is, how late; nothing of the report."""

from flask import Response, make_response, render_template

from portal.cases.late_below import late_below
from portal.cases.words import ClockState
from portal.staff.permissions import Permission as P
from portal.web.desk import blueprint
from portal.web.desk.due_words import left_words
from portal.web.frame.access import allow, viewer
from portal.web.frame.database import db
from portal.web.frame.language import named
from portal.web.frame.templating import day


@blueprint.get("/staff/late-below")
@allow(P.READ_AGENCY_CASES)
def list_late_below() -> Response:
    """The late referrals of which the portal told this account's body, the latest first."""
    rows = [
        {
            "reference": one.reference,
            "agency": named(one.agency),
            "due": day(one.due_on),
            "late": left_words(ClockState.LATE, one.days_late),
            "told": day(one.told_on),
        }
        for one in late_below(db.session(), viewer())
    ]
    return make_response(render_template("desk/list_late_below.html", rows=rows))
