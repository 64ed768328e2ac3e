"""What a case page is made of, as plain values: nothing here knows where they come from."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.cases.story_parts import Answer
from portal.web.desk.due_words import ClockLine
from portal.web.desk.next_line import NextLine


@dataclass(frozen=True)
class StatusLine:
    """A status with its kind of tag."""

    text: str
    tag: str


@dataclass(frozen=True)
class ReferralLine:
    """One body's share of the case."""

    agency: str
    role: str
    state: str
    sent: str
    due: str
    reason: str
    note: str
    answer: str
    answered: str
    urged: Sequence[str] = ()  # what was done because it is nearly or already late, in order


@dataclass(frozen=True)
class ReminderLine:
    """A reminder, and the address of its letter."""

    agency: str
    when: str
    text: str
    href: str


@dataclass(frozen=True)
class OutsideLine:
    """A body without an account that was asked by a link; `revoke` is empty where there is nothing to take back."""

    body: str
    state: str
    question: str
    answer: str
    answered: str
    revoke: str


@dataclass(frozen=True)
class HearingLine:
    """Somebody who is heard before a finding against them; `explanation` is empty until they have explained."""

    person: str
    asked: str
    state: str
    statement: str
    explanation: str


@dataclass(frozen=True)
class MessageLine:
    """One message of the conversation."""

    who: str
    verb: str
    when: str
    text: str
    own: bool  # the reporter's: on paper


@dataclass(frozen=True)
class EventLine:
    """One line of the history; `at` is for machines and empty where only the day may be known."""

    when: str
    text: str
    at: str = ""


@dataclass(frozen=True)
class TextLine:
    """One version of the cleared text."""

    version: int
    when: str
    who: str
    text: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class ConclusionLine:
    """A conclusion: who found what, and what the reporter reads."""

    version: int
    finding: str
    remedy: str
    text: str
    told: Answer  # as the reporter reads it, or will
    written: str
    sent: str


@dataclass(frozen=True)
class SentBackLine:
    """Why a conclusion came back to its writer."""

    text: str
    who: str
    when: str


@dataclass(frozen=True)
class RatingLine:
    """What the reporter thinks of the answer."""

    score: int
    points: Sequence[str]
    text: str


@dataclass(frozen=True)
class FollowUpLine:
    """What the reporter says weeks later; `is_waiting`: for a chief inspector."""

    answer: str
    when: str
    text: str
    is_waiting: bool


@dataclass(frozen=True)
class CodeRequestLine:
    """A new code that somebody asked for; `text`: how they made sure of the person."""

    who: str
    since: str
    until: str
    text: str


@dataclass(frozen=True)
class ConversionLine:
    """What the law would make of a case: why, by which article, by which move (empty: none)."""

    ground: str
    citation: str
    move: str


@dataclass(frozen=True)
class RetaliationLine:
    """What is said of being paid back; `first` is empty where that case is not for this reader."""

    first: str
    wants_protection: bool
    fears: str


@dataclass(frozen=True)
class InspectorCase:
    """Everything an inspector reads of a case."""

    reference: str
    category: str
    status: StatusLine
    track: str
    severity: int
    agency: str
    holder: str
    filed: str
    narrative: Sequence[tuple[str, str]]
    wish: str
    elsewhere: str
    disclosure: str
    facts: Sequence[tuple[str, str]]
    merged_into: str  # the reference of the case that answers for this one, where this account sees it
    joined: Sequence[str]
    told_later: Sequence[str]  # of cases that this account sees: somebody is paid back for this report
    conversions: Sequence[ConversionLine]
    parts: Sequence[str]  # the references of the other cases about the same report, where this account sees them
    next: NextLine
    clocks: Sequence[ClockLine]
    referrals: Sequence[ReferralLine]
    reminders: Sequence[ReminderLine]  # the newest first
    walled: Sequence[str]
    retaliation: RetaliationLine | None
    walled_people: list[str]
    suggested: str
    cleared: Sequence[TextLine]
    outside: Sequence[OutsideLine]  # the newest first
    hearings: Sequence[HearingLine]  # the newest first
    messages: Sequence[MessageLine]
    conclusions: Sequence[ConclusionLine]
    sent_back: SentBackLine | None
    rating: RatingLine | None
    follow_up: FollowUpLine | None
    asked_beside: Sequence[tuple[str, FollowUpLine | None]]  # of merged cases: reference, None while unanswered
    code_request: CodeRequestLine | None
    history: Sequence[EventLine]


@dataclass(frozen=True)
class AgencyCase:
    """Everything an account of a body reads of a case: its cleared text and its own share, nothing else."""

    reference: str
    category: str
    status: StatusLine
    agency: str
    received: str
    is_named: bool
    text: Sequence[tuple[str, str]]
    dossier_code: str
    promised: str
    own: ReferralLine
    reminders: Sequence[ReminderLine]  # of this body, the newest first
    next: NextLine
    clocks: Sequence[ClockLine]
    messages: Sequence[MessageLine]
    conclusion: ConclusionLine | None
    history: Sequence[EventLine]
