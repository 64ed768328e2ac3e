"""A hearing's clock has two points: its body is reminded, and told that it is late. Each is reached once."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import actions, events
from portal.cases.casefile import CaseFile, events_of
from portal.cases.escalation import escalate_batch
from portal.cases.escalation_models import Escalation, Point
from portal.cases.filters import Due, QueueFilter
from portal.cases.hearing import waiting_of
from portal.cases.late_below import late_below
from portal.cases.queue import count_cases
from portal.cases.words import Audience
from tests.areas.cases.test_hearing import checked, heard
from tests.makers.cases import Story
from tests.makers.cast import viewer_for
from tests.makers.days import MONDAY, on

DUE = date(2026, 3, 18)  # seven working days after the Monday
SOON, LATE = date(2026, 3, 16), date(2026, 3, 19)
BOTH = [(Point.DUE_SOON, SOON), (Point.LATE, LATE)]


def work(session: Session, day: date, hour: int = 9) -> None:
    """The worker is there."""
    with on(day, hour):
        escalate_batch(session, {})
        session.flush()


def reached(session: Session, file: CaseFile) -> list[tuple[Point, date]]:
    """Which points the hearing of a case reached, for which days."""
    query = select(Escalation.point, Escalation.reached_on).where(Escalation.case_id == file.case.id)
    hearing = waiting_of(session, file.case)
    clock = hearing.clock_id if hearing is not None else None
    return [(point, day) for point, day in session.execute(query.where(Escalation.clock_id == clock))]


@pytest.mark.both
def test_each_point_on_its_day_in_office_hours(story: Story) -> None:
    session = story.session
    file, _ = heard(story)
    seen: dict[date, list[Point]] = {}
    for number in range(20):
        day = MONDAY + timedelta(days=number)
        before = len(reached(session, file))
        for hour in (7, 9, 16, 18):
            work(session, day, hour)
            if hour == 7:
                assert len(reached(session, file)) == before, "nobody is at work"
        if new := reached(session, file)[before:]:
            seen[day] = [point for point, _ in new]
    assert seen == {SOON: [Point.DUE_SOON], LATE: [Point.LATE]}
    told = [one for one in events_of(session, file.case, frozenset(Audience)) if one.payload.get("starts") == "hearing"]
    assert [(one.kind, one.audience, one.payload["reached_on"]) for one in told] == [
        (events.HEARING_DUE_SOON, Audience.INSPECTION, SOON.isoformat()),
        (events.HEARING_LATE, Audience.INSPECTION, LATE.isoformat()),
    ]
    checked(story, file)


@pytest.mark.both
def test_a_worker_that_was_away_catches_up_in_order_and_once(story: Story) -> None:
    session = story.session
    file, _ = heard(story)
    for day in (date(2026, 4, 1), date(2026, 4, 2)):
        work(session, day)
        assert reached(session, file) == BOTH


def test_a_hearing_that_was_answered_reaches_nothing(story: Story) -> None:
    session = story.session
    file, hearing = heard(story)
    actions.explain(session, hearing, file.case, story.cast.quy, text="Không nhớ.")
    work(session, date(2026, 4, 1))
    assert session.scalars(select(Escalation.point).where(Escalation.clock_id == hearing.clock_id)).all() == []


def test_nobody_above_hears_of_a_late_hearing(story: Story) -> None:
    """Whoever reads how late bodies below are would learn that somebody below them is accused."""
    session = story.session
    heard(story)
    work(session, date(2026, 4, 1))
    with on(date(2026, 4, 1)):
        assert late_below(session, viewer_for(session, story.cast.tam)) == []
    assert set(session.scalars(select(Escalation.told_id))) == {None}


@pytest.mark.parametrize("is_asked", [False, True])
def test_a_late_hearing_is_late_in_the_queue_of_the_inspectors(story: Story, is_asked: bool) -> None:
    """While the reporter has the turn, too: its clock does not stand still."""
    session, viewer = story.session, viewer_for(story.session, story.cast.minh)
    file, _ = heard(story)
    file = story.minh_verifies(file)  # there is nothing left to forward
    if is_asked:
        with on(date(2026, 3, 12)):
            story.minh_asks(file)
    late, lapsed, today = (QueueFilter(due=frozenset({due})) for due in (Due.LATE, Due.LAPSED, Due.TODAY))
    for day, expected in ((DUE, [0, 0, 1]), (LATE, [1, 0, 0])):
        with on(day):
            assert count_cases(session, viewer, late, lapsed, today) == expected
