"""The late referrals of the bodies below, as a superior body that was told of them may know."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.access import Viewer
from portal.cases.deadlines import days_left
from portal.cases.escalation_models import Escalation
from portal.cases.models import Case, Clock, Referral
from portal.cases.queries import behind_a_wall
from portal.catalogue import queries as catalogue
from portal.catalogue.models import Agency
from portal.foundation.time import local, today


@dataclass(frozen=True)
class LateBelow:
    """What a superior body learns of a late referral: its number, whose it is, and how late."""

    reference: str
    agency: Agency
    due_on: date
    days_late: int  # working days
    told_on: date


def late_below(session: Session, viewer: Viewer) -> list[LateBelow]:
    """The late referrals of the bodies below of which this account's body was told, the latest first.

    Nothing of what was reported, nor anything of a case behind a wall or restricted since.
    """
    query = (
        select(Case.reference, Agency, Clock.due_on, Escalation.at)
        .select_from(Escalation)
        .join(Case, Case.id == Escalation.case_id)
        .join(Clock, Clock.id == Escalation.clock_id)
        .join(Referral, Referral.id == Clock.referral_id)
        .join(Agency, Agency.id == Referral.agency_id)
        .where(Escalation.told_id == viewer.agency_id, Clock.extensions == Escalation.round, Referral.is_open)
        .where(Clock.met_at.is_(None), Clock.stopped_at.is_(None), Clock.paused_on.is_(None), Clock.due_on < today())
        .where(~Case.is_restricted, ~behind_a_wall(viewer))
        .order_by(Clock.due_on, Escalation.id)
    )
    calendar, day = catalogue.calendar(session), today()
    return [
        LateBelow(reference, agency, due, -days_left(day, due, calendar), local(at).date())
        for reference, agency, due, at in session.execute(query).tuples()
    ]
