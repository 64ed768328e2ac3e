"""Making one move: status, clocks, event. Every action goes through here, so that none forgets a part."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from portal.cases import clocks, events
from portal.cases.casefile import CaseFile
from portal.cases.models import Event, Referral
from portal.cases.status import Clocks, Move, target
from portal.cases.words import OPEN, Audience, Status
from portal.catalogue import queries as catalogue
from portal.catalogue.models import DeadlineRule
from portal.catalogue.working_days import Calendar
from portal.foundation.time import today
from portal.staff.models import Staff
from portal.staff.substitutes import stands_for


@dataclass(frozen=True)
class Telling:
    """How a move is told: the event's kind, who may read it, and what it says beside the clocks."""

    kind: str
    audience: Audience
    agency_id: int | None = None
    payload: Mapping[str, object] = field(default_factory=dict)
    clocks: tuple[Mapping[str, object], ...] = ()  # what the caller has done to clocks already


def make_move(
    session: Session,
    file: CaseFile,
    move: Move,
    telling: Telling,
    *,
    actor: Staff | None = None,
    referrals: Iterable[Referral] = (),
    calendar: Calendar | None = None,
) -> Event:
    """Moves a case that the caller has checked, runs its clocks, and records the event."""
    case, before = file.case, file.case.status
    case.status = target(move, before, case.former_status)
    if case.status is not before:  # a move that keeps the status leads nowhere else back either
        case.former_status = before if case.status in (Status.WAITING_FOR_REPORTER, Status.MERGED) else None
    instead = _instead_of(session, file, actor)
    changed = _run_clocks(session, file, move, list(referrals), calendar or catalogue.calendar(session))
    case.is_open = case.status in OPEN
    case.next_due_on = clocks.next_due_on(clocks.running(session, case))
    flag_modified(case, "status")  # every move is a new version, also one that keeps the status
    session.flush()
    return events.record(
        session,
        case,
        telling.kind,
        telling.audience,
        actor=actor,
        report_id=file.report.id,
        report_uid=file.report.uid,
        agency_id=telling.agency_id,
        payload={
            **telling.payload,
            **instead,
            "from": before.value,
            "to": case.status.value,
            "clocks": [*telling.clocks, *changed],
        },
    )


def _instead_of(session: Session, file: CaseFile, actor: Staff | None) -> dict[str, object]:
    """For whom somebody acts who stands in for the case's holder today."""
    holder = file.case.assigned_id
    if actor is None or holder in (None, actor.id) or holder not in stands_for(session, actor, today()):
        return {}
    return {"instead_of": holder}


def _run_clocks(
    session: Session, file: CaseFile, move: Move, referrals: list[Referral], calendar: Calendar
) -> list[dict[str, object]]:
    case, kind = file.case, file.kind

    def code(rule_id: int) -> str:
        return session.get_one(DeadlineRule, rule_id).code

    referral = referrals[0] if len(referrals) == 1 else None
    changed = clocks.told("met", clocks.meet(session, case, move.meets, referral), code)
    if move.clocks is Clocks.PAUSE:
        changed += clocks.told("paused", clocks.pause(session, case, today()), code)
    elif move.clocks is Clocks.RESUME:
        changed += clocks.told("resumed", clocks.resume(session, case, today(), calendar), code)
    elif move.clocks is Clocks.END:
        met, stopped = clocks.end(session, case)
        changed += clocks.told("met", met, code) + clocks.told("stopped", stopped, code)
    elif move.clocks is Clocks.STOP:
        changed += clocks.told("stopped", clocks.stop(session, case), code)
    elif move.clocks is Clocks.REVIVE:
        changed += clocks.told("revived", clocks.revive(session, case), code)
    started = clocks.started_by(
        move, referrals, lambda starts, one: clocks.start(session, case, starts, kind, calendar, one)
    )
    return changed + clocks.told("started", started, code)


def end_referrals(session: Session, file: CaseFile) -> None:
    """Nothing is open at any body any more."""
    for referral in (*file.live_referrals, *file.head_supports):
        referral.is_open = False
    session.flush()
