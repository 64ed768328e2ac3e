"""Keeping the receipt: by button, by file, on paper; with a script and without."""

import json
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.areas.documents.reading import opened, words_of
from tests.journeys.browsing import Watch, phone
from tests.journeys.conftest import Site
from tests.journeys.people import Reporter

RUDE = "The woman at counter three shouted at me in front of everybody and threw my papers back."
CHECKED = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}}


def files(somebody: Reporter, language: str) -> str:
    """Reports rude words at a counter, confidentially; ends at the receipt."""
    somebody.opens(f"/report?lang={language}")
    return somebody.reports(
        "attitude.rude",
        {"agency": "H-HA-MC"},
        {"narrative": RUDE, "accused_role": "officer"},
        {"reporter_type": "citizen", "disclosure": "confidential", "name": "Lan", "phone": "0905123456"},
    )


def test_the_code_is_copied_downloaded_and_checked(lan: Reporter, site: Site) -> None:
    code = files(lan, "vi")
    page = lan.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.server.origin)
    page.locator("#copy-code").click()
    page.locator("#copied", has_text="Đã chép").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").replace("-", "") == code
    with page.expect_download() as waiting:
        page.locator("a", has_text="Tải bản PDF").click()
    assert waiting.value.suggested_filename == "bien-nhan.pdf"
    assert code in words_of(Path(waiting.value.path()).read_bytes()).replace(" ", "")
    lan.watch.expected.append("/report/receipt: Failed to load resource: the server responded with a status of 422")
    lan.fills({"last_group": "ABCDE"})
    lan.presses("form .govuk-button")
    assert "Chưa đúng nhóm cuối" in lan.reads()
    lan.fills({"last_group": code[-5:].lower()})
    lan.presses("form .govuk-button")
    assert page.url.endswith("/report/kept")
    assert code[:5] not in lan.reads()


def test_where_the_clipboard_is_closed_the_code_is_copied_all_the_same(lan: Reporter) -> None:
    code = files(lan, "vi")
    lan.page.evaluate("() => { Object.defineProperty(navigator, 'clipboard', {value: undefined}) }")
    lan.page.locator("#copy-code").click()
    lan.page.locator("#copied", has_text="Đã chép").wait_for()
    assert lan.page.evaluate("getSelection().toString().replace(/\\W/g, '')") == code


def test_without_script_nothing_is_missing(jane: Reporter) -> None:
    code = files(jane, "en")
    assert not jane.page.locator("#copy-code").is_visible()
    jane.fills({"last_group": code[-5:]})
    jane.presses("form .govuk-button")
    assert "You have kept the code right" in jane.reads()


def test_the_page_prints_on_one_sheet_and_axe_finds_nothing(chromium: Browser, watch: Watch) -> None:
    for language in ("vi", "en"):
        somebody = Reporter("lan", phone(chromium, watch), watch)
        code = files(somebody, language)
        printed = somebody.page.pdf(prefer_css_page_size=True)
        assert len(opened(printed).pages) == 1
        words = words_of(printed).replace(" ", "")
        assert code in words
        assert "0235" in words
        for scheme in ("light", "dark"):
            found(somebody.page, scheme)
        somebody.page.context.close()


def found(page: Page, scheme: str) -> None:
    """Lets axe look at the page, on a phone and on a desk."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        violations = Axe().run(page, options=CHECKED).response["violations"]
        assert violations == [], json.dumps(violations, ensure_ascii=False)[:2000]
