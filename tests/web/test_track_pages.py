"""Tracks and signed forms on pages: what is proposed, what an office never sees, what the reporter reads."""

from portal.cases.conversions import TO_DENUNCIATION, TO_INFORMATION
from portal.cases.words import Disclosure
from portal.foundation.time import today
from tests.makers.cast import CITY, LAN
from tests.makers.filings import a_conduct_report, a_denunciation
from tests.web.installing import Portal
from tests.web.stages import OTHER_OFFICE, accepted, lodged, referred
from tests.web.test_staff_pages import case, come_in, moves_on, opened, staff
from tests.web.visiting import Visit


def test_a_conversion_is_proposed_with_its_ground_and_its_move(visit: Visit, portal: Portal) -> None:
    hanh = staff(visit, "hanh")
    named = portal.file(a_denunciation(agency=OTHER_OFFICE, disclosure=Disclosure.CONFIDENTIAL, identity=LAN), "k" * 20)
    nameless = portal.file(a_denunciation(agency=OTHER_OFFICE), "n" * 20)
    plain = portal.file(a_conduct_report(agency=OTHER_OFFICE), "p" * 20)
    portal.staff(named, "hanh", "accept")
    seen = opened(hanh, case(portal, named))
    assert TO_DENUNCIATION.ground in seen.text
    assert TO_DENUNCIATION.citation in seen.text
    assert moves_on(seen).count("record_form") == 2, "its button, and beside the proposal"
    seen = opened(hanh, case(portal, nameless))
    assert TO_INFORMATION.ground in seen.text
    assert "record_form" not in moves_on(seen)
    seen = opened(hanh, case(portal, plain))
    assert "Đề xuất theo luật" not in seen.text


def test_no_office_learns_that_somebody_signed(visit: Visit, portal: Portal) -> None:
    code = referred(portal)
    quy = staff(visit, "quy")
    address = case(portal, code)
    before = quy(address).text
    portal.staff(code, "minh", "record_form", form="complaint", body=CITY, number="12/TCD", lodged_on=today())
    assert quy(address).text == before
    portal.staff(code, "minh", "record_step", step="accepted", done_on=today())
    assert quy(address).text == before


def test_the_reporter_reads_where_when_and_by_which_law(visit: Visit, portal: Portal) -> None:
    code = lodged(portal)
    seen = visit.fill(visit("/track"), {"receipt_code": code}, to="/track")
    assert "Đơn anh/chị ký đã được ghi nhận" in seen.text
    assert "12/TCD" in seen.text
    assert "Nơi nhận đơn thụ lý" in seen.text
    assert "Luật Khiếu nại 02/2011/QH13 Điều 27" in seen.text


def test_a_remote_place_is_said_on_the_page_and_runs_on_its_own_clock(visit: Visit, portal: Portal) -> None:
    code, minh = accepted(portal), come_in(visit, "minh")
    address = case(portal, code, "record_form")
    page = minh(address)
    for law in ("Điều 28", "Điều 37", "Luật Tố cáo 25/2018/QH14 Điều 24"):
        assert law in page.text
    assert page.form(address).held["condition"] == ["normal"], "the portal proposes nothing"
    typed = {"body": CITY, "number": "12/TCD", "lodged_on": f"{today():%d/%m/%Y}", "condition": "remote"}
    wrong = minh.fill(page, {**typed, "form": "denunciation"}, 422, to=address)
    assert wrong.errors == {"condition": "Luật của loại đơn này không có thời hạn riêng ấy."}
    minh.fill(wrong, {"form": "complaint"}, to=address)
    step = case(portal, code, "record_step")
    page = minh(step)
    assert page.form(step).held["condition"] == ["remote"], "as it was said when the form was recorded"
    minh.fill(page, {"done_on": f"{today():%d/%m/%Y}"}, to=step)
    assert "condition" not in minh(step).form(step).held, "nothing to say once it is accepted"
    reporter = visit.another()
    seen = reporter.fill(reporter("/track"), {"receipt_code": code}, to="/track")
    assert "Thời hạn riêng của luật: Vùng sâu, vùng xa, đi lại khó khăn." in seen.text
