"""Tracking by pages, what else the reporter does there: a contact, another code, points, and was it put right."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import actions
from portal.cases.casefile import CaseFile, events_of
from portal.cases.models import FollowUp, Rating, Receipt
from portal.cases.words import Audience, FollowUpAnswer, Status
from portal.foundation.codes import in_groups
from portal.foundation.database import transaction
from portal.foundation.time import at, now
from portal.identity.contact import Contact, open_contact
from portal.identity.models import NoticeContact
from portal.identity.recipients import NOTICES
from portal.web.public.tracked import COOKIE, NEW_CODE
from tests.makers.filings import CONTACT, a_delay
from tests.makers.settings import NOTICE_KEY
from tests.web.hygiene import Languages
from tests.web.installing import Portal
from tests.web.stages import answered, delay
from tests.web.test_tracking_pages import is_open, look_up, offered, status_of, wait
from tests.web.visiting import Seen, Visit

__all__ = ["wait"]  # a fixture

EMAIL = "lan.moi@thu.vn"


def kinds(portal: Portal, code: str) -> list[str]:
    """The events of a case; those that an agency reads are left out."""
    with portal.look(code) as (session, file):
        return [one.kind for one in events_of(session, file.case, frozenset({Audience.REPORTER}))]


def kept(portal: Portal, code: str) -> Contact | None:
    """The contact that the worker would use."""
    with portal.look(code) as (session, file):
        row = session.get(NoticeContact, file.report.id)
        if row is None:
            return None
        key = portal.place.key_store.get(file.report.uid, row.recipient)
        assert key is not None
        return open_contact(row.sealed, key, file.report.uid, NOTICE_KEY)


def key_of_filing(portal: Portal, code: str) -> bytes | None:
    """The key of the contact given at filing."""
    with portal.look(code) as (_, file):
        return portal.place.key_store.get(file.report.uid, NOTICES)


# Where to be told.


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_contact_is_given_changed_and_deleted(portal: Portal, languages: Languages, language: str) -> None:
    visit, code = Visit(portal, languages, language), delay(portal)
    page = look_up(visit, code)
    assert "withdraw_contact" not in offered(page)
    seen = visit.fill(page, {"notify_email": f" {EMAIL.upper()} "}, to="/track/contact")
    assert languages.said("Đã lưu. Có tin mới, chúng tôi báo vào đó.", language) in seen.text
    assert kept(portal, code) == Contact(email=EMAIL)
    assert EMAIL not in seen.html.lower(), "it is not shown again"
    seen = visit.fill(seen, {"notify_phone": "+84 905 123 456"}, to="/track/contact")
    assert kept(portal, code) == Contact(phone="0905123456")
    assert "0905123456" not in seen.html
    seen = visit.fill(seen, {}, to="/track/withdraw_contact")
    assert (kept(portal, code), portal.count(NoticeContact)) == (None, 0)
    assert "withdraw_contact" not in offered(seen)
    assert kinds(portal, code) == ["contact_given", "contact_replaced", "contact_withdrawn"]
    late = visit.post("/track/withdraw_contact", {}, 409)
    assert late.errors["main"] == languages.said("Không có nơi báo tin nào để xóa.", language)


def test_the_contact_given_at_filing_is_really_gone(visit: Visit, portal: Portal) -> None:
    code = portal.file(a_delay(contact=CONTACT))
    assert key_of_filing(portal, code) is not None
    visit.fill(look_up(visit, code), {"notify_email": EMAIL}, to="/track/contact")
    assert key_of_filing(portal, code) is None, "without waiting for the worker"
    assert kept(portal, code) == Contact(email=EMAIL)
    visit.fill(visit("/track"), {}, to="/track/withdraw_contact")
    with portal.place.key_store.engine.connect() as connection:
        words = connection.exec_driver_sql("SELECT recipient FROM data_key").scalars().all()
    assert [one for one in words if one.startswith(NOTICES)] == []
    for secret in (CONTACT.email, EMAIL):
        assert secret.encode() not in portal.stored()


def test_a_contact_that_is_wrong_stays_as_typed_and_stores_nothing(visit: Visit, portal: Portal) -> None:
    code = portal.file(a_delay())
    page = look_up(visit, code)
    before = portal.stored()
    wrong: list[tuple[dict[str, str], list[str]]] = [
        ({}, ["contact-notify_email"]),
        ({"notify_email": "lan", "notify_phone": "12"}, ["contact-notify_email", "contact-notify_phone"]),
        ({"notify_email": EMAIL, "notify_phone": "0905123456"}, ["contact-notify_phone"]),
    ]
    for typed, errors in wrong:
        seen = visit.fill(page, typed, 422, to="/track/contact")
        assert list(seen.errors) == errors
        for name, value in typed.items():
            assert seen.held(name, "/track/contact") == value
        assert seen.held("text", "/track/facts") == ""
    assert portal.stored() == before


def test_an_agency_sees_nothing_of_it(visit: Visit, portal: Portal) -> None:
    code = delay(portal)
    quy = visit.another()
    quy.sign_in("quy")
    addresses = ("/staff/queue", f"/staff/cases/{portal.reference(code)}")
    before = [quy(address).text for address in addresses]
    page = visit.fill(look_up(visit, code), {"notify_email": EMAIL}, to="/track/contact")
    change_code(visit, page)
    assert [quy(address).text for address in addresses] == before


# Another code.


def change_code(visit: Visit, page: Seen) -> str:
    """Sees the new code, and types its last group."""
    seen = visit.fill(page, {}, to="/track/new-code")
    new = seen.code
    seen = visit.fill(seen, {"last_group": new[-5:].lower()}, to="/track/replace_code")
    assert seen.address == "/track/new-code"
    assert seen.code == new
    return new.replace("-", "")


def test_a_new_code_takes_the_place_of_the_old_one(visit: Visit, portal: Portal) -> None:
    code = delay(portal)
    elsewhere = visit.another()
    assert is_open(look_up(elsewhere, code))
    new = change_code(visit, look_up(visit, code))
    assert is_open(visit("/track")), "here it goes on"
    assert not is_open(elsewhere("/track")), "with the old code it is over"
    assert elsewhere.post("/track/withdraw", {}, 404).errors
    look_up(visit.another(), code, 404)
    assert is_open(look_up(visit.another(), new))
    assert kinds(portal, new) == ["code_replaced"]
    assert portal.file(a_delay()) == code, "sent again the form gives its first receipt"
    with portal.place.session() as session:
        assert len(session.scalars(select(Receipt)).all()) == 2, "and files nothing"


def test_until_the_last_group_is_typed_the_old_code_holds(visit: Visit, portal: Portal) -> None:
    code = delay(portal)
    page = look_up(visit, code)
    before = portal.stored()
    seen = visit.fill(page, {}, to="/track/new-code")
    for typed in ("", "AAAAA", seen.code[:5], seen.code):
        again = visit.fill(seen, {"last_group": typed}, 422, to="/track/replace_code")
        assert list(again.errors) == ["last_group"]
        assert again.held("last_group", "/track/replace_code") == typed
        assert again.code == seen.code
    assert visit.fill(page, {}, to="/track/new-code").code == seen.code, "a second click shows the same"
    assert is_open(look_up(visit.another(), code))
    look_up(visit.another(), seen.code, 404)
    assert portal.stored() == before


def test_sent_twice_it_is_done_once(visit: Visit, portal: Portal) -> None:
    """The first answer may be lost on the way: the browser then still has the old code."""
    code = delay(portal)
    shown = visit.fill(look_up(visit, code), {}, to="/track/new-code")
    old_cookie = visit.cookie(COOKIE)
    visit.fill(shown, {"last_group": shown.code[-5:]}, to="/track/replace_code")
    visit.client.set_cookie(COOKIE, old_cookie, domain="portal.test", secure=True)
    seen = visit.fill(shown, {"last_group": shown.code[-5:]}, to="/track/replace_code")
    assert seen.code == shown.code
    assert is_open(visit("/track"))
    assert kinds(portal, shown.code) == ["code_replaced"]


def test_it_is_shown_for_ten_minutes_on_this_browser(
    visit: Visit, portal: Portal, wait: Callable[[float], None]
) -> None:
    code = delay(portal)
    shown = visit.fill(look_up(visit, code), {}, to="/track/new-code")
    wait(9)
    assert visit("/track/new-code").code == shown.code
    assert visit("/track/new-code?lang=en").code == shown.code
    visit("/track/new-code?lang=vi")
    wait(2)
    assert list(visit("/track/new-code", 410).errors) == ["main"]
    late = visit.fill(shown, {"last_group": shown.code[-5:]}, 410, to="/track/replace_code")
    assert list(late.errors) == ["main"]
    assert is_open(look_up(visit.another(), code)), "the old one holds"
    assert not is_open(visit.another()("/track/new-code", 410))


def test_the_new_code_is_in_no_address_and_goes_with_closing(visit: Visit, portal: Portal) -> None:
    code, other = delay(portal), portal.file(a_delay(), "another key of a test")
    seen = visit.fill(look_up(visit, code), {}, to="/track/new-code")
    assert seen.through == ("/track/new-code",)
    sealed = visit.cookie(NEW_CODE.name)
    assert seen.code.replace("-", "") not in sealed
    visit.post("/track", {"receipt_code": other})
    assert list(visit("/track/new-code", 410).errors) == ["main"], "it belongs to the first case"
    visit.post("/track/replace_code", {"last_group": seen.code[-5:]}, 410)
    visit.post("/track/close", {})
    assert (visit.cookie(NEW_CODE.name), visit.cookie(COOKIE)) == ("", "")
    for address in ("/track/new-code", "/track/replace_code", "/track/contact", "/track/withdraw_contact"):
        assert not is_open(visit.post(address, {"last_group": seen.code[-5:]}, 410))
    assert in_groups(code)[0] not in seen.html


def test_the_two_cookies_are_not_one(visit: Visit, portal: Portal) -> None:
    code = delay(portal)
    visit.fill(look_up(visit, code), {}, to="/track/new-code")
    visit.client.set_cookie(COOKIE, visit.cookie(NEW_CODE.name), domain="portal.test", secure=True)
    assert not is_open(visit("/track"))


# Points beside a mark.


def test_what_is_ticked_is_kept_and_read_by_inspectors(visit: Visit, portal: Portal) -> None:
    code = answered(portal)
    page = look_up(visit, code)
    wrong = visit.fill(page, {"score": "2", "points": ["late", "on_time"]}, 422, to="/track/rate")
    assert list(wrong.errors) == ["rate-points"]
    assert wrong.form("/track/rate").held["points"] == ["on_time", "late"]
    assert wrong.held("score", "/track/rate") == "2"
    seen = visit.fill(page, {"score": "2", "points": ["late", "not_explained"]}, to="/track/rate")
    assert "Quá lâu · Giải thích chưa rõ" in seen.text
    with portal.place.session() as session:
        assert session.scalars(select(Rating)).one().points == ["late", "not_explained"]
    minh = visit.another()
    minh.sign_in("minh")
    assert "Quá lâu · Giải thích chưa rõ" in minh(f"/staff/cases/{portal.reference(code)}").text


# Was it really put right?


def do(portal: Portal, code: str, act: Callable[[Session, CaseFile], object]) -> None:
    """The portal does something by itself."""
    with portal.place.session() as session, transaction(session):
        act(session, portal._case(session, code))


def asked_again(portal: Portal) -> str:
    """The city answered; twenty working days later the case is closed, and the portal asks."""
    code = answered(portal)
    with at(now() + timedelta(days=28)):
        do(portal, code, actions.close_by_rule)
        do(portal, code, actions.ask_follow_up)
    assert portal.count(FollowUp) == 1
    return code


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("answer", FollowUpAnswer)
def test_the_question_is_answered_once(
    portal: Portal, languages: Languages, language: str, answer: FollowUpAnswer
) -> None:
    visit, code = Visit(portal, languages, language), asked_again(portal)
    with at(now() + timedelta(days=30)):
        page = look_up(visit, code)
        assert "follow_up" in offered(page)
        assert page.held("answer", "/track/follow_up") == "", "nothing is preset"
        seen = visit.fill(page, {"answer": answer.value, "text": "Giấy sai tên."}, to="/track/follow_up")
        assert "follow_up" not in offered(seen)
        assert "Giấy sai tên." in seen.text
        assert list(visit.fill(page, {"answer": "yes"}, 409, to="/track/follow_up").errors) == ["main"]
    with portal.look(code) as (_, file):
        assert file.follow_up is not None
        assert file.follow_up.answer is answer
        assert file.follow_up.is_waiting == (answer in ("no", "new_trouble"))


def test_an_answer_that_is_wrong_stays_as_typed(visit: Visit, portal: Portal) -> None:
    code = asked_again(portal)
    with at(now() + timedelta(days=30)):
        page = look_up(visit, code)
        seen = visit.fill(page, {"text": "Chưa biết."}, 422, to="/track/follow_up")
        assert list(seen.errors) == ["follow_up-answer"]
        assert seen.held("text", "/track/follow_up") == "Chưa biết."
        assert seen.held("reasons", "/track/rate") == ""
        seen = visit.fill(page, {"answer": "no"}, 422, to="/track/follow_up")
        assert list(seen.errors) == ["follow_up-text"]
        assert seen.held("answer", "/track/follow_up") == "no"
        visit.post("/track/follow_up", {"answer": "perhaps", "text": "x"}, 422)
    with portal.look(code) as (_, file):
        assert file.follow_up is not None
        assert file.follow_up.answer is None


def test_before_the_day_the_page_says_when(visit: Visit, portal: Portal) -> None:
    seen = look_up(visit, answered(portal))
    assert "follow_up" not in offered(seen)
    assert "Ngày thứ Hai 06/04/2026 chúng tôi hỏi lại anh/chị một lần" in seen.text


def test_a_no_comes_before_the_chief_who_reopens_or_lets_it_stand(visit: Visit, portal: Portal) -> None:
    code = asked_again(portal)
    with at(now() + timedelta(days=30)):
        page = look_up(visit, code)
        visit.fill(page, {"answer": "no", "text": "Giấy sai tên."}, to="/track/follow_up")
        reference = portal.reference(code)
        hanh, minh, quy = (visit.another() for _ in range(3))
        hanh.sign_in("hanh")
        minh.sign_in("minh")
        quy.sign_in("quy")
        assert reference in hanh("/staff/queue").text
        assert "Giấy sai tên." in hanh("/staff/queue").text
        for other in (minh, quy):
            assert reference not in other("/staff/queue").text
        assert "Giấy sai tên." in minh(f"/staff/cases/{reference}").text
        assert "Giấy sai tên." not in quy(f"/staff/cases/{reference}").html
        stand = hanh(f"/staff/cases/{reference}/let_stand")
        hanh.fill(stand, {"text": "Tên ghi theo giấy khai sinh."}, to=f"/staff/cases/{reference}/let_stand")
        assert reference not in hanh("/staff/queue").text
        assert "Tên ghi theo giấy khai sinh." in visit("/track").text
        assert status_of(portal, code) is Status.CLOSED
        assert "Tên ghi theo giấy" not in quy(f"/staff/cases/{reference}").html


# What else the page says.


def test_who_works_on_it_is_told_in_plain_words(visit: Visit, portal: Portal) -> None:
    code = delay(portal)
    seen = look_up(visit, code)
    for words in (
        "Ủy ban nhân dân thành phố Hội An, chủ trìNhận ngày 09/03/2026, phải trả lời chậm nhất ngày 16/03/2026.",
        "Ủy ban Kiểm tra Tỉnh ủyTheo dõi, đôn đốc từ ngày 09/03/2026.",
    ):
        assert words in seen.text, words
    with at(now() + timedelta(days=8)):
        assert "phải trả lời trước hết ngày 16/03/2026, nay đã quá hạn." in visit("/track").text
    portal.staff(code, "quy", "ask", text="Ngày nào?")
    assert "Thời hạn tạm dừng để chờ anh/chị trả lời câu hỏi." in visit("/track").text


def test_who_writes_a_number_is_told_who_reads_it(visit: Visit, portal: Portal) -> None:
    page = look_up(visit, delay(portal))
    nudge = "Trong lời vừa gửi có chỗ trông như số điện thoại"
    assert nudge in visit.fill(page, {"text": "Xin gọi 0905 123 456."}, to="/track/facts").text
    assert nudge not in visit.fill(page, {"text": "Hôm nay vẫn chưa có."}, to="/track/facts").text
