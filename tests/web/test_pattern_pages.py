"""Patterns and clusters by pages: what stands out, for whoever may read it, and nobody else."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.models import Case, Wall
from portal.foundation.database import transaction
from portal.foundation.time import at, now
from portal.schedule import COUNT_PATTERNS, HANDLERS
from portal.staff.changing import change_roles
from portal.staff.roles import Role
from tests.makers.filings import a_conduct_report
from tests.web.installing import Portal
from tests.web.test_staff_pages import come_in, staff
from tests.web.visiting import Seen, Visit

pytestmark = pytest.mark.both
MANY = 8
PAGE = "/staff/patterns"


@pytest.fixture
def money(portal: Portal) -> Sequence[str]:
    """Several reports of extra fees at one office, where none came before: their references."""
    told = (
        a_conduct_report(category="harassment.extra_papers", narrative=f"Đòi thêm giấy tờ, lần {n}.")
        for n in range(MANY)
    )
    return [portal.reference(portal.file(one, key=f"fee {n}")) for n, one in enumerate(told)]


def walled(portal: Portal, references: Sequence[str]) -> None:
    """Puts Minh behind a wall of these cases."""
    with portal.place.session() as session, transaction(session):
        minh = portal.account(session, "minh").id
        numbers = session.scalars(select(Case.id).where(Case.reference.in_(references)))
        session.add_all(Wall(case_id=number, staff_id=minh, reason="relative") for number in list(numbers))


def test_an_inspector_opens_fills_and_closes_a_cluster(visit: Visit, portal: Portal, money: Sequence[str]) -> None:
    come_in(visit, "minh")
    page = visit(PAGE)
    assert "Tiền, giấy tờ ngoài quy định" in page.text
    assert "Chưa có cụm vụ việc nào." in page.text
    cluster = visit.fill(page, {}, to="/staff/clusters")
    assert cluster.address.startswith("/staff/clusters/CV-")
    assert all(reference in cluster.text for reference in money)
    assert "Đã đưa vào cụm vụ việc" in visit(f"/staff/cases/{money[0]}").text
    assert "Không có vụ việc nào mới" in visit.fill(cluster, {}, to=f"{cluster.address}/fill").text
    late = portal.reference(
        portal.file(a_conduct_report(category="harassment.extra_papers", narrative="Lần nữa."), key="9")
    )
    filled = visit.fill(visit(cluster.address), {}, to=f"{cluster.address}/fill")
    assert late in filled.text
    closed = visit.fill(filled, {}, to=f"{cluster.address}/close")
    assert "Đã đóng cụm vụ việc." in closed.text
    again = visit.fill(visit(PAGE), {}, to="/staff/clusters")
    assert again.address != cluster.address


def test_one_behind_a_wall_counts_without_the_case(visit: Visit, portal: Portal, money: Sequence[str]) -> None:
    walled(portal, money[:-1])
    minh, hanh = staff(visit, "minh"), staff(visit, "hanh")
    assert "Không nơi nào có nhiều hơn" in minh(PAGE).text
    seen = hanh.fill(hanh(PAGE), {}, to="/staff/clusters")
    assert money[0] in seen.text
    read = minh(seen.address)
    assert money[-1] in read.text
    assert not any(reference in read.text for reference in money[:-1])
    counts = counts_of(minh(PAGE))
    assert "1" in counts
    assert str(MANY) not in counts


def by_night(portal: Portal) -> None:
    """The worker counts for whoever has none of today."""
    with portal.place.session() as session:
        HANDLERS[COUNT_PATTERNS](session, None, {})


def test_nobody_who_files_waits_for_the_counting(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    """On SQLite one writes at a time, and counting takes a second or more for each account."""
    counted = []

    def counting(session: Session, *_asked: object) -> list[object]:
        counted.append(session.info.get("writing", False))
        return []

    monkeypatch.setattr("portal.cases.pattern_counts.patterns", counting)
    by_night(portal)
    assert counted
    assert not any(counted)


def counts_of(page: Seen) -> set[str]:
    """What stands in the page's cells."""
    return {cell.words.strip() for cell in page.page.all("td")}


