"""A case as two kinds of people may read it. `for_agency` is the place to look for what an office can learn.

It reads of the report only its category, the body it names, whether it is *named*, and, beside a direct
delay's cleared text, dossier code and promised date. Nothing in it depends on who the reporter is.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import labels
from portal.cases.access import Viewer
from portal.cases.casefile import CaseFile, events_of
from portal.cases.conversions import conversions
from portal.cases.events import (
    ACCOUNT_WALLED,
    CASE_READ,
    CONFLICT_DECLARED,
    DEADLINE_EXTENDED,
    REFERRAL_LATE,
    REPORT_FILED,
    WALL_LIFTED,
)
from portal.cases.formal import facts_in
from portal.cases.models import NO_DATE, Case, CaseReport, Clock, Event, FollowUp, Message, Rating, Referral
from portal.cases.queries import (
    GONE,
    can_see,
    cases_about,
    joined_cases,
    joined_follow_ups,
    told_later,
    visible_to,
    walled_ids,
)
from portal.cases.status import Starts
from portal.cases.story import ClockView, clock_views
from portal.cases.words import Audience, Direction, Disclosure, MessageKind, RatingPoint
from portal.catalogue import queries as catalogue
from portal.catalogue.models import Agency, DeadlineRule, ForwardBody, Procedure, RefusalGround
from portal.catalogue.queries import agency_by_code
from portal.catalogue.words import Track
from portal.foundation.errors import NotFound
from portal.foundation.time import local
from portal.staff.models import Staff
from portal.web.desk.conclusion_lines import conclusion_line, sent_back_line
from portal.web.desk.due_words import ClockLine, clock_line, left_words, short_moment
from portal.web.desk.hearing_lines import hearing_lines
from portal.web.desk.lines import (
    AgencyCase,
    ConversionLine,
    EventLine,
    FollowUpLine,
    InspectorCase,
    MessageLine,
    RatingLine,
    ReferralLine,
    RetaliationLine,
    StatusLine,
    TextLine,
)
from portal.web.desk.narrative import parts_of
from portal.web.desk.new_codes import code_request_line
from portal.web.desk.next_line import next_line, next_line_to_agency
from portal.web.desk.outside_lines import outside_lines
from portal.web.desk.urging import reminder_lines, urged
from portal.web.frame.language import chosen, named
from portal.web.frame.templating import day, moment, weekday

AGENCY_READS = frozenset({Audience.EVERYONE, Audience.AGENCY})


def for_agency(session: Session, file: CaseFile, viewer: Viewer) -> AgencyCase:
    """A case as one body reads it: days but no clock times, no other body's name, no trace of who filed."""
    case, own = file.case, file.referral_of(viewer.agency_id)
    if own is None:
        raise NotFound(GONE)
    cleared = own.cleared_text
    shows_dossier = cleared is not None and cleared.shows_dossier
    events = _events_for(session, file, viewer)
    views = clock_views(replace(file, clocks=_own_clocks(file, own)), events, catalogue.calendar(session), chosen())
    written = file.visible_conclusion
    return AgencyCase(
        reference=case.reference,
        category=named(file.category),
        status=status_line(file),
        agency=named(file.report.agency) if file.report.agency else "",
        received=weekday(case.received_on),
        is_named=file.report.disclosure == Disclosure.NAMED,
        text=parts_of(cleared.text) if cleared is not None else (),
        dossier_code=(file.report.dossier_code or "") if shows_dossier else "",
        promised=_day_or_nothing(file.report.promised_on) if shows_dossier else "",
        own=_referral_line(own, views, events),
        reminders=reminder_lines(session, case, events),
        next=next_line_to_agency(views),
        clocks=clock_lines(views),
        messages=[_masked(one) for one in file.messages if _is_for(viewer, one.audience, one.agency_id)],
        conclusion=conclusion_line(session, written) if written is not None else None,
        history=_day_lines(session, file, viewer, events),
    )


def _own_clocks(file: CaseFile, own: Referral) -> list[tuple[Clock, DeadlineRule]]:
    """The clocks of this body's referral, and the reporter's time to answer a question."""
    return [
        (clock, rule)
        for clock, rule in file.clocks
        if clock.referral_id == own.id or clock.starts == Starts.QUESTION.value
    ]


def _is_for(viewer: Viewer, audience: Audience, agency_id: int | None) -> bool:
    return audience is Audience.EVERYONE or (audience is Audience.AGENCY and agency_id == viewer.agency_id)


def _events_for(session: Session, file: CaseFile, viewer: Viewer) -> list[Event]:
    found = events_of(session, file.case, AGENCY_READS)
    return [event for event in found if _is_for(viewer, event.audience, event.agency_id)]


