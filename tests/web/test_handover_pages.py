"""Handing over by pages, and standing in for a colleague: case by case, within the walls."""

from portal.cases.models import Case, Wall
from portal.foundation.database import transaction
from portal.foundation.time import today
from portal.staff.substitutes import name_substitute
from tests.makers.filings import a_denunciation
from tests.web.installing import Portal
from tests.web.test_bulk_pages import holders, several
from tests.web.test_staff_pages import come_in, staff
from tests.web.visiting import Visit


def given_to(portal: Portal, login: str, *codes: str) -> list[str]:
    """These cases belong to an account now; their references."""
    with portal.place.session() as session, transaction(session):
        account = portal.account(session, login)
        for code in codes:
            with portal.look(code) as (_, file):
                session.get_one(Case, file.case.id).assigned_id = account.id
    return [portal.reference(code) for code in codes]


def walled(portal: Portal, code: str, login: str) -> None:
    """An account is behind a wall of a case."""
    with portal.place.session() as session, transaction(session):
        with portal.look(code) as (_, file):
            number = file.case.id
        session.add(Wall(case_id=number, staff_id=portal.account(session, login).id, reason="relative"))


def test_a_leavers_cases_go_over_within_the_walls(visit: Visit, portal: Portal) -> None:
    codes = several(portal, 3)
    first, second, third = given_to(portal, "minh", *codes)
    walled(portal, codes[1], "khang")
    walled(portal, codes[2], "hanh")
    with portal.place.session() as session, transaction(session):
        portal.account(session, "minh").active = False
    come_in(visit, "hanh")
    page = visit("/staff/handover")
    assert "Trần Quang Minh (2)" in page.text
    asked = visit.fill(page, {"leaver": "minh", "successor": "khang"})
    assert "2 vụ việc đang mở của Trần Quang Minh" in asked.text
    assert {first, second, third} & set(asked.text.split()) == set()
    assert set(holders(portal).values()) == {"minh"}
    done = visit.fill(asked, {})
    assert "Đã giao 1 vụ việc." in done.text
    assert "1 vụ việc chưa giao" in done.text
    assert second in done.text
    assert third not in done.html
    assert holders(portal) == {first: "khang", second: "", third: "minh"}
    assert "chưa giao cho ai (Lê Thị Hạnh)" in visit(f"/staff/cases/{second}").text
    visit.fill(asked, {}, to="/staff/handover/confirmed")  # pressed again: nothing is left to give
    assert holders(portal) == {first: "khang", second: "", third: "minh"}


def test_what_is_missing_is_said_and_nothing_typed_is_lost(visit: Visit, portal: Portal) -> None:
    given_to(portal, "minh", *several(portal, 1))
    come_in(visit, "hanh")
    page = visit("/staff/handover")
    missing = visit.fill(page, {"leaver": "minh"}, 422)
    assert list(missing.errors) == ["successor"]
    assert missing.held("leaver", "/staff/handover") == "minh"
    same = visit.fill(page, {"leaver": "minh", "successor": "minh"}, 422)
    assert list(same.errors) == ["successor"]
    visit.post("/staff/handover/confirmed", {"leaver": "minh", "successor": "quy"}, 422)
    visit.post("/staff/handover/confirmed", {"leaver": "nobody", "successor": "khang"}, 404)
    assert set(holders(portal).values()) == {"minh"}


def test_only_a_chief_hands_over(visit: Visit) -> None:
    for login in ("minh", "quy", "tam"):
        other = staff(visit, login)
        other("/staff/handover", 403)
        for address in ("/staff/handover", "/staff/handover/confirmed"):
            other.post(address, {"leaver": "minh", "successor": "khang"}, 403)


def test_a_substitute_sees_restricted_cases_of_the_absent_but_no_wall_opens(visit: Visit, portal: Portal) -> None:
    secret, walled_off = portal.file(a_denunciation(), "a first"), portal.file(a_denunciation(), "a second")
    open_to_khang, closed = given_to(portal, "minh", secret, walled_off)
    walled(portal, walled_off, "khang")
    come_in(visit, "khang")
    for reference in (open_to_khang, closed):
        visit(f"/staff/cases/{reference}", 404)
    with portal.place.session() as session, transaction(session):
        minh, khang, tam = (portal.account(session, login) for login in ("minh", "khang", "tam"))
        name_substitute(session, minh, khang, today(), today(), by=tam, today=today())
    page = visit("/staff/queue?holder=me")
    assert "Của tôi và người tôi làm thay" in page.text
    assert open_to_khang in page.text
    assert closed not in page.html
    visit(f"/staff/cases/{closed}", 404)
    visit(f"/staff/cases/{open_to_khang}")
    visit.post(f"/staff/cases/{open_to_khang}/open", {})
    portal.staff(secret, "khang", "accept")
    assert "Võ Duy Khang, thay cho Trần Quang Minh" in visit(f"/staff/cases/{open_to_khang}").text
