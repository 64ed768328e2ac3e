"""Whose turn it is in a case, as conditions on Case: where it is the reporter's, nobody of ours is late.

But for a hearing: whoever is heard does not wait for what the reporter answers, so its clock runs on meanwhile.
"""

from functools import cache

from sqlalchemy import ColumnElement, and_, exists, literal, or_

from portal.cases.filters import REPORTERS_TURN
from portal.cases.models import Case, Clock
from portal.cases.status import Starts
from portal.cases.words import Status
from portal.foundation.time import today


@cache
def is_ours() -> ColumnElement[bool]:
    """Whether the case's next date is one that is owed to the reporter, for those who read all of a case."""
    heard = exists().where(*_runs(Starts.HEARING), Clock.due_on == Case.next_due_on).correlate(Case)
    in_between = and_(Case.status == Status.WAITING_FOR_REPORTER, heard)
    return or_(Case.status.not_in(sorted(REPORTERS_TURN)), in_between)


def has_lapsed() -> ColumnElement[bool]:
    """Whether the reporter was asked and has not answered in time."""
    over = exists().where(*_runs(Starts.QUESTION), Clock.due_on < today()).correlate(Case)
    return and_(Case.status == Status.WAITING_FOR_REPORTER, Case.next_due_on < today(), over)


def _runs(starts: Starts) -> tuple[ColumnElement[bool], ...]:
    return (
        Clock.case_id == Case.id,
        Clock.starts == literal(starts.value, literal_execute=True),  # as the index of running hearings says it
        Clock.met_at.is_(None),
        Clock.stopped_at.is_(None),
    )
