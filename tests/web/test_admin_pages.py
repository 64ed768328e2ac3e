"""The administrator's pages: finding, changing, inviting many, substitutes, the history."""

import csv
import io
from datetime import timedelta

import pytest

from portal.foundation.time import today
from portal.staff.accounts import staff_by_login
from portal.staff.invitations import as_csv
from portal.staff.models import Staff
from portal.staff.roles import Role
from tests.web.installing import Portal
from tests.web.test_staff_pages import staff
from tests.web.visiting import Visit
from tests.web.worlds import HOST

GOOD = (
    "agency,login,name,roles\r\n"
    "H-HA,lan.ha,Trần Thị Lan,agency_officer agency_head\r\n"
    '\r\nUBKT,ba.ubkt,"Lê, Văn Ba",inspector\r\n'
)


def number_of(portal: Portal, login: str) -> int:
    """The number of an account's page."""
    with portal.place.session() as session:
        return portal.account(session, login).id


@pytest.fixture
def admin(visit: Visit) -> Visit:
    """Tâm, the administrator."""
    return staff(visit, "tam")


def test_finding(admin: Visit) -> None:
    assert "Trần Quang Minh" in admin("/staff/admin?q=quang").text
    chiefs = admin("/staff/admin?agency=UBKT&role=chief_inspector")
    assert "Lê Thị Hạnh" in chiefs.text
    assert "Trần Quang Minh" not in chiefs.text
    assert "Không có tài khoản nào khớp" in admin("/staff/admin?state=closed").text
    assert "Trần Quang Minh" in admin("/staff/admin?role=nonsense&state=x").text


def test_changing_holds_from_the_next_request_on(admin: Visit, visit: Visit, portal: Portal) -> None:
    quy = staff(visit, "quy")
    quy("/staff/queue")
    page = admin(f"/staff/admin/accounts/{number_of(portal, 'quy')}")
    action = page.address
    saved = admin.fill(page, {"name": "Hồ Quý", "agency": "H-TK", "roles": ["editor"]}, to=action)
    for words in ("đổi họ tên: Hồ Đăng Quý → Hồ Quý", "chuyển cơ quan", "đổi vai trò: cán bộ cơ quan → biên tập viên"):
        assert words in saved.text
    assert "(Đặng Minh Tâm)" in saved.text
    quy("/staff/queue", 403)
    quy("/staff/oversight")


def test_a_wrong_change_changes_nothing_and_keeps_what_was_typed(admin: Visit, portal: Portal) -> None:
    page = admin(f"/staff/admin/accounts/{number_of(portal, 'quy')}")
    typed: dict[str, str | list[str]] = {"name": "Tên mới", "roles": ["administrator", "agency_officer"]}
    wrong = admin.fill(page, typed, 422, to=page.address)
    assert "đọc vụ việc" in wrong.errors["name"]
    assert wrong.held("name", page.address) == "Tên mới"
    assert set(wrong.form(page.address).held["roles"]) == {"administrator", "agency_officer"}
    assert admin(page.address).heading == "Hồ Đăng Quý"
    admin("/staff/admin/accounts/999999", 404)


def test_a_substitute_is_named_and_ended(admin: Visit, portal: Portal) -> None:
    page = admin(f"/staff/admin/accounts/{number_of(portal, 'minh')}")
    action = f"{page.address}/substitute"
    wrong = admin.fill(page, {"substitute": "khang", "from_on": "1/1/2020", "to_on": "2/1/2020"}, 422, to=action)
    assert wrong.held("from_on", action) == "1/1/2020"
    first, last = today(), today() + timedelta(days=5)
    typed = {"substitute": "khang", "from_on": f"{first:%d/%m/%Y}", "to_on": f"{last:%d/%m/%Y}"}
    named = admin.fill(page, typed, to=action)
    assert f"cử người làm thay: Võ Duy Khang, {first.isoformat()}" in named.text
    twice = admin.fill(page, typed, 422, to=action)
    assert list(twice.errors) == ["substitute"]
    assert "Võ Duy Khang, " in twice.text
    ended = admin.fill(named, {}, to=f"{page.address}/end-substitute")
    assert "thôi cử người làm thay" in ended.text
    assert f"{page.address}/end-substitute" not in ended.html


