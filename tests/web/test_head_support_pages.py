"""Support by the head, by pages: the head reads one request and nothing of the case; the office sees nothing at all."""

import pytest
from sqlalchemy import select

from portal.foundation.database import transaction
from portal.foundation.time import now
from portal.jobs.models import Job
from portal.notices.models import Notice, NoticeAddress
from portal.notices.staff_notices import is_still_for, tell_staff
from portal.staff.accounts import set_password
from portal.staff.models import Staff
from portal.staff.roles import Role
from tests.makers.cast import OFFICE, hire, wall_off
from tests.makers.filings import a_conduct_report
from tests.web.installing import Portal
from tests.web.test_staff_pages import case, cases_on, staff
from tests.web.visiting import Visit
from tests.web.worlds import PASSWORD

CLEARED = "Một người ở quầy nói trống không."
REQUEST = "Xin cho biết ai trực quầy sáng hôm ấy."
WHY = "Chỉ người đứng đầu biết lịch phân công của quầy."
ANSWER = "Chị Hoa trực; tôi đã nhắc nhở chị ấy."
FORM = {"agency": OFFICE, "request": REQUEST, "text": WHY}


@pytest.fixture
def code(portal: Portal) -> str:
    """Somebody of the office was rude; its head has an account, and Minh has taken the report up."""
    with portal.place.session() as session, transaction(session):
        hashed = portal.account(session, "nga").password
        head = hire(session, "truong", OFFICE, Role.AGENCY_HEAD)
        set_password(head, PASSWORD, lambda _: hashed or "")
    code = portal.file(a_conduct_report())
    portal.staff(code, "minh", "accept")
    return code


def asked(visit: Visit, portal: Portal, code: str) -> tuple[Visit, str]:
    """Minh has asked the head: her browser, and the path of the head's page."""
    portal.staff(code, "minh", "clear", text=CLEARED)
    minh, address = staff(visit, "minh"), case(portal, code, "let_head_support")
    done = minh.fill(minh(address), FORM, to=address)
    assert "Đã gửi đề nghị đến người đứng đầu." in done.text
    return minh, f"/staff/head-support/{portal.reference(code)}"


def test_the_head_reads_the_request_and_answers_it_once(visit: Visit, portal: Portal, code: str) -> None:
    minh, path = asked(visit, portal, code)
    head = staff(visit, "truong")
    assert "Đề nghị gửi riêng anh/chị" in head("/staff/queue").text
    assert path in head("/staff/head-support").html
    page = head(path)
    assert CLEARED in page.text
    assert REQUEST in page.text
    assert WHY not in page.html
    with portal.look(code) as (_, file):
        assert file.report.narrative not in page.html
    assert head.fill(page, {"answer": " "}, 422, to=path).errors.keys() == {"answer"}
    done = head.fill(page, {"answer": ANSWER}, to=path)
    assert ANSWER in done.text
    assert "Khác." not in head.fill(page, {"answer": "Khác."}, 409, to=path).text
    assert path not in head("/staff/head-support").html
    seen = minh(case(portal, code))
    assert ANSWER in seen.text
    assert WHY in seen.text
    assert "chỉ người đứng đầu đọc và trả lời" in seen.text


def test_what_a_head_answered_stays_with_the_inspectors(visit: Visit, portal: Portal, code: str) -> None:
    minh, path = asked(visit, portal, code)
    head = staff(visit, "truong")
    head.fill(head(path), {"answer": ANSWER}, to=path)
    end = case(portal, code, "end_head_support")
    done = minh.fill(minh(end), {"text": "Đã đủ thông tin."}, to=end)
    head(path, 404)
    assert ANSWER in done.text
    assert "Đã kết thúc" in done.text


def test_the_wall_holds_for_all_the_rest(visit: Visit, portal: Portal, code: str) -> None:
    _, path = asked(visit, portal, code)
    reference = portal.reference(code)
    for login in ("truong", "nga", "quy"):
        browser = staff(visit, login)
        assert cases_on(browser("/staff/queue")) == []
        for query in (reference, "trống không", "quầy"):
            assert cases_on(browser(f"/staff/queue?q={query}")) == []
        browser(case(portal, code), 404)
        browser(case(portal, code, "declare_conflict"), 404)
        if login != "truong":
            browser(path, 403)
            browser("/staff/head-support", 403)
            assert "Đề nghị gửi riêng" not in browser("/staff/queue").text


def test_the_page_says_what_will_happen_and_each_fault_at_its_field(visit: Visit, portal: Portal, code: str) -> None:
    minh, address = staff(visit, "minh"), case(portal, code, "let_head_support")
    assert "chưa có bản nào" in minh(address).text
    portal.staff(code, "minh", "clear", text=CLEARED)
    page = minh(address)
    assert page.held("agency", address) == OFFICE, "the only one is chosen"
    assert "người khác trong cơ quan đó không thấy gì" in page.text
    assert CLEARED in page.text
    for typed, wrong in (({"request": ""}, "request"), ({"text": "Cần hỏi."}, "text")):
        again = minh.fill(page, {**FORM, **typed}, 422, to=address)
        assert list(again.errors) == [wrong]
        assert again.held("request", address) == {**FORM, **typed}["request"]
    with portal.look(code) as (session, file), transaction(session):
        wall_off(session, file, portal.account(session, "truong"))
    assert "chặn" in minh.fill(minh(address), FORM, 422, to=address).errors["agency"]


def test_an_inspector_takes_it_back_and_a_head_steps_aside(visit: Visit, portal: Portal, code: str) -> None:
    minh, path = asked(visit, portal, code)
    head, address = staff(visit, "truong"), case(portal, code, "end_head_support")
    head(path)
    done = minh.fill(minh(address), {"agency": OFFICE, "text": "Không cần nữa."}, to=address)
    assert "Đã rút đề nghị" in done.text
    head(path, 404)
    again = case(portal, code, "let_head_support")
    minh.fill(minh(again), FORM, to=again)
    left = f"{path}/leave"
    assert list(head.fill(head(path), {"conflict": ""}, 422, to=left).errors) == ["conflict"]
    gone = head.fill(head(path), {"conflict": "Người ấy là em tôi."}, to=left)
    assert gone.address == "/staff/head-support"
    head(path, 404)
    assert "Người ấy là em tôi." in minh(case(portal, code)).text


def test_the_head_alone_hears_of_it_and_only_while_they_may_read_it(visit: Visit, portal: Portal, code: str) -> None:
    with portal.place.session() as session, transaction(session):
        for login in ("quy", "nga", "truong"):
            account = portal.account(session, login)
            mail = NoticeAddress(staff_id=account.id, email=f"{login}@example.vn", language="vi", changed_at=now())
            session.add(mail)
    asked(visit, portal, code)
    with portal.place.session() as session:
        for job in session.scalars(select(Job).where(Job.kind == "notices.tell_staff")).all():
            tell_staff(session, None, job.payload)
        told = session.execute(select(Staff.login, Notice.kind).join(Notice, Notice.staff_id == Staff.id)).all()
        assert [tuple(one) for one in told] == [("truong", "referral_new")]
        notice, head = (
            session.scalars(select(Notice).where(Notice.staff_id.is_not(None))).one(),
            portal.account(session, "truong"),
        )
        assert is_still_for(session, notice, head)
        session.rollback()
    portal.staff(code, "minh", "end_head_support", agency=OFFICE, text="Không cần nữa.")
    with portal.place.session() as session:
        notice, head = (
            session.scalars(select(Notice).where(Notice.staff_id.is_not(None))).one(),
            portal.account(session, "truong"),
        )
        assert not is_still_for(session, notice, head)
