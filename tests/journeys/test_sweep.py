"""One sweep past every public page and every error, from all sides. PICTURES=folder keeps a picture of each look."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser
from werkzeug.routing import AnyConverter, Rule

from portal import create_app
from portal.web.frame.access import Who
from tests.journeys.conftest import Site
from tests.journeys.installing import open_accounts
from tests.journeys.serving import Server
from tests.journeys.sweep_pages import NO_PAGES, PUBLIC
from tests.journeys.sweeping import Look, Round, Stop, walk
from tests.journeys.told_cases import tell
from tests.journeys.validating import html_faults
from tests.makers.committed import Committed
from tests.makers.databases import FULL, KEYS, SQLITE, Databases
from tests.makers.days import MONDAY, instant
from tests.makers.settings import settings

EVERY_LOOK = tuple(Look(width, scheme) for scheme in ("light", "dark") for width in (360, 1280))
PHONE, DESK = Look(360), Look(1280)


@dataclass
class Served:
    """Where the portals of the sweep are, and the codes of the cases that can be tracked in the plain one."""

    sites: dict[str, str]
    codes: dict[str, str]


@pytest.fixture(scope="module")
def settings_of_site() -> dict[str, str]:
    """So many reports in a minute are filed by nobody else."""
    return {"PORTAL_LIMITS": "off"}


@pytest.fixture(scope="module")
def served(site: Site, databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The portal with cases at every stage; and one whose views fail, with limits."""
    codes = tell(site.place)
    folder = tmp_path_factory.mktemp("faulty")
    place = Committed(databases.copy(SQLITE, FULL), databases.copy(SQLITE, KEYS), folder)
    open_accounts(place)
    environment = place.environment(PORTAL_CLOCK=instant(MONDAY).isoformat())
    faulty = Server(environment, folder / "server.log", worker=False, application="tests.journeys.faulty:faulty()")
    faulty.start()
    plain = site.server.origin
    yield Served({"plain": plain, "signed-in": plain, "at-work": plain, "faulty": faulty.origin}, codes)
    faulty.kill()
    place.close()


@pytest.mark.parametrize(
    "round_",
    [
        Round("vi", EVERY_LOOK),
        Round("en", (PHONE, DESK)),
        Round("vi", (PHONE,), script=False, axe=False),
        Round("en", (DESK,), script=False, axe=False),
    ],
    ids=lambda one: one.name,
)
def test_every_page(round_: Round, chromium: Browser, served: Served, tmp_path: Path) -> None:
    walk(chromium, round_, PUBLIC, served.sites, served.codes)
    assert not round_.faults, "\n".join(round_.faults)
    assert round_.sources.keys() == {f"{round_.name}-{stop.name}" for stop in PUBLIC}
    faults = html_faults(round_.sources, tmp_path / "html") if round_.axe else []
    assert not faults, "\n".join(faults)


def test_no_public_page_is_missing_here(tmp_path: Path, databases: Databases) -> None:
    place = Committed(databases.copy(SQLITE, FULL), databases.copy(SQLITE, KEYS), tmp_path)
    app = create_app(settings(place.folder, place.url, place.keys_url))
    place.close()
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static" and "GET" in (rule.methods or ())]
    public = [rule for rule in rules if Who.EVERYONE in app.view_functions[rule.endpoint].allowed]  # type: ignore[attr-defined]
    assert {rule.endpoint for rule in public} >= NO_PAGES
    wanted = {place for rule in public if rule.endpoint not in NO_PAGES for place in _places(rule)}
    assert wanted <= {_place(app, stop) for stop in PUBLIC}


def _places(rule: Rule) -> Iterator[tuple[str, str]]:
    """The pages behind a rule: (endpoint, which of the words that its address may have)."""
    words = [one for one in rule._converters.values() if isinstance(one, AnyConverter)]
    yield from ((rule.endpoint, word) for one in words for word in sorted(one.items))
    if not words:
        yield rule.endpoint, ""


def _place(app: Flask, stop: Stop) -> tuple[str, str]:
    adapter = app.url_map.bind("portal.test", url_scheme="https")
    methods = adapter.allowed_methods(stop.path)
    if "GET" not in methods:
        return stop.path, ""
    endpoint, _ = adapter.match(stop.path, "GET")
    rule = next(one for one in app.url_map.iter_rules(endpoint) if "GET" in (one.methods or ()))
    words = {word for one in rule._converters.values() if isinstance(one, AnyConverter) for word in one.items}
    return endpoint, next((part for part in stop.path.split("/") if part in words), "")
