"""Support by the head of the accused's body: who is let through to one referral, and to nothing else of the case.

The wall stays as it is: `queries.visible_to` knows nothing of these referrals. Whoever is let through reads them here
alone: the cleared text, what was asked, the day, their own answer (decision 0047).
"""

from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from portal.cases.access import BELOW_THE_HEAD, Viewer
from portal.cases.casefile import CaseFile
from portal.cases.conflicts import ACCUSED
from portal.cases.head_support_models import HeadAnswer
from portal.cases.models import Case, CaseReport, Clock, Referral, Report, Wall
from portal.catalogue import queries as catalogue
from portal.catalogue.models import Agency
from portal.foundation.errors import NotFound
from portal.foundation.text import N_
from portal.foundation.time import today
from portal.staff.models import Staff
from portal.staff.permissions import Permission

GONE = N_("Không có đề nghị phối hợp này trong phần việc của anh/chị.")


def let_through(viewer: Viewer) -> ColumnElement[bool]:
    """The condition on Referral and its Case for a referral that this account reads as head of the accused's body.

    While it is open; answered, whoever answered. Never an account that a wall names.
    """
    if Permission.ANSWER_SUPPORT not in viewer.permissions or viewer.reads_narratives:
        return Case.id.is_(None)
    answered = exists().where(HeadAnswer.referral_id == Referral.id, HeadAnswer.staff_id == viewer.staff_id)
    named = exists().where(Wall.case_id == Case.id, Wall.staff_id == viewer.staff_id)
    return and_(
        Referral.for_head,
        Referral.agency_id == viewer.agency_id,
        Referral.ended_at.is_(None),
        or_(Referral.is_open, answered),
        ~named,
    )


def _seen_by(viewer: Viewer) -> Select[tuple[Referral, Case]]:
    query = select(Referral, Case).join(Case, Case.id == Referral.case_id).where(let_through(viewer))
    return query.options(joinedload(Referral.cleared_text))


def supports_waiting(session: Session, viewer: Viewer) -> list[tuple[Referral, Case]]:
    """What waits for this account's answer as head, the first due first."""
    query = _seen_by(viewer).where(Referral.is_open).order_by(Referral.due_on, Referral.id)
    return [(one, case) for one, case in session.execute(query)]


def support_for(session: Session, viewer: Viewer, reference: str, *, lock: bool = False) -> tuple[Referral, Case]:
    """One referral that this account reads as head. Raises NotFound, whether it is not there or not theirs."""
    query = _seen_by(viewer).where(Case.reference == reference.strip().upper())
    found = session.execute(query).one_or_none()
    if found is None:
        raise NotFound(GONE)
    referral, case = found
    if lock:
        session.get_one(Case, case.id, with_for_update=True, populate_existing=True)
        session.refresh(referral)
        return support_for(session, viewer, reference)  # as it stands now that nobody else writes
    return referral, case


def clock_of(session: Session, referral: Referral) -> Clock:
    """The clock of a referral for a head. (A changed track starts it anew: the last one counts.)"""
    return session.scalars(
        select(Clock).where(Clock.referral_id == referral.id).order_by(Clock.id.desc()).limit(1)
    ).one()


def is_late(session: Session, referral: Referral) -> bool:
    """Whether the day of an open one is over and its clock does not stand still."""
    clock = clock_of(session, referral)
    return clock.paused_on is None and clock.due_on < today()


def may_be_told(session: Session, viewer: Viewer, cases: Select[tuple[int]]) -> bool:
    """Whether one of these cases has a referral that waits for this account as head: asked before a mail goes out."""
    query = select(Referral.id).join(Case, Case.id == Referral.case_id)
    query = query.where(Case.id.in_(cases), let_through(viewer), Referral.is_open)
    return session.scalar(query.limit(1)) is not None


def bodies_accused(session: Session, file: CaseFile) -> list[Agency]:
    """The bodies of today that the case is about and whose head was not asked yet."""
    accused = {one.agency_id for one in file.walls if one.reason == ACCUSED and one.agency_id is not None}
    asked = {one.agency_id for one in file.head_supports}
    return [one for one in catalogue.agencies_on(session, today()) if one.id in accused - asked]


def heads_of(session: Session, body: Agency) -> list[Staff]:
    """The open accounts that lead a body and read no reports as filed."""
    accounts = session.scalars(select(Staff).where(Staff.agency_id == body.id, Staff.active).order_by(Staff.id))
    return [
        one
        for one in accounts
        if Permission.ANSWER_SUPPORT in one.permissions and Permission.READ_ALL_CASES not in one.permissions
    ]


def concerns_a_leader(session: Session, file: CaseFile) -> bool:
    """Whether a report in the case, merged ones too, is about a head or deputy: then no head may read of it."""
    roles = select(Report.accused_role).join(CaseReport, CaseReport.report_id == Report.id)
    roles = roles.where(CaseReport.case_id == file.case.id, CaseReport.unlinked_at.is_(None))
    return any(role not in BELOW_THE_HEAD for role in session.scalars(roles))


def first_due_as_head(viewer: Viewer) -> Select[tuple[date]]:
    """The query for the first day by which this account owes an answer as head."""
    query = select(func.min(Referral.due_on)).join(Case, Case.id == Referral.case_id)
    return query.where(let_through(viewer), Referral.is_open)
