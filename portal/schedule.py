"""What the clock brings: job kinds, who does them, and how often the periodic ones come back."""

from collections import deque
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import reactions
from portal.cases import (
    actions,
    escalation,
    pattern_counts,
    recomputing,
    reorganising,
    routing_changes,
    routing_dry_run,
    same_texts,
)
from portal.cases.access import reopen_window_open
from portal.cases.casefile import CaseFile, load_file
from portal.cases.follow_ups import has_closed, is_expected
from portal.cases.models import Case, Report
from portal.cases.status import Starts
from portal.cases.words import Status
from portal.foundation.database import transaction
from portal.foundation.health import answers
from portal.foundation.time import now, today
from portal.identity.models import NoticeContact
from portal.intake import drafts
from portal.jobs.queue import Handler, Periodic, enqueue
from portal.notices.hearing_notices import TELL_HEARING, tell_hearing
from portal.notices.outbox import is_waiting
from portal.notices.sending import Sender, erase_contact
from portal.notices.staff_notices import (
    REMIND_STAFF,
    TELL_ABOVE,
    TELL_STAFF,
    remind_staff,
    tell_above,
    tell_staff,
)
from portal.notices.tell_late import TELL_LATE, tell_late
from portal.statistics.cells import topic_of
from portal.statistics.release import make_releases, opened
from portal.statistics.uptime import note_check

PURGE_DRAFTS, DROP_UNKNOWN_KEYS, CLOSE_ANSWERED = "drafts.purge", "keys.drop_unknown", "cases.close_answered"
RELEASE_STATISTICS, CHECK_UPTIME = "statistics.release", "uptime.check"
ENDED = frozenset({Status.CLOSED, Status.REFUSED, Status.FORWARDED})
REORGANISE, FORGET_TEXTS, COUNT_PATTERNS = "cases.reorganise", "cases.forget_texts", "cases.count_patterns"
BATCH = 200
LOOKS_AGAIN = timedelta(hours=1)


def purge_drafts(session: Session, sender: Sender, payload: Mapping[str, Any]) -> None:
    """Deletes drafts older than 24 hours."""
    with transaction(session):
        drafts.purge(session)


def forget_texts(session: Session, sender: Sender, payload: Mapping[str, Any]) -> None:
    """Deletes the marks of texts that were sent more than a day ago."""
    with transaction(session):
        same_texts.forget_texts(session)


def drop_unknown_keys(session: Session, sender: Sender, payload: Mapping[str, Any]) -> None:
    """Drops data keys of reports that were never stored, when they were stored the day before yesterday.

    No older ones: a main database restored from a backup must not cost a key. The store knows days, not hours.
    """
    session.rollback()
    day = today() - timedelta(days=2)
    stored = sender.key_store.stored_between(day, day)
    unknown = []
    for start in range(0, len(stored), BATCH):
        part = stored[start : start + BATCH]
        known = set(session.scalars(select(Report.uid).where(Report.uid.in_(part))))
        unknown += [uid for uid in part if uid not in known]
    session.rollback()
    sender.key_store.drop(unknown)


def close_answered(session: Session, sender: Sender, payload: Mapping[str, Any]) -> None:
    """Closes answered cases whose reporters can no longer ask for a review, one transaction each."""
    session.rollback()
    due = select(Case.id).where(Case.is_open, Case.status == Status.ANSWERED, Case.next_due_on < today())
    for case_id in session.scalars(due.order_by(Case.next_due_on, Case.id).limit(BATCH)).all():
        with transaction(session):
            actions.close_by_rule(session, load_file(session, session.get_one(Case, case_id, with_for_update=True)))


def release_statistics(session: Session, sender: Sender, payload: Mapping[str, Any]) -> None:
    """Makes the tables that are due, also those of months in which no worker was there."""
    session.rollback()
    if opened(session) is not None:
        deque(make_releases(session, today()), maxlen=0)


def check_uptime(address: str, session: Session, sender: Sender, payload: Mapping[str, Any]) -> None:
    """Asks the web process whether it is there, and counts it into the day. Without an address nothing is counted."""
    session.rollback()  # nothing is held open while another process answers
    if address:
        answered = answers(address)
        with transaction(session):
            note_check(session, today(), answered=answered)


def ask_follow_up(session: Session, sender: Sender, payload: Mapping[str, Any]) -> None:
    """Asks a reporter whether it was really put right; if nobody is to be asked any more, the contact may go."""
    with transaction(session):
        case = session.get_one(Case, payload["case_id"], with_for_update=True)
        asked = actions.ask_follow_up(session, load_file(session, case))
    if not asked:
        erase_when_quiet(session, sender, payload)


