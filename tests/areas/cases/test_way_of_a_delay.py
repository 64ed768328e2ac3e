"""A late dossier, all the way: with the city at once, answered, rated, closed."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from portal.cases import actions
from portal.cases.models import NO_DATE
from portal.cases.words import ReferralState, Status
from portal.catalogue.words import ReferralRole, Release, Track
from portal.foundation.errors import FieldErrors, NotAllowed
from tests.makers.cases import ANSWER, Story, again, clocks_of, told
from tests.makers.cast import CITY, COMMITTEE, OFFICE, Cast, viewer_for
from tests.makers.days import on
from tests.makers.filings import DOSSIER

pytestmark = pytest.mark.both


def test_it_goes_to_the_city_at_once(story: Story) -> None:
    file = story.accepted_delay()
    assert (file.case.status, file.case.is_direct) == (Status.ACCEPTED, True)
    assert (file.case.track, file.case.routing_rule) == (Track.FEEDBACK, "delay_direct")
    parts = {one.agency.code: (one.role, one.is_open, one.release) for one in file.referrals}
    assert parts == {
        CITY: (ReferralRole.LEAD, True, Release.AT_ONCE),
        OFFICE: (ReferralRole.SUPPORT, True, Release.AT_ONCE),
        COMMITTEE: (ReferralRole.OVERSEE, False, Release.AT_ONCE),
    }
    assert [kind for kind, *_ in told(story.session, file)] == ["report_filed", "case_accepted"]


def test_the_city_reads_a_masked_text_with_the_dossier_code(story: Story) -> None:
    file = story.accepted_delay(narrative="Xin gọi tôi số 0905 111 222. Hồ sơ quá hẹn.")
    cleared = file.cleared_text
    assert cleared is not None
    assert "0905" not in cleared.text
    assert "Hồ sơ quá hẹn." in cleared.text
    assert (cleared.shows_dossier, cleared.cleared_by_id) == (True, None)
    assert file.report.dossier_code == DOSSIER
    by_agency = {one.agency.code: one.cleared_text for one in file.referrals}
    assert by_agency == {CITY: cleared, OFFICE: cleared, COMMITTEE: None}


def test_the_answer_is_due_in_five_working_days(story: Story) -> None:
    file = story.accepted_delay()
    assert clocks_of(file) == [
        ("referral", "feedback.delay_answer", date(2026, 3, 16), "running"),
        ("referral", "feedback.delay_answer", date(2026, 3, 16), "running"),
    ]
    due = {one.agency.code: one.due_on for one in file.referrals}
    assert due == {CITY: date(2026, 3, 16), OFFICE: date(2026, 3, 16), COMMITTEE: NO_DATE}
    assert file.case.next_due_on == date(2026, 3, 16)


def test_filed_at_night_it_is_received_on_the_next_working_day(story: Story) -> None:
    with on(date(2026, 3, 13), 22):  # a Friday
        file = story.accepted_delay()
    assert file.report.received_on == file.case.received_on == date(2026, 3, 16)
    assert [clock.started_on for clock, _ in file.clocks] == [date(2026, 3, 16)] * 2
    assert file.case.next_due_on == date(2026, 3, 23)
    assert file.report.filed_at.isoformat() == "2026-03-13T15:00:00+00:00"


def test_answered_rated_closed(story: Story, cast: Cast) -> None:
    file = story.accepted_delay()
    with on(date(2026, 3, 12)):
        file = story.quy_answers(file)
    assert file.case.status is Status.ANSWERED
    answer = file.visible_conclusion
    assert answer is not None
    assert (answer.text, answer.finding, answer.written_by_id) == (ANSWER, "upheld", cast.quy.id)
    states = {one.agency.code: (one.state, one.is_open) for one in file.referrals}
    assert states == {
        CITY: (ReferralState.ANSWERED, False),
        OFFICE: (ReferralState.SENT, False),
        COMMITTEE: (ReferralState.SENT, False),
    }
    assert clocks_of(file) == [
        ("referral", "feedback.delay_answer", date(2026, 3, 16), "met"),
        ("referral", "feedback.delay_answer", date(2026, 3, 16), "stopped"),  # the office's: it had nothing to add
        ("reopen_window", "reopen.window", date(2026, 4, 2), "running"),
    ]
    assert file.case.next_due_on == date(2026, 4, 2)
    with on(date(2026, 3, 13)):
        file = story.lan_rates(file)
        assert file.case.status is Status.ANSWERED
        file = story.minh_closes(file)
    assert (file.case.status, file.case.is_open, file.case.next_due_on) == (Status.CLOSED, False, NO_DATE)
    assert [word for *_, word in clocks_of(file)] == ["met", "stopped", "stopped"]
    assert [kind for kind, *_ in told(story.session, file)] == [
        "report_filed",
        "case_accepted",
        "case_answered",
        "case_rated",
        "case_closed",
    ]


def test_nobody_closes_while_lan_can_still_speak(story: Story, cast: Cast, session: Session) -> None:
    file = story.quy_answers(story.accepted_delay())
    minh = viewer_for(session, cast.minh)
    with pytest.raises(NotAllowed):
        actions.close(session, file, cast.minh, minh)
    with on(date(2026, 3, 30)):  # the last day of the fifteen
        assert not actions.close_by_rule(session, file)
        with pytest.raises(NotAllowed):
            actions.close(session, file, cast.minh, minh)
    with on(date(2026, 3, 31)):
        assert actions.close_by_rule(session, file)
    assert again(session, file).case.status is Status.CLOSED
    assert told(session, file)[-1] == ("case_closed", None, {"by_rule": True})


def test_lan_asks_for_a_review_in_time_and_the_committee_leads_on(story: Story, cast: Cast, session: Session) -> None:
    file = story.quy_answers(story.accepted_delay())
    with on(date(2026, 3, 30)):
        actions.ask_review(session, file, text="Đến nay tôi vẫn chưa nhận được giấy.")
        file = again(session, file)
    assert file.case.status is Status.REOPENED
    assert clocks_of(file)[2:] == [
        ("reopen_window", "reopen.window", date(2026, 3, 30), "stopped"),
        ("answer", "feedback.answer", date(2026, 4, 20), "running"),
    ]
    assert file.messages[-1].text == "Đến nay tôi vẫn chưa nhận được giấy."
    file = story.hanh_approves(story.minh_concludes(story.minh_verifies(file)))
    assert file.case.status is Status.ANSWERED
    assert file.conclusion is not None
    assert file.conclusion.version == 2


def test_after_the_window_lan_cannot_reopen(story: Story, session: Session) -> None:
    file = story.quy_answers(story.accepted_delay())
    with on(date(2026, 3, 31)), pytest.raises(NotAllowed):
        actions.ask_review(session, file, text="Vẫn chưa có.")


def test_an_answer_needs_a_finding_and_words(story: Story, cast: Cast, session: Session) -> None:
    file, quy = story.accepted_delay(), viewer_for(session, cast.quy)
    with pytest.raises(FieldErrors) as refused:
        actions.answer(session, file, cast.quy, quy, finding="nonsense", remedy="nonsense", text=ANSWER)
    assert refused.value.fields.keys() == {"finding", "remedy"}
    with pytest.raises(FieldErrors) as refused:
        actions.answer(session, file, cast.quy, quy, finding="upheld", remedy="", text=" \u200b\n")
    assert refused.value.fields.keys() == {"text"}
    with pytest.raises(FieldErrors):
        actions.answer(session, file, cast.quy, quy, finding="upheld", remedy="", text="d" * 10_001)
    file = again(session, file)
    assert (file.case.status, file.conclusions) == (Status.ACCEPTED, [])


def test_lan_rates_once_from_one_to_five(story: Story, session: Session) -> None:
    file = story.accepted_delay()
    with pytest.raises(NotAllowed):
        actions.rate(session, file, score=3, reasons="")
    file = story.quy_answers(file)
    for score in (0, 6):
        with pytest.raises(FieldErrors):
            actions.rate(session, file, score=score, reasons="")
    with pytest.raises(FieldErrors):
        actions.rate(session, file, score=5, reasons="d" * 2001)
    actions.rate(session, file, score=5, reasons=" Nhanh. ")
    file = again(session, file)
    assert file.rating is not None
    assert (file.rating.score, file.rating.reasons) == (5, "Nhanh.")
    with pytest.raises(NotAllowed):
        actions.rate(session, file, score=1, reasons="")
