"""Tracking by pages: the code opens the case for half an hour on this browser, and the reporter acts on it there."""

import base64
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.cases.models import CaseReport, Message, Rating, Receipt
from portal.cases.words import Audience, MessageKind, Status
from portal.catalogue.words import ReferralRole
from portal.foundation.codes import in_groups
from portal.foundation.time import at, now
from portal.web.public.tracked import COOKIE
from tests.makers.filings import a_conduct_report, a_delay
from tests.web.hygiene import Languages
from tests.web.installing import Portal
from tests.web.stages import (
    ANSWER,
    answered,
    asked,
    closed,
    concluded,
    delay,
    forwarded,
    received,
    refused,
    reopened,
    verifying,
)
from tests.web.visiting import Seen, Visit
from tests.web.worlds import HOST, token_in

FACTS = "Hôm nay họ gọi tôi lên hỏi ai đã phản ánh.\n\nTôi chưa nói gì."
LONGEST, LONGEST_REASONS = 10_000, 2_000
CLOSED_BY_TIME = "Trang tra cứu đã đóng sau 30 phút. Xin nhập lại mã."
NOT_NOW = "Việc này không làm được lúc này. Có thể vụ việc vừa chuyển sang bước khác."


def look_up(visit: Visit, code: str, status: int = 200) -> Seen:
    """What the page answers to a code."""
    return visit.fill(visit("/track"), {"receipt_code": code}, status, to="/track")


def is_open(seen: Seen) -> bool:
    """Whether the page shows a case, and does not ask for a code."""
    assert seen.address.startswith("/track")
    return not [tag for tag in seen.page.all("input") if tag.has.get("name") == "receipt_code"]


def offered(seen: Seen) -> set[str]:
    """What the page lets the reporter do."""
    actions = {str(tag.has.get("action")) for tag in seen.page.all("form") if tag.has.get("method") == "post"}
    return {action.removeprefix("/track/") for action in actions} - {"close"}


def messages(portal: Portal, code: str) -> list[Message]:
    """What has been said of a case since it was filed."""
    with portal.look(code) as (_, file):
        return list(file.messages)


def status_of(portal: Portal, code: str) -> Status:
    """Where a case is."""
    with portal.look(code) as (_, file):
        return file.case.status


def as_shown(text: str) -> str:
    """A text as it reads on a page, with one space between words."""
    return " ".join(text.split())


@pytest.fixture
def wait(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[float], None]]:
    """Lets minutes pass by both clocks: the portal's, and the machine's."""
    true_time, passed = time.time, timedelta(0)
    monkeypatch.setattr(time, "time", lambda: true_time() + passed.total_seconds())
    with ExitStack() as stack:

        def minutes(number: float) -> None:
            nonlocal passed
            passed += timedelta(minutes=number)
            stack.enter_context(at(now() + timedelta(minutes=number)))

        yield minutes


STAGES: dict[Status, tuple[Callable[[Portal], str], set[str]]] = {
    Status.RECEIVED: (received, {"facts", "withdraw"}),
    Status.ACCEPTED: (delay, {"facts", "withdraw"}),
    Status.WAITING_FOR_REPORTER: (asked, {"reply", "facts", "withdraw"}),
    Status.VERIFYING: (verifying, {"facts", "withdraw"}),
    Status.CONCLUDED: (concluded, {"facts"}),
    Status.ANSWERED: (answered, {"rate", "ask_review", "facts"}),
    Status.CLOSED: (closed, {"rate"}),
    Status.REFUSED: (refused, {"appeal"}),
    Status.FORWARDED: (forwarded, set()),
    Status.REOPENED: (reopened, {"facts"}),
}
ALWAYS = {"contact", "new-code", "retaliation"}  # while there can be news
ALL = {"reply", "facts", "ask_review", "appeal", "withdraw", "rate", "follow_up", "contact", "withdraw_contact"}


# The code, and what is not one.


def confusing(portal: Portal) -> str:
    """A code with both a nought and a one in it."""
    codes = (portal.file(a_delay(), f"key {number}") for number in range(50))
    return next(code for code in codes if {"0", "1"} <= set(code))


