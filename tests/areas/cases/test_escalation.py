"""Late referrals escalate by themselves: each point once in a round and in order, whenever the worker is there."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import actions, escalation
from portal.cases.casefile import CaseFile, events_of
from portal.cases.escalation import KINDS, RULES, escalate_batch, points_reached
from portal.cases.escalation_models import Escalation, Point
from portal.cases.filters import QueueFilter
from portal.cases.late_below import late_below
from portal.cases.models import Clock, Referral, Wall
from portal.cases.queue import count_cases
from portal.cases.recomputing import move_batch
from portal.cases.words import Audience, ReferralState
from portal.catalogue import queries as catalogue
from portal.catalogue.changing_rows import add_day
from portal.catalogue.models import CalendarDay, DeadlineRule
from portal.catalogue.words import AccusedRole, ReferralRole
from portal.foundation.errors import PortalError
from portal.jobs.models import Job
from tests.areas.cases.replaying import replayed_clocks, stored_clocks
from tests.areas.cases.wandering import STORM
from tests.makers.cases import Story, again
from tests.makers.cast import CITY, PROVINCE, viewer_for
from tests.makers.days import MONDAY, on

TEXT = "Cần thêm thời gian."
LISTED = QueueFilter(is_listed=True)


def work(session: Session, day: date, hour: int = 9) -> None:
    """The worker is there."""
    with on(day, hour):
        escalate_batch(session, {})
        session.flush()


def done(session: Session, file: CaseFile) -> list[tuple[Point, int, date]]:
    """What was done about the lead of a case, in order."""
    query = select(Escalation).join(Clock, Clock.id == Escalation.clock_id)
    query = query.join(Referral, Referral.id == Clock.referral_id).where(Referral.role == ReferralRole.LEAD)
    rows = session.scalars(query.where(Escalation.case_id == file.case.id).order_by(Escalation.id))
    return [(one.point, one.round, one.reached_on) for one in rows]


def told(session: Session, file: CaseFile) -> list[tuple[str, int, str]]:
    """The same by the events alone."""
    found = [one for one in events_of(session, file.case, frozenset(Audience)) if one.kind in KINDS.values()]
    points = {kind: point.value for point, kind in KINDS.items()}
    return [
        (points[one.kind], one.payload["round"], one.payload["reached_on"])
        for one in found
        if one.agency_id == file.case.lead_id
    ]


def case_of_the_city(story: Story) -> CaseFile:
    """A delay that the city leads: due on Monday the 16th."""
    return story.accepted_delay()


@pytest.mark.both
def test_each_point_on_its_day(session: Session, story: Story) -> None:
    file = case_of_the_city(story)
    seen: dict[date, list[str]] = {}
    for number in range(20):
        day = MONDAY + timedelta(days=number)
        before = len(done(session, file))
        for hour in (7, 9, 16, 18):
            work(session, day, hour)
        seen |= {day: [one.value for one, _, _ in done(session, file)[before:]]} if done(session, file)[before:] else {}
    assert seen == {
        date(2026, 3, 12): ["due_soon"],
        date(2026, 3, 17): ["superior"],
        date(2026, 3, 23): ["listed"],
    }
    assert told(session, file) == [(point.value, number, day.isoformat()) for point, number, day in done(session, file)]
    assert again(session, file).live_referrals[0].state is ReferralState.LATE


@pytest.mark.both
def test_caught_up_in_order_in_office_hours(session: Session, story: Story) -> None:
    file = case_of_the_city(story)
    for day, hour in (
        (date(2026, 3, 28), 10),
        (date(2026, 3, 29), 10),
        (date(2026, 3, 30), 7),
        (date(2026, 3, 30), 17),
    ):
        work(session, day, hour)
    assert done(session, file) == [], "nobody is at work"
    work(session, date(2026, 3, 31))
    assert done(session, file) == [
        (Point.DUE_SOON, 0, date(2026, 3, 12)),
        (Point.SUPERIOR, 0, date(2026, 3, 17)),
        (Point.LISTED, 0, date(2026, 3, 23)),
    ]
    work(session, date(2026, 4, 1))
    assert len(done(session, file)) == 3


def test_what_stands_still_or_has_ended_reaches_nothing(session: Session, story: Story) -> None:
    asked, answered = story.minh_asks(case_of_the_city(story)), story.quy_answers(case_of_the_city(story))
    work(session, date(2026, 4, 15))
    assert done(session, asked) == done(session, answered) == []


@pytest.mark.both
def test_an_extension_starts_over(session: Session, story: Story) -> None:
    file = story.minh_refers(story.minh_clears(story.minh_accepts(story.conduct_report())), PROVINCE)
    work(session, date(2026, 3, 27))
    assert [one for one, _, _ in done(session, file)] == [Point.DUE_SOON]
    with on(date(2026, 3, 27)):
        minh = story.cast.minh
        file = again(session, file)
        actions.extend(session, file, minh, viewer_for(session, minh), clock=PROVINCE, text=TEXT, request="Công văn 5")
    work(session, date(2026, 4, 8))
    assert len(done(session, file)) == 1, "the new round has not come so far"
    for day in (date(2026, 4, 9), date(2026, 4, 14), date(2026, 4, 20)):
        work(session, day)
    assert [(point, number) for point, number, _ in done(session, file)] == [
        (Point.DUE_SOON, 0),
        (Point.DUE_SOON, 1),
        (Point.SUPERIOR, 1),
        (Point.LISTED, 1),
    ]


@pytest.mark.both
def test_the_superior_reads_number_body_and_days(session: Session, story: Story) -> None:
    file = story.minh_refers(story.minh_clears(story.minh_accepts(story.conduct_report())), "H-TK")
    boss = viewer_for(session, story.cast.tam)  # of the province; rights are the page's matter
    work(session, date(2026, 4, 7))
    with on(date(2026, 4, 7)):
        [line] = late_below(session, boss)
        assert (line.reference, line.agency.code, line.days_late) == (file.case.reference, "H-TK", 6)
        assert late_below(session, viewer_for(session, story.cast.thao)) == []
        session.add(Wall(case_id=file.case.id, staff_id=story.cast.tam.id, reason="relative"))
        session.flush()
        assert late_below(session, boss) == []


def test_no_superior_behind_a_wall_nor_of_a_restricted_case(session: Session, story: Story) -> None:
    walled, restricted = (
        story.minh_refers(story.minh_clears(story.minh_accepts(story.conduct_report())), "H-TK") for _ in range(2)
    )
    above = catalogue.agency_by_code(session, PROVINCE, MONDAY)
    assert above is not None
    session.add(Wall(case_id=walled.case.id, agency_id=above.id, reason="accused"))
    restricted.case.is_restricted = True
    work(session, date(2026, 4, 7))
    assert [len(done(session, file)) for file in (walled, restricted)] == [3, 3]
    assert set(session.scalars(select(Escalation.told_id))) == {None}


@pytest.mark.both
def test_the_overdue_list_holds_what_is_late_still(session: Session, story: Story) -> None:
    file = case_of_the_city(story)
    case_of_the_city(story)
    viewer = viewer_for(session, story.cast.minh)
    with on(date(2026, 3, 24)):
        assert count_cases(session, viewer, LISTED) == [0]
        escalate_batch(session, {})
        session.flush()
        assert count_cases(session, viewer, LISTED) == [2]
        story.quy_answers(again(session, file))
        assert count_cases(session, viewer, LISTED) == [1]
        assert count_cases(session, viewer_for(session, story.cast.khang), LISTED) == [1]


def test_a_changed_rule_does_not_change_the_past(session: Session, story: Story) -> None:
    old = case_of_the_city(story)
    rule = session.scalars(select(DeadlineRule).where(DeadlineRule.code == RULES[Point.LISTED])).one()
    rule.valid_to = date(2026, 3, 10)
    session.add(
        DeadlineRule(
            **{
                column.key: getattr(rule, column.key)
                for column in DeadlineRule.__table__.columns
                if column.key not in ("id", "amount", "valid_from", "valid_to")
            },
            amount=1,
            valid_from=date(2026, 3, 11),
        )
    )
    session.flush()
    with on(date(2026, 3, 11)):
        new = case_of_the_city(story)
    work(session, date(2026, 3, 31))
    assert done(session, old)[-1] == (Point.LISTED, 0, date(2026, 3, 23))
    assert done(session, new)[-1] == (Point.LISTED, 0, date(2026, 3, 19))


@pytest.mark.both
def test_batches_follow_each_other(session: Session, story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(escalation, "BATCH", 2)
    files = [case_of_the_city(story) for _ in range(5)]
    work(session, date(2026, 3, 24))
    seen: set[int] = set()
    while (job := session.scalar(select(Job).where(Job.kind == escalation.ESCALATE, Job.id.not_in(seen)))) is not None:
        seen.add(job.id)
        with on(date(2026, 3, 24)):
            escalate_batch(session, job.payload)
            session.flush()
    assert [len(done(session, file)) for file in files] == [3] * 5


def test_points_keep_their_order_whatever_moves(session: Session) -> None:
    calendar = catalogue.calendar(session)
    limits = {point: catalogue.deadline_rule(session, code, MONDAY) for point, code in RULES.items()}
    reached = points_reached(limits, MONDAY, date(2026, 3, 10), (), calendar, date(2026, 3, 31))
    assert [one.point for one in reached] == [Point.SUPERIOR, Point.LISTED], "a clock of one day reminds of nothing"
    later = points_reached(limits, MONDAY, date(2026, 3, 16), (Point.SUPERIOR,), calendar, date(2026, 3, 13))
    assert later == [], "what comes before a point that was reached is over"


STEPS = st.lists(
    st.tuples(
        st.sampled_from(("work", "work", "ask", "reply", "extend", "storm", "answer", "wait")),
        st.integers(0, 9),
        st.integers(6, 19),
    ),
    min_size=6,
    max_size=24,
)


def _act(session: Session, story: Story, file: CaseFile, what: str, day: date) -> None:
    minh, quy = story.cast.minh, story.cast.quy
    viewer = viewer_for(session, minh)
    acts: dict[str, Callable[[], object]] = {
        "work": lambda: escalate_batch(session, {}),
        "ask": lambda: actions.ask(session, file, minh, viewer, text=TEXT),
        "reply": lambda: actions.reply(session, file, text=TEXT),
        "extend": lambda: actions.extend(session, file, minh, viewer, clock=CITY, text=TEXT, request="Công văn 5"),
        "answer": lambda: actions.answer_referral(session, file, quy, viewer_for(session, quy), text=TEXT),
        "wait": lambda: None,
    }
    if what == "storm":
        off = day + timedelta(days=1)
        if session.get(CalendarDay, off) is None:
            add_day(session, off, {**STORM, "is_working": False}, by_login=None)
            move_batch(session, {"change": "", "on": off.isoformat(), "after": 0})
        return
    with suppress(PortalError):  # not a legal move now
        acts[what]()


def _referred_to_the_city(story: Story) -> CaseFile:
    """To a body that is not accused, so that its superior may hear."""
    file = story.conduct_report(agency="STNMT", accused_role=AccusedRole.OFFICER)
    return story.minh_refers(story.minh_clears(story.minh_accepts(file)), CITY, ReferralRole.LEAD)


@pytest.mark.both
@settings(
    max_examples=12,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(steps=STEPS)
def test_whatever_happens_and_whenever_the_worker_is_there(
    session: Session, story: Story, steps: list[tuple[str, int, int]]
) -> None:
    """Pauses, extensions, storms, answers and a worker that comes and goes: every point at most once in a round and in
    order, none while the clock stands still, all in the end; and the events alone explain clocks and points.
    """
    savepoint = session.begin_nested()
    file, day = _referred_to_the_city(story), MONDAY
    for what, passed, hour in steps:
        day += timedelta(days=passed)
        before = done(session, file)
        with on(day, hour):
            _act(session, story, file, what, day)
            session.flush()
        file = again(session, file)
        new = done(session, file)[len(before) :]
        clock = next(one for one, _ in file.clocks if one.referral_id is not None)
        is_open = clock.met_at is None and clock.stopped_at is None and clock.paused_on is None
        assert not new or (what == "work" and is_open)
        assert all(number == clock.extensions and on_day <= day for _, number, on_day in new)
        check(session, file)
    finish(session, file, day)
    savepoint.rollback()
    session.expire_all()


def check(session: Session, file: CaseFile) -> None:
    """What holds after every step."""
    points = done(session, file)
    order = [(number, list(Point).index(point)) for point, number, _ in points]
    assert order == sorted(set(order)), points
    assert told(session, file) == [(point.value, number, day.isoformat()) for point, number, day in points]
    assert replayed_clocks(events_of(session, file.case, frozenset(Audience))) == stored_clocks(file)


def finish(session: Session, file: CaseFile, day: date) -> None:
    """A last time the worker is there, long after: a clock that runs has reached the end of its round."""
    last = catalogue.calendar(session).next_working(day + timedelta(days=120))
    work(session, last)
    file = again(session, file)
    check(session, file)
    clock: Clock = next(one for one, _ in file.clocks if one.referral_id is not None)
    if clock.met_at is None and clock.stopped_at is None and clock.paused_on is None:
        own = [point for point, number, _ in done(session, file) if number == clock.extensions]
        assert own[-2:] == [Point.SUPERIOR, Point.LISTED]
