"""What the clock brings: old drafts go, keys of nobody go, answered cases close."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select

from portal.cases import actions
from portal.cases.escalation import ESCALATE
from portal.cases.models import Case, Event
from portal.cases.recomputing import MOVE_DEADLINES
from portal.cases.routing_changes import DRY_RUN
from portal.cases.words import Status
from portal.foundation.database import transaction
from portal.foundation.time import at, local, now
from portal.identity.models import NoticeContact
from portal.intake import drafts
from portal.intake.drafts import DraftContent
from portal.intake.models import Draft
from portal.jobs.models import Job
from portal.jobs.queue import enqueue_periodic, run_once
from portal.notices.channels import Console
from portal.notices.hearing_notices import TELL_HEARING
from portal.notices.models import Notice
from portal.notices.sending import Sender
from portal.notices.staff_notices import REMIND_STAFF, TELL_ABOVE, TELL_STAFF
from portal.notices.tell_late import TELL_LATE
from portal.reactions import ASK_FOLLOW_UP, ERASE_CONTACT, ERASE_WHEN_QUIET
from portal.schedule import (
    CLOSE_ANSWERED,
    COUNT_PATTERNS,
    DROP_UNKNOWN_KEYS,
    FORGET_TEXTS,
    HANDLERS,
    PERIODIC,
    PURGE_DRAFTS,
    RELEASE_STATISTICS,
    REORGANISE,
)
from tests.makers.cases import Story
from tests.makers.cast import hire_everybody, viewer_for
from tests.makers.committed import KEY, Committed
from tests.makers.days import on
from tests.makers.filings import CONTACT, a_conduct_report, a_delay


def run(place: Committed, kind: str, **payload: Any) -> None:
    """Does one kind of job."""
    sender = Sender(place.key_store, place.secrets, Console(), Console())
    with place.session() as session:
        HANDLERS[kind](session, sender, payload)


def test_every_periodic_job_has_somebody_who_does_it() -> None:
    kinds = {PURGE_DRAFTS, DROP_UNKNOWN_KEYS, CLOSE_ANSWERED, RELEASE_STATISTICS, REMIND_STAFF, TELL_LATE, ESCALATE}
    kinds |= {REORGANISE, FORGET_TEXTS, COUNT_PATTERNS}
    assert {periodic.kind for periodic in PERIODIC} == kinds
    assert HANDLERS.keys() == kinds | {
        TELL_STAFF,
        TELL_ABOVE,
        TELL_HEARING,
        ERASE_CONTACT,
        ERASE_WHEN_QUIET,
        ASK_FOLLOW_UP,
        MOVE_DEADLINES,
        DRY_RUN,
    }


@pytest.mark.both
def test_a_whole_round_does_them_all(committed: Committed) -> None:
    committed.file(a_delay(contact=CONTACT))
    sender = Sender(committed.key_store, committed.secrets, Console(), Console())
    with committed.session() as session:
        with transaction(session):
            for periodic in PERIODIC:
                enqueue_periodic(session, periodic)
        while run_once(session, HANDLERS, sender):
            pass
        rows = session.scalars(select(Job)).all()
    assert len(rows) == len(PERIODIC) + 1  # and the offices are told
    assert [job.trouble for job in rows if job.done_at is None] == []


@pytest.mark.both
def test_old_drafts_go(committed: Committed) -> None:
    key = drafts.new_key()
    with committed.session() as session, transaction(session):
        drafts.save(session, "old", key, DraftContent())
        with at(now() + timedelta(hours=1)):
            drafts.save(session, "young", key, DraftContent())
    with at(now() + timedelta(hours=24)):
        run(committed, PURGE_DRAFTS)
        with committed.session() as session:
            assert len(session.scalars(select(Draft)).all()) == 1
            assert drafts.load(session, "young", key) is not None


@pytest.mark.both
def test_keys_of_reports_that_were_never_stored_go(committed: Committed) -> None:
    """When they are old enough that no filing is under way, and no older: a restored main must not cost a key."""
    today = now()
    for days in range(5):
        with at(today - timedelta(days=days)):
            committed.key_store.put(bytes([days]) * 16, {"body:x": b"sealed"})
    with at(today - timedelta(days=2)):
        committed.file(a_delay(contact=CONTACT))
    run(committed, DROP_UNKNOWN_KEYS)
    kept = committed.key_store.stored_between(date(2020, 1, 1), date(2030, 1, 1))
    orphans = {uid[0] for uid in kept if len(set(uid)) == 1}
    assert orphans == {0, 1, 3, 4}
    assert len(kept) == 5


@pytest.mark.both
def test_answered_cases_close_when_nobody_can_ask_any_more(committed: Committed) -> None:
    committed.file(a_delay())
    committed.file(a_delay(), KEY + "2")
    with committed.session() as session, transaction(session):
        story = Story(session, hire_everybody(session))
        rows = session.scalars(select(Case).order_by(Case.id)).all()
        story.quy_answers(story.file_of(rows[0]))
        with on(date(2026, 3, 12)):
            story.quy_answers(story.file_of(rows[1]))
    for day, expected in (
        (date(2026, 3, 30), [Status.ANSWERED, Status.ANSWERED]),
        (date(2026, 3, 31), [Status.CLOSED, Status.ANSWERED]),
        (date(2026, 4, 3), [Status.CLOSED, Status.CLOSED]),
    ):
        with on(day):
            run(committed, CLOSE_ANSWERED)
            run(committed, CLOSE_ANSWERED)  # a worker may die before it says that it is done
        with committed.session() as session:
            assert session.scalars(select(Case.status).order_by(Case.id)).all() == expected
    with committed.session() as session:
        closed = session.scalars(select(Event).where(Event.kind == "case_closed")).all()
        assert len(closed) == 2
        erasing = session.scalars(select(Job).where(Job.kind == ERASE_WHEN_QUIET)).all()
        assert len(erasing) == 2


@pytest.mark.both
@pytest.mark.parametrize("end", ["refuse", "forward"])
def test_the_contact_of_a_case_that_went_no_further_goes_after_the_last_day_to_appeal(
    committed: Committed, end: str
) -> None:
    """Filed and ended on Monday 9 March: fifteen working days are over on the 30th."""
    committed.file(a_conduct_report(contact=CONTACT))
    with committed.session() as session, transaction(session):
        story = Story(session, hire_everybody(session))
        file = story.file_of(session.scalars(select(Case)).one())
        given = {"ground": "before_court"} if end == "refuse" else {"body": "court"}
        minh = story.cast.minh
        getattr(actions, end)(session, file, minh, viewer_for(session, minh), text="Việc này tòa án đang xét.", **given)
    with committed.session() as session, transaction(session):
        session.execute(delete(Notice))  # what was to be told has been told
        due = session.scalars(select(Job.run_at).where(Job.kind == ERASE_WHEN_QUIET)).one()
    if end == "refuse":  # a job of an earlier refusal changes nothing on the last day
        with on(date(2026, 3, 30)):
            run(committed, ERASE_WHEN_QUIET, case_id=file.case.id)
            assert contacts_in(committed) == 1
    assert local(due).date() == date(2026, 3, 31)
    with on(local(due).date(), 9):
        run(committed, ERASE_WHEN_QUIET, case_id=file.case.id)
    assert contacts_in(committed) == 0


def contacts_in(place: Committed) -> int:
    """How many contacts are kept."""
    with place.session() as session:
        return len(session.scalars(select(NoticeContact)).all())
