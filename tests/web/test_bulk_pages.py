"""One move for several cases by pages: what will happen is listed first, each is moved alone, nothing typed is lost."""

from collections.abc import Mapping, Sequence

import pytest
from sqlalchemy import select

from portal.cases.actions.several import MOST
from portal.cases.models import Case, Event
from portal.cases.words import Status
from portal.foundation.database import transaction
from tests.makers.cast import OFFICE, wall_off
from tests.makers.filings import a_conduct_report, a_denunciation
from tests.web.installing import Portal
from tests.web.stages import CLEARED, OTHER_OFFICE, WORDS, delay, received, verifying
from tests.web.test_staff_pages import come_in, somebody_changes, status_of
from tests.web.visiting import Seen, Visit

GROUND = {"ground": "not_competent", "text": WORDS}


def several(portal: Portal, count: int) -> list[str]:
    """Receipt codes of so many reports about conduct."""
    return [portal.file(a_conduct_report(agency=OTHER_OFFICE), f"an idempotency key of {one}") for one in range(count)]


def plan(visit: Visit, portal: Portal, move: str, codes: Sequence[str], **typed: str) -> Seen:
    """The page before the button, for picked cases."""
    picked = [portal.reference(code) for code in codes]
    return visit.post("/staff/bulk", {"do": move, "case": picked, "back": "holder=nobody", **typed})


def confirm(visit: Visit, page: Seen, status: int = 200, typed: Mapping[str, str] | None = None) -> Seen:
    """Presses the button with every box still ticked."""
    return visit.fill(page, {**(typed or {}), "case": page.form("/staff/bulk/confirmed").held["case"]}, status)


def holders(portal: Portal) -> dict[str, str]:
    """Who holds each case."""
    with portal.place.session() as session:
        rows = session.execute(select(Case.reference, Case.assigned_id).order_by(Case.id))
        people = {portal.account(session, login).id: login for login in ("minh", "hanh", "khang", "dung")}
        return {reference: people.get(holder or 0, "") for reference, holder in rows}


def test_assigning_several(visit: Visit, portal: Portal) -> None:
    codes = several(portal, 3)
    come_in(visit, "minh")
    page = plan(visit, portal, "assign", codes)
    assert page.held("assignee") == "minh", "whoever picks mostly takes"
    assert "3 vụ việc làm được" in page.text
    assert set(holders(portal).values()) == {""}, "so far nothing has been done"
    done = confirm(visit, page, 200, {"assignee": "hanh"})
    assert "3 vụ việc đã xong" in done.text
    assert list(holders(portal).values()) == ["hanh"] * 3
    again = confirm(visit, page, 200, {"assignee": "hanh"})
    assert "không làm thêm lần nữa" in again.text
    with portal.place.session() as session:
        kinds = session.scalars(select(Event.kind).where(Event.kind == "case_assigned")).all()
        assert len(kinds) == 3, "the button pressed twice assigns nothing twice"


def test_what_does_not_fit_the_choice_is_said_before_anything_is_done(visit: Visit, portal: Portal) -> None:
    codes = several(portal, 2)
    with portal.look(codes[0]) as (session, file), transaction(session):
        wall_off(session, file, portal.account(session, "khang"))
    come_in(visit, "minh")
    page = plan(visit, portal, "assign", codes)
    again = confirm(visit, page, 409, {"assignee": "khang"})
    assert set(holders(portal).values()) == {""}
    assert "Người này không được giữ vụ việc." in again.text
    assert again.held("assignee") == "khang", "what was chosen is still there"
    assert again.form("/staff/bulk/confirmed").held["case"] == [portal.reference(codes[1])]
    done = confirm(visit, again)
    assert "1 vụ việc đã xong" in done.text
    assert holders(portal)[portal.reference(codes[1])] == "khang"


def test_refusing_several_with_one_ground(visit: Visit, portal: Portal) -> None:
    codes = [*several(portal, 2), verifying(portal)]
    come_in(visit, "minh")
    page = plan(visit, portal, "refuse", codes)
    assert "2 vụ việc làm được · 1 vụ việc không làm được" in page.text
    assert "Không thụ lý" in page.text
    assert "lúc này" in page.text
    for typed, wrong in (({"text": WORDS}, "ground"), ({**GROUND, "text": " "}, "text")):
        page = confirm(visit, page, 422, typed)
        assert list(page.errors) == [wrong]
        held = page.form("/staff/bulk/confirmed").held
        assert held["ground"] == [typed[one] for one in ("ground",) if one in typed], "what was chosen is still there"
        assert "".join(held["text"]).replace("\r\n", "\n") == typed["text"]
    done = confirm(visit, page, 200, GROUND)
    assert "2 vụ việc đã xong" in done.text
    assert [status_of(portal, code) for code in codes] == [Status.REFUSED, Status.REFUSED, Status.VERIFYING]
    with portal.place.session() as session:
        said = session.scalars(select(Event.payload).where(Event.kind == "case_refused")).all()
        assert [(one["ground"], one["text"]) for one in said] == [("not_competent", WORDS)] * 2


