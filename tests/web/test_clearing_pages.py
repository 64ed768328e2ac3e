"""Clearing by its page: what is masked is chosen, the preview is exact, and nothing else can be saved."""

from datetime import timedelta

import pytest

from portal.cases.reading import OPEN_FOR
from portal.catalogue.words import ReferralRole
from portal.foundation.time import at, now
from tests.makers.cast import CITY
from tests.makers.filings import a_conduct_report
from tests.web.installing import Portal
from tests.web.stages import OTHER_OFFICE, WORDS
from tests.web.test_staff_pages import case, come_in, less_token, staff
from tests.web.visiting import Seen, Typed, Visit

M = "█████"
SAVE = ("do", "clear")
TOLD = "Sáng 12/10 tôi ra xã, anh Tuấn ở quầy thu 150.000 đồng. Tôi làm ruộng, số của tôi là 0905 123 456."
READ = f"Sáng {M} tôi ra xã, anh {M} ở quầy thu 150.000 đồng. Tôi làm ruộng, số của tôi là {M}."


def told(portal: Portal, narrative: str = TOLD, key: str = "a key") -> str:
    """A conduct report with something to mask, taken up."""
    code = portal.file(a_conduct_report(agency=OTHER_OFFICE, narrative=narrative), f"an idempotency key: {key}")
    portal.staff(code, "minh", "accept")
    return code


def opened(visit: Visit, portal: Portal, code: str) -> Seen:
    """The page, as Minh opens it."""
    come_in(visit, "minh")
    return visit(case(portal, code, "clear"))


def cleared(portal: Portal, code: str) -> list[str]:
    """The versions of the cleared text."""
    with portal.look(code) as (_, file):
        return [one.text for one in file.cleared_texts]


def test_what_is_shown_is_what_is_saved_and_what_the_agency_reads(visit: Visit, portal: Portal) -> None:
    code = told(portal)
    page = opened(visit, portal, code)
    address = case(portal, code, "clear")
    saved = visit.fill(page, {}, to=address, press=SAVE)
    assert saved.address == case(portal, code)
    assert cleared(portal, code) == [READ]
    portal.staff(code, "minh", "refer", agency=CITY, role=ReferralRole.LEAD)
    seen = staff(visit, "quy")(case(portal, code))
    assert "thu 150.000 đồng. Tôi làm ruộng" in seen.text
    for hidden in ("12/10", "Tuấn", "0905"):
        assert hidden in page.text
        assert hidden not in seen.html


def test_a_change_without_a_new_preview_is_refused_and_kept(visit: Visit, portal: Portal) -> None:
    code = told(portal)
    page, address = opened(visit, portal, code), case(portal, code, "clear")
    ticked = page.form(address).held["mask"]
    changed: Typed = {"mask": ticked[1:], "more": "làm  RUỘNG"}
    refused = visit.fill(page, changed, 409, to=address, press=SAVE)
    assert cleared(portal, code) == []
    assert "Che thêm: làm RUỘNG" in refused.text
    assert "Để ngỏ: 12/10" in refused.text
    assert refused.form(address).held["mask"] == ticked[1:]
    assert refused.form(address).held["added"] == ["làm RUỘNG"]
    assert visit.fill(refused, {}, to=address, press=SAVE).address == case(portal, code)
    assert cleared(portal, code) == [READ.replace(f"Sáng {M}", "Sáng 12/10").replace("làm ruộng", M)]


def test_a_preview_saves_nothing(visit: Visit, portal: Portal) -> None:
    code = told(portal)
    page, address = opened(visit, portal, code), case(portal, code, "clear")
    again = visit.fill(page, {"more": "Tôi làm ruộng\nxã"}, to=address)
    assert cleared(portal, code) == []
    assert set(again.form(address).held["added"]) == {"Tôi làm ruộng", "xã"}
    less = visit.fill(again, {"added": ["xã"]}, to=address)
    assert less.form(address).held["added"] == ["xã"]
    assert set(less.form(address).choices["added"]) == {"Tôi làm ruộng", "xã"}, "what was typed is offered again"
    visit.fill(less, {}, to=address, press=SAVE)
    assert cleared(portal, code) == [READ.replace("ra xã", f"ra {M}")]


def test_words_that_are_nowhere_are_said_and_kept(visit: Visit, portal: Portal) -> None:
    code = told(portal)
    page, address = opened(visit, portal, code), case(portal, code, "clear")
    seen = visit.fill(page, {"more": "ra xã\nruộn"}, 422, to=address, press=SAVE)
    assert list(seen.errors) == ["more"]
    assert seen.held("more", address).strip() == "ruộn"
    assert seen.form(address).held["added"] == ["ra xã"]
    assert cleared(portal, code) == []