def erase_when_quiet(session: Session, sender: Sender, payload: Mapping[str, Any]) -> None:
    """Erases the contact of a case that has ended, unless its reporter will hear something yet."""
    session.rollback()
    case = session.get_one(Case, payload["case_id"])
    file = load_file(session, case)
    kept = session.get(NoticeContact, file.report.id)
    if kept is not None and is_waiting(session, kept.report_id):
        with transaction(session):  # a relay that is down must not cost the last news
            enqueue(session, reactions.ERASE_WHEN_QUIET, payload, run_at=now() + LOOKS_AGAIN)
    elif kept is not None and (case.status in ENDED or has_closed(session, file)) and not _may_be_told(session, file):
        erase_contact(session, sender, {"report_id": kept.report_id, "recipient": kept.recipient})


def _may_be_told(session: Session, file: CaseFile) -> bool:
    """Whether an answer to the follow-up, or an appeal, could still bring news."""
    return is_expected(session, file, today()) or reopen_window_open(file, today(), Starts.APPEAL_WINDOW)


def move_deadlines(session: Session, sender: Sender, payload: Mapping[str, Any]) -> None:
    """One batch of the cases whose clocks a change of the calendar may move; the next batch is a job of its own."""
    with transaction(session):
        recomputing.move_batch(session, payload)


def escalate(session: Session, sender: Sender, payload: Mapping[str, Any]) -> None:
    """One batch of the cases whose bodies are nearly or already late; the next batch is a job of its own."""
    with transaction(session):
        escalation.escalate_batch(session, payload)


def reorganise(session: Session, sender: Sender, payload: Mapping[str, Any]) -> None:
    """Carries out what is ordered for today or earlier, one transaction a case; what is left is a job of its own."""
    session.rollback()
    finished = [reorganising.carry_out(session, number) for number in reorganising.due(session)]
    if not all(finished):
        with transaction(session):
            enqueue(session, REORGANISE, {})


def try_routing(session: Session, sender: Sender, payload: Mapping[str, Any]) -> None:
    """One batch of the reports that a proposed routing rule is tried on; the next batch is a job of its own."""
    with transaction(session):
        routing_dry_run.count_batch(session, payload)


def count_patterns(session: Session, sender: Sender, payload: Mapping[str, Any]) -> None:
    """Counts what stands out, once a day for each account that reads it."""
    pattern_counts.count_patterns(session, topic_of, today())


def handlers(health_address: str) -> dict[str, Handler]:
    """Who does what, where the web process answers at this address ("": nobody knows where)."""
    return {**HANDLERS, CHECK_UPTIME: partial(check_uptime, health_address)}


HANDLERS: dict[str, Handler] = {
    reactions.ERASE_CONTACT: erase_contact,
    reactions.ERASE_WHEN_QUIET: erase_when_quiet,
    reactions.ASK_FOLLOW_UP: ask_follow_up,
    recomputing.MOVE_DEADLINES: move_deadlines,
    escalation.ESCALATE: escalate,
    REORGANISE: reorganise,
    PURGE_DRAFTS: purge_drafts,
    FORGET_TEXTS: forget_texts,
    COUNT_PATTERNS: count_patterns,
    DROP_UNKNOWN_KEYS: drop_unknown_keys,
    CLOSE_ANSWERED: close_answered,
    RELEASE_STATISTICS: release_statistics,
    TELL_STAFF: tell_staff,
    TELL_ABOVE: tell_above,
    TELL_HEARING: tell_hearing,
    REMIND_STAFF: remind_staff,
    TELL_LATE: tell_late,
    routing_changes.DRY_RUN: try_routing,
}

PERIODIC: tuple[Periodic, ...] = (
    Periodic(PURGE_DRAFTS, timedelta(hours=1)),
    Periodic(FORGET_TEXTS, timedelta(hours=1)),
    Periodic(DROP_UNKNOWN_KEYS, timedelta(hours=6)),
    Periodic(escalation.ESCALATE, timedelta(hours=1)),
    Periodic(CLOSE_ANSWERED, timedelta(hours=1)),
    Periodic(RELEASE_STATISTICS, timedelta(hours=6)),
    Periodic(REMIND_STAFF, timedelta(hours=1)),
    Periodic(TELL_LATE, timedelta(hours=1)),
    Periodic(REORGANISE, timedelta(hours=1)),
    Periodic(COUNT_PATTERNS, timedelta(hours=1)),  # whoever has none of today: hires too, and after a standstill
)
UPTIME = Periodic(CHECK_UPTIME, timedelta(minutes=5))  # where there is an address to ask
