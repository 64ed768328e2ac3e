"""Who sees which cases. Every list, search and API goes through `visible_to`."""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, exists, literal_column, or_, select
from sqlalchemy.orm import Session

from portal.cases.access import Viewer
from portal.cases.casefile import CaseFile, load_file
from portal.cases.events import QUESTION_ANSWERED, QUESTION_ASKED
from portal.cases.models import Case, CaseReport, Clock, Event, FollowUp, Receipt, Referral, Retaliation, Wall, own_link
from portal.cases.pauses import Pauses, pauses_told
from portal.cases.words import ASSISTED, Status
from portal.catalogue.models import Agency
from portal.catalogue.snapshot import snapshot
from portal.catalogue.tree import AgencyTree
from portal.catalogue.words import Function
from portal.foundation.errors import NotFound
from portal.foundation.text import N_
from portal.foundation.time import today
from portal.staff.models import Staff
from portal.staff.permissions import Permission
from portal.staff.roles import Role, permissions_of
from portal.staff.substitutes import stands_for

GONE = N_("Không có vụ việc này trong phần việc của anh/chị.")


def line_of(agency: Agency) -> tuple[int, ...]:
    """The ids of an agency and of everything above it."""
    return tuple(int(part) for part in agency.path.split("/") if part)


def viewer_of(session: Session, staff: Staff) -> Viewer:
    """What an account sees with: its rights and its agency's place in the tree."""
    agency = session.get_one(Agency, staff.agency_id)
    permissions = staff.permissions
    reads_all = False
    if Permission.READ_ALL_CASES in permissions:
        tree = snapshot(session, today()).tree
        reads_all = _has(tree, agency, Function.INSPECTION_COMMITTEE)
        if not (reads_all or _has(tree, agency, Function.ORGANISATION_COMMITTEE)):
            # An inspector's role given by mistake to an account elsewhere opens nothing: reports as filed are read
            # in the two committees only.
            permissions -= permissions_of(frozenset({Role.CHIEF_INSPECTOR}))
    absent = stands_for(session, staff, today()) if Permission.READ_ALL_CASES in permissions else ()
    return Viewer(staff.id, agency.id, line_of(agency), permissions, reads_all, absent)


def _has(tree: AgencyTree, agency: Agency, function: Function) -> bool:
    code = tree.function(function)
    return code is not None and tree.body(code).id == agency.id


@lru_cache(maxsize=1024)
def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """The condition on Case for what this account may see: referred to its agency (or read as inspector), no wall.

    It depends on nothing but the viewer, and a page puts it into many queries: it is made once.
    A restricted case is there for the inspector who holds it and for chief inspectors; what a body that it was referred
    to reads of it is a cleared text, as of any other case.
    """
    walled = behind_a_wall(viewer)
    if viewer.reads_all and viewer.reads_restricted:
        return ~walled
    if viewer.reads_all:
        return and_(or_(~Case.is_restricted, Case.assigned_id.in_(viewer.holds)), ~walled)
    if not viewer.permissions & {Permission.READ_ALL_CASES, Permission.READ_AGENCY_CASES}:
        return Case.id.is_(None)
    referred = exists().where(
        Referral.case_id == Case.id,
        Referral.agency_id == viewer.agency_id,
        Referral.ended_at.is_(None),
        ~Referral.for_head,  # a page of its own shows it, and opens nothing else (`head_support.py`)
    )
    return and_(referred.correlate(Case), ~walled)  # also where the query around it reads referrals


def counted_for(viewer: Viewer) -> ColumnElement[bool]:
    """The condition on Case for what stands in this account's exact figures: a difference of two must tell nobody of
    a case behind a wall.

    Whoever reads reports as filed counts what they may see. A leader or coordinator sees no case; counted for them is
    what no wall keeps from them, restricted cases for leaders alone (domain.md §3: they see the number only).
    """
    if Permission.READ_EXACT_FIGURES not in viewer.permissions:
        return Case.id.is_(None)
    if viewer.reads_narratives:
        return visible_to(viewer)
    if Permission.COUNT_RESTRICTED_CASES in viewer.permissions:
        return ~behind_a_wall(viewer)
    return and_(~Case.is_restricted, ~behind_a_wall(viewer))


