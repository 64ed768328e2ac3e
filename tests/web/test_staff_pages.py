"""The desk by pages: signing in, the queue, a case as each may read it, and every move from its own page."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm.attributes import flag_modified

from portal.cases import labels
from portal.cases.approval_models import ApprovalRule
from portal.cases.casefile import load_file
from portal.cases.models import Case
from portal.cases.queue import queue_page
from portal.cases.status import BY_NAME
from portal.cases.words import Status
from portal.foundation.database import transaction
from portal.foundation.time import at, now
from portal.web.desk.move_pages import MOVE_PAGES
from portal.web.desk.opened_on import version_mark
from tests.makers.cast import CITY, wall_off
from tests.makers.filings import DOSSIER, a_conduct_report, a_delay
from tests.web.hygiene import Languages
from tests.web.installing import Portal
from tests.web.stages import (
    ANSWER,
    CLEARED,
    OTHER_OFFICE,
    WORDS,
    accepted,
    answered,
    cleared,
    code_asked_for,
    concluded,
    delay,
    forwarded,
    lodged,
    named,
    named_by_an_inspector,
    not_put_right,
    received,
    referred,
    reopened,
    verifying,
    withdrawn,
)
from tests.web.visiting import Seen, Typed, Visit
from tests.web.worlds import HOST, PASSWORD, token_in

NOBODYS = "VV-000000"
CHANGED = "Vụ việc đã đổi trong lúc anh/chị viết"
NOT_NOW = "Việc này không làm được với vụ việc lúc này."


def staff(visit: Visit, login: str) -> Visit:
    """The browser of somebody who works here."""
    return come_in(visit.another(), login)


def come_in(visit: Visit, login: str) -> Visit:
    """Signs in without looking at the page behind it."""
    token = token_in(visit.client.get("/staff/sign-in", base_url=HOST).text)
    form = {"login": login, "password": PASSWORD, "csrf_token": token}
    assert visit.client.post("/staff/sign-in", base_url=HOST, data=form).status_code == 302
    return visit


def case(portal: Portal, code: str, move: str = "") -> str:
    """Where a case is, or the page of a move with it."""
    return f"/staff/cases/{portal.reference(code)}{move and '/'}{move}"


def status_of(portal: Portal, code: str) -> Status:
    """Where a case stands."""
    with portal.look(code) as (_, file):
        return file.case.status


def opened(visit: Visit, address: str) -> Seen:
    """A case's page; a restricted one is opened by its button first."""
    seen, button = visit(address), f"{address}/open"
    return (
        visit.fill(seen, {}, to=button)
        if any(form.has.get("action") == button for form in seen.page.all("form"))
        else seen
    )


def moves_on(seen: Seen) -> list[str]:
    """The moves that a case's page leads to."""
    links = [str(tag.has.get("href")) for tag in seen.page.all("a") if f"{seen.address}/" in str(tag.has.get("href"))]
    return [link.removeprefix(f"{seen.address}/") for link in links]


def cases_on(seen: Seen) -> list[str]:
    """The cases of a page of the queue, in its order."""
    links = [str(tag.has.get("href")) for tag in seen.page.all("a")]
    return [link.rpartition("/")[2].partition("?")[0] for link in links if link.startswith("/staff/cases/")]


def somebody_changes(portal: Portal, code: str) -> None:
    """The case becomes a new version of itself, as every move makes it."""
    with portal.place.session() as session, transaction(session):
        row = session.scalars(select(Case).where(Case.reference == portal.reference(code))).one()
        flag_modified(row, "status")


@dataclass(frozen=True)
class Row:
    """One move: who makes it from which stage, what they type, where it leads; and what they could have typed."""

    login: str
    stage: Callable[[Portal], str]
    to: Status
    right: dict[str, str] = field(default_factory=dict)
    wrong: tuple[tuple[dict[str, str], str], ...] = ()
    stays_open: bool = False


