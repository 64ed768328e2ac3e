"""The one table role → permissions (domain.md §5). A role that reads cases never goes with administrator."""

from enum import StrEnum

from portal.foundation.errors import PortalError
from portal.foundation.text import N_
from portal.staff.permissions import Permission as P


class Role(StrEnum):
    """What an account is. One account may have several."""

    COUNTER_OFFICER = "counter_officer"
    AGENCY_OFFICER = "agency_officer"
    AGENCY_HEAD = "agency_head"
    INSPECTOR = "inspector"
    CHIEF_INSPECTOR = "chief_inspector"
    COORDINATOR = "coordinator"
    COUNCIL_OBSERVER = "council_observer"
    FRONT_OBSERVER = "front_observer"
    ASSESSOR = "assessor"
    EDITOR = "editor"
    LEADER = "leader"
    ADMINISTRATOR = "administrator"


_INSPECTOR = frozenset(
    {
        P.ASSIGN_CASE,
        P.CLEAR_TEXT,
        P.CLOSE_CASE,
        P.CONCLUDE_CASE,
        P.OPEN_IDENTITY,
        P.READ_ALL_CASES,
        P.READ_EXACT_FIGURES,
        P.REFER_CASE,
        P.TRIAGE_CASE,
    }
)

PERMISSIONS: dict[Role, frozenset[P]] = {
    Role.COUNTER_OFFICER: frozenset({P.FILE_FOR_OTHERS}),
    Role.AGENCY_OFFICER: frozenset({P.READ_AGENCY_CASES, P.ANSWER_REFERRAL}),
    Role.AGENCY_HEAD: frozenset({P.READ_AGENCY_CASES, P.ANSWER_SUPPORT}),
    Role.INSPECTOR: _INSPECTOR,
    Role.CHIEF_INSPECTOR: _INSPECTOR
    | {P.APPROVE_CONCLUSION, P.READ_RESTRICTED_CASES, P.REOPEN_CASE, P.WRITE_STANDARD_TEXTS},
    Role.COORDINATOR: frozenset({P.READ_EXACT_FIGURES, P.READ_OVERSIGHT}),
    Role.COUNCIL_OBSERVER: frozenset({P.READ_OVERSIGHT}),
    Role.FRONT_OBSERVER: frozenset({P.READ_OVERSIGHT}),
    Role.ASSESSOR: frozenset({P.READ_OVERSIGHT}),
    Role.EDITOR: frozenset({P.READ_OVERSIGHT}),
    Role.LEADER: frozenset({P.COUNT_RESTRICTED_CASES, P.READ_EXACT_FIGURES, P.READ_OVERSIGHT}),
    Role.ADMINISTRATOR: frozenset({P.MANAGE_ACCOUNTS, P.MANAGE_CATALOGUE}),
}

LABELS: dict[Role, str] = {
    Role.COUNTER_OFFICER: N_("cán bộ tiếp nhận"),
    Role.AGENCY_OFFICER: N_("cán bộ cơ quan"),
    Role.AGENCY_HEAD: N_("người đứng đầu cơ quan"),
    Role.INSPECTOR: N_("kiểm tra viên"),
    Role.CHIEF_INSPECTOR: N_("kiểm tra viên trưởng"),
    Role.COORDINATOR: N_("điều phối viên"),
    Role.COUNCIL_OBSERVER: N_("giám sát của Hội đồng nhân dân"),
    Role.FRONT_OBSERVER: N_("giám sát của Mặt trận"),
    Role.ASSESSOR: N_("người đánh giá"),
    Role.EDITOR: N_("biên tập viên"),
    Role.LEADER: N_("lãnh đạo"),
    Role.ADMINISTRATOR: N_("quản trị viên"),
}

READS_CASES = frozenset({P.READ_ALL_CASES, P.READ_AGENCY_CASES})


def permissions_of(roles: frozenset[Role]) -> frozenset[P]:
    """All rights that these roles give together."""
    return frozenset().union(*(PERMISSIONS[role] for role in roles))


def check_roles(roles: frozenset[Role]) -> None:
    """Raises PortalError for no role at all, and for an administrator who could read cases (domain.md §5)."""
    if not roles:
        raise PortalError(N_("Hãy chọn ít nhất một vai trò."))
    if Role.ADMINISTRATOR in roles and permissions_of(roles) & READS_CASES:
        raise PortalError(N_("Quản trị viên không được đồng thời có vai trò đọc vụ việc."))
