"""The follow-up: some weeks after the answer the reporter is asked, once, whether it was really put right.

When and for how long are two rows of the deadline rules; a province that ends the first row does not ask.
"""

from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.cases.casefile import CaseFile
from portal.cases.deadlines import due_on
from portal.cases.models import FollowUp
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
    written = file.visible_conclusion
    if file.follow_up is not None or file.kind not in ASKED_ABOUT or file.case.status not in ASKED_AT:
        return None
    return last_day(session, ASK, written.visible_at) if written is not None and written.visible_at else None


def is_open(follow_up: FollowUp | None, today: date) -> bool:
    """Whether the reporter can answer now."""
    return follow_up is not None and follow_up.answer is None and today <= follow_up.due_on


def is_expected(session: Session, file: CaseFile, today: date) -> bool:
    """Whether the reporter will hear something yet of a case that is closed: the question, or what a chief decides."""
    if file.follow_up is None:
        return asked_on(session, file) is not None
    return file.follow_up.is_waiting or is_open(file.follow_up, today)
