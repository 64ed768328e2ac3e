"""What a screen reader finds on the pages of a report, in its order: the accessibility tree as text, checked in.

READING_ORDER=write writes the files under reading_order/ anew; read the difference aloud before committing it.
"""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.browsing import Watch, phone
from tests.journeys.conftest import Site
from tests.journeys.sweep_pages import CONDUCT, DELAY, WRONG, Going, answer, report, then, to
from tests.journeys.sweeping import Walker

FOLDER = Path(__file__).with_name("reading_order")
DRAFT = re.compile(r"draft=[\w-]+")
CODE = re.compile(r"(?:\b[0-9A-Z]{5}\b ?){5}")
PROOF = re.compile(r"(?<=proof-of-filing/1 ).*")
HOST = re.compile(r"localhost:\d+")
NOW = re.compile(r"\b\d\d:\d\d, 09/03/2026")

PAGES: dict[str, Going] = {
    "frame": to("/report/erased"),
    "1-what": report(),
    "2-where": report(*DELAY[:1]),
    "3-happened": report(*DELAY[:2]),
    "3-happened-errors": then(report(*DELAY[:2]), answer(**WRONG)),
    "4-about": report(*DELAY[:3]),
    "5-check": report(*DELAY),
    "5-check-conduct": report(*CONDUCT),
    "6-receipt": report(*DELAY, sent=True),
}


@pytest.fixture(scope="module")
def lan_reads(site: Site, chromium: Browser) -> Walker:
    """Lan, whose phone reads to her."""
    watch = Watch(site.server.origin.replace("127.0.0.1", "localhost"))
    watch.expected.append("Failed to load resource: the server responded with a status of 422 ")
    return Walker(phone(chromium, watch), watch, "vi", {})


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_read_in_their_order(lan_reads: Walker, name: str) -> None:
    PAGES[name](lan_reads)
    found = lan_reads.page.locator("body" if name == "frame" else "main").aria_snapshot()
    for pattern, words in ((DRAFT, "draft=…"), (CODE, "…"), (PROOF, "…"), (HOST, "…"), (NOW, "09:00, 09/03/2026")):
        found = pattern.sub(words, found)
    file = FOLDER / f"{name}.txt"
    if os.environ.get("READING_ORDER") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"{found}\n", encoding="utf-8")
    assert lan_reads.watch.faults == []
    assert found.splitlines() == file.read_text(encoding="utf-8").splitlines()
