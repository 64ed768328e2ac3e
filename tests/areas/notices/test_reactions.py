"""What follows from an event is written with it, or not at all."""

import pytest
from sqlalchemy import func, select

from portal.cases import events, labels
from portal.cases.actions import accept, withdraw
from portal.cases.models import Case, Event
from portal.cases.words import Language, Status
from portal.foundation.database import transaction
from portal.jobs.models import Job
from portal.notices.models import Notice
from portal.notices.staff_notices import HEARS
from portal.notices.wording import LATE, REPORTER_KINDS, STAFF_KINDS, WORDS
from portal.reactions import CHANGES_SEARCH, ENDS_CONTACT, ENDS_KEY, MAY_END_CONTACT, REPORTER_HEARS, STAFF_HEAR
from portal.search.models import SearchDocument
from tests.makers.cases import Story
from tests.makers.cast import hire_everybody, viewer_for
from tests.makers.committed import Committed
from tests.makers.filings import CONTACT, a_conduct_report, a_delay

KINDS = {value for name, value in vars(events).items() if name.isupper() and isinstance(value, str)}


def test_every_event_has_words_and_reactions_know_no_others() -> None:
    assert labels.EVENTS.keys() == KINDS
    assert labels.EVENTS_FOR_REPORTER.keys() < KINDS
    assert REPORTER_HEARS.keys() | CHANGES_SEARCH | ENDS_CONTACT | MAY_END_CONTACT | ENDS_KEY <= KINDS
    assert {(kind, language) for kind in (*REPORTER_KINDS, *STAFF_KINDS) for language in Language} == WORDS.keys()
    assert {*REPORTER_HEARS.values(), LATE} == {*REPORTER_KINDS}
    assert STAFF_HEAR.keys() <= KINDS
    assert HEARS.keys() >= {*STAFF_HEAR.values()}
    assert REPORTER_HEARS.keys() <= labels.EVENTS_FOR_REPORTER.keys()


@pytest.mark.both
def test_rolled_back_with_their_transaction(committed: Committed) -> None:
    committed.file(a_conduct_report())
    before = snapshot(committed)

    class Stopped(Exception):
        pass

    with pytest.raises(Stopped), committed.session() as session, transaction(session):
        story = Story(session, hire_everybody(session))
        file = story.file_of(session.scalars(select(Case)).one())
        accept(session, file, story.cast.minh, viewer_for(session, story.cast.minh))
        withdraw(session, story.file_of(file.case))
        raise Stopped
    assert snapshot(committed) == before


def test_when_a_reaction_fails_nothing_happened(committed: Committed, monkeypatch: pytest.MonkeyPatch) -> None:
    committed.file(a_delay(contact=CONTACT))
    before = snapshot(committed)
    monkeypatch.setattr("portal.reactions.enqueue", lambda *args, **named: 1 / 0)
    with pytest.raises(ZeroDivisionError), committed.session() as session, transaction(session):
        withdraw(session, Story(session, hire_everybody(session)).file_of(session.scalars(select(Case)).one()))
    assert snapshot(committed) == before
    monkeypatch.undo()
    with committed.session() as session, transaction(session):
        story = Story(session, hire_everybody(session))
        withdraw(session, story.file_of(session.scalars(select(Case)).one()))
    assert snapshot(committed)[0] is Status.WITHDRAWN


def snapshot(place: Committed) -> tuple[object, ...]:
    """Where the only case stands, and what there is beside it."""
    with place.session() as session:
        counts = [
            session.scalar(select(func.count()).select_from(table)) for table in (Event, Job, Notice, SearchDocument)
        ]
        case = session.scalars(select(Case)).one()
        return (case.status, case.version, *counts)