def test_a_code_opens_its_case_however_it_is_typed(visit: Visit, portal: Portal) -> None:
    code = confusing(portal)
    groups, page = in_groups(code), visit("/track")
    for typed in (
        code,
        code.lower(),
        "-".join(groups),
        " ".join(groups).lower(),
        f"  {' - '.join(groups)} ",
        ".".join(groups),
        "\u2013".join(groups),
        code.replace("0", "O").replace("1", "I"),
        code.replace("0", "o").replace("1", "l").lower(),
        "-".join(groups).replace("1", "i").replace("0", "O"),
    ):
        visit.client.delete_cookie(COOKIE, domain="portal.test")
        seen = visit.fill(page, {"receipt_code": typed}, to="/track")
        assert is_open(seen), typed
        assert seen.heading == "Phản ánh đã được thụ lý"


def test_what_is_no_code_gets_the_same_page_again(visit: Visit, portal: Portal) -> None:
    code, page = portal.file(a_delay()), visit("/track")
    unknown = look_up(visit, "0" * 25, 404)
    assert list(unknown.errors) == ["receipt_code"]
    for typed in (
        "x",
        code[:-1],
        code + "0",
        code[1:] + code[0],
        f"Ô{code[1:]}",
        f"\uff10{code[1:]}",
        "ß" * 25,
        "' OR 1=1 --",
        '"><b>đậm</b>',
        "%s\\",
        "9" * 199,
        "9" * 100_000,
        portal.reference(code),
    ):
        seen = visit.fill(page, {"receipt_code": typed}, 404, to="/track")
        assert not is_open(seen)
        assert (seen.address, seen.heading, seen.errors) == ("/track", unknown.heading, unknown.errors)
        assert seen.held("receipt_code") == typed[:200] or len(typed) > 200
        assert visit.cookie(COOKIE) == ""


def test_no_code_at_all(visit: Visit) -> None:
    unknown = look_up(visit, "x", 404)
    for form in ({"receipt_code": ""}, {"receipt_code": "   "}, {"receipt_code": "\t\n"}, {}):
        seen = visit.post("/track", form, 422)
        assert list(seen.errors) == ["receipt_code"]
        assert seen.errors != unknown.errors
        assert not is_open(seen)
        assert visit.cookie(COOKIE) == ""


def test_a_retired_or_unlinked_code_is_as_one_that_never_was(visit: Visit, portal: Portal) -> None:
    retired, unlinked = portal.file(a_delay()), portal.file(a_conduct_report(), "another key")
    opened = {code: visit.another() for code in (retired, unlinked)}
    for code, browser in opened.items():
        assert is_open(look_up(browser, code))
    with portal.look(retired) as (session, file):
        row = session.scalars(select(Receipt).where(Receipt.report_id == file.report.id)).one()
        row.retired_at = now()
        session.commit()
    with portal.look(unlinked) as (session, file):
        link = session.scalars(select(CaseReport).where(CaseReport.report_id == file.report.id)).one()
        link.unlinked_at = now()
        session.commit()
    unknown = look_up(visit, "0" * 25, 404)
    for code, browser in opened.items():
        seen = look_up(visit, code, 404)
        assert (seen.heading, seen.errors) == (unknown.heading, unknown.errors)
        assert not is_open(browser("/track")), "not where it was open already either"
        said = browser.post("/track/facts", {"text": FACTS}, 404)
        assert said.errors == unknown.errors
    assert portal.count(Message) == 0


# The code is nowhere but in the cookie, and there it is sealed.


