"""Support by the head of the accused's body: let through to one referral, and the wall holds for all the rest."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import actions, events
from portal.cases.access import available_moves
from portal.cases.actions.passing_on import pass_on
from portal.cases.casefile import CaseFile, events_of
from portal.cases.escalation import can_escalate
from portal.cases.head_support import may_be_told, support_for, supports_waiting
from portal.cases.models import Case, Clock, Referral, Report
from portal.cases.queries import can_see, case_for
from portal.cases.queue import count_cases, queue_page
from portal.cases.readers import Identity, Place, Text, readers_of
from portal.cases.words import Audience
from portal.catalogue.queries import agency_by_code
from portal.catalogue.words import AccusedRole, ReferralRole
from portal.foundation.errors import FieldErrors, NotAllowed, NotFound, PortalError
from portal.foundation.time import today
from portal.search.asking import read_query
from portal.search.queries import find
from portal.staff.models import Staff
from portal.staff.roles import Role
from tests.areas.cases.replaying import replayed_case, replayed_clocks, stored_case, stored_clocks
from tests.makers.cases import CLEARED, REQUEST, WHY_HEAD, Story, again, settle
from tests.makers.cast import CITY, OFFICE, OTHER_CITY, Cast, hire, viewer_for, wall_off
from tests.makers.filings import a_conduct_report

ANSWER = "Hôm ấy chị Hoa trực; tôi đã nhắc nhở."


@pytest.fixture
def head(session: Session, cast: Cast) -> Staff:
    """Who leads the one-stop office that the report is about."""
    return hire(session, "truong", OFFICE, Role.AGENCY_HEAD)


def cleared(story: Story, **changes: object) -> CaseFile:
    return story.minh_clears(story.minh_accepts(story.conduct_report(**changes)))


def checked(story: Story, file: CaseFile) -> CaseFile:
    """The case again: its events still tell all of it."""
    file = again(story.session, file)
    told = events_of(story.session, file.case, frozenset(Audience))
    assert replayed_clocks(told) == stored_clocks(file)
    assert replayed_case(told) == stored_case(story.session, file)
    return file


def asks(story: Story, file: CaseFile, **changes: str) -> CaseFile:
    minh = story.cast.minh
    said: dict[str, Any] = {"agency": OFFICE, "request": REQUEST, "text": WHY_HEAD, **changes}
    actions.let_head_support(story.session, file, minh, viewer_for(story.session, minh), **said)
    return checked(story, file)


def answers(story: Story, file: CaseFile, head: Staff) -> CaseFile:
    referral, case = support_for(story.session, viewer_for(story.session, head), file.case.reference, lock=True)
    actions.answer_head_support(story.session, referral, case, head, text=ANSWER)
    return checked(story, file)


def ends(story: Story, file: CaseFile) -> CaseFile:
    minh = story.cast.minh
    actions.end_head_support(
        story.session, file, minh, viewer_for(story.session, minh), agency=OFFICE, text="Không cần nữa."
    )
    return checked(story, file)


def reads(session: Session, file: CaseFile, staff: Staff) -> bool:
    """Whether an account is let through to the referral; the case itself it never sees."""
    viewer = viewer_for(session, staff)
    assert not can_see(session, viewer, file.case)
    with pytest.raises(NotFound):
        case_for(session, viewer, file.case.reference)
    assert count_cases(session, viewer) == []
    assert queue_page(session, viewer).rows == []
    try:
        support_for(session, viewer, file.case.reference)
    except NotFound:
        return False
    return True


@pytest.mark.both
def test_the_head_reads_one_referral_and_answers_it_once(story: Story, head: Staff) -> None:
    session = story.session
    file = asks(story, cleared(story))
    [referral] = file.head_supports
    assert (referral.role, referral.agency.code, referral.note) == (ReferralRole.SUPPORT, OFFICE, REQUEST)
    assert referral.due_on == next(one.due_on for one, _ in file.clocks if one.referral_id == referral.id)
    assert referral not in file.live_referrals
    assert supports_waiting(session, viewer_for(session, head)) == [(referral, file.case)]
    assert reads(session, file, head)
    file = answers(story, file, head)
    assert supports_waiting(session, viewer_for(session, head)) == []
    assert reads(session, file, head), "who answered reads it further"
    with pytest.raises(NotAllowed):
        actions.answer_head_support(session, referral, file.case, head, text="Khác.")
    assert file.head_supports[0].answer == ANSWER
    told = events_of(session, file.case, frozenset(Audience))
    own = [(one.kind, one.audience) for one in told if "head" in one.kind]
    assert own == [
        (events.HEAD_LET_SUPPORT, Audience.INSPECTION),
        (events.HEAD_SUPPORT_ANSWERED, Audience.INSPECTION),
    ]
    assert ANSWER not in str([one.payload for one in told])
    assert REQUEST not in str([one.payload for one in told])


@pytest.mark.both
def test_nobody_else_there_or_above_is_let_through(story: Story, head: Staff) -> None:
    session, cast = story.session, story.cast
    others = [cast.nga, cast.quy, cast.thao, hire(session, "chu", CITY, Role.AGENCY_HEAD)]
    file = asks(story, cleared(story))
    assert [reads(session, file, one) for one in others] == [False] * len(others)
    second = hire(session, "truong.hai", OFFICE, Role.AGENCY_HEAD, Role.AGENCY_OFFICER)
    assert reads(session, file, second), "both lead the office"
    file = answers(story, file, head)
    assert not reads(session, file, second), "the other has answered"
    assert [reads(session, file, one) for one in others] == [False] * len(others)


def test_who_is_named_by_a_wall_is_never_let_through(story: Story, head: Staff) -> None:
    session = story.session
    file = asks(story, cleared(story))
    wall_off(session, file, head)
    assert not reads(session, file, head)
    assert not may_be_told(session, viewer_for(session, head), select(Case.id))
    file = cleared(story)
    wall_off(session, file, head)
    with pytest.raises(FieldErrors) as refused:
        asks(story, again(session, file))
    assert "chặn" in str(refused.value.fields["agency"])
    hire(session, "truong.hai", OFFICE, Role.AGENCY_HEAD)
    assert asks(story, again(session, file)).head_supports, "one of two is enough"


def test_a_head_who_is_concerned_steps_aside(story: Story, head: Staff) -> None:
    session = story.session
    file = asks(story, cleared(story))
    with pytest.raises(FieldErrors):
        actions.leave_head_support(session, file, head, text=" ")
    actions.leave_head_support(session, file, head, text="Người ấy là em tôi.")
    file = checked(story, file)
    assert not reads(session, file, head)
    [event] = [one for one in events_of(session, file.case, frozenset(Audience)) if one.kind == "conflict_declared"]
    assert event.audience is Audience.INSPECTION


@pytest.mark.both
def test_an_inspector_takes_it_back(story: Story, head: Staff) -> None:
    session = story.session
    file = ends(story, asks(story, cleared(story)))
    assert not reads(session, file, head)
    assert file.head_supports == []
    [stopped] = [one for one, _ in file.clocks if one.stopped_at is not None and one.referral_id is not None]
    assert stopped.met_at is None
    file = answers(story, asks(story, file), head)
    assert not reads(session, ends(story, file), head), "answered, and taken back all the same"


def test_after_the_case_closes_only_who_answered_reads_it(story: Story, head: Staff) -> None:
    session = story.session
    open_one, answered = asks(story, cleared(story)), answers(story, asks(story, cleared(story)), head)
    for file, is_read in ((open_one, False), (answered, True)):
        file = story.hanh_approves(story.minh_concludes(story.minh_verifies(file)))
        file = checked(story, story.minh_closes(story.lan_rates(file)))
        assert reads(session, file, head) is is_read
        assert supports_waiting(session, viewer_for(session, head)) == []


def test_no_word_of_it_is_found(story: Story, head: Staff) -> None:
    session = story.session
    file = asks(story, cleared(story))
    settle(session)
    for staff in (head, story.cast.nga):
        viewer = viewer_for(session, staff)
        for words in (CLEARED, file.report.narrative, REQUEST, file.case.reference):
            assert find(session, viewer, read_query(words)).hits == []
    file = answers(story, file, head)
    settle(session)
    minh = viewer_for(session, story.cast.minh)
    assert [hit.case_id for hit in find(session, minh, read_query("chị Hoa trực")).hits] == [file.case.id]


def test_no_other_body_hears_that_it_is_late(story: Story, head: Staff) -> None:
    file = asks(story, cleared(story))
    [referral] = file.head_supports
    found = story.session.scalars(select(Clock.referral_id).where(Clock.case_id == file.case.id, can_escalate())).all()
    assert referral.id not in found


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"agency": CITY}, "agency"),
        ({"agency": ""}, "agency"),
        ({"request": " "}, "request"),
        ({"text": ""}, "text"),
        ({"text": "Cần hỏi thêm."}, "text"),
    ],
)
def test_what_is_refused_is_said_at_its_field(story: Story, head: Staff, changes: dict[str, str], field: str) -> None:
    file = cleared(story)
    with pytest.raises(FieldErrors) as wrong:
        asks(story, file, **changes)
    assert wrong.value.fields.keys() == {field}
    assert again(story.session, file).head_supports == []


def test_it_wants_a_cleared_text_and_an_account(story: Story) -> None:
    with pytest.raises(PortalError, match="bản che"):
        asks(story, story.minh_accepts(story.conduct_report()))
    with pytest.raises(FieldErrors) as nobody:
        asks(story, cleared(story))
    assert "chưa có tài khoản" in str(nobody.value.fields["agency"])


@pytest.mark.parametrize("role", [AccusedRole.HEAD, AccusedRole.DEPUTY, AccusedRole.NONE])
def test_not_of_a_report_about_a_leader_or_nobody(story: Story, head: Staff, role: AccusedRole) -> None:
    file = cleared(story, accused_role=role)
    minh = viewer_for(story.session, story.cast.minh)
    assert "let_head_support" not in {one.name for one in available_moves(minh, file, today())}
    with pytest.raises(NotAllowed):
        asks(story, file)


def test_not_where_a_merged_report_is_about_the_head(story: Story, head: Staff) -> None:
    session, minh = story.session, story.cast.minh
    file, other = cleared(story), story.conduct_report(accused_role=AccusedRole.HEAD)
    actions.merge(session, other, minh, viewer_for(session, minh), into=file.case)
    with pytest.raises(FieldErrors) as refused:
        asks(story, again(session, file))
    assert refused.value.fields.keys() == {"agency"}
    assert session.get_one(Report, other.report.id).accused_role is AccusedRole.HEAD


def test_a_body_that_passes_on_ends_it(story: Story, head: Staff) -> None:
    session = story.session
    file = asks(story, cleared(story))
    old, new = (agency_by_code(session, code, today()) for code in (OFFICE, OTHER_CITY))
    assert old is not None
    assert new is not None
    pass_on(session, file, old, new)
    file = checked(story, file)
    assert file.head_supports == []
    assert not reads(session, file, head)


def test_while_the_reporter_is_asked_the_head_may_answer(story: Story, head: Staff) -> None:
    file = checked(story, story.minh_asks(asks(story, cleared(story))))
    file = answers(story, file, head)
    checked(story, story.lan_replies(file))


def test_the_reporter_is_told_who_can_read_it(story: Story, head: Staff) -> None:
    session = story.session
    file = cleared(story)
    before = {one.place: one for one in readers_of(session, file)}
    assert (before[Place.HEAD_LATER].text, Place.HEAD in before) == (Text.ONCE_CLEARED, False)
    after = {one.place: one for one in readers_of(session, asks(story, file))}
    assert Place.HEAD_LATER not in after
    assert (after[Place.HEAD].text, after[Place.HEAD].identity) == (Text.CLEARED, Identity.NONE_GIVEN)
    assert after[Place.ACCUSED].text is Text.NOTHING


def test_another_report_about_the_office_stays_out_of_sight(story: Story, head: Staff) -> None:
    session = story.session
    file = asks(story, cleared(story))
    other = cleared(story)
    viewer = viewer_for(session, head)
    assert not reads(session, other, head)
    assert supports_waiting(session, viewer) == [(file.head_supports[0], file.case)]
    assert session.scalars(select(Referral.case_id).where(Referral.for_head)).all() == [file.case.id]
    assert a_conduct_report().agency == OFFICE
