"""Running clocks follow the calendar: when a day is added, changed or taken away, they are due by the new days.

Only clocks that still run (paused ones too); what was met or stopped stays judged by the calendar of its time. The day
on which a clock started stays, for the receipt says it. A job does it in batches; doing one twice changes nothing.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.orm import Session

from portal.cases import clocks, events
from portal.cases.deadlines import due_with_pauses, longer
from portal.cases.models import Case, Clock, Referral
from portal.cases.pauses import Pauses, pauses_of
from portal.cases.queries import pauses_by_case
from portal.cases.words import Audience
from portal.catalogue import queries as catalogue
from portal.catalogue.models import DeadlineRule
from portal.catalogue.working_days import Calendar
from portal.foundation.time import now
from portal.jobs.queue import enqueue

MOVE_DEADLINES = "cases.move_deadlines"
BATCH = 100
# A transaction that had read the old calendar may start a clock after the job has passed: it goes through once more.
ONCE_MORE = timedelta(minutes=10)


@dataclass(frozen=True)
class Moved:
    """A clock that is due otherwise, and what it was before."""

    clock: Clock
    was_due_on: date
    was_paused_days: int


def calendar_changed(session: Session, on: date | None) -> None:
    """Queues the recomputing, in the transaction that changes the calendar. No day: any number of them changed."""
    for run_at in (now(), now() + ONCE_MORE):
        change = secrets.token_hex(8)
        payload = {"change": change, "on": on.isoformat() if on else None, "after": 0}
        enqueue(session, MOVE_DEADLINES, payload, dedupe=f"{MOVE_DEADLINES}/{change}/0", run_at=run_at)


def move_batch(session: Session, payload: Mapping[str, Any]) -> None:
    """Does one batch of cases in the caller's transaction, and queues the next one there."""
    on = date.fromisoformat(payload["on"]) if payload["on"] else None
    cases = _cases(session, on, payload["after"])
    running = _running(session, cases)
    told = pauses_by_case(session, (clock for rows in running.values() for clock, _ in rows))
    calendar = catalogue.calendar(session)
    for case in cases:
        _follow(session, case, running.get(case.id, ()), told.get(case.id, {}), calendar, on)
    if len(cases) == BATCH:
        last = cases[-1].id
        key = f"{MOVE_DEADLINES}/{payload['change']}/{last}"
        enqueue(session, MOVE_DEADLINES, {**payload, "after": last}, dedupe=key)


def catch_up(session: Session, case: Case) -> None:
    """Brings clocks that run again to the calendar of now: while they were stopped no changed day moved them."""
    rows = _running(session, [case]).get(case.id, [])
    told = pauses_by_case(session, (clock for clock, _ in rows))
    _follow(session, case, rows, told.get(case.id, {}), catalogue.calendar(session), None)


def _follow(
    session: Session,
    case: Case,
    running: Sequence[tuple[Clock, DeadlineRule]],
    told: Pauses,
    calendar: Calendar,
    on: date | None,
) -> None:
    moved = recompute(running, told, calendar)
    if moved:
        _record(session, case, moved, running, on)


def _is_running() -> ColumnElement[bool]:
    return and_(Clock.met_at.is_(None), Clock.stopped_at.is_(None))


def _may_move(on: date | None) -> ColumnElement[bool]:
    """Which clocks a day may concern. New Year's Day says whether its whole year is listed, so it concerns all."""
    if on is None or (on.month, on.day) == (1, 1):
        return true()
    # Days of a pause count too, and they may lie behind the due date of a clock that was late when it was paused.
    return and_(Clock.started_on <= on, or_(Clock.due_on >= on, Clock.paused_days > 0))


def _cases(session: Session, on: date | None, after: int) -> Sequence[Case]:
    """The next cases, locked in the order of their numbers."""
    meant = select(Clock.case_id).where(_is_running(), _may_move(on), Clock.case_id > after).distinct()
    ids = session.scalars(meant.order_by(Clock.case_id).limit(BATCH)).all()
    return session.scalars(select(Case).where(Case.id.in_(ids)).order_by(Case.id).with_for_update()).all()


def _running(session: Session, cases: Iterable[Case]) -> dict[int, list[tuple[Clock, DeadlineRule]]]:
    query = select(Clock, DeadlineRule).join(DeadlineRule, DeadlineRule.id == Clock.rule_id)
    query = query.where(_is_running(), Clock.case_id.in_([case.id for case in cases])).order_by(Clock.id)
    found: dict[int, list[tuple[Clock, DeadlineRule]]] = {}
    for clock, rule in session.execute(query).tuples():
        found.setdefault(clock.case_id, []).append((clock, rule))
    return found


def recompute(rows: Iterable[tuple[Clock, DeadlineRule]], told: Pauses, calendar: Calendar) -> list[Moved]:
    """Sets running clocks to what the calendar says; returns those that it changed."""
    moved = []
    for clock, rule in rows:
        limit = longer(rule, clock.extended_by)
        due, stood = due_with_pauses(limit, clock.started_on, pauses_of(clock, told, None), calendar)
        if due != clock.due_on:
            moved.append(Moved(clock, clock.due_on, clock.paused_days))
            clock.due_on, clock.paused_days = due, stood
    return moved


def _record(
    session: Session,
    case: Case,
    moved: Sequence[Moved],
    running: Sequence[tuple[Clock, DeadlineRule]],
    on: date | None,
) -> None:
    codes = {rule.id: rule.code for _, rule in running}
    for number in {one.clock.referral_id for one in moved} - {None}:
        own = [clock.due_on for clock, _ in running if clock.referral_id == number]  # two, if another joined it
        session.get_one(Referral, number).due_on = min(own)
    case.next_due_on = clocks.next_due_on(clock for clock, _ in running)
    told = clocks.told("moved", [one.clock for one in moved], codes.__getitem__)
    for line, one in zip(told, moved, strict=True):
        line |= {"was_due_on": one.was_due_on.isoformat(), "was_paused_days": one.was_paused_days}
    day = {"calendar_day": on.isoformat()} if on else {}
    events.record(session, case, events.DEADLINES_MOVED, Audience.EVERYONE, payload={**day, "clocks": told})
