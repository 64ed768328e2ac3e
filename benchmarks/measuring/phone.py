"""A first visit on a cheap phone in a slow network: Chromium told to be slow, its cache empty each time."""

import statistics
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser

from benchmarks.measuring.results import CouldNotMeasure
from tests.journeys.browsing import PHONE

BYTES_PER_SECOND = 400_000 / 8
LATENCY_MS = 300
SLOWER = 4
PAINTED = "performance.getEntriesByName('first-contentful-paint').map(entry => entry.startTime)[0] || 0"
LARGEST = """() => new Promise(done => new PerformanceObserver(list => done(list.getEntries().at(-1).startTime))
    .observe({type: 'largest-contentful-paint', buffered: true}))"""


@dataclass
class Visit:
    """One first visit: when something, and when the largest text stood there, and all bytes over the wire."""

    painted_ms: float
    largest_ms: float
    fetched: dict[str, int] = field(default_factory=dict)

    @property
    def bytes(self) -> int:
        """Headers and bodies of everything that was fetched."""
        return sum(self.fetched.values())


def first_visits(chromium: Browser, address: str, times: int) -> Visit:
    """The median of several first visits, each by somebody who was never here."""
    visits = [_visit(chromium, address) for _ in range(times)]
    painted = statistics.median(visit.painted_ms for visit in visits)
    largest = statistics.median(visit.largest_ms for visit in visits)
    return Visit(painted, largest, max(visits, key=lambda visit: visit.bytes).fetched)


def _visit(chromium: Browser, address: str) -> Visit:
    context = chromium.new_context(viewport=PHONE, device_scale_factor=2, locale="vi-VN")
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    addresses: dict[str, str] = {}
    fetched: dict[str, int] = {}

    def received(event: Any) -> None:
        addresses[event["requestId"]] = event["response"]["url"]

    def finished(event: Any) -> None:
        address = addresses.get(event["requestId"], event["requestId"])
        fetched[address] = fetched.get(address, 0) + int(event["encodedDataLength"])

    devtools.on("Network.responseReceived", received)
    devtools.on("Network.loadingFinished", finished)
    devtools.send("Network.enable")
    slow = {"offline": False, "latency": LATENCY_MS, "downloadThroughput": BYTES_PER_SECOND}
    devtools.send("Network.emulateNetworkConditions", {**slow, "uploadThroughput": BYTES_PER_SECOND})
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    answer = page.goto(address, wait_until="networkidle", timeout=60_000)
    if answer is None or answer.status != 200:
        raise CouldNotMeasure(f"{address} did not answer 200")
    painted, largest = float(page.evaluate(PAINTED)), float(page.evaluate(LARGEST))
    context.close()
    if not painted:
        raise CouldNotMeasure(f"Chromium says nothing of when {address} was painted")
    return Visit(painted, largest, fetched)
