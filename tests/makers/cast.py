"""The people of the tests. Their names mean the same everywhere; what each may know is the point of most tests."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.cases.access import Viewer
from portal.cases.casefile import CaseFile
from portal.cases.models import Wall
from portal.cases.queries import viewer_of
from portal.catalogue.queries import agency_by_code
from portal.foundation.time import today
from portal.identity.envelope import PersonalData
from portal.staff.accounts import create_account
from portal.staff.models import Staff
from portal.staff.roles import Role

COMMITTEE, ORGANISATION, PROPAGANDA = "UBKT", "BTC", "BTG"
PROVINCE, CITY, OFFICE = "UBND", "H-HA", "H-HA-MC"
OTHER_CITY, DEPARTMENT = "H-TK", "STNMT"

# Lan files reports at Hội An's one-stop office. She has no account: her code is all she has.
LAN = PersonalData(name="Nguyễn Thị Lan", phone="0905123456", email="lan@thu.vn", tax_code="")


@dataclass(frozen=True)
class Cast:
    """Who works here."""

    minh: Staff  # inspector of the Inspection Committee
    hanh: Staff  # chief inspector there
    dung: Staff  # a second chief inspector: what Hạnh wrote somebody else must approve
    khang: Staff  # inspector there whose sister works where the report is about: each case gets a wall for him
    vy: Staff  # inspector of the Organisation Committee, for reports about the Inspection Committee
    quy: Staff  # officer of the People's Committee of Hội An
    nga: Staff  # officer of the one-stop office below it
    son: Staff  # officer of the next city: has nothing to do with Lan's case
    thao: Staff  # officer of a department: a stranger
    tam: Staff  # administrator: sees no case

    @property
    def everybody(self) -> tuple[Staff, ...]:
        """All accounts."""
        return tuple(vars(self).values())


_PEOPLE = {
    "minh": ("Trần Quang Minh", COMMITTEE, Role.INSPECTOR),
    "hanh": ("Lê Thị Hạnh", COMMITTEE, Role.CHIEF_INSPECTOR),
    "dung": ("Phạm Văn Dũng", COMMITTEE, Role.CHIEF_INSPECTOR),
    "khang": ("Võ Duy Khang", COMMITTEE, Role.INSPECTOR),
    "vy": ("Đỗ Thị Vy", ORGANISATION, Role.CHIEF_INSPECTOR),
    "quy": ("Hồ Đăng Quý", CITY, Role.AGENCY_OFFICER),
    "nga": ("Bùi Thị Nga", OFFICE, Role.AGENCY_OFFICER),
    "son": ("Huỳnh Sơn", OTHER_CITY, Role.AGENCY_OFFICER),
    "thao": ("Mai Phương Thảo", DEPARTMENT, Role.AGENCY_OFFICER),
    "tam": ("Đặng Minh Tâm", PROVINCE, Role.ADMINISTRATOR),
}


def hire(session: Session, login: str, agency: str, *roles: Role, name: str = "") -> Staff:
    """An account at an agency."""
    body = agency_by_code(session, agency, today())
    if body is None:
        raise LookupError(f"there is no agency {agency}")
    return create_account(session, login=login, name=name or login, agency_id=body.id, roles=frozenset(roles))


def hire_everybody(session: Session) -> Cast:
    """The whole cast."""
    people = {login: hire(session, login, agency, role, name=name) for login, (name, agency, role) in _PEOPLE.items()}
    return Cast(**people)


def viewer_for(session: Session, staff: Staff) -> Viewer:
    """What an account sees with."""
    return viewer_of(session, staff)


def wall_off(session: Session, file: CaseFile, staff: Staff) -> None:
    """Puts one account behind a wall of a case."""
    session.add(Wall(case_id=file.case.id, staff_id=staff.id, reason="relative"))
    session.flush()