def test_many_accounts_at_once(admin: Visit, portal: Portal, visit: Visit) -> None:
    page = admin("/staff/admin/invite")
    plan = admin.fill(page, {"lines": GOOD}, to="/staff/admin/invite")
    assert "2 tài khoản sẽ được cấp" in plan.text
    made = admin.fill(plan, {}, to="/staff/admin/invite/confirmed")
    assert "Đã cấp 2 tài khoản" in made.text
    tokens = made.held("tokens", "/staff/admin/invite/links.csv")
    form = {"csrf_token": admin.token(), "tokens": tokens + "\nnonsense"}
    file = admin.client.post("/staff/admin/invite/links.csv", base_url=HOST, data=form)
    assert file.headers["Content-Disposition"] == 'attachment; filename="links.csv"'
    rows = list(csv.DictReader(io.StringIO(file.text.removeprefix("\ufeff"))))
    assert [(row["agency"], row["login"], row["name"]) for row in rows] == [
        ("H-HA", "lan.ha", "Trần Thị Lan"),
        ("UBKT", "ba.ubkt", "Lê, Văn Ba"),
    ]
    assert [row["link"].partition("#")[2] for row in rows] == tokens.split()
    with portal.place.session() as session:
        lan = staff_by_login(session, "lan.ha")
        assert lan is not None
        assert lan.role_words == {Role.AGENCY_OFFICER, Role.AGENCY_HEAD}
    again = admin.fill(plan, {}, 422, to="/staff/admin/invite/confirmed")
    assert "đã có người dùng" in again.text


def test_each_line_says_what_is_wrong_and_nothing_is_made(admin: Visit, portal: Portal) -> None:
    before = portal.count(Staff)
    lines = (
        "H-HA,new.one,Một,agency_officer\nNOWHERE,new.two,Hai,agency_officer\nH-HA,quy,Ba,agency_officer\n"
        "H-HA,NEW.one,Bốn,agency_officer\nH-HA,five\nUBKT,six,Sáu,administrator inspector\nH-HA,seven,Bảy,king\n"
        "H-HA,,,\n"
    )
    wrong = admin.fill(admin("/staff/admin/invite"), {"lines": lines}, 422, to="/staff/admin/invite")
    for words in ("7 dòng cần sửa", "“NOWHERE”", "“quy”", "“NEW.one”", "dòng này có 2", "đọc vụ việc", "“king”"):
        assert words in wrong.text
    assert wrong.errors["lines"].startswith("7 dòng cần sửa")
    assert wrong.held("lines", "/staff/admin/invite").replace("\r", "").strip() == lines.strip()
    admin.post("/staff/admin/invite/confirmed", {"lines": lines}, 422)
    for lines in ("", 'H-HA,"open', "\n".join(["H-HA,a,b,c"] * 501)):
        assert list(admin.post("/staff/admin/invite", {"lines": lines}, 422).errors) == ["lines"]
    assert portal.count(Staff) == before


def test_a_file_is_read_like_what_is_pasted(admin: Visit) -> None:
    for content, status, words in ((GOOD.encode("utf-8-sig"), 200, "2 tài khoản sẽ"), (b"\xff\xfe", 422, "UTF-8")):
        form = {"csrf_token": admin.token(), "lines": "", "file": (io.BytesIO(content), "accounts.csv")}
        page = admin.client.post("/staff/admin/invite", base_url=HOST, data=form)
        assert page.status_code == status
        assert words in page.text


def test_no_cell_is_a_formula() -> None:
    assert as_csv([["=1+1", "@x", "+84", "-1", "an = b"]]).strip("\ufeff\r\n") == "'=1+1,'@x,'+84,'-1,an = b"
