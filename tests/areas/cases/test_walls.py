"""Who sees a case, and who must not learn that it exists."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import actions
from portal.cases.access import available_moves
from portal.cases.casefile import CaseFile
from portal.cases.models import Wall
from portal.cases.queries import can_see, case_for
from portal.cases.queue import queue_page
from portal.cases.words import Status
from portal.catalogue.models import Agency
from portal.catalogue.words import AccusedRole, ReferralRole
from portal.foundation.errors import NotAllowed, NotFound
from portal.foundation.time import today
from portal.staff.models import Staff
from portal.staff.roles import Role
from tests.makers.cases import Story, again
from tests.makers.cast import (
    CITY,
    COMMITTEE,
    DEPARTMENT,
    OFFICE,
    ORGANISATION,
    PROVINCE,
    Cast,
    hire,
    viewer_for,
    wall_off,
)

pytestmark = pytest.mark.both


def seen_by(session: Session, cast: Cast, file: CaseFile) -> set[str]:
    """The logins of those who see a case, by all three ways of asking, which must agree."""
    seers = set()
    for staff in cast.everybody:
        viewer = viewer_for(session, staff)
        sees = can_see(session, viewer, file.case)
        assert sees == _gets(session, staff, file)
        assert sees == (file.case.id in {row.case.id for row in queue_page(session, viewer).rows})
        if sees:
            seers.add(staff.login)
    return seers


def _gets(session: Session, staff: Staff, file: CaseFile) -> bool:
    try:
        case_for(session, viewer_for(session, staff), file.case.reference)
    except NotFound:
        return False
    return True


def walls(session: Session, file: CaseFile) -> set[str]:
    """The bodies behind a wall."""
    codes = select(Agency.code).join(Wall, Wall.agency_id == Agency.id).where(Wall.case_id == file.case.id)
    return set(session.scalars(codes))


def test_a_direct_delay(session: Session, story: Story, cast: Cast) -> None:
    file = story.accepted_delay()
    assert seen_by(session, cast, file) == {"minh", "hanh", "dung", "khang", "quy", "nga"}
    assert walls(session, file) == set()


def test_a_conduct_report_is_the_inspectors_alone(session: Session, story: Story, cast: Cast) -> None:
    file = story.conduct_report()
    assert seen_by(session, cast, file) == {"minh", "hanh", "dung", "khang"}
    assert walls(session, file) == {OFFICE}


def test_the_accused_never_see_it_whatever_is_referred_where(session: Session, story: Story, cast: Cast) -> None:
    file = story.conduct_report(agency=CITY, accused_role=AccusedRole.HEAD)
    file = story.minh_refers(story.minh_clears(story.minh_accepts(file)), DEPARTMENT)
    assert walls(session, file) == {CITY}
    assert seen_by(session, cast, file) == {"minh", "hanh", "dung", "khang", "thao"}


def test_an_inspector_with_a_sister_there(session: Session, story: Story, cast: Cast) -> None:
    file, other = story.conduct_report(), story.conduct_report()
    wall_off(session, file, cast.khang)
    assert seen_by(session, cast, file) == {"minh", "hanh", "dung"}
    assert seen_by(session, cast, other) == {"minh", "hanh", "dung", "khang"}


def test_a_wall_lets_through_whom_it_names(session: Session, story: Story, cast: Cast) -> None:
    file = story.conduct_report()
    session.add(
        Wall(case_id=file.case.id, agency_id=cast.minh.agency_id, except_staff_id=cast.hanh.id, reason="all but one")
    )
    session.flush()
    assert seen_by(session, cast, file) == {"hanh"}


@pytest.mark.parametrize("role", [AccusedRole.HEAD, AccusedRole.OFFICER, AccusedRole.UNKNOWN])
def test_about_the_inspection_committee(session: Session, story: Story, cast: Cast, role: AccusedRole) -> None:
    """The Organisation Committee's people see it; those it is about cannot tell that it is there."""
    file = story.conduct_report(agency=COMMITTEE, accused_role=role)
    assert {one.agency.code: one.role for one in file.referrals} == {ORGANISATION: ReferralRole.LEAD}
    assert walls(session, file) == {COMMITTEE}
    assert seen_by(session, cast, file) == {"vy"}