TEXT = {"text": WORDS}
NO_TEXT = (({"text": " \n"}, "text"), ({"text": "a" * 10_001}, "text"))
FOUND = {"finding": "partly_upheld", "remedy": "apology_letter", **TEXT}
NO_FINDING = (({"remedy": "apology_letter", **TEXT}, "finding"), ({**FOUND, "text": ""}, "text"))
LODGED = {"form": "complaint", "body": CITY, "number": "12/TCD", "lodged_on": "hôm nay"}
NOT_LODGED = (
    ({name: value for name, value in LODGED.items() if name != "form"}, "form"),
    *(({**LODGED, name: ""}, name) for name in ("body", "number", "lodged_on")),
)
ROWS: dict[str, Row] = {
    "accept": Row("minh", received, Status.ACCEPTED),
    "approve": Row("hanh", concluded, Status.ANSWERED),
    "answer": Row("quy", delay, Status.ANSWERED, FOUND, NO_FINDING),
    "answer_referral": Row("quy", referred, Status.VERIFYING, TEXT, NO_TEXT),
    "conclude": Row("minh", verifying, Status.CONCLUDED, FOUND, NO_FINDING),
    "send_answer": Row("minh", concluded, Status.ANSWERED),
    "refer": Row(
        "minh",
        cleared,
        Status.ACCEPTED,
        {"agency": CITY, "role": "support", "note": WORDS},
        (({"agency": CITY, "note": WORDS}, "role"), ({"role": "lead", "note": WORDS, "agency": ""}, "agency")),
        stays_open=True,
    ),
    "extend": Row(
        "minh",
        accepted,
        Status.ACCEPTED,
        {"clock": "answer", **TEXT},
        NO_TEXT,
        stays_open=True,
    ),
    "change_track": Row(
        "minh",
        accepted,
        Status.ACCEPTED,
        {"track": "proposal", **TEXT},
        (({"track": "proposal", "text": ""}, "text"), (TEXT, "track")),
        stays_open=True,
    ),
    "record_form": Row("minh", accepted, Status.ACCEPTED, LODGED, NOT_LODGED),
    "record_step": Row(
        "minh",
        lodged,
        Status.ACCEPTED,
        {"step": "accepted", "done_on": "hôm nay", "number": "45/QĐ"},
        (({"step": "accepted", "done_on": "ngày mai"}, "done_on"), ({"step": "accepted", "done_on": ""}, "done_on")),
        stays_open=True,
    ),
    "remind": Row("minh", referred, Status.ACCEPTED, {"agency": CITY, **TEXT}, NO_TEXT, stays_open=True),
    "verify": Row("minh", accepted, Status.VERIFYING),
    "ask": Row("quy", delay, Status.WAITING_FOR_REPORTER, TEXT, NO_TEXT),
    "assign": Row(
        "minh", accepted, Status.ACCEPTED, {"assignee": "hanh"}, (({"assignee": ""}, "assignee"),), stays_open=True
    ),
    "send_back": Row("hanh", concluded, Status.VERIFYING, TEXT, NO_TEXT),
    "close": Row("minh", reopened, Status.CLOSED),
    "take_back": Row("minh", forwarded, Status.ACCEPTED, TEXT, NO_TEXT),
    "reopen": Row("hanh", answered, Status.REOPENED, TEXT, NO_TEXT),
    "let_stand": Row("hanh", not_put_right, Status.ANSWERED, TEXT, NO_TEXT),
    "go_on": Row("hanh", withdrawn, Status.VERIFYING, TEXT, NO_TEXT),
    "forward": Row(
        "minh",
        received,
        Status.FORWARDED,
        {"body": "court", **TEXT},
        (({"text": WORDS}, "body"), ({"body": "court", "text": ""}, "text")),
    ),
    "refuse": Row(
        "minh",
        received,
        Status.REFUSED,
        {"ground": "not_competent", **TEXT},
        (({"text": WORDS}, "ground"), ({"ground": "not_competent", "text": "b" * 10_001}, "text")),
    ),
    "wall_off": Row(
        "minh",
        delay,
        Status.ACCEPTED,
        {"account": "quy", **TEXT},
        (
            ({"account": "", **TEXT}, "account"),
            ({"account": "quý", **TEXT}, "account"),
            ({"account": "minh", **TEXT}, "account"),
            ({"account": "quy", "text": ""}, "text"),
        ),
        stays_open=True,
    ),
    "lift_wall": Row(
        "minh",
        named_by_an_inspector,
        Status.ACCEPTED,
        {"account": "quy", **TEXT},
        (({"text": WORDS}, "account"), ({"account": "quy", "text": ""}, "text")),
    ),
    "ask_new_code": Row("minh", named, Status.RECEIVED, TEXT, NO_TEXT),
    "refuse_new_code": Row("hanh", code_asked_for, Status.RECEIVED, TEXT, NO_TEXT),
}
SEND = ("do", "send")
ELSEWHERE = {
    "merge",
    "undo_merge",
    "split",
    "give_new_code",
    "note",
    "clear",
    "send_outside",
    "declare_conflict",
    "hear",
    "let_head_support",
    "end_head_support",
}  # in tests of their own pages, or with merging


