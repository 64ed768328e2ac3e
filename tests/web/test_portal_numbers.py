"""/statistics/portal: exact numbers about the portal itself, and honest words where nobody measured."""

from datetime import timedelta

import pytest
from click.testing import CliRunner

from portal.cli.worker import worker
from portal.foundation.database import transaction
from portal.foundation.time import at, now, today
from portal.statistics.models import Uptime
from portal.statistics.periods import Grain, Period
from portal.statistics.release import due_releases, make_release
from portal.web.public.statistics_portal import hundredths
from tests.journeys.serving import free_port
from tests.makers.publishing import MONTHLY, publish_years
from tests.web.conftest import NewPortal
from tests.web.installing import Portal
from tests.web.visiting import Visit


def test_before_anything_was_measured_it_says_so(visit: Visit) -> None:
    seen = visit("/statistics/portal?lang=vi")
    assert "chưa đo" in seen.text
    assert "%" not in seen.text
    assert "Trong 12 tháng qua chưa có kỳ nào đến hẹn." in seen.text
    assert "not measured yet" in visit("/statistics/portal?lang=en").text


def test_days_that_are_over_and_every_release_with_its_delay(portal: Portal, visit: Visit) -> None:
    with portal.place.session() as session:
        publish_years(session, 1)
        with transaction(session):
            session.add(Uptime(day=today() - timedelta(days=1), checks=288, answered=287))
            session.add(Uptime(day=today() - timedelta(days=2), checks=288, answered=288))
            session.add(Uptime(day=today(), checks=100, answered=0))
    seen = visit("/statistics/portal?lang=vi")
    assert "99,82%" in seen.text
    assert "đúng ngày" in seen.text
    assert "99.82%" in visit("/statistics/portal?lang=en").text
    with at(now() + timedelta(days=1)):  # the day is over, and it was a bad one
        assert "85,05%" in visit("/statistics/portal?lang=vi").text


def test_a_release_that_came_late(portal: Portal, visit: Visit) -> None:
    last = MONTHLY.last_due(today())
    due_on = MONTHLY.due_on(last)
    with portal.place.session() as session:
        due = next(one for one in due_releases(session, today(), first=last) if one.table.name == MONTHLY.name)
        session.rollback()
        assert make_release(session, due, lambda counts, share: [150])
    late = (today() - due_on).days
    assert late > 0
    seen = visit("/statistics/portal?lang=vi")
    assert f"số ngày của lần chậm nhất{late}" in seen.text.replace("nhất ", "nhất")
    assert "0 trên 1" in seen.text
    assert Period.of(due_on, Grain.MONTH) == last.plus(1)


@pytest.mark.parametrize(
    ("share", "words"), [(1.0, "100,00%"), (0.99999, "99,99%"), (0.57, "57,00%"), (0.0, "0,00%"), (2 / 3, "66,66%")]
)
def test_all_is_said_only_of_all(portal: Portal, share: float, words: str) -> None:
    with portal.app.test_request_context("/statistics/portal"):
        assert hundredths(share) == words


def test_the_method_page_leads_there(portal: Portal, visit: Visit) -> None:
    with portal.place.session() as session:
        publish_years(session, 1)
    assert "/statistics/portal" in visit("/statistics/method").html


@pytest.mark.parametrize("is_measured", [True, False])
def test_the_worker_asks_where_it_was_told_to(new_portal: NewPortal, is_measured: bool) -> None:
    portal = new_portal(**({"PORTAL_HEALTH_URL": f"http://127.0.0.1:{free_port()}/healthz"} if is_measured else {}))
    with portal.app.app_context():
        assert CliRunner().invoke(worker, ["--once"]).exit_code == 0
    assert portal.count(Uptime) == int(is_measured)
