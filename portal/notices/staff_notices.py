"""What staff are told by mail: that work is new, due soon, late, passed up. To whom is worked out by the worker.

Nobody hears of a case that they cannot see: walls hold here as on every page.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.cases.access import Viewer
from portal.cases.escalation import days_of_warning
from portal.cases.filters import REPORTERS_TURN
from portal.cases.head_support import first_due_as_head, may_be_told
from portal.cases.hearing import waiting_in
from portal.cases.late_below import late_below
from portal.cases.models import NO_DATE, Case, Referral
from portal.cases.queries import can_see, not_walled, viewer_of, visible_to
from portal.cases.turns import is_ours
from portal.catalogue.queries import calendar
from portal.catalogue.working_days import is_office_hour
from portal.foundation.database import transaction
from portal.foundation.time import local, now, today
from portal.notices.hearing_notices import HEARING_KINDS, says_still
from portal.notices.hours import next_quarter
from portal.notices.models import Notice, NoticeCase
from portal.notices.outbox import to_staff, write_once
from portal.notices.reaching import note_case, reachable
from portal.notices.wording import DUE_SOON, ESCALATED, LATE_BELOW, OVERDUE, REFERRAL_NEW, URGENT
from portal.staff.models import Staff
from portal.staff.permissions import Permission as P
from portal.staff.roles import Role

TO_HEAD = "to_head"  # a referral that one account reads as head: told as any other referral
TELL_STAFF, REMIND_STAFF, TELL_ABOVE = "notices.tell_staff", "notices.remind_staff", "notices.tell_above"
# Who of a body hears which kind: whoever has one of these rights.
HEARS = {
    REFERRAL_NEW: frozenset({P.ANSWER_REFERRAL, P.TRIAGE_CASE}),
    TO_HEAD: frozenset({P.ANSWER_SUPPORT}),
    ESCALATED: frozenset({P.READ_AGENCY_CASES, P.APPROVE_CONCLUSION}),
    URGENT: frozenset({P.APPROVE_CONCLUSION}),
}


def tell_staff(session: Session, sender: Any, payload: Mapping[str, Any]) -> None:
    """Writes the notices of one event: to those of a body who may see the case. One mail for a quarter of an hour."""
    kind = payload["kind"]
    with transaction(session):
        case = session.get_one(Case, payload["case_id"])
        at = local(now())
        moment = at if kind == URGENT else next_quarter(at, calendar(session))  # urgent: the same day, a holiday too
        for account, language in reachable(session, Staff.agency_id.in_(payload["agencies"])):
            who = viewer_of(session, account)
            if account.permissions & HEARS[_heard_by(payload)] and _is_for(session, who, case, payload):
                notice = to_staff(account.id, language, kind, f"{kind}/{account.id}/{moment:%FT%R}", moment)
                write_once(session, notice)
                note_case(session, notice.cause, case)


def _heard_by(payload: Mapping[str, Any]) -> str:
    return TO_HEAD if payload.get("to_head") else payload["kind"]


def _is_for(session: Session, who: Viewer, case: Case, payload: Mapping[str, Any]) -> bool:
    if payload.get("to_head"):
        return may_be_told(session, who, select(Case.id).where(Case.id == case.id))
    return not_walled(session, who, case) if payload.get("hears") else can_see(session, who, case)


def is_still_for(session: Session, notice: Notice, account: Staff) -> bool:
    """Whether a notice still has a reason when it is sent: a wall may have come between. Notices of before have none
    noted and are sent.
    """
    viewer = viewer_of(session, account)
    if notice.kind == LATE_BELOW:
        return hears_of_late_below(session, account)
    if notice.kind in (DUE_SOON, OVERDUE):
        return _first_due(session, account, viewer) is not None
    cases = select(NoticeCase.case_id).where(NoticeCase.notice_id == notice.id)
    if session.scalar(cases.limit(1)) is None:
        return True
    may_hear = P.ANSWER_REFERRAL in viewer.permissions  # who hears somebody sees no case
    waiting = waiting_in(session, viewer, session.scalars(cases).all()) if may_hear else []
    if notice.kind in HEARING_KINDS:
        return any(says_still(notice.kind, one) for one in waiting)
    if waiting:
        return True
    seen = session.scalar(select(Case.id).where(Case.id.in_(cases), visible_to(viewer)).limit(1))
    return seen is not None or may_be_told(session, viewer, cases)


def tell_above(session: Session, sender: Any, payload: Mapping[str, Any]) -> None:
    """Writes that a body below is late, to the heads of the body above; at most one mail a day and account."""
    with transaction(session):
        moment = next_quarter(local(now()), calendar(session))
        for account, language in reachable(session, Staff.agency_id == payload["agency"]):
            if hears_of_late_below(session, account):
                cause = f"{LATE_BELOW}/{account.id}/{moment:%F}"
                write_once(session, to_staff(account.id, language, LATE_BELOW, cause, moment))


def hears_of_late_below(session: Session, account: Staff) -> bool:
    """Whether an account leads a body and would find something in the list of late bodies below it. Asked when a notice
    is written and again when it is sent: a wall may have come between, or the answer.
    """
    return Role.AGENCY_HEAD in account.role_words and bool(late_below(session, viewer_of(session, account)))


def remind_staff(session: Session, sender: Any, payload: Mapping[str, Any]) -> None:
    """At most one mail a day and account, in office hours: something is due soon, or late."""
    session.rollback()
    days, at = calendar(session), local(now())
    if not is_office_hour(at, days):
        return
    soon = days.add(at.date(), days_of_warning(session, at.date()))
    accounts = [(account.id, language) for account, language in reachable(session, Staff.active.is_(True))]
    for staff_id, language in accounts:
        with transaction(session):
            account = session.get_one(Staff, staff_id)
            first = _first_due(session, account, viewer_of(session, account))
            if first is not None and first <= soon:
                kind = OVERDUE if first < today() else DUE_SOON
                write_once(session, to_staff(staff_id, language, kind, f"digest/{staff_id}/{at:%F}", now()))


def _first_due(session: Session, account: Staff, viewer: Viewer) -> date | None:
    """The first day on which something of theirs is due: what they hold, or what their office has to answer. As the
    queue sorts it: an inspector's cases by the case's own day, an office's by the day of its part.
    """
    if P.READ_ALL_CASES in viewer.permissions:
        held, turn = (Case.is_open, Case.assigned_id == account.id), is_ours()
        query = select(func.min(Case.next_due_on)).where(*held, Case.next_due_on < NO_DATE)
    else:
        turn = Case.status.not_in(sorted(REPORTERS_TURN))
        query = select(func.min(Referral.due_on)).join(Case, Case.id == Referral.case_id)
        query = query.where(Referral.is_open, Referral.agency_id == viewer.agency_id, Referral.due_on < NO_DATE)
    # While the reporter has the turn nobody of ours is late.
    days = [session.scalar(query.where(turn, visible_to(viewer)))]
    if P.ANSWER_SUPPORT in viewer.permissions:
        days.append(session.scalar(first_due_as_head(viewer).where(Case.status.not_in(sorted(REPORTERS_TURN)))))
    return min((day for day in days if day is not None), default=None)
