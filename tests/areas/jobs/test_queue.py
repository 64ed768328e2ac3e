"""The queue: each job once, in order; a failure waits longer each time; a dead worker loses a lease, no job."""

import contextvars
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.foundation.database import transaction
from portal.foundation.time import at, now
from portal.jobs.models import Job, WorkerSeen
from portal.jobs.queue import (
    FIRST_PAUSE,
    LEASE,
    LONGEST_PAUSE,
    Handler,
    Periodic,
    enqueue,
    enqueue_periodic,
    last_seen,
    note_seen,
    run_once,
    take,
)
from tests.makers.committed import Committed

pytestmark = pytest.mark.both
Done = list[Any]


def note(session: Session, done: Done, payload: Mapping[str, Any]) -> None:
    """A job that writes down what it was given."""
    done.append(payload["n"])


def fail(session: Session, done: Done, payload: Mapping[str, Any]) -> None:
    """A job that breaks, with words that nobody may keep."""
    raise ConnectionError("không gửi được đến lan@thu.vn")


HANDLERS: dict[str, Handler] = {"note": note, "fail": fail}


def put(place: Committed, *numbers: int, kind: str = "note", delay: int = 0) -> None:
    """Puts jobs on the queue."""
    with place.session() as session, transaction(session):
        for number in numbers:
            enqueue(session, kind, {"n": number}, run_at=now() + timedelta(seconds=delay))


def work(place: Committed) -> Done:
    """Does all that is due."""
    done: Done = []
    with place.session() as session:
        while run_once(session, HANDLERS, done):
            pass
    return done


def only(place: Committed) -> Job:
    """The one job that there is."""
    with place.session() as session:
        return session.scalars(select(Job)).one()


def test_in_order_and_once(committed: Committed) -> None:
    put(committed, 1, 2)
    put(committed, 9, delay=60)
    put(committed, 3)
    assert work(committed) == [1, 2, 3]
    assert work(committed) == []
    with at(now() + timedelta(minutes=2)):
        assert work(committed) == [9]


def test_what_is_rolled_back_is_not_queued(committed: Committed) -> None:
    with pytest.raises(ZeroDivisionError), committed.session() as session, transaction(session):
        enqueue(session, "note", {"n": 1})
        raise ZeroDivisionError
    assert work(committed) == []


def test_a_failure_comes_back_later_each_time(committed: Committed) -> None:
    put(committed, 1, kind="fail")
    pauses = []
    for tries in range(1, 16):
        assert work(committed) == []
        job = only(committed)
        assert (job.tries, job.done_at, job.lease_until) == (tries, None, None)
        assert job.trouble == "ConnectionError"
        pause = job.run_at - now()
        pauses.append(pause)
        monday = at(job.run_at)
        monday.__enter__()
    assert pauses[:4] == [FIRST_PAUSE, FIRST_PAUSE * 2, FIRST_PAUSE * 4, FIRST_PAUSE * 8]
    assert pauses[-1] == LONGEST_PAUSE


def test_a_job_that_nobody_knows_waits_like_a_failure(committed: Committed) -> None:
    put(committed, 1, kind="of a later version")
    put(committed, 2)
    assert work(committed) == [2]
    with committed.session() as session:
        unknown = session.scalars(select(Job).where(Job.done_at.is_(None))).one()
        assert unknown.trouble == "KeyError"


def test_a_failing_job_keeps_nothing_of_what_it_wrote(committed: Committed) -> None:
    def half(session: Session, done: Done, payload: Mapping[str, Any]) -> None:
        with transaction(session):
            enqueue(session, "note", {"n": 5})
            raise OSError

    put(committed, 1, kind="half")
    with committed.session() as session:
        assert run_once(session, {"half": half}, [])
    assert only(committed).kind == "half"


def test_a_dead_workers_job_is_taken_again_when_its_lease_is_over(committed: Committed) -> None:
    put(committed, 1)
    with committed.session() as session:
        taken = take(session)
        assert taken is not None
        assert taken.lease_until == now() + LEASE
    assert work(committed) == []
    with at(now() + LEASE):
        assert work(committed) == []
    with at(now() + LEASE + timedelta(seconds=1)):
        assert work(committed) == [1]
    assert only(committed).tries == 2


def test_many_workers_do_each_job_once(committed: Committed) -> None:
    put(committed, *range(40))
    gate = threading.Barrier(6)

    def worker() -> Done:
        gate.wait()
        return work(committed)

    with ThreadPoolExecutor(6) as threads:
        waiting = [threads.submit(contextvars.copy_context().run, worker) for _ in range(6)]
        done = [number for future in waiting for number in future.result()]
    assert sorted(done) == list(range(40))


def test_a_period_has_one_job_whoever_asks(committed: Committed) -> None:
    hourly = Periodic("note", timedelta(hours=1))
    gate = threading.Barrier(8)

    def ask() -> None:
        with committed.session() as session:
            gate.wait()
            with transaction(session):
                enqueue_periodic(session, hourly)

    with ThreadPoolExecutor(8) as threads:
        for future in [threads.submit(contextvars.copy_context().run, ask) for _ in range(8)]:
            future.result()
    assert only(committed).dedupe is not None
    with at(now() + timedelta(hours=1)), committed.session() as session, transaction(session):
        enqueue_periodic(session, hourly)
        enqueue_periodic(session, hourly)
        enqueue_periodic(session, Periodic("note", timedelta(hours=6)))
        assert session.scalar(select(func.count()).select_from(Job)) == 3


def test_a_second_job_of_one_key_leaves_the_callers_transaction_alone(committed: Committed) -> None:
    with committed.session() as session, transaction(session):
        enqueue(session, "note", {"n": 1}, dedupe="one")
        enqueue(session, "note", {"n": 2}, dedupe="one")
        enqueue(session, "note", {"n": 3})
    assert work(committed) == [1, 3]


def test_a_worker_is_seen_at_most_every_ten_seconds(committed: Committed) -> None:
    with committed.session() as session:
        assert last_seen(session) is None
        first = now()
        note_seen(session)
        assert last_seen(session) == first
        for seconds, seen in ((9, first), (10, first + timedelta(seconds=10))):
            with at(first + timedelta(seconds=seconds)):
                note_seen(session)
                assert last_seen(session) == seen
        assert session.scalar(select(func.count()).select_from(WorkerSeen)) == 1


def test_two_workers_may_be_seen_first(committed: Committed) -> None:
    gate = threading.Barrier(4)

    def look() -> None:
        with committed.session() as session:
            gate.wait()
            note_seen(session)

    with ThreadPoolExecutor(4) as threads:
        for future in [threads.submit(contextvars.copy_context().run, look) for _ in range(4)]:
            future.result()
    with committed.session() as session:
        assert last_seen(session) == now()
