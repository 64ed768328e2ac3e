"""The lists that the filing pages offer, as plain values for the templates."""

from collections.abc import Mapping
from typing import Any

from portal.cases import labels
from portal.cases.actions.receive import Plan
from portal.cases.filing import Filing
from portal.cases.story import STAYS_FEEDBACK
from portal.cases.words import Disclosure
from portal.catalogue import queries as catalogue
from portal.catalogue.models import Agency, Category
from portal.catalogue.words import AccusedRole, AgencyKind, Kind, Track
from portal.foundation.text import clean_line
from portal.foundation.time import today
from portal.intake.answers import LONGEST_NARRATIVE, understood
from portal.web.frame.database import db
from portal.web.frame.language import named

# The groups of the first question, by how their categories' codes begin; the first that fits. What fits none
# comes last, so that a new category in the data always has a place.
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("delay", ("delay.",)),
    ("money", ("harassment.bribe", "harassment.extra_", "harassment.broker")),
    ("trouble", ("harassment.", "retaliation")),
    ("attitude", ("attitude.", "discipline.")),
    ("decision", ("decision.",)),
    ("online", ("online.", "openness.")),
    ("praise", ("praise.", "proposal.")),
    ("other", ("",)),
)


def for_step(step: str, answers: Mapping[str, str]) -> dict[str, Any]:
    """What a step's template needs beside the answers."""
    if step == "what":
        return {"groups": _category_groups()}
    if step == "where":
        return {"agencies": _agency_groups(), "areas": _areas(), "procedures": _procedures()}
    if step == "happened":
        category = db.session.get(Category, clean_line(answers.get("category", "")))
        kind = Kind(category.kind) if category is not None else Kind.CONDUCT
        return {
            "kind": kind.value,
            "has_agency": bool(answers.get("agency")),
            "longest": LONGEST_NARRATIVE,
            "days": understood(answers),
            "accused_roles": [(role.value, labels.ACCUSED_ROLE[role]) for role in AccusedRole],
        }
    return {}


def _category_groups() -> list[tuple[str, list[Category]]]:
    groups: dict[str, list[Category]] = {name: [] for name, _ in GROUPS}
    for row in catalogue.categories(db.session()):
        name = next(name for name, beginnings in GROUPS if row.code.startswith(beginnings))
        groups[name].append(row)
    return list(groups.items())


def _agency_groups() -> list[tuple[str, list[tuple[str, str]]]]:
    """Bodies for the plain list: one-stop offices and people's committees under their district, then the others."""
    bodies = [body for body in catalogue.agencies_on(db.session(), today()) if body.kind != AgencyKind.ONE_STOP]
    offices = [body for body in catalogue.agencies_on(db.session(), today()) if body.kind == AgencyKind.ONE_STOP]
    provincial = [body for body in bodies if body.kind not in (AgencyKind.DISTRICT, AgencyKind.COMMUNE)]
    groups: list[tuple[str, list[tuple[str, str]]]] = [
        ("offices", [_choice(body) for body in offices]),
        ("provincial", [_choice(body) for body in provincial]),
    ]
    for district in (body for body in bodies if body.kind == AgencyKind.DISTRICT):
        below = [body for body in bodies if body.kind == AgencyKind.COMMUNE and body.parent_id == district.id]
        groups.append((named(district), [_choice(body) for body in (district, *below)]))
    loose = [body for body in bodies if body.kind == AgencyKind.COMMUNE and not _is_below_a_district(body, bodies)]
    return [*groups, ("communes", [_choice(body) for body in loose])] if loose else groups


def _is_below_a_district(body: Agency, bodies: list[Agency]) -> bool:
    return any(one.id == body.parent_id and one.kind == AgencyKind.DISTRICT for one in bodies)


def _choice(body: Agency) -> tuple[str, str]:
    return body.code, named(body)


def _areas() -> list[tuple[str, str]]:
    """Districts and communes, for whoever does not know the office."""
    rows = catalogue.agencies_on(db.session(), today())
    governing = [row for row in rows if row.kind in (AgencyKind.DISTRICT, AgencyKind.COMMUNE) and row.area_code]
    return [(str(row.area_code), named(row)) for row in governing]


def _procedures() -> list[tuple[str, list[tuple[str, str]]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for row in catalogue.procedures(db.session()):
        groups.setdefault(named(row, "field"), []).append((row.code, named(row)))
    return list(groups.items())


def for_check(filing: Filing, plan: Plan) -> dict[str, Any]:
    """The answers in words, and who will see what."""
    session = db.session()
    body = catalogue.agency_by_code(session, plan.lead, today())
    area = plan.tree.for_area(filing.area) if filing.area else None
    procedure = next((row for row in catalogue.procedures(session) if row.code == filing.procedure), None)
    formal = Track(plan.category.track) in (Track.COMPLAINT, Track.DENUNCIATION)
    return {
        "filing": filing,
        "category": named(plan.category),
        "agency": named(plan.agency) if plan.agency else "",
        "area": named(plan.tree.body(area)) if area else "",
        "procedure": named(procedure) if procedure is not None else "",
        "lead": named(body) if body is not None else "",
        "is_direct": plan.is_direct,
        "reasons": [named(one, "reason") for one in plan.routing.referrals][:1],
        "accused_role": labels.ACCUSED_ROLE[filing.accused_role],
        "disclosure": labels.DISCLOSURE[filing.disclosure],
        "reporter_type": labels.REPORTER_TYPE[filing.reporter_type],
        "is_anonymous": filing.disclosure is Disclosure.ANONYMOUS,
        "form_note": STAYS_FEEDBACK if formal else "",
    }
