"""What the bar on top of every staff page says: who is signed in, and which pages are theirs."""

from dataclasses import dataclass

from flask import request
from flask_babel import gettext as _
from flask_login import current_user

from portal.staff.models import Staff
from portal.staff.permissions import Permission as P
from portal.staff.roles import LABELS, READS_CASES
from portal.web.frame.access import staff


@dataclass(frozen=True)
class SignedIn:
    """The account as the bar names it."""

    name: str
    role_words: str


def staff_pages(account: Staff) -> list[tuple[str, str]]:
    """The pages that an account may open, with their words."""
    held = account.permissions
    pages = []
    if held & READS_CASES:
        pages.append(("/staff/queue", _("Hàng chờ")))
    if P.ASSIGN_CASE in held:
        pages.append(("/staff/workload", _("Phần việc của tổ")))
    if P.TRIAGE_CASE in held:
        pages.append(("/staff/patterns", _("Nơi nhiều phản ánh")))
    if P.READ_RESTRICTED_CASES in held:
        pages.append(("/staff/handover", _("Bàn giao")))
    if P.FILE_FOR_OTHERS in held:
        pages.append(("/staff/assist", _("Ghi giúp phản ánh")))
    if P.READ_ALL_CASES in held:
        pages.append(("/staff/texts", _("Mẫu văn bản")))
    if P.READ_OVERSIGHT in held:
        pages.append(("/staff/oversight", _("Giám sát")))
    if P.READ_EXACT_FIGURES in held:
        pages.append(("/staff/oversight/figures", _("Số liệu nội bộ")))
    if P.MANAGE_ACCOUNTS in held:
        pages.append(("/staff/admin", _("Tài khoản")))
    if P.MANAGE_ACCOUNTS in held:
        pages.append(("/staff/admin/notices", _("Thư báo tin")))
    if P.MANAGE_CATALOGUE in held:
        pages.append(("/staff/admin/catalogue", _("Danh mục")))
        pages.append(("/staff/admin/routing", _("Quy tắc chuyển")))
    return pages


def role_words(account: Staff) -> str:
    """The account's roles, as a person would say them."""
    return ", ".join(_(LABELS[role]) for role in LABELS if role in account.role_words)


def bar() -> dict[str, object]:
    """For the templates of the doors behind the sign-in."""
    if not current_user.is_authenticated:
        return {}
    account = staff()
    pages = staff_pages(account)
    around = [address for address, _words in pages if f"{request.path}/".startswith(f"{address}/")]
    return {
        "staff": SignedIn(account.name, role_words(account)),
        "staff_pages": pages,
        "staff_page": max(around, key=len, default=""),
    }
