"""kill -9 in the middle of a job: the next worker does it, with the same Message-ID. A real process, a real relay."""

import os
import signal
import subprocess
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from config import ROOT
from portal.jobs.models import Job
from portal.jobs.queue import last_seen
from portal.notices.models import Notice
from tests.makers.committed import Committed
from tests.makers.filings import CONTACT, a_delay
from tests.makers.relay import Relay


@pytest.fixture
def relay() -> Iterator[Relay]:
    """A mail relay on loopback."""
    with Relay() as relay:
        yield relay


def worker(place: Committed, relay: Relay, *options: str, **more: str) -> subprocess.Popen[bytes]:
    """`flask worker` over the test's databases."""
    environment = {**os.environ, **place.environment(PORTAL_MAIL_URL=relay.url, **more)}
    command = [*place.process("flask"), "--app", "wsgi", "worker", *options]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


@pytest.mark.both
def test_no_job_is_lost(committed: Committed, relay: Relay) -> None:
    committed.file(a_delay(contact=CONTACT))
    relay.holds = threading.Event()  # it takes the mail and does not say that it has it
    with worker(committed, relay) as killed:
        assert relay.reached.wait(60)
        killed.send_signal(signal.SIGKILL)
    assert killed.returncode == -signal.SIGKILL
    relay.holds.set()
    with committed.session() as session:
        notice = session.scalars(select(Notice)).one()
        assert (notice.state, notice.tries) == ("waiting", 1)
        assert notice.next_try_at is not None
        assert last_seen(session) is not None

    later = (notice.next_try_at + timedelta(seconds=1)).isoformat()
    with worker(committed, relay, "--once", PORTAL_CLOCK=later) as second:
        output = second.communicate(timeout=60)[0].decode()
    assert second.returncode == 0, output
    with committed.session() as session:
        notice = session.scalars(select(Notice)).one()
        assert (notice.state, notice.tries) == ("sent", 2)
        done = [one.done_at is not None for one in session.scalars(select(Job).where(Job.run_at <= notice.created_at))]
        assert done
        assert all(done)
    first, again = relay.mails
    assert first["Message-ID"] == again["Message-ID"] == f"<{notice.message_id}@portal.test>"
    assert CONTACT.email not in output


def test_told_to_stop_it_stops(committed: Committed, relay: Relay) -> None:
    committed.file(a_delay(contact=CONTACT))
    with worker(committed, relay) as process:
        assert relay.reached.wait(60)
        process.terminate()
        output = process.communicate(timeout=60)[0].decode()
    assert process.returncode == 0, output
    with committed.session() as session:
        assert session.scalars(select(Notice.state)).all() == ["sent"], "the present one is finished first"
