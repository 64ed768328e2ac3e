"""One portal as `make run` serves it, with the demo accounts and their vault, and a phone for everybody."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest
from playwright.sync_api import Browser
from sqlalchemy import select

from portal.cases.models import Case, Wall
from portal.demo.accounts import ACCOUNTS
from portal.foundation.database import transaction
from portal.staff.accounts import staff_by_login
from tests.journeys.browsing import Watch, browser, phone
from tests.journeys.installing import open_accounts
from tests.journeys.people import Inspector, Officer, Reporter
from tests.journeys.serving import Server
from tests.makers.committed import Committed
from tests.makers.databases import FULL, KEYS, SQLITE, Databases
from tests.makers.days import MONDAY, instant

Somebody = TypeVar("Somebody", Inspector, Officer)
PASSWORDS = {account.login: account.password for account in ACCOUNTS}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What drives a browser says so."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)


@dataclass
class Site:
    """The portal that is served, and what lies behind it."""

    place: Committed
    server: Server

    def wall_off(self, login: str, case: str) -> None:
        """Somebody declares that a case is about a relative. (The page for it comes with triage.)"""
        with self.place.session() as session, transaction(session):
            staff = staff_by_login(session, login)
            row = session.scalars(select(Case).where(Case.reference == case)).one()
            assert staff is not None
            session.add(Wall(case_id=row.id, staff_id=staff.id, reason="relative"))


@pytest.fixture(scope="module")
def settings_of_site() -> dict[str, str]:
    """What a module serves otherwise than the others."""
    return {}


@pytest.fixture(scope="module")
def site(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory, settings_of_site: dict[str, str]
) -> Iterator[Site]:
    """It is a Monday morning in March; everybody works here already."""
    folder = tmp_path_factory.mktemp("site")
    place = Committed(databases.copy(SQLITE, FULL), databases.copy(SQLITE, KEYS), folder)
    open_accounts(place)
    environment = place.environment(PORTAL_CLOCK=instant(MONDAY).isoformat(), **settings_of_site)
    server = Server(environment, folder / "server.log")
    server.start()
    server.wait_until_ready()
    yield Site(place, server)
    server.kill()
    place.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for all of them."""
    with browser() as launched:
        yield launched


@pytest.fixture(scope="module")
def watch(site: Site) -> Watch:
    """What pages did that they should not."""
    return Watch(site.server.origin)


@pytest.fixture(autouse=True)
def nothing_is_amiss(site: Site, watch: Watch) -> Iterator[None]:
    """No page logs an error, breaks the policy or asks another origin; the server has nothing to say."""
    yield
    faults, watch.faults = watch.faults, []
    assert faults == []
    assert " ERROR " not in site.server.said()


@pytest.fixture
def lan(chromium: Browser, watch: Watch) -> Reporter:
    """Lan, who writes Vietnamese."""
    return Reporter("lan", phone(chromium, watch), watch)


@pytest.fixture
def jane(chromium: Browser, watch: Watch) -> Reporter:
    """Jane, who reads English, in a browser that runs no script."""
    return Reporter("jane", phone(chromium, watch, script=False, language="en"), watch)


@pytest.fixture(scope="module")
def minh(chromium: Browser, watch: Watch) -> Inspector:
    """Minh, inspector."""
    return _at_work(Inspector("minh", phone(chromium, watch), watch))


@pytest.fixture(scope="module")
def hanh(chromium: Browser, watch: Watch) -> Inspector:
    """Hạnh, chief inspector."""
    return _at_work(Inspector("hanh", phone(chromium, watch), watch))


@pytest.fixture(scope="module")
def dung(chromium: Browser, watch: Watch) -> Inspector:
    """Dũng, chief inspector whose sister works where the report is about."""
    return _at_work(Inspector("dung", phone(chromium, watch), watch))


@pytest.fixture(scope="module")
def quy(chromium: Browser, watch: Watch) -> Officer:
    """Quý, officer of Hội An."""
    return _at_work(Officer("quy", phone(chromium, watch), watch))


@pytest.fixture(scope="module")
def tam(chromium: Browser, watch: Watch) -> Officer:
    """Tâm, officer of Tam Kỳ."""
    return _at_work(Officer("tam", phone(chromium, watch), watch))


@pytest.fixture(scope="module")
def son(chromium: Browser, watch: Watch) -> Officer:
    """Sơn, officer of a department that has nothing to do with any of it."""
    return _at_work(Officer("son", phone(chromium, watch), watch))


def _at_work(colleague: Somebody) -> Somebody:
    colleague.signs_in(PASSWORDS[colleague.name])
    return colleague
