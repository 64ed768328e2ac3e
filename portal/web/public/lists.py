"""The lists that the filing pages offer, as plain values for the templates."""

from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from portal.cases import labels
from portal.cases.actions.receive import Plan
from portal.cases.filing import Filing, prepare
from portal.cases.identifiers import Sort, all_spans
from portal.cases.story import STAYS_FEEDBACK
from portal.cases.words import Disclosure
from portal.catalogue.kept import kept, mark_of
from portal.catalogue.models import Category
from portal.catalogue.snapshot import snapshot
from portal.catalogue.words import AccusedRole, Kind, Track
from portal.foundation.text import N_, clean_line
from portal.foundation.time import today
from portal.identity.vault import current_body_key
from portal.intake.answers import LONGEST_NARRATIVE, understood
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


# What a nudge calls what it has seen; the same words stand on the page for a script that looks while somebody types.
NUDGES = (
    ("phone", N_("một số điện thoại")),
    ("email", N_("một địa chỉ thư điện tử")),
    ("number", N_("một dãy số dài, như số căn cước hay số tài khoản")),
)
_NUDGE = {Sort.PHONE: "phone", Sort.EMAIL: "email", Sort.DOSSIER: "", Sort.PLATE: "", Sort.MASKED: ""}


def nudge(narrative: str) -> str:
    """What in a story looks as if it pointed to a person; nothing for nothing."""
    seen = (_NUDGE.get(span.sort, "number") for span in all_spans(narrative))
    return next((sort for sort in seen if sort), "")


def for_step(step: str, answers: Mapping[str, str]) -> dict[str, Any]:
    """What a step's template needs beside the answers."""
    if step == "what":
        on = today()
        return {"groups": kept(db.session(), on, _groups), "catalogue_mark": (mark_of(db.session()), on)}
    if step == "where":
        return where(answers)
    if step == "happened":
        category = snapshot(db.session(), today()).categories.get(clean_line(answers.get("category", "")))
        kind = Kind(category.kind) if category is not None else Kind.CONDUCT
        return {
            "kind": kind.value,
            "announcements": announcements(answers),
            "nudges": NUDGES,
            "nudge": nudge(answers.get("narrative", "")),
            "longest": LONGEST_NARRATIVE,
            "days": understood(answers),
            "accused_roles": [(role.value, labels.ACCUSED_ROLE[role]) for role in AccusedRole],
        }
    return {}


def shaping(answers: Mapping[str, str]) -> tuple[Hashable, ...]:
    """By what the untouched pages of filing differ, for these choices; nothing of it is as somebody typed it."""
    session, on = db.session(), today()
    category = snapshot(session, on).categories.get(clean_line(answers.get("category", "")))
    return mark_of(session), on, category.code if category is not None else "", *announcements(answers)


def _groups(session: Session, on: date) -> list[tuple[str, list[Category]]]:
    groups: dict[str, list[Category]] = {name: [] for name, _ in GROUPS}
    for row in snapshot(session, on).categories.values():
        name = next(name for name, beginnings in GROUPS if row.code.startswith(beginnings))
        groups[name].append(row)
    return list(groups.items())


def for_check(filing: Filing, plan: Plan) -> dict[str, Any]:
    """The answers in words, and who will see what."""
    session = db.session()
    known = plan.catalogue
    body = known.agencies.get(plan.lead)
    area = plan.tree.for_area(filing.area) if filing.area else None
    procedure = known.procedures.get(filing.procedure or "")
    formal = Track(plan.category.track) in (Track.COMPLAINT, Track.DENUNCIATION)
    return {
        "filing": filing,
        "nudge": dict(NUDGES).get(nudge(prepare(filing).narrative), ""),  # of what stays when the own data are cut
        "category": named(plan.category),
        "agency": named(plan.agency) if plan.agency else "",
        "area": named(plan.tree.body(area)) if area else "",
        "procedure": named(procedure) if procedure is not None else "",
        "lead": named(body) if body is not None else "",
        "is_direct": plan.is_direct,
        "lead_has_key": body is not None and current_body_key(session, body.id) is not None,
        "reasons": [named(one, "reason") for one in plan.routing.referrals][:1],
        "accused_role": labels.ACCUSED_ROLE[filing.accused_role],
        "disclosure": labels.DISCLOSURE[filing.disclosure],
        "reporter_type": labels.REPORTER_TYPE[filing.reporter_type],
        "is_anonymous": filing.disclosure is Disclosure.ANONYMOUS,
        "form_note": STAYS_FEEDBACK if formal else "",
    }
