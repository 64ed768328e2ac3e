"""Was it really put right? Each reporter of a merged case is asked by themselves, about the answer that they read."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import actions
from portal.cases.access import available_moves
from portal.cases.actions.holding import may_give_contact
from portal.cases.casefile import CaseFile
from portal.cases.follow_ups import asked_on
from portal.cases.models import FollowUp
from portal.cases.queries import joined_follow_ups
from portal.cases.queue import waiting_follow_ups
from portal.cases.story import story_of
from portal.cases.words import FollowUpAnswer, Status
from portal.foundation.errors import NotAllowed
from portal.foundation.time import today
from portal.identity.contact import Contact
from portal.jobs.models import Job
from portal.notices.models import Notice
from portal.reactions import ASK_FOLLOW_UP, ERASE_WHEN_QUIET
from portal.staff.models import Staff
from tests.areas.cases.test_merging import answered, merged, pair, split
from tests.makers.cases import Story, again, settle
from tests.makers.cast import Cast, viewer_for
from tests.makers.days import on
from tests.makers.filings import praise

pytestmark = pytest.mark.both

ASKED, LAST = date(2026, 4, 6), date(2026, 5, 7)
LATER = date(2026, 3, 16)  # a week after the answer


def joined(story: Story) -> tuple[CaseFile, CaseFile]:
    """Lan's case, merged into one that was answered on Monday."""
    file, other = pair(story)
    file = merged(story, file, other)
    other = answered(story, other)
    return again(story.session, file), other


def asked(story: Story, file: CaseFile) -> CaseFile:
    """The day has come."""
    with on(ASKED, 8):
        assert actions.ask_follow_up(story.session, file)
    return again(story.session, file)


def says(story: Story, file: CaseFile, answer: str) -> CaseFile:
    """Its reporter answers two days later."""
    with on(date(2026, 4, 8)):
        actions.answer_follow_up(story.session, file, answer=answer, text="Vẫn như cũ.")
    return again(story.session, file)


def waiting(session: Session, staff: Staff) -> list[str]:
    """What waits for somebody, by reference."""
    return [row.case.reference for row in waiting_follow_ups(session, viewer_for(session, staff))]


def moves(session: Session, staff: Staff, file: CaseFile) -> set[str]:
    """What somebody may do."""
    return {move.name for move in available_moves(viewer_for(session, staff), file, today())}


def days_of(session: Session, file: CaseFile) -> list[date]:
    """The days for which the question to a case's reporter is queued."""
    asking = [one for one in session.scalars(select(Job).order_by(Job.id)) if one.kind == ASK_FOLLOW_UP]
    return [one.run_at.date() for one in asking if one.payload["case_id"] == file.case.id]


def test_each_is_queued_asked_and_told_by_themselves(session: Session, story: Story) -> None:
    contact = Contact(email="lan@example.com")
    file, other = story.conduct_report(contact=contact), story.conduct_report(contact=contact)
    file = merged(story, file, other)
    settle(session)
    other = answered(story, other)
    settle(session)
    assert days_of(session, file) == days_of(session, other) == [ASKED]
    file = again(session, file)
    assert story_of(session, file, "vi").follow_up.asks_on == ASKED
    before = len(session.scalars(select(Notice)).all())
    file = asked(story, file)
    settle(session)
    news = session.scalars(select(Notice).order_by(Notice.id)).all()[before:]
    assert [(one.kind, one.report_id) for one in news] == [("news", file.report.id)]
    assert file.follow_up is not None
    assert file.follow_up.due_on == LAST
    with on(LAST):
        assert story_of(session, file, "vi").follow_up.is_open
    assert again(session, other).follow_up is None, "the other is asked by a job of its own"


def test_answers_are_each_reporters_own(session: Session, story: Story, cast: Cast) -> None:
    file, other = joined(story)
    file, other = says(story, asked(story, file), "no"), says(story, asked(story, other), "yes")
    rows = {one.report_id: one.answer for one in session.scalars(select(FollowUp))}
    assert rows == {file.report.id: FollowUpAnswer.NO, other.report.id: FollowUpAnswer.YES}
    seen = joined_follow_ups(session, viewer_for(session, cast.hanh), other.case)
    assert [(which, one.answer) for which, one in seen] == [(file.case.reference, FollowUpAnswer.NO)]
    assert waiting(session, cast.hanh) == [file.case.reference]
    assert waiting(session, cast.minh) == []


