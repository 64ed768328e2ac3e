"""Standard texts by page: put into a move's field, never sent with a gap; read by inspectors, edited by chiefs."""

from dataclasses import replace

import pytest

from portal.cases.queries import viewer_of
from portal.cases.text_values import Place, texts_for, values_for
from portal.cases.words import Language, Status
from portal.catalogue.models import Agency
from portal.catalogue.standard_text_rows import versions_of
from portal.catalogue.standard_texts import gaps_in
from tests.areas.catalogue.files import cells
from tests.makers.cast import CITY
from tests.makers.filings import a_conduct_report, a_delay, praise
from tests.web.installing import Portal
from tests.web.stages import (
    OTHER_OFFICE,
    accepted,
    answered,
    cleared,
    delay,
    not_put_right,
    received,
    referred,
    verifying,
)
from tests.web.test_staff_pages import CHANGED, case, come_in, staff, status_of
from tests.web.visiting import Seen, Visit

ROWS = {row["code"]: row for row in cells("standard_texts")}
USE, PREVIEW, SAVE = ("use", "text"), ("do", "preview"), ("do", "save")
CODE = "refused.before_court"
TEXTS, EDIT = "/staff/texts", f"/staff/texts/{CODE}/edit"


def put_in(seen: Visit, page: Seen, which: str, address: str, status: int = 200, **typed: str) -> Seen:
    """The page after a text was put into it."""
    return seen.fill(page, {"standard_text": which, **typed}, status, to=address, press=USE)


def test_a_text_comes_filled_and_moves_nothing(visit: Visit, portal: Portal) -> None:
    code, minh = received(portal), come_in(visit, "minh")
    address = case(portal, code, "refuse")
    page = put_in(minh, minh(address), CODE, address, ground="not_competent", text="Lời đã gõ.")
    text = page.held("text", address).strip()
    assert text.startswith("Lời đã gõ.\n\nKính gửi anh/chị,")
    assert page.form(address).held["ground"] == ["not_competent"]
    assert "(căn cứ: " in text
    assert "{" not in text
    assert "[…: tên tòa án]" in text
    assert "[…: căn cứ" not in text
    assert status_of(portal, code) is Status.RECEIVED


def test_what_still_has_a_gap_is_not_sent(visit: Visit, portal: Portal) -> None:
    code, minh = received(portal), come_in(visit, "minh")
    address = case(portal, code, "refuse")
    page = put_in(minh, minh(address), CODE, address, ground="not_competent")
    refused = minh.fill(page, {}, 422, to=address)
    assert refused.errors == {"text": "Còn chỗ trống chưa viết: tên tòa án."}
    assert status_of(portal, code) is Status.RECEIVED
    whole = page.held("text", address).replace("[…: tên tòa án]", "Tòa án nhân dân Khu vực 1")
    minh.fill(refused, {"text": whole}, to=address)
    assert status_of(portal, code) is Status.REFUSED


def test_what_is_chosen_later_closes_the_gaps_that_were_left(visit: Visit, portal: Portal) -> None:
    code, minh = received(portal), come_in(visit, "minh")
    address = case(portal, code, "refuse")
    first = put_in(minh, minh(address), CODE, address, text="Lời đã gõ.")
    assert "[…: căn cứ pháp luật]" in first.held("text", address)
    again = put_in(minh, first, CODE, address, ground="not_competent").held("text", address)
    assert "[…: căn cứ pháp luật]" not in again
    assert again.count("Kính gửi") == again.count("[…: tên tòa án]") == again.count("Lời đã gõ.") == 1


def test_nothing_chosen_is_said(visit: Visit, portal: Portal) -> None:
    code, minh = accepted(portal), come_in(visit, "minh")
    address = case(portal, code, "ask")
    page = put_in(minh, minh(address), "", address, 422, text="Lời đã gõ.")
    assert list(page.errors) == ["standard_text"]
    assert page.held("text", address).strip() == "Lời đã gõ."


def test_a_case_that_changed_meanwhile_is_said(visit: Visit, portal: Portal) -> None:
    code, minh = accepted(portal), come_in(visit, "minh")
    address = case(portal, code, "ask")
    page = minh(address)
    portal.staff(code, "hanh", "verify")
    again = put_in(minh, page, "question.reporter", address, 409)
    assert CHANGED in again.text
    assert "[…: các câu hỏi]" in again.held("text", address)


