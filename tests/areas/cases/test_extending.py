"""A clock is extended as long and as often as its rule allows, and stays explainable from its events."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import actions
from portal.cases.casefile import CaseFile, events_of
from portal.cases.events import DEADLINE_EXTENDED
from portal.cases.extending import Extension, extensions, handle_of
from portal.cases.models import Clock
from portal.cases.reminding import reminders
from portal.cases.story import story_of
from portal.cases.words import Audience, ReferralState, Status
from portal.catalogue.words import ReferralRole
from portal.foundation.errors import FieldErrors, NotAllowed
from portal.notices.models import Notice
from tests.areas.cases.replaying import replayed_clocks, stored_clocks
from tests.areas.cases.test_recomputing import day_off
from tests.makers.cases import Story, again, received, settle
from tests.makers.cast import CITY, DEPARTMENT, PROVINCE, viewer_for
from tests.makers.days import MONDAY, on
from tests.makers.filings import a_proposal

pytestmark = pytest.mark.both

REASON = "Cần đo lại thửa đất cùng hai hộ bên cạnh."
REQUEST = "Công văn 45/UBND ngày 10/03/2026"


def extend(story: Story, file: CaseFile, clock: str, request: str = REQUEST) -> CaseFile:
    minh = story.cast.minh
    viewer = viewer_for(story.session, minh)
    actions.extend(story.session, file, minh, viewer, clock=clock, text=REASON, request=request)
    file = again(story.session, file)
    assert replayed_clocks(events_of(story.session, file.case, frozenset(Audience))) == stored_clocks(file)
    return file


def answer_clock(file: CaseFile) -> Clock:
    [clock] = [one for one, _ in file.clocks if one.starts == "answer"]
    return clock


def referred(story: Story, role: ReferralRole = ReferralRole.LEAD) -> CaseFile:
    return story.minh_refers(story.minh_clears(story.minh_accepts(story.conduct_report())), PROVINCE, role)


def test_ten_working_days_once(session: Session, story: Story) -> None:
    file = story.minh_accepts(story.conduct_report())
    assert answer_clock(file).due_on == date(2026, 3, 30)
    file = extend(story, file, "answer", request="")
    clock = answer_clock(file)
    assert (clock.due_on, clock.extended_by, clock.extensions) == (date(2026, 4, 13), 10, 1)
    [event] = [one for one in events_of(session, file.case, frozenset(Audience)) if one.kind == DEADLINE_EXTENDED]
    [told] = event.payload["clocks"]
    assert (told["was_due_on"], told["due_on"]) == ("2026-03-30", "2026-04-13")
    assert (told["rule"], told["by_rule"], told["extended_by"]) == ("feedback.answer", "feedback.answer_complex", 10)
    with pytest.raises(NotAllowed, match="đủ số lần"):
        extend(story, file, "answer")


def test_a_rule_without_extension_and_a_day_that_has_passed(story: Story) -> None:
    late = story.accepted_delay()
    with pytest.raises(NotAllowed, match="không cho gia hạn"):
        extend(story, late, CITY)
    file = story.minh_accepts(story.conduct_report())
    with on(date(2026, 3, 30)):
        assert answer_clock(extend(story, file, "answer")).extensions == 1, "the last day still counts"
    other = story.minh_accepts(story.conduct_report())
    with on(date(2026, 3, 31)), pytest.raises(NotAllowed, match="Đã qua hạn") as passed:
        extend(story, other, "answer")
    assert passed.value.values == {"day": "30/03/2026"}


def test_a_body_asks_in_writing_and_never_decides(session: Session, story: Story) -> None:
    file = referred(story)
    with pytest.raises(FieldErrors) as wrong:
        extend(story, file, PROVINCE, request=" ")
    assert list(wrong.value.fields) == ["request"]
    for login in ("quy", "thao", "tam"):
        staff = getattr(story.cast, login)
        with pytest.raises(NotAllowed):
            actions.extend(session, file, staff, viewer_for(session, staff), clock=PROVINCE, text=REASON)
    file = extend(story, file, PROVINCE)
    [referral] = [one for one in file.live_referrals if one.agency.code == PROVINCE]
    assert (referral.state, referral.due_on) == (ReferralState.EXTENDED, date(2026, 4, 13))


def test_the_reporter_is_told_of_the_lead_and_not_of_a_support(session: Session, story: Story) -> None:
    lead, support = referred(story), referred(story, ReferralRole.SUPPORT)
    settle(session)
    before = len(session.scalars(select(Notice).where(Notice.report_id.is_not(None))).all())
    support = extend(story, again(session, support), PROVINCE)
    settle(session)
    assert len(session.scalars(select(Notice).where(Notice.report_id.is_not(None))).all()) == before
    assert DEADLINE_EXTENDED not in {one.kind for one in story_of(session, support, "vi").timeline}
    lead = extend(story, again(session, lead), PROVINCE)
    settle(session)
    assert len(session.scalars(select(Notice).where(Notice.report_id.is_not(None))).all()) == before + 1
    line = story_of(session, lead, "vi").timeline[-1]
    assert (line.kind, line.text, line.until) == (DEADLINE_EXTENDED, REASON, date(2026, 4, 13))


def test_a_pause_and_a_changed_calendar_keep_the_extension(session: Session, story: Story) -> None:
    file = extend(story, story.minh_accepts(story.conduct_report()), "answer")
    file = story.minh_asks(file)
    with pytest.raises(NotAllowed):
        extend(story, file, "answer")
    with on(date(2026, 3, 16)):
        file = story.lan_replies(file)
        assert answer_clock(file).due_on == date(2026, 4, 20), "five working days later"
        day_off(session, date(2026, 4, 1))
        file = again(session, file)
    assert answer_clock(file).due_on == date(2026, 4, 21)
    assert replayed_clocks(events_of(session, file.case, frozenset(Audience))) == stored_clocks(file)


def test_extending_after_a_pause_counts_it_too(story: Story) -> None:
    file = story.minh_asks(story.minh_accepts(story.conduct_report()))
    with on(date(2026, 3, 16)):
        file = extend(story, story.lan_replies(file), "answer")
    assert answer_clock(file).due_on == date(2026, 4, 20)


def test_a_rule_that_says_itself_how_long(session: Session, story: Story) -> None:
    file = received(session, a_proposal())
    if file.case.status is Status.RECEIVED:
        file = story.minh_accepts(file)
    [one] = [found for found in extensions(session, file, MONDAY) if isinstance(found, Extension)]
    assert (one.rule.code, one.by.code, one.needs_complex) == ("proposal.answer", "proposal.answer", False)
    file = extend(story, file, handle_of(file, one.clock))
    assert [clock.extended_by for clock, _ in file.clocks if clock.id == one.clock.id] == [10]


def test_reminded_once_a_day(session: Session, story: Story) -> None:
    file, minh = referred(story), story.cast.minh
    viewer = viewer_for(session, minh)
    actions.remind(session, file, minh, viewer, agency=PROVINCE, text="Xin trả lời sớm.")
    with on(date(2026, 3, 9), 16), pytest.raises(NotAllowed, match="một lần"):
        actions.remind(session, file, minh, viewer, agency=PROVINCE, text="Xin trả lời ngay.")
    with on(date(2026, 3, 10)):
        actions.remind(session, file, minh, viewer, agency=PROVINCE, text="Xin trả lời ngay.")
    with pytest.raises(FieldErrors):
        actions.remind(session, file, minh, viewer, agency=DEPARTMENT, text="Xin trả lời sớm.")
    told = reminders(session, file.case)
    assert [one.payload["text"] for one in told] == ["Xin trả lời sớm.", "Xin trả lời ngay."]
    assert {one.audience for one in told} == {Audience.AGENCY}
    file = again(session, file)
    assert [one.state for one in file.live_referrals if one.agency.code == PROVINCE] == [ReferralState.REMINDED]
