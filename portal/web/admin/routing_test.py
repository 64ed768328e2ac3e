"""Where would this report go, and why: the rules of a day tried on facts that somebody made up. Nothing is stored."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response, make_response, render_template, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.cases import labels
from portal.cases.routing import Facts, NobodyMayLead, Routing, RoutingCatalogue, route, unmet
from portal.cases.routing_changes import applied, proposed_row
from portal.cases.words import Disclosure
from portal.catalogue import queries
from portal.catalogue.models import Category, Procedure
from portal.catalogue.routing_models import RoutingProposal
from portal.catalogue.routing_rows import RoutingRow
from portal.catalogue.tree import AgencyTree
from portal.catalogue.words import AccusedRole
from portal.foundation.errors import PortalError
from portal.foundation.text import N_
from portal.foundation.time import today
from portal.intake.dates import read_date
from portal.staff.permissions import Permission as P
from portal.web.admin import blueprint
from portal.web.admin.routing import ROOT
from portal.web.admin.routing_words import RELEASES, ROLES, body_name, conditions, label_of, rule_name
from portal.web.frame.access import allow
from portal.web.frame.database import db
from portal.web.frame.language import named, said
from portal.web.frame.templating import day

NAMES = (
    *("category", "agency", "area", "procedure", "accused_role", "severity", "disclosure", "recent", "on"),
    *("dossier", "promised", "committee_first", "proposal"),
)
CHOOSE = N_("Hãy chọn loại phản ánh.")
STEPS_IN = N_("Nơi quy tắc chỉ ra không được chủ trì vì có thể liên quan, nên cơ quan khác thay.")


@dataclass(frozen=True)
class Passed:
    """A rule that was asked before the one that decides, and which of its conditions the report does not meet."""

    name: str
    code: str
    why: list[str]


@blueprint.get(f"{ROOT}/test")
@allow(P.MANAGE_CATALOGUE)
def try_routing() -> Response:
    """The form of facts; with facts, the way such a report goes and the rules that were passed over."""
    session, typed = db.session(), {name: request.args.get(name, "")[:80] for name in NAMES}
    errors: dict[str, str] = {}
    on = _day(typed["on"], errors)
    tree, topics = queries.agency_tree(session, on), {one.code: one for one in queries.categories(session)}
    rules = _rules(session, on, typed)
    found: dict[str, Any] = {}
    if typed["category"]:
        category = topics.get(typed["category"])
        if category is None:
            errors["category"] = said(PortalError(CHOOSE))
        else:
            found = _result(_facts(session, typed, category, tree, on), tree, rules, topics)
    elif "category" in request.args:
        errors["category"] = said(PortalError(CHOOSE))
    page = render_template(
        "admin/try_routing.html",
        typed=typed,
        errors=errors,
        found=found,
        on=day(on),
        **_choices(session, tree, topics),
    )
    return make_response(page, 422 if errors else 200)


def _day(typed: str, errors: dict[str, str]) -> date:
    try:
        return read_date(typed, today(), may_lie_ahead=True) or today()
    except PortalError as error:
        errors["on"] = said(error)
        return today()


def _rules(session: Session, on: date, typed: dict[str, str]) -> tuple[RoutingRow, ...]:
    """The rules of the day; with a proposal's number as if it were taken, from its day on."""
    rules, number = queries.routing_rules(session, on), typed["proposal"]
    one = (
        session.get(RoutingProposal, int(number))
        if number.isascii() and number.isdecimal() and len(number) < 9
        else None
    )
    if one is None:
        typed["proposal"] = ""
    if one is None or on < one.valid_from:
        return rules
    return applied(rules, one.code, proposed_row(one.code, one.rule, one.valid_from) if one.rule else None)


