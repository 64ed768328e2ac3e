"""A day that is decreed off late moves what still runs, tells it in one event a case, and nothing twice."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import recomputing
from portal.cases.casefile import CaseFile, events_of
from portal.cases.events import DEADLINES_MOVED
from portal.cases.models import Event
from portal.cases.recomputing import MOVE_DEADLINES, calendar_changed, move_batch
from portal.cases.words import Audience
from portal.catalogue.changing import state_mark
from portal.catalogue.changing_rows import add_day, remove_day
from portal.catalogue.models import CalendarDay
from portal.catalogue.words import Sure
from portal.jobs.models import Job
from tests.areas.cases.replaying import replayed_clocks, stored_clocks
from tests.makers.cases import Story, again
from tests.makers.days import on

pytestmark = pytest.mark.both

TUESDAY = date(2026, 3, 10)
OFF = {"is_working": False, "name_vi": "Nghỉ vì bão", "name_en": "Storm", "sure": Sure.CERTAIN, "source": "QĐ 1/UBND"}


def work_through(session: Session) -> None:
    """Does the queued batches as the worker would, the second time through too."""
    done: set[int] = set()
    while (job := session.scalar(select(Job).where(Job.kind == MOVE_DEADLINES, Job.id.not_in(done)))) is not None:
        done.add(job.id)
        move_batch(session, job.payload)
        session.flush()


def day_off(session: Session, day: date = TUESDAY, **values: Any) -> None:
    add_day(session, day, {**OFF, **values}, by_login="tam")
    calendar_changed(session, day)
    work_through(session)


def moved(session: Session, file: CaseFile) -> list[Event]:
    return [one for one in events_of(session, file.case, frozenset(Audience)) if one.kind == DEADLINES_MOVED]


def explained(session: Session, file: CaseFile) -> CaseFile:
    """The case, whose clocks its events alone explain."""
    file = again(session, file)
    assert replayed_clocks(events_of(session, file.case, frozenset(Audience))) == stored_clocks(file)
    return file


def dues(file: CaseFile) -> dict[str, date]:
    return {clock.starts: clock.due_on for clock, _ in file.clocks}


def test_a_day_off_moves_what_runs(session: Session, story: Story) -> None:
    file = story.conduct_report()
    before = dues(file)
    day_off(session)
    file = explained(session, file)
    assert before == {"triage": date(2026, 3, 11), "forward": date(2026, 3, 16)}
    assert dues(file) == {"triage": date(2026, 3, 12), "forward": date(2026, 3, 17)}
    assert file.case.next_due_on == date(2026, 3, 12)
    told = moved(session, file)
    assert len(told) == 1, "one event a case, however often the job goes through"
    assert told[0].payload["calendar_day"] == "2026-03-10"
    assert told[0].actor_id is None


def test_taking_the_day_out_again_puts_all_back(session: Session, story: Story) -> None:
    file = story.accepted_delay()
    before = dues(file)
    day_off(session)
    assert dues(explained(session, file)) != before
    day = session.get_one(CalendarDay, TUESDAY)
    remove_day(session, day, seen=state_mark(day), by_login="tam")
    calendar_changed(session, TUESDAY)
    work_through(session)
    file = explained(session, file)
    assert dues(file) == before
    assert len(moved(session, file)) == 2


def test_what_was_met_stays(session: Session, story: Story) -> None:
    file = story.minh_accepts(story.conduct_report())
    met = {clock.id: clock.due_on for clock, _ in file.clocks if clock.met_at is not None}
    assert met
    day_off(session)
    file = explained(session, file)
    assert {clock.id: clock.due_on for clock, _ in file.clocks if clock.met_at is not None} == met


def test_a_referral_is_due_with_its_clock(session: Session, story: Story) -> None:
    file = story.accepted_delay()
    before = {one.id: one.due_on for one in file.live_referrals}
    day_off(session)
    file = explained(session, file)
    own = {clock.referral_id: clock.due_on for clock, _ in file.clocks if clock.referral_id is not None}
    assert own
    for referral in file.live_referrals:
        if referral.id in own:
            assert referral.due_on == own[referral.id] > before[referral.id]


def test_a_pause_is_counted_by_the_new_calendar(session: Session, story: Story) -> None:
    file = story.minh_asks(story.conduct_report())
    with on(date(2026, 3, 13)):  # Friday: four working days later, three without the Tuesday
        file = story.lan_replies(file)
        day_off(session)
        file = explained(session, file)
    # The Tuesday lies in the pause: one day less stood still, so nothing is due otherwise.
    assert dues(file)["triage"] == date(2026, 3, 17)
    assert moved(session, file) == []


def test_a_paused_clock_moves_and_runs_on(session: Session, story: Story) -> None:
    file = story.minh_asks(story.conduct_report())
    day_off(session)
    file = explained(session, file)
    assert dues(file)["triage"] == date(2026, 3, 12)
    with on(date(2026, 3, 13)):
        file = explained(session, story.lan_replies(file))
    assert dues(file)["triage"] == date(2026, 3, 17), "as if the calendar had always been so"


def test_a_day_that_concerns_nobody_says_nothing(session: Session, story: Story) -> None:
    file = story.conduct_report()
    day_off(session, date(2026, 6, 10))
    day_off(session, date(2026, 3, 14), is_working=False)  # a Saturday off is a Saturday
    assert moved(session, explained(session, file)) == []


def test_new_years_day_concerns_all(session: Session, story: Story) -> None:
    """Without it the year is not listed any more, and its days are computed."""
    with on(date(2026, 4, 24)):
        file = story.conduct_report()
    new_year = session.get_one(CalendarDay, date(2026, 1, 1))
    for day in session.scalars(select(CalendarDay).where(CalendarDay.on > date(2026, 1, 1))).all():
        session.delete(day)
    session.flush()
    calendar_changed(session, None)
    work_through(session)
    plain = dues(explained(session, file))
    remove_day(session, new_year, seen=state_mark(new_year), by_login=None)
    calendar_changed(session, date(2026, 1, 1))
    work_through(session)
    assert dues(explained(session, file)) != plain


def test_batches_follow_each_other(session: Session, story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recomputing, "BATCH", 2)
    files = [story.conduct_report() for _ in range(5)]
    day_off(session)
    assert [len(moved(session, file)) for file in files] == [1] * 5
    jobs = session.scalars(select(Job.payload).where(Job.kind == MOVE_DEADLINES)).all()
    assert len({one["change"] for one in jobs}) == 2
    assert len(jobs) == 6, "three batches, and once more"
