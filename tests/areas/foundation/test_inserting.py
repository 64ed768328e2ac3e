"""Inserts that go out together: all or none, with the errors that single ones have."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.foundation.database import transaction
from portal.foundation.inserting import insert_rows, number_rows, together
from portal.foundation.time import now
from portal.jobs.models import Job
from tests.makers.committed import Committed

pytestmark = pytest.mark.both


def job(dedupe: str | None = None) -> Job:
    """A job that nobody takes."""
    return Job(kind="of.a.test", payload={}, dedupe=dedupe, run_at=now(), tries=0)


def stored(session: Session) -> set[int]:
    """The ids of the jobs that are stored."""
    return set(session.scalars(select(Job.id).where(Job.kind == "of.a.test")))


def test_ids_are_those_of_the_rows(session: Session) -> None:
    connection, jobs = session.connection(), [job(), job(), job()]
    number_rows(connection, *jobs)
    with together(connection):
        insert_rows(connection, *jobs[:2], with_ids=True)
        insert_rows(connection, jobs[2], with_ids=True)
        insert_rows(connection, job(), job())
    numbers = [one.id for one in jobs]
    assert len(set(numbers)) == 3
    assert set(numbers) < stored(session)
    assert len(stored(session)) == 5


def test_a_row_that_may_not_be_leaves_nothing(committed: Committed) -> None:
    with committed.session() as session:
        with pytest.raises(IntegrityError), transaction(session):
            connection = session.connection()
            with together(connection):
                insert_rows(connection, job("once"))
                insert_rows(connection, job("once"))
                insert_rows(connection, job())
        assert stored(session) == set()
        with transaction(session):  # the connection can be used again
            insert_rows(session.connection(), job("once"))
        assert len(stored(session)) == 1


def test_each_value_goes_into_its_own_column(session: Session) -> None:
    connection = session.connection()
    jobs = [Job(kind=f"of.a.test/{place}", payload={"at": place}, run_at=now(), tries=place) for place in range(5)]
    number_rows(connection, jobs[3], jobs[4])
    with together(connection):
        insert_rows(connection, jobs[0], jobs[1])
        with together(connection):
            insert_rows(connection, jobs[2])
        insert_rows(connection, jobs[3], jobs[4], with_ids=True)
    rows = session.scalars(select(Job).where(Job.kind.startswith("of.a.test/")))
    assert {row.kind: (row.payload, row.tries, row.run_at) for row in rows} == {
        job.kind: (job.payload, job.tries, job.run_at) for job in jobs
    }