def held(seen: Seen, typed: Typed, address: str) -> dict[str, str]:
    """What the fields of a move's page hold, as it was typed."""
    return {name: seen.held(name, address).replace("\r\n", "\n") for name in typed}


def test_every_move_has_its_row_here() -> None:
    assert set(ROWS) == set(MOVE_PAGES) - ELSEWHERE


@pytest.mark.parametrize("move", ROWS)
def test_a_move_from_its_page(visit: Visit, portal: Portal, move: str) -> None:
    row = ROWS[move]
    code = row.stage(portal)
    address, before = case(portal, code, move), status_of(portal, code)
    come_in(visit, row.login)
    assert move in moves_on(opened(visit, case(portal, code)))
    page = visit(address)
    assert page.heading == BY_NAME[move].label
    assert (labels.STATUS[row.to] in page.text) is True
    for typed, wrong in row.wrong:
        again = visit.fill(page, typed, 422, to=address)
        assert list(again.errors) == [wrong], typed
        assert again.errors[wrong]
        assert held(again, typed, address) == typed
    somebody_changes(portal, code)
    late = visit.fill(page, row.right, 409, to=address)
    assert CHANGED in late.text
    assert held(late, row.right, address) == row.right
    assert status_of(portal, code) is before, "so far nothing has been done"
    done = visit.fill(late, {}, to=address)
    if MOVE_PAGES[move].preview is not None:
        assert status_of(portal, code) is before, "nothing is sent but what was shown"
        done = visit.fill(done, {}, to=address, press=SEND)
    assert (done.address, done.through) == (case(portal, code), (case(portal, code),))
    assert MOVE_PAGES[move].done in done.text
    assert labels.STATUS[row.to] in done.text
    assert status_of(portal, code) is row.to
    assert (move in moves_on(done)) is row.stays_open
    if not row.stays_open:
        again = visit(address, 409)
        assert NOT_NOW.rstrip(".") in again.text
        assert not [tag for tag in again.page.all("form") if tag.has.get("action") == address]


def test_what_was_written_for_a_move_that_is_over_is_shown(visit: Visit, portal: Portal) -> None:
    code = received(portal)
    come_in(visit, "minh")
    address = case(portal, code, "refuse")
    page = visit(address)
    portal.staff(code, "hanh", "refuse", ground="outside_province", text="Việc ở tỉnh khác.")
    late = visit.fill(page, {"ground": "not_competent", "text": WORDS}, 409, to=address)
    assert CHANGED in late.text
    assert NOT_NOW.rstrip(".") in late.text
    assert held(late, {"text": WORDS}, address) == {"text": WORDS}
    assert "Bấm nút" not in late.text
    with portal.look(code) as (_, file):
        assert file.case.refusal_ground == "outside_province"


def test_a_form_needs_the_version_that_it_was_opened_on(visit: Visit, portal: Portal) -> None:
    code = accepted(portal)
    other = portal.file(a_delay(), "another key")
    come_in(visit, "minh")
    address, token = case(portal, code, "verify"), token_in(visit("/staff/queue").html)
    others = visit(case(portal, other, "verify")).held("version", case(portal, other, "verify"))
    for version in ({}, {"version": ""}, {"version": "1"}, {"version": "é"}, {"version": others}):
        assert CHANGED in visit.post(address, {"csrf_token": token, **version}, 409).text
    assert status_of(portal, code) is Status.ACCEPTED


