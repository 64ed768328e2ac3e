"""Referring: one lead at any time, nobody accused, and agencies read cleared texts only."""

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from portal.cases import actions
from portal.cases.casefile import CaseFile
from portal.cases.models import ClearedText, Referral
from portal.cases.queue import queue_page
from portal.catalogue.words import AccusedRole, ReferralRole
from portal.foundation.errors import NotAllowed, PortalError
from tests.makers.cases import CLEARED, Story, again, told
from tests.makers.cast import CITY, COMMITTEE, DEPARTMENT, OFFICE, OTHER_CITY, PROVINCE, Cast, viewer_for

pytestmark = pytest.mark.both


def roles(file: CaseFile) -> dict[str, ReferralRole]:
    """Each body's part."""
    return {one.agency.code: one.role for one in file.live_referrals}


@pytest.fixture
def cleared(story: Story) -> CaseFile:
    """A conduct report about the one-stop office, taken up, with a cleared text."""
    return story.minh_clears(story.minh_accepts(story.conduct_report()))


def test_the_lead_moves_and_the_inspectors_watch(story: Story, cleared: CaseFile) -> None:
    file = story.minh_refers(cleared, PROVINCE)
    assert roles(file) == {COMMITTEE: ReferralRole.OVERSEE, PROVINCE: ReferralRole.LEAD}
    file = story.minh_refers(file, DEPARTMENT)
    assert roles(file) == {
        COMMITTEE: ReferralRole.OVERSEE,
        PROVINCE: ReferralRole.SUPPORT,
        DEPARTMENT: ReferralRole.LEAD,
    }
    assert file.case.lead_id == next(one.agency_id for one in file.referrals if one.agency.code == DEPARTMENT)
    assert {one.agency.code: one.is_open for one in file.live_referrals} == {
        COMMITTEE: False,
        PROVINCE: True,
        DEPARTMENT: True,
    }


@pytest.mark.parametrize("role", [ReferralRole.SUPPORT, ReferralRole.INFORM, ReferralRole.OVERSEE])
def test_another_part_leaves_the_lead_alone(story: Story, cleared: CaseFile, role: ReferralRole) -> None:
    file = story.minh_refers(cleared, DEPARTMENT, role)
    assert roles(file) == {COMMITTEE: ReferralRole.LEAD, DEPARTMENT: role}
    own = next(one for one in file.referrals if one.agency.code == DEPARTMENT)
    assert own.is_open == (role is ReferralRole.SUPPORT)
    started = [clock for clock, _ in file.clocks if clock.referral_id == own.id]
    assert len(started) == (1 if own.is_open else 0)


def test_the_database_itself_allows_one_lead(session: Session, story: Story, cleared: CaseFile) -> None:
    file = story.minh_refers(cleared, DEPARTMENT, ReferralRole.SUPPORT)
    with pytest.raises(IntegrityError), session.begin_nested():
        file.referrals[-1].role = ReferralRole.LEAD
    leads = select(func.count()).where(Referral.case_id == file.case.id, Referral.role == ReferralRole.LEAD)
    assert session.scalar(leads) == 1


def test_never_to_the_accused_nor_to_whoever_is_below(session: Session, story: Story, cast: Cast) -> None:
    about_city = story.minh_clears(story.minh_accepts(story.conduct_report(agency=CITY, accused_role=AccusedRole.HEAD)))
    about_office = story.minh_clears(story.minh_accepts(story.conduct_report()))
    before = told(session, about_city)
    for file, body in ((about_city, CITY), (about_city, OFFICE), (about_office, OFFICE)):
        for role in ReferralRole:
            with pytest.raises(NotAllowed):
                story.minh_refers(file, body, role)
    assert told(session, about_city) == before
    assert roles(story.minh_refers(about_office, CITY, ReferralRole.SUPPORT))[CITY] is ReferralRole.SUPPORT