def behind_a_wall(
    viewer: Viewer, case_id: SQLColumnExpression[int] = Case.id, *, few: bool = False
) -> ColumnElement[bool]:
    """The condition on Case, or on another column with ids of cases, for a wall between it and this account.

    `few`: it is asked of few cases, whatever a planner expects; OFFSET 0 keeps it from reading all walls first.

    Whoever reads all cases is behind few walls: they are read once for a query, which is ten times as fast as asking
    for each case. A body may be behind as many as there were reports about it, and is asked for case by case.
    """
    this = (
        or_(Wall.agency_id.in_(viewer.agency_line), Wall.staff_id == viewer.staff_id),
        or_(Wall.except_staff_id.is_(None), Wall.except_staff_id != viewer.staff_id),
    )
    if viewer.reads_all:
        return case_id.in_(select(Wall.case_id).where(*this))
    found = select(Wall.id).where(Wall.case_id == case_id, *this)
    return (found.limit(literal_column("1")).offset(literal_column("0")) if few else found).exists()


def can_see(session: Session, viewer: Viewer, case: Case) -> bool:
    """Whether this account sees this case."""
    return session.scalar(select(Case.id).where(Case.id == case.id, visible_to(viewer))) is not None


def not_walled(session: Session, viewer: Viewer, case: Case) -> bool:
    """Whether no wall stands between a case and an account that hears somebody: it need not see the case."""
    return session.scalar(select(Case.id).where(Case.id == case.id, ~behind_a_wall(viewer))) is not None


def can_hold(session: Session, viewer: Viewer, case: Case) -> bool:
    """Whether a case may be given to this account: a restricted one opens to it then, a wall stays."""
    return can_see(session, replace(viewer, permissions=viewer.permissions | {Permission.READ_RESTRICTED_CASES}), case)


def case_for(session: Session, viewer: Viewer, reference: str, *, lock: bool = False) -> CaseFile:
    """Loads a case and checks in one step. Raises NotFound, whether it is not there or not for this account."""
    query = select(Case).where(Case.reference == reference.strip().upper(), visible_to(viewer))
    if lock:
        query = query.with_for_update(of=Case)
    case = session.scalar(query)
    if case is None:
        raise NotFound(GONE)
    return load_file(session, case)


def file_by_code(session: Session, hashed: bytes | None, *, lock: bool = False) -> CaseFile | None:
    """The case of a live receipt code's hash, for its reporter."""
    if hashed is None:
        return None
    query = (
        select(Case)
        .join(CaseReport, CaseReport.case_id == Case.id)
        .join(Receipt, Receipt.report_id == CaseReport.report_id)
        .where(Receipt.code_hash == hashed, Receipt.retired_at.is_(None))
        .where(CaseReport.is_primary, CaseReport.unlinked_at.is_(None))  # of a merged report the own case
    )
    if lock:
        query = query.with_for_update(of=Case)
    case = session.scalar(query)
    if lock and case is not None and not _opens_still(session, hashed):
        return None
    return load_file(session, case) if case is not None else None


def is_code_lent(session: Session, file: CaseFile) -> bool:
    """Whether an officer has seen the code that opens this case: its reporter has to replace it before it shows."""
    if file.report.channel not in ASSISTED:
        return False
    replaced = select(Receipt.report_id).where(Receipt.report_id == file.report.id, Receipt.retired_at.is_not(None))
    return session.scalar(replaced.limit(1)) is None


def _opens_still(session: Session, hashed: bytes) -> bool:
    """Whether a code is live after waiting for the case: meanwhile another may have taken its place."""
    live = select(Receipt.report_id).where(Receipt.code_hash == hashed, Receipt.retired_at.is_(None))
    return session.scalar(live) is not None


def pauses_by_case(session: Session, clocks: Iterable[Clock]) -> dict[int, Pauses]:
    """When the clocks of these clocks' cases stood still. (Only a question pauses, only its answer resumes.)"""
    cases = {clock.case_id for clock in clocks}
    if not cases:
        return {}
    query = select(Event).where(Event.case_id.in_(cases), Event.kind.in_((QUESTION_ASKED, QUESTION_ANSWERED)))
    told: dict[int, list[Event]] = {}
    for event in session.scalars(query.order_by(Event.id)):
        told.setdefault(event.case_id, []).append(event)
    return {case_id: pauses_told(events) for case_id, events in told.items()}


