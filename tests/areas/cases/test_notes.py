"""Internal notes: of one side alone. No other body reads or finds them, and the reporter learns of none."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import actions
from portal.cases.casefile import events_of
from portal.cases.notes import inspectors_notes, notes_for
from portal.cases.story import story_of
from portal.cases.words import Audience
from portal.foundation.errors import FieldErrors
from portal.search.models import SearchDocument
from tests.makers.cases import Story, again, settle
from tests.makers.cast import CITY, Cast, viewer_for

pytestmark = pytest.mark.both
INSPECTORS, CITYS = "zebrakiemtra hỏi lại quầy", "zebrahoian gọi chị trực"


def test_each_side_reads_its_own(session: Session, story: Story, cast: Cast) -> None:
    file = story.minh_clears(story.minh_accepts(story.conduct_report()))
    file = story.minh_refers(file, CITY)
    minh, quy = viewer_for(session, cast.minh), viewer_for(session, cast.quy)
    before = file.case.version
    actions.note(session, file, cast.minh, minh, text=INSPECTORS)
    actions.note(session, file, cast.quy, quy, text=CITYS)
    settle(session)
    file = again(session, file)
    assert file.case.version == before
    texts = {
        one.login: [note.text for note in notes_for(session, viewer_for(session, one), file.case)]
        for one in (cast.minh, cast.hanh, cast.quy, cast.son, cast.nga)
    }
    assert texts == {"minh": [INSPECTORS], "hanh": [INSPECTORS], "quy": [CITYS], "son": [], "nga": []}
    assert inspectors_notes(session, file.case) == [INSPECTORS]
    rows = session.scalars(select(SearchDocument).where(SearchDocument.case_id == file.case.id))
    found = {row.audience: row.exact for row in rows}
    assert found.keys() == {Audience.INSPECTION, Audience.AGENCY}
    assert "zebrakiemtra" in found[Audience.INSPECTION]
    assert "zebra" not in found[Audience.AGENCY]
    assert "zebrahoian" not in found[Audience.INSPECTION]


def test_the_reporter_learns_of_none(session: Session, story: Story, cast: Cast) -> None:
    file = story.conduct_report()
    actions.note(session, file, cast.minh, viewer_for(session, cast.minh), text=INSPECTORS)
    file = again(session, file)
    assert "zebrakiemtra" not in repr(story_of(session, file, "vi"))
    kinds = [one.kind for one in events_of(session, file.case, frozenset({Audience.EVERYONE, Audience.REPORTER}))]
    assert "note_written" not in kinds


def test_a_note_without_words_is_refused(session: Session, story: Story, cast: Cast) -> None:
    file = story.conduct_report()
    with pytest.raises(FieldErrors):
        actions.note(session, file, cast.minh, viewer_for(session, cast.minh), text=" \n")
