"""Two reports of one matter become one case: each reporter keeps an own page, nobody is left without an answer."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import actions
from portal.cases.casefile import CaseFile, events_of
from portal.cases.models import Receipt
from portal.cases.queries import file_by_code, joined_cases
from portal.cases.recomputing import move_batch
from portal.cases.story import story_of
from portal.cases.words import Audience, Status
from portal.catalogue.changing_rows import add_day
from portal.catalogue.words import AccusedRole, Sure, Track
from portal.foundation.errors import FieldErrors
from portal.identity.contact import Contact
from portal.jobs.models import Job
from portal.notices.models import Notice
from portal.reactions import ERASE_CONTACT
from tests.areas.cases.replaying import replayed_clocks, stored_clocks
from tests.makers.cases import ANSWER, Story, again, at, clocks_of, settle, told
from tests.makers.cast import Cast, viewer_for
from tests.makers.days import MONDAY, on

pytestmark = pytest.mark.both
OTHERS_WORDS = "Chuyện chỉ người kia biết."


def pair(story: Story) -> tuple[CaseFile, CaseFile]:
    """Lan's case, and one of somebody else about the same counter."""
    return story.conduct_report(), story.conduct_report(narrative=OTHERS_WORDS)


def merged(story: Story, file: CaseFile, other: CaseFile) -> CaseFile:
    """Minh merges a case into another."""
    minh = story.cast.minh
    actions.merge(story.session, file, minh, viewer_for(story.session, minh), into=other.case)
    return again(story.session, file)


def split(story: Story, file: CaseFile) -> CaseFile:
    """Minh takes it apart again."""
    minh = story.cast.minh
    actions.undo_merge(story.session, file, minh, viewer_for(story.session, minh))
    return again(story.session, file)


def answered(story: Story, file: CaseFile) -> CaseFile:
    """A case all the way to its answer."""
    return story.hanh_approves(story.minh_concludes(story.minh_verifies(story.minh_accepts(file))))


def test_a_merged_case_waits_for_nobody_and_points_to_the_other(story: Story) -> None:
    file, other = pair(story)
    file = merged(story, file, other)
    assert (file.case.status, file.case.is_open, file.case.merged_into_id) == (Status.MERGED, False, other.case.id)
    assert {word for *_, word in clocks_of(file)} == {"stopped"}
    assert joined_cases(story.session, other.case) == [file.case]
    assert told(story.session, other)[-1][0] == "case_joined"


def test_each_reporter_sees_only_the_own_part_and_both_read_the_answer(story: Story) -> None:
    file, other = pair(story)
    file = merged(story, file, other)
    seen = story_of(story.session, file, "vi")
    assert seen.answer is None
    other = answered(story, other)
    seen = story_of(story.session, again(story.session, file), "vi")
    assert seen.answer is not None
    assert seen.answer.text == ANSWER
    everything = repr(seen)
    assert OTHERS_WORDS not in everything
    assert other.case.reference not in everything
    assert file.case.reference not in repr(story_of(story.session, again(story.session, other), "vi"))


def test_the_code_of_a_merged_report_opens_its_own_case(session: Session, story: Story) -> None:
    file, other = pair(story)
    merged(story, file, other)
    hashed = session.scalars(select(Receipt.code_hash).where(Receipt.report_id == file.report.id)).one()
    found = file_by_code(session, hashed)
    assert found is not None
    assert found.case is file.case


def test_both_reporters_are_told_of_the_answer_and_both_contacts_stay(session: Session, story: Story) -> None:
    contact = Contact(email="lan@example.com")
    file, other = story.conduct_report(contact=contact), story.conduct_report(contact=contact)
    merged(story, file, other)
    settle(session)
    before = reporters_told(session)
    other = answered(story, other)
    settle(session)
    assert reporters_told(session)[len(before) :] == [other.report.id, file.report.id]
    story.minh_closes(story.lan_rates(other))
    settle(session)
    assert jobs(session, ERASE_CONTACT) == [], "both are asked later whether it was put right"


def reporters_told(session: Session) -> list[int | None]:
    """The reports whose reporters are told something, in order."""
    query = select(Notice.report_id).where(Notice.report_id.is_not(None))
    return list(session.scalars(query.order_by(Notice.id)))


def jobs(session: Session, name: str) -> list[int]:
    """The reports of the jobs of a name, in order."""
    return [one.payload["report_id"] for one in session.scalars(select(Job).order_by(Job.id)) if one.kind == name]


