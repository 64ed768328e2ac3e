"""Was it really put right? Asked once, twenty working days after the answer; a "no" waits for a chief inspector."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import actions
from portal.cases.access import available_moves
from portal.cases.casefile import CaseFile, events_of
from portal.cases.events import ANSWER_LEFT_STANDING, FOLLOW_UP_ANSWERED, FOLLOW_UP_ASKED
from portal.cases.follow_ups import asked_on
from portal.cases.models import Case, Wall
from portal.cases.queue import waiting_follow_ups
from portal.cases.story import story_of
from portal.cases.words import Audience, FollowUpAnswer, Status
from portal.catalogue.models import DeadlineRule
from portal.foundation.errors import FieldErrors, NotAllowed
from portal.foundation.time import today
from portal.jobs.models import Job
from portal.notices.models import Notice
from portal.reactions import ASK_FOLLOW_UP
from portal.staff.models import Staff
from tests.makers.cases import Story, again, received, settle
from tests.makers.cast import CITY, Cast, viewer_for
from tests.makers.days import on
from tests.makers.filings import praise

pytestmark = pytest.mark.both

ASIDE = ("declare_conflict", "wall_off")
ASKED = date(2026, 4, 6)  # twenty working days after Monday, 9 March
LAST = date(2026, 5, 7)  # twenty after that, without 27 and 30 April and 1 May


def closed(story: Story) -> CaseFile:
    """The city answered on Monday; on the last day of March the window is over."""
    file = story.quy_answers(story.accepted_delay())
    with on(date(2026, 3, 31)):
        assert actions.close_by_rule(story.session, file)
    return again(story.session, file)


def asked(story: Story) -> CaseFile:
    """The same, and the day has come."""
    file = closed(story)
    with on(ASKED, 8):
        assert actions.ask_follow_up(story.session, file)
    return again(story.session, file)


def says(story: Story, file: CaseFile, answer: str, text: str = "") -> CaseFile:
    """Lan answers two days later."""
    with on(date(2026, 4, 8)):
        actions.answer_follow_up(story.session, file, answer=answer, text=text)
    return again(story.session, file)


def waiting(session: Session, staff: Staff) -> list[str]:
    """What waits for somebody, by reference."""
    return [row.case.reference for row in waiting_follow_ups(session, viewer_for(session, staff))]


def moves(session: Session, staff: Staff, file: CaseFile) -> set[str]:
    """What somebody may do."""
    return {move.name for move in available_moves(viewer_for(session, staff), file, today())}


def test_it_is_asked_on_the_twentieth_working_day_and_once(session: Session, story: Story) -> None:
    file = closed(story)
    assert asked_on(session, file) == ASKED
    with on(date(2026, 4, 5), 23):
        assert not actions.ask_follow_up(session, file)
        assert story_of(session, file, "vi").follow_up.asks_on == ASKED
    file = asked(story)
    assert file.follow_up is not None
    assert file.follow_up.due_on == LAST
    with on(LAST):
        assert not actions.ask_follow_up(session, again(session, file))
        assert story_of(session, file, "vi").follow_up.is_open
    with on(date(2026, 5, 8)):
        assert not story_of(session, file, "vi").follow_up.is_open
        with pytest.raises(NotAllowed):
            actions.answer_follow_up(session, file, answer="no", text="Muộn.")
    kinds = [(one.kind, one.audience) for one in events_of(session, file.case, frozenset(Audience))]
    assert kinds.count((FOLLOW_UP_ASKED, Audience.REPORTER)) == 1


def test_the_answer_queues_the_question_and_the_question_is_told(session: Session, story: Story) -> None:
    closed(story)
    settle(session)
    (job,) = session.scalars(select(Job).where(Job.kind == ASK_FOLLOW_UP)).all()
    assert job.run_at.isoformat() == "2026-04-06T01:00:00+00:00", "eight in the morning here"
    file = story.file_of(session.get_one(Case, job.payload["case_id"]))
    with on(ASKED, 8):
        actions.ask_follow_up(session, file)
        settle(session)
    told = session.scalars(select(Notice).where(Notice.report_id.is_not(None)).order_by(Notice.id)).all()
    assert (told[-1].kind, told[-1].report_id) == ("news", file.report.id)


def test_praise_is_not_put_right(session: Session, story: Story) -> None:
    file = received(session, praise(agency=CITY))
    file = story.quy_answers(file)
    assert asked_on(session, file) is None
    with on(ASKED):
        assert not actions.ask_follow_up(session, file)


def test_a_province_that_has_no_such_rule_does_not_ask(session: Session, story: Story) -> None:
    session.scalars(select(DeadlineRule).where(DeadlineRule.code == "follow_up.ask")).one().valid_to = date(2026, 1, 1)
    file = closed(story)
    settle(session)
    assert session.scalars(select(Job).where(Job.kind == ASK_FOLLOW_UP)).all() == []
    with on(ASKED):
        assert not actions.ask_follow_up(session, file)
    assert file.case.status is Status.CLOSED


def test_while_it_is_looked_at_again_nobody_asks(session: Session, story: Story) -> None:
    file = story.quy_answers(story.accepted_delay())
    actions.ask_review(session, file, text="Chưa ổn.")
    with on(ASKED):
        assert not actions.ask_follow_up(session, again(session, file))


@pytest.mark.parametrize("answer", [FollowUpAnswer.YES, FollowUpAnswer.HALF])
def test_yes_and_half_end_it(session: Session, story: Story, cast: Cast, answer: FollowUpAnswer) -> None:
    file = says(story, asked(story), answer.value)
    assert file.follow_up is not None
    assert (file.follow_up.answer, file.follow_up.is_waiting) == (answer, False)
    assert waiting(session, cast.hanh) == []
    assert moves(session, cast.hanh, file) == {"note", "reopen", *ASIDE}
    with on(date(2026, 4, 9)), pytest.raises(NotAllowed):
        actions.answer_follow_up(session, file, answer="no", text="Nghĩ lại.")
    assert file.case.status is Status.CLOSED


@pytest.mark.parametrize("answer", ["no", "new_trouble"])
def test_no_and_new_trouble_wait_for_a_chief_who_can_reopen(
    session: Session, story: Story, cast: Cast, answer: str
) -> None:
    file = says(story, asked(story), answer, "Giấy vẫn sai tên.")
    assert waiting(session, cast.hanh) == [file.case.reference]
    for staff in (cast.minh, cast.quy, cast.nga, cast.son, cast.thao):
        assert waiting(session, staff) == []
        assert not {"reopen", "let_stand"} & moves(session, staff, file)
    assert moves(session, cast.hanh, file) == {"let_stand", "note", "reopen", *ASIDE}
    actions.reopen(session, file, cast.hanh, viewer_for(session, cast.hanh), text="Xem lại.")
    file = again(session, file)
    assert file.case.status is Status.REOPENED
    assert waiting(session, cast.hanh) == []


def test_or_lets_it_stand_and_says_why(session: Session, story: Story, cast: Cast) -> None:
    file = says(story, asked(story), "no", "Giấy vẫn sai tên.")
    version, viewer = file.case.version, viewer_for(session, cast.hanh)
    with pytest.raises(FieldErrors):
        actions.let_stand(session, file, cast.hanh, viewer, text=" ")
    actions.let_stand(session, file, cast.hanh, viewer, text="Tên đã ghi theo giấy khai sinh.")
    settle(session)
    file = again(session, file)
    assert (file.case.status, waiting(session, cast.hanh)) == (Status.CLOSED, [])
    assert file.case.version == version + 1
    last = story_of(session, file, "vi").timeline[-1]
    assert (last.kind, last.text) == (ANSWER_LEFT_STANDING, "Tên đã ghi theo giấy khai sinh.")
    with pytest.raises(NotAllowed):
        actions.let_stand(session, file, cast.hanh, viewer, text="Lần nữa.")


def test_a_chief_behind_a_wall_does_not_hear_of_it(session: Session, story: Story, cast: Cast) -> None:
    file = says(story, asked(story), "no", "Sai.")
    session.add(Wall(case_id=file.case.id, staff_id=cast.hanh.id, reason="related"))
    session.flush()
    assert waiting(session, cast.hanh) == []


def test_what_is_wrong_with_an_answer(session: Session, story: Story) -> None:
    file = asked(story)
    wrong = [
        ("", "", {"answer"}),
        ("maybe", "x", {"answer"}),
        ("no", "  ", {"text"}),
        ("new_trouble", "", {"text"}),
        ("yes", "a" * 10_001, {"text"}),
        ("", "a" * 10_001, {"answer", "text"}),
    ]
    with on(ASKED):
        for answer, text, fields in wrong:
            with pytest.raises(FieldErrors) as refused:
                actions.answer_follow_up(session, file, answer=answer, text=text)
            assert set(refused.value.fields) == fields
    kinds = [one.kind for one in events_of(session, file.case, frozenset(Audience))]
    assert FOLLOW_UP_ANSWERED not in kinds


def test_what_is_ticked_beside_a_mark(session: Session, story: Story) -> None:
    file = story.quy_answers(story.accepted_delay())
    for points in (["on_time", "late"], ["on_time", "kind"], ["solved", "explained", "not_solved"]):
        with pytest.raises(FieldErrors) as refused:
            actions.rate(session, file, score=2, reasons="", points=points)
        assert set(refused.value.fields) == {"points"}
    with pytest.raises(FieldErrors) as refused:
        actions.rate(session, file, score=0, reasons="a" * 2_001, points=["late", "on_time"])
    assert set(refused.value.fields) == {"score", "points", "reasons"}
    actions.rate(session, file, score=2, reasons="", points=["not_solved", "late", "late"])
    file = again(session, file)
    assert file.rating is not None
    assert file.rating.points == ["late", "not_solved"]
    assert story_of(session, file, "vi").rating_points == ("Quá lâu", "Việc chưa được giải quyết")
