"""What follows from each event: the whole story on one page. Reactions write rows; sending is a job."""

from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from portal.cases import events
from portal.cases.actions import hand_up
from portal.cases.casefile import load_file
from portal.cases.events import Happening
from portal.cases.follow_ups import asked_on, last_day
from portal.cases.hearing import waiting_of
from portal.cases.models import Case, Event, Report
from portal.cases.own_work import erase_own_work
from portal.cases.queries import joined_cases, joined_reports
from portal.cases.story import FOR_REPORTER
from portal.catalogue import queries as catalogue
from portal.catalogue.functions import function_agency
from portal.catalogue.words import Function
from portal.foundation.time import ZONE, now, today
from portal.identity.models import NoticeContact
from portal.jobs.queue import enqueue
from portal.notices.hearing_notices import TELL_HEARING
from portal.notices.outbox import GIVES_UP_AFTER, write_to_reporter
from portal.notices.staff_notices import TELL_ABOVE, TELL_STAFF
from portal.notices.wording import (
    ANSWER,
    ESCALATED,
    FILED,
    HEARING_DUE_SOON,
    HEARING_LATE,
    NEWS,
    QUESTION,
    REFERRAL_NEW,
    URGENT,
)
from portal.search.indexing import index_case, index_opened

ERASE_CONTACT = "notices.erase_contact"
ASK_FOLLOW_UP, ERASE_WHEN_QUIET = "cases.ask_follow_up", "notices.erase_when_quiet"

# Event → what the reporter is told (if a contact was left).
REPORTER_HEARS = {
    events.REPORT_FILED: FILED,
    events.QUESTION_ASKED: QUESTION,
    events.CASE_REFUSED: NEWS,
    events.CASE_FORWARDED: NEWS,
    events.CASE_ANSWERED: ANSWER,
    events.CASE_REOPENED: NEWS,
    events.CASE_MERGED: NEWS,
    events.CASE_SPLIT_OFF: NEWS,
    events.REPORT_SPLIT: NEWS,
    events.FOLLOW_UP_ASKED: NEWS,
    events.DEADLINE_EXTENDED: NEWS,
    events.TRACK_CHANGED: NEWS,
    events.FORM_LODGED: NEWS,
    events.FORM_ACCEPTED: NEWS,
    events.FORM_SETTLED: NEWS,
    events.ANSWER_LEFT_STANDING: NEWS,
    events.HEARING_TOLD: NEWS,
    events.NEW_CODE_GIVEN: NEWS,  # so that whoever still has the old code learns that it was taken from them
}
# Event → what the accounts of the body that it names are told (if they left an address).
STAFF_HEAR = {
    events.CASE_REFERRED: REFERRAL_NEW,
    events.HEARING_ASKED: REFERRAL_NEW,
    events.HEAD_LET_SUPPORT: REFERRAL_NEW,
    events.OVERDUE_LISTED: ESCALATED,
    events.HANDED_UP: REFERRAL_NEW,
    events.RETALIATION_TOLD: URGENT,
}
# Event → what the body that is to hear somebody is told.
HEARING_POINTS = {
    events.HEARING_DUE_SOON: HEARING_DUE_SOON,
    events.HEARING_LATE: HEARING_LATE,
}
# Events that the committees hear of; a wall keeps from it whom it is about.
FOR_COMMITTEES = {
    events.OVERDUE_LISTED: (Function.INSPECTION_COMMITTEE,),  # the list is its own
    events.RETALIATION_TOLD: (Function.INSPECTION_COMMITTEE, Function.ORGANISATION_COMMITTEE),
}
# Events after which other words can be found, or by others (who holds a restricted case finds it).
CHANGES_SEARCH = frozenset(
    {
        events.REPORT_FILED,
        events.PART_OPENED,
        events.TEXT_CLEARED,
        events.CASE_REFERRED,
        events.CASE_ASSIGNED,
        events.HANDED_UP,
        events.QUESTION_ANSWERED,
        events.FACTS_ADDED,
        events.CASE_REOPENED,  # a request for a review is a message too
        events.QUESTION_ASKED,
        events.REFERRAL_ANSWERED,
        events.HEAD_SUPPORT_ANSWERED,
        events.CASE_CONCLUDED,
        events.CASE_ANSWERED,
        events.NOTE_WRITTEN,
    }
)
# Events after which nobody needs the "tell me by" contact any more: at once, or if nothing is expected any more.
ENDS_CONTACT = frozenset({events.CASE_WITHDRAWN})
# Refused, or sent elsewhere: for as long as an appeal could bring the case back, there may be news.
MAY_COME_BACK = frozenset({events.CASE_REFUSED, events.CASE_FORWARDED})
APPEAL = "refusal.appeal"
MAY_END_CONTACT = frozenset({events.CASE_CLOSED, events.FOLLOW_UP_ANSWERED, events.ANSWER_LEFT_STANDING})
# Events after which perhaps nobody without conflict is left to take a case.
NARROWS = frozenset({events.CONFLICT_DECLARED, events.ACCOUNT_WALLED, events.RETALIATION_TOLD})
# Events after which a key of a contact opens nothing any more.
ENDS_KEY = frozenset({events.CONTACT_REPLACED, events.CONTACT_WITHDRAWN})
# Events that concern the reporters of merged reports as well.
CONCERNS_JOINED = frozenset({events.CASE_ANSWERED, events.CASE_CLOSED, events.DEADLINE_EXTENDED, events.CASE_REOPENED})
# Events after which a reporter has an answer, and will be asked whether it was really put right.
ANSWERS = frozenset({events.CASE_ANSWERED, events.CASE_CLOSED, events.CASE_MERGED})
MORNING = time(8)  # when the portal asks by itself


