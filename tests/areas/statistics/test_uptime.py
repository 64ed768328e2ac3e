"""Uptime: counted by day, read by month, whole days only; and what asks for it, at a real web server."""

from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.foundation.database import transaction
from portal.foundation.health import answers
from portal.foundation.time import at
from portal.notices.channels import Console
from portal.notices.sending import Sender
from portal.schedule import CHECK_UPTIME, handlers
from portal.statistics.models import Uptime
from portal.statistics.periods import Grain, Period
from portal.statistics.uptime import Checked, checked, note_check
from tests.journeys.serving import free_port
from tests.makers.committed import Committed
from tests.makers.days import instant

OCTOBER, NOVEMBER = Period(2026, 10, Grain.MONTH), Period(2026, 11, Grain.MONTH)


class Health(BaseHTTPRequestHandler):
    """Answers /healthz, and nothing else."""

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/healthz" else 503)
        self.end_headers()

    def log_message(self, *words: object) -> None:
        """Says nothing."""


@pytest.fixture
def web() -> Iterator[str]:
    """Where a web server answers."""
    server = HTTPServer(("127.0.0.1", 0), Health)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_only_200_is_an_answer(web: str) -> None:
    assert answers(f"{web}/healthz")
    assert not answers(f"{web}/elsewhere")
    assert not answers(f"http://127.0.0.1:{free_port()}/healthz")


@pytest.mark.both
def test_days_add_up_to_months_and_the_day_that_is_not_over_is_left_out(session: Session) -> None:
    for day, checks, answered in ((date(2026, 10, 31), 3, 3), (date(2026, 11, 1), 4, 2), (date(2026, 11, 2), 1, 0)):
        for number in range(checks):
            note_check(session, day, answered=number < answered)
    found = checked(session, [NOVEMBER, OCTOBER, OCTOBER.plus(-1)], before=date(2026, 11, 2))
    assert found == {OCTOBER: Checked(1, 3, 3), NOVEMBER: Checked(1, 4, 2), OCTOBER.plus(-1): Checked(0, 0, 0)}
    assert [found[one].share for one in (OCTOBER, NOVEMBER, OCTOBER.plus(-1))] == [1.0, 0.5, None]


@pytest.mark.both
def test_more_answers_than_questions_are_not_stored(session: Session) -> None:
    for wrong in ("1, 2", "0, 0", "3, -1"):
        with pytest.raises(IntegrityError), session.begin_nested():
            session.execute(text(f"INSERT INTO uptime (day, checks, answered) VALUES ('2026-10-01', {wrong})"))  # noqa: S608


@pytest.mark.both
def test_the_worker_counts_what_it_asked(committed: Committed, web: str) -> None:
    sender = Sender(committed.key_store, committed.secrets, Console(), Console())
    with committed.session() as session, at(instant(date(2026, 11, 3))):
        for address in (f"{web}/healthz", f"{web}/elsewhere", f"{web}/healthz", ""):
            handlers(address)[CHECK_UPTIME](session, sender, {})
        with transaction(session):
            rows = session.execute(select(Uptime.day, Uptime.checks, Uptime.answered)).tuples().all()
    assert rows == [(date(2026, 11, 3), 3, 2)]
