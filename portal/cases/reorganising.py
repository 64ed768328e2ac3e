"""A body's open work passes to its successor: what would move, the order, and one case after another.

An order is a row; from its day on the worker carries it out. What is left to do is read from the tables each time, so
that it can be broken off anywhere and gone on with. A closed case is past: of it only the walls pass on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from portal.cases.actions.passing_on import pass_on
from portal.cases.casefile import load_file
from portal.cases.hearing import waits
from portal.cases.hearing_models import Hearing
from portal.cases.models import Case, Clock, Referral, Wall
from portal.cases.reorganisation_models import Reorganisation
from portal.cases.saved_views import SavedView
from portal.catalogue.changing import EDITABLE, state_mark
from portal.catalogue.changing_rows import change_agency
from portal.catalogue.models import Agency, RoutingRule
from portal.catalogue.queries import agency_by_code
from portal.foundation.database import transaction
from portal.foundation.errors import FieldErrors, PortalError
from portal.foundation.text import N_
from portal.foundation.time import now, today
from portal.identity.vault import current_body_key
from portal.staff.changing import move_account
from portal.staff.models import Staff

BATCH = 200


@dataclass(frozen=True)
class Plan:
    """What would move, as numbers: nothing in them says which reports are about the body."""

    predecessor: Agency
    successor: Agency
    from_on: date
    referrals: int
    hearings: int  # that wait there, also those that the successor may not hold: how many these are stands nowhere
    accounts: int
    views: int
    below: Sequence[Agency]  # bodies under it that have no successor of their own
    rules: Sequence[str]  # routing rules that name its code: they are changed by hand
    holds_key: bool  # a key to identities, which does not move: the vault shares it out

    @property
    def is_empty(self) -> bool:
        """Whether nothing moves."""
        return not (self.referrals or self.hearings or self.accounts or self.views)


def plan(session: Session, predecessor: Agency, successor: Agency, from_on: date) -> Plan:
    """The dry run. Raises PortalError for what cannot be ordered."""
    _check(session, predecessor, successor, from_on)
    old = predecessor.id
    below = select(Agency).where(Agency.parent_id == old, Agency.successor_id.is_(None))
    below = below.where(or_(Agency.valid_to.is_(None), Agency.valid_to >= from_on)).order_by(Agency.id)
    return Plan(
        predecessor,
        successor,
        from_on,
        referrals=_count(session, select(func.count()).select_from(Referral).join(Case).where(_open_referral(old))),
        hearings=_count(session, select(func.count(Case.id)).where(_waiting_hearing(old))),
        accounts=_count(session, select(func.count(Staff.id)).where(Staff.agency_id == old, Staff.active)),
        views=_count(session, select(func.count(SavedView.id)).where(SavedView.agency_id == old)),
        below=session.scalars(below).all(),
        rules=[rule.code for rule in session.scalars(select(RoutingRule)) if predecessor.code in _named_by(rule)],
        holds_key=current_body_key(session, old) is not None,
    )


def bodies_named(session: Session, old: str, new: str, from_on: date) -> tuple[Agency, Agency]:
    """The bodies that two codes mean on both sides of a day. Codes come back: the two may be the same.

    Raises FieldErrors for `old` and `new`: a code that means nobody.
    """
    before = select(Agency).where(Agency.code == old, Agency.valid_from < from_on).order_by(Agency.valid_from.desc())
    predecessor, successor = session.scalars(before.limit(1)).first(), agency_by_code(session, new, from_on)
    if predecessor is not None and successor is not None:
        return predecessor, successor
    wrong: dict[str, PortalError] = {}
    if predecessor is None:
        wrong["old"] = PortalError(N_("Không có cơ quan mang mã “%(code)s” trước ngày sắp xếp."), code=old)
    if successor is None:
        wrong["new"] = PortalError(N_("Không có cơ quan mang mã “%(code)s” vào ngày sắp xếp."), code=new)
    raise FieldErrors(N_("Xin kiểm tra lại."), wrong)


def _count(session: Session, query: Any) -> int:
    return int(session.scalar(query) or 0)


def _named_by(rule: RoutingRule) -> set[str]:
    named = " ".join((rule.lead, rule.support, rule.inform, rule.oversee, rule.suggestion or ""))
    return set(named.split())


def _open_referral(agency_id: int) -> ColumnElement[bool]:
    return and_(Referral.case_id == Case.id, Referral.agency_id == agency_id, Referral.ended_at.is_(None), Case.is_open)


def _waiting_hearing(agency_id: int) -> ColumnElement[bool]:
    """The cases of which a body is to hear somebody."""
    at_it = select(Hearing.case_id).join(Clock, Clock.id == Hearing.clock_id)
    return and_(Case.is_open, Case.id.in_(at_it.where(Hearing.agency_id == agency_id, waits())))


def _check(session: Session, predecessor: Agency, successor: Agency, from_on: date) -> None:
    if predecessor.id == successor.id:
        raise PortalError(N_("Cơ quan kế thừa phải là cơ quan khác."))
    if not successor.valid_from <= from_on <= (successor.valid_to or date.max):
        raise PortalError(N_("Cơ quan kế thừa chưa có, hoặc không còn, vào ngày sắp xếp."))
    if predecessor.valid_to is not None and predecessor.valid_to >= from_on:
        raise PortalError(N_("Ngày sắp xếp phải sau ngày cuối của cơ quan cũ, đã ghi trong danh mục."))
    if predecessor.successor_id not in (None, successor.id):
        raise PortalError(N_("Danh mục ghi một cơ quan kế thừa khác. Hãy sửa ở danh mục trước."))
    known = order_of(session, predecessor)
    if known is not None and (known.successor_id, known.from_on) != (successor.id, from_on):
        raise PortalError(N_("Cơ quan này đã có lệnh sắp xếp khác."))


def order_of(session: Session, predecessor: Agency) -> Reorganisation | None:
    """The order about a body, if there is one."""
    return session.scalar(select(Reorganisation).where(Reorganisation.predecessor_id == predecessor.id))


def order(session: Session, wanted: Plan, by: Staff | None) -> Reorganisation:
    """Orders it, and writes end and successor into the catalogue. Ordered twice it is one order."""
    body = wanted.predecessor
    _check(session, body, wanted.successor, wanted.from_on)
    known = order_of(session, body)
    if known is not None:
        return known
    values: Mapping[str, Any] = {name: getattr(body, name) for name in EDITABLE[Agency]} | {
        "valid_to": body.valid_to or wanted.from_on - timedelta(days=1),
        "successor_id": wanted.successor.id,
    }
    login = by.login if by is not None else None
    change_agency(session, body, values, seen=state_mark(body), by_login=login, today=today())
    made = Reorganisation(
        predecessor_id=body.id,
        successor_id=wanted.successor.id,
        from_on=wanted.from_on,
        ordered_by_id=by.id if by is not None else None,
        ordered_at=now(),
    )
    session.add(made)
    session.flush()
    return made


def due(session: Session) -> Sequence[int]:
    """The orders that are to be carried out today, by number."""
    waiting = select(Reorganisation.id).where(Reorganisation.finished_at.is_(None), Reorganisation.from_on <= today())
    return session.scalars(waiting.order_by(Reorganisation.from_on, Reorganisation.id)).all()


def carry_out(session: Session, number: int, most: int = BATCH) -> bool:
    """Carries an order out, one transaction a case; says whether it is finished. Walls stand before anybody moves."""
    with transaction(session):
        one = session.get_one(Reorganisation, number)
        old, new = one.predecessor_id, one.successor_id
        first = session.scalars(select(Case.id).where(_concerned(old, new)).order_by(Case.id).limit(most)).all()
    for case_id in first:
        with transaction(session):
            case = session.get_one(Case, case_id, with_for_update=True)
            pass_on(session, load_file(session, case), session.get_one(Agency, old), session.get_one(Agency, new))
    if len(first) == most:
        return False
    with transaction(session):
        one = session.get_one(Reorganisation, number, with_for_update=True)
        _move_people(session, old, new, session.get(Staff, one.ordered_by_id) if one.ordered_by_id else None)
        one.finished_at = one.finished_at or now()
    return True


def _concerned(old: int, new: int) -> ColumnElement[bool]:
    wall, its = aliased(Wall), aliased(Wall)
    walled = exists().where(wall.case_id == Case.id, wall.agency_id == old)
    follows = exists().where(its.case_id == Case.id, its.agency_id == new)
    has_work = or_(exists().where(_open_referral(old)).correlate(Case), _waiting_hearing(old))
    return or_(has_work, and_(walled, ~follows))


def _move_people(session: Session, old: int, new: int, by: Staff | None) -> None:
    for account in session.scalars(select(Staff).where(Staff.agency_id == old, Staff.active)).all():
        move_account(session, account, new, by=by)
    session.execute(update(SavedView).where(SavedView.agency_id == old).values(agency_id=new))
