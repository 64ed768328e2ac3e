"""What the portal does by itself when a body is nearly or already late with a referral.

Three set points, each by a rule of the catalogue: two working days before the last day the body is reminded, on the
first working day after it the body directly above is told, five working days late the case stands in the Inspection
Committee's overdue list. A rule holds as it was when the clock began. A point is reached once in a round: where the
worker was away it catches up in order; an extension begins a new round. Clocks that stand still or have ended reach
nothing. All of it happens in office hours, so that whoever hears of it can act.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session, aliased

from portal.cases import events
from portal.cases.access import Viewer
from portal.cases.deadlines import Limit, days_left, due_on
from portal.cases.escalation_models import Escalation, Point
from portal.cases.models import Case, CaseReport, Clock, Referral, Report
from portal.cases.queries import behind_a_wall, line_of, walled_ids
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


def can_escalate() -> ColumnElement[bool]:
    """Which clocks reach points: of a referral, running and not standing still.

    None of a referral for a head: no body may hear that there is one.
    """
    runs = and_(Clock.met_at.is_(None), Clock.stopped_at.is_(None), Clock.paused_on.is_(None))
    own = aliased(Referral)  # the query around it may read referrals, too
    return and_(runs, exists().where(own.id == Clock.referral_id, own.is_open, ~own.for_head))


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
    before = select(func.min(DeadlineRule.amount)).where(DeadlineRule.code.in_(RULES.values()))
    ahead = max(0, -(session.scalar(before) or 0))
    due_by = calendar.add(day, ahead + 1)
    all_done = exists().where(
        Escalation.clock_id == Clock.id, Escalation.round == Clock.extensions, Escalation.point == Point.LISTED
    )
    meant = select(Clock.case_id).where(can_escalate(), Clock.due_on <= due_by, ~all_done, Clock.case_id > after)
    ids = session.scalars(meant.distinct().order_by(Clock.case_id).limit(BATCH)).all()
    locked = select(Case).where(Case.id.in_(ids)).order_by(Case.id).with_for_update()
    return session.scalars(locked.execution_options(populate_existing=True)).all()


class _Rules:
    """The rules of the points as of a day, each day looked up once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[date, dict[Point, DeadlineRule]] = {}

    def on(self, day: date) -> dict[Point, DeadlineRule]:
        """The rules of a day; a point without one is not reached."""
        if day not in self._known:
            found = {point: self._rule(code, day) for point, code in RULES.items()}
            self._known[day] = {point: rule for point, rule in found.items() if rule is not None}
        return self._known[day]

    def _rule(self, code: str, day: date) -> DeadlineRule | None:
        try:
            return catalogue.deadline_rule(self._session, code, day)
        except NotFound:
            return None


def _escalate(session: Session, case: Case, rules: _Rules, calendar: Calendar, day: date) -> None:
    query = select(Clock, Referral).join(Referral, Referral.id == Clock.referral_id)
    query = query.where(Clock.case_id == case.id, can_escalate()).order_by(Clock.id)
    for clock, referral in session.execute(query.execution_options(populate_existing=True)).tuples().all():
        done = session.scalars(
            select(Escalation.point).where(Escalation.clock_id == clock.id, Escalation.round == clock.extensions)
        ).all()
        limits = rules.on(clock.started_on)
        for reached in points_reached(limits, clock.started_on, clock.due_on, done, calendar, day):
            _reach(session, case, clock, referral, reached, limits[reached.point].code)


def _reach(session: Session, case: Case, clock: Clock, referral: Referral, reached: Reached, rule: str) -> None:
    told = _superior(session, case, referral) if reached.point is Point.SUPERIOR else None
    if reached.point is not Point.DUE_SOON:
        referral.state = ReferralState.LATE
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
    report = session.scalars(
        select(Report)
        .join(CaseReport, CaseReport.report_id == Report.id)
        .where(CaseReport.case_id == case.id, CaseReport.unlinked_at.is_(None))
        .order_by(CaseReport.id)  # the first is the case's own
        .limit(1)
    ).one()
    payload: dict[str, object] = {
        "by_rule": True,
        "rule": rule,
        "reached_on": reached.on.isoformat(),
        "starts": clock.starts,
        "started_on": clock.started_on.isoformat(),
        "due_on": clock.due_on.isoformat(),
        "round": clock.extensions,
    }
    events.record(
        session,
        case,
        KINDS[reached.point],
        Audience.AGENCY,
        report_id=report.id,
        report_uid=report.uid,
        agency_id=referral.agency_id,
        payload=payload | ({"told": told.code} if told is not None else {}),
    )


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
