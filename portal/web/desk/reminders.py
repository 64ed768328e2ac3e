"""The letter of a reminder, as a file to print: for the inspectors and for the body that it went to."""

from flask import Response, abort, make_response

from portal.cases.casefile import CaseFile
from portal.cases.models import Event
from portal.cases.queries import case_for
from portal.cases.reminding import reminders
from portal.catalogue.models import Agency
from portal.documents.reminders import ReminderPaper, reminder_pdf
from portal.foundation.time import local
from portal.staff.models import Staff
from portal.staff.permissions import Permission as P
from portal.web.desk import blueprint
from portal.web.desk.opening import closed_page, is_closed
from portal.web.frame.access import allow, viewer
from portal.web.frame.database import db


@blueprint.get("/staff/cases/<reference>/reminders/<int:number>")
@allow(P.READ_ALL_CASES, P.READ_AGENCY_CASES)
def print_reminder(reference: str, number: int) -> Response:
    """The letter of the case's n-th reminder, counted for inspectors over all bodies, for a body over its own."""
    session, who = db.session(), viewer()
    file = case_for(session, who, reference)
    if is_closed(who, file.case):
        return closed_page(file.case.reference)
    own = [one for one in reminders(session, file.case) if who.reads_narratives or one.agency_id == who.agency_id]
    if not 1 <= number <= len(own):
        abort(404)
    response = make_response(reminder_pdf(_paper(file, own[number - 1]), own[number - 1].at))
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="don-doc-{file.case.reference}-{number}.pdf"'
    return response


def _paper(file: CaseFile, event: Event) -> ReminderPaper:
    """The names as the letter says them: always Vietnamese."""
    session, on = db.session(), local(event.at).date()
    sender = session.get_one(Agency, session.get_one(Staff, event.actor_id).agency_id)
    year, month, day = event.payload["due_on"].split("-")
    return ReminderPaper(
        sender=sender.name_vi,
        reference=file.case.reference,
        day=f"ngày {on:%d} tháng {on:%m} năm {on:%Y}",
        to=session.get_one(Agency, event.agency_id).name_vi,
        text=event.payload["text"],
        due=f"{day}/{month}/{year}",
    )
