"""The lists that the filing pages offer, as plain values for the templates."""

from collections.abc import Mapping
from typing import Any

from portal.cases import labels
from portal.cases.actions.receive import Plan
from portal.cases.filing import Filing
from portal.cases.story import STAYS_FEEDBACK
from portal.cases.words import Disclosure
from portal.catalogue import queries as catalogue
from portal.catalogue.models import Category
from portal.catalogue.words import AccusedRole, Kind, Track
from portal.foundation.time import today
from portal.intake.answers import LONGEST_NARRATIVE
from portal.web.frame.database import db
from portal.web.frame.language import named
from portal.web.public.where import announcements, where

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
        return where(answers)
    if step == "happened":
        category = db.session.get(Category, answers.get("category", ""))
        kind = Kind(category.kind) if category is not None else Kind.CONDUCT
        return {
            "kind": kind.value,
            "announcements": [named(one, "text") for one in announcements(answers)],
            "longest": LONGEST_NARRATIVE,
            "accused_roles": [(role.value, labels.ACCUSED_ROLE[role]) for role in AccusedRole],
        }
    return {}


def _category_groups() -> list[tuple[str, list[Category]]]:
    groups: dict[str, list[Category]] = {name: [] for name, _ in GROUPS}
    for row in catalogue.categories(db.session()):
        name = next(name for name, beginnings in GROUPS if row.code.startswith(beginnings))
        groups[name].append(row)
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
