"""The case as a file to print, by POST: whoever takes a copy is written down, and the copy says whose it is."""

from flask import Response, make_response
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.cases.access import Viewer
from portal.cases.casefile import CaseFile
from portal.cases.printing import record_printing
from portal.cases.queries import case_for
from portal.catalogue.models import Agency
from portal.documents.casefiles import CasePaper, case_pdf
from portal.foundation.time import now
from portal.staff.permissions import Permission as P
from portal.web.desk import blueprint
from portal.web.desk.acting import Acting, acting
from portal.web.desk.case_paper import Copy, paper_for_agency, paper_for_inspector
from portal.web.desk.case_view import for_agency, for_inspector
from portal.web.desk.note_lines import note_lines
from portal.web.desk.opening import closed_page, is_closed
from portal.web.frame.access import allow
from portal.web.frame.language import named
from portal.web.frame.site import site


@blueprint.get("/staff/cases/<reference>/print")
@allow(P.READ_ALL_CASES, P.READ_AGENCY_CASES)
def show_printing(reference: str) -> Response:
    """Where signing in again leads to: the button stands on the case's page."""
    return closed_page(reference)


@blueprint.post("/staff/cases/<reference>/print")
@allow(P.READ_ALL_CASES, P.READ_AGENCY_CASES)
def print_case(reference: str) -> Response:
    """Writes the event, then hands out the file. A restricted case must be open to this account."""
    at = now()
    with acting() as who:
        file = case_for(who.session, who.viewer, reference)
        if is_closed(who.viewer, file.case):
            return closed_page(file.case.reference)
        record_printing(who.session, file, who.staff, who.viewer)
        paper = _paper(who.session, who.viewer, file, _copy(who))
    response = make_response(case_pdf(paper, at))
    name = _("vu-viec")
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{paper.reference}.pdf"'
    return response


def _copy(who: Acting) -> Copy:
    body = who.session.get_one(Agency, who.staff.agency_id)
    return Copy(who.staff.name, named(body), now(), site().name)


def _paper(session: Session, viewer: Viewer, file: CaseFile, copy: Copy) -> CasePaper:
    notes = note_lines(session, viewer, file.case)
    if viewer.reads_narratives:
        return paper_for_inspector(for_inspector(session, file, viewer), notes, copy)
    return paper_for_agency(for_agency(session, file, viewer), notes, copy)