def _masked(message: Message) -> MessageLine:
    own = message.direction is Direction.FROM_REPORTER
    who = _("Người phản ánh") if own else _("Cơ quan của anh/chị")
    return MessageLine(who, _verb(message.kind), _on(message.at), message.masked_text, own)


def _day_lines(session: Session, file: CaseFile, viewer: Viewer, events: list[Event]) -> list[EventLine]:
    """The history, newest first. A report counts as filed on the day it is received, or when something came of it.

    Of people only colleagues are named.
    """
    days = [local(event.at).date() for event in events if event.kind != REPORT_FILED]
    filed_on = min([file.case.received_on, *days])
    own = [event for event in events if event.agency_id == viewer.agency_id]
    colleagues = select(Staff.id, Staff.name).where(
        Staff.id.in_({event.actor_id for event in own if event.actor_id}), Staff.agency_id == viewer.agency_id
    )
    people = {row.id: row.name for row in session.execute(colleagues)} if own else {}
    lines = []
    for event in reversed(events):
        on = filed_on if event.kind == REPORT_FILED else local(event.at).date()
        who = people.get(event.actor_id or 0, _("cơ quan của anh/chị")) if event in own else ""
        lines.append(
            EventLine(day(on), f"{_(labels.EVENTS[event.kind])} ({who})" if who else _(labels.EVENTS[event.kind]))
        )
    return lines


def last_event_id(session: Session, file: CaseFile, viewer: Viewer) -> int:
    """The newest event that this account may know of."""
    return max((event.id for event in _known_to(session, file, viewer)), default=0)


def history_since(session: Session, file: CaseFile, viewer: Viewer, last: int) -> list[EventLine]:
    """What happened after an event, newest first, as this account may read it."""
    found = [event for event in _known_to(session, file, viewer) if event.id > last]
    if not viewer.reads_narratives:
        return _day_lines(session, file, viewer, found)
    people = _names(session, file, found)
    return [full_line(session, viewer, event, people) for event in reversed(found)]


def _known_to(session: Session, file: CaseFile, viewer: Viewer) -> list[Event]:
    if not viewer.reads_narratives:
        return _events_for(session, file, viewer)
    events = events_of(session, file.case, frozenset(Audience))
    return [event for event in events if event.kind != CASE_READ and not _is_about(viewer, event)]


def _is_about(viewer: Viewer, event: Event) -> bool:
    """Whether an event tells of a wall around this very account: also once it is lifted, it was not told."""
    return event.kind in (ACCOUNT_WALLED, WALL_LIFTED) and event.payload["staff"] == viewer.staff_id


def for_inspector(session: Session, file: CaseFile, viewer: Viewer) -> InspectorCase:
    """A case as the Inspection Committee reads it: the report as filed and everything done about it."""
    case, report = file.case, file.report
    events = events_of(session, case, frozenset(Audience))
    views = clock_views(file, events, catalogue.calendar(session), chosen())
    people = _names(session, file, events)
    holder = people.get(case.assigned_id or 0, "")
    return InspectorCase(
        reference=case.reference,
        category=named(file.category),
        status=status_line(file),
        track=_(labels.TRACK[case.track]),
        severity=case.severity,
        agency=named(report.agency) if report.agency else "",
        holder=holder,
        filed=_("gửi %(at)s; tính từ %(day)s", at=moment(report.filed_at), day=weekday(report.received_on)),
        narrative=parts_of(report.narrative),
        wish=report.wish,
        elsewhere=report.elsewhere,
        disclosure=_(labels.DISCLOSURE[report.disclosure]),
        facts=_facts(session, file),
        merged_into=_merged_into(session, file, viewer),
        joined=[one.reference for one in joined_cases(session, case) if can_see(session, viewer, one)],
        told_later=told_later(session, viewer, report.id),
        conversions=_conversions(file),
        parts=[
            one.reference
            for one in cases_about(session, report.id)
            if one is not case and can_see(session, viewer, one)
        ],
        next=next_line(case.status, views, holder, to_approve=_is_to_approve(file)),
        clocks=clock_lines(views),
        referrals=[
            _referral_line(one, views, events)
            for one in (*file.live_referrals, *file.head_supports, *file.ended_answers)
        ],
        reminders=reminder_lines(session, case, events),
        walled=[named(session.get_one(Agency, one)) for one in sorted(walled_ids(session, case))],
        retaliation=_retaliation_line(session, file, viewer),
        walled_people=[
            session.get_one(Staff, one.staff_id).name
            for one in file.walls
            if one.staff_id not in (None, viewer.staff_id)
        ],
        suggested=named(session.get_one(Agency, case.suggested_id)) if case.suggested_id else "",
        cleared=[
            TextLine(
                one.version,
                moment(one.at),
                people.get(one.cleared_by_id or 0, _("quy tắc của cổng")),
                parts_of(one.text),
            )
            for one in reversed(file.cleared_texts)
        ],
        outside=outside_lines(session, file),
        hearings=hearing_lines(session, file),
        messages=[_full(one, people) for one in file.messages],
        conclusions=[
            conclusion_line(session, one, people.get(one.written_by_id)) for one in reversed(file.conclusions)
        ],
        sent_back=sent_back_line(file, events, people),
        rating=_rating_line(file.rating) if file.rating else None,
        follow_up=_follow_up_line(file.follow_up) if file.follow_up else None,
        asked_beside=[(which, _follow_up_line(one)) for which, one in joined_follow_ups(session, viewer, case)],
        code_request=code_request_line(file, people),
        history=[
            full_line(session, viewer, event, people)
            for event in reversed(events)
            if event.kind != CASE_READ and not _is_about(viewer, event)
        ],
    )


