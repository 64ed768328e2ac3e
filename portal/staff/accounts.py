"""Making accounts, resetting passwords, one-time links."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.foundation.errors import NotFound, PortalError
from portal.foundation.text import N_, clean_line
from portal.foundation.time import now
from portal.staff.history import note_change
from portal.staff.history_models import AccountChangeKind as Did
from portal.staff.models import AccountLink, Staff, StaffRole
from portal.staff.roles import Role, check_roles

LINK_DAYS = 3
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 128

Hash = Callable[[str], str]


def staff_by_login(session: Session, login: str) -> Staff | None:
    """The account of that login, active or not."""
    return session.scalar(select(Staff).where(Staff.login == clean_line(login).lower()))


def create_account(
    session: Session, *, login: str, name: str, agency_id: int, roles: frozenset[Role], by: Staff | None = None
) -> Staff:
    """A new account without a password: its owner sets one by a link. Raises PortalError on a taken login.

    `by` is who makes it; None for the command line.
    """
    check_roles(roles)
    login = clean_line(login).lower()
    if not login or not clean_line(name):
        raise PortalError(N_("Tài khoản cần có tên đăng nhập và họ tên."))
    if staff_by_login(session, login) is not None:
        raise PortalError(N_("Tên đăng nhập “%(login)s” đã có người dùng."), login=login)
    staff = Staff(
        login=login,
        name=clean_line(name),
        agency_id=agency_id,
        fs_uniquifier=secrets.token_hex(16),
        active=True,
        created_at=now(),
        role_rows=[StaffRole(role=role) for role in sorted(roles)],
    )
    session.add(staff)
    session.flush()
    note_change(session, staff, Did.MADE, by=by, detail={"agency": agency_id, "roles": sorted(roles)})
    return staff


def set_password(staff: Staff, password: str, hash_password: Hash) -> None:
    """Sets a password and ends every open session. Raises PortalError when it is too short or too long."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise PortalError(
            N_("Mật khẩu cần từ %(shortest)d đến %(longest)d ký tự."),
            shortest=SHORTEST_PASSWORD,
            longest=LONGEST_PASSWORD,
        )
    staff.password = hash_password(password)
    staff.fs_uniquifier = secrets.token_hex(16)


def make_link(session: Session, staff: Staff, *, by: Staff | None = None) -> str:
    """A token by which the account's owner sets a password once, within three days."""
    token = secrets.token_urlsafe(24)
    session.add(AccountLink(token_hash=_hashed(token), staff_id=staff.id, expires_at=now() + timedelta(days=LINK_DAYS)))
    note_change(session, staff, Did.LINK_MADE, by=by)
    return token


def staff_of_link(session: Session, token: str) -> tuple[Staff, AccountLink]:
    """Whose link this is. Raises NotFound for an unknown, used or expired one."""
    link = session.get(AccountLink, _hashed(token))
    if link is None or link.used_at is not None or link.expires_at < now():
        raise NotFound(N_("Đường dẫn này đã dùng rồi hoặc đã hết hạn. Hãy xin quản trị viên đường dẫn mới."))
    staff = session.get(Staff, link.staff_id)
    if staff is None or not staff.active:
        raise NotFound(N_("Đường dẫn này đã dùng rồi hoặc đã hết hạn. Hãy xin quản trị viên đường dẫn mới."))
    return staff, link


def use_link(session: Session, token: str, password: str, hash_password: Hash) -> Staff:
    """Sets the password by a one-time link, which is used up."""
    staff, link = staff_of_link(session, token)
    set_password(staff, password, hash_password)
    link.used_at = now()
    note_change(session, staff, Did.PASSWORD_SET, by=staff)
    return staff


def _hashed(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
