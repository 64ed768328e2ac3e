"""Putting work on the queue and taking it off: leases, retries with growing pauses, dedupe keys."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.foundation.database import transaction
from portal.foundation.inserting import insert_rows
from portal.foundation.time import now
from portal.jobs.models import Job, WorkerSeen

LEASE = timedelta(minutes=5)
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=6)
SEEN_EVERY = timedelta(seconds=10)

Handler = Callable[[Session, Any, Mapping[str, Any]], None]


@dataclass(frozen=True)
class Periodic:
    """Work that comes back: one job a period, whoever asks first puts it there."""

    kind: str
    every: timedelta


def enqueue(
    session: Session,
    kind: str,
    payload: Mapping[str, Any],
    *,
    dedupe: str | None = None,
    run_at: datetime | None = None,
) -> None:
    """Adds a job to the caller's transaction. A second one with the same dedupe key is left out."""
    job = Job(kind=kind, payload=dict(payload), dedupe=dedupe, run_at=run_at or now(), tries=0)
    if dedupe is None:
        insert_rows(session.connection(), job)
    elif session.scalar(select(Job.id).where(Job.dedupe == dedupe)) is None:
        with suppress(IntegrityError), session.begin_nested():  # on PostgreSQL another worker may be first
            session.add(job)


def enqueue_periodic(session: Session, periodic: Periodic) -> None:
    """Adds the job of the present period, once."""
    period = int(now().timestamp() // periodic.every.total_seconds())
    enqueue(session, periodic.kind, {}, dedupe=f"{periodic.kind}/{period}")


def take(session: Session) -> Job | None:
    """Leases the next job that is due. A worker that dies loses the lease, not the job."""
    with transaction(session):
        due = (
            select(Job)
            .where(
                Job.done_at.is_(None),
                Job.run_at <= now(),
                or_(Job.lease_until.is_(None), Job.lease_until < now()),
            )
            .order_by(Job.run_at, Job.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        job = session.scalar(due)
        if job is not None:
            job.lease_until = now() + LEASE
            job.tries += 1
        return job


def run_once(session: Session, handlers: Mapping[str, Handler], context: Any) -> bool:
    """Takes one job and does it; says whether there was one.

    A handler opens its own transactions and may run twice (a worker can die before it marks the job):
    it must leave the same behind the second time.
    """
    job = take(session)
    if job is None:
        return False
    job_id, kind, payload, tries = job.id, job.kind, job.payload, job.tries
    try:
        handlers[kind](session, context, payload)
    except Exception as error:
        session.rollback()
        _put_back(session, job_id, tries, type(error).__name__)
    else:
        _finish(session, job_id)
    return True


def _finish(session: Session, job_id: int) -> None:
    with transaction(session):
        job = session.get_one(Job, job_id)
        job.done_at, job.lease_until, job.trouble = now(), None, None


def _put_back(session: Session, job_id: int, tries: int, trouble: str) -> None:
    """Only the error's class is kept: its words could hold what somebody typed."""
    with transaction(session):
        job = session.get_one(Job, job_id)
        job.lease_until, job.trouble = None, trouble[:80]
        job.run_at = now() + min(FIRST_PAUSE * 2 ** min(tries - 1, 12), LONGEST_PAUSE)


def note_seen(session: Session) -> None:
    """Says that a worker is there; written at most every ten seconds."""
    row = session.get(WorkerSeen, 1)
    at = now()
    if row is not None and at - row.at < SEEN_EVERY:
        session.rollback()
        return
    with transaction(session):
        row = session.get(WorkerSeen, 1)
        if row is not None:
            row.at = at
        else:
            with suppress(IntegrityError), session.begin_nested():  # on PostgreSQL another worker may be first
                session.add(WorkerSeen(id=1, at=at))


def last_seen(session: Session) -> datetime | None:
    """When a worker was last there."""
    row = session.get(WorkerSeen, 1)
    return row.at if row is not None else None
