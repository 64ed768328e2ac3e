"""What a conclusion says, who lets it out, and what follows from a question that nobody answers in time."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from portal.cases import actions
from portal.cases.access import available_moves, has_lapsed
from portal.cases.approval_models import ApprovalRule
from portal.cases.casefile import CaseFile
from portal.cases.concluding import Details, asks_approval
from portal.cases.models import Conclusion
from portal.cases.words import Status
from portal.catalogue.words import AccusedRole, Kind, Track
from portal.foundation.errors import FieldErrors, NotAllowed
from portal.foundation.time import now, today
from tests.makers.cases import Story, again
from tests.makers.cast import Cast, viewer_for
from tests.makers.days import MONDAY, on

pytestmark = pytest.mark.both
SEVERE, MILD = "harassment.extra_fee", "attitude.rude"
FULL = Details(("apology_letter",), "Luật Tố cáo 25/2018/QH14 Điều 35", "Ban Tổ chức Thành ủy", MONDAY, 3)


def verified(story: Story, category: str = MILD) -> CaseFile:
    """A conduct report that Minh looks into."""
    return story.minh_verifies(story.minh_accepts(story.conduct_report(category=category)))


def conclude(story: Story, file: CaseFile, **changes: Any) -> CaseFile:
    """Minh concludes."""
    said = {"finding": "upheld", "remedy": "discipline_referred", "text": "Đúng.", "details": FULL, **changes}
    minh = story.cast.minh
    actions.conclude(story.session, file, minh, viewer_for(story.session, minh), **said)
    return again(story.session, file)


def test_everything_is_kept_as_it_was_said(story: Story) -> None:
    written = conclude(story, verified(story)).conclusions[-1]
    assert (written.finding, written.remedy, written.more_remedies) == (
        "upheld",
        "discipline_referred",
        ["apology_letter"],
    )
    assert (written.ground, written.discipline_body) == (FULL.ground, FULL.discipline_body)
    assert (written.apologised_on, written.days_saved, written.text) == (MONDAY, 3, "Đúng.")


@pytest.mark.parametrize(
    "change",
    [{"text": "Khác."}, {"finding": "not_upheld"}, {"ground": "Không."}, {"days_saved": 9}, {"needs_approval": True}],
)
def test_what_is_written_never_changes(story: Story, session: Session, change: dict[str, Any]) -> None:
    conclude(story, verified(story))
    with pytest.raises(DatabaseError, match="append-only"), session.begin_nested():
        session.execute(update(Conclusion).values(**change))


def test_what_was_sent_is_neither_taken_back_nor_deleted(story: Story, session: Session) -> None:
    story.hanh_approves(conclude(story, verified(story)))
    for change in ({"visible_at": None}, {"approved_by_id": None}, {"visible_at": now() + timedelta(days=1)}):
        with pytest.raises(DatabaseError, match="append-only"), session.begin_nested():
            session.execute(update(Conclusion).values(**change))
    with pytest.raises(DatabaseError, match="append-only"), session.begin_nested():
        session.execute(delete(Conclusion))


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"finding": "nonsense"}, {"finding"}),
        ({"details": Details(("nonsense",), discipline_body="Ban")}, {"more_remedy"}),
        ({"details": Details()}, {"discipline_body"}),
        ({"details": Details(discipline_body="b" * 201)}, {"discipline_body"}),
        ({"remedy": "", "details": Details(("party_discipline_referred",))}, {"discipline_body"}),
        ({"remedy": "", "details": Details(ground="c" * 1_001)}, {"ground"}),
        ({"remedy": "", "details": Details(days_saved=0)}, {"days_saved"}),
        ({"remedy": "", "details": Details(days_saved=1_000), "text": " "}, {"days_saved", "text"}),
        ({"remedy": "", "details": Details(apologised_on=date(2026, 3, 10))}, {"apologised_on"}),
    ],
)
def test_what_does_not_fit_is_named_by_field(story: Story, changes: dict[str, Any], wrong: set[str]) -> None:
    with on(MONDAY):
        file = verified(story)
        with pytest.raises(FieldErrors) as refused:
            conclude(story, file, **changes)
    assert refused.value.fields.keys() == wrong
    assert again(story.session, file).case.status is Status.VERIFYING


@pytest.mark.parametrize("track", [Track.DENUNCIATION, Track.COMPLAINT])
def test_a_formal_case_says_right_partly_or_untrue_and_by_which_article(story: Story, track: Track) -> None:
    file = verified(story)
    file.case.track = track
    story.session.flush()
    for finding in ("undetermined", "fault_of_system"):
        with pytest.raises(FieldErrors) as refused:
            conclude(story, file, finding=finding)
        assert refused.value.fields.keys() == {"finding"}
    with pytest.raises(FieldErrors) as refused:
        conclude(story, file, remedy="", details=Details())
    assert refused.value.fields.keys() == {"ground"}
    assert conclude(story, file, finding="partly_upheld").conclusions[-1].needs_approval


def test_feedback_may_end_without_a_finding_either_way(story: Story) -> None:
    written = conclude(story, verified(story), finding="undetermined", remedy="", details=Details()).conclusions[-1]
    assert (written.finding, written.ground, written.remedy) == ("undetermined", "", None)


def rule(track: str | None, kind: str | None, severity_from: int) -> ApprovalRule:
    """A rule that is nowhere stored."""
    return ApprovalRule(track=track, kind=kind, severity_from=severity_from, citation="", valid_from=MONDAY)


@pytest.mark.parametrize(
    ("track", "kind", "severity", "asks"),
    [
        (Track.DENUNCIATION, Kind.CONDUCT, 1, True),
        (Track.DENUNCIATION, Kind.DELAY, 1, True),
        (Track.FEEDBACK, Kind.CONDUCT, 4, True),
        (Track.FEEDBACK, Kind.CONDUCT, 3, False),
        (Track.FEEDBACK, Kind.DELAY, 5, False),
    ],
)
def test_which_conclusions_a_chief_reads(track: Track, kind: Kind, severity: int, asks: bool) -> None:
    rules = [rule("denunciation", None, 1), rule(None, "conduct", 4)]
    assert asks_approval(rules, track, kind, severity) is asks
    assert not asks_approval([], track, kind, severity)


def names(session: Session, file: CaseFile, who: Any) -> set[str]:
    """What somebody may do with it."""
    return {one.name for one in available_moves(viewer_for(session, who), file, today())}


def test_a_severe_case_waits_for_a_chief_and_a_mild_one_does_not(story: Story, cast: Cast, session: Session) -> None:
    severe, mild = conclude(story, verified(story, SEVERE)), conclude(story, verified(story, MILD))
    minh = viewer_for(session, cast.minh)
    assert "send_answer" not in names(session, severe, cast.minh) | names(session, severe, cast.hanh)
    with pytest.raises(NotAllowed):
        actions.send_answer(session, severe, cast.minh, minh)
    actions.send_answer(session, mild, cast.minh, minh)
    sent = again(session, mild)
    assert sent.case.status is Status.ANSWERED
    assert sent.visible_conclusion is not None
    assert sent.visible_conclusion.approved_by_id is None
    approved = story.hanh_approves(severe)
    assert approved.conclusions[-1].approved_by_id == cast.hanh.id


def test_a_rule_that_ended_asks_nobody_and_changes_nothing_written(story: Story, session: Session) -> None:
    before = conclude(story, verified(story, SEVERE))
    session.execute(update(ApprovalRule).values(valid_to=today() - timedelta(days=1)))
    assert not conclude(story, verified(story, SEVERE)).conclusions[-1].needs_approval
    assert again(session, before).conclusions[-1].needs_approval


def test_a_question_without_an_answer_ends_nothing_by_itself(story: Story, cast: Cast, session: Session) -> None:
    with on(MONDAY):
        file = story.minh_asks(story.conduct_report())
        [due] = [clock.due_on for clock, _ in file.clocks if clock.starts == "question"]
    assert not has_lapsed(file, due)
    assert has_lapsed(file, due + timedelta(days=1))
    with on(due + timedelta(days=1)):
        assert again(session, file).case.status is Status.WAITING_FOR_REPORTER
        minh = viewer_for(session, cast.minh)
        actions.refuse(session, file, cast.minh, minh, ground="no_answer_from_reporter", text="Chưa đủ thông tin.")
        file = again(session, file)
        assert not has_lapsed(file, today())
        actions.appeal(session, file, text="Tôi mới nhận được câu hỏi.")
        assert again(session, file).case.status is Status.REOPENED


def test_a_late_reply_is_still_a_reply(story: Story, session: Session) -> None:
    with on(MONDAY):
        file = story.minh_asks(story.conduct_report())
    with on(MONDAY + timedelta(days=60)):
        assert has_lapsed(file, today())
        file = story.lan_replies(file)
        assert file.case.status is Status.RECEIVED
        assert not has_lapsed(file, today())


def test_only_a_denunciation_goes_on_after_it_is_withdrawn(story: Story, cast: Cast, session: Session) -> None:
    hanh = viewer_for(session, cast.hanh)
    denounced = story.conduct_report(category="harassment.bribe", accused_role=AccusedRole.HEAD)
    for file in (denounced, story.conduct_report()):
        actions.withdraw(session, file)
    denounced, other = again(session, denounced), again(session, file)
    with pytest.raises(NotAllowed):
        actions.go_on(session, other, cast.hanh, hanh, text="Vì lợi ích chung.")
    with pytest.raises(FieldErrors):
        actions.go_on(session, denounced, cast.hanh, hanh, text=" ")
    actions.go_on(session, denounced, cast.hanh, hanh, text="Nhiều người cùng bị thu tiền.")
    assert again(session, denounced).case.status is Status.VERIFYING