def test_a_case_that_somebody_changed_fails_alone_and_can_be_tried_again(visit: Visit, portal: Portal) -> None:
    codes = several(portal, 2)
    come_in(visit, "minh")
    page = plan(visit, portal, "refuse", codes)
    somebody_changes(portal, codes[0])
    done = confirm(visit, page, 200, GROUND)
    assert "1 vụ việc đã xong · 1 vụ việc chưa làm" in done.text
    assert "đã đổi sau khi anh/chị mở trang xác nhận" in done.text
    assert [status_of(portal, code) for code in codes] == [Status.RECEIVED, Status.REFUSED]
    again = visit.fill(done, {}, to="/staff/bulk")
    assert again.held("text").replace("\r\n", "\n").strip() == WORDS, "what was typed came along"
    assert again.form("/staff/bulk/confirmed").held["ground"] == ["not_competent"]
    confirm(visit, again)
    assert status_of(portal, codes[0]) is Status.REFUSED


def test_referring_several(visit: Visit, portal: Portal) -> None:
    codes = several(portal, 3)
    for code in codes[:2]:
        portal.staff(code, "minh", "accept")
        portal.staff(code, "minh", "clear", text=f"{CLEARED} ({code[:5]})")
    portal.staff(codes[2], "minh", "accept")
    about_city = portal.file(a_conduct_report(agency=OFFICE), "an idempotency key of another")
    portal.staff(about_city, "minh", "accept")
    portal.staff(about_city, "minh", "clear", text=CLEARED)
    come_in(visit, "minh")
    page = plan(visit, portal, "refer", [*codes, about_city])
    assert "3 vụ việc làm được · 1 vụ việc không làm được" in page.text
    assert "Chưa có bản che" in page.text
    for code in codes[:2]:
        assert f"{CLEARED} ({code[:5]})" in page.text, "each body reads the case's own text"
    typed = {"agency": OFFICE, "role": "support", "note": WORDS}
    again = confirm(visit, page, 409, typed)
    assert "thuộc nơi bị phản ánh" in again.text
    done = confirm(visit, again)
    assert "2 vụ việc đã xong" in done.text
    for code, bodies in ((codes[0], 1), (codes[2], 0), (about_city, 0)):
        with portal.look(code) as (_, file):
            assert sum(one.agency.code == OFFICE and one.note == WORDS for one in file.live_referrals) == bodies
    missing = plan(visit, portal, "refer", [about_city])
    again = confirm(visit, missing, 422, {"note": WORDS})
    assert list(again.errors) == ["agency", "role"]


def test_boxes_that_are_unticked_are_left_out(visit: Visit, portal: Portal) -> None:
    codes = several(portal, 2)
    come_in(visit, "minh")
    page = plan(visit, portal, "assign", codes)
    visit.fill(page, {"case": [portal.reference(codes[1])]})
    assert list(holders(portal).values()) == ["", "minh"]


def test_what_cannot_be_seen_is_not_told_of(visit: Visit, portal: Portal) -> None:
    code = portal.file(a_denunciation())
    come_in(visit, "minh")
    page = visit.post("/staff/bulk", {"do": "assign", "case": [portal.reference(code), "VV-000000", "<b>"]})
    assert page.text.count("Không có vụ việc này trong phần việc của anh/chị.") == 3
    assert not [tag for tag in page.page.all("form") if tag.has.get("action") == "/staff/bulk/confirmed"]
    late: dict[str, str | list[str]] = {"do": "assign", "assignee": "minh", "case": [portal.reference(code)]}
    visit.post("/staff/bulk/confirmed", late, 409)
    assert set(holders(portal).values()) == {""}


def test_without_the_mark_of_its_page_nothing_is_done(visit: Visit, portal: Portal) -> None:
    [code] = several(portal, 1)
    come_in(visit, "minh")
    form: dict[str, str | list[str]] = {"do": "assign", "assignee": "minh", "case": [portal.reference(code)]}
    done = visit.post("/staff/bulk/confirmed", form)
    assert "1 vụ việc chưa làm" in done.text
    assert set(holders(portal).values()) == {""}


def test_none_picked_and_too_many(visit: Visit, portal: Portal) -> None:
    come_in(visit, "minh")
    for address in ("/staff/bulk", "/staff/bulk/confirmed"):
        none = visit.post(address, {"do": "assign", "case": [], "back": "holder=nobody"})
        assert none.through == ("/staff/queue?holder=nobody",)
        assert "Chưa chọn vụ việc nào" in none.text
        many = visit.post(address, {"do": "assign", "case": [f"VV-{one:06}" for one in range(MOST + 1)]})
        assert "nhiều nhất 100 vụ việc" in many.text
    visit.post("/staff/bulk", {"do": "approve", "case": ["VV-000000"]}, 404)


@pytest.mark.parametrize("login", ["quy", "nga", "agency_head", "tam", "leader"])
def test_nobody_but_inspectors(visit: Visit, portal: Portal, login: str) -> None:
    code = delay(portal)
    come_in(visit, login)
    for address in ("/staff/bulk", "/staff/bulk/confirmed", "/staff/next"):
        visit.post(address, {"do": "assign", "case": [portal.reference(code)], "assignee": "minh", "held": "0"}, 403)
    visit("/staff/workload", 403)
    assert holders(portal) == {portal.reference(code): ""}


def test_an_inspectors_role_given_by_mistake_opens_nothing(visit: Visit, portal: Portal) -> None:
    code = received(portal)
    with portal.place.session() as session, transaction(session):
        portal.account(session, "minh").agency_id = portal.account(session, "quy").agency_id
    come_in(visit, "minh")
    visit.post("/staff/bulk", {"do": "assign", "case": [portal.reference(code)]}, 403)
    visit.post("/staff/next", {"held": "0"}, 403)
    visit("/staff/workload", 403)
