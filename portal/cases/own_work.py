"""An account's own day and checklist for a case: read by that account alone, erased when the case is closed.

They are working notes, not events: nobody else's page, the history and the ledger never hear of them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from portal.cases.access import Viewer
from portal.cases.models import Case
from portal.cases.own_work_models import OwnDate, OwnTask
from portal.foundation.errors import FieldErrors, PortalError
from portal.foundation.text import N_, clean_line
from portal.foundation.time import now

MOST_TASKS = 30  # of one account in one case
LONGEST_TASK = 300  # characters


@dataclass(frozen=True)
class OwnWork:
    """What an account keeps for itself beside one case."""

    due_on: date | None
    tasks: tuple[OwnTask, ...]


def own_work(session: Session, viewer: Viewer, case: Case) -> OwnWork:
    """The account's own day and list; somebody who stands in for it has their own."""
    kept = session.get(OwnDate, (case.id, viewer.staff_id))
    return OwnWork(kept.due_on if kept is not None else None, _tasks(session, viewer, case))


def set_own_date(session: Session, viewer: Viewer, case: Case, due_on: date | None, today: date) -> None:
    """Sets, moves or drops the own day. Raises FieldErrors for a new day that is over."""
    kept = session.get(OwnDate, (case.id, viewer.staff_id))
    if due_on == (kept.due_on if kept is not None else None):
        return
    if due_on is not None and due_on < today:
        raise _wrong("own_date", N_("Ngày hẹn phải là hôm nay hoặc sau hôm nay."))
    if kept is None:
        session.add(OwnDate(case_id=case.id, staff_id=viewer.staff_id, due_on=due_on))
    elif due_on is None:
        session.delete(kept)
    else:
        kept.due_on = due_on
    session.flush()


def add_task(session: Session, viewer: Viewer, case: Case, text: str) -> None:
    """Adds a line at the end; one that is there still undone is not added again. Raises FieldErrors when full."""
    text, tasks = clean_line(text), _tasks(session, viewer, case)
    if not text or any(one.text == text and one.done_at is None for one in tasks):
        return
    if len(text) > LONGEST_TASK:
        raise _wrong("own_task", N_("Việc cần làm dài quá %(longest)d ký tự."), longest=LONGEST_TASK)
    if len(tasks) >= MOST_TASKS:
        raise _wrong("own_task", N_("Danh sách đã đủ %(most)d việc. Xin xóa bớt việc đã xong."), most=MOST_TASKS)
    position = max((one.position for one in tasks), default=0) + 1
    session.add(OwnTask(case_id=case.id, staff_id=viewer.staff_id, position=position, text=text))
    session.flush()


def tick(session: Session, viewer: Viewer, case: Case, shown: Collection[int], done: Collection[int]) -> None:
    """Marks the lines that a form showed as done or not; what was added meanwhile elsewhere stays as it is."""
    for one in _tasks(session, viewer, case):
        if one.position in shown and (one.position in done) != (one.done_at is not None):
            one.done_at = now() if one.position in done else None
    session.flush()


def drop_done(session: Session, viewer: Viewer, case: Case) -> None:
    """Takes what is done off the list."""
    for one in _tasks(session, viewer, case):
        if one.done_at is not None:
            session.delete(one)
    session.flush()


def erase_own_work(session: Session, case_id: int) -> None:
    """Everybody's days and lists of a case, when nobody works on it any more."""
    for table in (OwnDate, OwnTask):
        session.execute(delete(table).where(table.case_id == case_id))


def has_own_date(viewer: Viewer, until: date) -> ColumnElement[bool]:
    """The condition on Case: this account's own day for it is there and not after `until`. Few are, so they lead."""
    return Case.id.in_(select(OwnDate.case_id).where(OwnDate.staff_id == viewer.staff_id, OwnDate.due_on <= until))


def _tasks(session: Session, viewer: Viewer, case: Case) -> tuple[OwnTask, ...]:
    query = select(OwnTask).where(OwnTask.case_id == case.id, OwnTask.staff_id == viewer.staff_id)
    return tuple(session.scalars(query.order_by(OwnTask.position)))


def _wrong(field: str, message: str, **values: object) -> FieldErrors:
    return FieldErrors(N_("Xin kiểm tra lại."), {field: PortalError(message, **values)})
