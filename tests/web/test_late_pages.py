"""Extending, reminding and escalation as people see them: who reads what, and what nobody does."""

from datetime import date

from portal.cases.escalation import escalate_batch
from portal.catalogue.words import ReferralRole
from portal.foundation.database import transaction
from tests.makers.cast import CITY
from tests.makers.days import on
from tests.makers.filings import a_conduct_report
from tests.web.installing import Portal
from tests.web.stages import OTHER_OFFICE, accepted, delay, referred
from tests.web.test_staff_pages import case, staff
from tests.web.test_tracking_pages import look_up
from tests.web.visiting import Visit
from tests.web.worlds import HOST

WORDS = "Đề nghị quý cơ quan trả lời trước thứ Sáu."
REASON = "Cần đo lại thửa đất cùng hai hộ bên cạnh."
LATE = date(2026, 4, 7)


def worker(portal: Portal, day: date = LATE) -> None:
    """The worker is there once."""
    with on(day), portal.place.session() as session, transaction(session):
        escalate_batch(session, {})


def of_the_next_city(portal: Portal) -> str:
    """The office of the next city leads: that city is above it."""
    code = portal.file(a_conduct_report())
    for move, more in (
        ("accept", {}),
        ("clear", {"text": "Nói trống không."}),
        ("refer", {"agency": OTHER_OFFICE, "role": ReferralRole.LEAD}),
    ):
        portal.staff(code, "minh", move, **more)
    return code


def test_the_new_day_stands_before_the_button_and_the_reporter_reads_it(visit: Visit, portal: Portal) -> None:
    code = accepted(portal)
    address = case(portal, code, "extend")
    minh = staff(visit, "minh")
    page = minh(address)
    assert "13/04/2026 (đang là 30/03/2026), thêm 10 ngày làm việc" in page.text
    assert "Chỉ khi vụ việc phức tạp." in page.text
    minh.fill(page, {"text": REASON}, to=address)
    again = minh(address)
    assert "đã được gia hạn đủ số lần" in again.text
    assert not [tag for tag in again.page.all("form") if tag.has.get("action") == address]
    read = look_up(visit.another(), code)
    assert "ngày mới: thứ Hai 13/04/2026" in read.text
    assert REASON in read.text


def test_no_extension_by_the_rule_is_said(visit: Visit, portal: Portal) -> None:
    page = staff(visit, "minh")(case(portal, delay(portal), "extend"))
    assert "Quy định về thời hạn này không cho gia hạn." in page.text


def test_a_body_reads_its_reminder_on_top_and_prints_it(visit: Visit, portal: Portal) -> None:
    code = referred(portal)
    address = case(portal, code, "remind")
    minh = staff(visit, "minh")
    page = minh(address)
    assert "Đến nay chưa có trả lời." in page.held("text", address)
    done = minh.fill(page, {"agency": CITY, "text": WORDS}, to=address)
    letter = case(portal, code, "reminders/1")
    assert letter in done.html
    assert "Mỗi ngày đôn đốc một lần." in minh(address).text
    body = staff(visit, "quy")
    seen = body(case(portal, code))
    assert WORDS in seen.text
    assert letter in seen.html
    for browser in (minh, body):
        answer = browser.client.get(letter, base_url=HOST)
        assert answer.status_code == 200
        assert answer.mimetype == "application/pdf"
        assert answer.data.startswith(b"%PDF")
    assert body.client.get(case(portal, code, "reminders/2"), base_url=HOST).status_code == 404
    stranger = staff(visit, "thao")
    assert stranger.client.get(letter, base_url=HOST).status_code == 404
    assert WORDS not in look_up(visit.another(), code).text


def test_the_superior_learns_number_body_and_days_and_nothing_else(visit: Visit, portal: Portal) -> None:
    code = of_the_next_city(portal)
    worker(portal)
    with on(LATE):
        above = staff(visit, "son")
        queue = above("/staff/queue")
        assert "Cấp dưới quá hạn" in queue.text
        page = above("/staff/late-below")
        assert portal.reference(code) in page.text
        assert "Quá hạn 6 ngày" in page.text
        assert "Nói trống không" not in page.text
        assert above.client.get(case(portal, code), base_url=HOST).status_code == 404
        other = staff(visit, "quy")
        assert portal.reference(code) not in other("/staff/late-below").text
        assert "Cấp dưới quá hạn" not in other("/staff/queue").text


def test_the_overdue_list_and_the_lines_of_the_case(visit: Visit, portal: Portal) -> None:
    code, _still = of_the_next_city(portal), accepted(portal)
    worker(portal)
    with on(LATE):
        browser = staff(visit, "minh")
        listed = browser("/staff/queue?listed=1")
        assert portal.reference(code) in listed.html
        assert portal.reference(_still) not in listed.html
        seen = browser(case(portal, code))
    for line in ("Đã nhắc: phiếu chuyển sắp đến hạn", "Đã quá hạn trả lời", "danh sách quá hạn của Ủy ban Kiểm tra"):
        assert line in seen.text
    assert "đã báo Ủy ban nhân dân thành phố Tam Kỳ" in seen.text
