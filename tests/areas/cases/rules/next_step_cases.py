"""Standings of a case as they are met, and what follows from each by the data's own words."""

from typing import Any

from portal.cases.next_steps import Standing
from portal.cases.words import Status as S
from portal.catalogue.words import Kind, Track

NOW, IF_SO = "now", "if_so"
WANTS = {"wants_formal_complaint.form": IF_SO, "wants_denunciation.form": IF_SO}
ALWAYS = {"data_request.form": IF_SO}
TROUBLE = {"retaliation.feedback": IF_SO}
CONDUCT = {**WANTS, **TROUBLE, **ALWAYS}
DELAY = {"wants_formal_complaint.form": IF_SO, **TROUBLE, **ALWAYS}
DECISION = {
    "wants_formal_complaint.form": NOW,
    "second_complaint.form": IF_SO,
    "answered_not_satisfied.court": IF_SO,
    **TROUBLE,
    **ALWAYS,
}
BRIBE = {"wants_formal_complaint.form": IF_SO, "wants_denunciation.form": NOW, **TROUBLE, **ALWAYS}
BRIBE_PROTECTED = {**BRIBE, "retaliation.protection": IF_SO}


def it_is(status: S, kind: Kind = Kind.CONDUCT, may_become: Track = Track.FEEDBACK, **more: Any) -> Standing:
    """A case on the track of feedback, where all begin, until somebody signs."""
    return Standing(status=status, kind=kind, may_become=may_become, **{"track": Track.FEEDBACK, **more})


def signed(track: Track, status: S, **more: Any) -> Standing:
    """A case whose signed form has come in."""
    kind = Kind.DECISION if track is Track.COMPLAINT else Kind.CONDUCT
    return it_is(status, kind, track, track=track, **more)


def dossier(status: S = S.ACCEPTED, days_late: int | None = 3, **more: Any) -> Standing:
    """A late dossier with its number and the promised day."""
    return it_is(status, Kind.DELAY, has_dossier=True, dossier_days_late=days_late, **more)


REVIEW, APPEAL = frozenset({"ask_review"}), frozenset({"appeal"})
COMPLAINT, DENUNCIATION = Track.COMPLAINT, Track.DENUNCIATION

