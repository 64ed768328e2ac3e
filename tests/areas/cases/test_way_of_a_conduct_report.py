"""Somebody was rude: triage, a cleared text, the superior body's answer, a conclusion that two people sign."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from portal.cases import actions
from portal.cases.models import NO_DATE
from portal.cases.words import ReferralState, Status
from portal.catalogue.words import ReferralRole, Track
from portal.foundation.errors import FieldErrors, NotAllowed, PortalError
from portal.staff.roles import Role
from tests.makers.cases import ANSWER, CLEARED, Story, again, clocks_of, told
from tests.makers.cast import COMMITTEE, PROVINCE, Cast, hire, viewer_for
from tests.makers.days import on
from tests.makers.filings import a_denunciation

pytestmark = pytest.mark.both


def test_it_waits_for_an_inspector(story: Story) -> None:
    file = story.conduct_report()
    assert (file.case.status, file.case.is_direct) == (Status.RECEIVED, False)
    assert {one.agency.code: one.role for one in file.referrals} == {COMMITTEE: ReferralRole.LEAD}
    assert file.cleared_texts == []
    assert clocks_of(file) == [
        ("triage", "feedback.triage", date(2026, 3, 11), "running"),
        ("forward", "feedback.forward", date(2026, 3, 16), "running"),
    ]
    assert file.case.next_due_on == date(2026, 3, 11)


def test_all_the_way(story: Story, cast: Cast, session: Session) -> None:
    chair = hire(session, "chair", PROVINCE, Role.AGENCY_OFFICER)
    with on(date(2026, 3, 10)):
        file = story.minh_accepts(story.conduct_report())
        assert file.case.status is Status.ACCEPTED
        file = story.minh_refers(story.minh_clears(file))
    lead = file.referral_of(chair.agency_id)
    assert lead is not None
    assert (lead.role, lead.is_open, lead.due_on) == (ReferralRole.LEAD, True, date(2026, 3, 31))
    assert lead.cleared_text is not None
    assert lead.cleared_text.text == CLEARED
    assert file.case.lead_id == chair.agency_id
    with on(date(2026, 3, 20)):
        viewer = viewer_for(session, chair)
        actions.answer_referral(session, file, chair, viewer, text="Đã nhắc nhở người ở quầy.")
        file = again(session, file)
        assert file.case.status is Status.VERIFYING
        lead = file.referral_of(chair.agency_id)
        assert lead is not None
        assert (lead.state, lead.is_open, lead.answer) == (
            ReferralState.ANSWERED,
            False,
            "Đã nhắc nhở người ở quầy.",
        )
    with on(date(2026, 3, 24)):
        file = story.minh_concludes(file)
        assert file.case.status is Status.CONCLUDED
        assert file.visible_conclusion is None
    with on(date(2026, 3, 25)):
        file = story.hanh_approves(file)
    assert file.case.status is Status.ANSWERED
    written = file.visible_conclusion
    assert written is not None
    assert (written.text, written.written_by_id, written.approved_by_id) == (ANSWER, cast.minh.id, cast.hanh.id)
    assert clocks_of(file) == [
        ("triage", "feedback.triage", date(2026, 3, 12), "met"),
        ("forward", "feedback.forward", date(2026, 3, 17), "met"),
        ("answer", "feedback.answer", date(2026, 3, 31), "met"),
        ("referral", "feedback.answer", date(2026, 3, 31), "met"),
        ("reopen_window", "reopen.window", date(2026, 4, 15), "running"),
    ]
    with on(date(2026, 4, 16)):
        assert actions.close_by_rule(session, file)
        file = again(session, file)
    assert (file.case.status, file.case.next_due_on) == (Status.CLOSED, NO_DATE)
    assert [kind for kind, *_ in told(session, file)] == [
        "report_filed",
        "case_accepted",
        "text_cleared",
        "case_referred",
        "referral_answered",
        "verifying_started",
        "case_concluded",
        "case_answered",
        "case_closed",
    ]
    assert not actions.close_by_rule(session, file)


def test_who_wrote_the_conclusion_does_not_approve_it(story: Story, cast: Cast, session: Session) -> None:
    file = story.minh_verifies(story.minh_accepts(story.conduct_report()))
    hanh = viewer_for(session, cast.hanh)
    actions.conclude(session, file, cast.hanh, hanh, finding="not_upheld", remedy="", text="Không có căn cứ.")
    file = again(session, file)
    with pytest.raises(NotAllowed):
        actions.approve(session, file, cast.hanh, hanh)
    with pytest.raises(NotAllowed):
        actions.approve(session, file, cast.minh, viewer_for(session, cast.minh))
    assert again(session, file).visible_conclusion is None
    actions.approve(session, file, cast.dung, viewer_for(session, cast.dung))
    file = again(session, file)
    assert file.visible_conclusion is not None
    assert file.visible_conclusion.remedy is None


def test_a_conclusion_is_sent_back_with_a_remark_and_written_again(story: Story, cast: Cast, session: Session) -> None:
    file = story.minh_concludes(story.minh_verifies(story.minh_accepts(story.conduct_report())))
    hanh = viewer_for(session, cast.hanh)
    with pytest.raises(FieldErrors):
        actions.send_back(session, file, cast.hanh, hanh, text="")
    actions.send_back(session, file, cast.hanh, hanh, text="Cần nói rõ ngày nào.")
    file = again(session, file)
    assert file.case.status is Status.VERIFYING
    assert told(session, file)[-1] == ("conclusion_sent_back", cast.hanh.id, {"text": "Cần nói rõ ngày nào."})
    file = story.hanh_approves(story.minh_concludes(file))
    assert [one.version for one in file.conclusions] == [1, 2]
    assert file.conclusions[0].visible_at is None
    assert file.visible_conclusion is file.conclusions[1]


def test_refused_with_a_ground_then_appealed(story: Story, cast: Cast, session: Session) -> None:
    file, minh = story.conduct_report(), viewer_for(session, cast.minh)
    with pytest.raises(PortalError):
        actions.refuse(session, file, cast.minh, minh, ground="because", text="Không.")
    with pytest.raises(FieldErrors):
        actions.refuse(session, file, cast.minh, minh, ground="not_competent", text="")
    assert again(session, file).case.status is Status.RECEIVED
    text = "Việc này do nơi khác giải quyết."
    actions.refuse(session, file, cast.minh, minh, ground="not_competent", text=text)
    file = again(session, file)
    assert (file.case.status, file.case.is_open) == (Status.REFUSED, False)
    assert file.case.refusal_ground == "not_competent"
    assert told(session, file)[-1] == ("case_refused", cast.minh.id, {"ground": "not_competent", "text": text})
    assert clocks_of(file) == [
        ("triage", "feedback.triage", date(2026, 3, 11), "met"),
        ("forward", "feedback.forward", date(2026, 3, 16), "met"),
        ("appeal_window", "refusal.appeal", date(2026, 3, 30), "running"),
    ]
    with on(date(2026, 3, 31)), pytest.raises(NotAllowed):
        actions.appeal(session, file, text="Tôi không đồng ý.")
    with on(date(2026, 3, 30)):
        actions.appeal(session, file, text="Tôi không đồng ý.")
    file = again(session, file)
    assert (file.case.status, file.case.is_open) == (Status.REOPENED, True)
    assert clocks_of(file)[-1] == ("answer", "feedback.answer", date(2026, 4, 20), "running")


def test_forwarded_and_taken_back(story: Story, cast: Cast, session: Session) -> None:
    file, minh = story.conduct_report(), viewer_for(session, cast.minh)
    with pytest.raises(PortalError):
        actions.forward(session, file, cast.minh, minh, body="nowhere", text="Chuyển.")
    actions.forward(session, file, cast.minh, minh, body="court", text="Việc này do tòa án giải quyết.")
    file = again(session, file)
    assert (file.case.status, file.case.forward_body, file.case.is_open) == (Status.FORWARDED, "court", False)
    assert file.case.next_due_on == NO_DATE
    actions.take_back(session, file, cast.minh, minh, text="Tòa án gửi lại.")
    file = again(session, file)
    assert (file.case.status, file.case.is_open) == (Status.ACCEPTED, True)
    assert file.case.next_due_on == date(2026, 3, 30)


def test_withdrawn_and_nothing_is_owed_any_more(story: Story, session: Session) -> None:
    file = story.minh_accepts(story.conduct_report())
    actions.withdraw(session, file)
    file = again(session, file)
    assert (file.case.status, file.case.is_open, file.case.next_due_on) == (Status.WITHDRAWN, False, NO_DATE)
    assert [(one.starts, one.met_at is not None, one.stopped_at is not None) for one, _ in file.clocks] == [
        ("triage", True, False),
        ("forward", False, True),
        ("answer", False, True),
    ]
    assert not any(one.is_open for one in file.referrals)


def test_only_a_withdrawn_denunciation_may_go_on(story: Story, cast: Cast, session: Session) -> None:
    hanh = viewer_for(session, cast.hanh)
    plain = story.conduct_report()
    actions.withdraw(session, plain)
    with pytest.raises(NotAllowed):
        actions.go_on(session, plain, cast.hanh, hanh, text="Vì lợi ích chung.")
    file = again(session, story.conduct_report(category=a_denunciation().category))
    assert file.case.track is Track.FEEDBACK  # until the signed form is in
    actions.withdraw(session, file)
    with pytest.raises(NotAllowed):
        actions.go_on(session, file, cast.minh, viewer_for(session, cast.minh), text="Vì lợi ích chung.")
    actions.go_on(session, file, cast.hanh, hanh, text="Vì lợi ích chung.")
    file = again(session, file)
    assert (file.case.status, file.case.is_open) == (Status.VERIFYING, True)
    assert clocks_of(file)[-1] == ("answer", "feedback.answer", date(2026, 3, 30), "running")


def test_a_closed_case_is_opened_again_by_a_chief_only(story: Story, cast: Cast, session: Session) -> None:
    file = story.hanh_approves(story.minh_concludes(story.minh_verifies(story.minh_accepts(story.conduct_report()))))
    file = story.minh_closes(story.lan_rates(file))
    with pytest.raises(NotAllowed):
        actions.reopen(session, file, cast.minh, viewer_for(session, cast.minh), text="Có tình tiết mới.")
    actions.reopen(session, file, cast.hanh, viewer_for(session, cast.hanh), text="Có tình tiết mới.")
    file = again(session, file)
    assert (file.case.status, file.case.is_open) == (Status.REOPENED, True)
    assert file.case.next_due_on == date(2026, 3, 30)
    file = story.minh_closes(file)
    assert file.case.status is Status.CLOSED


def test_assigning_to_a_colleague_who_sees_the_case(story: Story, cast: Cast, session: Session) -> None:
    file, hanh = story.conduct_report(), viewer_for(session, cast.hanh)
    actions.assign(session, file, cast.hanh, hanh, assignee=cast.minh, sees=viewer_for(session, cast.minh))
    assert again(session, file).case.assigned_id == cast.minh.id
    for stranger in (cast.quy, cast.vy, cast.tam):
        with pytest.raises(NotAllowed):
            actions.assign(session, file, cast.hanh, hanh, assignee=stranger, sees=viewer_for(session, stranger))
    cast.dung.active = False
    with pytest.raises(NotAllowed):
        actions.assign(session, file, cast.hanh, hanh, assignee=cast.dung, sees=viewer_for(session, cast.dung))
    assert again(session, file).case.assigned_id == cast.minh.id
