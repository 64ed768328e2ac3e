"""Concluding by its page: previewed as the reporter will read it, nothing else is sent; sent back, the words stay."""

from dataclasses import replace

import pytest
from sqlalchemy import update

from portal.cases.approval_models import ApprovalRule
from portal.cases.words import Language, Status
from portal.foundation.database import transaction
from portal.foundation.time import at, now
from tests.makers.filings import a_conduct_report, a_delay
from tests.web.installing import Portal
from tests.web.markup import Tag
from tests.web.stages import ANSWER, OTHER_OFFICE, concluded, delay, verifying
from tests.web.test_staff_pages import case, come_in, moves_on, staff, status_of
from tests.web.test_tracking_pages import look_up
from tests.web.visiting import Seen, Visit

SEND, PREVIEW = ("do", "send"), ("do", "preview")
WHOLE = {
    "finding": "upheld",
    "remedy": "apology_in_person",
    "more_remedy": "discipline_referred",
    "discipline_body": "Phòng Nội vụ thành phố",
    "ground": "Chỉ thị 30 mục 4",
    "apologised_on": "27/02/2026",
    "days_saved": "3",
    "text": "Chúng tôi đã xem lại camera và nói chuyện với cả hai người.",
}
READ = (
    *("Đã xin lỗi trực tiếp", "Đã chuyển xem xét kỷ luật hành chính", "Phòng Nội vụ thành phố", "Chỉ thị 30 mục 4"),
    *("27/02/2026", "3 ngày làm việc", "Chúng tôi đã xem lại camera"),
)


def asked_for_approval(portal: Portal) -> str:
    """A case that Minh looks into, where the rules ask for a chief inspector's approval of every conduct report's."""
    with portal.place.session() as session, transaction(session):
        session.execute(update(ApprovalRule).values(severity_from=1))
    return verifying(portal)


def test_what_was_previewed_is_what_the_reporter_reads(visit: Visit, portal: Portal) -> None:
    code = verifying(portal)
    address = case(portal, code, "conclude")
    minh = staff(visit, "minh")
    shown = minh.fill(minh(address), WHOLE, to=address, press=PREVIEW)
    assert all(words in shown.text for words in READ)
    assert status_of(portal, code) is Status.VERIFYING
    minh.fill(shown, {}, to=address, press=SEND)
    assert status_of(portal, code) is Status.CONCLUDED
    assert "Chúng tôi đã xem lại camera" not in look_up(visit.another(), code).text, "nobody has sent it yet"
    out = case(portal, code, "send_answer")
    asked = minh(out)
    assert all(words in asked.text for words in READ)
    minh.fill(asked, {}, to=out)
    read = look_up(visit.another(), code).text
    assert all(words in read for words in READ)
    told = visit.client.post("/api/v1/track", json={"receipt_code": code}, base_url="https://localhost").get_json()
    assert told["answer"]["remedies"] == ["Đã xin lỗi trực tiếp", "Đã chuyển xem xét kỷ luật hành chính"]
    assert told["answer"]["remedy"] == "Đã xin lỗi trực tiếp"
    assert (told["answer"]["apologised_on"], told["answer"]["days_saved"]) == ("2026-02-27", 3)


@pytest.mark.parametrize(("who", "stage", "move"), [("minh", verifying, "conclude"), ("quy", delay, "answer")])
def test_a_change_after_the_preview_is_shown_again_and_not_sent(
    visit: Visit, portal: Portal, who: str, stage: object, move: str
) -> None:
    assert callable(stage)
    code = stage(portal)
    address, before = case(portal, code, move), status_of(portal, code)
    come_in(visit, who)
    shown = visit.fill(visit(address), WHOLE, to=address, press=PREVIEW)
    changed = visit.fill(shown, {"text": "Chữ khác hẳn."}, 409, to=address, press=SEND)
    assert "Chữ khác hẳn." in changed.text
    assert "Chưa gửi gì" in changed.text
    forged = visit.fill(changed, {"shown": "0" * 64}, 409, to=address, press=SEND)
    assert status_of(portal, code) is before
    visit.fill(forged, {}, to=address, press=SEND)
    assert status_of(portal, code) is not before
    with portal.look(code) as (_, file):
        assert [one.text for one in file.conclusions] == ["Chữ khác hẳn."]


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"days_saved": "nhiều"}, "days_saved"),
        ({"days_saved": "0"}, "days_saved"),
        ({"apologised_on": "31/02/2026"}, "apologised_on"),
        ({"apologised_on": "01/01/2030"}, "apologised_on"),
        ({"discipline_body": ""}, "discipline_body"),
        ({"ground": "x" * 1_001}, "ground"),
    ],
)
def test_what_is_wrong_is_said_and_kept(visit: Visit, portal: Portal, typed: dict[str, str], wrong: str) -> None:
    code = verifying(portal)
    address = case(portal, code, "conclude")
    come_in(visit, "minh")
    again = visit.fill(visit(address), {**WHOLE, **typed}, 422, to=address, press=PREVIEW)
    assert list(again.errors) == [wrong]
    assert {name: again.held(name, address) for name in WHOLE} == {**WHOLE, **typed}


def told_on(seen: Seen) -> Tag:
    """The part of a page that is what the reporter will read."""
    [part] = [one for one in seen.page.all("div") if one.has.get("lang")]
    return part