def test_pressing_twice_does_it_once(visit: Visit, portal: Portal) -> None:
    code = received(portal)
    come_in(visit, "minh")
    page = visit(case(portal, code, "accept"))
    visit.fill(page, {}, to=case(portal, code, "accept"))
    assert CHANGED in visit.fill(page, {}, 409, to=case(portal, code, "accept")).text


def test_what_no_list_offers_is_refused(visit: Visit, portal: Portal) -> None:
    code = cleared(portal)
    come_in(visit, "minh")
    for move, typed, wrong, status in (
        ("refer", {"agency": "NOPE", "role": "lead"}, ["agency"], 422),
        ("refer", {"agency": "UBKT", "role": "lead"}, ["agency"], 422),
        ("refer", {"agency": CITY, "role": "oversee"}, ["role"], 422),
        ("refer", {"agency": OTHER_OFFICE, "role": "inform"}, [], 409),
        ("assign", {"assignee": "khong.co"}, ["assignee"], 422),
        ("assign", {"assignee": "quy"}, [], 409),
        ("assign", {"assignee": "tam"}, [], 409),
        ("refuse", {"ground": "vi sao", "text": WORDS}, ["ground"], 422),
        ("forward", {"body": "nowhere", "text": WORDS}, ["body"], 422),
    ):
        address = case(portal, code, move)
        version = visit(address).held("version", address)
        seen = visit.post(address, {"version": version, **typed}, status)
        assert list(seen.errors) == wrong, typed
        assert wrong or "Chưa làm được việc này" in seen.text
    with portal.look(code) as (_, file):
        assert (file.case.status, file.case.assigned_id) == (Status.ACCEPTED, None)
        assert [one.agency.code for one in file.live_referrals] == ["UBKT"]


def test_no_agency_is_offered_that_the_report_is_about(visit: Visit, portal: Portal) -> None:
    address = case(portal, cleared(portal), "refer")
    come_in(visit, "minh")
    offered = set(visit(address).form(address).choices["agency"])
    assert CITY in offered
    assert not {OTHER_OFFICE, "UBKT"} & offered


def test_without_a_cleared_text_a_case_is_not_referred(visit: Visit, portal: Portal) -> None:
    code = accepted(portal)
    come_in(visit, "minh")
    page = visit(case(portal, code, "refer"))
    links = [tag.has.get("href") for tag in page.page.all("a")]
    assert case(portal, code, "clear") in links
    assert not [tag for tag in page.page.all("form") if tag.has.get("action") == case(portal, code, "refer")]
    version = visit(case(portal, code, "verify")).held("version", case(portal, code, "verify"))
    form = {"csrf_token": token_in(page.html), "version": version, "agency": CITY, "role": "lead"}
    answer = visit.client.post(case(portal, code, "refer"), base_url=HOST, data=form)
    assert answer.status_code == 422
    assert "Cần soạn bản che trước khi chuyển" in answer.text
    with portal.look(code) as (_, file):
        assert [one.agency.code for one in file.live_referrals] == ["UBKT"]


def test_nobody_approves_their_own_conclusion(visit: Visit, portal: Portal) -> None:
    with portal.place.session() as session, transaction(session):
        session.execute(update(ApprovalRule).values(severity_from=1))
    code = verifying(portal)
    portal.staff(code, "hanh", "conclude", finding="upheld", remedy="", text=ANSWER)
    address = case(portal, code, "approve")
    hanh, dung = staff(visit, "hanh"), staff(visit, "dung")
    assert moves_on(hanh(case(portal, code))) == ["note", "extend", "assign", "send_back", *ASIDE]
    hanh(address, 409)
    version = dung(address).held("version", address)
    refused = hanh.post(address, {"version": version}, 409)
    assert NOT_NOW in refused.text
    assert status_of(portal, code) is Status.CONCLUDED
    assert dung.fill(dung(address), {}, to=address).address == case(portal, code)


NO_PAGE = ("nonsense", "accept_by_rule", "withdraw")
ASIDE = ("wall_off", "declare_conflict")
NEVER = {
    "minh": {"answer", "answer_referral", "approve", "send_back", "reopen", "let_stand", "go_on"},
    "hanh": {"answer", "answer_referral"},
    "quy": set(MOVE_PAGES) - {"ask", "answer", "answer_referral", "note", "declare_conflict"},
    "agency_head": set(MOVE_PAGES) - {"declare_conflict"},
}


