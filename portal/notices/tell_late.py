"""Reporters hear by themselves that their matter takes longer than promised: once for each day that has passed."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from portal.cases.models import Case, CaseReport, Clock, Report
from portal.cases.status import Starts
from portal.catalogue.queries import calendar
from portal.catalogue.working_days import is_office_hour
from portal.foundation.database import transaction
from portal.foundation.time import local, now, today
from portal.notices.models import Notice
from portal.notices.outbox import to_reporter, write_once
from portal.notices.wording import LATE

TELL_LATE = "notices.tell_late"
LOOKS_BACK = timedelta(days=30)  # what a worker that was away for so long catches up with


def tell_late(session: Session, sender: Any, payload: Mapping[str, Any]) -> None:
    """Writes a notice for each report whose case owes its reporter something since yesterday or longer.

    In office hours: nobody is woken at midnight to hear it.
    """
    session.rollback()
    if not is_office_hour(local(now()), calendar(session)):
        return
    owed = or_(
        Clock.starts.in_((Starts.TRIAGE, Starts.FORWARD, Starts.ANSWER)),
        and_(Clock.starts == Starts.REFERRAL, Case.is_direct),
    )
    late = (
        select(Report.id, Report.language, Clock.due_on)
        .join(CaseReport, CaseReport.report_id == Report.id)
        .join(Case, Case.id == CaseReport.case_id)
        .join(Clock, Clock.case_id == Case.id)
        .where(CaseReport.unlinked_at.is_(None), owed)  # also of reports merged into the case: they wait for it too
        .where(Clock.met_at.is_(None), Clock.stopped_at.is_(None), Clock.paused_on.is_(None))
        .where(Clock.due_on < today(), Clock.due_on >= today() - LOOKS_BACK)
        .order_by(Clock.due_on, Report.id)
        .distinct()
    )
    causes = {
        f"late/{report_id}/{due_on}": (report_id, language) for report_id, language, due_on in session.execute(late)
    }
    told = set(
        session.scalars(
            select(Notice.cause).where(Notice.kind == LATE, Notice.report_id.in_(select(late.subquery().c.id)))
        )
    )
    for cause, (report_id, language) in causes.items():
        if cause not in told:
            with transaction(session):
                write_once(session, to_reporter(report_id, language, LATE, cause))
