"""How much each colleague of a committee holds, and who takes the next case (decision 0017).

Two queries over the open cases that the account itself may see: a figure tells nobody of a case behind a wall, and
restricted cases of others are counted for chief inspectors alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from sqlalchemy import CTE, ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from portal.cases.access import Viewer
from portal.cases.models import Case, Referral
from portal.cases.queries import visible_to
from portal.cases.queue import COUNTED
from portal.cases.turns import is_ours
from portal.catalogue.words import ReferralRole
from portal.staff.models import Staff, StaffRole
from portal.staff.permissions import Permission
from portal.staff.roles import PERMISSIONS

AHEAD = 10  # so many cases to work at more than the team's middle, and one is handed no more


@dataclass(frozen=True)
class Load:
    """What one account holds, or nobody."""

    open: int = 0
    to_do: int = 0  # of these, what does not wait for the reporter
    late: int = 0
    soon: int = 0  # due today or until the day that was asked for
    restricted: int = 0


def team(session: Session, agency_id: int) -> Sequence[Staff]:
    """The accounts of a body that can hold cases, by name."""
    roles = [role for role, held in PERMISSIONS.items() if Permission.READ_ALL_CASES in held]
    holds = Staff.id.in_(select(StaffRole.staff_id).where(StaffRole.role.in_(roles)))
    query = select(Staff).where(Staff.agency_id == agency_id, Staff.active, holds)
    return session.scalars(query.order_by(Staff.name, Staff.id)).all()


def loads(session: Session, viewer: Viewer, today: date, soon: date) -> dict[int | None, Load]:
    """What each account holds of the open cases that this viewer sees; under None what nobody holds, each figure up to
    one more than `COUNTED`.
    """
    one = _held(viewer)
    query = select(
        one.c.assigned_id,
        func.count(),
        _how_many(one.c.is_ours),
        _how_many(and_(one.c.is_ours, one.c.next_due_on < today)),
        _how_many(and_(one.c.is_ours, one.c.next_due_on.between(today, soon))),
        _how_many(one.c.is_restricted),
    ).group_by(one.c.assigned_id)
    held: dict[int | None, Load] = {holder: Load(*map(int, figures)) for holder, *figures in session.execute(query)}
    return held | {None: _unheld(session, viewer, today, soon)}


def _held(viewer: Viewer) -> CTE:
    """The cases that somebody holds, each asked once whose turn it is."""
    held = (Case.is_open, Case.assigned_id.is_not(None), visible_to(viewer))
    query = select(Case.assigned_id, Case.next_due_on, Case.is_restricted, is_ours().label("is_ours")).where(*held)
    return query.cte("held").prefix_with("MATERIALIZED")


def _unheld(session: Session, viewer: Viewer, today: date, soon: date) -> Load:
    """What nobody holds may be a mountain: nobody waits for its exact height."""
    asked: list[tuple[ColumnElement[bool], ...]] = [
        (),
        (is_ours(),),
        (is_ours(), Case.next_due_on < today),
        (is_ours(), Case.next_due_on.between(today, soon)),
        (Case.is_restricted.is_(True),),
    ]
    open_ = select(Case.id).where(Case.is_open, Case.assigned_id.is_(None), visible_to(viewer)).limit(COUNTED + 1)
    limited = (open_.where(*conditions).subquery() for conditions in asked)
    counts = (select(func.count()).select_from(one).scalar_subquery() for one in limited)
    return Load(*session.execute(select(*counts)).one())


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def has_room(own: int, others: Iterable[int]) -> bool:
    """Whether somebody with so many cases to work at is handed one more: not far above the middle of the team."""
    figures = list(others)
    return not figures or own <= median(figures) + AHEAD


def with_room(members: Sequence[Staff], held: Mapping[int | None, Load]) -> list[tuple[Staff, int]]:
    """Who of the team is handed cases, and how many they have to work at, the fewest first."""
    figures = {one.id: held.get(one.id, Load()).to_do for one in members}
    found = [(one, figures[one.id]) for one in members if has_room(figures[one.id], figures.values())]
    return sorted(found, key=lambda pair: pair[1])


def held_by(session: Session, viewer: Viewer) -> int:
    """How many open cases this account holds."""
    query = select(func.count()).where(Case.is_open, Case.assigned_id == viewer.staff_id)
    return session.scalar(query) or 0


def next_unheld(session: Session, viewer: Viewer, today: date) -> Case | None:
    """The open case with the nearest date that nobody holds and this account may; locked, past what others lock.

    Not one that waits for its reporter, nor one that an agency has directly and in time: nothing is to be done there.
    """
    query = select(Case).where(
        Case.is_open,
        Case.assigned_id.is_(None),
        is_ours(),
        or_(~Case.is_direct, Case.next_due_on < today),
        visible_to(viewer),
    )
    if not viewer.reads_restricted:
        query = query.where(~Case.is_restricted)
    if not viewer.reads_all:
        query = query.where(_is_with(viewer))
    query = query.order_by(Case.next_due_on, Case.id).limit(1)
    return session.scalar(query.with_for_update(of=Case, skip_locked=True))


def _is_with(viewer: Viewer) -> ColumnElement[bool]:
    """Whether the account's body leads or oversees the case: only then its inspectors may take it."""
    roles = (ReferralRole.LEAD, ReferralRole.OVERSEE)
    own = (Referral.agency_id == viewer.agency_id, Referral.role.in_(roles), Referral.ended_at.is_(None))
    return exists().where(Referral.case_id == Case.id, *own).correlate(Case)
