"""What the portal says to a reporter by itself: the standard text of what happened, on the tracking page.

Told from the events alone, by the version that held on that day, so that what was read once reads the same later.
Nothing of the reporter's identity is known here, and no body is named but the one that led.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import events as kinds
from portal.cases.casefile import CaseFile, events_of
from portal.cases.formal import Form, form_in, place_of, rule_of
from portal.cases.models import Event
from portal.cases.open_steps import named_in
from portal.cases.status import Starts
from portal.cases.story import FOR_REPORTER
from portal.cases.text_values import Place
from portal.catalogue import queries as catalogue
from portal.catalogue.models import Procedure
from portal.catalogue.standard_texts import LANGUAGES, SAID_BY_PORTAL, Moment, said
from portal.catalogue.text_models import StandardText
from portal.catalogue.words import Track
from portal.foundation.time import local

MOMENT_OF: Mapping[str, Moment] = {
    kinds.REPORT_FILED: Moment.RECEIVED,
    kinds.FORM_LODGED: Moment.RECEIVED,
    kinds.CASE_ACCEPTED: Moment.ACCEPTED,
    kinds.CASE_WITHDRAWN: Moment.WITHDRAWN,
    kinds.CASE_MERGED: Moment.MERGED,
    kinds.CASE_CLOSED: Moment.CLOSED,
}
TRACK_NAMES: Mapping[Track, tuple[str, str]] = {
    Track.FEEDBACK: ("phản ánh", "report"),
    Track.COMPLAINT: ("khiếu nại", "complaint"),
    Track.DENUNCIATION: ("tố cáo", "denunciation"),
    Track.COMMENDATION: ("lời khen", "praise"),
    Track.PROPOSAL: ("kiến nghị", "proposal"),
}


@dataclass(frozen=True)
class ToldText:
    """One text as the reporter reads it, and whether it says how the case stands now."""

    at: datetime
    title: str
    text: str
    is_now: bool


@dataclass
class _Known:
    """What the events up to one of them say."""

    track: Track = Track.FEEDBACK
    lead: str = ""  # a body's code


def told_texts(session: Session, file: CaseFile, language: str, place: Place) -> list[ToldText]:
    """The texts of a case, the oldest first."""
    versions = _versions(session)
    known, found = _Known(), []
    for event in events_of(session, file.case, FOR_REPORTER):
        _learn(known, event)
        moment = MOMENT_OF.get(event.kind)
        row = _held(versions, moment, known.track, event.at) if moment is not None else None
        if row is None:
            continue
        values = _values(session, file, event, known, language, place)
        text = said(getattr(row, f"body_{language}"), values, language)
        found.append(ToldText(event.at, getattr(row, f"title_{language}"), text, row.moment == file.case.status.value))
    last = len(found) - 1
    return [ToldText(one.at, one.title, one.text, one.is_now and at == last) for at, one in enumerate(found)]


def _versions(session: Session) -> list[StandardText]:
    query = select(StandardText).where(StandardText.moment.in_([one.value for one in SAID_BY_PORTAL]))
    return list(session.scalars(query.order_by(StandardText.code, StandardText.version)))


def _held(versions: Iterable[StandardText], moment: Moment, track: Track, at: datetime) -> StandardText | None:
    """The version that held then; of a text that came later the first one."""
    rows = [one for one in versions if one.moment == moment and one.track in ("all", track)]
    codes = sorted({one.code for one in rows}, key=lambda code: (code.rpartition(".")[2] != track, code))
    own = [one for one in rows if codes and one.code == codes[0]]
    return next((one for one in reversed(own) if one.written_at <= at), own[0] if own else None)


def _learn(known: _Known, event: Event) -> None:
    told = event.payload or {}
    if "track" in told:
        known.track = Track(told["track"])
    if event.kind == kinds.REPORT_FILED:
        known.lead = next((code for code, role in told.get("referrals", {}).items() if role == "lead"), "")
    elif event.kind == kinds.CASE_REFERRED and told.get("role") == "lead":
        known.lead = told["agency"]


def _values(
    session: Session, file: CaseFile, event: Event, known: _Known, language: str, place: Place
) -> dict[str, str]:
    on, filed_at, form = local(event.at).date(), local(file.report.filed_at), form_in(event)
    due = {one["starts"]: one["due_on"] for one in (event.payload or {}).get("clocks", ()) if one["clock"] == "started"}
    lead = catalogue.agency_by_code(session, known.lead, on) if known.lead else None
    procedure = session.get(Procedure, file.report.procedure) if file.report.procedure else None
    return {
        "portal_name": place.names[language],
        "hotline": place.hotline,
        "agency_name": named_in(lead, language),
        "closed_on": f"{on:%d/%m/%Y}",
        "due_on": _written(due.get(Starts.ANSWER) or due.get(Starts.REFERRAL)),
        "filed_on": f"{filed_at:%d/%m/%Y}",
        "filed_time": f"{filed_at:%H:%M}",
        "procedure_name": named_in(procedure, language),
        "track_name": TRACK_NAMES[known.track][LANGUAGES.index(language)],
        "triage_due_on": _written(due.get(Starts.TRIAGE)),
        "withdrawn_on": f"{on:%d/%m/%Y}",
        **(_of_form(session, form, _written(due.get(Starts.ACCEPTANCE)), language) if form is not None else {}),
    }


def _of_form(session: Session, form: Form, due: str, language: str) -> dict[str, str]:
    """Of a signed form: who has it since when, and what its law gives for it."""
    settle = rule_of(form.kind, Starts.SETTLEMENT, catalogue.deadline_rules(session, form.lodged_on), form.condition)
    return {
        "accept_due_on": due,
        "filed_on": f"{form.lodged_on:%d/%m/%Y}",
        "initial_due_on": due,
        "resolve_days": str(settle.amount) if settle is not None else "",
        "resolver_name": place_of(session, form, language),
    }


def _written(day: str | None) -> str:
    return f"{date.fromisoformat(day):%d/%m/%Y}" if day else ""