def _conversions(file: CaseFile) -> list[ConversionLine]:
    """What the law would make of an open case, with its ground: an inspector decides."""
    case, may_become = file.case, Track(file.category.track)
    found = conversions(case.track, may_become, file.kind, file.report.disclosure) if case.is_open else ()
    return [ConversionLine(_(one.ground), one.citation, one.move) for one in found]


def _retaliation_line(session: Session, file: CaseFile, viewer: Viewer) -> RetaliationLine | None:
    """What somebody says who is paid back for an earlier report, with the way to that case where it is seen."""
    tie = file.retaliation
    if tie is None:
        return None
    first = session.scalar(
        select(Case)
        .join(CaseReport, CaseReport.case_id == Case.id)
        .where(CaseReport.report_id == tie.first_report_id, CaseReport.is_primary, CaseReport.unlinked_at.is_(None))
        .where(visible_to(viewer))
    )
    return RetaliationLine(first.reference if first is not None else "", tie.wants_protection, tie.fears)


def _is_to_approve(file: CaseFile) -> bool:
    return file.conclusion is None or file.conclusion.needs_approval


def _merged_into(session: Session, file: CaseFile, viewer: Viewer) -> str:
    if file.case.merged_into_id is None:
        return ""
    other = session.get_one(Case, file.case.merged_into_id)
    return other.reference if can_see(session, viewer, other) else ""


def _names(session: Session, file: CaseFile, events: list[Event]) -> dict[int, str]:
    """The names of all colleagues on the page, in one query."""
    ids = {event.actor_id for event in events} | {file.case.assigned_id}
    ids |= {message.staff_id for message in file.messages} | {one.cleared_by_id for one in file.cleared_texts}
    ids |= {one.written_by_id for one in file.conclusions}
    ids |= {(event.payload or {}).get(name) for event in events for name in ("to_staff", "instead_of", "staff")}
    rows = session.execute(select(Staff.id, Staff.name).where(Staff.id.in_([one for one in ids if one])))
    return {row.id: row.name for row in rows}


def _full(message: Message, people: dict[int, str]) -> MessageLine:
    own = message.direction is Direction.FROM_REPORTER
    body = named(message.agency) if message.agency else _("Cổng Phản ánh")
    who = _("Người phản ánh") if own else ", ".join(filter(None, (people.get(message.staff_id or 0), body)))
    return MessageLine(who, _verb(message.kind), short_moment(message.at), message.text, own)


def full_line(session: Session, viewer: Viewer, event: Event, people: dict[int, str]) -> EventLine:
    payload = event.payload or {}
    parts = [_(labels.EVENTS[event.kind])]
    if event.agency_id is not None and event.agency_id != viewer.agency_id:
        parts.append(named(session.get_one(Agency, event.agency_id)))
    for name, table in (("ground", RefusalGround), ("body", ForwardBody)):
        if payload.get(name):
            parts.append(named(session.get_one(table, payload[name])))
    parts += [str(payload[name]) for name in ("into", "from_case", "case") if payload.get(name)]
    if payload.get("predecessor"):
        parts.append(_("từ %(agency)s", agency=_named_then(session, payload["predecessor"], event)))
    if payload.get("outside"):
        parts.append(payload["outside"])
    if "to_staff" in payload:
        parts.append(people.get(payload["to_staff"] or 0, _("chưa giao cho ai")))
    if payload.get("staff") in people and event.kind != CONFLICT_DECLARED:
        parts.append(people[payload["staff"]])
    if event.kind in (REFERRAL_LATE, DEADLINE_EXTENDED):
        parts += _later(session, event)
    if "track" in payload and "track_from" in payload:
        parts.append(_(labels.TRACK[Track(payload["track"])]))
    parts += facts_in(session, event, chosen())
    if payload.get("text") or payload.get("reason"):
        parts.append(f"“{payload.get('text') or payload['reason']}”")
    text = ": ".join((parts[0], "; ".join(parts[1:]))) if parts[1:] else parts[0]
    actor = people.get(event.actor_id or 0, _("theo quy tắc") if payload.get("by_rule") else "")
    if payload.get("instead_of"):
        actor = _("%(name)s, thay cho %(absent)s", name=actor, absent=people.get(payload["instead_of"], ""))
    return EventLine(
        short_moment(event.at), f"{text} ({actor})" if actor else text, local(event.at).isoformat(timespec="seconds")
    )


