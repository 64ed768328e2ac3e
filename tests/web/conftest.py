"""A portal for each test that visits one, on an ordinary Monday morning, and the browser that visits it."""

import os
from collections.abc import Callable, Iterator

import pytest

from portal.foundation.time import at
from tests.makers.databases import POSTGRESQL, SQLITE, Databases
from tests.makers.days import MONDAY, instant
from tests.web.hostility import Filer
from tests.web.hygiene import Languages, compiled_catalogue
from tests.web.installing import Installations, Portal
from tests.web.visiting import Visit


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test marked `both` meets SQLite and PostgreSQL; any other SQLite, or the PORTAL_TEST_SERVER that is named."""
    if "server" in metafunc.fixturenames:
        both = metafunc.definition.get_closest_marker("both") is not None
        servers = [SQLITE, POSTGRESQL] if both else [os.environ.get("PORTAL_TEST_SERVER", SQLITE)]
        metafunc.parametrize("server", servers, scope="session")


@pytest.fixture(scope="session")
def installations(server: str, databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Installations:
    """Where portals come from."""
    return Installations(databases, tmp_path_factory.mktemp("installations"), server)


@pytest.fixture(scope="session")
def languages() -> Languages:
    """The portal's texts in both languages."""
    return Languages(compiled_catalogue())


@pytest.fixture
def monday() -> Iterator[None]:
    """Monday, nine o'clock, until a test moves the clock."""
    with at(instant(MONDAY)):
        yield


NewPortal = Callable[..., Portal]


@pytest.fixture
def new_portal(installations: Installations, monday: None) -> Iterator[NewPortal]:
    """Makes portals with other settings than most tests want."""
    made: list[Portal] = []

    def new(*, vault: bool = True, **settings: str) -> Portal:
        made.append(installations.new(vault=vault, **settings))
        return made[-1]

    yield new
    for portal in made:
        installations.remove(portal)


@pytest.fixture
def portal(new_portal: NewPortal) -> Portal:
    """A portal of this test's own: everybody hired, the vault made, no report yet, no limits."""
    return new_portal()


@pytest.fixture
def visit(portal: Portal, languages: Languages) -> Visit:
    """A browser. Each page that it gets is checked: tests/web/hygiene.py says for what."""
    return Visit(portal, languages)


@pytest.fixture(scope="module")
def hostile_portal(installations: Installations) -> Iterator[Portal]:
    """One portal for a module of attacks: whoever attacks does not begin anew each time."""
    with at(instant(MONDAY)):
        portal = installations.new()
        yield portal
        installations.remove(portal)


@pytest.fixture
def filer(hostile_portal: Portal) -> Filer:
    """Somebody with a finished draft on it."""
    return Filer(hostile_portal.app, hostile_portal.place)
