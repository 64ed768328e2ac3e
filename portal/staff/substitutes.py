"""Who stands in for whom. A substitute works on what is assigned to the absent colleague, never past a wall.

Both are of one body, so that a substitution opens no case that the substitute could not be given.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.foundation.errors import NotAllowed, PortalError
from portal.foundation.text import N_
from portal.staff.history import note_change
from portal.staff.history_models import AccountChangeKind as Did
from portal.staff.history_models import Substitution
from portal.staff.models import Staff
from portal.staff.permissions import Permission

LONGEST_DAYS = 366


def stands_for(session: Session, staff: Staff, on: date) -> tuple[int, ...]:
    """The accounts for which this one stands in on a day; not where one of the two works elsewhere since."""
    query = (
        select(Staff)
        .join(Substitution, Substitution.staff_id == Staff.id)
        .where(Substitution.substitute_id == staff.id, Substitution.from_on <= on, Substitution.to_on >= on)
        .where(Staff.agency_id == staff.agency_id)
        .order_by(Staff.id)
    )
    return tuple(dict.fromkeys(one.id for one in session.scalars(query)))


def name_substitute(
    session: Session, account: Staff, substitute: Staff, from_on: date, to_on: date, *, by: Staff, today: date
) -> Substitution:
    """Lets one account stand in for another from one day to another.

    Raises NotAllowed for two people who do not work on the same cases, PortalError for days that make no sense or
    on which the absent one has a substitute already.
    """
    _check_people(account, substitute)
    _check_days(from_on, to_on, today)
    overlap = select(Substitution.id).where(
        Substitution.staff_id == account.id, Substitution.from_on <= to_on, Substitution.to_on >= from_on
    )
    if session.scalar(overlap.limit(1)) is not None:
        raise PortalError(N_("Trong những ngày này đã có người làm thay."))
    made = Substitution(staff_id=account.id, substitute_id=substitute.id, from_on=from_on, to_on=to_on)
    session.add(made)
    session.flush()
    note_change(session, account, Did.SUBSTITUTE_NAMED, by=by, detail=_told(made))
    return made


def end_substitute(session: Session, account: Staff, number: int, *, by: Staff, today: date) -> None:
    """Ends a substitution today: it held until yesterday, or never. One that is over stays as it was."""
    made = session.get(Substitution, number)
    if made is None or made.staff_id != account.id:
        raise PortalError(N_("Không có lần làm thay này."))
    if made.to_on < today:
        return
    note_change(session, account, Did.SUBSTITUTE_ENDED, by=by, detail=_told(made))
    if made.from_on >= today:
        session.delete(made)
    else:
        made.to_on = today - timedelta(days=1)
    session.flush()


def substitutions(session: Session, account: Staff, today: date) -> Sequence[tuple[Substitution, Staff]]:
    """Who stands in for this account now or later, by day."""
    query = (
        select(Substitution, Staff)
        .join(Staff, Staff.id == Substitution.substitute_id)
        .where(Substitution.staff_id == account.id, Substitution.to_on >= today)
        .order_by(Substitution.from_on, Substitution.id)
    )
    return session.execute(query).tuples().all()


def colleagues(session: Session, account: Staff) -> list[Staff]:
    """Who could stand in for this account: open accounts of its body that hold cases."""
    query = select(Staff).where(Staff.agency_id == account.agency_id, Staff.id != account.id, Staff.active)
    return [one for one in session.scalars(query.order_by(Staff.name, Staff.id)) if holds_cases(one)]


def holds_cases(account: Staff) -> bool:
    """Whether cases are assigned to this account: an inspector's."""
    return Permission.READ_ALL_CASES in account.permissions


def _check_people(account: Staff, substitute: Staff) -> None:
    if account.id == substitute.id:
        raise NotAllowed(N_("Không ai làm thay chính mình."))
    if account.agency_id != substitute.agency_id:
        raise NotAllowed(N_("Người làm thay phải cùng cơ quan."))
    if not substitute.active:
        raise NotAllowed(N_("Tài khoản của người làm thay đã bị khóa."))
    if not (holds_cases(account) and holds_cases(substitute)):
        raise NotAllowed(N_("Chỉ kiểm tra viên được giao vụ việc, nên chỉ kiểm tra viên có người làm thay."))


def _check_days(from_on: date, to_on: date, today: date) -> None:
    if to_on < from_on:
        raise PortalError(N_("Ngày sau cùng đứng trước ngày đầu."))
    if to_on < today:
        raise PortalError(N_("Những ngày này đã qua."))
    if (to_on - from_on).days >= LONGEST_DAYS:
        raise PortalError(N_("Làm thay lâu nhất một năm; lâu hơn thì xin bàn giao vụ việc."))


def _told(made: Substitution) -> dict[str, object]:
    return {"substitute": made.substitute_id, "from": made.from_on.isoformat(), "to": made.to_on.isoformat()}
