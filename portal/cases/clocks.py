"""Starting, pausing, resuming and ending the clocks of a case. The dates themselves come from `deadlines`."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.deadlines import due_after_pause, due_on
from portal.cases.events import CASE_MERGED
from portal.cases.models import NO_DATE, Case, Clock, Event, Referral
from portal.cases.status import Move, Starts
from portal.catalogue import queries as catalogue
from portal.catalogue.models import DeadlineRule
from portal.catalogue.words import Kind, Track
from portal.catalogue.working_days import Calendar, received_on
from portal.foundation.time import local, now

# Times of the law for a body that we only watch: no question of ours stops them (a suspension would: decision 0037).
STATUTORY = frozenset({Starts.ACCEPTANCE, Starts.SETTLEMENT})
NEVER_PAUSED = STATUTORY | {Starts.HEARING}  # whoever is heard does not wait for what the reporter answers
REPORTERS = frozenset({Starts.QUESTION, Starts.REOPEN_WINDOW, Starts.APPEAL_WINDOW})  # time the reporter has


def rule_code(starts: Starts, track: Track, kind: Kind) -> str:
    """By which deadline rule a clock runs, for a track and a kind of report (domain.md §2).

    Of a signed form the rule depends on its own law and instance: `formal.rule_of` has those.
    """
    if starts in (Starts.ANSWER, Starts.REFERRAL):
        if track is Track.PROPOSAL:
            return "proposal.answer"
        if track is Track.COMMENDATION:
            return "commendation.thanks"
        return "feedback.delay_answer" if kind is Kind.DELAY and starts is Starts.REFERRAL else "feedback.answer"
    if starts is Starts.FORWARD:
        return "proposal.forward" if track is Track.PROPOSAL else "feedback.forward"
    return _ONE_FOR_ALL[starts]


_ONE_FOR_ALL = {
    Starts.TRIAGE: "feedback.triage",
    Starts.RECEPTION: "feedback.reception_notice",
    Starts.QUESTION: "feedback.reporter_question",
    Starts.REOPEN_WINDOW: "reopen.window",
    Starts.APPEAL_WINDOW: "refusal.appeal",
    Starts.HEARING: "hearing.answer",
}


def start(
    session: Session,
    case: Case,
    starts: Starts,
    kind: Kind,
    calendar: Calendar,
    referral: Referral | None = None,
) -> Clock:
    """Starts one clock today (the next working day when it is night or a day off) and returns it."""

    def limit(code: str, on: date) -> DeadlineRule:
        return catalogue.deadline_rule(session, code, on)

    clock = new_clock(case, starts, kind, calendar, limit, referral)
    session.add(clock)
    session.flush()
    return clock


def new_clock(
    case: Case,
    starts: Starts,
    kind: Kind,
    calendar: Calendar,
    limit: Callable[[str, date], DeadlineRule],
    referral: Referral | None = None,
) -> Clock:
    """A clock that starts today, not stored yet, and the day by which its referral is due."""
    started_on = received_on(local(now()), calendar)
    rule = limit(rule_code(starts, case.track, kind), started_on)
    clock = Clock(
        case_id=case.id,
        referral_id=referral.id if referral else None,
        rule_id=rule.id,
        starts=starts.value,
        started_on=started_on,
        due_on=due_on(rule, started_on, calendar),
        paused_days=0,
    )
    if referral is not None:
        referral.due_on = clock.due_on
    return clock


def started_by(
    move: Move, referrals: Iterable[Referral], start: Callable[[Starts, Referral | None], Clock]
) -> list[Clock]:
    """The clocks that a move starts: one for the case, or one for each referral."""
    started: list[Clock] = []
    for starts in move.starts:
        concerned = referrals if starts is Starts.REFERRAL else (None,)
        started += [start(starts, one) for one in concerned]
    return started


def running(session: Session, case: Case) -> list[Clock]:
    """The clocks of a case that are neither met nor stopped, paused ones included."""
    rows = select(Clock).where(Clock.case_id == case.id, Clock.met_at.is_(None), Clock.stopped_at.is_(None))
    return list(session.scalars(rows.order_by(Clock.id)))


def meet(session: Session, case: Case, which: Iterable[Starts], referral: Referral | None = None) -> list[Clock]:
    """Ends the running clocks of these words as met, of one referral if one is given."""
    words = {starts.value for starts in which}

    def is_meant(clock: Clock) -> bool:
        return clock.starts in words and (referral is None or clock.referral_id in (None, referral.id))

    return mark(session, case, is_meant, "met_at")


def end(session: Session, case: Case) -> tuple[list[Clock], list[Clock]]:
    """Ends all running clocks: those whose work is done as met, the others as stopped. Returns both.

    Stopped are the reporter's own times, what the law wants of a body that has a form, and what a body was
    asked that has not answered: it did not meet anything.
    """
    answered = set(
        session.scalars(select(Referral.id).where(Referral.case_id == case.id, Referral.answered_at.is_not(None)))
    )

    def is_done(clock: Clock) -> bool:
        if Starts(clock.starts) in REPORTERS | NEVER_PAUSED:
            return False
        return clock.referral_id is None or clock.referral_id in answered

    return mark(session, case, is_done, "met_at"), mark(session, case, lambda clock: True, "stopped_at")


def stop(session: Session, case: Case) -> list[Clock]:
    """Ends all running clocks without being met: nobody is owed anything any more."""
    return mark(session, case, lambda clock: True, "stopped_at")


def revive(session: Session, case: Case) -> list[Clock]:
    """Lets the clocks run again that the last merging stopped, due when they were."""
    merged = select(Event.payload).where(Event.case_id == case.id, Event.kind == CASE_MERGED).order_by(Event.id.desc())
    told = session.scalars(merged.limit(1)).one()["clocks"]
    stopped = [(one["starts"], one["started_on"], one["due_on"]) for one in told if one["clock"] == "stopped"]
    rows = session.scalars(select(Clock).where(Clock.case_id == case.id, Clock.stopped_at.is_not(None)))
    ended = sorted(rows, key=lambda clock: (clock.stopped_at, clock.id), reverse=True)
    meant = []
    for clock in ended:  # the newest first: a changed track may have stopped one that is alike in the same instant
        key = (clock.starts, clock.started_on.isoformat(), clock.due_on.isoformat())
        if clock.stopped_at == ended[0].stopped_at and key in stopped:
            stopped.remove(key)
            meant.append(clock)
    for clock in meant:
        clock.stopped_at = None
    session.flush()
    return meant


def mark(session: Session, case: Case, is_meant: Callable[[Clock], bool], column: str) -> list[Clock]:
    """Ends the running clocks that are meant, now, as `met_at` or as `stopped_at`."""
    at: datetime = now()
    meant = [clock for clock in running(session, case) if is_meant(clock)]
    for clock in meant:
        setattr(clock, column, at)
    session.flush()
    return meant


def pause(session: Session, case: Case, on: date) -> list[Clock]:
    """Pauses what runs against us while the reporter is asked."""
    running_now = [clock for clock in running(session, case) if clock.paused_on is None]
    meant = [clock for clock in running_now if clock.starts not in NEVER_PAUSED]
    for clock in meant:
        clock.paused_on = on
    session.flush()
    return meant


def resume(session: Session, case: Case, on: date, calendar: Calendar) -> list[Clock]:
    """Lets paused clocks run on; each is due later by the days that it stood still."""
    meant = [clock for clock in running(session, case) if clock.paused_on is not None]
    for clock in meant:
        rule = session.get_one(DeadlineRule, clock.rule_id)
        assert clock.paused_on is not None  # noqa: S101 (selected above)
        clock.due_on, days = due_after_pause(rule, clock.due_on, clock.paused_on, on, calendar)
        clock.paused_days += days
        clock.paused_on = None
        if clock.referral_id is not None:
            session.get_one(Referral, clock.referral_id).due_on = clock.due_on
    session.flush()
    return meant


def next_due_on(clocks: Iterable[Clock]) -> date:
    """The earliest date among clocks that run unpaused; the far date when there is none."""
    return min((clock.due_on for clock in clocks if clock.paused_on is None), default=NO_DATE)


def told(did: str, clocks: Iterable[Clock], rules: Callable[[int], str]) -> list[dict[str, object]]:
    """Clocks as an event tells them, so that each can be explained from the events alone."""
    return [
        {
            "clock": did,
            "rule": rules(clock.rule_id),
            "starts": clock.starts,
            "started_on": clock.started_on.isoformat(),
            "due_on": clock.due_on.isoformat(),
            "paused_days": clock.paused_days,
        }
        for clock in clocks
    ]
