"""What the portal does by itself when a body is nearly or already late, with a referral or with hearing somebody.

A referral has three set points, each by a rule of the catalogue: two working days before the last day the body is
reminded, on the first working day after it the body directly above is told, five working days late the case stands in
the Inspection Committee's overdue list. A hearing has two: the body that hears is reminded, and told that it is late;
nobody above it hears whom a report is about. A rule holds as it was when the clock began. A point is reached once in a
round: where the worker was away it catches up in order; an extension begins a new round. Clocks that stand still or
have ended reach nothing. All of it happens in office hours, so that whoever hears of it can act.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from portal.cases import events
from portal.cases.deadlines import Limit, due_on
from portal.cases.escalation_models import Escalation, Point
from portal.cases.hearing_models import Hearing
from portal.cases.models import Case, CaseReport, Clock, Referral, Report
from portal.cases.queries import line_of, walled_ids
from portal.cases.status import Starts
from portal.cases.words import Audience, ReferralState
from portal.catalogue import queries as catalogue
from portal.catalogue.models import Agency, DeadlineRule
from portal.catalogue.working_days import Calendar, is_office_hour
from portal.foundation.errors import NotFound
from portal.foundation.time import local, now, today
from portal.jobs.queue import enqueue

ESCALATE = "cases.escalate"
BATCH = 100

RULES: dict[Point, str] = {
    Point.DUE_SOON: "referral.remind_before_due",
    Point.SUPERIOR: "referral.escalate_superior",
    Point.LISTED: "referral.escalate_inspection",
}
KINDS: dict[Point, str] = {
    Point.DUE_SOON: events.REFERRAL_DUE_SOON,
    Point.SUPERIOR: events.REFERRAL_LATE,
    Point.LISTED: events.OVERDUE_LISTED,
}
HEARING_RULES: dict[Point, str] = {
    Point.DUE_SOON: "hearing.remind_before_due",
    Point.LATE: "hearing.remind_late",
}
HEARING_KINDS: dict[Point, str] = {
    Point.DUE_SOON: events.HEARING_DUE_SOON,
    Point.LATE: events.HEARING_LATE,
}
T = TypeVar("T")  # whose a clock is
LAST = (Point.LISTED, Point.LATE)  # of a referral, of a hearing: after it nothing more is reached in a round


@dataclass(frozen=True)
class Reached:
    """A point and the day on which it was reached."""

    point: Point
    on: date


def points_reached(
    limits: Mapping[Point, Limit], started_on: date, due: date, done: Iterable[Point], calendar: Calendar, day: date
) -> list[Reached]:
    """The points that a clock has reached by a day and that nothing was done about yet, in their order.

    A point before one that was reached is over. One that would lie on or before the first day is left out: nobody is
    reminded of what has just come.
    """
    order = list(Point)
    first = max((order.index(one) + 1 for one in done), default=0)
    found = [Reached(one, due_on(limits[one], due, calendar)) for one in order[first:] if one in limits]
    return [one for one in found if started_on < one.on <= day]


@cache
def can_escalate() -> ColumnElement[bool]:
    """Which clocks reach points: of an open referral or of a hearing, running and not standing still.

    None of a referral for a head: no body may hear that there is one.
    """
    runs = and_(Clock.met_at.is_(None), Clock.stopped_at.is_(None), Clock.paused_on.is_(None))
    own = aliased(Referral)  # the query around it may read referrals, too
    is_owed = exists().where(own.id == Clock.referral_id, own.is_open, ~own.for_head)
    return and_(runs, or_(Clock.starts == Starts.HEARING.value, is_owed))


@cache
def is_standing() -> ColumnElement[bool]:
    """Whether an escalation still holds: its clock runs, and was not extended since."""
    return exists().where(Clock.id == Escalation.clock_id, Clock.extensions == Escalation.round, can_escalate())


def escalate_batch(session: Session, payload: Mapping[str, Any]) -> None:
    """Does one batch of cases in the caller's transaction and queues the next one there; only in office hours."""
    calendar, day = catalogue.calendar(session), today()
    if not is_office_hour(local(now()), calendar):
        return
    cases = _cases(session, calendar, day, payload.get("after", 0))
    rules = _Rules(session)
    for case in cases:
        _escalate(session, case, rules, calendar, day)
    if len(cases) == BATCH:
        last = cases[-1].id
        enqueue(session, ESCALATE, {"after": last}, dedupe=f"{ESCALATE}/{now():%Y-%m-%d-%H}/{last}")


def _cases(session: Session, calendar: Calendar, day: date, after: int) -> Sequence[Case]:
    """The next cases with a clock that may have reached a point, locked in the order of their numbers."""
    codes = {*RULES.values(), *HEARING_RULES.values()}
    before = select(func.min(DeadlineRule.amount)).where(DeadlineRule.code.in_(codes))
    ahead = max(0, -(session.scalar(before) or 0))
    due_by = calendar.add(day, ahead + 1)
    all_done = exists().where(
        Escalation.clock_id == Clock.id, Escalation.round == Clock.extensions, Escalation.point.in_(LAST)
    )
    meant = select(Clock.case_id).where(can_escalate(), Clock.due_on <= due_by, ~all_done, Clock.case_id > after)
    ids = session.scalars(meant.distinct().order_by(Clock.case_id).limit(BATCH)).all()
    locked = select(Case).where(Case.id.in_(ids)).order_by(Case.id).with_for_update()
    return session.scalars(locked.execution_options(populate_existing=True)).all()