@pytest.mark.parametrize("shown", ["", "0" * 64, "không phải mã"])
def test_a_made_up_hash_saves_nothing(visit: Visit, portal: Portal, shown: str) -> None:
    code = told(portal)
    page, address = opened(visit, portal, code), case(portal, code, "clear")
    visit.fill(page, {"shown": shown}, 409, to=address, press=SAVE)
    assert cleared(portal, code) == []


def test_the_matter_told_anew_is_previewed_too(visit: Visit, portal: Portal) -> None:
    code = told(portal)
    page, address = opened(visit, portal, code), case(portal, code, "clear")
    refused = visit.fill(page, {"text": f"{WORDS} Gọi 0905 123 456."}, 409, to=address, press=SAVE)
    assert "Phần viết lại đã đổi" in refused.text
    visit.fill(refused, {}, to=address, press=SAVE)
    assert cleared(portal, code) == [f"{WORDS} Gọi {M}."]
    too_long = visit.fill(visit(address), {"text": "a" * 10_001}, 422, to=address, press=SAVE)
    assert list(too_long.errors) == ["text"]


def test_a_second_version_starts_from_the_first_and_who_has_the_first_keeps_it(visit: Visit, portal: Portal) -> None:
    code = told(portal)
    page, address = opened(visit, portal, code), case(portal, code, "clear")
    previewed = visit.fill(page, {"mask": page.form(address).held["mask"][1:], "more": "ruộng"}, to=address)
    visit.fill(previewed, {}, to=address, press=SAVE)
    portal.staff(code, "minh", "refer", agency=CITY, role=ReferralRole.LEAD)
    quy = staff(visit, "quy")
    before = quy(case(portal, code)).text
    second = visit(address)
    assert second.form(address).held["added"] == ["ruộng"]
    assert second.form(address).held["mask"] == page.form(address).held["mask"][1:]
    visit.fill(visit.fill(second, {"more": "quầy"}, to=address), {}, to=address, press=SAVE)
    assert len(cleared(portal, code)) == 2
    assert "ở quầy thu" in before
    assert "ở quầy thu" in quy(case(portal, code)).text


def test_reports_that_differ_in_what_is_masked_read_the_same(visit: Visit, portal: Portal) -> None:
    """Byte for byte, but for the case's own number and the form's token."""
    pages = []
    for key, (who, where, number, when) in enumerate(
        (
            ("Nguyễn Thị Ngọc Hạnh", "thôn Vĩnh Phú Đông", "0905 123 456", "12/10/2024"),
            ("Lê An", "tổ 5", "lan@example.vn", "thứ hai"),
        )
    ):
        narrative = f"Tôi là {who}, ở {where}, liên hệ {number}. Sáng {when} người ở quầy nói trống không."
        code = told(portal, narrative, str(key))
        page = opened(visit.another(), portal, code)
        browser = staff(visit, "minh")
        browser.fill(browser(page.address), {}, to=page.address, press=SAVE)
        portal.staff(code, "minh", "refer", agency=CITY, role=ReferralRole.LEAD)
        quy = staff(visit, "quy")
        pages.append(less_token(quy(case(portal, code)).html).replace(portal.reference(code), "VV"))
    assert pages[0] == pages[1]
    assert "Tôi là <span" in pages[0]


def test_a_case_that_closed_meanwhile_keeps_what_was_chosen(visit: Visit, portal: Portal) -> None:
    """Opened again, nothing is saved before a preview was read, and no mask is lost on the way."""
    code = portal.file(a_conduct_report(category="harassment.bribe", narrative=TOLD), "an idempotency key: grave")
    portal.staff(code, "hanh", "accept")
    address, hanh = case(portal, code), staff(visit, "hanh")
    hanh.fill(hanh(address), {}, to=f"{address}/open")
    page = hanh(f"{address}/clear")
    ticked = page.form(f"{address}/clear").held["mask"]
    with at(now() + OPEN_FOR + timedelta(seconds=1)):
        closed = hanh.fill(page, {}, to=f"{address}/clear", press=("do", "preview"))
        assert sorted(closed.form(f"{address}/clear").held["mask"]) == sorted(ticked)
        assert "Tuấn" not in closed.text
        hanh.fill(hanh(address), {}, to=f"{address}/open")
        shown = hanh.fill(closed, {}, 409, to=f"{address}/clear", press=SAVE)
        assert cleared(portal, code) == []
        assert shown.form(f"{address}/clear").held["mask"] == ticked
        hanh.fill(shown, {}, to=f"{address}/clear", press=SAVE)
    assert cleared(portal, code) == [READ]
