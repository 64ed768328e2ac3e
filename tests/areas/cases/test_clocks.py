"""Clocks: paused while Lan is asked, due later by the days that they stood still, met on time or late."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from portal.cases import actions
from portal.cases.casefile import CaseFile
from portal.cases.models import NO_DATE
from portal.cases.story import clock_views, story_of
from portal.cases.words import ClockState, Status
from portal.catalogue.queries import calendar
from portal.catalogue.words import ReferralRole
from portal.foundation.errors import FieldErrors
from tests.makers.cases import Story, again, clocks_of
from tests.makers.cast import DEPARTMENT, PROVINCE, Cast, viewer_for
from tests.makers.days import on

pytestmark = pytest.mark.both


def standing(file: CaseFile) -> dict[str, tuple[date, date | None, int]]:
    """Each clock that is not met: due, paused on, days it stood still."""
    return {one.starts: (one.due_on, one.paused_on, one.paused_days) for one, _ in file.clocks if one.met_at is None}


def test_a_question_stops_what_runs_against_us(story: Story) -> None:
    file = story.minh_asks(story.conduct_report())
    assert file.case.status is Status.WAITING_FOR_REPORTER
    assert file.case.former_status is Status.RECEIVED
    monday = date(2026, 3, 9)
    assert standing(file) == {
        "triage": (date(2026, 3, 11), monday, 0),
        "forward": (date(2026, 3, 16), monday, 0),
        "question": (date(2026, 3, 23), None, 0),
    }
    assert file.case.next_due_on == date(2026, 3, 23)


def test_the_reply_lets_them_run_on(story: Story) -> None:
    file = story.minh_asks(story.conduct_report())
    with on(date(2026, 3, 13)):  # Friday: four working days later
        file = story.lan_replies(file)
    assert (file.case.status, file.case.former_status) == (Status.RECEIVED, None)
    assert standing(file) == {
        "triage": (date(2026, 3, 17), None, 4),
        "forward": (date(2026, 3, 20), None, 4),
    }
    assert file.case.next_due_on == date(2026, 3, 17)


def test_a_weekend_alone_costs_nobody_a_day(story: Story) -> None:
    with on(date(2026, 3, 13)):
        file = story.minh_asks(story.conduct_report())
    with on(date(2026, 3, 15)):
        file = story.lan_replies(file)
    assert standing(file) == {
        "triage": (date(2026, 3, 17), None, 0),
        "forward": (date(2026, 3, 20), None, 0),
    }


def test_two_questions_add_up(story: Story) -> None:
    file = story.minh_asks(story.conduct_report())
    with on(date(2026, 3, 11)):
        file = story.minh_asks(story.lan_replies(file))
    with on(date(2026, 3, 12)):
        file = story.lan_replies(file)
    assert standing(file)["triage"] == (date(2026, 3, 16), None, 3)


def test_an_agencys_question_moves_its_own_date(story: Story, cast: Cast, session: Session) -> None:
    file = story.accepted_delay()
    actions.ask(session, file, cast.quy, viewer_for(session, cast.quy), text="Hồ sơ nộp ngày nào?")
    file = again(session, file)
    assert file.case.next_due_on == date(2026, 3, 23)
    with on(date(2026, 3, 11)):
        file = story.lan_replies(file, "Ngày mùng 3. Gọi tôi số 0905 111 222.")
    assert file.case.status is Status.ACCEPTED
    own = file.referral_of(cast.quy.agency_id)
    assert own is not None
    assert own.due_on == file.case.next_due_on == date(2026, 3, 18)
    question, reply = file.messages
    assert (question.agency_id, question.staff_id) == (cast.quy.agency_id, cast.quy.id)
    assert (reply.audience, reply.agency_id) == ("agency", cast.quy.agency_id)
    assert "0905" in reply.text
    assert "0905" not in reply.masked_text


def test_what_minh_asks_no_agency_reads(story: Story, session: Session, cast: Cast) -> None:
    file = story.lan_replies(story.minh_asks(story.accepted_delay()))
    assert [(one.audience, one.agency_id) for one in file.messages] == [
        ("reporter", cast.minh.agency_id),
        ("reporter", None),
    ]


@pytest.mark.parametrize("text", ["", "  \u200b ", "d" * 10_001])
def test_words_are_needed(story: Story, session: Session, text: str) -> None:
    file = story.minh_asks(story.conduct_report())
    for say in (actions.reply, actions.add_facts):
        with pytest.raises(FieldErrors) as refused:
            say(session, file, text=text)
        assert refused.value.fields.keys() == {"text"}
    assert len(again(session, file).messages) == 1


def test_accepting_meets_triage_only_and_referring_meets_forwarding(story: Story) -> None:
    file = story.minh_accepts(story.conduct_report())
    assert [(what, word) for what, _, _, word in clocks_of(file)] == [
        ("triage", "met"),
        ("forward", "running"),
        ("answer", "running"),
    ]
    file = story.minh_refers(story.minh_clears(file))
    assert [(what, word) for what, _, _, word in clocks_of(file)] == [
        ("triage", "met"),
        ("forward", "met"),
        ("answer", "running"),
        ("referral", "running"),
    ]


def test_one_bodys_answer_meets_its_own_clock(story: Story, cast: Cast, session: Session) -> None:
    file = story.minh_clears(story.minh_accepts(story.conduct_report()))
    file = story.minh_refers(story.minh_refers(file, PROVINCE), DEPARTMENT, ReferralRole.SUPPORT)
    actions.answer_referral(session, file, cast.thao, viewer_for(session, cast.thao), text="Không rõ.")
    file = again(session, file)
    met = [(clock.referral_id, clock.met_at is not None) for clock, _ in file.clocks if clock.starts == "referral"]
    by_code = {one.agency.code: one.id for one in file.referrals}
    assert met == [(by_code[PROVINCE], False), (by_code[DEPARTMENT], True)]


def test_what_people_read(story: Story, session: Session) -> None:
    file = story.minh_accepts(story.conduct_report())
    days = calendar(session)

    def states(day: date) -> list[ClockState]:
        with on(day):
            return [view.state for view in clock_views(file, (), days, "vi")]

    assert states(date(2026, 3, 9)) == [ClockState.MET, ClockState.RUNNING, ClockState.RUNNING]
    assert states(date(2026, 3, 16)) == [ClockState.MET, ClockState.DUE_TODAY, ClockState.RUNNING]
    assert states(date(2026, 3, 17)) == [ClockState.MET, ClockState.LATE, ClockState.RUNNING]
    with on(date(2026, 3, 17)):
        file = story.minh_refers(story.minh_clears(file))
    assert states(date(2026, 3, 18))[1] is ClockState.MET_LATE
    file = story.minh_asks(file)
    assert states(date(2026, 6, 1))[2] is ClockState.PAUSED
    actions.withdraw(session, file)
    file = again(session, file)
    assert states(date(2026, 6, 1))[2] is ClockState.STOPPED
    assert file.case.next_due_on == NO_DATE


def test_over_the_holidays(story: Story) -> None:
    with on(date(2026, 4, 24)):  # Friday; Monday 27 and Thursday, Friday 30 April, 1 May are days off
        file = story.accepted_delay()
    assert file.case.next_due_on == date(2026, 5, 6)


def marks_of(session: Session, file: CaseFile, starts: str) -> str:
    """How the bar of a clock is drawn: gone, paused, today, left, and X for late."""
    (view,) = [one for one in story_of(session, file, "vi").clocks if one.starts == starts]
    return "".join("X" if mark == "late" else mark[0] for mark in view.marks)


def test_the_days_on_which_a_clock_stood_still_are_drawn_so_ever_after(story: Story, session: Session) -> None:
    file = story.minh_accepts(story.conduct_report())
    with on(date(2026, 3, 11)):
        file = story.minh_asks(file)
    with on(date(2026, 3, 13)):
        assert marks_of(session, file, "answer") == "ggpp" + "l" * 11
        file = story.lan_replies(file)
    with on(date(2026, 3, 17)):
        assert marks_of(session, file, "answer") == "ggppgt" + "l" * 11
        file = story.minh_asks(file)
    with on(date(2026, 3, 18)):
        assert marks_of(session, file, "answer") == "ggppggp" + "l" * 10
        file = story.lan_replies(file)
    with on(date(2026, 3, 20)):
        assert marks_of(session, file, "answer") == "ggppggpgt" + "l" * 9
        file = story.hanh_approves(story.minh_concludes(story.minh_verifies(file)))
    with on(date(2026, 6, 1)):
        assert marks_of(session, file, "answer") == "ggppggpgg" + "l" * 9, "met on the ninth day"
        assert marks_of(session, file, "triage") == "ll", "met before anybody asked"


def test_a_clock_that_was_stopped_is_drawn_until_then(story: Story, session: Session) -> None:
    file = story.minh_accepts(story.conduct_report())
    with on(date(2026, 3, 11)):
        actions.withdraw(session, file)
        file = again(session, file)
    with on(date(2026, 6, 1)):
        assert marks_of(session, file, "answer") == "gg" + "l" * 13
