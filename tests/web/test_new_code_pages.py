"""A new code for a reporter who lost theirs, from the desk's pages: two people, one showing, and an end to the old."""

import logging
import re
from urllib.parse import unquote

import pytest

from portal.cases.new_codes import STANDS_DAYS
from portal.web.desk.move_pages import MOVE_PAGES
from tests.makers.filings import a_conduct_report
from tests.web.hygiene import Languages
from tests.web.installing import Portal
from tests.web.stages import OTHER_OFFICE, code_asked_for, named
from tests.web.test_staff_pages import CHANGED, NOT_NOW, case, come_in, hide_from, moves_on, staff
from tests.web.test_tracking_pages import is_open, look_up
from tests.web.visiting import Seen, Visit
from tests.web.worlds import HOST

HOW = "Gọi lại số đã gửi."
ASK, GIVE, REFUSE = "ask_new_code", "give_new_code", "refuse_new_code"


def about_the_code(seen: Seen) -> list[str]:
    """The moves about a code that a case's page leads to."""
    return [move for move in moves_on(seen) if move in (ASK, GIVE, REFUSE)]


def given(visit: Visit, portal: Portal, lost: str) -> Seen:
    """The page that shows the new code."""
    address = case(portal, lost, GIVE)
    return visit.fill(visit(address), {}, to=address)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_two_inspectors_give_a_new_code(portal: Portal, languages: Languages, language: str) -> None:
    minh, hanh, lan = (Visit(portal, languages, language) for _ in range(3))
    lost = named(portal)
    address = case(portal, lost)
    assert is_open(look_up(lan, lost))
    come_in(minh, "minh")
    assert about_the_code(minh(address)) == [ASK]
    asked = minh.fill(minh(f"{address}/{ASK}"), {"text": HOW}, to=f"{address}/{ASK}")
    assert about_the_code(asked) == [REFUSE], "whoever asked does not give"
    come_in(hanh, "hanh")
    seen = hanh(address)
    assert about_the_code(seen) == [GIVE, REFUSE]
    assert "Trần Quang Minh" in seen.text
    assert "09/03/2026" in seen.text
    assert "23/03/2026" in seen.text, "and until when it stands"
    assert HOW in hanh(f"{address}/{GIVE}").text
    shown = hanh.fill(hanh(f"{address}/{GIVE}"), {}, to=f"{address}/{GIVE}")
    assert shown.heading == languages.said("Mã tra cứu mới", language)
    assert shown.address == f"{address}/{GIVE}"
    assert f"{HOST}/track" in shown.text, "where it is typed in"
    look_up(Visit(portal, languages, language), lost, 404)
    assert not is_open(lan("/track")), "also where it was open"
    there = look_up(lan, shown.code)
    assert is_open(there)
    assert languages.said("Hai kiểm tra viên đã đối chiếu và cấp lại mã tra cứu", language) in there.text
    assert HOW not in there.text
    assert "Minh" not in there.text
    assert about_the_code(hanh(address)) == [ASK]


