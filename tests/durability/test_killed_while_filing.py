"""kill -9 of the whole server while people file: nothing acknowledged is lost, nothing is there twice.

Real gunicorn as `make run` starts it; the clients send again under the same key until they have an answer.
"""

import secrets
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.durability.bookkeeping import check
from tests.durability.filers import Filed, Filer
from tests.journeys.installing import open_accounts
from tests.journeys.serving import Server
from tests.makers.committed import Committed
from tests.makers.databases import FULL, KEYS, POSTGRESQL, SQLITE, Databases

FILERS = 4
KILLS, MANY_KILLS = 5, 25
FEWEST, LONGEST = 4, 0.4  # reports acknowledged before a kill; seconds more, drawn anew each time


@dataclass
class Portal:
    """One installation that is served, and what people filed there."""

    place: Committed
    server: Server


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def portal(
    request: pytest.FixtureRequest, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Portal]:
    """A portal on either server, with a vault, without limits."""
    folder = tmp_path_factory.mktemp("killed")
    urls = databases.copy(request.param, FULL), databases.copy(request.param, KEYS)
    place = Committed(*urls, folder)
    open_accounts(place)
    server = Server(place.environment(PORTAL_LIMITS="off"), folder / "server.log", worker=False)
    server.start()
    yield Portal(place, server)
    server.kill()
    place.close()
    for url in urls:
        databases.drop(url)


def filed_while_killed(portal: Portal, kills: int) -> list[Filed]:
    """Lets people file while the server is killed and started again; they finish what they have begun."""
    stop = threading.Event()
    filers = [Filer(number, portal.server.port, stop) for number in range(FILERS)]
    threads = [threading.Thread(target=filer.run) for filer in filers]
    for thread in threads:
        thread.start()
    try:
        for _ in range(kills):
            wanted = sum(len(filer.filed) for filer in filers) + FEWEST
            while sum(len(filer.filed) for filer in filers) < wanted and not any(filer.faults for filer in filers):
                time.sleep(0.005)
            time.sleep(secrets.randbelow(1000) * LONGEST / 1000)
            portal.server.kill()
            portal.server.start()
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert [fault for filer in filers for fault in filer.faults] == [], portal.server.said()
    return [one for filer in filers for one in filer.filed]


def told(filed: list[Filed], kills: int) -> str:
    """Figures of a run."""
    again = sum(one.tries > len(one.receipts) for one in filed)
    unheard = sum(one.was_stored_unheard for one in filed)
    return f"{kills} kills: {len(filed)} reports, {again} sent again, {unheard} of them stored but not heard of"


def test_nothing_is_lost_or_doubled(portal: Portal) -> None:
    filed = filed_while_killed(portal, KILLS)
    assert len(filed) >= KILLS * FEWEST
    assert any(one.tries > len(one.receipts) for one in filed), told(filed, KILLS)
    check(portal.place, filed)


@pytest.mark.soak
def test_nothing_is_lost_or_doubled_in_many_kills(portal: Portal, capsys: pytest.CaptureFixture[str]) -> None:
    filed = filed_while_killed(portal, MANY_KILLS)
    with capsys.disabled():
        print(f"\n{portal.place.engine.dialect.name}, {told(filed, MANY_KILLS)}")
    check(portal.place, filed)
