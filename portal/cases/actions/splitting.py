"""Splitting: one report that tells of two matters is handled in two cases.

The report stays one, with one code. Its first case keeps the primary link, which statistics count; the second case has
a link of its own. It starts by the rules for its own topic, with clocks from the day of the split: nobody could have
begun earlier. What it was received on stays the report's day (decision 0040).
"""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import clocks, events
from portal.cases.access import Viewer, check
from portal.cases.actions.moving import Telling, make_move
from portal.cases.actions.planning import plan_filing
from portal.cases.actions.receive import bodies_told, first_clocks, new_case, new_referrals
from portal.cases.casefile import CaseFile, load_file
from portal.cases.filing import Filing
from portal.cases.models import NO_DATE, Case, CaseReport, Report, Wall
from portal.cases.queries import cases_about, walled_ids
from portal.cases.words import Audience
from portal.catalogue.models import Agency, Category
from portal.foundation.errors import FieldErrors, PortalError
from portal.foundation.text import N_
from portal.foundation.time import now, today
from portal.identity.envelope import PersonalData
from portal.staff.models import Staff

MOST_PARTS = 2


def split(session: Session, file: CaseFile, staff: Staff, viewer: Viewer, *, category: str) -> CaseFile:
    """Opens a second case over the same report, about another topic.

    Raises FieldErrors for `category`: none, the same one. PortalError where the report has two cases already.
    """
    move = check(viewer, "split", file, today())
    row = session.get(Category, category)
    if row is None or row.code == file.case.category:
        raise FieldErrors(N_("Xin kiểm tra lại."), {"category": PortalError(N_("Hãy chọn nội dung của việc thứ hai."))})
    if len(cases_about(session, file.report.id)) >= MOST_PARTS:
        raise PortalError(N_("Phản ánh này đã tách thành hai phần."))
    part = _open(session, file, row, staff)
    telling = Telling(events.REPORT_SPLIT, Audience.REPORTER, payload={"case": part.case.reference})
    make_move(session, file, move, telling, actor=staff)
    return part


def _open(session: Session, file: CaseFile, category: Category, staff: Staff) -> CaseFile:
    """Routes and stores the second case. The committee has it before any body: an inspector is at work on it."""
    plan = replace(plan_filing(session, _as_filed(session, file.report, category.code)), is_direct=False)
    case = new_case(session.connection(), file.report, plan)
    case.next_due_on = NO_DATE
    session.add(case)
    session.flush()
    part = CaseFile(case=case, report=file.report, category=category)
    part.referrals = new_referrals(part, plan)
    for referral in part.referrals:
        referral.case_id = case.id
    session.add_all(part.referrals)
    session.add(CaseReport(case_id=case.id, report_id=file.report.id, is_primary=False, linked_at=now()))
    behind = walled_ids(session, file.case) | {plan.id_of(code) for code in plan.routing.walled}
    session.add_all(Wall(case_id=case.id, agency_id=one, reason="accused") for one in sorted(behind))
    _keep_out(session, file.case, case)
    started = [one.clock for one in first_clocks(part, plan)]
    for clock in started:
        clock.case_id = case.id
    session.add_all(started)
    case.next_due_on = clocks.next_due_on(started)
    session.flush()
    told = clocks.told("started", started, plan.catalogue.limit_code)
    payload = {
        "case": file.case.reference,
        "category": category.code,
        "track": case.track.value,
        "referrals": bodies_told(part, plan),
        "clocks": told,
    }
    events.record_of_report(session, part, events.PART_OPENED, Audience.REPORTER, actor=staff, payload=payload)
    return load_file(session, case)


def _keep_out(session: Session, first: Case, second: Case) -> None:
    """Accounts behind a wall of the first case stay behind one of the second."""
    for wall in session.scalars(select(Wall).where(Wall.case_id == first.id, Wall.staff_id.is_not(None))):
        session.add(Wall(case_id=second.id, staff_id=wall.staff_id, reason=wall.reason))


def _as_filed(session: Session, report: Report, category: str) -> Filing:
    """The report's answers as routing reads them, about the other topic; who filed it is not among them."""
    agency = session.get(Agency, report.agency_id) if report.agency_id is not None else None
    return Filing(
        category=category,
        agency=agency.code if agency is not None else None,
        area=report.area_code,
        procedure=report.procedure,
        dossier_code=report.dossier_code,
        promised_on=report.promised_on,
        committee_first=True,
        occurred_on=report.occurred_on,
        occurred_until=report.occurred_until,
        accused_role=report.accused_role,
        narrative=report.narrative,
        wish=report.wish,
        elsewhere=report.elsewhere,
        language=report.language,
        channel=report.channel,
        disclosure=report.disclosure,
        reporter_type=report.reporter_type,
        identity=PersonalData(),
        contact=None,
    )
