"""What is open to a reporter of a real case: sentences in their language, last days by the clocks, whom to write to."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.cases import actions
from portal.cases.casefile import CaseFile
from portal.cases.open_steps import StepView, open_steps
from portal.cases.papers import Paper, paper_of, paper_without_case
from portal.cases.words import Status
from portal.catalogue.models import DeadlineRule, NextStep
from portal.catalogue.words import AccusedRole, Track
from tests.areas.cases.test_letters import written
from tests.makers.cases import Story, again, at, at_every_status, received
from tests.makers.cast import COMMITTEE, viewer_for
from tests.makers.days import MONDAY, on
from tests.makers.filings import a_conduct_report, a_delay

pytestmark = pytest.mark.both

LANGUAGES = ("vi", "en")
PORTAL = {"vi": "Cổng Phản ánh tỉnh Nọ", "en": "Reporting portal, Nọ"}
DECISION = {"category": "decision.disagree", "accused_role": AccusedRole.HEAD}


def steps(session: Session, file: CaseFile, language: str = "vi") -> dict[str, StepView]:
    """The steps that are open, by their codes."""
    views = open_steps(session, file, language)
    assert [view.is_now for view in views] == sorted((view.is_now for view in views), reverse=True)
    return {view.code: view for view in views}


def paper(session: Session, file: CaseFile, code: str) -> Paper:
    """The paper of a step that is open."""
    found = paper_of(session, file, code, "vi", PORTAL)
    assert found is not None, code
    return found


def test_every_status_has_its_steps_and_papers_in_both_languages(session: Session, story: Story) -> None:
    rows = {row.code: row for row in session.scalars(select(NextStep))}
    for status, reached in at_every_status(story).items():
        file = again(session, reached)
        views: dict[str, StepView] = {}
        for language in LANGUAGES:
            views = steps(session, file, language)
            assert "data_request.form" in views, status
            for code, view in views.items():
                assert view.title == getattr(rows[code], f"letter_title_{language}")
                assert view.remedy == getattr(rows[code], f"remedy_{language}")
                assert view.to_whom == getattr(rows[code], f"to_whom_{language}")
                found = paper_of(session, file, code, language, PORTAL)
                assert found is not None
                assert found.step == view
        for code in rows.keys() - views.keys():
            assert paper_of(session, file, code, "vi", PORTAL) is None, f"{code} at {status}"
        assert paper_of(session, file, "nonsense", "vi", PORTAL) is None


@pytest.mark.parametrize(
    ("status", "code", "last"),
    [
        (Status.ANSWERED, "answered_not_satisfied.feedback", date(2026, 3, 30)),
        (Status.REFUSED, "refused.feedback", date(2026, 3, 30)),
    ],
)
def test_the_last_day_is_the_one_of_the_clock(
    session: Session, story: Story, status: Status, code: str, last: date
) -> None:
    file = at(story, status)
    view = steps(session, file)[code].last_day
    assert view is not None
    assert (view.normal.last_day, view.began_on, view.is_told, view.remote) == (last, MONDAY, False, None)
    running = [one.due_on for one, _ in file.clocks if one.met_at is None and one.stopped_at is None]
    assert running == [last]
    with on(last):
        assert code in steps(session, file)
    with on(last + timedelta(days=1)):
        assert code not in steps(session, file)
        assert paper_of(session, file, code, "vi", PORTAL) is None


def test_a_complaint_counts_from_the_day_that_was_told(session: Session) -> None:
    file = received(session, a_conduct_report(**DECISION, occurred_on=date(2026, 2, 27)))
    view = steps(session, file)["wants_formal_complaint.form"].last_day
    assert view is not None
    # 90 days after Friday 27 February: Thursday 28 May.
    assert (view.normal.last_day, view.is_told, view.normal.is_over) == (date(2026, 5, 28), True, False)
    with on(date(2026, 5, 29)):
        late = steps(session, file)["wants_formal_complaint.form"].last_day
        assert late is not None
        assert late.normal.is_over
    second = steps(session, file)["second_complaint.form"].last_day
    assert second is not None
    assert second.remote is not None
    assert (second.normal.rule.amount, second.remote.rule.amount) == (30, 45)
    assert (second.normal.last_day, second.remote.last_day) == (None, None)
    untold = received(session, a_conduct_report(**DECISION, occurred_on=None))
    assert steps(session, untold)["wants_formal_complaint.form"].last_day.normal.last_day is None  # type: ignore[union-attr]


def test_a_signed_complaint_that_is_late_may_go_to_the_next_level(session: Session) -> None:
    """No page makes a case a complaint yet; its law is ready for when a signed form is taken in."""
    file = received(session, a_conduct_report(**DECISION))
    file.case.track = Track.COMPLAINT
    file = again(session, file)
    with on(date(2026, 4, 15)):
        late = min(clock.due_on for clock, _ in file.clocks)
        view = steps(session, file)["late.complaint_second"].last_day
        assert view is not None
        assert view.began_on == late
        assert view.normal.last_day is not None
        assert view.remote is not None
        assert view.remote.last_day is not None
        assert view.normal.last_day >= late + timedelta(days=30)
        assert view.remote.last_day >= late + timedelta(days=45)
        said = written(paper(session, file, "late.complaint_second").vietnamese)
    assert f"Thời hạn giải quyết đã hết ngày {late:%d/%m/%Y}" in said


def test_a_limit_that_the_data_do_not_have_is_not_told(session: Session, story: Story) -> None:
    file = story.conduct_report()
    session.execute(delete(DeadlineRule).where(DeadlineRule.code == "complaint.filing_window"))
    assert steps(session, file)["wants_formal_complaint.form"].last_day is None


def test_lateness_is_said_in_working_days(session: Session) -> None:
    file = received(session, a_delay())
    with on(date(2026, 3, 14)):  # the Saturday before the last day
        assert "late.feedback" not in steps(session, file)
    with on(date(2026, 3, 23)):
        said = paper(session, file, "late.feedback")
    assert "Hạn trả lời là ngày 16/03/2026, đến nay đã quá 5 ngày làm việc" in written(said.vietnamese)
    assert "due on 16/03/2026; it is 5 working days late" in written(said.english)
    assert PORTAL["vi"] in written(said.vietnamese)
    assert PORTAL["en"] in written(said.english)


def test_a_case_that_accuses_the_committee_writes_to_another(session: Session, story: Story) -> None:
    usual = story.conduct_report()
    said = written(paper(session, usual, "retaliation.feedback").vietnamese)
    assert "Kính gửi: Ủy ban Kiểm tra Tỉnh ủy" in said
    assert usual.case.reference in said
    accused = received(session, a_conduct_report(agency=COMMITTEE, accused_role=AccusedRole.OFFICER))
    assert steps(session, accused)["retaliation.feedback"].to_whom == "Ban Tổ chức Tỉnh ủy"
    for code in steps(session, accused):
        found = paper(session, accused, code)
        for said in (written(found.vietnamese), written(found.english)):
            assert "Ủy ban Kiểm tra" not in said
            assert "Inspection Committee" not in said
            assert accused.case.reference not in said


def test_who_answered_is_named_and_what_was_promised(session: Session, story: Story) -> None:
    file = again(session, story.quy_answers(story.accepted_delay()))
    said = written(paper(session, file, "answered_not_satisfied.feedback").vietnamese)
    assert "trả lời của Ủy ban nhân dân thành phố Hội An về phản ánh" in said
    closed = story.minh_closes(story.lan_rates(file))
    said = written(paper(session, closed, "closed_not_put_right.feedback").vietnamese)
    assert "cho biết sẽ: " in said
    assert "cho biết sẽ: _" not in said


def test_a_merged_report_has_the_answer_of_the_case_that_answers(session: Session, story: Story) -> None:
    into, file = story.conduct_report(), story.conduct_report()
    minh = story.cast.minh
    actions.merge(session, file, minh, viewer_for(session, minh), into=into.case)
    file = again(session, file)
    assert "closed_not_put_right.feedback" not in steps(session, file)
    story.hanh_approves(story.minh_concludes(story.minh_verifies(story.minh_accepts(again(session, into)))))
    said = written(paper(session, again(session, file), "closed_not_put_right.feedback").vietnamese)
    assert file.case.reference in said
    assert into.case.reference not in said, "the other's number is not this reporter's"


def test_a_lost_code_needs_no_case_and_nothing_else_does_without(session: Session) -> None:
    found = paper_without_case(session, "lost_code.new_code", "en", PORTAL)
    assert found is not None
    assert found.step.title == "Request for a new receipt code"
    assert "Kính gửi: Ủy ban Kiểm tra Tỉnh ủy" in written(found.vietnamese)
    assert paper_without_case(session, "data_request.form", "vi", PORTAL) is None
    assert paper_without_case(session, "nonsense", "vi", PORTAL) is None
