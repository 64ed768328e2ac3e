"""Spam and empty reports: the Committee looks first, nothing is discarded, and the reporter sees nothing of it."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import actions, events
from portal.cases.casefile import events_of
from portal.cases.quarantine import count_waiting, waiting
from portal.cases.quarantine_models import Quarantine
from portal.cases.queries import can_see
from portal.cases.status import Starts
from portal.cases.suspect import Suspicion
from portal.cases.words import Audience, Status
from portal.foundation.errors import NotAllowed
from tests.makers.cases import Story, again, received, told
from tests.makers.cast import COMMITTEE, Cast, viewer_for, wall_off
from tests.makers.filings import a_delay, a_denunciation

JUNK = "spam spam spam spam spam"


@pytest.mark.both
def test_a_suspect_delay_reaches_no_agency_and_waits_with_its_clock(session: Session, cast: Cast) -> None:
    plain, held = received(session, a_delay()), received(session, a_delay(narrative=JUNK))
    officer, minh = viewer_for(session, cast.quy), viewer_for(session, cast.minh)
    assert can_see(session, officer, plain.case)
    assert not can_see(session, officer, held.case)
    assert (held.case.status, held.case.is_direct) == (Status.RECEIVED, False)
    assert [one.agency.code for one in held.referrals] == [COMMITTEE]
    assert held.cleared_texts == []
    assert {clock.starts for clock, _ in held.clocks} == {Starts.TRIAGE.value, Starts.FORWARD.value}
    assert [kind for kind, *_ in told(session, held)] == [events.REPORT_FILED]
    [row] = session.scalars(select(Quarantine)).all()
    assert (row.case_id, row.reason, row.released_at, row.released_by_id) == (
        held.case.id,
        Suspicion.REPEATED,
        None,
        None,
    )
    assert [(one.case.id, one.reason, one.words) for one in waiting(session, minh)] == [
        (held.case.id, Suspicion.REPEATED, JUNK)
    ]
    assert count_waiting(session, minh) == 1
    assert (waiting(session, officer), count_waiting(session, officer)) == ([], 0)


def test_a_plain_report_is_not_held(session: Session, cast: Cast) -> None:
    received(session, a_delay())
    assert session.scalars(select(Quarantine)).all() == []
    assert count_waiting(session, viewer_for(session, cast.minh)) == 0


@pytest.mark.both
def test_released_it_is_a_case_like_any_other_and_nothing_is_referred_by_itself(session: Session, story: Story) -> None:
    cast, minh = story.cast, viewer_for(session, story.cast.minh)
    file = received(session, a_delay(narrative=JUNK))
    actions.release(session, file, cast.minh, minh)
    file = again(session, file)
    assert told(session, file)[-1] == (events.QUARANTINE_RELEASED, cast.minh.id, {})
    last = events_of(session, file.case, frozenset(Audience))[-1]
    assert last.audience is Audience.INSPECTION
    row = session.get_one(Quarantine, file.case.id)
    assert row.released_at is not None
    assert row.released_by_id == cast.minh.id
    assert waiting(session, minh) == []
    assert not can_see(session, viewer_for(session, cast.quy), file.case)
    assert [one.agency.code for one in file.referrals] == [COMMITTEE]
    with pytest.raises(NotAllowed):
        actions.release(session, file, cast.minh, minh)
    actions.accept(session, file, cast.minh, minh)
    assert again(session, file).case.status is Status.ACCEPTED


def test_only_an_inspector_releases(session: Session, cast: Cast) -> None:
    file = received(session, a_delay(narrative=JUNK))
    with pytest.raises(NotAllowed):
        actions.release(session, file, cast.quy, viewer_for(session, cast.quy))
    plain = received(session, a_delay(committee_first=True))
    with pytest.raises(NotAllowed):
        actions.release(session, plain, cast.minh, viewer_for(session, cast.minh))


def test_it_leaves_with_its_status(session: Session, cast: Cast) -> None:
    minh = viewer_for(session, cast.minh)
    file = received(session, a_delay(narrative=JUNK))
    actions.refuse(session, file, cast.minh, minh, ground="empty_or_abusive", text="Xin kể lại sự việc.")
    assert (waiting(session, minh), count_waiting(session, minh)) == ([], 0)
    with pytest.raises(NotAllowed):
        actions.release(session, again(session, file), cast.minh, minh)


def test_the_oldest_is_first_and_a_wall_holds(session: Session, cast: Cast) -> None:
    minh, hanh = viewer_for(session, cast.minh), viewer_for(session, cast.hanh)
    first, second = (received(session, a_delay(narrative=one)) for one in (JUNK, "http://a.vn"))
    assert [one.case.id for one in waiting(session, minh)] == [first.case.id, second.case.id]
    wall_off(session, first, cast.minh)
    assert [one.case.id for one in waiting(session, minh)] == [second.case.id]
    assert count_waiting(session, minh) == 1
    assert len(waiting(session, hanh)) == count_waiting(session, hanh) == 2


def test_a_restricted_one_waits_for_a_chief_inspector(session: Session, cast: Cast) -> None:
    received(session, a_denunciation(narrative="!!!"))
    assert count_waiting(session, viewer_for(session, cast.minh)) == 0
    assert count_waiting(session, viewer_for(session, cast.hanh)) == 1
