"""Stepping aside and keeping an account away, from the pages; and reporting that one is paid back."""

from portal.cases.models import Retaliation
from tests.makers.filings import a_conduct_report
from tests.web.installing import Portal
from tests.web.stages import OTHER_OFFICE, WORDS, accepted, delay
from tests.web.test_staff_pages import case, cases_on, come_in, opened, staff
from tests.web.visiting import Visit, filed, written

RUDE = {"category": "attitude.rude", "agency": OTHER_OFFICE, "narrative": WORDS, "accused_role": "officer"}
FEARS = "Sợ bị giữ hồ sơ đất."


def test_whoever_steps_aside_comes_to_the_queue_without_the_case(visit: Visit, portal: Portal) -> None:
    code = accepted(portal)
    portal.file(a_conduct_report(agency=OTHER_OFFICE), "another key of a test")
    come_in(visit, "minh")
    address = case(portal, code, "declare_conflict")
    page = visit(address)
    assert list(visit.fill(page, {"text": ""}, 422, to=address).errors) == ["text"]
    done = visit.fill(page, {"text": "Người bị phản ánh là anh rể tôi."}, to=address)
    assert done.address == "/staff/queue"
    assert "Anh/chị không còn thấy vụ việc này." in done.text
    assert case(portal, code).rpartition("/")[2] not in done.html
    visit(case(portal, code), 404)
    chief = staff(visit, "hanh")
    told = opened(chief, case(portal, code))
    assert "“Người bị phản ánh là anh rể tôi.” (Trần Quang Minh)" in told.text
    assert "lift_wall" in told.html


def test_an_account_is_found_by_a_part_of_its_name(visit: Visit, portal: Portal) -> None:
    code = delay(portal)
    come_in(visit, "minh")
    address = case(portal, code, "wall_off")
    page = visit(address)
    again = visit.fill(page, {"account": "Quý", "text": WORDS}, 422, to=address)
    assert "quy" in again.errors["account"]
    unmarked = visit.fill(page, {"account": "dang quy", "text": WORDS}, 422, to=address)
    assert ": quy" in unmarked.errors["account"], "without marks, from the middle of a name"
    none = visit.fill(page, {"account": "khong-ai", "text": WORDS}, 422, to=address)
    assert "Không có tài khoản nào" in none.errors["account"]
    done = visit.fill(again, {"account": "quy"}, to=address)
    assert "có liên quan, nên không thấy vụ việc" in done.text
    officer = staff(visit, "quy")
    assert cases_on(officer("/staff/queue")) == []
    officer(case(portal, code), 404)


def test_being_paid_back_is_told_with_the_first_code(visit: Visit, portal: Portal) -> None:
    first = portal.file(a_conduct_report(agency=OTHER_OFFICE))
    answers = {**RUDE, "first_code": first, "protection": "yes", "fears": FEARS}
    page = written(visit, answers)
    assert "Có, gắn với phản ánh trước. Có đề nghị bảo vệ." in page.text
    filed(visit.another(), answers)
    assert portal.count(Retaliation) == 1
    queue = staff(visit, "hanh")("/staff/queue")
    assert "Báo bị trả đũa, cần xem trong hôm nay" in queue.text
    assert "Báo bị trả đũa" not in staff(visit, "minh")("/staff/queue").text


def test_a_wrong_first_code_is_said_at_its_field_and_nothing_is_lost(visit: Visit, portal: Portal) -> None:
    page = written(visit, RUDE, until="/report/happened")
    form = {"narrative": WORDS, "accused_role": "officer", "first_code": "A" * 25, "protection": "no", "fears": FEARS}
    again = visit.fill(page, form, 422)
    assert list(again.errors) == ["first_code"]
    assert again.held("fears") == FEARS
    assert again.held("first_code") == "A" * 25
    assert portal.count(Retaliation) == 0


def test_from_the_tracking_page_the_code_is_there_already(visit: Visit, portal: Portal) -> None:
    first = portal.file(a_conduct_report(agency=OTHER_OFFICE))
    page = visit.fill(visit("/track"), {"receipt_code": first}, to="/track")
    begun = visit.fill(page, {}, to="/track/retaliation")
    assert begun.address.startswith("/report")
    assert first not in begun.html
