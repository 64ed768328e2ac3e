"""Administrators' pages of the catalogue: looking, changing, two people at once, and what stays out."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.cases.models import Case
from portal.cases.recomputing import MOVE_DEADLINES
from portal.catalogue.change_models import CatalogueChange
from portal.catalogue.models import Agency, Announcement, CalendarDay
from portal.jobs.models import Job
from tests.makers.filings import a_delay
from tests.web.installing import Portal
from tests.web.naughty import DATES, TEXTS, WORDS
from tests.web.test_staff_pages import staff
from tests.web.visiting import Visit
from tests.web.worlds import HOST

ROOT = "/staff/admin/catalogue"
DAY = {
    "on": "10/03/2027",
    "is_working": "False",
    "name_vi": "Nghỉ bão",
    "name_en": "Storm",
    "sure": "certain",
    "source": "QĐ 1/2027",
}


@pytest.fixture
def admin(visit: Visit) -> Visit:
    """Tâm, the administrator."""
    return staff(visit, "tam")


def agency_page(portal: Portal, code: str) -> str:
    with portal.place.session() as session:
        number = session.scalars(select(Agency.id).where(Agency.code == code)).first()
    return f"{ROOT}/agencies/{number}"


def test_lists_are_searched_without_marks(admin: Visit) -> None:
    assert "trong 307 mục" in admin(f"{ROOT}/agencies").text
    found = admin(f"{ROOT}/agencies?q=hoi+an&kind=one_stop")
    assert "H-HA-MC" in found.text
    assert "H-TK-MC" not in found.text
    second = admin(f"{ROOT}/agencies?page=2")
    assert "51–100" in second.text
    assert "Không có mục nào khớp" in admin(f"{ROOT}/agencies?q=zzzz").text
    assert "Không có mục nào khớp" in admin(f"{ROOT}/agencies?page=99").text
    assert "Trễ hẹn trả kết quả" in admin(f"{ROOT}/categories?q=tre+hen").text
    year = admin(f"{ROOT}/calendar?year=2026").text
    assert "30/04/2026" in year
    assert "30/04/2025" not in year
    assert admin("/staff/admin/catalogue").address == f"{ROOT}/agencies"
    assert admin(f"{ROOT}/announcements?lang=en").heading == "Announcements"


def test_a_change_is_saved_and_told(admin: Visit, portal: Portal) -> None:
    page = admin(agency_page(portal, "H-HA-MC"))
    assert "Chưa có thay đổi nào" in page.text
    old = page.held("name_vi", page.address)
    saved = admin.fill(page, {"name_vi": "Một cửa phố cổ", "phone": "0235 111"}, to=page.address)
    assert saved.through == (page.address,)
    assert f"{old} → Một cửa phố cổ" in saved.text
    assert "(trống) → 0235 111" in saved.text
    assert "Địa chỉ:" not in saved.text, "only the fields that changed"
    assert "Đặng Minh Tâm" in saved.text
    again = admin.fill(saved, {}, to=page.address)
    assert "Không có gì khác trước" in again.text
    assert portal.count(CatalogueChange) == 1


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(admin: Visit, portal: Portal) -> None:
    page = admin(agency_page(portal, "H-HA-MC"))
    typed = {"name_vi": "Tên mới", "name_en": "", "valid_to": "1/1/2000", "address": "A" * 301}
    wrong = admin.fill(page, typed, 422, to=page.address)
    assert set(wrong.errors) == {"address", "name_en"}, "all at once"
    assert wrong.errors["name_en"] == "Hãy ghi “Tên tiếng Anh”."
    for name, text in typed.items():
        assert wrong.held(name, page.address) == text
    wrong = admin.fill(wrong, {"address": "", "valid_to": ""}, 422, to=page.address)
    assert set(wrong.errors) == {"name_en"}
    assert wrong.held("name_vi", page.address) == "Tên mới"
    assert portal.count(CatalogueChange) == 0


def test_two_people_at_once(admin: Visit, portal: Portal) -> None:
    address = f"{ROOT}/categories/delay.late_result"
    first, second = admin(address), admin(address)
    admin.fill(first, {"severity": "4"}, to=address)
    lost = admin.fill(second, {"severity": "5", "name_vi": "Trễ quá lâu"}, 409, to=address)
    assert "Có người vừa sửa mục này" in lost.text
    assert lost.held("name_vi", address) == "Trễ quá lâu"
    assert lost.form(address).held["severity"] == ["5"]
    saved = admin.fill(lost, {}, to=address)
    assert "4 → 5" in saved.text
    assert portal.count(CatalogueChange) == 2


def test_a_day_moves_deadlines(admin: Visit, portal: Portal) -> None:
    code = portal.file(a_delay(), "a case")
    wrong = admin.fill(admin(f"{ROOT}/calendar/new"), {**DAY, "source": ""}, 422, to=f"{ROOT}/calendar/new")
    assert set(wrong.errors) == {"source"}
    assert wrong.held("on", f"{ROOT}/calendar/new") == "10/03/2027"
    added = admin.fill(wrong, {"source": "QĐ 1/2027"}, to=f"{ROOT}/calendar/new")
    assert added.address == f"{ROOT}/calendar/2027-03-10"
    twice = admin.fill(wrong, {"source": "QĐ 2"}, 409, to=f"{ROOT}/calendar/new")
    assert set(twice.errors) == {"on"}
    named = admin.fill(added, {"name_en": "A storm"}, to=added.address)
    with portal.place.session() as session:
        jobs = session.scalars(select(Job.payload).where(Job.kind == MOVE_DEADLINES)).all()
        assert [one["on"] for one in jobs] == ["2027-03-10"] * 2, "another name moves nothing"
        assert session.scalars(select(Case.id)).all(), code
    gone = admin.fill(named, {}, to=f"{added.address}/remove")
    assert gone.address == added.address
    assert "không còn trong lịch" in gone.text
    assert "xóa" in gone.text
    with portal.place.session() as session:
        assert session.get(CalendarDay, date(2027, 3, 10)) is None
    again = admin(f"{ROOT}/calendar/new?on=10/03/2027")
    assert again.held("on", f"{ROOT}/calendar/new") == "10/03/2027"
    admin.post(f"{added.address}/remove", {"seen": "x"}, 404)
    admin.post(f"{ROOT}/agencies/1/remove", {"seen": "x"}, 404)


def test_an_announcement_is_shown_until_it_ends(admin: Visit, portal: Portal) -> None:
    action = f"{ROOT}/announcements/new"
    typed = {
        "text_vi": "Chiều nay nghỉ.",
        "text_en": "Closed today.",
        "valid_from": "hôm nay",
        "valid_to": "31/12/2100",
    }
    made = admin.fill(admin(action), typed, to=action)
    with portal.place.session() as session:
        row = session.scalars(select(Announcement).where(Announcement.text_vi == "Chiều nay nghỉ.")).one()
    assert made.address == f"{ROOT}/announcements/{row.code}"
    assert "Chiều nay nghỉ." in admin(f"{ROOT}/announcements?q=nghi").text
    admin.fill(made, {"valid_from": "01/01/2020", "valid_to": "02/01/2020"}, to=made.address)
    assert "Chiều nay nghỉ." in admin(f"{ROOT}/announcements?state=ended").text
    assert "Chiều nay nghỉ." not in admin(f"{ROOT}/announcements?state=now").text


@pytest.mark.parametrize("login", ["minh", "hanh", "quy"])
def test_nobody_else_comes_in(visit: Visit, login: str) -> None:
    other = staff(visit, login)
    for address in (f"{ROOT}/agencies", f"{ROOT}/calendar/new", f"{ROOT}/agencies/1"):
        other(address, 403)
    other.post(f"{ROOT}/calendar/2026-04-30/remove", {"seen": "x"}, 403)


def test_addresses_of_nothing(admin: Visit) -> None:
    for address in ("agencies/0", "agencies/x", "agencies/99999999999999999999", "agencies/new", "categories/none"):
        admin(f"{ROOT}/{address}", 404)
    for address in ("calendar/nonsense", "calendar/2027-03-10", "announcements/none", "nonsense"):
        admin(f"{ROOT}/{address}", 404)


def test_hostile_inputs_break_nothing(admin: Visit, portal: Portal) -> None:
    """Whatever is typed: no 5xx, and who is refused finds in the form what was typed."""
    new, row = f"{ROOT}/calendar/new", f"{ROOT}/categories/delay.late_result"
    held = {name: values[0] for name, values in admin(row).form(row).held.items()}
    tried = 0
    for text in [*TEXTS, *DATES, *WORDS]:
        for address, form in (
            (new, {**DAY, "source": "", "on": text}),
            (row, {**held, "name_vi": text, "severity": "9"}),
        ):
            answer = admin.client.post(address, base_url=HOST, data={**form, "csrf_token": admin.token(), "lang": "vi"})
            assert answer.status_code in (400, 422), (address, text, answer.status_code)
            tried += 1
        admin.client.get(f"{ROOT}/agencies", query_string={"q": text, "page": text, "kind": text})
    assert tried > 200
    assert portal.count(CatalogueChange) == 0
