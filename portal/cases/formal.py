"""Signed forms: by which law their clocks run, what was lodged where, and when something can be recorded of them.

A report is feedback until a form that its writer signed is lodged (Luật Khiếu nại 02/2011/QH13 art. 8, Luật Tố cáo
25/2018/QH14 art. 22). Then the body that has the form owes what its law says; the Committee watches, and settles
nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from portal.cases.casefile import CaseFile
from portal.cases.events import FORM_ACCEPTED, FORM_LODGED, FORM_SETTLED
from portal.cases.models import Clock, Event
from portal.cases.status import Starts
from portal.catalogue.models import DeadlineRule, ForwardBody
from portal.catalogue.queries import agency_by_code
from portal.catalogue.words import Condition, Kind, Track

FORMAL = frozenset({Track.COMPLAINT, Track.DENUNCIATION})
INFORMAL = (Track.FEEDBACK, Track.PROPOSAL, Track.COMMENDATION)


class FormKind(StrEnum):
    """What was signed. A second complaint is settled by the body above, in a longer time (art. 33, 36, 37)."""

    COMPLAINT = "complaint"
    SECOND_COMPLAINT = "second_complaint"
    DENUNCIATION = "denunciation"

    @property
    def track(self) -> Track:
        """The track of a case with such a form."""
        return Track.DENUNCIATION if self is FormKind.DENUNCIATION else Track.COMPLAINT


class FormStep(StrEnum):
    """What the body did with the form."""

    ACCEPTED = "accepted"
    SETTLED = "settled"


# In a row the rule that holds on the day is taken: the time to accept a complaint changed on 01/07/2026.
_RULES: dict[tuple[FormKind, Starts], tuple[str, ...]] = {
    (FormKind.COMPLAINT, Starts.ACCEPTANCE): ("complaint.accept", "complaint.accept_until_2026"),
    (FormKind.COMPLAINT, Starts.SETTLEMENT): ("complaint.first",),
    (FormKind.SECOND_COMPLAINT, Starts.ACCEPTANCE): ("complaint.second_accept", "complaint.second_accept_until_2026"),
    (FormKind.SECOND_COMPLAINT, Starts.SETTLEMENT): ("complaint.second",),
    (FormKind.DENUNCIATION, Starts.ACCEPTANCE): ("denunciation.initial",),
    (FormKind.DENUNCIATION, Starts.SETTLEMENT): ("denunciation.resolve",),
}


# What makes a time of the law longer, as an inspector says it: the rows by this ending, where there is one.
ENDINGS = {Condition.NORMAL: "", Condition.REMOTE: "_remote", Condition.VERIFY: "_verify"}


@dataclass(frozen=True)
class Form:
    """A form that was lodged: what, where (a code of the tree, or of the bodies outside), under which number, when.

    Its condition: whether the place is remote (complaints), or the body has to check at several places (denunciations).
    """

    kind: FormKind
    body: str
    is_outside: bool
    number: str
    lodged_on: date
    condition: Condition = Condition.NORMAL


def conditions_of(kind: FormKind) -> tuple[Condition, ...]:
    """What may be said of a form: each law has a longer time for one thing (art. 28, 37; Luật Tố cáo art. 24)."""
    special = Condition.VERIFY if kind is FormKind.DENUNCIATION else Condition.REMOTE
    return (Condition.NORMAL, special)


def rule_of(
    kind: FormKind, starts: Starts, rules: Iterable[DeadlineRule], condition: Condition = Condition.NORMAL
) -> DeadlineRule | None:
    """The rule by which a form's clock runs, among those of the day on which it starts.

    A condition counts where the law has a row for it: a remote place is given no longer to accept a complaint.
    """
    newest = {one.code: one for one in sorted(rules, key=lambda one: one.valid_from)}
    plain = _RULES[kind, starts]
    codes = (*(f"{code}{ENDINGS[condition]}" for code in plain), *plain)
    return next((newest[code] for code in codes if code in newest), None)


def form_in(event: Event) -> Form | None:
    """The form that an event tells of; None for any other event."""
    said = event.payload.get("form") if event.payload else None
    if said is None:
        return None
    lodged_on = date.fromisoformat(said["lodged_on"])
    condition = Condition(said.get("condition", Condition.NORMAL))
    return Form(FormKind(said["kind"]), said["body"], said["is_outside"], said["number"], lodged_on, condition)


def place_of(session: Session, form: Form, language: str) -> str:
    """The name of the body that has a form, as it was called on the day; its code where the data lost it."""
    outside = session.get(ForwardBody, form.body) if form.is_outside else None
    row = outside or agency_by_code(session, form.body, form.lodged_on)
    return str(getattr(row, f"name_{language}")) if row is not None else form.body


def facts_in(session: Session, event: Event, language: str) -> tuple[str, ...]:
    """What an event about a form says, without words around it: body, number, day."""
    form, said = form_in(event), event.payload or {}
    if form is not None:
        return (place_of(session, form, language), form.number, f"{form.lodged_on:%d/%m/%Y}")
    if event.kind not in (FORM_ACCEPTED, FORM_SETTLED):
        return ()
    done_on = f"{date.fromisoformat(said['done_on']):%d/%m/%Y}"
    return (said["number"], done_on) if said["number"] else (done_on,)


def newest_form(events: Iterable[Event]) -> Form | None:
    """The form that was recorded last."""
    lodged = [event for event in events if event.kind == FORM_LODGED]
    return form_in(lodged[-1]) if lodged else None


def condition_in(events: Iterable[Event]) -> Condition:
    """What was said last of the newest form: when it was recorded, or when the body accepted it."""
    found = Condition.NORMAL
    for event in events:
        form, said = form_in(event), event.payload or {}
        if form is not None:
            found = form.condition
        elif event.kind == FORM_ACCEPTED and "condition" in said:
            found = Condition(said["condition"])
    return found


def running_clock(file: CaseFile) -> tuple[Clock, DeadlineRule] | None:
    """The clock of the body that has the form, while it owes something."""
    running = [(one, rule) for one, rule in file.clocks if one.met_at is None and one.stopped_at is None]
    return next((pair for pair in running if pair[0].starts in (Starts.ACCEPTANCE, Starts.SETTLEMENT)), None)


def may(move: str, file: CaseFile) -> bool:
    """Whether a move about tracks and forms fits how the case stands."""
    if move == "change_track":
        return True
    if move == "record_step":
        return running_clock(file) is not None
    is_about_something_done = file.kind not in (Kind.COMMENDATION, Kind.PROPOSAL)
    return is_about_something_done and running_clock(file) is None


def tracks_to(track: Track) -> tuple[Track, ...]:
    """To which tracks an inspector may change a case by hand: never to one that needs a signature."""
    return (Track.FEEDBACK,) if track in FORMAL else tuple(one for one in INFORMAL if one is not track)