def test_the_code_is_in_no_address_page_cookie_or_log(
    visit: Visit, portal: Portal, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    code = answered(portal)
    forms = (
        code,
        code.lower(),
        "-".join(in_groups(code)),
        " ".join(in_groups(code)),
        code[5:15],
        "-".join(in_groups(code[5:15])),
    )
    form = {"csrf_token": visit.token(), "receipt_code": "-".join(in_groups(code)).lower()}
    answer = visit.client.post("/track", base_url=HOST, data=form)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/track")
    sealed = visit.cookie(COOKIE)
    read = "".join(f"{name}: {value}\n" for name, value in answer.headers) + answer.text + caplog.text
    read += base64.urlsafe_b64decode(sealed).decode("latin-1")
    seen = visit("/track")
    pages = [seen, visit("/track?lang=en"), visit("/track?lang=vi")]
    pages.append(visit.fill(seen, {"text": " "}, 422, to="/track/ask_review"))
    pages.append(visit.fill(seen, {"score": "5"}, to="/track/rate"))
    pages.append(visit.post("/track/reply", {"text": FACTS}, 409))
    for page in pages:
        assert is_open(page)
        assert set(page.through) <= {"/track"}
        read += page.html + str(page.headers)
    assert not [one for one in forms if one.lower() in read.lower()]


def test_the_cookie_is_for_this_host_and_this_site_only_and_for_half_an_hour(visit: Visit, portal: Portal) -> None:
    form = {"csrf_token": visit.token(), "receipt_code": portal.file(a_delay())}
    cookies = visit.client.post("/track", base_url=HOST, data=form).headers.getlist("Set-Cookie")
    attributes = next(one for one in cookies if one.startswith(f"{COOKIE}=")).split("; ")[1:]
    assert {"Max-Age=1800", "Secure", "HttpOnly", "SameSite=Strict", "Path=/"} <= set(attributes)


def test_after_half_an_hour_the_page_asks_again(visit: Visit, portal: Portal, wait: Callable[[float], None]) -> None:
    code = portal.file(a_delay())
    page = look_up(visit, code)
    wait(29)
    assert is_open(visit("/track"))
    wait(2)
    assert not is_open(visit("/track")), "looking does not make it last longer"
    seen = visit.fill(page, {"text": FACTS}, 410, to="/track/facts")
    assert seen.errors == {"receipt_code": CLOSED_BY_TIME}
    assert portal.count(Message) == 0
    assert is_open(look_up(visit, code))


def test_closing_forgets_the_code(visit: Visit, portal: Portal) -> None:
    page = look_up(visit, portal.file(a_delay()))
    assert visit.cookie(COOKIE)
    assert not is_open(visit.fill(page, {}, to="/track/close"))
    assert visit.cookie(COOKIE) == ""
    assert not is_open(visit("/track"))
    visit.fill(page, {"text": FACTS}, 410, to="/track/facts")
    assert portal.count(Message) == 0


def test_another_browser_sees_nothing_and_does_nothing(visit: Visit, portal: Portal) -> None:
    code = asked(portal)
    assert is_open(look_up(visit, code))
    other = visit.another()
    assert not is_open(other("/track"))
    for action in ALL:
        seen = other.post(f"/track/{action}", {"text": FACTS, "score": "5"}, 410)
        assert seen.errors == {"receipt_code": CLOSED_BY_TIME}
        assert not is_open(seen)
    assert status_of(portal, code) is Status.WAITING_FOR_REPORTER
    assert len(messages(portal, code)) == 1


def test_an_invented_cookie_opens_nothing(visit: Visit, portal: Portal) -> None:
    code = portal.file(a_delay())
    look_up(visit, code)
    sealed = visit.cookie(COOKIE)
    turned = "A" if sealed[40] != "A" else "B"
    for value in ("x", code, "A" * 8, "A" * 400, "%C3%A9", sealed[:-4], f"{sealed[:40]}{turned}{sealed[41:]}"):
        other = visit.another()
        other.client.set_cookie(COOKIE, value, domain="portal.test")
        assert not is_open(other("/track")), value
        other.post("/track/withdraw", {}, 410)
    assert status_of(portal, code) is Status.ACCEPTED


def test_another_code_takes_the_place_of_the_first(visit: Visit, portal: Portal) -> None:
    first, second = portal.file(a_delay()), portal.file(a_conduct_report(), "another key")
    assert look_up(visit, first).heading == "Phản ánh đã được thụ lý"
    token = {"receipt_code": second}
    assert visit.post("/track", token).heading == "Chúng tôi đã nhận được phản ánh"
    visit.post("/track", {"receipt_code": "x"}, 404)
    assert visit("/track").heading == "Chúng tôi đã nhận được phản ánh"


# What the page tells.


@pytest.mark.parametrize("status", STAGES)
def test_what_is_offered_can_be_done_and_nothing_else(visit: Visit, portal: Portal, status: Status) -> None:
    stage, may = STAGES[status]
    code = stage(portal)
    assert status_of(portal, code) is status
    seen = look_up(visit, code)
    assert offered(seen) == may | ALWAYS
    assert offered(visit("/track?lang=en")) == may | ALWAYS
    visit("/track?lang=vi")
    form = {"csrf_token": token_in(seen.html), "text": FACTS, "score": "5"}
    before = hash(portal.stored())
    for action in sorted(ALL - may - ALWAYS):
        answer = visit.client.post(f"/track/{action}", base_url=HOST, data=form)
        assert answer.status_code == 409, action
        assert 'href="#main"' in answer.text, "the page says that it was refused"
    assert hash(portal.stored()) == before
    assert visit("/track").html.count("govuk-error-summary") == 0


def test_a_refusal_is_told_in_english_too(portal: Portal, languages: Languages) -> None:
    visit = Visit(portal, languages, "en")
    look_up(visit, "x", 404)
    seen = look_up(visit, refused(portal))
    assert seen.heading == languages.said("Phản ánh không được thụ lý", "en")
    again = visit.post("/track/withdraw", {}, 409)
    assert again.errors["main"] == languages.said(NOT_NOW, "en") != NOT_NOW
    assert list(visit.fill(seen, {"text": ""}, 422, to="/track/appeal").errors) == ["appeal-text"]
    assert visit.fill(seen, {"text": "Please look again."}, to="/track/appeal").heading != seen.heading


def test_the_answer_and_the_way_there(visit: Visit, portal: Portal) -> None:
    code = asked(portal)
    visit.fill(look_up(visit, code), {"text": "Ngày 12 tháng 2."}, to="/track/reply")
    portal.staff(code, "quy", "answer", finding="upheld", remedy="result_handed_out", text=ANSWER)
    seen = visit("/track")
    assert seen.heading == "Đã có trả lời cho anh/chị"
    for words in (
        ANSWER,
        "Đã trả kết quả hồ sơ",
        "Ủy ban nhân dân thành phố Hội An",
        "Anh/chị nộp hồ sơ ngày nào?",
        "Ngày 12 tháng 2.",
        "Hồ sơ cấp giấy phép xây dựng quá hẹn mười hai ngày mà chưa ai báo lý do.",
        "09:00, 09/03/2026",
    ):
        assert words in seen.text, words
    way = next(tag for tag in seen.page.all("ol") if tag.has.get("class") == "way")
    steps = [as_shown(tag.words) for tag in seen.page.all("span") if tag.has.get("class") == "way__what"]
    assert steps == ["Anh/chị đã gửi phản ánh", "Đã thụ lý", *steps[2:]]
    assert steps[-3:] == ["Có câu hỏi cho anh/chị", "Anh/chị đã trả lời câu hỏi", "Đã có trả lời"]
    assert "Ngày 12 tháng 2." not in way.words
    for hidden in ("Hồ Đăng Quý", portal.reference(code)):
        assert hidden not in seen.html


def test_what_nobody_has_approved_is_not_told(visit: Visit, portal: Portal) -> None:
    code = concluded(portal)
    seen = look_up(visit, code)
    assert ANSWER not in seen.text
    assert "Trần Quang Minh" not in seen.html
    portal.staff(code, "hanh", "approve")
    assert ANSWER in visit("/track").text


def test_what_only_colleagues_and_other_bodies_say_is_not_told(visit: Visit, portal: Portal) -> None:
    code = portal.file(a_conduct_report(agency="H-TK-MC"))
    portal.staff(code, "minh", "accept")
    portal.staff(code, "minh", "clear", text="Người ở quầy nói trống không với người dân.")
    portal.staff(code, "minh", "refer", agency="H-HA", role=ReferralRole.LEAD, note="Xin trả lời sớm cho tôi.")
    portal.staff(code, "quy", "answer_referral", text="Đã nhắc nhở người ấy.")
    portal.staff(code, "minh", "conclude", finding="upheld", remedy="", text="Bản thứ nhất, còn sai.")
    portal.staff(code, "hanh", "send_back", text="Xin viết rõ hơn.")
    seen = look_up(visit, code)
    for hidden in ("nói trống không với người dân", "Xin trả lời sớm", "Đã nhắc nhở", "Bản thứ nhất", "Xin viết rõ"):
        assert hidden not in seen.html, hidden
    assert "Đã chuyển cho cơ quan xử lý" in seen.text


def test_a_refusal_says_why_and_where_to_go(visit: Visit, portal: Portal) -> None:
    seen = look_up(visit, refused(portal))
    for words in ("Việc này thuộc trường cao đẳng.", "Không thuộc thẩm quyền", "Luật Tiếp công dân 42/2013/QH13"):
        assert words in seen.text


def test_a_forwarding_says_where_it_went(visit: Visit, portal: Portal) -> None:
    seen = look_up(visit, forwarded(portal))
    assert "Tòa án mới xét được việc này." in seen.text
    assert seen.heading == "Phản ánh đã chuyển đến cơ quan khác"


# What the reporter does.


def test_a_question_is_answered_and_the_case_goes_on(visit: Visit, portal: Portal) -> None:
    code = asked(portal)
    page = look_up(visit, code)
    assert page.heading == "Chúng tôi cần anh/chị cho biết thêm"
    seen = visit.fill(page, {"text": "Ngày 12.\n\nTôi có giấy hẹn."}, to="/track/reply")
    assert (seen.address, seen.through, seen.heading) == ("/track", ("/track",), "Phản ánh đã được thụ lý")
    assert "Chúng tôi đã nhận câu trả lời của anh/chị." in seen.text
    said = messages(portal, code)[-1]
    assert (said.kind, said.text) == (MessageKind.REPLY, "Ngày 12.\n\nTôi có giấy hẹn.")
    assert "Chúng tôi đã nhận" not in visit("/track").text.replace(page.heading, ""), "it is said once"
    late = visit.fill(page, {"text": "Gửi lần thứ hai."}, 409, to="/track/reply")
    assert "Gửi lần thứ hai." in late.text, "what was typed is not lost"
    assert len(messages(portal, code)) == 2


def test_facts_are_read_by_inspectors_only(visit: Visit, portal: Portal) -> None:
    code = delay(portal)
    seen = visit.fill(look_up(visit, code), {"text": f"  {FACTS}\n"}, to="/track/facts")
    assert "Chúng tôi đã nhận những gì anh/chị viết thêm." in seen.text
    assert as_shown(FACTS) in seen.text
    said = messages(portal, code)[-1]
    assert (said.kind, said.audience, said.text) == (MessageKind.FACTS, Audience.REPORTER, FACTS)
    assert status_of(portal, code) is Status.ACCEPTED
    address = f"/staff/cases/{portal.reference(code)}"
    minh, quy = visit.another(), visit.another()
    minh.sign_in("minh")
    quy.sign_in("quy")
    assert as_shown(FACTS) in minh(address).text
    assert "Hôm nay họ gọi" not in quy(address).html


def test_what_is_typed_stays_words(visit: Visit, portal: Portal) -> None:
    text = '<script>alert(1)</script><b>đậm</b> & "xong" javascript:x'
    seen = visit.fill(look_up(visit, delay(portal)), {"text": text}, to="/track/facts")
    assert text in seen.text
    code = portal.file(a_conduct_report(), "another key")
    late = visit.post("/track", {"receipt_code": code})
    late = visit.post("/track/reply", {"text": text}, 409)
    assert text in late.text


def test_withdrawing_ends_it(visit: Visit, portal: Portal) -> None:
    code = delay(portal)
    page = look_up(visit, code)
    seen = visit.fill(page, {}, to="/track/withdraw")
    assert seen.heading == "Anh/chị đã rút phản ánh"
    assert "Phản ánh đã được rút." in seen.text
    assert offered(seen) == {"new-code", "retaliation"}, "there is no news to tell"
    assert status_of(portal, code) is Status.WITHDRAWN
    contact = {"notify_email": "lan@thu.vn"}
    for action, typed in (("withdraw", {}), ("facts", {"text": FACTS}), ("contact", contact)):
        assert list(visit.fill(page, typed, 409, to=f"/track/{action}").errors) == ["main"]
    assert portal.count(Message) == 0


def test_an_answer_is_rated_once(visit: Visit, portal: Portal) -> None:
    code = answered(portal)
    page = look_up(visit, code)
    assert page.held("score", "/track/rate") == "", "nothing is preset"
    seen = visit.fill(page, {"score": "2", "reasons": "Trả lời chậm."}, to="/track/rate")
    assert "Anh/chị đã chấm 2 trên 5 điểm." in seen.text
    assert offered(seen) == {"ask_review", "facts"} | ALWAYS
    assert list(visit.fill(page, {"score": "5"}, 409, to="/track/rate").errors) == ["main"]
    with portal.place.session() as session:
        rating = session.scalars(select(Rating)).one()
        assert (rating.score, rating.reasons) == (2, "Trả lời chậm.")


def test_a_rating_needs_a_mark_and_keeps_the_words(visit: Visit, portal: Portal) -> None:
    page = look_up(visit, answered(portal))
    seen = visit.fill(page, {"reasons": "Trả lời\nchậm."}, 422, to="/track/rate")
    assert list(seen.errors) == ["rate-score"]
    assert seen.held("reasons", "/track/rate") == "Trả lời\r\nchậm."
    assert seen.held("text", "/track/facts") == ""
    for score in ("0", "6", "12", "45", "-1", "5.0", "năm", "\u0665"):
        assert list(visit.post("/track/rate", {"score": score}, 422).errors) == ["rate-score"], score
    long = visit.fill(page, {"score": "4", "reasons": "a" * (LONGEST_REASONS + 1)}, 422, to="/track/rate")
    assert list(long.errors) == ["rate-reasons"]
    assert long.held("score", "/track/rate") == "4"
    assert long.held("reasons", "/track/rate") == "a" * (LONGEST_REASONS + 1)
    assert portal.count(Rating) == 0
    visit.fill(long, {"reasons": "a" * LONGEST_REASONS}, to="/track/rate")
    assert portal.count(Rating) == 1


def test_a_review_opens_the_case_again(visit: Visit, portal: Portal) -> None:
    code = answered(portal)
    page = look_up(visit, code)
    seen = visit.fill(page, {"text": "Giấy vẫn chưa có."}, to="/track/ask_review")
    assert seen.heading == "Vụ việc đang được xem lại"
    assert "Giấy vẫn chưa có." in seen.text
    assert status_of(portal, code) is Status.REOPENED
    late = visit.fill(page, {"text": "Lần nữa."}, 409, to="/track/ask_review")
    assert late.errors == {"main": NOT_NOW}
    assert "Lần nữa." in late.text
    assert len(messages(portal, code)) == 1


def test_a_refusal_is_appealed(visit: Visit, portal: Portal) -> None:
    code = refused(portal)
    seen = visit.fill(look_up(visit, code), {"text": "Trường này của thành phố."}, to="/track/appeal")
    assert seen.heading == "Vụ việc đang được xem lại"
    assert "Trường này của thành phố." in seen.text
    assert status_of(portal, code) is Status.REOPENED


@pytest.mark.parametrize(("stage", "action"), [(answered, "ask_review"), (refused, "appeal")])
def test_a_window_is_open_until_its_last_day(
    visit: Visit, portal: Portal, stage: Callable[[Portal], str], action: str
) -> None:
    code = stage(portal)
    with portal.look(code) as (_, file):
        last = max(clock.due_on for clock, _ in file.clocks if clock.starts.endswith("_window"))
    days = (last - now().date()).days
    assert days == 21, "fifteen working days"
    with at(now() + timedelta(days=days)):
        assert action in offered(look_up(visit, code))
    with at(now() + timedelta(days=days + 1)):
        seen = look_up(visit.another(), code)
        assert action not in offered(seen)
        late = visit.another()
        look_up(late, code)
        again = late.post(f"/track/{action}", {"text": "Tôi viết muộn một ngày."}, 409)
        assert list(again.errors) == ["main"]
        assert f"đã hết ngày {last:%d/%m/%Y}" in again.errors["main"]
        assert "Tôi viết muộn một ngày." in again.text
    assert portal.count(Message) == 0


WRITTEN = [(asked, ("facts", "reply")), (answered, ("ask_review",)), (refused, ("appeal",))]


@pytest.mark.parametrize(("stage", "actions"), WRITTEN)
def test_no_words_and_too_many(
    visit: Visit, portal: Portal, stage: Callable[[Portal], str], actions: tuple[str, ...]
) -> None:
    code = stage(portal)
    page, before, status = look_up(visit, code), len(messages(portal, code)), status_of(portal, code)
    long = "a\n" * (LONGEST // 2) + "b"
    for action in actions:
        others = {f"/track/{other}" for other in offered(page) - {action, "withdraw", "rate"}}
        for text in ("", " \n \u200b"):
            seen = visit.fill(page, {"text": text}, 422, to=f"/track/{action}")
            assert seen.errors == {f"{action}-text": "Hãy viết nội dung."}
        seen = visit.fill(page, {"text": long}, 422, to=f"/track/{action}")
        assert list(seen.errors) == [f"{action}-text"]
        assert "10000" in seen.errors[f"{action}-text"]
        assert seen.held("text", f"/track/{action}") == long.replace("\n", "\r\n")
        assert {seen.held("text", other) for other in others} <= {""}, "in its own field, and in no other"
    assert (len(messages(portal, code)), status_of(portal, code)) == (before, status)
    for action in actions:
        visit.fill(page, {"text": f" b{long[2:]} \n"}, to=f"/track/{action}")
        assert len(messages(portal, code)[-1].text) == LONGEST, "counted without the blanks around it"


def test_no_other_action_is_there(visit: Visit, portal: Portal) -> None:
    look_up(visit, delay(portal))
    for action in ("approve", "answer", "close_by_rule", "", "facts/x"):
        visit.post(f"/track/{action}", {"text": FACTS}, 404)
    for action in (*ALL, "close"):
        visit(f"/track/{action}", 405)
