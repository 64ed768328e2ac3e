"""One look at one page, from every side: widths, light and dark, axe, what it logs and what it asks for."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qs, urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Error, Page, Request, Response

from tests.journeys.browsing import Watch, pictured
from tests.journeys.people import Reporter

Scheme = Literal["light", "dark"]
CHECKS = Path(__file__).with_name("page_checks.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# A page is the same to axe in light and dark, but for its colours.
_LIGHT, _DARK = {"type": "tag", "values": RULES}, {"type": "rule", "values": ["color-contrast"]}
_AXE = """async runOnly => {
    const found = await axe.run({runOnly, resultTypes: ["violations"], preload: false})
    return found.violations.map(one => `axe ${one.id}: ${one.help}: ${one.nodes[0].html.slice(0, 160)}`)
}"""
_UNFOLD = "() => document.querySelectorAll('details').forEach(one => { one.open = true })"
HEIGHT = {360: 740, 1280: 800}
TRIES = 50  # more than the limits allow in a minute


@dataclass(frozen=True)
class Look:
    """How a page is looked at."""

    width: int
    scheme: Scheme = "light"


class Walker(Reporter):
    """Somebody who goes to every page. Looking at it is the sweep's business, not theirs."""

    def __init__(self, page: Page, watch: Watch, language: str, codes: Mapping[str, str]) -> None:
        super().__init__("walker", page, watch)
        self.language, self.codes, self.token = language, codes, ""
        self.is_signed_in = False

    def _looks(self) -> None:
        """Nothing: on the way there is much that belongs to other stops."""

    def posts(self, address: str, form: Mapping[str, str], until: int = 200) -> str:
        """Sends what a page's form would, on the way to somewhere else: where that leads."""
        given = {name: values[-1] for name, values in parse_qs(urlsplit(address).query).items()}
        filled: dict[str, str | float | bool] = {"csrf_token": self._token(), **given, **form}
        for _ in range(TRIES):
            sent = self.page.request.post(address, form=filled)
            if sent.status == until:
                return sent.url.removeprefix(self.watch.origin)
        raise AssertionError(f"{address} never answers {until}")

    def _token(self) -> str:
        if not self.token:
            found = re.search(r'name="csrf_token" value="([^"]+)"', self.page.request.get("/track").text())
            assert found, "no form at /track"
            self.token = found[1]
        return self.token

    def answers(self, answers: Mapping[str, str]) -> None:
        """Writes or chooses, field by field, unfolding what is folded."""
        for name, value in answers.items():
            if name == "category":
                self.unfolds(f'[value="{value}"]')
        super().answers(answers)


@dataclass(frozen=True)
class Stop:
    """A page in a state: its name, its path as the address map knows it, how to get there, and its status.

    `site` names who visits which portal: the plain one or the one whose views fail, or the login of who works there.
    A path may name told cases in braces, of which their codes stand there.
    """

    name: str
    path: str
    go: Callable[[Walker], object]
    status: int = 200
    site: str = "plain"


@dataclass
class Round:
    """One way past every stop: in one language, with script or without, under these looks."""

    language: str
    looks: tuple[Look, ...]
    script: bool = True
    axe: bool = True
    faults: list[str] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """As test and pictures are called."""
        return f"{self.language}{'' if self.script else '-without-script'}"

    def visit(self, walker: Walker, stop: Stop) -> None:
        """Goes to a stop and looks at it."""
        page = walker.page
        page.set_viewport_size({"width": 360, "height": HEIGHT[360]})
        page.emulate_media(color_scheme="light")
        with _listening(page) as heard:
            try:
                stop.go(walker)
                page.wait_for_load_state("load")
            except (Error, AssertionError) as error:
                self.faults.append(f"{self.name}, {stop.name}: no way on from {page.url}, “{page.title()}”: {error}")
                return
        document = heard.documents[-1]
        path = stop.path.format(**walker.codes)
        if (urlsplit(page.url).path, document.status) != (path, stop.status):
            self.faults.append(f"{stop.name} is {document.status} at {page.url}: {page.title()}")
            return
        self.sources[f"{self.name}-{stop.name}"] = document.text()
        self.faults += [f"{self.name}, {stop.name}: {one}" for one in self.seen(page, stop.name)]
        self.faults += [f"{self.name}, {stop.name}: {one}" for one in heard.faults]
        said, walker.watch.faults = walker.watch.faults, []
        refused = f"error at {page.url}: Failed to load resource: the server responded with a status of {stop.status} "
        self.faults += [f"{self.name}, {stop.name}: {one}" for one in said if not one.startswith(refused)]

    def seen(self, page: Page, name: str) -> Iterator[str]:
        """What is wrong with the page as it stands, under each look."""
        if self.axe:
            page.evaluate(AXE_SCRIPT)
        for look in self.looks:
            page.set_viewport_size({"width": look.width, "height": HEIGHT[look.width]})
            page.emulate_media(color_scheme=look.scheme)
            pictured(page, f"{name}-{look.width}-{look.scheme}-{self.name}")
            page.evaluate(_UNFOLD)
            found = page.evaluate(CHECKS)
            if self.axe:
                found += page.evaluate(_AXE, _LIGHT if look.scheme == "light" else _DARK)
            yield from (f"{look.width} px, {look.scheme}: {one}" for one in found)


@dataclass
class Heard:
    """The documents that came, and whatever beside them did not."""

    documents: list[Response] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@contextmanager
def _listening(page: Page) -> Iterator[Heard]:
    heard = Heard()

    def response(one: Response) -> None:
        if one.request.is_navigation_request():
            heard.documents.append(one)
        elif one.status >= 400:
            heard.faults.append(f"{one.status} from {one.url}")

    def failed(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the page was left before its icon came
            heard.faults.append(f"{request.failure} from {request.url}")

    page.on("response", response)
    page.on("requestfailed", failed)
    yield heard
    page.remove_listener("response", response)
    page.remove_listener("requestfailed", failed)


def walk(launched: Browser, one: Round, stops: tuple[Stop, ...], sites: dict[str, str], codes: dict[str, str]) -> None:
    """Visits every stop, each site with a browser's cookies of its own."""
    for name, origin in sites.items():
        watch = Watch(origin.replace("127.0.0.1", "localhost"))  # to which requests beside pages send cookies, too
        context = launched.new_context(
            reduced_motion="reduce",  # or axe meets colours on their way from light to dark
            base_url=watch.origin,
            java_script_enabled=one.script,
            locale=one.language,
            service_workers="block",
        )
        context.set_default_timeout(20_000)
        watch.expected.append("Clear-Site-Data header on")  # of which browsers tell
        watch.over(context)
        page = context.new_page()
        walker = Walker(page, watch, one.language, codes)
        page.goto(f"/help?lang={one.language}")
        for stop in (stop for stop in stops if stop.site == name):
            one.visit(walker, stop)
        context.close()
