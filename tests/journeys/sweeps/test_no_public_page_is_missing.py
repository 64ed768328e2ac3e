"""No page that anybody can open is missing in the sweeps, and what they look for they find."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser
from werkzeug.routing import AnyConverter, Rule

from portal import create_app
from portal.web.frame.access import Who
from tests.journeys.sweep_pages import NO_PAGES, PUBLIC
from tests.journeys.sweeping import Look, Round, Stop
from tests.journeys.validating import html_faults
from tests.makers.committed import Committed
from tests.makers.databases import FULL, KEYS, SQLITE, Databases
from tests.makers.settings import settings


@pytest.fixture(autouse=True)
def nothing_is_amiss() -> None:
    """Nothing is served here."""


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
