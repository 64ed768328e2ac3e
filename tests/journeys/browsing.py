"""A headless Chromium that notices what a visitor would not: console errors, CSP reports, requests to elsewhere."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    ViewportSize,
    sync_playwright,
)

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 900}


def chromium() -> str:
    """Where Chromium is, as deploy/local/chromium.sh looks for it. A machine without one fails its tests."""
    wanted = [os.environ.get("PORTAL_CHROMIUM", ""), *NAMES]
    found = [path for name in wanted if name and (path := shutil.which(name))]
    assert found, f"no Chromium here: none of {', '.join(NAMES)}; deploy/local/chromium.sh installs it"
    return found[0]


@contextmanager
def browser() -> Iterator[Browser]:
    """One Chromium for all visitors of a module."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=list(OPTIONS))
        yield launched
        launched.close()


@dataclass
class Watch:
    """What pages of one origin did that they should not."""

    origin: str
    faults: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Listens to everything in a context."""
        context.on("console", self._console)
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))
        context.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        said = f"{message.type} at {message.location['url']}: {message.text}"
        if not any(one in said for one in self.expected):
            self.faults.append(said)

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.origin}/", "data:image/svg+xml,")):
            self.faults.append(f"asked elsewhere: {request.url}")


def phone(launched: Browser, watch: Watch, *, script: bool = True, language: str = "vi") -> Page:
    """A visitor's own phone: 360 pixels wide, cookies of its own."""
    return _device(launched, watch, PHONE, script, language)


def desk(launched: Browser, watch: Watch) -> Page:
    """The screen of somebody who works here."""
    return _device(launched, watch, DESK, True, "vi")


def _device(launched: Browser, watch: Watch, size: ViewportSize, script: bool, language: str) -> Page:
    context = launched.new_context(
        base_url=watch.origin, viewport=size, java_script_enabled=script, locale=language, service_workers="block"
    )
    context.set_default_timeout(10_000)
    watch.over(context)
    return context.new_page()


def pictured(page: Page, name: str) -> None:
    """Keeps a picture of the whole page, where PICTURES names a folder to keep them in."""
    folder = os.environ.get("PICTURES")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True, timeout=60_000)
