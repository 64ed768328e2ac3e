"""The outbox under fire: filings and moves, kill -9 of web and worker, the mail relay restarted. No notice is lost.

`make soak` does a thousand with 20 kills and 10 restarts; `benchmarks/outbox.py` prints the same figures by hand.
"""

from collections.abc import Iterator

import pytest

from tests.durability.outbox_under_fire import Figures, Fire
from tests.journeys.installing import open_accounts
from tests.makers.committed import Committed
from tests.makers.databases import FULL, KEYS, POSTGRESQL, SQLITE, Databases


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def place(
    request: pytest.FixtureRequest, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Committed]:
    """An installation on either server, with accounts and a vault."""
    urls = databases.copy(request.param, FULL), databases.copy(request.param, KEYS)
    place = Committed(*urls, tmp_path_factory.mktemp("fire"))
    open_accounts(place)
    yield place
    place.close()
    for url in urls:
        databases.drop(url)


def check(figures: Figures, wanted: int) -> None:
    """Nothing is missing, and what came twice is the same mail."""
    assert figures.filed + figures.moved >= wanted, str(figures)
    assert figures.moved > 0, str(figures)
    assert figures.missing == [], str(figures)
    assert figures.unlike == [], str(figures)


def test_no_notice_is_lost(place: Committed) -> None:
    figures = Fire(place, wanted=40, kills=2, relays=1).run()
    assert (figures.kills, figures.relays) == (2, 1)
    check(figures, 40)


@pytest.mark.soak
def test_no_notice_of_a_thousand_is_lost(place: Committed, capsys: pytest.CaptureFixture[str]) -> None:
    figures = Fire(place, wanted=1000, kills=20, relays=10).run()
    with capsys.disabled():
        print(f"\n{place.engine.dialect.name}: {figures}")
    assert (figures.kills, figures.relays) == (20, 10)
    check(figures, 1000)
