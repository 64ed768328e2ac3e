"""Parts of the reporter's story that come after filing: who works on it, and the question weeks after the answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from portal.cases import follow_ups, labels
from portal.cases.casefile import CaseFile
from portal.cases.concluding import Found
from portal.cases.models import NO_DATE, Clock, Referral
from portal.cases.status import Starts
from portal.cases.words import FollowUpAnswer
from portal.catalogue.models import Finding, Remedy
from portal.catalogue.words import ReferralRole
from portal.foundation.time import local, today

# Who is only informed is not told of: which bodies are can depend on how many reports there are.
TOLD_OF = (ReferralRole.LEAD, ReferralRole.SUPPORT, ReferralRole.OVERSEE)


@dataclass(frozen=True)
class Answer:
    """The answer as the reporter reads it."""

    at: datetime
    who: str
    finding: str
    remedy: str  # the first of them, empty without any
    remedies: tuple[str, ...]
    ground: str
    discipline_body: str
    apologised_on: date | None
    days_saved: int | None
    text: str


def answer_of(session: Session, found: Found, who: str, at: datetime, language: str) -> Answer:
    """An answer in words, sent or about to be."""
    rows = [session.get_one(Remedy, code) for code in found.remedies]
    remedies = tuple(str(getattr(row, f"name_{language}")) for row in rows)
    return Answer(
        at=at,
        who=who,
        finding=str(getattr(session.get_one(Finding, found.finding), f"name_{language}")),
        remedy=remedies[0] if remedies else "",
        remedies=remedies,
        ground=found.details.ground,
        discipline_body=found.details.discipline_body,
        apologised_on=found.details.apologised_on,
        days_saved=found.details.days_saved,
        text=found.text,
    )


class Share(StrEnum):
    """How far one body is with its share, as its reporter reads it."""

    FOLLOWS = "follows"
    WORKS = "works"
    PAUSED = "paused"
    LATE = "late"
    ANSWERED = "answered"
    OVER = "over"


@dataclass(frozen=True)
class ReferralView:
    """One body's share of the case."""

    agency: str
    role: ReferralRole
    role_label: str
    share: Share
    sent_on: date
    due_on: date | None
    answered_on: date | None


class Asking(StrEnum):
    """How far the question whether it was really put right is."""

    NOT = "not_asked"  # and it will not be, as things stand
    TO_COME = "to_come"
    OPEN = "open"
    ANSWERED = "answered"
    OVER = "over"  # nobody answered in time


@dataclass(frozen=True)
class FollowUpView:
    """The question whether it was really put right. `asks_on`: it is still to come."""

    state: Asking = Asking.NOT
    asks_on: date | None = None
    due_on: date | None = None
    is_open: bool = False
    answered_at: datetime | None = None
    answer: FollowUpAnswer | None = None
    answer_label: str = ""
    text: str = ""
    is_waiting: bool = False


def referral_views(file: CaseFile, language: str) -> list[ReferralView]:
    """The bodies that work on the case or follow it, in order of their role."""
    told = [one for one in file.live_referrals if one.role in TOLD_OF]
    ordered = sorted(told, key=lambda one: TOLD_OF.index(one.role))
    return [_referral_view(one, [clock for clock, _ in file.clocks], language) for one in ordered]


def _referral_view(one: Referral, clocks: Iterable[Clock], language: str) -> ReferralView:
    own = [clock for clock in clocks if clock.referral_id == one.id and clock.starts == Starts.REFERRAL]
    return ReferralView(
        agency=str(getattr(one.agency, f"name_{language}")),
        role=one.role,
        role_label=labels.REFERRAL_ROLE[one.role],
        share=_share(one, own[-1] if own else None),
        sent_on=local(one.sent_at).date(),
        due_on=one.due_on if one.due_on != NO_DATE else None,
        answered_on=local(one.answered_at).date() if one.answered_at else None,
    )


def _share(one: Referral, clock: Clock | None) -> Share:
    if one.role is ReferralRole.OVERSEE:
        return Share.FOLLOWS
    if one.answered_at is not None:
        return Share.ANSWERED
    if not one.is_open:
        return Share.OVER
    if clock is not None and clock.paused_on is not None:
        return Share.PAUSED
    return Share.LATE if one.due_on < today() else Share.WORKS


def follow_up_view(session: Session, file: CaseFile) -> FollowUpView:
    """The question, from before it is asked until it is settled."""
    asked = file.follow_up
    if asked is None:
        day = follow_ups.asked_on(session, file)
        return FollowUpView(Asking.NOT if day is None else Asking.TO_COME, asks_on=day)
    is_open = follow_ups.is_open(asked, today())
    return FollowUpView(
        Asking.ANSWERED if asked.answer is not None else Asking.OPEN if is_open else Asking.OVER,
        due_on=asked.due_on,
        is_open=is_open,
        answered_at=asked.answered_at,
        answer=asked.answer,
        answer_label=labels.FOLLOW_UP[asked.answer] if asked.answer else "",
        text=asked.text,
        is_waiting=asked.is_waiting,
    )