def test_a_return_of_the_lead_shows_it_to_nobody_new(session: Session, story: Story, cast: Cast) -> None:
    file = story.minh_refers(story.minh_clears(story.minh_accepts(story.conduct_report())), PROVINCE)
    assert seen_by(session, cast, file) == {"minh", "hanh", "dung", "khang"}  # Tâm works there: no case for her


def test_an_ended_referral_shows_nothing_any_more(session: Session, story: Story, cast: Cast) -> None:
    file = story.accepted_delay()
    own = file.referral_of(cast.nga.agency_id)
    assert own is not None
    own.ended_at = file.report.filed_at
    file = again(session, file)
    assert seen_by(session, cast, file) == {"minh", "hanh", "dung", "khang", "quy"}


def test_a_wall_hides_what_was_referred_before_it_from_all_below(session: Session, story: Story, cast: Cast) -> None:
    file = story.accepted_delay()
    session.add(Wall(case_id=file.case.id, agency_id=cast.quy.agency_id, reason="accused later"))
    session.flush()
    assert seen_by(session, cast, file) == {"minh", "hanh", "dung", "khang"}


def test_a_reference_is_found_however_it_is_typed(session: Session, story: Story, cast: Cast) -> None:
    file, minh = story.conduct_report(), viewer_for(session, cast.minh)
    assert case_for(session, minh, f" {file.case.reference.lower()} ").case is file.case
    with pytest.raises(NotFound) as unknown:
        case_for(session, minh, "VV-000000")
    with pytest.raises(NotFound) as forbidden:
        case_for(session, viewer_for(session, cast.quy), file.case.reference)
    assert unknown.value.message == forbidden.value.message


def test_an_inspectors_role_given_elsewhere_opens_nothing(session: Session, story: Story, cast: Cast) -> None:
    """By mistake or on purpose: reports as filed are read in the two committees only."""
    stray = hire(session, "stray", CITY, Role.INSPECTOR, Role.AGENCY_OFFICER)
    conduct, delay = story.conduct_report(), story.accepted_delay()
    viewer = viewer_for(session, stray)
    assert not viewer.reads_narratives
    assert not can_see(session, viewer, conduct.case)
    assert [row.words for row in queue_page(session, viewer).rows] == [row_words(delay)]
    assert {move.name for move in available_moves(viewer, delay, today())} == {
        "ask",
        "answer",
        "note",
        "declare_conflict",
    }


def row_words(file: CaseFile) -> str:
    """What an agency reads of a case."""
    assert file.cleared_text is not None
    return file.cleared_text.text


def test_all_the_way_past_the_committee(session: Session, story: Story, cast: Cast) -> None:
    """A report about the Inspection Committee, from filing to answer: none of its people can tell."""
    second = hire(session, "second", ORGANISATION, Role.CHIEF_INSPECTOR)
    vy, other = viewer_for(session, cast.vy), viewer_for(session, second)
    file = story.conduct_report(agency=COMMITTEE, accused_role=AccusedRole.HEAD)
    actions.accept(session, file, cast.vy, vy)
    actions.clear(session, again(session, file), cast.vy, vy, text="Người ở đó gợi ý quà.")
    with pytest.raises(NotAllowed):
        actions.refer(session, again(session, file), cast.vy, vy, agency=COMMITTEE, role=ReferralRole.SUPPORT)
    actions.verify(session, again(session, file), cast.vy, vy)
    actions.conclude(session, again(session, file), cast.vy, vy, finding="upheld", remedy="", text="Đúng.")
    for staff in (cast.vy, cast.hanh, cast.dung):
        with pytest.raises((NotAllowed, NotFound)):
            seen = case_for(session, viewer_for(session, staff), file.case.reference)
            actions.approve(session, seen, staff, viewer_for(session, staff))
    actions.approve(session, again(session, file), second, other)
    file = again(session, file)
    assert file.case.status is Status.ANSWERED
    assert seen_by(session, cast, file) == {"vy"}
