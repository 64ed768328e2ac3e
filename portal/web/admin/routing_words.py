"""Routing rules as people read them: conditions, addressees, releases in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from portal.cases import labels
from portal.cases.routing import NO_ROW
from portal.catalogue.models import Category, ForwardBody
from portal.catalogue.routing_rows import About, Addressee, Need, RoutingRow
from portal.catalogue.tree import AgencyTree
from portal.catalogue.words import AccusedRole, Kind, ReferralRole, Release
from portal.foundation.text import N_
from portal.web.admin.catalogue_lists import KINDS
from portal.web.frame.language import named
from portal.web.frame.templating import day

ABOUT = {
    About.PARTY_BODIES: N_("cấp ủy cấp tỉnh hoặc Ban Thường vụ"),
    About.INSPECTION_COMMITTEE: N_("Ủy ban Kiểm tra hoặc đơn vị trực thuộc"),
    About.PROVINCIAL_HEAD: N_("người đứng đầu Ủy ban nhân dân cấp tỉnh"),
    About.HEADS: N_("người đứng đầu sở, ngành, huyện hoặc xã"),
}
NEEDS = {
    Need.DOSSIER_OR_PROMISE: N_("có mã hồ sơ hoặc ngày hẹn trả"),
    Need.AGENCY_NAMED: N_("nêu rõ cơ quan"),
    Need.NOBODY_ACCUSED: N_("không ai bị phản ánh"),
    Need.NOT_COMMITTEE_FIRST: N_("người gửi không chọn Ủy ban Kiểm tra xem trước"),
}
ADDRESSEES = {
    Addressee.NONE: N_("Không nơi nào ở đây (từ chối, chỉ nơi gửi)"),
    Addressee.AGENCY: N_("Cơ quan được nêu tên"),
    Addressee.OFFICE: N_("Bộ phận một cửa được nêu tên"),
    Addressee.OFFICE_PARENT: N_("Cơ quan có bộ phận một cửa"),
    Addressee.SUPERIOR: N_("Cơ quan cấp trên trực tiếp"),
    Addressee.PROCEDURE_OWNER: N_("Cơ quan phụ trách thủ tục"),
    Addressee.INSPECTION_COMMITTEE: N_("Ủy ban Kiểm tra"),
    Addressee.ORGANISATION_COMMITTEE: N_("Ban Tổ chức"),
    Addressee.PROPAGANDA_COMMITTEE: N_("Cơ quan tuyên giáo"),
    Addressee.STANDING_COMMITTEE: N_("Ban Thường vụ"),
    Addressee.HOME_AFFAIRS: N_("Sở Nội vụ"),
    Addressee.ONLINE_SERVICES: N_("Cơ quan phụ trách dịch vụ công trực tuyến"),
}
RELEASES = {
    Release.AT_ONCE: N_("Chuyển ngay, đã che thông tin"),
    Release.AFTER_CLEARING: N_("Sau khi kiểm tra viên che thông tin"),
}
ROLES = {
    ReferralRole.LEAD: N_("Chủ trì"),
    ReferralRole.OVERSEE: N_("Theo dõi"),
    ReferralRole.SUPPORT: N_("Phối hợp"),
    ReferralRole.INFORM: N_("Được biết"),
}
CONDITIONS = {
    "kinds": N_("Nhóm"),
    "categories": N_("Loại phản ánh"),
    "accused": N_("Người bị phản ánh"),
    "about": N_("Về"),
    "min_severity": N_("Mức độ"),
    "min_recent_reports": N_("Phản ánh trong 90 ngày"),
    "release": N_("Ủy ban Kiểm tra xem trước"),
    "lead": N_("Nơi chủ trì"),
    "needs": N_("Cần"),
}


@dataclass(frozen=True)
class RuleLine:
    """One rule as the list shows it."""

    code: str
    rank: int
    conditions: list[str]
    lead: str
    others: list[str]
    release: str
    reason: str
    period: str


def period(first: date, last: date | None) -> str:
    """From when to when a rule holds."""
    return f"{day(first)} – {day(last)}" if last else _("Từ %(day)s", day=day(first))


def conditions(row: RoutingRow, categories: Mapping[str, Category]) -> dict[str, str]:
    """Each condition of a rule in words, by its column; all of them are to be met."""
    found: dict[str, str] = {}
    if row.kinds:
        found["kinds"] = _any(_(words) for kind, words in KINDS.items() if kind in row.kinds)
    if row.categories:
        rows = (categories.get(code) for code in sorted(row.categories))
        found["categories"] = _any(named(one) for one in rows if one is not None) or _any(sorted(row.categories))
    if row.accused:
        found["accused"] = _any(_(labels.ACCUSED_ROLE[role]) for role in AccusedRole if role in row.accused)
    if row.about:
        found["about"] = _any(_(words) for about, words in ABOUT.items() if about in row.about)
    if row.min_severity is not None:
        found["min_severity"] = _("từ mức %(number)s trở lên", number=row.min_severity)
    if row.min_recent_reports is not None:
        found["min_recent_reports"] = _("cơ quan đã có từ %(number)s phản ánh", number=row.min_recent_reports)
    found |= {f"needs.{need.value}": _(NEEDS[need]) for need in Need if need in row.needs}
    return found


def _any(words: Iterable[str]) -> str:
    return _(" hoặc ").join(words)


def label_of(column: str) -> str:
    """The name of a condition's column."""
    return _(CONDITIONS[column.partition(".")[0]])


