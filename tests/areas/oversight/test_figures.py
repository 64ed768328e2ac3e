"""Exact figures: every case once, by how it stands; what a wall keeps from somebody is in none of their sums."""

from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from portal.cases.access import Viewer
from portal.cases.queries import can_see, viewer_of
from portal.foundation.time import today
from portal.oversight.asking import Span, read_span
from portal.oversight.bodies import all_bodies
from portal.oversight.counts import Outcome, added
from portal.oversight.figures import Figures, figures, statement
from portal.staff.roles import Role
from tests.makers.cases import Story, at_every_status
from tests.makers.cast import CITY, DEPARTMENT, OFFICE, OTHER_CITY, PROVINCE, Cast, hire, viewer_for, wall_off
from tests.makers.days import MONDAY, on

both = pytest.mark.both
O = Outcome  # noqa: E741 (what most lines below compare with)


def this_year() -> Span:
    """The whole year of the tests' Monday."""
    span, _ = read_span(str(today().year), "", "")
    assert span is not None
    return span


def counted(session: Session, viewer: Viewer, body: str = "", span: Span | None = None) -> Figures:
    """What an account counts of this year."""
    session.flush()
    return figures(session, viewer, span or this_year(), body, all_bodies(session), today())


def received(found: Figures) -> int:
    """How many cases in all."""
    return added(found.months.values()).total


@both
def test_each_case_is_counted_once_in_every_table(story: Story, session: Session, cast: Cast) -> None:
    files = at_every_status(story)
    found = counted(session, viewer_for(session, cast.hanh))
    whole = added(found.months.values())
    assert whole.total == len(files) + 1  # and the one into which another was merged
    for table in (found.categories, found.bodies):
        assert added(table.values()).by_outcome == whole.by_outcome
    assert whole.of(O.ENDED) == 4  # refused, forwarded, withdrawn, merged
    assert whole.of(O.IN_TIME) == 3  # answered, closed, reopened
    assert (whole.of(O.LATE), whole.of(O.OVERDUE)) == (0, 0)
    assert whole.of(O.RUNNING) == whole.total - 7
    assert found.bodies.keys() == {CITY}
    assert found.grounds == {"not_competent": 1}
    assert found.findings == {"upheld": 3}
    assert found.ratings == {"4": 1}
    assert found.spans == {(MONDAY, MONDAY): 3}


@both
def test_late_is_told_from_overdue(story: Story, session: Session, cast: Cast) -> None:
    hanh = viewer_for(session, cast.hanh)
    in_time, late, forgotten = (story.accepted_delay() for _ in range(3))
    story.quy_answers(in_time)
    with on(MONDAY + timedelta(days=21)):
        story.quy_answers(late)
        found = counted(session, hanh)
    assert found.categories["delay.late_result"].by_outcome == {O.IN_TIME: 1, O.LATE: 1, O.OVERDUE: 1}
    assert found.referrals[CITY] == found.categories["delay.late_result"]
    assert found.referrals[OFFICE].by_outcome == {O.ENDED: 2, O.OVERDUE: 1}  # asked to support; it said nothing
    assert found.clocks == {}  # a direct delay is nothing that the committee owes
    assert found.spans == {(MONDAY, MONDAY): 1, (MONDAY, MONDAY + timedelta(days=21)): 1}
    assert forgotten.case.is_open