class _Rules:
    """The rules of the points as of a day, each day looked up once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[tuple[str, date], DeadlineRule | None] = {}

    def on(self, day: date, codes: Mapping[Point, str]) -> dict[Point, DeadlineRule]:
        """The rules of a day; a point without one is not reached."""
        for code in codes.values():
            if (code, day) not in self._known:
                self._known[code, day] = self._rule(code, day)
        found = {point: self._known[code, day] for point, code in codes.items()}
        return {point: rule for point, rule in found.items() if rule is not None}

    def _rule(self, code: str, day: date) -> DeadlineRule | None:
        try:
            return catalogue.deadline_rule(self._session, code, day)
        except NotFound:
            return None


def _escalate(session: Session, case: Case, rules: _Rules, calendar: Calendar, day: date) -> None:
    owed = select(Clock, Referral).join(Referral, Referral.id == Clock.referral_id)
    for clock, referral in _may_reach(session, case, owed):
        limits = rules.on(clock.started_on, RULES)
        for reached in _new_points(session, clock, limits, calendar, day):
            _reach(session, case, clock, referral, reached, limits[reached.point].code)
    heard = select(Clock, Hearing).join(Hearing, Hearing.clock_id == Clock.id)
    for clock, hearing in _may_reach(session, case, heard):
        limits = rules.on(clock.started_on, HEARING_RULES)
        for reached in _new_points(session, clock, limits, calendar, day):
            _reach_hearing(session, case, clock, hearing, reached, limits[reached.point].code)


def _may_reach(session: Session, case: Case, query: Select[tuple[Clock, T]]) -> Sequence[tuple[Clock, T]]:
    query = query.where(Clock.case_id == case.id, can_escalate()).order_by(Clock.id)
    return session.execute(query.execution_options(populate_existing=True)).tuples().all()


def _new_points(
    session: Session, clock: Clock, limits: Mapping[Point, Limit], calendar: Calendar, day: date
) -> list[Reached]:
    done = session.scalars(
        select(Escalation.point).where(Escalation.clock_id == clock.id, Escalation.round == clock.extensions)
    ).all()
    return points_reached(limits, clock.started_on, clock.due_on, done, calendar, day)


def _reach(session: Session, case: Case, clock: Clock, referral: Referral, reached: Reached, rule: str) -> None:
    told = _superior(session, case, referral) if reached.point is Point.SUPERIOR else None
    if reached.point is not Point.DUE_SOON:
        referral.state = ReferralState.LATE
    _keep(session, case, clock, reached, told)
    report = session.scalars(
        select(Report)
        .join(CaseReport, CaseReport.report_id == Report.id)
        .where(CaseReport.case_id == case.id, CaseReport.unlinked_at.is_(None))
        .order_by(CaseReport.id)  # the first is the case's own
        .limit(1)
    ).one()
    events.record(
        session,
        case,
        KINDS[reached.point],
        Audience.AGENCY,
        report_id=report.id,
        report_uid=report.uid,
        agency_id=referral.agency_id,
        payload=_facts(clock, reached, rule) | ({"told": told.code} if told is not None else {}),
    )


def _reach_hearing(session: Session, case: Case, clock: Clock, hearing: Hearing, reached: Reached, rule: str) -> None:
    """Only inspectors read that a hearing is late: its body has no part in the case. It hears by mail."""
    _keep(session, case, clock, reached)
    events.record(
        session,
        case,
        HEARING_KINDS[reached.point],
        Audience.INSPECTION,
        agency_id=hearing.agency_id,
        payload=_facts(clock, reached, rule),
    )


def _keep(session: Session, case: Case, clock: Clock, reached: Reached, told: Agency | None = None) -> None:
    session.add(
        Escalation(
            case_id=case.id,
            clock_id=clock.id,
            round=clock.extensions,
            point=reached.point,
            reached_on=reached.on,
            told_id=told.id if told is not None else None,
            at=now(),
        )
    )
    session.flush()


def _facts(clock: Clock, reached: Reached, rule: str) -> dict[str, object]:
    return {
        "by_rule": True,
        "rule": rule,
        "reached_on": reached.on.isoformat(),
        "starts": clock.starts,
        "started_on": clock.started_on.isoformat(),
        "due_on": clock.due_on.isoformat(),
        "round": clock.extensions,
    }


def _superior(session: Session, case: Case, referral: Referral) -> Agency | None:
    """The body directly above, as it is today. Nobody where a wall stands before it, or the case is restricted: then
    the Inspection Committee's list is the next to hear.
    """
    below = session.get_one(Agency, referral.agency_id)
    above = session.get(Agency, below.parent_id) if below.parent_id is not None else None
    current = catalogue.successor_on(session, above, today()) if above is not None else None
    above = current or above
    if above is None or case.is_restricted or walled_ids(session, case).intersection(line_of(above)):
        return None
    return above


def days_of_warning(session: Session, day: date) -> int:
    """How many working days before the last one a body is reminded, by the rule of a day; 0 where none is."""
    try:
        return max(0, -catalogue.deadline_rule(session, RULES[Point.DUE_SOON], day).amount)
    except NotFound:
        return 0


def is_listed() -> ColumnElement[bool]:
    """The condition on Case for the Inspection Committee's overdue list."""
    listed = select(Escalation.case_id).where(Escalation.point == Point.LISTED, is_standing())
    return and_(Case.next_due_on < today(), Case.id.in_(listed))