EXAMPLES: list[tuple[str, Standing, dict[str, str]]] = [
    ("somebody was rude", it_is(S.RECEIVED), CONDUCT),
    ("and nobody answers in time", it_is(S.VERIFYING, is_overdue=True), {"late.feedback": NOW, **CONDUCT}),
    ("refused", it_is(S.REFUSED, refused_by="not_competent", moves=APPEAL), {"refused.feedback": NOW, **CONDUCT}),
    ("refused, and too late to ask again", it_is(S.REFUSED, refused_by="not_competent"), CONDUCT),
    (
        "refused as no matter of public duty: no complaint either",
        it_is(S.REFUSED, refused_by="no_public_duty", moves=APPEAL),
        {"refused.feedback": NOW, "wants_denunciation.form": IF_SO, **TROUBLE, **ALWAYS},
    ),
    (
        "refused for want of a signature: sign it",
        it_is(S.REFUSED, refused_by="not_signed", moves=APPEAL),
        {**CONDUCT, "refused.feedback": NOW, "wants_formal_complaint.form": NOW},
    ),
    (
        "refused as a denunciation without a name: sign it",
        it_is(S.REFUSED, refused_by="denunciation_conditions", moves=APPEAL),
        {**CONDUCT, "refused.feedback": NOW, "wants_denunciation.form": NOW},
    ),
    (
        "the second decision has been made: only the court is left",
        it_is(S.REFUSED, Kind.DECISION, COMPLAINT, refused_by="second_decision_made", moves=APPEAL),
        {"refused.feedback": NOW, "answered_not_satisfied.court": NOW, **TROUBLE, **ALWAYS},
    ),
    (
        "answered",
        it_is(S.ANSWERED, has_answer=True, moves=REVIEW),
        {"answered_not_satisfied.feedback": NOW, **CONDUCT},
    ),
    (
        "answered, the window is over",
        it_is(S.ANSWERED, has_answer=True),
        {"closed_not_put_right.feedback": NOW, **CONDUCT},
    ),
    ("closed", it_is(S.CLOSED, has_answer=True), {"closed_not_put_right.feedback": NOW, **CONDUCT}),
    (
        "merged, and the other case is answered",
        it_is(S.MERGED, has_answer=True),
        {"closed_not_put_right.feedback": NOW, **CONDUCT},
    ),
    ("merged, no answer yet", it_is(S.MERGED), CONDUCT),
    ("withdrawn", it_is(S.WITHDRAWN), CONDUCT),
    ("forwarded", it_is(S.FORWARDED), CONDUCT),
    (
        "a late dossier with the office",
        dossier(),
        {"filed_delay.ask_office": NOW, "dossier_late_no_apology.request": NOW, **DELAY},
    ),
    (
        "the same, and the answer is late as well",
        dossier(is_overdue=True),
        {"filed_delay.ask_office": NOW, "dossier_late_no_apology.request": NOW, "late.feedback": NOW, **DELAY},
    ),
    ("promised for a day that is not over", dossier(days_late=0), {"filed_delay.ask_office": NOW, **DELAY}),
    (
        "the Committee first: the office is not to know",
        dossier(committee_first=True),
        {"filed_delay.ask_office": IF_SO, "dossier_late_no_apology.request": IF_SO, **DELAY},
    ),
    (
        "late, but neither number nor day is known",
        it_is(S.RECEIVED, Kind.DELAY),
        {"filed_delay.ask_office": IF_SO, "dossier_late_no_apology.request": IF_SO, **DELAY},
    ),
    (
        "the dossier's report is answered",
        dossier(S.ANSWERED, has_answer=True, moves=REVIEW),
        {"answered_not_satisfied.feedback": NOW, **DELAY},
    ),
    ("a decision", it_is(S.RECEIVED, Kind.DECISION, COMPLAINT), DECISION),
    (
        "a decision of a court",
        it_is(S.REFUSED, Kind.DECISION, COMPLAINT, refused_by="before_court"),
        {**TROUBLE, **ALWAYS},
    ),
    ("a bribe", it_is(S.RECEIVED, Kind.CONDUCT, DENUNCIATION), BRIBE_PROTECTED),
    (
        "retaliation",
        it_is(S.RECEIVED, Kind.CONDUCT, DENUNCIATION, topic="retaliation"),
        {**BRIBE_PROTECTED, "retaliation.feedback": NOW},
    ),
    ("too much money", it_is(S.VERIFYING, topic="extra_fee"), {"extra_fee.return_money": NOW, **CONDUCT}),
    (
        "too much money, answered",
        it_is(S.CLOSED, topic="extra_fee", has_answer=True),
        {"closed_not_put_right.feedback": NOW, "extra_fee.return_money": IF_SO, **CONDUCT},
    ),
    ("praise", it_is(S.CLOSED, Kind.COMMENDATION, track=Track.COMMENDATION, has_answer=True), ALWAYS),
    ("a proposal, late", it_is(S.ACCEPTED, Kind.PROPOSAL, track=Track.PROPOSAL, is_overdue=True), ALWAYS),
    (
        "a signed complaint, not settled in time",
        signed(COMPLAINT, S.ACCEPTED, is_overdue=True),
        {"late.complaint_second": NOW, **TROUBLE, **ALWAYS},
    ),
    (
        "a signed complaint, refused for want of a representative",
        signed(COMPLAINT, S.REFUSED, refused_by="no_valid_representative"),
        {"refused.complaint": NOW, **TROUBLE, **ALWAYS},
    ),
    (
        "a signed complaint that is none",
        signed(COMPLAINT, S.REFUSED, refused_by="internal_decision"),
        {**TROUBLE, **ALWAYS},
    ),
    (
        "a signed complaint, decided",
        signed(COMPLAINT, S.ANSWERED, has_answer=True),
        {"answered_not_satisfied.court": NOW, "second_complaint.form": NOW, **TROUBLE, **ALWAYS},
    ),
    (
        "a signed denunciation, not settled in time",
        signed(DENUNCIATION, S.VERIFYING, is_overdue=True),
        {"late.denunciation": NOW, "retaliation.protection": IF_SO, "wants_formal_complaint.form": IF_SO}
        | TROUBLE
        | ALWAYS,
    ),
    (
        "a signed denunciation, refused",
        signed(DENUNCIATION, S.REFUSED, refused_by="denunciation_from_settled_complaint"),
        {"refused.denunciation": NOW, "retaliation.protection": IF_SO, "wants_formal_complaint.form": IF_SO}
        | TROUBLE
        | ALWAYS,
    ),
    (
        "a signed denunciation of retaliation, concluded",
        signed(DENUNCIATION, S.ANSWERED, has_answer=True, topic="retaliation"),
        {
            "answered_not_satisfied.denunciation_again": NOW,
            "retaliation.protection": NOW,
            "retaliation.feedback": NOW,
            "wants_formal_complaint.form": IF_SO,
            **ALWAYS,
        },
    ),
]