def walled_ids(session: Session, case: Case) -> frozenset[int]:
    """The agencies behind a wall of this case; each wall covers everything below its agency too."""
    rows = session.scalars(select(Wall.agency_id).where(Wall.case_id == case.id, Wall.agency_id.is_not(None)))
    return frozenset(agency_id for agency_id in rows if agency_id is not None)


def walls_of(session: Session, case: Case) -> set[tuple[int | None, int | None, int | None]]:
    """The walls of a case as plain values: body, account, who is let through."""
    rows = session.execute(select(Wall.agency_id, Wall.staff_id, Wall.except_staff_id).where(Wall.case_id == case.id))
    return {row._tuple() for row in rows}


def case_seen_as(session: Session, viewer: Viewer, reference: str) -> Case | None:
    """The case of a reference if this account sees it."""
    query = select(Case).where(Case.reference == reference.strip().upper(), visible_to(viewer))
    return session.scalar(query)


def joined_reports(session: Session, case_id: int) -> list[int]:
    """The ids of the reports that were merged into a case: its conclusion answers them too."""
    links = select(CaseReport.report_id).where(CaseReport.case_id == case_id, CaseReport.unlinked_at.is_(None))
    return list(session.scalars(links.order_by(CaseReport.id)))[1:]  # the first is the case's own


def part_file(session: Session, case: Case, *, lock: bool = False) -> CaseFile:
    """The file of one part of a report, held against others if something is about to be done with it."""
    if lock:
        session.refresh(case, with_for_update=True)
    return load_file(session, case)


def cases_about(session: Session, report_id: int) -> list[Case]:
    """The cases about a report, the first one first: two once it was split. (One it was merged into is not.)"""
    query = select(Case).join(CaseReport, own_link()).where(CaseReport.report_id == report_id)
    concerned = select(CaseReport.case_id).where(CaseReport.report_id == report_id, CaseReport.unlinked_at.is_(None))
    return list(session.scalars(query.where(Case.id.in_(concerned)).order_by(Case.id)))


def joined_cases(session: Session, case: Case) -> list[Case]:
    """The cases that were merged into a case, in order of their numbers."""
    return list(session.scalars(select(Case).where(Case.merged_into_id == case.id).order_by(Case.id)))


def joined_follow_ups(session: Session, viewer: Viewer, case: Case) -> list[tuple[str, FollowUp]]:
    """What the reporters of merged cases were asked weeks after the answer, by references that this account sees."""
    query = (
        select(Case.reference, FollowUp)
        .select_from(Case)
        .join(CaseReport, own_link())
        .join(FollowUp, FollowUp.report_id == CaseReport.report_id)
        .where(Case.merged_into_id == case.id, CaseReport.is_primary, visible_to(viewer))
    )
    return [row._tuple() for row in session.execute(query.order_by(Case.id))]


def told_later(session: Session, viewer: Viewer, report_id: int) -> list[str]:
    """The references of cases that tell of being paid back for a report, as far as this account sees them."""
    query = select(Case.reference).join(CaseReport, CaseReport.case_id == Case.id)
    query = query.join(Retaliation, Retaliation.report_id == CaseReport.report_id)
    query = query.where(CaseReport.is_primary, CaseReport.unlinked_at.is_(None), visible_to(viewer))
    return list(session.scalars(query.where(Retaliation.first_report_id == report_id).order_by(Case.id)))


def untaken_retaliations(session: Session, viewer: Viewer) -> list[str]:
    """The references of cases that tell of being paid back and that nobody has taken up, for chief inspectors."""
    if not (viewer.reads_narratives and viewer.reads_restricted):
        return []
    tied = exists().where(
        CaseReport.case_id == Case.id,
        CaseReport.is_primary,
        CaseReport.unlinked_at.is_(None),
        CaseReport.report_id == Retaliation.report_id,
    )
    query = select(Case.reference).where(Case.is_open, Case.status == Status.RECEIVED, tied, visible_to(viewer))
    return list(session.scalars(query.order_by(Case.id)))
