"""What must hold of all rules of a day together, tried over the tree of that day before a change is taken.

Pure. Routing itself keeps the accused out whatever the rows say; here is what only a whole set can break: that a
report is turned away without cause, that one of the leadership finds nobody, or that a rule is unsafe by itself.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from portal.cases.conflicts import reach
from portal.cases.routing import Facts, NobodyMayLead, Routing, RoutingCatalogue, route
from portal.catalogue.routing_rows import Addressee, Need, RoutingRow
from portal.catalogue.tree import AgencyTree
from portal.catalogue.words import AccusedRole, Function, Kind, ReferralRole, Release
from portal.foundation.errors import PortalError
from portal.foundation.text import N_

NO_LEAD = N_("Với bộ quy tắc này, có phản ánh không ai được chủ trì: thiếu quy tắc chỉ nơi gửi lên cấp trung ương.")
TURNED_AWAY = N_(
    "Với bộ quy tắc này, có phản ánh bị từ chối mà lẽ ra phải nhận. Chỉ việc về cấp ủy cấp tỉnh mới gửi lên trung ương."
)
ACCUSED_LEADS = N_("Với bộ quy tắc này, có phản ánh đến tay cơ quan bị phản ánh.")
NO_PLACE = N_("Dòng không có cơ quan chủ trì phải chỉ nơi gửi, và chỉ dòng đó.")
TOO_SOON = N_("Chỉ được chuyển ngay khi quy tắc có điều kiện “không ai bị phản ánh”.")
TOO_EARLY_LEAD = N_("Khi chưa che thông tin, chỉ Ủy ban Kiểm tra hoặc Ban Tổ chức được chủ trì.")

_LEADERSHIP = (Function.PARTY_COMMITTEE, Function.STANDING_COMMITTEE)
_ABLE = (Function.INSPECTION_COMMITTEE, Function.ORGANISATION_COMMITTEE, Function.PROVINCIAL_COMMITTEE)
_LEADS_BEFORE_CLEARING = (Addressee.INSPECTION_COMMITTEE, Addressee.ORGANISATION_COMMITTEE, Addressee.NONE)
_ROLES = (AccusedRole.NONE, AccusedRole.OFFICER, AccusedRole.DEPUTY, AccusedRole.HEAD)


@dataclass(frozen=True)
class Topic:
    """A category as far as routing reads it."""

    code: str
    kind: Kind
    severity: int


def fault_of_row(row: RoutingRow) -> tuple[str, PortalError] | None:
    """What makes one rule unsafe, with the column that has it (the same as a file's row must be)."""
    if (row.lead is Addressee.NONE) != bool(row.refused_to):
        return "refused_to", PortalError(NO_PLACE)
    nobody = Need.NOBODY_ACCUSED in row.needs or row.accused == {AccusedRole.NONE}
    if row.release is Release.AT_ONCE and not nobody:
        return "release", PortalError(TOO_SOON)
    if row.release is Release.AFTER_CLEARING and row.lead not in _LEADS_BEFORE_CLEARING:
        return "lead", PortalError(TOO_EARLY_LEAD)
    return None


def fault_of_set(tree: AgencyTree, rules: Sequence[RoutingRow], topics: Iterable[Topic]) -> PortalError | None:
    """The first thing that must never happen and would, or None: every sort of report is sent through the rules."""
    catalogue = RoutingCatalogue(tree, tuple(rules))
    for facts in every_sort(tree, rules, topics):
        try:
            routing = route(facts, catalogue)
        except NobodyMayLead:
            return PortalError(NO_LEAD)
        found = _fault(tree, facts, routing)
        if found is not None:
            return PortalError(found)
    return None


def _fault(tree: AgencyTree, facts: Facts, routing: Routing) -> str | None:
    accused = routing.walled[0] if routing.walled else None
    out = reach(tree, accused) if accused is not None else frozenset()
    if routing.refused_to is not None:
        return None if _has_cause(tree, facts) else TURNED_AWAY
    leads = [one.agency for one in routing.referrals if one.role is ReferralRole.LEAD]
    if leads != [routing.lead]:
        return NO_LEAD
    return ACCUSED_LEADS if any(one.agency in out for one in routing.referrals) else None


def _has_cause(tree: AgencyTree, facts: Facts) -> bool:
    """Whether a report may be refused: it is about the leadership, or all that could lead are out of the question."""
    if facts.agency is None:
        return False
    if facts.agency in [tree.function(one) for one in _LEADERSHIP]:
        return True
    out = reach(tree, facts.agency)
    return all(code in out for code in map(tree.function, _ABLE) if code is not None)


def every_sort(tree: AgencyTree, rules: Sequence[RoutingRow], topics: Iterable[Topic]) -> Iterator[Facts]:
    """One report of each sort that the rules and the tree tell apart."""
    most = max((row.min_recent_reports or 0 for row in rules), default=0)
    recent = sorted({0, *(row.min_recent_reports or 0 for row in rules)}) if most else [0]
    places = [(code, None) for code in _shapes(tree)] + [(None, _an_area(tree)), (None, None)]
    for topic in _sorts_of_topic(rules, topics):
        base = Facts(
            kind=topic.kind,
            category=topic.code,
            severity=topic.severity,
            agency=None,
            area_code=None,
            accused_role=AccusedRole.NONE,
            has_dossier=False,
            has_promised_date=False,
            committee_first=False,
            disclosure="anonymous",
            procedure_owner=None,
        )
        for (agency, area), role, dossier, first, count in product(
            places, _ROLES, (False, True), (False, True), recent
        ):
            yield replace(
                base,
                agency=agency,
                area_code=area,
                accused_role=role,
                has_dossier=dossier,
                committee_first=first,
                recent_reports_on_agency=count,
            )


def _sorts_of_topic(rules: Sequence[RoutingRow], topics: Iterable[Topic]) -> list[Topic]:
    """Topics that some rule can tell apart: by kind, by severity, or because a rule names them."""
    bounds = [row.min_severity for row in rules if row.min_severity is not None]
    sorts: dict[tuple[object, ...], Topic] = {}
    for one in topics:
        naming = tuple(row.code for row in rules if one.code in row.categories)
        sorts.setdefault((one.kind, naming, tuple(one.severity >= bound for bound in bounds)), one)
    return list(sorts.values())


def _shapes(tree: AgencyTree) -> list[str]:
    """Bodies that routing can tell apart: by kind, by function, and by what stands above them."""
    functions = {tree.function(one): one for one in Function}
    found: dict[tuple[object, ...], str] = {}
    for body in tree:
        line = (body.code, *tree.ancestors(body.code))
        shape = tuple((tree.body(code).kind, functions.get(code)) for code in line)
        found.setdefault(shape, body.code)
    return list(found.values())


def _an_area(tree: AgencyTree) -> str | None:
    areas = (body.area_code for body in tree if body.area_code is not None)
    return next((area for area in areas if tree.for_area(area) is not None), None)
