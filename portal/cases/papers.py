"""The paper of a remedy: its letter, filled with what the portal knows of the case.

Nothing of the reporter's identity is among that: name, address and numbers are written by hand, or nowhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal.cases.casefile import CaseFile, events_of
from portal.cases.events import CASE_REFUSED
from portal.cases.letters import Letter, fill
from portal.cases.next_steps import fit
from portal.cases.open_steps import (
    Ground,
    StepView,
    ground_of,
    has_addressee,
    named_in,
    plain_view,
    view_of,
)
from portal.cases.story import FOR_REPORTER
from portal.cases.words import Status
from portal.catalogue.functions import function_agency
from portal.catalogue.letter_texts import citation_on
from portal.catalogue.models import Category, NextStep, Procedure, RefusalGround, Remedy
from portal.catalogue.words import Function, Situation
from portal.foundation.time import local, today

LANGUAGES = ("vi", "en")
PortalNames = Mapping[str, str]


@dataclass(frozen=True)
class Paper:
    """A remedy's letter: the Vietnamese is signed, the English is for reading."""

    step: StepView
    vietnamese: Letter
    english: Letter


def paper_of(session: Session, file: CaseFile, code: str, language: str, portal: PortalNames) -> Paper | None:
    """The letter of a remedy that is open; None for any other."""
    step = session.get(NextStep, code)
    if step is None:
        return None
    ground = ground_of(session, file)
    how = fit(step.situation, step.track, ground.standing)
    if how is None or not has_addressee(ground, step):
        return None
    letters = {one: _letter(step, one, _values(ground, step, one, portal)) for one in LANGUAGES}
    return Paper(view_of(ground, step, how, language), letters["vi"], letters["en"])


def paper_without_case(session: Session, code: str, language: str, portal: PortalNames) -> Paper | None:
    """The letter of whoever has lost the code, and so can open no case: the same for everybody."""
    step = session.get(NextStep, code)
    if step is None or step.situation is not Situation.LOST_CODE:
        return None
    committee = function_agency(session, Function.INSPECTION_COMMITTEE, today())
    names = {one: {"portal_name": portal[one], "committee_name": named_in(committee, one)} for one in LANGUAGES}
    letters = {one: _letter(step, one, names[one]) for one in LANGUAGES}
    to_whom = getattr(step, f"to_whom_{language}")
    return Paper(plain_view(step, language, to_whom, None, is_now=True), letters["vi"], letters["en"])


def _letter(step: NextStep, language: str, values: Mapping[str, str]) -> Letter:
    title, body = getattr(step, f"letter_title_{language}"), getattr(step, f"letter_body_{language}")
    return fill(title, body, step.track, {**values, "citation": citation_on(step.citation, today())})


def _values(ground: Ground, step: NextStep, language: str, portal: PortalNames) -> dict[str, str]:
    """What the portal knows. Whether a letter may show it, `letters.fill` decides."""
    file, session = ground.file, ground.session
    report, case = file.report, file.case
    category = session.get_one(Category, report.category)
    ground_row = session.get(RefusalGround, case.refusal_ground) if case.refusal_ground else None
    procedure = session.get(Procedure, report.procedure) if report.procedure else None
    return {
        **_answer_values(ground, language),
        **_lateness(ground, step),
        "committee_name": named_in(ground.committee, language),
        "dossier_code": report.dossier_code or "",
        "filed_on": _day(local(report.filed_at).date()),
        "portal_name": portal[language],
        "procedure_name": named_in(procedure, language),
        "promised_on": _day(report.promised_on),
        # The paper of a case that accuses the Committee goes elsewhere, and only the Committee's may be numbered.
        "reference": "" if ground.is_replaced else case.reference,
        "refusal_ground": named_in(ground_row, language),
        "refused_on": _day(_refused_on(ground)),
        "subject": named_in(category, language),
        "wish": report.wish if step.situation is Situation.ANSWERED_NOT_SATISFIED else "",
    }


def _answer_values(ground: Ground, language: str) -> dict[str, str]:
    """Who answered, when, and what was promised; before there is an answer the office that the report is about."""
    answer = ground.answer
    if answer is None or answer.visible_at is None:
        return {"agency_name": named_in(ground.file.report.agency, language)}
    remedy = ground.session.get(Remedy, answer.remedy) if answer.remedy else None
    return {
        "agency_name": named_in(answer.agency, language),
        "answered_on": _day(local(answer.visible_at).date()),
        "remedies": named_in(remedy, language),
    }


def _lateness(ground: Ground, step: NextStep) -> dict[str, str]:
    if step.situation is Situation.DOSSIER_LATE_NO_APOLOGY:
        days, due = ground.standing.dossier_days_late, None
    elif ground.late is not None:
        days, due = -ground.late.days_left, ground.late.due_on
    else:
        days, due = None, None
    return {"days_late": str(days) if days else "", "due_on": _day(due)}


def _refused_on(ground: Ground) -> date | None:
    if ground.file.case.status is not Status.REFUSED:
        return None
    events = events_of(ground.session, ground.file.case, FOR_REPORTER)
    days = [local(one.at).date() for one in events if one.kind == CASE_REFUSED]
    return days[-1] if days else None


def _day(value: date | None) -> str:
    return value.strftime("%d/%m/%Y") if value is not None else ""
