"""Handing over what somebody holds who leaves: case by case, by the same move as any assignment, so that walls hold."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.cases import events
from portal.cases.access import Viewer, check
from portal.cases.actions.moving import Telling, make_move
from portal.cases.actions.triage import assign
from portal.cases.casefile import CaseFile, load_file
from portal.cases.models import Case
from portal.cases.queries import can_hold, visible_to
from portal.cases.words import Audience
from portal.foundation.errors import NotAllowed
from portal.foundation.text import N_
from portal.foundation.time import today
from portal.staff.models import Staff

BATCH = 50


@dataclass(frozen=True)
class HandedOver:
    """What one batch did: references of the cases given, and of those that nobody holds now."""

    given: tuple[str, ...]
    unheld: tuple[str, ...]
    last_id: int  # where the next batch begins; 0 when there is none


def held_cases(session: Session, viewer: Viewer) -> dict[int, int]:
    """How many open cases each account holds, of those that this one sees."""
    query = select(Case.assigned_id, func.count()).where(Case.is_open, Case.assigned_id.is_not(None))
    rows = session.execute(query.where(visible_to(viewer)).group_by(Case.assigned_id))
    return {holder: count for holder, count in rows if holder is not None}


def hand_over(
    session: Session, staff: Staff, viewer: Viewer, *, leaver: Staff, successor: Staff, sees: Viewer, after: int = 0
) -> HandedOver:
    """Gives the next fifty open cases of one account to another, those with an id above `after`.

    A case that the successor may not hold is held by nobody afterwards. What `staff` does not see stays as it is.
    Raises NotAllowed when the two are one, or the successor holds no cases.
    """
    if leaver.id == successor.id or not successor.active or not sees.reads_narratives:
        raise NotAllowed(N_("Người này không nhận bàn giao được."))
    cases = _batch(session, viewer, leaver, after)
    given, unheld = [], []
    for case in cases:
        file = load_file(session, case)
        if can_hold(session, sees, case):
            assign(session, file, staff, viewer, assignee=successor, sees=sees)
            given.append(case.reference)
        else:
            _put_down(session, file, staff, viewer)
            unheld.append(case.reference)
    return HandedOver(tuple(given), tuple(unheld), cases[-1].id if len(cases) == BATCH else 0)


def _batch(session: Session, viewer: Viewer, leaver: Staff, after: int) -> Sequence[Case]:
    query = select(Case).where(Case.is_open, Case.assigned_id == leaver.id, Case.id > after, visible_to(viewer))
    return session.scalars(query.order_by(Case.id).limit(BATCH).with_for_update(of=Case)).all()


def _put_down(session: Session, file: CaseFile, staff: Staff, viewer: Viewer) -> None:
    move = check(viewer, "assign", file, today())
    file.case.assigned_id = None
    telling = Telling(events.CASE_ASSIGNED, Audience.INSPECTION, payload={"to_staff": None})
    make_move(session, file, move, telling, actor=staff)
