"""The page of exact figures: who gets it, that each look is written down, and that nothing of it gets out."""

import re

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from portal.foundation.database import transaction
from portal.oversight.models import FiguresRead
from portal.staff.permissions import Permission
from portal.staff.roles import PERMISSIONS
from tests.makers.cast import wall_off
from tests.makers.filings import a_conduct_report, a_delay
from tests.web.installing import Portal
from tests.web.stages import OTHER_OFFICE, answered
from tests.web.test_sessions import addresses
from tests.web.test_staff_pages import come_in, staff
from tests.web.visiting import Seen, Visit
from tests.web.walking import answer
from tests.web.worlds import HOST

PAGE = "/staff/oversight/figures"
READERS = ("minh", "hanh", "coordinator", "leader")
OTHERS = ("quy", "tam", "agency_head", "council_observer", "front_observer", "assessor", "editor", "counter_officer")
_DRAWN = re.compile(rb'nonce="[^"]+"|(?<=draft=)[\w-]{32}|(?<=name="draft" value=")[\w-]+')
CANARY = 37  # so many are refused by one ground: a number that nothing else in a test's portal has


def ask(browser: Visit, status: int = 200, **asked: str) -> Seen:
    """Sends the form."""
    return browser.fill(browser(PAGE), {"period": "2026", **asked}, status, to=PAGE)


def table(seen: Seen, id_: str) -> dict[str, list[str]]:
    """The rows of one table by their first cell."""
    rows: dict[str, list[str]] = {}
    for cell in seen.page.all("td"):
        if any(one.has.get("aria-labelledby") == id_ for one in cell.within):
            row = next(one for one in cell.within if one.name == "tr")
            head = next(one for one in seen.page.all("th") if row in one.within)
            rows.setdefault(head.words.strip(), []).append(cell.words.strip())
    return rows


def looks(portal: Portal) -> list[dict[str, str]]:
    """What has been written down, in order."""
    with portal.place.session() as session:
        return list(session.scalars(select(FiguresRead.query).order_by(FiguresRead.id)))


def test_whose_right_it_is() -> None:
    holders = {role.value for role, rights in PERMISSIONS.items() if Permission.READ_EXACT_FIGURES in rights}
    assert holders == {"inspector", "chief_inspector", "coordinator", "leader"}


def test_everybody_else_is_refused_and_nothing_is_written(visit: Visit, portal: Portal) -> None:
    for login in OTHERS:
        browser = staff(visit, login)
        assert browser(PAGE, 403).status == 403
        browser.post(PAGE, {"period": "2026"}, 403)
    assert looks(portal) == []


def test_the_figures(visit: Visit, portal: Portal) -> None:
    answered(portal)
    portal.file(a_conduct_report(agency=OTHER_OFFICE), "another")
    minh = staff(visit, "minh")
    empty = minh(PAGE)
    assert 'dd class="figure__number"' not in empty.html
    assert looks(portal) == []
    page = ask(minh)
    assert "01/2026 đến 12/2026, mọi cơ quan" in page.text
    assert table(page, "by-month")["03/2026"] == ["2", "1", "0", "0", "1", "0", "100 %"]
    assert table(page, "by-month")["Cả kỳ"] == table(page, "by-month")["03/2026"]
    assert table(page, "by-kind")["Chậm trễ"][:2] == ["1", "1"]
    assert {row: cells[0] for row, cells in table(page, "by-body").items()} == {
        "Ủy ban nhân dân thành phố Hội An": "1",
        "Ủy ban nhân dân thành phố Tam Kỳ": "1",
    }
    assert table(page, "findings") == {"Đúng": ["1"]}
    assert table(page, "days")["0–5"] == ["1"]
    of_one = ask(minh, body="H-HA", period="", first="03/2026", last="03/2026")
    assert table(of_one, "by-month") == {
        "03/2026": ["1", "1", "0", "0", "0", "0", "100 %"],
        "Cả kỳ": ["1", "1", "0", "0", "0", "0", "100 %"],
    }
    assert looks(portal) == [
        {"first": "2026-01-01", "last": "2026-12-31", "body": ""},
        {"first": "2026-03-01", "last": "2026-03-31", "body": "H-HA"},
    ]


