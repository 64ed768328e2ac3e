"""One sweep past every public page and every error, from all sides.

PICTURES=folder keeps a picture of each look; SWEEP=case visits only the stops whose names begin like that.
"""

import os
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
# What `make test` does: each width, colour and language, not each with each; that is for `make soak`.
ROUNDS = (
    Round("vi", (Look(360), Look(1280, "dark"))),
    Round("en", (Look(1280), Look(360, "dark"))),
    Round("vi", (Look(360),), script=False, axe=False),
    Round("en", (Look(1280),), script=False, axe=False),
)


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
    yield Served(
        {"plain": plain, "signed-in": plain, "at-work": plain, "leaving": plain, "faulty": faulty.origin}, codes
    )
    faulty.kill()
    place.close()


def swept(round_: Round, chromium: Browser, served: Served, folder: Path) -> None:
    """Walks past all stops, or those whose names begin as SWEEP says, and tells everything that is wrong."""
    stops = tuple(stop for stop in PUBLIC if stop.name.startswith(os.environ.get("SWEEP", "")))
    walk(chromium, round_, stops, served.sites, served.codes)
    faults = round_.faults + (html_faults(round_.sources, folder) if round_.axe else [])
    assert not faults, "\n".join(faults)
    assert round_.sources.keys() == {f"{round_.name}-{stop.name}" for stop in stops}


@pytest.mark.parametrize("round_", ROUNDS, ids=lambda one: one.name)
def test_every_page(round_: Round, chromium: Browser, served: Served, tmp_path: Path) -> None:
    swept(round_, chromium, served, tmp_path / "html")


@pytest.mark.soak
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_from_every_side(language: str, chromium: Browser, served: Served, tmp_path: Path) -> None:
    swept(Round(language, EVERY_LOOK), chromium, served, tmp_path / "html")


def test_no_public_page_is_missing_here(tmp_path: Path, databases: Databases) -> None:
    place = Committed(databases.copy(SQLITE, FULL), databases.copy(SQLITE, KEYS), tmp_path)
    app = create_app(settings(place.folder, place.url, place.keys_url))
    place.close()
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static" and "GET" in (rule.methods or ())]
    views = app.view_functions
    public = [rule for rule in rules if Who.EVERYONE in getattr(views[rule.endpoint], "allowed", ())]
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


BAD = """<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Xấu</title></head><body><main>
<h1 style="line-height: 1; width: 60px">Ậ ỗ Ậ ỗ</h1><p style="width: 500px">Rộng quá.</p>
<p style="height: 10px; overflow: hidden">Bị cắt mất một nửa.</p><button>Nhỏ</button>
<p style="width: 100px; font: 16px monospace">Số <span class="code">VV-K7M2XQ</span></p><img src="data:image/svg+xml,">
<p style="color: #aaa">Nhạt quá.</p></main></body></html>"""


def test_the_sweep_is_awake(chromium: Browser, tmp_path: Path) -> None:
    page = chromium.new_page(viewport={"width": 360, "height": 740})
    page.set_content(BAD)
    found = "\n".join(Round("vi", (Look(360), Look(360, "dark"))).seen(page, "bad"))
    page.close()
    for words in (
        "too wide",
        "cut off",
        "too tight",
        "px: <button",
        "broken code",
        "axe image-alt",
        "axe color-contrast",
    ):
        assert words in found, words
    assert "Unclosed" in "\n".join(html_faults({"bad": BAD.replace("</p>", "<section>", 1)}, tmp_path / "html"))
