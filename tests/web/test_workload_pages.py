"""The team's workload and the next case by pages."""

from portal.cases.workload import AHEAD
from portal.foundation.database import transaction
from tests.makers.filings import a_conduct_report, a_denunciation
from tests.web.installing import Portal
from tests.web.stages import OTHER_OFFICE
from tests.web.test_bulk_pages import holders, several
from tests.web.test_staff_pages import come_in, somebody_changes, staff
from tests.web.visiting import Seen, Visit


def figures(seen: Seen) -> dict[str, list[str]]:
    """The table: who, and each figure."""
    rows: dict[str, list[str]] = {}
    for tag in seen.page.all("td"):
        row = next(one for one in tag.within if one.name == "tr")
        head = next(one for one in seen.page.all("th") if row in one.within)
        rows.setdefault(head.words.strip(), []).append(tag.words.strip())
    return rows


def test_figures_within_what_each_sees(visit: Visit, portal: Portal) -> None:
    several(portal, 2)
    secret = portal.file(a_denunciation())
    with portal.look(secret) as (session, file), transaction(session):
        file.case.assigned_id = portal.account(session, "dung").id
    minh, hanh = staff(visit, "minh"), staff(visit, "hanh")
    page = minh("/staff/workload")
    assert page.heading == "Phần việc của tổ"
    assert figures(page)["Chưa giao"] == ["2", "2", "0", "2"]
    assert figures(page)["Phạm Văn Dũng"] == ["0", "0", "0", "0"]
    assert "Trần Quang Minh (tôi)" in figures(page)
    assert figures(hanh("/staff/workload"))["Phạm Văn Dũng"] == ["1", "1", "0", "1", "1"]
    links = [str(tag.has.get("href")) for tag in page.page.all("a")]
    assert {"/staff/queue?holder=me", "/staff/queue?holder=nobody"} <= set(links)


def test_the_next_case(visit: Visit, portal: Portal) -> None:
    first, second = several(portal, 2)
    come_in(visit, "minh")
    page = visit("/staff/workload")
    took = visit.fill(page, {}, to="/staff/next")
    assert took.address == f"/staff/cases/{portal.reference(first)}"
    assert "Anh/chị đã nhận vụ việc này." in took.text
    twice = visit.fill(page, {}, to="/staff/next")
    assert twice.address == "/staff/workload"
    assert "vừa thay đổi" in twice.text
    assert holders(portal) == {portal.reference(first): "minh", portal.reference(second): ""}
    visit.fill(twice, {}, to="/staff/next")
    assert set(holders(portal).values()) == {"minh"}
    none = visit.fill(visit("/staff/workload"), {}, to="/staff/next")
    assert "Không còn vụ việc nào chưa giao" in none.text


def test_somebody_with_much_more_than_the_others_is_asked_first(visit: Visit, portal: Portal) -> None:
    codes = several(portal, AHEAD + 2)
    with portal.place.session() as session, transaction(session):
        minh = portal.account(session, "minh").id
        for code in codes[: AHEAD + 1]:
            with portal.look(code) as (_, file):
                session.merge(file.case).assigned_id = minh
    come_in(visit, "minh")
    page = visit("/staff/workload")
    asked = visit.fill(page, {}, 409, to="/staff/next")
    assert f"Anh/chị đang có {AHEAD + 1} vụ việc phải làm" in asked.text
    assert "Lê Thị Hạnh (0)" in asked.text
    assert "Trần Quang Minh (" not in asked.text.partition("Đang có ít việc hơn")[2].partition(".")[0]
    last = portal.reference(codes[-1])
    assert holders(portal)[last] == ""
    took = visit.fill(asked, {}, to="/staff/next")
    assert took.address == f"/staff/cases/{last}"
    assert holders(portal)[last] == "minh"


def test_without_the_figure_of_its_page_nothing_is_handed_out(visit: Visit, portal: Portal) -> None:
    code = portal.file(a_conduct_report(agency=OTHER_OFFICE))
    come_in(visit, "minh")
    somebody_changes(portal, code)
    for held in ("", "x", "-1", "²", "9" * 5000):
        visit.post("/staff/next", {"held": held})
    assert holders(portal) == {portal.reference(code): ""}