def _named_then(session: Session, code: str, event: Event) -> str:
    """The body that a code meant on the day before an event, when it passed its work on."""
    row = agency_by_code(session, code, local(event.at).date() - timedelta(days=1))
    return named(row) if row is not None else code


def _later(session: Session, event: Event) -> list[str]:
    """Of a late referral who was told, of an extension until when and on which request."""
    said = event.payload
    if event.kind == REFERRAL_LATE:
        above = agency_by_code(session, said["told"], local(event.at).date()) if "told" in said else None
        return [_("đã báo %(agency)s", agency=named(above)) if above else _("không báo cấp trên")]
    until = _("đến %(day)s", day=day(date.fromisoformat(said["due_on"])))
    return [until, said["request"]] if "request" in said else [until]


def _facts(session: Session, file: CaseFile) -> list[tuple[str, str]]:
    report = file.report
    procedure = session.get(Procedure, report.procedure) if report.procedure else None
    rows = [
        (_("Nơi được phản ánh"), named(report.agency) if report.agency else ""),
        (_("Thủ tục"), named(procedure) if procedure else ""),
        (_("Liên quan đến"), _(labels.ACCUSED_ROLE[report.accused_role])),
        (_("Việc xảy ra"), _period(report.occurred_on, report.occurred_until)),
        (_("Mã hồ sơ"), report.dossier_code or ""),
        (_("Ngày hẹn trả"), _day_or_nothing(report.promised_on)),
        (_("Ủy ban Kiểm tra xem trước"), _("Có") if report.committee_first else ""),
        (_("Người gửi"), _(labels.REPORTER_TYPE[report.reporter_type])),
        (_("Trả lời bằng"), _(labels.ANSWERED_IN[report.language])),
    ]
    return [(key, value) for key, value in rows if value]


def status_line(file: CaseFile) -> StatusLine:
    """A case's status with its tag."""
    return StatusLine(_(labels.STATUS[file.case.status]), labels.STATUS_TAG[file.case.status])


def clock_lines(views: list[ClockView]) -> list[ClockLine]:
    """What runs first, what is over after it; each in order of its start."""
    return sorted(map(clock_line, views), key=lambda line: line.is_over)


def _referral_line(one: Referral, views: list[ClockView], events: list[Event]) -> ReferralLine:
    mine = [view for view in views if view.starts is Starts.REFERRAL and view.agency == named(one.agency)]
    due = f"{left_words(mine[-1].state, mine[-1].days_left)}, {day(one.due_on)}" if mine else ""
    return ReferralLine(
        agency=named(one.agency),
        role=_(labels.HEAD_SUPPORT) if one.for_head else _(labels.REFERRAL_ROLE[one.role]),
        state=_(labels.REFERRAL_STATE[one.state]),
        sent=_on(one.sent_at),
        due=due if one.due_on != NO_DATE else "",
        reason=named(one, "reason"),
        note=one.note,
        answer=one.answer or "",
        answered=_on(one.answered_at) if one.answered_at else "",
        urged=urged(events, one.agency_id),
    )


def _rating_line(one: Rating) -> RatingLine:
    return RatingLine(one.score, [_(labels.RATING_POINT[RatingPoint(word)]) for word in one.points], one.reasons)


def _follow_up_line(one: FollowUp) -> FollowUpLine | None:
    if one.answer is None or one.answered_at is None:
        return None
    return FollowUpLine(_(labels.FOLLOW_UP[one.answer]), moment(one.answered_at), one.text, one.is_waiting)


def _verb(kind: MessageKind) -> str:
    verbs = {MessageKind.QUESTION: _("hỏi"), MessageKind.REPLY: _("trả lời"), MessageKind.FACTS: _("viết thêm")}
    return str(verbs[kind])


def _on(instant: datetime) -> str:
    return day(local(instant).date())


def _day_or_nothing(on: date | None) -> str:
    return day(on) if on is not None else ""


def _period(first: date | None, last: date | None) -> str:
    if first is None or last is None or first == last:
        return _day_or_nothing(first)
    return str(_("từ %(first)s đến %(last)s", first=day(first), last=day(last)))
