"""A case told by its events alone, beside the same case as its rows say it is."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from portal.cases import events as kinds
from portal.cases.casefile import CaseFile
from portal.cases.models import Case, Event
from portal.cases.queries import joined_cases
from portal.cases.status import MOVES
from portal.cases.words import OPEN, Status
from tests.makers.cases import clock_word

ClockRow = tuple[str, str, str, str, int, str]
WAYS = {(source.value, str(move.to or source)) for move in MOVES for source in move.sources}


@dataclass
class Told:
    """A clock as the events alone tell it."""

    what: tuple[str, str, str]  # what for, by which rule, started when
    due: str
    days: int = 0
    state: str = "started"

    def row(self) -> ClockRow:
        """The same as `stored` gives."""
        return (
            *self.what,
            self.due,
            self.days,
            "running" if self.state in ("started", "resumed", "revived") else self.state,
        )


def replayed_clocks(events: Sequence[Event]) -> list[ClockRow]:
    """The clocks as the events alone tell them."""
    clocks: list[Told] = []
    for event in events:
        touched: list[Told] = []
        for one in event.payload.get("clocks", ()):
            what = (one["starts"], one["rule"], one["started_on"])
            if one["clock"] == "started":
                clocks.append(Told(what, one["due_on"], one["paused_days"]))
                continue
            clock = next(each for each in clocks if each not in touched and _is_meant(each, what, one))
            touched.append(clock)
            clock.due, clock.days = one["due_on"], one["paused_days"]
            if one["clock"] not in ("moved", "extended"):  # due otherwise, but it stands as it stood
                clock.state = one["clock"]
    return sorted(clock.row() for clock in clocks)


def _is_meant(clock: Told, what: tuple[str, str, str], one: dict[str, Any]) -> bool:
    if clock.what != what:
        return False
    # Of two clocks that are alike one may be met: only the one that was stopped runs on.
    if (clock.state == "stopped") != (one["clock"] == "revived") or clock.state == "met":
        return False
    if one["clock"] == "resumed":
        return clock.state == "paused"
    if one["clock"] == "moved":
        return (clock.due, clock.days) == (one["was_due_on"], one["was_paused_days"])
    return (clock.due, clock.days) == (one.get("was_due_on", one["due_on"]), one["paused_days"])


def stored_clocks(file: CaseFile) -> list[ClockRow]:
    """The clocks as their rows are."""
    return sorted(
        (
            clock.starts,
            rule.code,
            clock.started_on.isoformat(),
            clock.due_on.isoformat(),
            clock.paused_days,
            clock_word(clock),
        )
        for clock, rule in file.clocks
    )


@dataclass
class ToldCase:
    """What a case is, as far as its events say it. Bodies are codes, other cases references."""

    status: str = ""
    former_status: str | None = None
    track: str = ""
    is_open: bool = True
    holder: int | None = None
    lead: str = ""
    bodies: frozenset[str] = field(default_factory=frozenset)
    ground: str | None = None
    forwarded_to: str | None = None
    merged_into: str | None = None
    joined: frozenset[str] = field(default_factory=frozenset)
    cleared: int = 0
    conclusions: int = 0


def replayed_case(events: Sequence[Event]) -> ToldCase:
    """The case as the events alone tell it."""
    case = ToldCase()
    for event in events:
        said = event.payload
        if event.kind in (kinds.REPORT_FILED, kinds.PART_OPENED):
            sent: dict[str, str] = said["referrals"]
            case.status, case.track, case.bodies = Status.RECEIVED.value, said["track"], frozenset(sent)
            case.lead = next(body for body, role in sent.items() if role == "lead")
        _status(case, said)
        WHAT.get(event.kind, _nothing)(case, said)
    return case


def _status(case: ToldCase, said: dict[str, Any]) -> None:
    if "to" not in said:
        return
    assert said["from"] == case.status, "an event goes on from where the one before stopped"
    assert (case.status, said["to"]) in WAYS or case.former_status == said["to"], "the table has no such move"
    case.status, case.is_open = said["to"], said["to"] in OPEN
    if said["to"] != said["from"]:
        case.former_status = said["from"] if case.status in (Status.WAITING_FOR_REPORTER, Status.MERGED) else None


def _nothing(case: ToldCase, said: dict[str, Any]) -> None:
    """Most events change nothing but the status."""


def _referred(case: ToldCase, said: dict[str, Any]) -> None:
    case.bodies |= {said["agency"]}
    case.lead = said["agency"] if said["role"] == "lead" else case.lead


def _merged(case: ToldCase, said: dict[str, Any]) -> None:
    case.merged_into = said["into"]


def _split_off(case: ToldCase, said: dict[str, Any]) -> None:
    case.merged_into = None


def _joined(case: ToldCase, said: dict[str, Any]) -> None:
    case.joined |= {said["case"]}


def _left(case: ToldCase, said: dict[str, Any]) -> None:
    case.joined -= {said["case"]}


def _assigned(case: ToldCase, said: dict[str, Any]) -> None:
    case.holder = said["to_staff"]


def _refused(case: ToldCase, said: dict[str, Any]) -> None:
    case.ground = said["ground"]


def _forwarded(case: ToldCase, said: dict[str, Any]) -> None:
    case.forwarded_to = said["body"]


def _cleared(case: ToldCase, said: dict[str, Any]) -> None:
    case.cleared = said["version"]


def _written(case: ToldCase, said: dict[str, Any]) -> None:
    case.conclusions = said["version"]


def _tracked(case: ToldCase, said: dict[str, Any]) -> None:
    assert said["track_from"] == case.track
    case.track = said["track"]


def _passed_on(case: ToldCase, said: dict[str, Any]) -> None:
    case.bodies = case.bodies - {said["predecessor"]} | {said["successor"]}
    case.lead = said["successor"] if case.lead == said["predecessor"] else case.lead


def _taken_over(case: ToldCase, said: dict[str, Any]) -> None:
    case.bodies -= {said["predecessor"]}
    if said["role"] == "lead":
        case.bodies, case.lead = case.bodies | {said["successor"]}, said["successor"]


def _kept_away(case: ToldCase, said: dict[str, Any]) -> None:
    case.holder = None if case.holder == said["staff"] else case.holder


def _handed_up(case: ToldCase, said: dict[str, Any]) -> None:
    case.holder, case.bodies = None, case.bodies - set(said["ended"])
    _referred(case, said)


WHAT = {
    kinds.REFERRAL_MOVED: _passed_on,
    kinds.LEAD_TAKEN_OVER: _taken_over,
    kinds.CONFLICT_DECLARED: _kept_away,
    kinds.ACCOUNT_WALLED: _kept_away,
    kinds.HANDED_UP: _handed_up,
    kinds.TRACK_CHANGED: _tracked,
    kinds.FORM_LODGED: _tracked,
    kinds.CASE_REFERRED: _referred,
    kinds.CASE_MERGED: _merged,
    kinds.CASE_SPLIT_OFF: _split_off,
    kinds.CASE_JOINED: _joined,
    kinds.CASE_LEFT: _left,
    kinds.CASE_ASSIGNED: _assigned,
    kinds.CASE_REFUSED: _refused,
    kinds.CASE_FORWARDED: _forwarded,
    kinds.TEXT_CLEARED: _cleared,
    kinds.CASE_CONCLUDED: _written,
    kinds.CASE_ANSWERED: _written,
}


def stored_case(session: Session, file: CaseFile) -> ToldCase:
    """The same as the rows say it. (A cleared text of filing's own rule has no event of its own.)"""
    case = file.case
    into = session.get(Case, case.merged_into_id) if case.merged_into_id is not None else None
    return ToldCase(
        status=case.status.value,
        former_status=case.former_status.value if case.former_status else None,
        track=case.track.value,
        is_open=case.is_open,
        holder=case.assigned_id,
        lead=next(one.agency.code for one in file.live_referrals if one.agency_id == case.lead_id),
        bodies=frozenset(one.agency.code for one in file.live_referrals),
        ground=case.refusal_ground,
        forwarded_to=case.forward_body,
        merged_into=into.reference if into is not None else None,
        joined=frozenset(one.reference for one in joined_cases(session, case)),
        cleared=max((one.version for one in file.cleared_texts if one.cleared_by_id is not None), default=0),
        conclusions=len(file.conclusions),
    )