@pytest.mark.parametrize(
    ("stage", "login", "move", "codes"),
    [
        (received, "minh", "forward", {"forwarded"}),
        (accepted, "minh", "extend", {"late.to_reporter"}),
        (verifying, "minh", "conclude", {code for code in ROWS if code.startswith("answer.")} - {"answer.proposal"}),
        (delay, "quy", "answer", {code for code in ROWS if code.startswith("answer.")} - {"answer.proposal"}),
        (referred, "minh", "remind", {"letter.reminder"}),
        (answered, "hanh", "reopen", {"reopened"}),
        (not_put_right, "hanh", "let_stand", {"reopen.declined"}),
    ],
)
def test_each_move_offers_what_fits(
    visit: Visit, portal: Portal, stage: object, login: str, move: str, codes: set[str]
) -> None:
    assert callable(stage)
    code, who = stage(portal), come_in(visit, login)
    address = case(portal, code, move)
    page = who(address)
    assert set(page.form(address).choices["standard_text"]) - {""} == codes
    for one in sorted(codes):
        text = put_in(who, page, one, address).held("text", address)
        assert "{" not in text
        assert "Kính gửi" in text


def test_no_text_is_without_a_page_that_uses_it(visit: Visit, portal: Portal) -> None:
    minh = come_in(visit, "minh")
    assert "chưa trang nào dùng" not in minh(TEXTS).text.lower()
    for code in ROWS:
        seen = minh(f"{TEXTS}/{code}").text
        assert any(word in seen for word in ("Chọn được ở việc", "Cổng tự hiện", "Cổng gửi lời này", "rồi in và ký"))


def test_a_referral_begins_from_its_letter_and_leaves_with_no_gap(visit: Visit, portal: Portal) -> None:
    code, minh = cleared(portal), come_in(visit, "minh")
    address = case(portal, code, "refer")
    page = put_in(minh, minh(address), "letter.referral", address, agency=CITY, role="lead")
    text = page.held("note", address).strip()
    assert text.startswith("Kính gửi: Ủy ban nhân dân")
    assert portal.reference(code) in text
    assert gaps_in(text) == []
    gap = "Đề nghị trả lời trước ngày […: hạn trả lời]."
    refused = minh.fill(page, {"note": gap}, 422, to=address)
    assert refused.errors == {"note": "Còn chỗ trống chưa viết: hạn trả lời."}
    minh.fill(refused, {"note": text}, to=address)
    with portal.look(code) as (_, file):
        lead = next(one for one in file.live_referrals if one.role == "lead")
        assert f"trước ngày {lead.due_on:%d/%m/%Y}" in text
        assert lead.note.replace("\r\n", "\n") == text.replace("\r\n", "\n")


def test_praise_is_passed_on_by_its_own_letter(portal: Portal) -> None:
    code = portal.file(praise())
    with portal.look(code) as (session, file):
        found = {one.code for one in texts_for(session, file, "refer")}
    assert found == {"letter.referral", "letter.commendation"}


def test_a_notice_has_nothing_of_a_case(visit: Visit, portal: Portal) -> None:
    hanh, address = come_in(visit, "hanh"), f"{TEXTS}/notice.new_answer/edit"
    form = hanh(address)
    assert "{reference}" not in form.text
    assert "{due_on}" not in form.text
    typed = {"body_vi": "Tin về {procedure_name}.", "body_en": "News of {procedure_name}."}
    refused = hanh.fill(form, typed, 422, to=address, press=PREVIEW)
    assert refused.errors["body_vi"] == "Thư báo tin không được ghi “procedure_name”."
    seen = hanh.fill(form, {}, to=address, press=PREVIEW)
    assert "Anh/chị có tin mới trên Cổng." in seen.text


def test_a_reporter_reads_what_the_portal_says_by_itself(visit: Visit, portal: Portal) -> None:
    code = received(portal)
    seen = visit.fill(visit("/track"), {"receipt_code": code}, to="/track")
    assert ROWS["ack.feedback"]["title_vi"] in seen.text
    assert "Anh/chị giữ kỹ mã tra cứu." in seen.text
    assert "[…" not in seen.text
    portal.staff(code, "minh", "accept")
    seen = visit("/track")
    assert ROWS["accepted.feedback"]["title_vi"] in seen.text
    assert "Thư đã gửi anh/chị" in seen.text


def test_a_reporter_is_written_to_in_the_language_of_the_report(visit: Visit, portal: Portal) -> None:
    code, minh = (
        portal.file(replace(a_conduct_report(agency=OTHER_OFFICE), language=Language.EN)),
        come_in(visit, "minh"),
    )
    address = case(portal, code, "forward")
    page = put_in(minh, minh(address), "forwarded", address, body="court")
    text = page.held("text", address)
    assert "Dear Sir or Madam" in text
    assert gaps_in(text) == []


def test_an_agency_is_told_nothing_by_a_text_that_its_page_does_not_say(visit: Visit, portal: Portal) -> None:
    code, quy = portal.file(replace(a_delay(), language=Language.EN)), come_in(visit, "quy")
    address = case(portal, code, "answer")
    text = put_in(quy, quy(address), "answer.upheld", address, finding="upheld").held("text", address)
    assert "[…: kết quả kiểm tra]" in text
    with portal.look(code) as (session, file), portal.app.test_request_context():
        own = viewer_of(session, portal.account(session, "quy"))
        known = values_for(session, own, file, "answer", "vi", {}, Place({"vi": "Cổng"}, "1022"))
        assert known.keys() == {"agency_name", "due_on", "forwarded_on", "hotline", "portal_name", "reopen_due_on"}
        assert known["agency_name"] == session.get_one(Agency, own.agency_id).name_vi


