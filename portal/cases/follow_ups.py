"""The follow-up: some weeks after the answer the reporter is asked, once, whether it was really put right.

Whose report was merged into another case has the answer of that case, and is asked on the own page all the same.

When and for how long are two rows of the deadline rules; a province that ends the first row does not ask.
"""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.casefile import CaseFile
from portal.cases.deadlines import due_on
from portal.cases.models import Case, CaseReport, Conclusion, FollowUp
from portal.cases.words import Status
from portal.catalogue import queries as catalogue
from portal.catalogue.words import Kind
from portal.catalogue.working_days import received_on
from portal.foundation.errors import NotFound
from portal.foundation.time import local

ASK, ANSWER = "follow_up.ask", "follow_up.answer"
ASKED_ABOUT = frozenset({Kind.DELAY, Kind.CONDUCT, Kind.DECISION})  # praise and proposals put nothing right
ASKED_AT = frozenset({Status.ANSWERED, Status.CLOSED})


def last_day(session: Session, rule: str, start: datetime) -> date | None:
    """The day to which a rule leads from an instant; None where there is no such rule."""
    calendar = catalogue.calendar(session)
    day = received_on(local(start), calendar)
    try:
        return due_on(catalogue.deadline_rule(session, rule, day), day, calendar)
    except NotFound:
        return None


def asked_on(session: Session, file: CaseFile) -> date | None:
    """The day on which the reporter will be asked; None when nobody will ask (any more)."""
    if file.follow_up is not None or not file.is_primary or file.kind not in ASKED_ABOUT:
        return None
    status, since = _answered(session, file)
    return last_day(session, ASK, since) if since is not None and status in ASKED_AT else None


def has_closed(session: Session, file: CaseFile) -> bool:
    """Whether the case that answers the reporter is closed."""
    return _answered(session, file)[0] is Status.CLOSED


def _answered(session: Session, file: CaseFile) -> tuple[Status, datetime | None]:
    """How the case stands that answers the reporter, and since when they can read its answer."""
    into = file.case.merged_into_id
    if into is None:
        written = file.visible_conclusion
        return file.case.status, written.visible_at if written is not None else None
    link = select(CaseReport.linked_at).where(CaseReport.case_id == into, CaseReport.report_id == file.report.id)
    joined_at = session.scalar(link.where(CaseReport.unlinked_at.is_(None)).order_by(CaseReport.id.desc()).limit(1))
    told = select(Conclusion.visible_at).where(Conclusion.case_id == into, Conclusion.visible_at.is_not(None))
    told_at = session.scalar(told.order_by(Conclusion.version.desc()).limit(1))
    since = max(told_at, joined_at) if told_at is not None and joined_at is not None else None
    return session.get_one(Case, into).status, since


def is_open(follow_up: FollowUp | None, today: date) -> bool:
    """Whether the reporter can answer now."""
    return follow_up is not None and follow_up.answer is None and today <= follow_up.due_on


def is_expected(session: Session, file: CaseFile, today: date) -> bool:
    """Whether the reporter will hear something yet of a case that is closed: the question, or what a chief decides."""
    if file.follow_up is None:
        return asked_on(session, file) is not None
    return file.follow_up.is_waiting or is_open(file.follow_up, today)
