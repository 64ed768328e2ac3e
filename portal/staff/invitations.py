"""Many accounts at once from CSV: agency code, login, name, roles. All of them are made, or none."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.foundation.errors import PortalError
from portal.foundation.text import N_, clean_line
from portal.staff.accounts import create_account, make_link
from portal.staff.models import Staff
from portal.staff.roles import Role, check_roles

COLUMNS = ("agency", "login", "name", "roles")
MOST_ROWS = 500
LONGEST_LOGIN, LONGEST_NAME = 80, 200
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # with these a spreadsheet begins a formula


@dataclass(frozen=True)
class Invitation:
    """One line of the file as typed, and what is wrong with it."""

    line: int
    agency: str
    login: str
    name: str
    roles: str
    errors: tuple[PortalError, ...]


def read_invitations(session: Session, typed: str, agencies: Mapping[str, int]) -> list[Invitation]:
    """Every line with all that is wrong with it. `agencies`: the codes of today's bodies and their ids.

    Raises PortalError when there is no line, when there are too many, or when the text is no CSV.
    """
    try:
        rows = [
            (number, [clean_line(cell) for cell in row])
            for number, row in enumerate(csv.reader(io.StringIO(typed.lstrip("\ufeff")), strict=True), start=1)
            if any(cell.strip() for cell in row)
        ]
    except csv.Error as error:
        raise PortalError(N_("Không đọc được: có dấu nháy kép chưa đóng.")) from error
    if rows and tuple(cell.lower() for cell in rows[0][1]) == COLUMNS:
        rows = rows[1:]
    if not rows:
        raise PortalError(N_("Chưa có dòng nào."))
    if len(rows) > MOST_ROWS:
        raise PortalError(N_("Mỗi lần nhiều nhất %(most)d dòng."), most=MOST_ROWS)
    taken = set(session.scalars(select(Staff.login)))
    found: list[Invitation] = []
    for number, cells in rows:
        agency, login, name, roles = (*cells, "", "", "", "")[:4]
        errors = _errors(cells, agencies, taken)
        taken.add(login.lower())
        found.append(Invitation(number, agency, login.lower(), name, roles, errors))
    return found


def _errors(cells: Sequence[str], agencies: Mapping[str, int], taken: set[str]) -> tuple[PortalError, ...]:
    if len(cells) != len(COLUMNS):
        return (PortalError(N_("Cần bốn cột, dòng này có %(count)d."), count=len(cells)),)
    agency, login, name, roles = cells
    errors = []
    if agency not in agencies:
        errors.append(PortalError(N_("Hôm nay không có cơ quan mang mã “%(code)s”."), code=agency))
    if not login or not name:
        errors.append(PortalError(N_("Tài khoản cần có tên đăng nhập và họ tên.")))
    if len(login) > LONGEST_LOGIN or len(name) > LONGEST_NAME:
        errors.append(PortalError(N_("Tên đăng nhập hoặc họ tên quá dài.")))
    if login.lower() in taken:
        errors.append(PortalError(N_("Tên đăng nhập “%(login)s” đã có người dùng."), login=login))
    unknown = [word for word in roles.split() if word not in set(Role)]
    if unknown:
        errors.append(PortalError(N_("Không có vai trò “%(role)s”."), role=unknown[0]))
    else:
        try:
            check_roles(_roles(roles))
        except PortalError as error:
            errors.append(error)
    return tuple(errors)


def _roles(typed: str) -> frozenset[Role]:
    return frozenset(Role(word) for word in typed.split())


def invite(
    session: Session, invitations: Sequence[Invitation], agencies: Mapping[str, int], *, by: Staff
) -> list[tuple[Staff, str]]:
    """Makes all the accounts, each with a one-time link's token. Raises PortalError if a line is not right."""
    wrong = next((one for one in invitations if one.errors), None)
    if wrong is not None:
        raise PortalError(N_("Dòng %(line)d chưa đúng."), line=wrong.line)
    made = []
    for one in invitations:
        account = create_account(
            session, login=one.login, name=one.name, agency_id=agencies[one.agency], roles=_roles(one.roles), by=by
        )
        made.append((account, make_link(session, account, by=by)))
    return made


def as_csv(rows: Sequence[Sequence[str]]) -> str:
    """Rows as CSV for a spreadsheet, in which no cell is a formula (a mark at its head makes it text)."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerows([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row] for row in rows)
    return "\ufeff" + written.getvalue()
