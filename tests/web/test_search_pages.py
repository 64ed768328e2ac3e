"""Searching by pages: hits with what was found, under filters, and nothing for whoever may not read it."""

from html import escape

import pytest

from portal.catalogue.words import ReferralRole
from portal.search.queries import find
from tests.makers.cast import DEPARTMENT
from tests.makers.filings import a_conduct_report, a_delay, a_denunciation
from tests.web.installing import Portal
from tests.web.test_staff_pages import cases_on, come_in, hide_from, less_token, staff
from tests.web.visiting import Seen, Visit
from tests.web.worlds import HOST

TOLD = "Cô ở quầy số 3 nhũng nhiễu, bắt đi lại bảy lần."
CLEARED = "Người ở một quầy nói trống không."


def marked(seen: Seen) -> list[str]:
    """What is highlighted on a page."""
    return [tag.words for tag in seen.page.all("mark")]


def test_hits_show_what_was_found(visit: Visit, portal: Portal) -> None:
    code = portal.file(a_conduct_report(narrative=TOLD))
    portal.file(a_conduct_report(narrative="Việc khác hẳn."))
    come_in(visit, "minh")
    seen = visit('/staff/queue?q="nhung nhieu" bay')
    assert seen.heading == "Tìm vụ việc"
    assert cases_on(seen) == [portal.reference(code)]
    assert marked(seen) == ["nhũng nhiễu", "bảy"]
    assert TOLD in seen.text
    assert 'value="&#34;nhung nhieu&#34; bay"' in seen.html


def test_closed_cases_are_found_and_filters_narrow(visit: Visit, portal: Portal) -> None:
    delay, rude = portal.file(a_delay(narrative="Giấy phép.")), portal.file(a_conduct_report(narrative="Giấy phép."))
    portal.staff(rude, "minh", "refuse", ground="not_competent", text="Không thuộc thẩm quyền.")
    come_in(visit, "minh")
    assert cases_on(visit("/staff/queue")) == [portal.reference(delay)]
    both = [portal.reference(rude), portal.reference(delay)]
    assert cases_on(visit("/staff/queue?q=giay phep")) == both
    assert cases_on(visit("/staff/queue?q=giay phep&past=1")) == both
    assert cases_on(visit("/staff/queue?q=giay phep&status=refused")) == both[:1]
    assert cases_on(visit("/staff/queue?q=giay phep&category=delay.late_result")) == both[1:]
    wrong = visit("/staff/queue?q=giay phep&category=nonsense", 422)
    assert cases_on(wrong) == both


def test_pages_of_hits(visit: Visit, portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(find.__kwdefaults__ or {}, "size", 2)
    codes = [portal.file(a_conduct_report(narrative=f"Giấy phép {one}.")) for one in range(3)]
    references = [portal.reference(code) for code in reversed(codes)]
    come_in(visit, "minh")
    first = visit("/staff/queue?q=giấy phép")
    assert cases_on(first) == references[:2]
    [following] = [str(tag.has["href"]) for tag in first.page.all("a") if tag.has.get("rel") == "next"]
    last = visit(following)
    assert cases_on(last) == references[2:]
    assert not [tag for tag in last.page.all("a") if tag.has.get("rel") == "next"]
    other_words = following.replace("gi%E1%BA%A5y", "giay")
    assert other_words != following
    assert cases_on(visit(other_words)) == references[:2], "a place among other hits"


@pytest.mark.parametrize("typed", ["%", '""', "…", "\u0301"])
def test_nothing_to_look_for(visit: Visit, portal: Portal, typed: str) -> None:
    portal.file(a_delay())
    come_in(visit, "minh")
    seen = visit(f"/staff/queue?q={typed}") if typed != "%" else visit("/staff/queue?q=%25")
    assert "Chưa có chữ nào để tìm" in seen.text
    assert cases_on(seen) == []


def test_what_is_typed_and_what_is_found_stay_text(visit: Visit, portal: Portal) -> None:
    portal.file(a_conduct_report(narrative="Có thẻ <script>alert(1)</script> ở đây."))
    come_in(visit, "minh")
    seen = visit("/staff/queue?q=<script>alert")
    assert marked(seen) == ["script>alert"]
    assert "<script>alert" not in seen.html
    assert escape("<script>alert", quote=False) in visit("/staff/queue?q=<script>alert xyz").html


def test_restricted_cases_show_no_words_in_a_list(visit: Visit, portal: Portal) -> None:
    code = portal.file(a_denunciation(narrative="Đòi phong bì."))
    for login, expected in (("hanh", [portal.reference(code)]), ("minh", [])):
        seen = staff(visit, login)("/staff/queue?q=phong bì")
        assert cases_on(seen) == expected
        assert marked(seen) == []
        assert "Đòi phong" not in seen.text


def test_an_agency_finds_by_cleared_words_alone(visit: Visit, portal: Portal) -> None:
    code = portal.file(a_conduct_report(narrative=TOLD, wish="Mong sớm."))
    portal.staff(code, "minh", "accept")
    portal.staff(code, "minh", "clear", text=CLEARED)
    portal.staff(code, "minh", "refer", agency=DEPARTMENT, role=ReferralRole.LEAD)
    browser, nonsense = staff(visit, "thao"), "qxz"
    assert marked(browser("/staff/queue?q=trong khong")) == ["trống", "không"]
    for word in ("nhiễu", "nhung", "lại", "bảy", "mong", "sớm"):
        expected, answer = (browser.client.get(f"/staff/queue?q={asked}", base_url=HOST) for asked in (nonsense, word))
        assert answer.status_code == expected.status_code == 200
        assert less_token(answer.text) == less_token(expected.text).replace(nonsense, word), word


def test_who_is_behind_a_wall_sees_the_page_of_no_hits(visit: Visit, portal: Portal) -> None:
    code = portal.file(a_conduct_report(narrative=TOLD))
    hide_from(portal, portal.reference(code), "khang")
    assert cases_on(staff(visit, "minh")("/staff/queue?q=nhiễu")) == [portal.reference(code)]
    browser = staff(visit, "khang")
    pages = [browser.client.get(f"/staff/queue?q={asked}", base_url=HOST) for asked in ("nhiễu", "iễuhn")]
    assert {page.status_code for page in pages} == {200}
    assert len(pages[0].data) == len(pages[1].data)
    assert less_token(pages[0].text) == less_token(pages[1].text).replace("iễuhn", "nhiễu")
