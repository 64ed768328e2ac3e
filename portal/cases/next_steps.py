"""Which remedies the law and the portal give a reporter now, and until when: `next_steps.csv` over a case's facts.

Pure: no session, no request, no clock. What the facts decide is open `NOW`; what only the reporter can know
(that somebody threatens them, that they want to complain formally) is offered for the case that it is so.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from portal.cases.deadlines import Limit, due_on
from portal.cases.words import OPEN, Status
from portal.catalogue.words import Kind, Situation, Track
from portal.catalogue.working_days import Calendar


class Fit(StrEnum):
    """How surely a remedy is the reporter's."""

    NOW = "now"
    IF_SO = "if_so"


@dataclass(frozen=True)
class Standing:
    """How a case stands, as far as remedies depend on it."""

    status: Status
    track: Track  # of the case: another law's clock runs only once a signed form has come in
    may_become: Track  # of its category: what it can become once it is signed
    kind: Kind
    topic: str = ""  # the last word of its category's code
    is_overdue: bool = False  # something that is owed to the reporter is late
    has_answer: bool = False
    refused_by: str = ""  # the ground
    moves: frozenset[str] = frozenset()  # what the reporter may do with the code
    committee_first: bool = False  # the office is not to learn who asks
    dossier_days_late: int | None = None  # working days; None: no promised day is known
    has_dossier: bool = False
    began: Mapping[str, date] = field(default_factory=dict)  # a time limit's `starts_at` → the day

    @property
    def is_about_something_done(self) -> bool:
        """Whether it is neither praise nor a proposal: nothing follows from those but what holds for everybody."""
        return self.kind not in (Kind.COMMENDATION, Kind.PROPOSAL)


# Grounds of refusal that decide on a formal complaint or denunciation too (Luật Khiếu nại 02/2011/QH13 art. 11).
NO_COMPLAINT = frozenset(
    {"internal_decision", "not_affected", "no_public_duty", "settled_in_force", "before_court", "second_decision_made"}
)
COMPLAINT_LACKED_FORM = frozenset({"not_signed", "no_valid_representative"})
DENUNCIATION_LACKED_FORM = frozenset({"denunciation_conditions"})
TO_COURT = frozenset({"second_decision_made"})  # art. 42: after the second decision only the court is left


def fit(situation: Situation, track: str, standing: Standing) -> Fit | None:
    """Whether a remedy for this situation and track is the reporter's; None: it is not."""
    return _RULES[situation](track, standing)


def last_day(rule: Limit, starts_at: str, standing: Standing, calendar: Calendar) -> date | None:
    """The reporter's own last day; None where only they know when it began."""
    began = standing.began.get(starts_at)
    return due_on(rule, began, calendar) if began is not None else None


def _now(condition: bool) -> Fit | None:
    return Fit.NOW if condition else None


def _filed_delay(track: str, it: Standing) -> Fit | None:
    waits = it.kind is Kind.DELAY and it.status in OPEN and not it.has_answer
    if track != it.track or not waits:
        return None
    # Who asked that the Committee reads it first does not want the office to know: theirs to change.
    return Fit.NOW if it.has_dossier and not it.committee_first else Fit.IF_SO


def _dossier_late(track: str, it: Standing) -> Fit | None:
    if track != it.track or it.kind is not Kind.DELAY or it.has_answer or it.status is Status.WITHDRAWN:
        return None
    if it.dossier_days_late is None:
        return Fit.IF_SO
    if it.dossier_days_late < 1:
        return None
    return Fit.IF_SO if it.committee_first else Fit.NOW


def _late(track: str, it: Standing) -> Fit | None:
    return _now(track == it.track and it.is_overdue)


def _refused(track: str, it: Standing) -> Fit | None:
    if track != it.track or it.status is not Status.REFUSED:
        return None
    if it.track is Track.FEEDBACK:
        return _now("appeal" in it.moves)
    return _now(it.track is Track.DENUNCIATION or it.refused_by not in NO_COMPLAINT)


def _not_satisfied(track: str, it: Standing) -> Fit | None:
    if track == Track.COMPLAINT:
        return Fit.NOW if it.refused_by in TO_COURT else _after_a_decision(it)
    if track != it.track or not it.has_answer:
        return None
    return _now("ask_review" in it.moves or it.track is Track.DENUNCIATION)


def _second_complaint(track: str, it: Standing) -> Fit | None:
    return None if it.refused_by in NO_COMPLAINT else _after_a_decision(it)


def _after_a_decision(it: Standing) -> Fit | None:
    """What follows a first decision: ours on a case of that track; else perhaps one on paper, which we never see."""
    if it.track is Track.COMPLAINT:
        return _now(it.has_answer)
    return Fit.IF_SO if it.may_become is Track.COMPLAINT and it.refused_by not in NO_COMPLAINT else None


def _not_put_right(track: str, it: Standing) -> Fit | None:
    over = it.status is Status.CLOSED or (it.has_answer and it.status in (Status.ANSWERED, Status.MERGED))
    return _now(track == it.track and over and "ask_review" not in it.moves)


def _formal_complaint(track: str, it: Standing) -> Fit | None:
    if it.track is Track.COMPLAINT or it.refused_by in NO_COMPLAINT or not it.is_about_something_done:
        return None
    named = it.may_become is Track.COMPLAINT or it.refused_by in COMPLAINT_LACKED_FORM
    return Fit.NOW if named else Fit.IF_SO


def _denunciation(track: str, it: Standing) -> Fit | None:
    if it.refused_by in DENUNCIATION_LACKED_FORM:
        return Fit.NOW
    if it.track is Track.DENUNCIATION or it.kind is not Kind.CONDUCT:
        return None
    return Fit.NOW if it.may_become is Track.DENUNCIATION else Fit.IF_SO


def _retaliation(track: str, it: Standing) -> Fit | None:
    if not it.is_about_something_done:
        return None
    if track == Track.DENUNCIATION:  # protection is a right of whoever has signed one
        if it.track is Track.DENUNCIATION and it.topic == Situation.RETALIATION:
            return Fit.NOW
        return Fit.IF_SO if Track.DENUNCIATION in (it.track, it.may_become) else None
    return Fit.NOW if it.topic == Situation.RETALIATION else Fit.IF_SO


def _extra_fee(track: str, it: Standing) -> Fit | None:
    if it.topic != Situation.EXTRA_FEE:
        return None
    return Fit.IF_SO if it.has_answer else Fit.NOW


def _always(track: str, it: Standing) -> Fit | None:
    return Fit.IF_SO


def _never(track: str, it: Standing) -> Fit | None:
    return None  # whoever opens a case has its code


_RULES: dict[Situation, Callable[[str, Standing], Fit | None]] = {
    Situation.FILED_DELAY: _filed_delay,
    Situation.DOSSIER_LATE_NO_APOLOGY: _dossier_late,
    Situation.LATE: _late,
    Situation.REFUSED: _refused,
    Situation.ANSWERED_NOT_SATISFIED: _not_satisfied,
    Situation.CLOSED_NOT_PUT_RIGHT: _not_put_right,
    Situation.WANTS_FORMAL_COMPLAINT: _formal_complaint,
    Situation.WANTS_DENUNCIATION: _denunciation,
    Situation.SECOND_COMPLAINT: _second_complaint,
    Situation.RETALIATION: _retaliation,
    Situation.EXTRA_FEE: _extra_fee,
    Situation.LOST_CODE: _never,
    Situation.DATA_REQUEST: _always,
}
