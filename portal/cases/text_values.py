"""Which standard texts a move offers, and what the portal knows to fill them with.

Of the reporter's identity nothing is known here, and of the case only what whoever makes the move reads anyway: a body
learns no other body's name, nor what of the report it is not shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal.cases.access import Viewer
from portal.cases.casefile import CaseFile
from portal.cases.clocks import new_clock
from portal.cases.deadlines import days_left
from portal.cases.extending import Extension, extensions, handle_of
from portal.cases.models import NO_DATE, Referral
from portal.cases.open_steps import named_in
from portal.cases.status import BY_NAME, Starts
from portal.cases.words import MessageKind
from portal.catalogue import queries as catalogue
from portal.catalogue.letter_texts import citation_on
from portal.catalogue.models import Agency, DeadlineRule, ForwardBody, Procedure, RefusalGround, Remedy
from portal.catalogue.standard_text_rows import newest_texts
from portal.catalogue.standard_texts import LETTERS, Moment
from portal.catalogue.text_models import StandardText
from portal.catalogue.words import ReferralRole
from portal.foundation.time import local, today

NOT_REOPENED = "reopen.declined"  # an answer of its own: to a reporter who asked again
OFFERED: Mapping[str, frozenset[Moment]] = {
    "answer": frozenset({Moment.ANSWERED}),
    "ask": frozenset({Moment.WAITING_FOR_REPORTER}),
    "conclude": frozenset({Moment.ANSWERED}),
    "extend": frozenset({Moment.VERIFYING}),
    "forward": frozenset({Moment.FORWARDED}),
    "let_stand": frozenset({Moment.ANSWERED}),
    "refer": frozenset({Moment.REFERRAL_LETTER, Moment.COMMENDATION_LETTER}),
    "refuse": frozenset({Moment.REFUSED}),
    "remind": frozenset({Moment.REMINDER_LETTER}),
    "reopen": frozenset({Moment.REOPENED}),
}
_BEGUN = {
    Starts.ANSWER: "due_on",
    Starts.APPEAL_WINDOW: "appeal_due_on",
    Starts.QUESTION: "reply_due_on",
    Starts.REOPEN_WINDOW: "reopen_due_on",
}

Typed = Mapping[str, str]
Values = dict[str, str]


@dataclass(frozen=True)
class Place:
    """What texts call the portal, in each language, and its hotline."""

    names: Mapping[str, str]
    hotline: str


def texts_for(session: Session, file: CaseFile, move: str) -> list[StandardText]:
    """The texts that a move may begin from, on this case's track."""
    moments = OFFERED.get(move, frozenset())
    return [
        one
        for one in (newest_texts(session) if moments else ())
        if one.moment in moments
        and one.track in ("all", file.case.track)
        and (one.code == NOT_REOPENED) == (move == "let_stand")
    ]


def language_of(file: CaseFile, viewer: Viewer, text: StandardText, page: str) -> str:
    """A reporter is written to in the report's language, a body in Vietnamese as letters between bodies are.

    Which language that is would tell a body something of who reports, so its accounts get the one of their page.
    """
    if text.moment in LETTERS:
        return "vi"
    return str(file.report.language) if viewer.reads_narratives else page


def values_for(
    session: Session, viewer: Viewer, file: CaseFile, move: str, language: str, typed: Typed, place: Place
) -> Values:
    """What is known of the case, and of what was chosen on the move's page so far."""
    values = {
        "portal_name": place.names[language],
        "hotline": place.hotline,
        **_of_case(session, viewer, file, language),
        **_chosen(session, typed, language),
        **_begun(session, file, move),
        **(_extended(session, file, typed) if move == "extend" else {}),
        **(_reminded(session, viewer, file, typed) if move == "remind" else {}),
        **(_referred(session, viewer, file, typed) if move == "refer" else {}),
    }
    return {name: value for name, value in values.items() if value}


def _of_case(session: Session, viewer: Viewer, file: CaseFile, language: str) -> Values:
    answer, asked = file.visible_conclusion, _asked_on(file)
    known = {
        "answered_on": _day(local(answer.visible_at).date()) if answer and answer.visible_at else "",
        "asked_on": _day(asked),
        "forwarded_on": _day(today()),
    }
    if not viewer.reads_narratives:
        own = file.referral_of(viewer.agency_id)
        due = own.due_on if own is not None and own.due_on < NO_DATE else None
        return {**known, "agency_name": named_in(session.get(Agency, viewer.agency_id), language), "due_on": _day(due)}
    procedure = session.get(Procedure, file.report.procedure) if file.report.procedure else None
    running = [one for one, _ in file.clocks if one.met_at is None and one.stopped_at is None]
    due = next((one.due_on for one in running if one.starts == Starts.ANSWER), None)
    return {
        **known,
        "agency_name": named_in(session.get(Agency, file.case.lead_id), language),
        "due_on": _day(due),
        "filed_on": _day(local(file.report.filed_at).date()),
        "procedure_name": named_in(procedure, language),
    }