def react(session: Session, happening: Happening) -> None:
    """Called for every event before its transaction commits."""
    event = happening.event
    if happening.opened is not None:
        index_opened(session, happening.opened)
    elif event.kind in CHANGES_SEARCH:
        index_case(session, event.case_id)
    for report_id in _reports_meant(session, event):
        if event.kind in REPORTER_HEARS and event.audience in FOR_REPORTER:
            _tell_reporter(session, happening, report_id)
        if event.kind in ENDS_CONTACT:
            _erase_contact(session, report_id)
    _tell_staff(session, happening)
    if event.kind in NARROWS:
        hand_up(session, load_file(session, session.get_one(Case, event.case_id)))
    if event.kind in ENDS_KEY:
        enqueue(session, ERASE_CONTACT, {"report_id": event.report_id, "recipient": event.payload["ended_key"]})
    if event.kind == events.CASE_CLOSED:
        erase_own_work(session, event.case_id)
    _follow_up(session, event)


def _reports_meant(session: Session, event: Event) -> list[int | None]:
    """Whose reporters an event concerns: what changes the answer, or its day, also those merged into the case."""
    own = event.report_id
    if event.kind not in CONCERNS_JOINED:
        return [own]
    return [own, *(one for one in joined_reports(session, event.case_id) if one != own)]


def _tell_reporter(session: Session, happening: Happening, report_id: int | None) -> None:
    event = happening.event
    report = happening.opened.report if happening.opened is not None else session.get_one(Report, report_id)
    kind = REPORTER_HEARS[event.kind]
    write_to_reporter(session, report.id, report.language, kind, f"{event.uid.hex()}/{report.id}")


def _tell_staff(session: Session, happening: Happening) -> None:
    """Whom, and when, is worked out by the worker: filing does not wait for it."""
    event, opened = happening.event, happening.opened
    kind, agencies = STAFF_HEAR.get(event.kind), [event.agency_id]
    if opened is not None and opened.case.is_direct:  # filing's own rule has referred it
        kind, agencies = REFERRAL_NEW, [one.agency_id for one in opened.referrals if one.is_open]
    if event.kind in FOR_COMMITTEES:
        committees = [function_agency(session, one, today()) for one in FOR_COMMITTEES[event.kind]]
        agencies = [one.id for one in committees if one is not None]
    if event.kind == events.REFERRAL_LATE and event.payload.get("told"):
        above = catalogue.agency_by_code(session, event.payload["told"], today())
        if above is not None:
            enqueue(session, TELL_ABOVE, {"agency": above.id})
    if event.kind in HEARING_POINTS:
        hearing = waiting_of(session, session.get_one(Case, event.case_id))
        if hearing is not None:
            enqueue(session, TELL_HEARING, {"hearing": hearing.id, "kind": HEARING_POINTS[event.kind]})
    if kind is not None:
        payload = {"case_id": event.case_id, "agencies": agencies, "kind": kind}
        if event.kind == events.HEARING_ASKED:
            payload["hears"] = True  # they read the statement, not the case
        if event.kind == events.HEAD_LET_SUPPORT:
            payload["to_head"] = True  # they read one referral, not the case
        enqueue(session, TELL_STAFF, payload)


def _erase_contact(session: Session, report_id: int | None) -> None:
    """Names the key, so that what is given after this stays."""
    kept = session.get(NoticeContact, report_id)
    if kept is not None:
        enqueue(session, ERASE_CONTACT, {"report_id": report_id, "recipient": kept.recipient})


def _follow_up(session: Session, event: Event) -> None:
    """The question weeks after the answer; and when it is over, the end of the contact."""
    payload = {"case_id": event.case_id}
    if event.kind in ANSWERS:
        _ask_later(session, event)
    if event.kind == events.FOLLOW_UP_ASKED:
        over = date.fromisoformat(event.payload["due_on"]) + timedelta(days=1)
        enqueue(session, ERASE_WHEN_QUIET, payload, run_at=datetime.combine(over, MORNING, ZONE))
    if event.kind in MAY_COME_BACK:
        last = last_day(session, APPEAL, event.at)
        over = now() + GIVES_UP_AFTER if last is None else datetime.combine(last + timedelta(days=1), MORNING, ZONE)
        enqueue(session, ERASE_WHEN_QUIET, payload, run_at=over)
    if event.kind in MAY_END_CONTACT:
        # What is told of the event itself goes out first.
        pause = timedelta(days=1) if event.kind in REPORTER_HEARS else timedelta(0)
        for case_id in _cases_meant(session, event):
            enqueue(session, ERASE_WHEN_QUIET, {"case_id": case_id}, run_at=now() + pause)


def _ask_later(session: Session, event: Event) -> None:
    """The question to the reporter of the case, and to each whose report was merged into it."""
    for case_id in _cases_meant(session, event):
        day = asked_on(session, load_file(session, session.get_one(Case, case_id)))
        # Closed again after the day, with no new answer: nobody else would ask.
        if day is not None and (event.kind != events.CASE_CLOSED or day <= today()):
            enqueue(session, ASK_FOLLOW_UP, {"case_id": case_id}, run_at=datetime.combine(day, MORNING, ZONE))


def _cases_meant(session: Session, event: Event) -> list[int]:
    """Like `_reports_meant`, as the cases that these reports' codes open."""
    case = session.get_one(Case, event.case_id)
    joined = joined_cases(session, case) if event.kind in CONCERNS_JOINED else []
    return [case.id, *(one.id for one in joined)]