def test_moves_of_others_are_refused(visit: Visit, portal: Portal) -> None:
    code = delay(portal)
    with portal.look(code) as (_, file), portal.app.app_context():
        form = {"version": version_mark(file.case), **FOUND}
    before = hash(portal.stored())
    for login, never in NEVER.items():
        browser = staff(visit, login)
        form["csrf_token"] = token_in(browser(case(portal, code)).html)
        answers = dict.fromkeys(never, 403) | dict.fromkeys(NO_PAGE, 404)
        for move, status in answers.items():
            opened = browser.client.get(case(portal, code, move), base_url=HOST)
            made = browser.client.post(case(portal, code, move), base_url=HOST, data=form)
            assert (opened.status_code, made.status_code) == (status, status), f"{login}: {move}"
    assert hash(portal.stored()) == before


# A case that somebody may not see.


def less_token(html: str) -> str:
    """A page without what is drawn for each."""
    return html.replace(token_in(html), "-") if 'name="csrf_token"' in html else html


def hide_from(portal: Portal, reference: str, login: str) -> None:
    """Puts somebody behind a wall of a case."""
    with portal.place.session() as session, transaction(session):
        row = session.scalars(select(Case).where(Case.reference == reference)).one()
        wall_off(session, load_file(session, row), portal.account(session, login))


def test_a_case_out_of_sight_is_like_one_that_is_not_there(visit: Visit, portal: Portal) -> None:
    reference = portal.reference(received(portal))
    hide_from(portal, reference, "khang")
    for login in ("khang", "vy", "quy"):
        browser = staff(visit, login)
        assert cases_on(browser("/staff/queue")) == []
        form = {"csrf_token": browser.token(), "version": "x", **FOUND}
        for method, address, status in (
            ("GET", "/staff/cases/{}", 404),
            ("GET", "/staff/cases/{}/ask", 404),
            ("POST", "/staff/cases/{}/ask", 404),
            ("GET", "/staff/cases/{}/nonsense", 404),
            ("POST", "/staff/cases/{}/answer", 404 if login == "quy" else 403),
            ("GET", "/staff/queue?q={}", 200),
        ):
            answers = [
                browser.client.open(
                    address.format(one), method=method, base_url=HOST, data=form if method == "POST" else None
                )
                for one in (reference, NOBODYS)
            ]
            assert {answer.status_code for answer in answers} == {status}, f"{login}: {method} {address}"
            texts = [less_token(answer.text) for answer in answers]
            assert texts[0].replace(reference, NOBODYS) == texts[1], f"{login}: {method} {address}"


# The queue.


def test_each_sees_their_own_queue(visit: Visit, portal: Portal) -> None:
    late = portal.reference(delay(portal))
    with at(now() + timedelta(days=1)):
        rude = portal.file(a_conduct_report(agency=OTHER_OFFICE), "another key")
    others = [portal.reference(portal.file(a_conduct_report(), "a third key")), portal.reference(rude)]
    hide_from(portal, others[0], "khang")
    seen = staff(visit, "minh")("/staff/queue")
    assert cases_on(seen) == [*others, late], "by due date"
    assert "quá hẹn mười hai ngày" in seen.text
    assert cases_on(staff(visit, "khang")("/staff/queue")) == [others[1], late]
    assert cases_on(staff(visit, "quy")("/staff/queue")) == [late]
    assert late in cases_on(staff(visit, "nga")("/staff/queue"))
    for login in ("son", "vy"):
        empty = staff(visit, login)("/staff/queue")
        assert cases_on(empty) == []
        assert "Không còn vụ việc nào đang chờ" in empty.text


def test_what_is_over_leaves_the_queue(visit: Visit, portal: Portal) -> None:
    code = answered(portal)
    minh, quy = staff(visit, "minh"), staff(visit, "quy")
    assert cases_on(quy("/staff/queue")) == [], "an agency that has answered has nothing left to do"
    assert cases_on(minh("/staff/queue")) == [portal.reference(code)]
    with at(now() + timedelta(days=60)):
        portal.staff(code, "minh", "close")
    assert cases_on(minh("/staff/queue")) == []
    assert quy(case(portal, code)).heading == minh(case(portal, code)).heading, "but it can be read"


