"""Five people, each on a way of their own, each from the first page to a receipt and back by its code."""

import pytest
from playwright.sync_api import Browser

from tests.journeys.browsing import Watch, phone
from tests.journeys.people import Reporter

RUDE = "Người ở quầy số 3 nói trống không, bắt tôi chờ từ tám giờ đến mười một giờ mà không nhận hồ sơ."
LATE = "Hồ sơ tách thửa của tôi quá hẹn hai tuần. Tôi đã đến hỏi hai lần, lần nào cũng bảo chờ."
FIRM = "Our building permit is late. The officer asked us for a second set of drawings that is on no list."
OFFICER = {"accused_role": "officer"}
NOBODY = {"reporter_type": "citizen", "disclosure": "anonymous"}


@pytest.fixture
def hoa(chromium: Browser, watch: Watch) -> Reporter:
    """Hoa, whose browser runs no script."""
    return Reporter("hoa", phone(chromium, watch, script=False), watch)


@pytest.fixture
def david(chromium: Browser, watch: Watch) -> Reporter:
    """David, who runs a workshop here and reads English."""
    return Reporter("david", phone(chromium, watch, language="en"), watch)


def test_a_phone_with_a_posters_address(lan: Reporter) -> None:
    lan.opens("/report?agency=H-HA-MC")
    lan.unfolds('[value="attitude.rude"]')
    lan.chooses({"category": "attitude.rude"})
    lan.presses()
    assert lan.page.locator('[name=agency][value="H-HA-MC"]').is_checked()
    lan.presses()
    lan.fills({"narrative": RUDE})
    lan.chooses(OFFICER)
    lan.presses()
    lan.chooses(NOBODY)
    lan.presses()
    assert "Bộ phận Tiếp nhận và Trả kết quả thành phố Hội An" in lan.reads()
    code = lan.sends()
    assert "bắt tôi chờ từ tám giờ" in lan.tracks(code)


def test_no_script_at_all(hoa: Reporter) -> None:
    hoa.opens("/report")
    code = hoa.reports(
        "delay.late_result",
        {"agency": "H-TK-MC", "procedure": "land.split_merge", "promised_on": "23/2", "committee_first": "yes"},
        {"narrative": LATE, "occurred_on": "hôm qua"},
        NOBODY,
    )
    assert "Hồ sơ tách thửa của tôi" in hoa.tracks(code)


def test_two_tabs_are_two_reports(lan: Reporter) -> None:
    other = Reporter("lan-too", lan.page.context.new_page(), lan.watch)
    for tab, story in ((lan, RUDE), (other, LATE)):
        tab.opens("/report")
        tab.unfolds('[value="attitude.rude"]')
        tab.chooses({"category": "attitude.rude"})
        tab.presses()
        tab.answers({"agency": "H-HA-MC" if tab is lan else "H-TK-MC"})
        tab.presses()
        tab.fills({"narrative": story})
        tab.chooses(OFFICER)
    for tab in (other, lan):
        tab.presses()
        tab.chooses(NOBODY)
        tab.presses()
    codes = [lan.sends(), other.sends()]
    assert len(set(codes)) == 2
    assert RUDE[:40] in lan.tracks(codes[0])
    other.page.context.clear_cookies(name="__Host-track")
    assert LATE[:40] in other.tracks(codes[1])


def test_a_session_that_is_lost_at_the_last_step(lan: Reporter) -> None:
    lan.watch.expected.append("Failed to load resource: the server responded with a status of 400 ")
    lan.opens("/report")
    lan.until_check("attitude.rude", {"agency": "H-HA-MC"}, {"narrative": RUDE, **OFFICER}, NOBODY)
    lan.page.context.clear_cookies(name="__Host-session")
    lan.presses()
    assert "Những gì anh/chị viết vẫn còn đây" in lan.reads()
    assert RUDE in lan.reads()
    assert RUDE[:40] in lan.tracks(lan.sends())


def test_a_business_with_a_tax_code_in_english(david: Reporter) -> None:
    david.opens("/report?lang=en")
    code = david.reports(
        "harassment.extra_papers",
        {"agency": "SXD", "procedure": "build.permit_house"},
        {"narrative": FIRM, "occurred_on": "2 March 2026", "occurred_until": "yesterday", **OFFICER},
        {
            "reporter_type": "business",
            "disclosure": "confidential",
            "name": "Riverside Workshop",
            "tax_code": "4000100019",
            "notify_email": "david@workshop.example",
        },
    )
    page = david.tracks(code)
    assert "second set of drawings" in page
    assert "Riverside Workshop" not in page
