"""The demo accounts: at least one for each role. They exist only with demo data."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.catalogue.queries import agencies_on, agency_by_code
from portal.catalogue.words import AgencyKind
from portal.foundation.time import today
from portal.identity.vault import create_body_key, current_body_key
from portal.identity.wrapping import Cost
from portal.staff.accounts import Hash, create_account, set_password, staff_by_login
from portal.staff.models import Staff
from portal.staff.roles import Role


@dataclass(frozen=True)
class DemoAccount:
    """One account as `make run` prints it."""

    login: str
    name: str
    role: Role
    agency: str
    opens_vault: bool = False

    @property
    def password(self) -> str:
        """Known to everybody, which is why production refuses demo data."""
        return f"thu-nghiem-{self.login}"

    @property
    def vault_passphrase(self) -> str | None:
        """For those who may open identities."""
        return f"mo kho khoa thu nghiem {self.login}" if self.opens_vault else None

    def told(self) -> dict[str, str]:
        """As `flask demo accounts --json` prints it."""
        words = {
            "login": self.login,
            "password": self.password,
            "role": self.role.value,
            "agency": self.agency,
        }
        passphrase = self.vault_passphrase
        return {**words, "vault_passphrase": passphrase} if passphrase else words


MINH = DemoAccount("minh", "Nguyễn Quang Minh", Role.INSPECTOR, "UBKT", opens_vault=True)
HANH = DemoAccount("hanh", "Lê Thị Hạnh", Role.CHIEF_INSPECTOR, "UBKT", opens_vault=True)
DUNG = DemoAccount("dung", "Trần Văn Dũng", Role.CHIEF_INSPECTOR, "UBKT", opens_vault=True)
QUY = DemoAccount("quy", "Phạm Ngọc Quý", Role.AGENCY_OFFICER, "H-HA")
TAM = DemoAccount("tam", "Võ Thị Tâm", Role.AGENCY_OFFICER, "H-TK")
SON = DemoAccount("son", "Đỗ Hoàng Sơn", Role.AGENCY_OFFICER, "STNMT")
NGA = DemoAccount("nga", "Huỳnh Thị Nga", Role.INSPECTOR, "BTC", opens_vault=True)
BA = DemoAccount("ba", "Nguyễn Văn Ba", Role.COUNTER_OFFICER, "H-HA-MC")
THU = DemoAccount("thu", "Lê Thị Thu", Role.AGENCY_HEAD, "H-HA")
KHOA = DemoAccount("khoa", "Trần Đăng Khoa", Role.COORDINATOR, "VP")
HOA = DemoAccount("hoa", "Phan Thị Hoa", Role.COUNCIL_OBSERVER, "HDND")
LONG = DemoAccount("long", "Đặng Thành Long", Role.FRONT_OBSERVER, "MTTQ")
YEN = DemoAccount("yen", "Hồ Thị Yến", Role.ASSESSOR, "BTC")
PHUC = DemoAccount("phuc", "Ngô Gia Phúc", Role.EDITOR, "BTG")
LOC = DemoAccount("loc", "Trương Quang Lộc", Role.LEADER, "TU")
VINH = DemoAccount("vinh", "Mai Thế Vinh", Role.INSPECTOR, "UBKT")
AN = DemoAccount("an", "Bùi Đức An", Role.ADMINISTRATOR, "VP")

ACCOUNTS: tuple[DemoAccount, ...] = (
    MINH,
    HANH,
    DUNG,
    QUY,
    TAM,
    SON,
    NGA,
    AN,
    BA,
    THU,
    KHOA,
    HOA,
    LONG,
    YEN,
    PHUC,
    LOC,
    VINH,
)


def make_accounts(session: Session, hash_password: Hash) -> dict[str, Staff]:
    """Makes the accounts that are missing; returns all by login."""
    made: dict[str, Staff] = {}
    for account in ACCOUNTS:
        staff = staff_by_login(session, account.login)
        if staff is None:
            body = agency_by_code(session, account.agency, today())
            if body is None:
                continue  # another tree: its officers are others
            roles = frozenset({account.role})
            staff = create_account(session, login=account.login, name=account.name, agency_id=body.id, roles=roles)
            set_password(staff, account.password, hash_password)
        made[account.login] = staff
    session.flush()
    return made


def make_officers(session: Session) -> dict[int, int]:
    """An officer without a password for each district and department: who acted in cloned cases. Agency → staff."""
    made: dict[int, int] = {}
    for body in agencies_on(session, today()):
        if body.kind not in (AgencyKind.DISTRICT, AgencyKind.DEPARTMENT, AgencyKind.PROVINCIAL):
            continue
        login = f"canbo.{body.code.lower()}"
        staff = staff_by_login(session, login)
        if staff is None:
            roles = frozenset({Role.AGENCY_OFFICER})
            name = f"Cán bộ phụ trách, {body.name_vi}"[:200]
            staff = create_account(session, login=login, name=name, agency_id=body.id, roles=roles)
        made[body.id] = staff.id
    return made


def make_vault(session: Session, staff: dict[str, Staff], committee_id: int, cost: Cost) -> str | None:
    """A committee's key, shared out to its demo inspectors. Returns the recovery key, if it is new."""
    if current_body_key(session, committee_id) is not None:
        return None
    shares = {
        staff[account.login].id: account.vault_passphrase
        for account in ACCOUNTS
        if account.vault_passphrase and account.login in staff and staff[account.login].agency_id == committee_id
    }
    _, recovery_key = create_body_key(session, committee_id, shares, cost)
    return recovery_key