@pytest.mark.parametrize("login", ["minh", "quy"])
def test_the_queue_goes_on_page_by_page(
    visit: Visit, portal: Portal, monkeypatch: pytest.MonkeyPatch, login: str
) -> None:
    monkeypatch.setitem(queue_page.__kwdefaults__ or {}, "size", 2)
    filed = [portal.reference(portal.file(a_delay(), f"key {number}")) for number in range(4)]
    with at(now() + timedelta(days=7)):
        filed.append(portal.reference(portal.file(a_delay(), "the last key")))
    come_in(visit, login)
    pages = [visit("/staff/queue")]
    while (mark := following(pages[-1])) and len(pages) < 9:
        assert not [one for one in filed if one in mark]
        pages.append(visit(mark))
    assert [cases_on(page) for page in pages] == [filed[:2], filed[2:4], filed[4:]]
    back = [tag.has.get("href") for tag in pages[-1].page.all("a") if tag.has.get("rel") == "prev"]
    assert back == ["/staff/queue"]
    mark = following(pages[0])
    other = staff(visit, "hanh" if login == "minh" else "minh")
    assert cases_on(other(mark)) == filed[:2], "another's place in the list is none of mine"
    for nonsense in ("x", mark.partition("=")[2][:-2], "é", "A" * 2000):
        assert cases_on(visit(f"/staff/queue?after={nonsense}")) == filed[:2]


def following(seen: Seen) -> str:
    """Where the next page of the queue is; nothing on the last."""
    return next((str(tag.has.get("href")) for tag in seen.page.all("a") if tag.has.get("rel") == "next"), "")


def test_a_case_is_found_by_its_reference_however_it_is_typed(visit: Visit, portal: Portal) -> None:
    reference = portal.reference(delay(portal))
    come_in(visit, "quy")
    letters = reference.removeprefix("VV-")
    for typed in (reference, f" {letters.lower()} ", f"vv {letters}"):
        assert visit(f"/staff/queue?q={typed}").address == f"/staff/cases/{reference}", typed
    assert visit(f"/staff/cases/{reference.lower()}").heading == visit(f"/staff/cases/{reference}").heading
    for typed, words in ((NOBODYS, f"không có vụ việc nào khớp “{NOBODYS}”"), ("%", "gõ ít nhất một chữ")):
        seen = visit(f"/staff/queue?q={typed}")
        assert seen.address == "/staff/queue"
        assert words in seen.text


# A case.


def test_an_inspector_reads_a_case_as_filed(visit: Visit, portal: Portal) -> None:
    code = portal.file(a_delay(wish="Xin trả sớm.", elsewhere="Đã gọi tổng đài."))
    portal.staff(code, "quy", "ask", text="Anh/chị nộp ngày nào?")
    come_in(visit, "minh")
    seen = visit(case(portal, code))
    assert seen.heading == "Trễ hẹn trả kết quả"
    for words in ("quá hẹn mười hai ngày", "Xin trả sớm.", "Đã gọi tổng đài.", "Anh/chị nộp ngày nào?", DOSSIER):
        assert words in seen.text, words
    for words in ("gửi 09:00, 09/03/2026", "Hồ Đăng Quý", "Chờ bổ sung thông tin"):
        assert words in seen.text, words
    assert moves_on(seen) == ["note", "assign", "refuse", *ASIDE]


def test_an_agency_reads_what_was_cleared_and_days_without_hours(visit: Visit, portal: Portal) -> None:
    code = portal.file(a_delay(wish="Xin trả sớm.", elsewhere="Đã gọi tổng đài."))
    come_in(visit, "quy")
    seen = visit(case(portal, code))
    assert "quá hẹn mười hai ngày" in seen.text
    assert DOSSIER in seen.text
    for words in ("Xin trả sớm.", "Đã gọi tổng đài.", "09:00", "Ủy ban Kiểm tra Tỉnh ủy"):
        assert words not in seen.text, words
    assert moves_on(seen) == ["note", "answer", "ask", "declare_conflict", "apology"]
    portal.staff(code, "minh", "ask", text="Câu hỏi của kiểm tra viên?")
    asked = visit(case(portal, code))
    assert "Câu hỏi của kiểm tra viên?" not in asked.html
    assert moves_on(asked) == ["note", "declare_conflict", "apology"]