def test_a_chief_lets_it_stand_and_this_reporter_reads_why(session: Session, story: Story, cast: Cast) -> None:
    file, other = joined(story)
    assert "let_stand" not in moves(session, cast.hanh, file)
    file = says(story, asked(story, file), "no")
    assert "let_stand" in moves(session, cast.hanh, file)
    assert "let_stand" not in moves(session, cast.minh, file)
    actions.let_stand(session, file, cast.hanh, viewer_for(session, cast.hanh), text="Đã xem lại tại chỗ.")
    file = again(session, file)
    assert (file.case.status, waiting(session, cast.hanh)) == (Status.MERGED, [])
    assert story_of(session, file, "vi").timeline[-1].text == "Đã xem lại tại chỗ."
    assert "Đã xem lại tại chỗ." not in repr(story_of(session, again(session, other), "vi"))


@pytest.mark.parametrize("by_chief", [True, False])
def test_looking_again_settles_it_for_all(session: Session, story: Story, cast: Cast, by_chief: bool) -> None:
    file, other = joined(story)
    file = says(story, asked(story, file), "no")
    other = again(session, other)
    if by_chief:
        actions.reopen(session, other, cast.hanh, viewer_for(session, cast.hanh), text="Xem lại.")
    else:
        actions.ask_review(session, other, text="Chưa ổn.")
    assert waiting(session, cast.hanh) == []
    file = again(session, file)
    assert file.follow_up is not None
    assert file.follow_up.answer is FollowUpAnswer.NO


def test_merged_into_an_answered_case_the_weeks_begin_with_the_merge(session: Session, story: Story) -> None:
    file, other = pair(story)
    other = answered(story, other)
    settle(session)
    with on(LATER):
        file = merged(story, file, other)
        settle(session)
    assert days_of(session, file) == [date(2026, 4, 13)]
    assert asked_on(session, again(session, file)) == date(2026, 4, 13)
    with on(ASKED):
        assert not actions.ask_follow_up(session, again(session, file))


def test_praise_that_was_merged_is_not_asked_about(session: Session, story: Story) -> None:
    file, other = story.conduct_report(), story.conduct_report()
    file.case.category = story.file_of(file.case).case.category = praise().category
    session.flush()
    file = merged(story, again(session, file), other)
    answered(story, other)
    assert asked_on(session, again(session, file)) is None


def test_taken_apart_an_open_question_goes_and_is_asked_after_the_own_answer(session: Session, story: Story) -> None:
    file, _ = joined(story)
    file = split(story, asked(story, file))
    assert file.follow_up is None
    with on(date(2026, 4, 8)), pytest.raises(NotAllowed):
        actions.answer_follow_up(session, file, answer="yes", text="")
    with on(date(2026, 4, 8)):
        settle(session)
        file = answered(story, file)
        settle(session)
    assert days_of(session, file)[-1] == asked_on(session, file) == date(2026, 5, 11)
    with on(date(2026, 5, 11)):
        assert actions.ask_follow_up(session, file)


def test_taken_apart_before_it_was_asked_nobody_asks(session: Session, story: Story) -> None:
    file, _ = joined(story)
    file = split(story, file)
    with on(ASKED):
        assert not actions.ask_follow_up(session, file)


def test_taken_apart_an_answer_stays_and_waits_for_nobody(session: Session, story: Story, cast: Cast) -> None:
    file, _ = joined(story)
    file = split(story, says(story, asked(story, file), "no"))
    assert file.follow_up is not None
    assert (file.follow_up.answer, file.follow_up.is_waiting) == (FollowUpAnswer.NO, False)
    assert waiting(session, cast.hanh) == []
    assert "let_stand" not in moves(session, cast.hanh, file)


def test_a_place_to_be_told_at_can_be_given_for_as_long_as_there_may_be_news(session: Session, story: Story) -> None:
    file, other = joined(story)
    assert may_give_contact(session, file)
    with on(date(2026, 3, 31)):
        assert actions.close_by_rule(session, again(session, other))
        assert may_give_contact(session, again(session, file)), "the question is to come"
        settle(session)
    quiet = [one.payload["case_id"] for one in session.scalars(select(Job)) if one.kind == ERASE_WHEN_QUIET]
    assert sorted(quiet) == [file.case.id, other.case.id]
    file = says(story, asked(story, file), "yes")
    with on(date(2026, 4, 9)):
        assert not may_give_contact(session, file)


def test_the_second_part_of_a_split_report_is_not_asked_about(session: Session, story: Story) -> None:
    file, minh = story.minh_accepts(story.conduct_report()), story.cast.minh
    actions.split(session, file, minh, viewer_for(session, minh), category="delay.late_result")
    second = [one for one in session.scalars(select(type(file.case))) if one.id != file.case.id]
    part = story.file_of(second[0])
    assert not part.is_primary
    part = (
        answered(story, part)
        if part.case.status is Status.RECEIVED
        else story.hanh_approves(story.minh_concludes(story.minh_verifies(part)))
    )
    assert asked_on(session, part) is None
