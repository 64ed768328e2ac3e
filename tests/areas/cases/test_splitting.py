"""One report with two matters: a second case, one code, and a way back."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import actions
from portal.cases.access import available_moves
from portal.cases.casefile import CaseFile, events_of
from portal.cases.models import Case, CaseReport, Wall
from portal.cases.queries import cases_about, joined_reports, visible_to, walled_ids
from portal.cases.queue import rows_of_cases
from portal.cases.story import story_of
from portal.cases.words import Audience, Status
from portal.foundation.errors import FieldErrors, NotAllowed
from portal.foundation.time import today
from tests.areas.cases.replaying import replayed_case, replayed_clocks, stored_case, stored_clocks
from tests.makers.cases import Story, again, clocks_of, settle, told
from tests.makers.cast import viewer_for
from tests.makers.days import MONDAY, on

pytestmark = pytest.mark.both
LATER = MONDAY + timedelta(days=2)


def split(story: Story, file: CaseFile, category: str = "harassment.extra_papers") -> tuple[CaseFile, CaseFile]:
    """Minh opens a second case; both as the next request loads them."""
    minh = story.cast.minh
    part = actions.split(story.session, file, minh, viewer_for(story.session, minh), category=category)
    settle(story.session)
    return again(story.session, file), again(story.session, part)


def test_the_second_case_has_the_report_its_own_clocks_and_the_same_walls(session: Session, story: Story) -> None:
    file = story.conduct_report()
    due = file.case.next_due_on
    with on(LATER):
        first, second = split(story, file)
    assert cases_about(session, file.report.id) == [first.case, second.case]
    assert (second.report, second.case.status, second.case.category) == (
        first.report,
        Status.RECEIVED,
        "harassment.extra_papers",
    )
    assert second.case.received_on == first.case.received_on == MONDAY
    assert first.case.next_due_on == due
    assert {clock.started_on for clock, _ in second.clocks} == {LATER}
    assert [word for *_, word in clocks_of(second)] == ["running", "running"]
    assert walled_ids(session, second.case) == walled_ids(session, first.case) != frozenset()
    assert told(session, first)[-1][0] == "report_split"
    assert told(session, second)[0][0] == "part_opened"


def test_only_the_first_link_is_counted_and_nobody_is_merged(session: Session, story: Story) -> None:
    first, second = split(story, story.conduct_report())
    links = session.scalars(select(CaseReport).where(CaseReport.report_id == first.report.id).order_by(CaseReport.id))
    assert [(one.case_id, one.is_primary) for one in links] == [(first.case.id, True), (second.case.id, False)]
    assert joined_reports(session, second.case.id) == []
    viewer = viewer_for(session, story.cast.minh)
    rows = rows_of_cases(session, viewer, [first.case.id, second.case.id])
    assert [row.words for row in rows] == [first.report.narrative] * 2


def test_somebody_kept_from_the_first_is_kept_from_the_second(session: Session, story: Story) -> None:
    file = story.conduct_report()
    session.add(Wall(case_id=file.case.id, staff_id=story.cast.hanh.id, reason="relative"))
    session.flush()
    _, second = split(story, file)
    assert rows_seen(session, story, second) == []


def rows_seen(session: Session, story: Story, file: CaseFile) -> list[Case]:
    """What Hạnh sees of a case."""
    viewer = viewer_for(session, story.cast.hanh)
    return list(session.scalars(select(Case).where(Case.id == file.case.id, visible_to(viewer))))


def test_the_part_goes_back_by_merging_and_can_be_taken_out_again(session: Session, story: Story) -> None:
    first, second = split(story, story.conduct_report())
    minh, viewer = story.cast.minh, viewer_for(session, story.cast.minh)
    with pytest.raises(FieldErrors):
        actions.merge(session, first, minh, viewer, into=second.case)
    actions.merge(session, second, minh, viewer, into=first.case)
    second = again(session, second)
    assert (second.case.status, second.case.merged_into_id) == (Status.MERGED, first.case.id)
    assert joined_reports(session, first.case.id) == []
    actions.undo_merge(session, second, minh, viewer)
    second = again(session, second)
    assert (second.case.status, second.report) == (Status.RECEIVED, first.report)


def test_not_twice_not_the_part_itself_and_not_about_the_same(session: Session, story: Story) -> None:
    file = story.conduct_report()
    with pytest.raises(FieldErrors):
        split(story, file, file.case.category)
    first, second = split(story, file)
    viewer = viewer_for(session, story.cast.minh)
    assert "split" not in {move.name for move in available_moves(viewer, second, today())}
    with pytest.raises(NotAllowed):
        actions.split(session, second, story.cast.minh, viewer, category="delay.late_result")
    assert "split" in {move.name for move in available_moves(viewer, first, today())}


def test_the_reporter_reads_both_and_rates_the_first(story: Story) -> None:
    first, second = split(story, story.conduct_report())
    seen = story_of(story.session, second, "vi")
    assert not seen.may_rate
    assert seen.narrative == first.report.narrative
    assert first.case.reference not in repr(seen)


def test_the_events_of_each_part_alone_tell_what_it_is(session: Session, story: Story) -> None:
    for part in split(story, story.conduct_report()):
        told_alone = events_of(session, part.case, frozenset(Audience))
        assert replayed_case(told_alone) == stored_case(session, part)
        assert replayed_clocks(told_alone) == stored_clocks(part)