def test_a_referred_case_shows_its_cleared_text_and_note(visit: Visit, portal: Portal) -> None:
    code = referred(portal)
    come_in(visit, "quy")
    seen = visit(case(portal, code))
    assert CLEARED in seen.text
    assert "Xin trả lời sớm." in seen.text
    assert "quát tôi" not in seen.html
    assert moves_on(seen) == ["note", "answer_referral", "ask", "declare_conflict"]
    page = visit(case(portal, code, "answer_referral"))
    assert CLEARED in page.text, "the text to be answered stands beside the answer"


def test_the_desk_in_english(portal: Portal, languages: Languages) -> None:
    minh, quy = Visit(portal, languages, "en"), Visit(portal, languages, "en")
    minh.sign_in("minh", "wrong", 422)
    minh.sign_in("minh")
    quy.sign_in("quy")
    code = delay(portal)
    for browser in (minh, quy):
        browser("/staff/queue")
        seen = browser(case(portal, code))
        for move in set(moves_on(seen)) - {"answer", "clear", "apology"}:  # they have pages of their own
            page = browser(case(portal, code, move))
            assert page.heading == languages.said(BY_NAME[move].label, "en")
    address = case(portal, code, "ask")
    wrong = quy.fill(quy(address), {"text": ""}, 422, to=address)
    done = quy.fill(wrong, {"text": "When did you hand it in?"}, to=address)
    assert languages.said(MOVE_PAGES["ask"].done, "en") in done.text
    minh(case(portal, code, "approve"), 403)


# Signing in and out.


def test_signing_in_leads_to_where_an_account_works(visit: Visit) -> None:
    for login, address in (
        ("minh", "/staff/queue"),
        ("quy", "/staff/queue"),
        ("agency_head", "/staff/queue"),
        ("tam", "/staff/admin"),
        ("leader", "/staff/oversight"),
        ("counter_officer", "/staff"),
    ):
        seen = visit.another().sign_in(login)
        assert seen.address == address, login
        assert [tag for tag in seen.page.all("form") if tag.has.get("action") == "/staff/sign-out"]


def test_signing_in_wrongly_keeps_the_login_and_not_the_password(visit: Visit) -> None:
    seen = visit.sign_in("minh", "sai rồi", 422)
    assert list(seen.errors) == ["login"]
    assert (seen.held("login"), seen.held("password")) == ("minh", "")
    assert "sai rồi" not in seen.html
    assert visit.fill(seen, {"password": PASSWORD}).address == "/staff/queue"


def test_signing_out_closes_the_desk(visit: Visit, portal: Portal) -> None:
    address = case(portal, delay(portal))
    page = visit.sign_in("quy")
    assert visit(address).address == address
    assert visit.fill(page, {}, to="/staff/sign-out").address == "/staff/sign-in"
    for closed in ("/staff", "/staff/queue", address, f"{address}/answer"):
        assert visit(closed).address == "/staff/sign-in"


def test_a_form_that_was_open_too_long_gives_back_what_was_typed(visit: Visit, portal: Portal) -> None:
    code = portal.file(a_delay(), "a delay")
    visit.sign_in("minh")
    address = f"/staff/cases/{portal.reference(code)}/note"
    words = "Đã gọi cho chị trực quầy số 3 hai lần, chưa ai nghe máy; hẹn gọi lại sáng thứ Tư."
    version = visit(address).held("version", address)
    late = visit.post(address, {"csrf_token": "old", "version": version, "text": words}, 400)
    assert late.held("text", address) == words
    visit.fill(late, {}, to=address)
    assert words in visit(f"/staff/cases/{portal.reference(code)}").text


def test_a_password_never_comes_back(visit: Visit) -> None:
    late = visit.post("/staff/sign-in", {"csrf_token": "old", "login": "minh", "password": "mat-khau-cua-toi"}, 400)
    assert "mat-khau-cua-toi" not in late.html