@pytest.mark.parametrize(("of_report", "of_page"), [("en", "vi"), ("vi", "en"), ("en", "en")])
def test_the_answer_is_previewed_in_the_language_of_the_report(
    visit: Visit, portal: Portal, of_report: str, of_page: str
) -> None:
    code = portal.file(replace(a_conduct_report(agency=OTHER_OFFICE), language=Language(of_report)))
    portal.staff(code, "minh", "accept")
    portal.staff(code, "minh", "verify")
    address = case(portal, code, "conclude")
    minh = staff(visit, "minh")
    minh(f"/staff/queue?lang={of_page}")
    shown = minh.fill(minh(address), WHOLE, to=address, press=PREVIEW)
    words = {"vi": "Đã xin lỗi trực tiếp", "en": "Apology in person"}
    labels = {"vi": "Nơi xem xét kỷ luật", "en": "Body considering discipline"}
    told = told_on(shown)
    assert told.has["lang"] == of_report
    assert words[of_report] in told.words
    assert labels[of_report] in told.words
    other = "vi" if of_page == "en" else "en"
    minh(f"/staff/queue?lang={other}")
    minh.fill(shown, {}, to=address, press=SEND)
    assert status_of(portal, code) is Status.CONCLUDED, "what was shown is the same in every language"
    told = told_on(minh(case(portal, code, "send_answer")))
    assert told.has["lang"] == of_report
    assert words[of_report] in told.words


def test_an_agency_does_not_learn_the_language_of_the_report(visit: Visit, portal: Portal) -> None:
    code = portal.file(replace(a_delay(), language=Language.EN))
    address = case(portal, code, "answer")
    quy = staff(visit, "quy")
    shown = quy.fill(quy(address), WHOLE, to=address, press=PREVIEW)
    assert told_on(shown).has["lang"] == "vi"
    quy("/staff/queue?lang=en")
    quy.fill(shown, {}, to=address, press=SEND)
    assert status_of(portal, code) is Status.ANSWERED


def test_sent_back_the_writer_reads_why_and_finds_the_words_again(visit: Visit, portal: Portal) -> None:
    code = asked_for_approval(portal)
    address = case(portal, code, "conclude")
    minh, hanh = staff(visit, "minh"), staff(visit, "hanh")
    minh.fill(minh.fill(minh(address), WHOLE, to=address, press=PREVIEW), {}, to=address, press=SEND)
    assert "send_answer" not in moves_on(minh(case(portal, code)))
    assert {"approve", "send_back"} <= set(moves_on(hanh(case(portal, code))))
    assert f"/staff/cases/{portal.reference(code)}" in hanh("/staff/queue?status=concluded").html
    back = case(portal, code, "send_back")
    hanh.fill(hanh(back), {"text": "Cần nói rõ ngày nào."}, to=back)
    assert "Cần nói rõ ngày nào." in minh(case(portal, code)).text
    form = minh(address)
    assert "Cần nói rõ ngày nào." in form.text
    assert {name: form.held(name, address) for name in WHOLE} == WHOLE
    assert "Cần nói rõ ngày nào." not in look_up(visit.another(), code).text
    mended = minh.fill(form, {"text": "Ngày 27/02, lúc chín giờ."}, to=address, press=PREVIEW)
    minh.fill(mended, {}, to=address, press=SEND)
    out = case(portal, code, "approve")
    asked = hanh(out)
    assert "Ngày 27/02, lúc chín giờ." in asked.text
    hanh.fill(asked, {}, to=out)
    assert "Cần nói rõ ngày nào." not in minh(case(portal, code)).text.partition("Diễn biến")[0]
    assert "Ngày 27/02, lúc chín giờ." in look_up(visit.another(), code).text
    with portal.look(code) as (_, file):
        assert [(one.version, one.visible_at is None) for one in file.conclusions] == [(1, True), (2, False)]


def test_a_mild_case_says_that_it_waits_for_nobody(visit: Visit, portal: Portal) -> None:
    code = concluded(portal)
    come_in(visit, "minh")
    seen = visit(case(portal, code))
    assert "chưa gửi, không phải chờ duyệt" in seen.text
    assert ANSWER in seen.text


def test_an_unanswered_question_is_a_proposal_on_the_case_and_a_mark_in_the_queue(visit: Visit, portal: Portal) -> None:
    code = verifying(portal)
    portal.staff(code, "minh", "ask", text="Chị đến lúc mấy giờ?")
    with portal.look(code) as (_, file):
        [due] = [clock.due_on for clock, _ in file.clocks if clock.starts == "question"]
    lapsed, line = "/staff/queue?due=lapsed", f"/staff/cases/{portal.reference(code)}"
    minh = staff(visit, "minh")
    assert line not in minh(lapsed).html
    with at(now().replace(year=due.year, month=due.month, day=due.day, hour=3)):
        assert line not in staff(visit, "minh")(lapsed).html, "the last day still counts"
        later = now()
    with at(later.replace(day=later.day + 1)):
        minh = staff(visit, "minh")
        found = minh(lapsed)
        assert line in found.html
        assert "đã hết hạn trả lời" in found.text
        assert line not in minh("/staff/queue?due=late").html, "nobody here is late"
        seen = minh(line)
        assert "người phản ánh chưa trả lời. Kiểm tra viên có thể không thụ lý" in seen.text
        assert "Mức phục vụ của Cổng" in seen.text
        refuse = case(portal, code, "refuse")
        assert minh(refuse).held("ground", refuse) == "no_answer_from_reporter"
        assert status_of(portal, code) is Status.WAITING_FOR_REPORTER
