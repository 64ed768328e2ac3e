"""What the reporter sees of the case: one plain structure for the tracking page and the API.

Words are messages to be translated; names of bodies come in the language asked for.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.cases import labels
from portal.cases.actions.holding import contact_of, may_give_contact
from portal.cases.actions.reporter import available, may_rate
from portal.cases.casefile import CaseFile, events_of
from portal.cases.clocks import REPORTERS
from portal.cases.concluding import found_of
from portal.cases.deadlines import DayMark, clock_state, day_marks, days_left, due_with_pauses
from portal.cases.events import DEADLINE_EXTENDED
from portal.cases.formal import facts_in
from portal.cases.models import Clock, Conclusion, Event
from portal.cases.pauses import Pauses, pauses_of, pauses_told
from portal.cases.status import Starts
from portal.cases.story_parts import Answer, FollowUpView, ReferralView, answer_of, follow_up_view, referral_views
from portal.cases.words import Audience, ClockState, Direction, MessageKind, RatingPoint, Status
from portal.catalogue import queries as catalogue
from portal.catalogue.models import DeadlineRule, ForwardBody, RefusalGround
from portal.catalogue.words import ReferralRole
from portal.catalogue.working_days import Calendar
from portal.foundation.text import N_
from portal.foundation.time import local, today

FOR_REPORTER = frozenset({Audience.EVERYONE, Audience.REPORTER})


@dataclass(frozen=True)
class ClockView:
    """One deadline as people read it."""

    label: str
    state: ClockState
    state_label: str
    starts: Starts
    is_ours: bool  # somebody owes the reporter something; else it is the reporter's own time
    is_supporting: bool  # of a body that only supports: the reporter waits for the lead
    agency: str
    started_on: date
    due_on: date
    days_left: int
    paused_days: int
    marks: tuple[str, ...]
    rule: DeadlineRule
    ended_on: date | None = None  # met or stopped
    extended_from: date | None = None  # the day on which it was due before it was extended


@dataclass(frozen=True)
class Moment:
    """One line of the timeline."""

    at: datetime
    message: str
    agency: str
    kind: str
    text: str = ""
    until: date | None = None  # of an extension: the new last day


@dataclass(frozen=True)
class Said:
    """One message of the conversation."""

    at: datetime
    own: bool
    kind: MessageKind
    who: str
    text: str


@dataclass(frozen=True)
class Guidance:
    """A refusal's ground or a body outside: name, what to do, the article."""

    name: str
    guidance: str
    citation: str
    text: str


@dataclass
class Story:
    """Everything the reporter may know."""

    status: Status
    status_label: str
    tag: str
    sentence: str
    what_next: str
    filed_at: datetime
    due_on: date | None
    overdue: bool
    narrative: str
    category: str
    agency: str
    lead: str
    clocks: list[ClockView] = field(default_factory=list)
    timeline: list[Moment] = field(default_factory=list)
    messages: list[Said] = field(default_factory=list)
    answer: Answer | None = None
    guidance: Guidance | None = None
    moves: tuple[str, ...] = ()
    may_rate: bool = False
    may_add_facts: bool = False
    rating: int | None = None
    rating_points: tuple[str, ...] = ()
    referrals: list[ReferralView] = field(default_factory=list)
    follow_up: FollowUpView = FollowUpView()  # noqa: RUF009 (frozen)
    has_contact: bool = False
    may_give_contact: bool = False


def clock_views(file: CaseFile, events: Iterable[Event], calendar: Calendar, language: str) -> list[ClockView]:
    """All clocks of a case as people read them, in order of their start. The events tell when they stood still."""
    told = pauses_told(events)
    return [_clock_view(file, clock, rule, told, calendar, language) for clock, rule in file.clocks]


def _clock_view(
    file: CaseFile, clock: Clock, rule: DeadlineRule, told: Pauses, calendar: Calendar, language: str
) -> ClockView:
    on, starts = today(), Starts(clock.starts)
    met_on = local(clock.met_at).date() if clock.met_at else None
    state = clock_state(
        due_on=clock.due_on,
        today=on,
        met_on=met_on,
        paused=clock.paused_on is not None,
        stopped=clock.stopped_at is not None,
    )
    referral = next((one for one in file.referrals if one.id == clock.referral_id), None)
    without, _ = due_with_pauses(rule, clock.started_on, pauses_of(clock, told, _ended_on(clock)), calendar)
    return ClockView(
        label=labels.CLOCK[starts],
        state=state,
        state_label=labels.CLOCK_STATE[state],
        starts=starts,
        is_ours=starts not in REPORTERS,
        is_supporting=referral is not None and referral.role is ReferralRole.SUPPORT,
        agency=_name(referral.agency, language) if referral else "",
        started_on=clock.started_on,
        due_on=clock.due_on,
        days_left=days_left(on, clock.due_on, calendar),
        paused_days=clock.paused_days,
        marks=_marks(clock, on, told, calendar),
        rule=rule,
        ended_on=_ended_on(clock),
        extended_from=without if clock.extensions else None,
    )


def _marks(clock: Clock, on: date, told: Pauses, calendar: Calendar) -> tuple[str, ...]:
    ended_on = _ended_on(clock)
    marks = day_marks(clock.started_on, clock.due_on, on, pauses_of(clock, told, ended_on), ended_on, calendar)
    return tuple("left" if mark is DayMark.TO_COME else mark.value for mark in marks)