def test_undoing_brings_status_clocks_and_referrals_back(story: Story) -> None:
    first, second = story.accepted_delay(), story.accepted_delay()
    clocks, open_ = clocks_of(first), [one.is_open for one in first.referrals]
    due = first.case.next_due_on
    file = merged(story, first, second)
    assert not any(one.is_open for one in file.referrals)
    with on(MONDAY, 15):
        file = split(story, file)
    assert (file.case.status, file.case.merged_into_id, file.case.next_due_on) == (Status.ACCEPTED, None, due)
    assert clocks_of(file) == clocks
    assert [one.is_open for one in file.referrals] == open_
    assert joined_cases(story.session, second.case) == []
    assert told(story.session, second)[-1][0] == "case_left"


def test_merging_again_after_undoing(story: Story) -> None:
    file, other = pair(story)
    file = split(story, merged(story, file, other))
    assert merged(story, file, other).case.status is Status.MERGED


@pytest.mark.parametrize("ending", ["refuse", "forward", "withdraw"])
def test_a_case_that_will_not_be_answered_gives_back_what_was_merged_into_it(
    session: Session, story: Story, cast: Cast, ending: str
) -> None:
    file, other = pair(story)
    merged(story, file, other)
    viewer = viewer_for(session, cast.minh)
    other = again(session, other)
    if ending == "refuse":
        actions.refuse(session, other, cast.minh, viewer, ground="not_competent", text="Không.")
    elif ending == "forward":
        actions.forward(session, other, cast.minh, viewer, body="court", text="Chuyển.")
    else:
        actions.withdraw(session, other)
    file = again(session, file)
    assert (file.case.status, file.case.is_open) == (Status.RECEIVED, True)
    assert {word for *_, word in clocks_of(file)} == {"running"}


@pytest.mark.parametrize("over", [Status.CLOSED, Status.REFUSED, Status.FORWARDED, Status.WITHDRAWN, Status.MERGED])
def test_nothing_is_merged_into_a_case_that_is_over(story: Story, over: Status) -> None:
    with pytest.raises(FieldErrors) as error:
        merged(story, story.conduct_report(), at(story, over))
    assert "into" in error.value.fields


def test_what_cannot_be_merged(session: Session, story: Story, cast: Cast) -> None:
    file, other = pair(story)
    elsewhere = story.conduct_report(agency="H-TK-MC")
    joined = story.conduct_report()
    merged(story, joined, file)
    for source, into in ((other, other.case), (other, None), (file, other.case), (other, elsewhere.case)):
        before = told(session, source)
        with pytest.raises(FieldErrors):
            actions.merge(session, source, cast.minh, viewer_for(session, cast.minh), into=into)
        assert told(session, source) == before


def test_a_head_accused_in_one_report_reads_nothing_through_the_other(story: Story) -> None:
    """Another wall, another case: the office that leads the delay is accused in the conduct report."""
    delay, conduct = story.accepted_delay(), story.conduct_report(accused_role=AccusedRole.HEAD)
    with pytest.raises(FieldErrors):
        merged(story, conduct, delay)
    assert conduct.case.track is Track.FEEDBACK


def test_a_merged_reporter_hears_of_a_later_day_and_of_a_review(session: Session, story: Story) -> None:
    contact = Contact(email="lan@example.com")
    file, other = story.conduct_report(contact=contact), story.conduct_report(contact=contact)
    merged(story, file, other)
    other = story.minh_accepts(again(session, other))
    settle(session)
    before = len(reporters_told(session))
    minh = story.cast.minh
    actions.extend(session, other, minh, viewer_for(session, minh), clock="answer", text="Cần đo lại đất.", request="")
    settle(session)
    assert reporters_told(session)[before:] == [other.report.id, file.report.id]


def test_a_day_that_was_decreed_off_meanwhile_counts_after_undoing(session: Session, story: Story) -> None:
    file, other = pair(story)
    before = {clock.starts: clock.due_on for clock, _ in file.clocks}
    file = merged(story, file, other)
    tuesday = MONDAY + timedelta(days=1)
    storm = {"is_working": False, "name_vi": "Nghỉ vì bão", "name_en": "Storm", "sure": Sure.CERTAIN, "source": "QĐ 1"}
    add_day(session, tuesday, storm, by_login=None)
    move_batch(session, {"change": "", "on": tuesday.isoformat(), "after": 0})
    file = split(story, again(session, file))
    assert {clock.starts: clock.due_on - before[clock.starts] for clock, _ in file.clocks} == {
        "triage": timedelta(days=1),
        "forward": timedelta(days=1),
    }
    events = events_of(session, file.case, frozenset(Audience))
    assert [one.kind for one in events][-2:] == ["case_split_off", "deadlines_moved"]
    assert replayed_clocks(events) == stored_clocks(file)