def test_not_without_a_cleared_text_not_twice_not_to_nowhere(session: Session, story: Story, cleared: CaseFile) -> None:
    bare = story.minh_accepts(story.conduct_report())
    with pytest.raises(PortalError):
        story.minh_refers(bare, PROVINCE)
    with pytest.raises(PortalError):
        story.minh_refers(cleared, "NOWHERE")
    file = story.minh_refers(cleared, PROVINCE)
    with pytest.raises(PortalError):
        story.minh_refers(file, PROVINCE, ReferralRole.INFORM)
    assert len(again(session, file).referrals) == 2


def test_a_cleared_text_is_what_was_shown_and_a_second_one_is_a_new_version(
    session: Session, story: Story, cast: Cast, cleared: CaseFile
) -> None:
    file = story.minh_refers(cleared, PROVINCE)
    file = story.minh_clears(file, "Xe của cơ quan, biển 92A-000.88.")
    assert [one.version for one in file.cleared_texts] == [1, 2]
    assert [one.text for one in file.cleared_texts] == [CLEARED, "Xe của cơ quan, biển 92A-000.88."]
    newest = file.cleared_texts[1]
    assert (newest.shows_dossier, newest.cleared_by_id) == (False, cast.minh.id)
    file = story.minh_refers(file, DEPARTMENT)
    assert [one.cleared_text for one in file.referrals[-2:]] == file.cleared_texts, "whoever has the first keeps it"


def test_the_database_changes_no_cleared_text_and_no_referrals_version(
    session: Session, story: Story, cleared: CaseFile
) -> None:
    file = story.minh_clears(story.minh_refers(cleared, PROVINCE), "Bản hai.")
    first, second = (one.id for one in file.cleared_texts)
    for statement in (
        update(ClearedText).where(ClearedText.id == first).values(text="Khác."),
        update(ClearedText).where(ClearedText.id == first).values(version=9),
        delete(ClearedText).where(ClearedText.id == second),
        update(Referral).where(Referral.cleared_text_id == first).values(cleared_text_id=second),
        update(Referral).where(Referral.cleared_text_id == first).values(cleared_text_id=None),
    ):
        with pytest.raises(DBAPIError, match="cleared"), session.begin_nested():
            session.execute(statement)
    session.execute(update(ClearedText).where(ClearedText.id == first).values(text=""))
    assert session.scalar(select(ClearedText.text).where(ClearedText.id == first)) == ""


def test_an_agency_reads_the_cleared_text_in_its_queue_and_nothing_else(
    session: Session, story: Story, cast: Cast, cleared: CaseFile
) -> None:
    file = story.minh_refers(cleared, DEPARTMENT)
    page = queue_page(session, viewer_for(session, cast.thao))
    assert [(row.case.id, row.words) for row in page.rows] == [(file.case.id, CLEARED)]
    assert file.report.narrative not in repr(page.rows)
    inspectors = queue_page(session, viewer_for(session, cast.minh))
    assert [row.words for row in inspectors.rows] == [file.report.narrative]


def test_a_stranger_is_not_asked_by_answering(session: Session, story: Story, cast: Cast, cleared: CaseFile) -> None:
    file = story.minh_refers(cleared, DEPARTMENT, ReferralRole.INFORM)
    for staff in (cast.thao, cast.son):
        with pytest.raises(NotAllowed):
            actions.answer_referral(session, file, staff, viewer_for(session, staff), text="Xong.")


def test_who_is_asked_for_support_answers_too(session: Session, story: Story, cast: Cast, cleared: CaseFile) -> None:
    file = story.minh_refers(story.minh_refers(cleared, PROVINCE), OTHER_CITY, ReferralRole.SUPPORT)
    actions.answer_referral(session, file, cast.son, viewer_for(session, cast.son), text="Chúng tôi không có gì.")
    file = again(session, file)
    met = {clock.referral_id: clock.met_at is not None for clock, _ in file.clocks if clock.referral_id}
    by_code = {one.agency.code: one.id for one in file.referrals}
    assert met == {by_code[PROVINCE]: False, by_code[OTHER_CITY]: True}
    with pytest.raises(NotAllowed):
        actions.answer_referral(session, file, cast.son, viewer_for(session, cast.son), text="Lại nữa.")