def _ended_on(clock: Clock) -> date | None:
    ended_at = clock.met_at or clock.stopped_at
    return local(ended_at).date() if ended_at else None


def _name(row: object, language: str, field_name: str = "name") -> str:
    return str(getattr(row, f"{field_name}_{language}"))


def story_of(session: Session, file: CaseFile, language: str) -> Story:
    """The reporter's view of a case."""
    case, report = file.case, file.report
    events = events_of(session, case, FOR_REPORTER)
    views = clock_views(file, events, catalogue.calendar(session), language)
    views = [view for view in views if view.starts is not Starts.HEARING]
    ours = [view for view in views if view.is_ours and view.state in _RUNNING]
    lead = next((one.agency for one in file.live_referrals if one.agency_id == case.lead_id), None)
    return Story(
        status=case.status,
        status_label=labels.STATUS[case.status],
        tag=labels.STATUS_TAG[case.status],
        sentence=labels.STATUS_SENTENCE[case.status],
        what_next=labels.WHAT_NEXT[case.status],
        filed_at=report.filed_at,
        due_on=min((view.due_on for view in views if view.state in _RUNNING), default=None),
        overdue=any(view.state is ClockState.LATE for view in ours),
        narrative=report.narrative,
        category=_name(file.category, language),
        agency=_name(report.agency, language) if report.agency else "",
        lead=_name(lead, language) if lead else "",
        clocks=[view for view in views if view.starts is not Starts.FORWARD and not view.is_supporting],
        timeline=[_moment(session, file, event, language) for event in _told(events)],
        messages=_conversation(file, language),
        answer=_answer(session, answering(session, file), language),
        guidance=_guidance(session, file, events, language),
        moves=tuple(move.name for move in available(file)),
        may_rate=may_rate(file),
        may_add_facts=case.is_open,
        rating=file.rating.score if file.rating else None,
        rating_points=tuple(labels.RATING_POINT[RatingPoint(one)] for one in file.rating.points) if file.rating else (),
        referrals=referral_views(file, language),
        follow_up=follow_up_view(session, file),
        has_contact=contact_of(session, file) is not None,
        may_give_contact=may_give_contact(session, file),
    )


_RUNNING = (ClockState.RUNNING, ClockState.DUE_TODAY, ClockState.LATE)


def _told(events: Iterable[Event]) -> list[Event]:
    return [one for one in events if one.kind in labels.EVENTS_FOR_REPORTER]


def _moment(session: Session, file: CaseFile, event: Event, language: str) -> Moment:
    referral = next((one for one in file.referrals if one.agency_id == event.agency_id), None)
    payload: Mapping[str, object] = event.payload or {}
    return Moment(
        at=event.at,
        message=labels.EVENTS_FOR_REPORTER[event.kind],
        agency=_name(referral.agency, language) if referral else "",
        kind=event.kind,
        text=str(payload.get("text", "")) or "; ".join(facts_in(session, event, language)),
        until=date.fromisoformat(str(payload["due_on"])) if event.kind == DEADLINE_EXTENDED else None,
    )


def _conversation(file: CaseFile, language: str) -> list[Said]:
    report = file.report
    said = [Said(report.filed_at, True, MessageKind.FACTS, "", report.narrative)]
    for message in file.messages:
        own = message.direction is Direction.FROM_REPORTER
        who = _name(message.agency, language) if message.agency and not own else ""
        said.append(Said(message.at, own, message.kind, who, message.text))
    return said


def answering(session: Session, file: CaseFile) -> Conclusion | None:
    """The answer that the reporter can read: of a merged case the one of the case that it was merged into."""
    into = file.case.merged_into_id
    if into is None:
        return file.visible_conclusion
    query = select(Conclusion).where(Conclusion.case_id == into, Conclusion.visible_at.is_not(None))
    query = query.options(joinedload(Conclusion.agency)).order_by(Conclusion.version.desc()).limit(1)
    return session.scalar(query)


def _answer(session: Session, written: Conclusion | None, language: str) -> Answer | None:
    if written is None or written.visible_at is None:
        return None
    return answer_of(session, found_of(written), _name(written.agency, language), written.visible_at, language)


def _guidance(session: Session, file: CaseFile, events: Iterable[Event], language: str) -> Guidance | None:
    case = file.case
    row: RefusalGround | ForwardBody | None = None
    if case.status is Status.REFUSED and case.refusal_ground:
        row = session.get(RefusalGround, case.refusal_ground)
    elif case.status is Status.FORWARDED and case.forward_body:
        row = session.get(ForwardBody, case.forward_body)
    if row is None:
        return None
    told = [one for one in events if one.kind in ("case_refused", "case_forwarded")]
    text = str((told[-1].payload or {}).get("text", "")) if told else ""
    return Guidance(_name(row, language), _name(row, language, "guidance"), row.citation, text)


STAYS_FEEDBACK = N_(
    "Phản ánh này bắt đầu như một phản ánh, kiến nghị. Thời hạn của Luật Khiếu nại hoặc Luật Tố cáo chỉ chạy khi có "
    "đơn do chính anh/chị ký tên, nộp trực tiếp hoặc qua bưu điện. Khi đó cơ quan phải thụ lý và trả lời theo luật, "
    "và biết anh/chị là ai."
)
