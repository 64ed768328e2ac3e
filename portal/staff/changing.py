"""What an administrator changes of an account. Each change is a row of its history, in the same transaction."""

import secrets

from sqlalchemy.orm import Session

from portal.foundation.errors import NotAllowed, PortalError
from portal.foundation.text import N_, clean_line
from portal.staff.history import note_change
from portal.staff.history_models import AccountChangeKind as Did
from portal.staff.models import Staff, StaffRole
from portal.staff.roles import Role, check_roles


def close_account(session: Session, account: Staff, *, by: Staff) -> None:
    """Closes an account and ends its sessions at once. Raises NotAllowed for one's own."""
    if account.id == by.id:
        raise NotAllowed(N_("Anh/chị không khóa được tài khoản của chính mình."))
    if account.active:
        account.active, account.fs_uniquifier = False, secrets.token_hex(16)
        note_change(session, account, Did.CLOSED, by=by)


def open_account(session: Session, account: Staff, *, by: Staff) -> None:
    """Opens a closed account again."""
    if not account.active:
        account.active = True
        note_change(session, account, Did.OPENED, by=by)


def rename(session: Session, account: Staff, name: str, *, by: Staff) -> None:
    """Gives an account another name; its history keeps the old one. Raises PortalError for none."""
    name = clean_line(name)
    if not name:
        raise PortalError(N_("Tài khoản cần có họ tên."))
    if name != account.name:
        before, account.name = account.name, name
        note_change(session, account, Did.RENAMED, by=by, detail={"from": before, "to": name})


def move_account(session: Session, account: Staff, agency_id: int, *, by: Staff | None) -> None:
    """Moves an account to another body, whose cases it sees from its next request on. By nobody: on an order."""
    if agency_id != account.agency_id:
        before, account.agency_id = account.agency_id, agency_id
        note_change(session, account, Did.MOVED, by=by, detail={"from": before, "to": agency_id})


def change_roles(session: Session, account: Staff, roles: frozenset[Role], *, by: Staff) -> None:
    """Gives an account other roles, which hold from its next request on.

    Raises PortalError for roles that do not go together, NotAllowed for giving up one's own administrator role:
    somebody else must do that, so that one administrator always remains.
    """
    check_roles(roles)
    before = account.role_words
    if account.id == by.id and Role.ADMINISTRATOR in before - roles:
        raise NotAllowed(N_("Anh/chị không bỏ được vai trò quản trị viên của chính mình."))
    if roles != before:
        account.role_rows = [row for row in account.role_rows if row.role in roles]
        account.role_rows += [StaffRole(role=role) for role in sorted(roles - before)]
        note_change(session, account, Did.ROLES_CHANGED, by=by, detail={"from": sorted(before), "to": sorted(roles)})
