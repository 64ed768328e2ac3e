"""Plays a situation through the real actions, with the clock held at each step's instant."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random  # noqa: TID251 (demo data: the same seed makes the same province)

from sqlalchemy.orm import Session

from portal.cases import actions
from portal.cases.casefile import CaseFile, load_file
from portal.cases.concluding import DISCIPLINE, Details
from portal.cases.filing import Filing
from portal.cases.models import Case
from portal.cases.queries import file_by_code, viewer_of
from portal.cases.receipts import code_hash
from portal.cases.words import Channel, Disclosure
from portal.catalogue.words import ReferralRole
from portal.catalogue.working_days import Calendar
from portal.demo.script import Situation, Step
from portal.demo.timetable import filing_time, step_times
from portal.demo.wording import some_dossier, some_name, some_phone, spelled_out
from portal.foundation.database import transaction
from portal.foundation.installation import Secrets
from portal.foundation.time import at, local
from portal.identity.contact import Contact
from portal.identity.envelope import PersonalData
from portal.identity.keystore import KeyStore
from portal.intake.submission import file_report
from portal.staff.models import Staff


@dataclass
class Stage:
    """What playing needs."""

    session: Session
    key_store: KeyStore
    secrets: Secrets
    staff: dict[str, Staff]
    draw: Random
    calendar: Calendar
    present: datetime = field(repr=False)
    played: dict[str, int] = field(default_factory=dict)  # the case of each situation, by its slug


def filing_of(situation: Situation, filed_at: datetime, draw: Random) -> Filing:
    """The situation's answers, with its choices made."""
    anonymous = situation.disclosure is Disclosure.ANONYMOUS
    identity = PersonalData() if anonymous else PersonalData(name=some_name(draw), phone=some_phone(draw))
    promised = situation.promised_days_before
    return Filing(
        category=situation.category,
        agency=situation.agency or None,
        area=situation.area,
        procedure=situation.procedure,
        dossier_code=some_dossier(draw) if situation.has_dossier else None,
        promised_on=local(filed_at).date() - timedelta(days=promised) if promised is not None else None,
        committee_first=bool(situation.committee_first),
        occurred_on=local(filed_at).date() - timedelta(days=1),
        occurred_until=None,
        accused_role=situation.accused,
        narrative=spelled_out(situation.narrative, draw),
        wish=situation.wish,
        elsewhere=situation.elsewhere,
        language=situation.language,
        channel=Channel.WEB,
        disclosure=situation.disclosure,
        reporter_type=situation.reporter,
        identity=identity,
        contact=Contact(email=f"demo{draw.randrange(10**6)}@example.com") if situation.has_contact else None,
    )


def play(stage: Stage, situation: Situation) -> int:
    """Files the situation as many days ago as it says and makes its steps; returns the case's id."""
    filed_at = filing_time(situation, stage.present, stage.draw)
    times = step_times(situation, filed_at, stage.present, stage.calendar, stage.draw)
    session = stage.session
    with at(filed_at):
        filing = filing_of(situation, filed_at, stage.draw)
        key = f"demo-{situation.slug}-{stage.draw.getrandbits(96):024x}"
        receipt = file_report(session, stage.key_store, stage.secrets, filing, key)
    hashed = code_hash(stage.secrets.code_key, receipt.code)
    file = file_by_code(session, hashed)
    assert file is not None  # noqa: S101 (just filed)
    case_id = stage.played[situation.slug] = file.case.id
    for step, instant in zip(situation.steps, times, strict=True):
        with at(instant), transaction(session):
            told = replace(step, text=spelled_out(step.text, stage.draw))
            _make(stage, load_file(session, session.get_one(Case, case_id)), told)
    return case_id


def _make(stage: Stage, file: CaseFile, step: Step) -> None:
    if step.who == "portal":
        getattr(actions, step.move)(stage.session, file)
        return
    if step.who == "reporter":
        BY_REPORTER[step.move](stage.session, file, step)
        return
    staff = stage.session.get_one(Staff, stage.staff[step.who].id)
    viewer = viewer_of(stage.session, staff)
    arguments = ARGUMENTS.get(step.move, _nothing)(step)
    if step.move == "assign":
        arguments["assignee"] = holder = stage.session.get_one(Staff, stage.staff[step.choice].id)
        arguments["sees"] = viewer_of(stage.session, holder)
    if step.move == "merge":
        arguments["into"] = stage.session.get_one(Case, stage.played[step.choice])
    getattr(actions, step.move)(stage.session, file, staff, viewer, **arguments)


def _nothing(step: Step) -> dict[str, object]:
    return {}


def _text(step: Step) -> dict[str, object]:
    return {"text": step.text}


def _conclusion(step: Step) -> dict[str, object]:
    referred_to = "Cơ quan quản lý cán bộ" if step.more in DISCIPLINE else ""
    details = Details(discipline_body=referred_to)
    return {"finding": step.choice, "remedy": step.more, "text": step.text, "details": details}


ARGUMENTS: dict[str, Callable[[Step], dict[str, object]]] = {
    "refuse": lambda step: {"ground": step.choice, "text": step.text},
    "forward": lambda step: {"body": step.choice, "text": step.text},
    "ask": _text,
    "clear": _text,
    "refer": lambda step: {"agency": step.choice, "role": ReferralRole(step.more), "note": step.text},
    "answer": _conclusion,
    "answer_referral": _text,
    "conclude": _conclusion,
    "send_back": _text,
    "reopen": _text,
    "ask_new_code": _text,
}

BY_REPORTER: dict[str, Callable[[Session, CaseFile, Step], None]] = {
    "reply": lambda session, file, step: actions.reply(session, file, text=step.text),
    "add_facts": lambda session, file, step: actions.add_facts(session, file, text=step.text),
    "ask_review": lambda session, file, step: actions.ask_review(session, file, text=step.text),
    "appeal": lambda session, file, step: actions.appeal(session, file, text=step.text),
    "withdraw": lambda session, file, step: actions.withdraw(session, file),
    "rate": lambda session, file, step: actions.rate(session, file, score=int(step.choice), reasons=step.text),
    "answer_follow_up": lambda session, file, step: actions.answer_follow_up(
        session, file, answer=step.choice, text=step.text
    ),
}