def test_what_was_counted_by_night_is_what_would_be_counted_now(
    visit: Visit, portal: Portal, money: Sequence[str]
) -> None:
    minh = staff(visit, "minh")
    now = minh(PAGE)
    by_night(portal)
    kept = minh(PAGE)
    assert "Đếm lúc" in kept.text
    assert "Đếm lúc" not in now.text
    assert str(MANY) in counts_of(kept)
    assert counts_of(kept) == counts_of(now)


def test_what_comes_after_the_counting_counts_from_tomorrow_walls_or_not(
    visit: Visit, portal: Portal, money: Sequence[str]
) -> None:
    """A wall that was raised meanwhile must not tell of itself by a page that is counted anew."""
    by_night(portal)
    minh = staff(visit, "minh")
    before = minh(PAGE).text
    walled(portal, [money[0]])
    portal.file(a_conduct_report(category="harassment.extra_papers", narrative="Một lần nữa."), key="late")
    by_night(portal)
    assert minh(PAGE).text == before
    with at(now() + timedelta(days=1)):
        for is_counted in (False, True):
            if is_counted:
                by_night(portal)
            assert str(MANY) in counts_of(staff(visit, "minh")(PAGE))  # one more, one fewer
            assert str(MANY + 1) in counts_of(staff(visit, "hanh")(PAGE))


def test_another_role_sees_its_own_counts_at_once(visit: Visit, portal: Portal, money: Sequence[str]) -> None:
    by_night(portal)
    assert "Đếm lúc" in staff(visit, "minh")(PAGE).text
    with portal.place.session() as session, transaction(session):
        minh, hanh = (portal.account(session, login) for login in ("minh", "hanh"))
        change_roles(session, minh, frozenset({Role.CHIEF_INSPECTOR}), by=hanh)
    assert "Đếm lúc" not in staff(visit, "minh")(PAGE).text


def test_a_cluster_of_which_somebody_sees_nothing_is_not_there(
    visit: Visit, portal: Portal, money: Sequence[str]
) -> None:
    hanh = staff(visit, "hanh")
    opened = hanh.fill(hanh(PAGE), {}, to="/staff/clusters").address
    walled(portal, money)
    minh = staff(visit, "minh")
    minh(opened, 404)
    assert opened.rpartition("/")[2] not in minh(PAGE).text
    staff(visit, "quy")(PAGE, 403)


def test_triage_proposes_the_other_report_and_says_why(visit: Visit, portal: Portal) -> None:
    told = "Chị ở quầy số 5 bắt tôi nộp thêm hai trăm nghìn đồng tiền bồi dưỡng mà không ghi biên lai gì cả."
    first = portal.reference(portal.file(a_conduct_report(narrative=told), key="1"))
    again = a_conduct_report(narrative="Quầy số 5 bắt nộp thêm hai trăm nghìn đồng tiền bồi dưỡng, không có biên lai.")
    second = portal.reference(portal.file(again, key="2"))
    come_in(visit, "minh")
    page = visit(f"/staff/cases/{second}")
    assert "lời kể giống nhau, cùng nơi bị phản ánh" in page.text
    form = visit(f"/staff/cases/{second}/merge?into={first}")
    assert form.held("into", f"/staff/cases/{second}/merge") == first
    walled(portal, [first])
    assert first not in visit(f"/staff/cases/{second}").text


def test_a_split_report_is_two_parts_on_one_tracking_page(visit: Visit, portal: Portal) -> None:
    code = portal.file(a_conduct_report())
    portal.staff(code, "minh", "split", category="harassment.extra_papers")
    page = visit.fill(visit("/track"), {"receipt_code": code})
    assert "Phần 1: Thái độ hách dịch, thiếu tôn trọng" in page.text
    assert "Phần 2: Đòi thêm giấy tờ ngoài quy định" in page.text
    second = visit("/track?part=2")
    told = visit.fill(second, {"text": "Chị ấy đòi thêm bản sao hộ khẩu."}, to="/track/facts?part=2")
    assert "Chúng tôi đã nhận những gì anh/chị viết thêm." in told.text
    assert "bản sao hộ khẩu" not in visit("/track").text
    assert "bản sao hộ khẩu" in visit("/track?part=2").text
