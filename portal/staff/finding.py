"""Finding accounts among hundreds: by words, body, role, open or closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from portal.catalogue.models import Agency
from portal.foundation.text import fold
from portal.staff.models import Staff, StaffRole
from portal.staff.roles import Role


@dataclass(frozen=True)
class AccountFilter:
    """What an administrator looks for. Empty: every account."""

    words: str = ""  # part of a login or of a name, marks as typed
    agency_code: str = ""
    role: Role | None = None
    is_active: bool | None = None


def accounts_named(session: Session, words: str, most: int) -> list[tuple[Staff, Agency]]:
    """The open accounts whose name or login holds some words, with or without their marks, by login."""
    query = select(Staff, Agency).join(Agency, Agency.id == Staff.agency_id).where(Staff.active).order_by(Staff.login)
    wanted = fold(words)
    rows = session.execute(query).tuples()
    return list(islice(((one, body) for one, body in rows if wanted in fold(f"{one.name} {one.login}")), most))


def accounts_found(session: Session, wanted: AccountFilter, after: str, size: int) -> Sequence[tuple[Staff, Agency]]:
    """The accounts that fit with their bodies, by login, from the one behind `after` on."""
    query = select(Staff, Agency).join(Agency, Agency.id == Staff.agency_id).order_by(Staff.login).limit(size)
    if after:
        query = query.where(Staff.login > after)
    if wanted.words:
        small, as_title = wanted.words.lower(), wanted.words.title()  # SQLite's lower() knows no Vietnamese letters
        names = (
            func.lower(Staff.name).contains(small, autoescape=True),
            Staff.name.contains(as_title, autoescape=True),
        )
        query = query.where(or_(Staff.login.contains(small, autoescape=True), *names))
    if wanted.agency_code:
        query = query.where(Agency.code == wanted.agency_code)
    if wanted.role is not None:
        query = query.where(Staff.id.in_(select(StaffRole.staff_id).where(StaffRole.role == wanted.role)))
    if wanted.is_active is not None:
        query = query.where(Staff.active.is_(wanted.is_active))
    return session.execute(query).tuples().all()