def test_who_looked_is_shown_to_whoever_looked_and_to_chiefs(visit: Visit) -> None:
    minh, hanh, leader = (staff(visit, login) for login in ("minh", "hanh", "leader"))
    ask(minh)
    ask(leader, body="H-HA")
    ask(hanh)
    line = "Trần Quang Minh: 01/2026 đến 12/2026, mọi cơ quan"
    assert line in minh(PAGE).text
    assert "Lê Thị Hạnh:" not in minh(PAGE).text
    assert line not in leader(PAGE).text
    shown = hanh(PAGE).text
    assert all(words in shown for words in (line, "Lê Thị Hạnh:", "Ủy ban nhân dân thành phố Hội An"))


def test_what_was_written_down_stays(portal: Portal, visit: Visit) -> None:
    ask(staff(visit, "minh"))
    for statement in ("UPDATE figures_read SET query = '{}'", "DELETE FROM figures_read"):
        with portal.place.session() as session, pytest.raises(DBAPIError, match="append-only"), transaction(session):
            session.execute(text(statement))
    assert len(looks(portal)) == 1


def test_what_cannot_be_read_is_said_and_not_written_down(visit: Visit, portal: Portal) -> None:
    minh = staff(visit, "minh")
    assert ask(minh, 422, period="").errors.keys() == {"period"}
    assert ask(minh, 422, first="3/26", last="04/2026").errors.keys() == {"first"}
    assert ask(minh, 422, first="05/2026", last="04/2026").errors.keys() == {"last"}
    page = minh.post(PAGE, {"period": "2026", "body": "H-HA-MC"}, 422)  # what the form does not offer
    assert page.errors == {"body": "Hãy chọn một cơ quan có trong danh sách."}
    assert looks(portal) == []


def test_a_wall_holds_on_the_page(visit: Visit, portal: Portal) -> None:
    code = portal.file(a_delay())
    minh = staff(visit, "minh")
    assert table(ask(minh), "by-month")["Cả kỳ"][0] == "1"
    with portal.place.session() as session, transaction(session), portal.look(code) as (_, file):
        wall_off(session, file, portal.account(session, "minh"))
    assert table(ask(minh), "by-month")["Cả kỳ"][0] == "0"
    assert table(ask(staff(visit, "hanh")), "by-month")["Cả kỳ"][0] == "1"


def public_answers(portal: Portal, visit: Visit) -> dict[str, tuple[int, bytes]]:
    """Every public address, less what differs from one fetch to the next."""
    browser, found = visit.another(), {}
    for address in addresses(portal, "GET", "VV-AAAAAA"):
        if not address.startswith("/staff"):
            kept = answer(portal.app, browser.client.get(address, base_url=HOST))
            found[address] = (kept.status, _DRAWN.sub(b"", kept.body))
    return found


def test_exact_figures_reach_no_public_page_file_or_cache(visit: Visit, portal: Portal) -> None:
    """A true count that only the exact page knows changes not one byte of what the public gets."""
    before = public_answers(portal, visit)
    assert {"/", "/statistics", "/open-data", "/transparency"} <= before.keys()
    for number in range(CANARY):
        code = portal.file(a_conduct_report(agency=OTHER_OFFICE), f"canary {number}")
        portal.staff(code, "minh", "refuse", ground="not_competent", text="Việc này thuộc nơi khác.")
    hanh = staff(visit, "hanh")
    files = sorted(path for path in portal.folder.rglob("*") if path.is_file())
    page = ask(hanh)
    assert table(page, "grounds") == {"Không thuộc thẩm quyền": [str(CANARY)]}
    assert sorted(path for path in portal.folder.rglob("*") if path.is_file()) == files
    assert looks(portal) == [{"first": "2026-01-01", "last": "2026-12-31", "body": ""}]
    assert public_answers(portal, visit) == before
    signed_in = {address: hanh.client.get(address, base_url=HOST) for address in ("/", "/statistics", "/open-data")}
    for address, response in signed_in.items():
        assert str(CANARY) not in re.sub(r"<[^>]*>", " ", response.get_data(as_text=True)), address


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_cache_keeps_it(visit: Visit, portal: Portal, method: str) -> None:
    come_in(visit, "hanh")
    seen = visit(PAGE) if method == "GET" else ask(visit)
    assert seen.headers["Cache-Control"] == "no-store"
    assert not {"ETag", "Last-Modified", "Expires"} & set(seen.headers.keys())