@both
def test_the_last_day_is_in_time_until_midnight_of_the_province(story: Story, session: Session, cast: Cast) -> None:
    due = story.accepted_delay().case.next_due_on
    for hour, outcome in ((23, O.IN_TIME), (24, O.LATE)):
        file = story.accepted_delay()
        with on(due + timedelta(days=hour // 24), hour % 24, 30):
            story.quy_answers(file)
            found = counted(session, viewer_for(session, cast.hanh))
        assert found.referrals[CITY].of(outcome) == 1


@both
def test_the_committees_own_lateness(story: Story, session: Session, cast: Cast) -> None:
    story.conduct_report()
    story.minh_accepts(story.conduct_report())
    with on(MONDAY + timedelta(days=60)):
        story.minh_accepts(story.conduct_report())
        late = counted(session, viewer_for(session, cast.hanh)).clocks
    assert late["triage"].by_outcome == {O.OVERDUE: 1, O.IN_TIME: 2}
    assert late["answer"].by_outcome == {O.OVERDUE: 1, O.RUNNING: 1}


@both
def test_what_waits_for_the_reporter_is_nobodys_lateness(story: Story, session: Session, cast: Cast) -> None:
    story.minh_asks(story.minh_accepts(story.conduct_report()))
    with on(MONDAY + timedelta(days=60)):
        found = counted(session, viewer_for(session, cast.hanh))
    assert added(found.months.values()).by_outcome == {O.RUNNING: 1}
    assert found.clocks["answer"].by_outcome == {O.RUNNING: 1}


@both
def test_a_district_with_what_is_below_it(story: Story, session: Session, cast: Cast) -> None:
    hanh = viewer_for(session, cast.hanh)
    story.accepted_delay()  # at the city's one-stop office
    story.accepted_delay(agency=CITY)
    story.conduct_report(agency=DEPARTMENT)
    assert {code: one.total for code, one in counted(session, hanh).bodies.items()} == {CITY: 2, DEPARTMENT: 1}
    assert received(counted(session, hanh, CITY)) == 2
    assert received(counted(session, hanh, DEPARTMENT)) == 1
    assert received(counted(session, hanh, OTHER_CITY)) == 0


def test_a_place_without_a_body_is_its_districts(story: Story, session: Session, cast: Cast) -> None:
    hanh, area = viewer_for(session, cast.hanh), next(iter(all_bodies(session).areas.items()))
    story.conduct_report(agency=None, area=area[0])
    story.conduct_report(agency=None)
    found = counted(session, hanh)
    assert {code: one.total for code, one in found.bodies.items()} == {area[1]: 1, "": 1}
    assert received(counted(session, hanh, area[1])) == 1


def test_months_end_with_their_last_day(story: Story, session: Session, cast: Cast) -> None:
    hanh = viewer_for(session, cast.hanh)
    story.accepted_delay()
    assert received(counted(session, hanh, span=Span(MONDAY, MONDAY))) == 1
    for day in (MONDAY - timedelta(days=1), MONDAY + timedelta(days=1)):
        assert received(counted(session, hanh, span=Span(day, day))) == 0


@both
def test_a_wall_is_in_no_sum(story: Story, session: Session, cast: Cast) -> None:
    """Whatever the account: with a case behind its wall it counts exactly what it would without the case."""
    leader = hire(session, "leader", PROVINCE, Role.LEADER)
    coordinator = hire(session, "coordinator", PROVINCE, Role.COORDINATOR)
    people = (cast.minh, cast.hanh, leader, coordinator)
    story.accepted_delay()
    before = {one.login: counted(session, viewer_of(session, one)) for one in people}
    file = story.minh_accepts(story.conduct_report())
    for one in people:
        seen = counted(session, viewer_of(session, one))
        assert seen != before[one.login]
        wall_off(session, file, one)
        assert counted(session, viewer_of(session, one)) == before[one.login]


@both
def test_restricted_cases_are_counted_for_chiefs_and_leaders_alone(story: Story, session: Session, cast: Cast) -> None:
    leader = hire(session, "leader", PROVINCE, Role.LEADER)
    coordinator = hire(session, "coordinator", PROVINCE, Role.COORDINATOR)
    story.conduct_report(category="harassment.bribe")
    counts = [
        received(counted(session, viewer_of(session, one))) for one in (cast.hanh, leader, cast.minh, coordinator)
    ]
    assert counts == [1, 1, 0, 0]


def test_nobody_else_counts_anything(story: Story, session: Session, cast: Cast) -> None:
    story.accepted_delay()
    observer = hire(session, "observer", PROVINCE, Role.COUNCIL_OBSERVER)
    misplaced = hire(session, "misplaced", OTHER_CITY, Role.INSPECTOR)
    for one in (cast.quy, cast.nga, cast.tam, cast.thao, observer, misplaced):
        assert received(counted(session, viewer_of(session, one))) == 0, one.login


def test_whoever_counts_reads_no_case_by_it(story: Story, session: Session) -> None:
    file = story.accepted_delay()
    for role in (Role.LEADER, Role.COORDINATOR):
        viewer = viewer_of(session, hire(session, role.value, PROVINCE, role))
        assert received(counted(session, viewer)) == 1
        assert not can_see(session, viewer, file.case)


@both
def test_one_statement_however_many_cases(story: Story, session: Session, cast: Cast) -> None:
    hanh, bodies, asked = viewer_for(session, cast.hanh), all_bodies(session), []
    event.listen(session.connection(), "before_cursor_execute", lambda *told: asked.append(told[2]))
    for _ in range(3):
        story.accepted_delay()
        session.flush()
        asked.clear()
        figures(session, hanh, this_year(), "", bodies, today())
        assert len(asked) == 1


def test_what_is_read_is_one_range_of_days_and_what_belongs_to_it(session: Session, cast: Cast) -> None:
    """No table is gone through: the cases come from the index of their days, all else by its case."""
    query = statement(viewer_for(session, cast.hanh), this_year(), "", all_bodies(session), today())
    told = query.compile(session.connection(), compile_kwargs={"literal_binds": True})
    plan = [row[3] for row in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {told}")]
    assert [line for line in plan if line.startswith("SCAN") and "counted_cases" not in line] == [
        "SCAN looked_up",
        "SCAN anon_1",
    ]
    assert any("ix_case_received_on_id (received_on>? AND received_on<?)" in line for line in plan)
    assert any("COVERING INDEX ix_conclusion_shown (case_id=?)" in line for line in plan)
