"""Reading a restricted case: who may open it, and each opening written down for the inspectors alone."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.cases import actions, events
from portal.cases.models import Event
from portal.cases.reading import Why, may_read, needs_opening, readings, record_reading, words_shown
from portal.cases.words import Audience
from portal.foundation.errors import NotAllowed
from portal.foundation.time import at, now
from tests.makers.cases import Story, again
from tests.makers.cast import Cast, viewer_for, wall_off
from tests.makers.filings import a_denunciation

pytestmark = pytest.mark.both


def test_only_who_holds_it_and_chiefs_may_open_it(session: Session, story: Story, cast: Cast) -> None:
    file = story.conduct_report(category=a_denunciation().category)
    hanh = viewer_for(session, cast.hanh)
    assert {(one.name, one.why) for one in may_read(session, file)} == {
        (cast.hanh.name, Why.CHIEF),
        (cast.dung.name, Why.CHIEF),
    }
    actions.assign(session, file, cast.hanh, hanh, assignee=cast.minh, sees=viewer_for(session, cast.minh))
    wall_off(session, file, cast.dung)
    assert {(one.name, one.why) for one in may_read(session, again(session, file))} == {
        (cast.minh.name, Why.HOLDS),
        (cast.hanh.name, Why.CHIEF),
    }


def test_each_opening_is_an_event_for_inspectors(session: Session, story: Story, cast: Cast) -> None:
    file, hanh = story.conduct_report(category=a_denunciation().category), viewer_for(session, cast.hanh)
    assert needs_opening(file.case, hanh)
    assert not words_shown(file.case, hanh)
    first = now()
    assert record_reading(session, file, cast.hanh, hanh).audience is Audience.INSPECTION
    later = first + timedelta(hours=1)
    with at(later):
        record_reading(session, file, cast.dung, viewer_for(session, cast.dung))
    assert readings(session, file.case) == [(cast.dung.name, later), (cast.hanh.name, first)]


def test_what_everybody_reads_is_opened_by_nobody(session: Session, story: Story, cast: Cast) -> None:
    file, minh = story.conduct_report(), viewer_for(session, cast.minh)
    assert not needs_opening(file.case, minh)
    with pytest.raises(NotAllowed):
        record_reading(session, file, cast.minh, minh)
    found = select(func.count()).select_from(Event).where(Event.kind == events.CASE_READ)
    assert session.scalar(found) == 0
