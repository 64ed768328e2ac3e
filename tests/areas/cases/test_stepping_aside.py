"""Walls around accounts: declared, built and lifted; what it takes from the walled, and who has the case then."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import actions, events
from portal.cases.access import available_moves
from portal.cases.casefile import CaseFile, events_of
from portal.cases.conflicts import takes_over
from portal.cases.models import Event, Wall
from portal.cases.queries import can_see, walls_of
from portal.cases.words import Audience
from portal.catalogue.words import ReferralRole
from portal.foundation.errors import FieldErrors, NotAllowed
from portal.foundation.time import today
from portal.reactions import react
from portal.staff.models import Staff
from tests.areas.cases.replaying import replayed_case, stored_case
from tests.makers.cases import Story, again, told
from tests.makers.cast import COMMITTEE, ORGANISATION, Cast, viewer_for

pytestmark = pytest.mark.both
WHY = "Người bị phản ánh là anh rể tôi."


def sees(session: Session, staff: Staff, file: CaseFile) -> bool:
    """Whether somebody sees a case now."""
    return can_see(session, viewer_for(session, staff), file.case)


def kinds(session: Session, file: CaseFile) -> list[str]:
    """What happened, in order."""
    return [kind for kind, *_ in told(session, file)]


def aside(session: Session, staff: Staff, file: CaseFile) -> CaseFile:
    """Somebody declares an own conflict."""
    actions.declare_conflict(session, again(session, file), staff, viewer_for(session, staff), text=WHY)
    return again(session, file)


def walled_by_hanh(session: Session, cast: Cast, file: CaseFile, account: Staff) -> CaseFile:
    """The chief inspector keeps an account from a case."""
    hanh = viewer_for(session, cast.hanh)
    file = again(session, file)
    actions.wall_off(session, file, cast.hanh, hanh, account=account.login, text="Đơn nêu tên người này.")
    return again(session, file)


def test_whoever_steps_aside_holds_it_no_more_and_sees_it_no_more(session: Session, story: Story, cast: Cast) -> None:
    file = story.minh_accepts(story.conduct_report())
    minh = viewer_for(session, cast.minh)
    actions.assign(session, file, cast.minh, minh, assignee=cast.minh, sees=minh)
    file = aside(session, cast.minh, file)
    assert not sees(session, cast.minh, file)
    assert file.case.assigned_id is None
    assert sees(session, cast.hanh, file)
    last = session.scalars(select(Event).where(Event.case_id == file.case.id).order_by(Event.id.desc())).first()
    assert last is not None
    assert (last.kind, last.actor_id, last.payload["text"]) == (events.CONFLICT_DECLARED, cast.minh.id, WHY)
    assert last.audience is Audience.INSPECTION
    with pytest.raises(NotAllowed):
        actions.assign(session, file, cast.hanh, viewer_for(session, cast.hanh), assignee=cast.minh, sees=minh)


def test_who_holds_it_stays_when_somebody_else_steps_aside(session: Session, story: Story, cast: Cast) -> None:
    file = story.minh_accepts(story.conduct_report())
    minh = viewer_for(session, cast.minh)
    actions.assign(session, file, cast.minh, minh, assignee=cast.minh, sees=minh)
    assert aside(session, cast.dung, file).case.assigned_id == cast.minh.id


def test_an_officer_steps_aside_and_the_office_learns_it(session: Session, story: Story, cast: Cast) -> None:
    file = aside(session, cast.quy, story.accepted_delay())
    assert not sees(session, cast.quy, file)
    assert sees(session, cast.nga, file)
    event = session.scalars(select(Event).where(Event.kind == events.CONFLICT_DECLARED)).one()
    assert (event.audience, event.agency_id) == (Audience.AGENCY, cast.quy.agency_id)


def test_an_account_that_is_named_is_kept_away_until_somebody_lifts_it(
    session: Session, story: Story, cast: Cast
) -> None:
    file = walled_by_hanh(session, cast, story.accepted_delay(), cast.quy)
    assert not sees(session, cast.quy, file)
    assert kinds(session, file)[-1] == events.ACCOUNT_WALLED
    minh = viewer_for(session, cast.minh)
    actions.lift_wall(session, file, cast.minh, minh, account="quy", text="Trùng tên, không phải người này.")
    file = again(session, file)
    assert sees(session, cast.quy, file)
    assert kinds(session, file)[-2:] == [events.ACCOUNT_WALLED, events.WALL_LIFTED]
    assert walls_of(session, file.case) == set()


def test_what_is_no_wall(session: Session, story: Story, cast: Cast) -> None:
    file = walled_by_hanh(session, cast, story.conduct_report(), cast.khang)
    hanh = viewer_for(session, cast.hanh)
    for account in ("ai-do", "hanh", "khang"):  # nobody, oneself, twice
        with pytest.raises(FieldErrors) as wrong:
            actions.wall_off(session, file, cast.hanh, hanh, account=account, text=WHY)
        assert wrong.value.fields.keys() == {"account"}
    for account in ("ai-do", "dung"):
        with pytest.raises(FieldErrors):
            actions.lift_wall(session, file, cast.hanh, hanh, account=account, text=WHY)
    with pytest.raises(FieldErrors):
        actions.declare_conflict(session, file, cast.hanh, hanh, text="  ")
    assert session.scalars(
        select(Wall.staff_id).where(Wall.case_id == file.case.id, Wall.staff_id.is_not(None))
    ).all() == [cast.khang.id]


def test_a_declared_conflict_is_lifted_by_a_chief_alone(session: Session, story: Story, cast: Cast) -> None:
    file = aside(session, cast.minh, story.conduct_report())
    names = {
        staff.login: {move.name for move in available_moves(viewer_for(session, staff), file, today())}
        for staff in (cast.khang, cast.hanh)
    }
    chiefs = [login for login, moves in names.items() if "lift_wall" in moves]
    assert chiefs == ["hanh"]
    with pytest.raises(NotAllowed):
        actions.lift_wall(session, file, cast.khang, viewer_for(session, cast.khang), account="minh", text=WHY)
    actions.lift_wall(session, file, cast.hanh, viewer_for(session, cast.hanh), account="minh", text="Nhầm.")
    assert sees(session, cast.minh, again(session, file))


def test_a_wall_covers_what_was_merged_in(session: Session, story: Story, cast: Cast) -> None:
    one, other = story.conduct_report(), story.minh_accepts(story.conduct_report())
    minh = viewer_for(session, cast.minh)
    actions.merge(session, one, cast.minh, minh, into=other.case)
    walled_by_hanh(session, cast, other, cast.khang)
    assert not sees(session, cast.khang, again(session, one))
    assert not sees(session, cast.khang, again(session, other))


def test_cases_with_other_people_behind_walls_are_not_merged(session: Session, story: Story, cast: Cast) -> None:
    """Whoever is kept from one would read its answer in the other."""
    one, other = story.conduct_report(), story.minh_accepts(story.conduct_report())
    one = walled_by_hanh(session, cast, one, cast.khang)
    with pytest.raises(FieldErrors):
        actions.merge(session, one, cast.minh, viewer_for(session, cast.minh), into=other.case)


@pytest.mark.parametrize(
    ("able", "has_it", "goes_to"),
    [((1, 2), (1,), None), ((2,), (1,), 2), ((2,), (2,), None), ((), (1,), None), ((1, 2), (), 1)],
)
def test_who_takes_over(able: tuple[int, ...], has_it: tuple[int, ...], goes_to: int | None) -> None:
    assert takes_over((1, 2), able, has_it) == goes_to


def test_when_nobody_without_conflict_is_left_the_body_above_has_it(session: Session, story: Story, cast: Cast) -> None:
    file = story.conduct_report()
    inspectors = [cast.minh, cast.dung, cast.khang, cast.hanh]
    for staff in inspectors:
        assert file.referral_of(cast.vy.agency_id) is None
        assert actions.hand_up(session, file) is None
        file = aside(session, staff, file)
    referral = actions.hand_up(session, file) or file.referral_of(cast.vy.agency_id)
    assert referral is not None
    file = again(session, file)
    assert {one.agency.code: one.role for one in file.live_referrals} == {ORGANISATION: ReferralRole.LEAD}
    assert file.case.lead_id == cast.vy.agency_id
    assert [staff.login for staff in cast.everybody if sees(session, staff, file)] == ["vy"]
    assert actions.hand_up(session, file) is None
    assert kinds(session, file).count(events.HANDED_UP) == 1
    vy = viewer_for(session, cast.vy)
    actions.accept(session, file, cast.vy, vy)
    actions.assign(session, again(session, file), cast.vy, vy, assignee=cast.vy, sees=vy)
    assert again(session, file).case.assigned_id == cast.vy.id


def test_the_portal_hands_it_up_by_itself(session: Session, story: Story, cast: Cast) -> None:
    """The reaction does it in the transaction of the last conflict."""
    file = story.conduct_report()
    for staff in (cast.minh, cast.dung, cast.khang, cast.hanh):
        file = aside(session, staff, file)
    last = session.scalars(
        select(Event).where(Event.kind == events.CONFLICT_DECLARED).order_by(Event.id.desc())
    ).first()
    assert last is not None
    react(session, events.Happening(last))
    react(session, events.Happening(last))
    file = again(session, file)
    assert kinds(session, file).count(events.HANDED_UP) == 1
    assert COMMITTEE not in {one.agency.code for one in file.live_referrals}
    assert replayed_case(events_of(session, file.case, frozenset(Audience))) == stored_case(session, file)


def test_a_joined_case_says_that_nobody_holds_it_any_more(session: Session, story: Story, cast: Cast) -> None:
    file, into = story.conduct_report(), story.conduct_report()
    hanh, viewer = cast.hanh, viewer_for(session, cast.hanh)
    actions.assign(session, file, hanh, viewer, assignee=cast.minh, sees=viewer_for(session, cast.minh))
    actions.merge(session, file, hanh, viewer, into=into.case)
    aside(session, cast.minh, into)
    file = again(session, file)
    assert file.case.assigned_id is None
    alone = events_of(session, file.case, frozenset(Audience))
    assert replayed_case(alone) == stored_case(session, file)
    assert (alone[-1].kind, alone[-1].audience) == (events.CONFLICT_DECLARED, Audience.INSPECTION)
    assert WHY not in repr(alone[-1].payload)