def test_the_code_is_shown_once_and_kept_nowhere(
    visit: Visit, portal: Portal, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    lost = code_asked_for(portal)
    reference, address = portal.reference(lost), case(portal, lost)
    come_in(visit, "hanh")
    page = visit(f"{address}/{GIVE}")
    shown = visit.fill(page, {}, to=f"{address}/{GIVE}")
    code, groups = shown.code.replace("-", ""), shown.code.split("-")
    assert shown.headers["Cache-Control"] == "no-store"
    assert shown.through == ()
    assert "Location" not in shown.headers
    said = "".join(unquote(f"{name}: {value}\n") for name, value in shown.headers.items())
    cookies = "".join(unquote(f"{one.key}={one.value}\n") for one in (visit.client._cookies or {}).values())
    stored = portal.stored().decode("latin-1").upper()
    for secret in (code, shown.code, groups[0] + groups[1]):
        for place in (said.upper(), cookies.upper(), caplog.text.upper(), stored):
            assert secret not in place
    links = [str(tag.has.get("href")) for tag in shown.page.all("a")]
    assert not [link for link in links if groups[0] in link]
    again = visit.fill(page, {}, 409, to=f"{address}/{GIVE}")
    later = [again, visit(f"{address}/{GIVE}", 409), visit(address), visit("/staff/queue")]
    for seen in later:
        assert not re.search("|".join(groups), seen.html), f"{seen.address} shows it again"
    assert CHANGED in again.text
    assert NOT_NOW.rstrip(".") in again.text
    assert is_open(look_up(visit.another(), shown.code)), "a second click changed nothing"
    assert reference in shown.text


def test_a_button_of_an_earlier_request_gives_nothing(visit: Visit, portal: Portal) -> None:
    """Hạnh made sure of the first person who asked. Meanwhile that was refused, and somebody else has come."""
    lost = code_asked_for(portal)
    hanh = staff(visit, "hanh")
    address = case(portal, lost, GIVE)
    page = hanh(address)
    portal.staff(lost, "dung", REFUSE, text="Không phải người gửi.")
    assert NOT_NOW.rstrip(".") in hanh.fill(page, {}, 409, to=address).text
    portal.staff(lost, "minh", ASK, text="Một người khác đến.")
    late = hanh.fill(page, {}, 409, to=address)
    assert CHANGED in late.text
    assert "Một người khác đến." in late.text
    assert is_open(look_up(visit.another(), lost))


def test_whoever_asked_gives_nothing_by_typing_the_address(visit: Visit, portal: Portal) -> None:
    lost = code_asked_for(portal)
    minh, hanh = staff(visit, "minh"), staff(visit, "hanh")
    address = case(portal, lost, GIVE)
    version = hanh(address).held("version", address)
    before = portal.stored()
    minh(address, 409)
    assert NOT_NOW in minh.post(address, {"version": version}, 409).text
    assert portal.stored() == before
    assert is_open(look_up(visit.another(), lost))


def test_an_anonymous_reporter_gets_none(visit: Visit, portal: Portal) -> None:
    lost = portal.file(a_conduct_report(agency=OTHER_OFFICE))
    come_in(visit, "minh")
    assert about_the_code(visit(case(portal, lost))) == []
    assign = case(portal, lost, "assign")
    version = visit(assign).held("version", assign)
    before = portal.stored()
    for move in (ASK, GIVE, REFUSE):
        visit(case(portal, lost, move), 409)
        assert NOT_NOW in visit.post(case(portal, lost, move), {"version": version, "text": HOW}, 409).text
    assert portal.stored() == before


def test_a_refusal_leaves_the_code_and_says_why_to_inspectors(visit: Visit, portal: Portal) -> None:
    lost = code_asked_for(portal)
    come_in(visit, "hanh")
    address = case(portal, lost, REFUSE)
    seen = visit.fill(visit(address), {"text": "Người này không biết việc đã kể."}, to=address)
    assert MOVE_PAGES[REFUSE].done in seen.text
    assert "Người này không biết việc đã kể." in seen.text
    assert about_the_code(seen) == [ASK]
    there = look_up(visit.another(), lost)
    assert is_open(there)
    assert "mã tra cứu mới" not in there.text.lower()


def test_behind_a_wall_there_is_no_such_case(visit: Visit, portal: Portal) -> None:
    lost = code_asked_for(portal)
    hide_from(portal, portal.reference(lost), "khang")
    come_in(visit, "khang")
    for move in (ASK, GIVE, REFUSE):
        visit(case(portal, lost, move), 404)
        visit.post(case(portal, lost, move), {"version": "x", "text": HOW}, 404)
    assert is_open(look_up(visit.another(), lost))


def test_the_page_says_how_long_a_request_stands() -> None:
    assert f"{STANDS_DAYS} ngày" in MOVE_PAGES[ASK].remark


def test_giving_needs_the_token_of_the_form(visit: Visit, portal: Portal) -> None:
    lost = code_asked_for(portal)
    come_in(visit, "hanh")
    address = case(portal, lost, GIVE)
    version = visit(address).held("version", address)
    assert visit.client.post(address, base_url=HOST, data={"version": version}).status_code == 400
    assert is_open(look_up(visit.another(), lost))
