"""Restricted cases: of what can become a denunciation only those who hold it know, and the chief inspectors."""

import pytest
from sqlalchemy.orm import Session

from portal.cases import actions
from portal.cases.queries import can_hold, can_see, case_for
from portal.cases.queue import queue_page
from portal.cases.restricted import is_restricted
from portal.catalogue.words import Track
from portal.foundation.errors import NotAllowed, NotFound
from tests.makers.cases import Story, again
from tests.makers.cast import Cast, viewer_for, wall_off
from tests.makers.filings import a_denunciation

both = pytest.mark.both


@pytest.mark.parametrize(
    ("track", "severity", "restricted"),
    [
        (Track.FEEDBACK, 3, False),
        (Track.FEEDBACK, 4, True),
        (Track.COMPLAINT, 3, False),
        (Track.DENUNCIATION, 1, True),
        (Track.COMMENDATION, 5, True),
    ],
)
def test_what_is_restricted(track: Track, severity: int, restricted: bool) -> None:
    assert is_restricted(track, severity) is restricted


@both
def test_only_who_holds_it_and_the_chiefs(session: Session, story: Story, cast: Cast) -> None:
    file = story.conduct_report(category=a_denunciation().category)
    minh, hanh = viewer_for(session, cast.minh), viewer_for(session, cast.hanh)
    assert file.case.is_restricted
    assert can_see(session, hanh, file.case)
    assert not can_see(session, minh, file.case)
    assert queue_page(session, minh).rows == []
    with pytest.raises(NotFound):
        case_for(session, minh, file.case.reference)
    actions.assign(session, file, cast.hanh, hanh, assignee=cast.minh, sees=minh)
    file = again(session, file)
    assert case_for(session, minh, file.case.reference).case is file.case
    assert [row.case for row in queue_page(session, minh).rows] == [file.case]
    actions.assign(session, file, cast.hanh, hanh, assignee=cast.dung, sees=viewer_for(session, cast.dung))
    assert not can_see(session, minh, again(session, file).case)


@both
def test_a_wall_stays_a_wall(session: Session, story: Story, cast: Cast) -> None:
    file = story.conduct_report(category=a_denunciation().category)
    wall_off(session, file, cast.khang)
    khang, hanh = viewer_for(session, cast.khang), viewer_for(session, cast.hanh)
    assert not can_hold(session, khang, file.case)
    with pytest.raises(NotAllowed):
        actions.assign(session, file, cast.hanh, hanh, assignee=cast.khang, sees=khang)


@both
def test_what_is_not_severe_is_for_every_inspector(session: Session, story: Story, cast: Cast) -> None:
    file = story.conduct_report()
    assert not file.case.is_restricted
    assert can_see(session, viewer_for(session, cast.minh), file.case)
