"""Which bodies may be reminded today, and what was said to each so far."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.casefile import CaseFile
from portal.cases.events import REFERRAL_REMINDED
from portal.cases.models import Case, Event
from portal.foundation.time import local


def reminders(session: Session, case: Case) -> list[Event]:
    """The reminders of a case, in their order; each names its body."""
    query = select(Event).where(Event.case_id == case.id, Event.kind == REFERRAL_REMINDED)
    return list(session.scalars(query.order_by(Event.id)))


def reminded_on(session: Session, file: CaseFile, day: date) -> frozenset[int]:
    """The bodies that were reminded on a day: once a day is enough."""
    told = (one.agency_id for one in reminders(session, file.case) if local(one.at).date() == day)
    return frozenset(agency_id for agency_id in told if agency_id is not None)
