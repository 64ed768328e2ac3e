"""One way to write: starts clean, runs the reactions, commits; or leaves nothing behind."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from portal.cases.models import Case
from portal.foundation.database import happened, transaction
from portal.foundation.errors import Conflict
from portal.foundation.time import now
from portal.jobs.models import Job
from tests.makers.cast import hire_everybody
from tests.makers.committed import Committed
from tests.makers.days import MONDAY, on
from tests.makers.filings import a_conduct_report

pytestmark = pytest.mark.both


def a_job(kind: str = "one") -> Job:
    """A row to write."""
    return Job(kind=kind, payload={}, run_at=now(), tries=0)


def count(place: Committed) -> int:
    """How many rows another session sees."""
    with place.session() as session:
        return session.scalar(select(func.count()).select_from(Job)) or 0


@pytest.fixture
def own(committed: Committed) -> Iterator[Session]:
    """A session with reactions of its own."""
    with committed.session() as session:
        session.info["react"] = None
        yield session


def test_commits_what_was_done(committed: Committed, own: Session) -> None:
    with transaction(own):
        own.add(a_job())
        assert count(committed) == 0
    assert count(committed) == 1


def test_starts_clean(committed: Committed, own: Session) -> None:
    own.add(a_job("left over"))
    own.flush()
    with transaction(own):
        own.add(a_job())
    assert count(committed) == 1


def test_rolls_back_on_any_error(committed: Committed, own: Session) -> None:
    for kind in (ValueError, KeyboardInterrupt):
        with pytest.raises(kind), transaction(own):
            own.add(a_job())
            raise kind
    assert count(committed) == 0
    with transaction(own):
        own.add(a_job())
    assert count(committed) == 1


def test_one_at_a_time(own: Session) -> None:
    with transaction(own), pytest.raises(RuntimeError):
        transaction(own).__enter__()


def test_reactions_run_before_the_commit_and_may_cause_more(committed: Committed, own: Session) -> None:
    heard = []

    def react(session: Session, event: Any) -> None:
        heard.append((event, count(committed)))
        session.add(a_job(str(event)))
        if event < 3:
            happened(session, event + 1)

    own.info["react"] = react
    with transaction(own):
        happened(own, 1)
    assert heard == [(1, 0), (2, 0), (3, 0)]
    assert count(committed) == 3


def test_a_reaction_that_fails_leaves_nothing(committed: Committed, own: Session) -> None:
    def react(session: Session, event: Any) -> None:
        raise LookupError

    own.info["react"] = react
    with pytest.raises(LookupError), transaction(own):
        own.add(a_job())
        happened(own, 1)
    own.info["react"] = None
    with transaction(own):
        pass  # what had happened is forgotten with its transaction
    assert count(committed) == 0


def test_writers_queue(committed: Committed) -> None:
    gate = threading.Barrier(12)

    def write() -> None:
        gate.wait()
        for _ in range(5):
            with committed.session() as session, transaction(session):
                session.scalar(select(func.count()).select_from(Job))  # a read before the write
                session.add(a_job())

    with ThreadPoolExecutor(12) as threads:
        for future in [threads.submit(write) for _ in range(12)]:
            future.result()
    assert count(committed) == 60


def test_reading_does_not_wait_for_a_writer(committed: Committed, own: Session) -> None:
    with transaction(own):
        own.add(a_job())
        own.flush()
        assert count(committed) == 0


def test_sqlite_is_durable_and_strict(committed: Committed) -> None:
    with committed.session() as session:
        if session.get_bind().dialect.name != "sqlite":
            assert session.scalar(text("SHOW synchronous_commit")) == "on"
            return
        pragmas = {
            name: session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")
        }
        assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_word_that_is_none_is_refused_by_the_database_too(committed: Committed) -> None:
    with pytest.raises(Exception, match=r"(?i)check"), committed.session() as session, transaction(session):
        session.execute(text("INSERT INTO staff_role (staff_id, role) VALUES (1, 'king')"))


def test_whoever_was_second_is_told_so_and_nothing_of_theirs_is_kept(committed: Committed) -> None:
    with on(MONDAY):
        with committed.session() as session, transaction(session):
            hire_everybody(session)
        committed.file(a_conduct_report())
    with committed.session() as session:
        with pytest.raises(Conflict), transaction(session):
            case = session.scalars(select(Case)).one()
            by_another_hand = update(Case).values(version=Case.version + 1)
            session.execute(by_another_hand, execution_options={"synchronize_session": False})
            case.severity = 5
        assert session.scalars(select(Case.severity)).one() == 2