def test_a_move_without_texts_has_no_list(visit: Visit, portal: Portal) -> None:
    code = accepted(portal)
    address = case(portal, code, "note")
    assert "standard_text" not in come_in(visit, "minh")(address).form(address).held


def test_the_dates_of_a_text_are_those_of_the_page(visit: Visit, portal: Portal) -> None:
    code, minh = accepted(portal), come_in(visit, "minh")
    address = case(portal, code, "extend")
    page = minh(address)
    text = put_in(minh, page, "late.to_reporter", address).held("text", address)
    with portal.look(code) as (_, file):
        due = next(clock.due_on for clock, _rule in file.clocks if clock.starts == "answer")
    assert f"trước ngày {due:%d/%m/%Y} nhưng" in text
    new = text.partition("Ngày trả lời mới: ")[2][:10]
    assert f"{new} (đang là {due:%d/%m/%Y})" in page.text


def test_a_reminder_takes_the_place_of_the_first_words(visit: Visit, portal: Portal) -> None:
    code, minh = referred(portal), come_in(visit, "minh")
    address = case(portal, code, "remind")
    text = put_in(minh, minh(address), "letter.reminder", address).held("text", address).strip()
    assert text.startswith("Kính gửi: ")
    assert portal.reference(code) in text


def test_inspectors_read_and_chiefs_write(visit: Visit, portal: Portal) -> None:
    minh, hanh = come_in(visit, "minh"), staff(visit, "hanh")
    listed = minh(TEXTS).text
    assert [one["title_vi"] for one in ROWS.values() if one["title_vi"] not in listed] == []
    assert EDIT not in minh(f"{TEXTS}/{CODE}").html
    assert EDIT in hanh(f"{TEXTS}/{CODE}").html
    minh(EDIT, 403)
    staff(visit, "quy")(TEXTS, 403)
    hanh(f"{TEXTS}/nonsense", 404)


def test_a_new_version_is_what_was_previewed(visit: Visit, portal: Portal) -> None:
    hanh = come_in(visit, "hanh")
    form = hanh(EDIT)
    previewed = hanh.fill(form, {"title_vi": "Việc của Tòa"}, to=EDIT, press=PREVIEW)
    assert "Điều 1 của một văn bản ví dụ" in previewed.text
    assert "[…: tên tòa án]" in previewed.text
    other = hanh.fill(previewed, {"title_vi": "Lời khác"}, 409, to=EDIT, press=SAVE)
    assert "Bản xem trước đã đổi" in other.text
    assert _newest(portal) == (1, ROWS[CODE]["title_vi"], None)
    saved = hanh.fill(other, {}, to=EDIT, press=SAVE)
    assert saved.address == f"{TEXTS}/{CODE}"
    assert "Đã lưu bản mới." in saved.text
    assert "(hanh)" in saved.text
    assert ROWS[CODE]["title_vi"] in saved.text, "the first version can still be read"
    assert _newest(portal) == (2, "Lời khác", "hanh")


def test_the_second_of_two_keeps_what_was_typed(visit: Visit, portal: Portal) -> None:
    hanh, other = come_in(visit, "hanh"), staff(visit, "hanh")
    mine = hanh.fill(hanh(EDIT), {"title_vi": "Của tôi"}, to=EDIT, press=PREVIEW)
    theirs = other.fill(other(EDIT), {"title_vi": "Của người kia"}, to=EDIT, press=PREVIEW)
    other.fill(theirs, {}, to=EDIT, press=SAVE)
    second = hanh.fill(mine, {}, 409, to=EDIT, press=SAVE)
    assert "Của người kia" in second.text
    assert second.held("title_vi", EDIT) == "Của tôi"
    assert _newest(portal) == (2, "Của người kia", "hanh")
    again = hanh.fill(second, {}, to=EDIT, press=PREVIEW)
    hanh.fill(again, {}, to=EDIT, press=SAVE)
    assert _newest(portal) == (3, "Của tôi", "hanh")


def test_what_cannot_be_saved_is_said_at_its_field(visit: Visit, portal: Portal) -> None:
    hanh = come_in(visit, "hanh")
    refused = hanh.fill(hanh(EDIT), {"body_vi": "Chào {ten}, {hotline}", "title_en": ""}, 422, to=EDIT, press=PREVIEW)
    assert refused.errors["body_vi"] == "Không có biến “ten”."
    assert set(refused.errors) == {"body_vi", "body_en", "title_en"}
    assert refused.held("body_vi", EDIT).strip() == "Chào {ten}, {hotline}"
    assert _newest(portal)[0] == 1


def _newest(portal: Portal) -> tuple[int, str, str | None]:
    with portal.place.session() as session:
        one = versions_of(session, CODE)[0]
        return one.version, one.title_vi, one.by_login
