"""Mails that were given up, sent again by an administrator; and where an account says where it is told."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.foundation.database import transaction
from portal.foundation.time import now
from portal.notices.addresses import address_of
from portal.notices.models import Notice, NoticeResend, NoticeState
from portal.notices.wording import WORDS
from portal.web.admin.notices import KINDS
from tests.makers.filings import CONTACT, a_delay
from tests.web.conftest import NewPortal
from tests.web.installing import Portal
from tests.web.test_staff_pages import staff
from tests.web.visiting import Visit

PAGE, MAIL = "/staff/admin/notices", "/staff/mail"


@pytest.fixture
def admin(visit: Visit) -> Visit:
    """Tâm, the administrator."""
    return staff(visit, "tam")


def give_up(portal: Portal, trouble: str) -> None:
    """Every notice is as after two days in vain."""
    with portal.place.session() as session, transaction(session):
        for one in session.scalars(select(Notice)):
            one.state, one.next_try_at, one.trouble, one.tries = NoticeState.DEAD, None, trouble, 22
            one.gives_up_at = now() - timedelta(hours=1)


def test_dead_letters_are_shown_and_sent_again(portal: Portal, admin: Visit) -> None:
    for number in range(2):
        portal.file(a_delay(contact=CONTACT), f"one of two {number}")
    assert "2 thư" in admin(PAGE).text
    give_up(portal, "ConnectionRefusedError")
    page = admin(PAGE)
    for words in ("Báo đã nhận", "cho người phản ánh", "ConnectionRefusedError", "2 thư", "Không có thư nào chờ"):
        assert words in page.text
    assert CONTACT.email not in page.text
    assert "VV-" not in page.text
    done = admin.fill(page, {}, to=f"{PAGE}/resend")
    assert "2 thư sẽ được gửi lại ngay." in done.text
    assert "Không có thư nào phải bỏ" in done.text
    assert "2 thư, Đặng Minh Tâm" in done.text
    with portal.place.session() as session:
        assert {(one.state, one.tries) for one in session.scalars(select(Notice))} == {(NoticeState.WAITING, 0)}
        assert len(session.scalars(select(NoticeResend)).all()) == 2
    again = admin.fill(page, {}, to=f"{PAGE}/resend")
    assert "Không còn thư nào như vậy" in again.text


def test_a_group_that_is_none(admin: Visit) -> None:
    given = {"day": "hôm nay", "kind": "x", "trouble": "", "login": "", "csrf_token": admin.token()}
    assert "Không còn thư nào như vậy" in admin.post(f"{PAGE}/resend", given).text


def test_where_mails_can_be_read_while_trying_out(new_portal: NewPortal, visit: Visit, admin: Visit) -> None:
    assert "Cổng đang chạy thử" not in admin(PAGE).text
    portal = new_portal(PORTAL_MAIL_URL="demo://127.0.0.1:8025")
    trying = staff(Visit(portal, visit.languages), "tam")
    assert "http://127.0.0.1:8025/" in trying(PAGE).text


def test_an_address_is_kept_changed_and_taken_away(portal: Portal, visit: Visit) -> None:
    quy = staff(visit, "quy")

    def kept() -> tuple[str, str] | None:
        with portal.place.session() as session:
            row = address_of(session, portal.account(session, "quy"))
            return (row.email, row.language) if row is not None else None

    saved = quy.fill(quy(MAIL), {"email": " Quy@Hoian.vn ", "mail_language": "en"}, to=MAIL)
    assert "Đã lưu" in saved.text
    assert saved.held("email", MAIL) == "quy@hoian.vn"
    assert kept() == ("quy@hoian.vn", "en")
    wrong = quy.post(MAIL, {"email": "quy hoian", "mail_language": "klingon"}, 422)
    assert "email" in wrong.errors
    assert wrong.held("email", MAIL) == "quy hoian"
    assert kept() == ("quy@hoian.vn", "en")
    assert "không báo việc qua thư nữa" in quy.fill(quy(MAIL), {"email": ""}, to=MAIL).text
    assert kept() is None


def test_nobody_sees_the_address_of_another(portal: Portal, visit: Visit, admin: Visit) -> None:
    quy = staff(visit, "quy")
    quy.fill(quy(MAIL), {"email": "quy.rieng@hoian.vn"}, to=MAIL)
    with portal.place.session() as session:
        number = portal.account(session, "quy").id
    for address in (PAGE, MAIL, "/staff/admin", f"/staff/admin/accounts/{number}"):
        assert "quy.rieng" not in admin(address).text


def test_every_mail_has_a_name_on_the_page_of_those_given_up() -> None:
    assert {kind for kind, _language in WORDS} == set(KINDS)