def _asked_on(file: CaseFile) -> date | None:
    """When something was last asked: by us, or by the reporter who is not content."""
    told = [one.at for one in file.messages if one.kind is MessageKind.QUESTION]
    if file.follow_up is not None and file.follow_up.answered_at is not None:
        told.append(file.follow_up.answered_at)
    return local(max(told)).date() if told else None


def _chosen(session: Session, typed: Typed, language: str) -> Values:
    """What the lists of the page say that were chosen from."""
    found: Values = {}
    ground = session.get(RefusalGround, typed["ground"]) if typed.get("ground") else None
    if ground is not None:
        found["citation"] = citation_on(ground.citation, today())
    body = session.get(ForwardBody, typed["body"]) if typed.get("body") else None
    if body is not None:
        found["citation"] = citation_on(body.citation, today())
        found["target_name"] = named_in(body, language)
        found["target_contact"] = str(getattr(body, f"guidance_{language}")).rstrip(".")
    remedy = session.get(Remedy, typed["remedy"]) if typed.get("remedy") else None
    return {**found, "remedies": named_in(remedy, language)} if remedy is not None else found


def _begun(session: Session, file: CaseFile, move: str) -> Values:
    """When the times end that the move starts, if it is made today."""
    calendar = catalogue.calendar(session)

    def limit(code: str, on: date) -> DeadlineRule:
        return catalogue.deadline_rule(session, code, on)

    return {
        _BEGUN[starts]: _day(new_clock(file.case, starts, file.kind, calendar, limit).due_on)
        for starts in BY_NAME[move].starts
        if starts in _BEGUN
    }


def _extended(session: Session, file: CaseFile, typed: Typed) -> Values:
    found = [one for one in extensions(session, file, today()) if isinstance(one, Extension)]
    meant = [one for one in found if len(found) == 1 or handle_of(file, one.clock) == typed.get("clock")]
    return {"due_on": _day(meant[0].clock.due_on), "new_due_on": _day(meant[0].due_on)} if meant else {"due_on": ""}


def _reminded(session: Session, viewer: Viewer, file: CaseFile, typed: Typed) -> Values:
    """Of the body that is reminded; nothing of the lead's, where it is not chosen yet."""
    owing = file.owing_referrals
    meant: list[Referral] = [one for one in owing if len(owing) == 1 or one.agency.code == typed.get("agency")]
    sender = {"sender_name": named_in(session.get(Agency, viewer.agency_id), "vi"), "reference": file.case.reference}
    if not meant:
        return {**sender, "agency_name": "", "due_on": ""}
    one = meant[0]
    late = -days_left(today(), one.due_on, catalogue.calendar(session))
    return {
        **sender,
        "agency_name": named_in(one.agency, "vi"),
        "days_late": f"{late:02}" if late > 0 else "",
        "due_on": _day(one.due_on),
        "referred_on": _day(local(one.sent_at).date()),
    }


def _referred(session: Session, viewer: Viewer, file: CaseFile, typed: Typed) -> Values:
    """Of the body that is chosen; until when it answers, if what it is asked to do has a day."""
    body = catalogue.agency_by_code(session, typed["agency"], today()) if typed.get("agency") else None
    calendar = catalogue.calendar(session)

    def limit(code: str, on: date) -> DeadlineRule:
        return catalogue.deadline_rule(session, code, on)

    has_day = typed.get("role") in (ReferralRole.LEAD, ReferralRole.SUPPORT)
    due = new_clock(file.case, Starts.REFERRAL, file.kind, calendar, limit).due_on if has_day else None
    subject = named_in(file.category, "vi")
    return {
        "agency_name": named_in(body, "vi"),
        "due_on": _day(due),
        "reference": file.case.reference,
        "sender_name": named_in(session.get(Agency, viewer.agency_id), "vi"),
        "subject": subject[:1].lower() + subject[1:],
    }


def _day(value: date | None) -> str:
    return value.strftime("%d/%m/%Y") if value is not None else ""
