"""A case page among colleagues: who has it open, what is closed until it is opened, what changed since."""

from datetime import timedelta
from urllib.parse import quote

from portal.cases.reading import OPEN_FOR
from portal.foundation.time import at, now
from portal.web.desk.presence import SHOWN_FOR
from tests.makers.filings import a_denunciation
from tests.web.installing import Portal
from tests.web.stages import OTHER_OFFICE, WORDS, accepted, referred
from tests.web.test_staff_pages import case, staff
from tests.web.visiting import Typed, Visit
from tests.web.worlds import HOST

CANARY = "MÓC-KHÓA-ĐỎ"
CLOSED_PAGES = ("/note", "/assign", "/refuse", "/print")

SAVE = ("do", "clear")


def grave(portal: Portal) -> str:
    """Something that only chiefs read."""
    return portal.file(a_denunciation(agency=OTHER_OFFICE, narrative=f"Anh ấy đòi tiền, có {CANARY} làm chứng."))


def test_colleagues_of_one_body_see_each_other_for_ten_minutes(visit: Visit, portal: Portal) -> None:
    address = case(portal, referred(portal))
    minh, hanh, quy = (staff(visit, login) for login in ("minh", "hanh", "quy"))
    minh(address)
    assert "Mở bởi Trần Quang Minh, vừa xong" in hanh(address).text
    assert "Mở bởi" not in quy(address).text
    assert "Hồ Đăng Quý, vừa xong" not in hanh(address).text
    then = now()
    with at(then + SHOWN_FOR - timedelta(seconds=1)):
        assert "Trần Quang Minh, 9 phút trước" in hanh(address).text
    with at(then + SHOWN_FOR + timedelta(seconds=1)):
        assert "Trần Quang Minh" not in hanh(address).text.partition("Phản ánh, nguyên văn")[0]


def test_a_restricted_case_is_closed_everywhere_until_it_is_opened(visit: Visit, portal: Portal) -> None:
    code = grave(portal)
    portal.staff(code, "hanh", "note", text=f"Ghi chú: {CANARY}")
    address, hanh = case(portal, code), staff(visit, "hanh")
    assert CANARY not in hanh(address).html
    for page in CLOSED_PAGES:
        answer = hanh.client.get(f"{address}{page}", base_url=HOST)
        assert (answer.status_code, answer.headers.get("Location")) == (302, address), page
    assert hanh.fill(hanh(address), {}, to=f"{address}/open").html.count(CANARY) == 2
    assert hanh(f"{address}/note").status == 200
    dung = staff(visit, "dung")
    assert CANARY not in dung(address).html  # each account opens it for itself


def test_no_list_shows_its_words_even_while_it_is_open(visit: Visit, portal: Portal) -> None:
    code = grave(portal)
    address, hanh = case(portal, code), staff(visit, "hanh")
    hanh.fill(hanh(address), {}, to=f"{address}/open")
    for listed in ("/staff/queue", "/staff/queue?order=severity", f"/staff/queue?q={quote(CANARY)}"):
        page = hanh(listed)
        assert portal.reference(code) in page.text
        assert "Hạn chế người đọc. Mở vụ việc để xem." in page.text
        assert CANARY not in page.html.replace(f'value="{CANARY}"', ""), listed


def test_several_at_once_are_not_judged_unread(visit: Visit, portal: Portal) -> None:
    code, hanh = grave(portal), staff(visit, "hanh")
    reference = portal.reference(code)
    picked: Typed = {"case": [reference], "back": ""}
    refused = hanh.post("/staff/bulk", {**picked, "do": "refuse"})
    assert "xin mở và làm riêng từng vụ việc" in refused.text
    assert CANARY not in refused.html
    assert "xin mở và làm riêng" not in hanh.post("/staff/bulk", {**picked, "do": "assign"}).text


def test_it_closes_again_after_half_an_hour(visit: Visit, portal: Portal) -> None:
    address, hanh = case(portal, grave(portal)), staff(visit, "hanh")
    then = now()
    hanh.fill(hanh(address), {}, to=f"{address}/open")
    with at(then + OPEN_FOR - timedelta(seconds=1)):
        assert CANARY in hanh(address).html
    with at(then + OPEN_FOR):
        assert CANARY not in hanh(address).html


def test_only_chiefs_read_who_may_and_who_did(visit: Visit, portal: Portal) -> None:
    code = grave(portal)
    address, hanh = case(portal, code), staff(visit, "hanh")
    assert "Chưa ai mở đọc." in hanh(address).text
    with portal.place.session() as session:
        names = [portal.account(session, login).name for login in ("hanh", "dung")]
        assignee = portal.account(session, "minh")
    seen = hanh.fill(hanh(address), {}, to=f"{address}/open")
    assert "Ai được đọc, ai đã đọc" in seen.text
    assert all(name in seen.text for name in names)
    hanh.fill(hanh(f"{address}/assign"), {"assignee": "minh"}, to=f"{address}/assign")
    minh = staff(visit, "minh")
    assert assignee.name in hanh(address).text.partition("Ai được đọc")[2]
    for page in (minh(address), minh.fill(minh(address), {}, to=f"{address}/open")):
        assert "Ai được đọc" not in page.text
        assert "Đã mở đọc" not in page.text


def test_who_is_second_keeps_the_words_and_applies_them_on_top(visit: Visit, portal: Portal) -> None:
    code = accepted(portal)
    address, minh = case(portal, code), staff(visit, "minh")
    form = minh(f"{address}/clear")
    form = minh.fill(form, {"text": WORDS}, to=f"{address}/clear")
    portal.staff(code, "hanh", "verify")
    second = minh.fill(form, {}, status=409, to=f"{address}/clear", press=SAVE)
    assert second.status == 409
    assert "Bắt đầu xác minh (Lê Thị Hạnh)" in second.text
    assert second.held("text").replace("\r\n", "\n").strip() == WORDS
    applied = minh.fill(second, {}, to=f"{address}/clear", press=SAVE)
    assert applied.address == address
    assert applied.status == 200
    with portal.look(code) as (_, file):
        assert [one.text for one in file.cleared_texts] == [WORDS]
        assert file.case.status == "verifying"