def _facts(session: Session, typed: dict[str, str], category: Category, tree: AgencyTree, on: date) -> Facts:
    agency = typed["agency"] if typed["agency"] in tree else None
    area = typed["area"] if typed["area"] and tree.for_area(typed["area"]) else None
    procedure = session.get(Procedure, typed["procedure"]) if typed["procedure"] else None
    place = (tree.body(agency).area_code if agency else None) or area
    role, severity, recent = typed["accused_role"], typed["severity"], typed["recent"]
    return Facts(
        kind=category.kind,
        category=category.code,
        severity=int(severity) if severity in tuple("12345") else category.severity,
        agency=agency,
        area_code=area,
        accused_role=AccusedRole(role) if role in tuple(AccusedRole) else AccusedRole.NONE,
        has_dossier=typed["dossier"] == "yes",
        has_promised_date=typed["promised"] == "yes",
        committee_first=typed["committee_first"] == "yes",
        disclosure=typed["disclosure"] or Disclosure.ANONYMOUS.value,
        procedure_owner=queries.procedure_owner(session, procedure, place, on, tree) if procedure else None,
        recent_reports_on_agency=int(recent) if recent.isascii() and recent.isdecimal() and len(recent) < 4 else 0,
    )


def _result(
    facts: Facts, tree: AgencyTree, rules: tuple[RoutingRow, ...], topics: dict[str, Category]
) -> dict[str, Any]:
    """The way of a report in words."""
    ranks = {row.code: row.rank for row in rules}
    try:
        routing: Routing | None = route(facts, RoutingCatalogue(tree, rules))
    except NobodyMayLead:
        routing = None
    decides = next((row for row in rules if routing is not None and row.code == routing.rule), None)
    elsewhere = next(
        (one for one in queries.forward_bodies(db.session()) if routing and one.code == routing.refused_to), None
    )
    return {
        "rule": rule_name(routing.rule, ranks) if routing is not None else "",
        "code": decides.code if decides is not None else "",
        "met": [f"{label_of(name)}: {words}" for name, words in conditions(decides, topics).items()] if decides else [],
        "elsewhere": named(elsewhere) if elsewhere is not None else "",
        "reason": named(decides, "reason") if elsewhere is not None and decides is not None else "",
        "nobody": routing is None,
        "parts": [
            (_(ROLES[one.role]), body_name(tree, one.agency), _(RELEASES[one.release]), named(one, "reason"))
            for one in (routing.referrals if routing else ())
        ],
        "suggestion": body_name(tree, routing.suggestion) if routing and routing.suggestion else "",
        "walled": [body_name(tree, code) for code in (routing.walled if routing else ())],
        "passed": _passed(facts, tree, rules, routing.rule if routing else "", topics),
    }


def _passed(
    facts: Facts, tree: AgencyTree, rules: tuple[RoutingRow, ...], decides: str, topics: dict[str, Category]
) -> list[Passed]:
    """The rules before the one that decides, in their order."""
    ranks, found = {row.code: row.rank for row in rules}, []
    for row in rules:
        if row.code == decides:
            break
        words = conditions(row, topics)
        why = [
            f"{label_of(name)}: {words[name]}" if name in words else _(_ELSE[name]) for name in unmet(facts, tree, row)
        ]
        found.append(Passed(rule_name(row.code, ranks), row.code, why or [_(STEPS_IN)]))
    return found


_ELSE = {
    "release": N_("Quy tắc chuyển ngay, mà người gửi chọn để Ủy ban Kiểm tra xem trước"),
    "lead": N_("Nơi chủ trì theo quy tắc không có trong vụ việc này"),
}


def _choices(session: Session, tree: AgencyTree, topics: dict[str, Category]) -> dict[str, Any]:
    areas = {body.area_code for body in tree if body.area_code is not None}
    governed = ((area, tree.for_area(area)) for area in sorted(areas))
    return {
        "categories": [(code, named(one)) for code, one in topics.items()],
        "agencies": [(body.code, named(body)) for body in tree],
        "areas": [(area, named(tree.body(code))) for area, code in governed if code is not None],
        "procedures": [(one.code, named(one)) for one in queries.procedures(session)],
        "roles": [(role.value, _(labels.ACCUSED_ROLE[role])) for role in AccusedRole],
        "disclosures": [(one.value, _(words)) for one, words in labels.DISCLOSURE.items()],
        "severities": [(str(number), str(number)) for number in range(1, 6)],
    }