def lines(row: RoutingRow, categories: Mapping[str, Category]) -> list[str]:
    """The conditions as a list: "Nhóm: Chậm trễ"."""
    found = conditions(row, categories).items()
    return [f"{label_of(name)}: {words}" for name, words in found] or [_("Mọi phản ánh chưa có quy tắc nào trước")]


def others(row: RoutingRow) -> list[str]:
    """Everybody but the lead who gets a part, and in which."""
    parts = (
        (ReferralRole.OVERSEE, row.oversee),
        (ReferralRole.SUPPORT, row.support),
        (ReferralRole.INFORM, row.inform),
    )
    return [
        f"{_(ROLES[role])}: {', '.join(_(ADDRESSEES[one]) for one in Addressee if one in words)}"
        for role, words in parts
        if words
    ]


def rule_line(row: RoutingRow, categories: Mapping[str, Category], bodies: Mapping[str, ForwardBody]) -> RuleLine:
    """A rule for the list and its own page."""
    elsewhere = bodies.get(row.refused_to or "")
    more = others(row)
    if elsewhere is not None:
        more.append(_("Chỉ nơi gửi: %(body)s", body=named(elsewhere)))
    if row.suggestion is not None:
        more.append(_("Sau khi che thường chuyển: %(body)s", body=_(ADDRESSEES[row.suggestion])))
    return RuleLine(
        code=row.code,
        rank=row.rank,
        conditions=lines(row, categories),
        lead=_(ADDRESSEES[row.lead]),
        others=more,
        release=_(RELEASES[row.release]),
        reason=named(row, "reason"),
        period=period(row.valid_from, row.valid_to),
    )


def body_name(tree: AgencyTree, code: str) -> str:
    """A body by its code, as it is called in a tree; empty: nobody here."""
    if not code:
        return _("không nơi nào ở đây")
    return named(tree.body(code)) if code in tree else code


def rule_name(code: str, ranks: Mapping[str, int]) -> str:
    """A rule as the pages call it."""
    if code in ("", NO_ROW):
        return _("Không quy tắc nào khớp")
    return _("Quy tắc %(rank)s", rank=ranks[code]) if code in ranks else code


def about_reports(count: int) -> str:
    """A number of reports that tells of none of them: 0 stands for fewer than five."""
    return ngettext("khoảng %(num)s", "khoảng %(num)s", count) if count else _("ít hơn 5")


def kinds() -> list[tuple[str, str]]:
    """The groups of categories as choices."""
    return [(kind.value, _(KINDS[kind])) for kind in Kind]


def state_of(cells: Mapping[str, Any]) -> dict[str, str]:
    """A rule's cells as one text each, for its history."""
    return {name: "" if value is None else str(value) for name, value in cells.items()}
