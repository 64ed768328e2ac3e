"""The queue's filters by their page: what is asked for is an address, what is wrong is said, views come back."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import event

from portal.foundation.time import at, now
from portal.web.frame.database import db
from tests.makers.filings import a_conduct_report, a_delay
from tests.web import stages
from tests.web.installing import Portal
from tests.web.stages import delay, verifying
from tests.web.test_staff_pages import cases_on, come_in, staff
from tests.web.visiting import Seen, Visit

QUEUE = "/staff/queue"


def test_a_filter_is_an_address(visit: Visit, portal: Portal) -> None:
    late = portal.reference(delay(portal))
    taken = portal.reference(verifying(portal))
    come_in(visit, "minh")
    assert set(cases_on(visit(QUEUE))) == {late, taken}
    for query, found in (
        ("status=verifying", {taken}),
        ("status=verifying&status=accepted", {late, taken}),
        ("track=complaint", set()),
        ("category=delay.late_result", {late}),
        ("holder=nobody", {late, taken}),
        ("holder=me", set()),
        ("agency=H-HA&below=1", {late}),
        ("agency=mot+cua+hoi+an", {late}),
        ("agency=H-HA", set()),
        ("language=en", set()),
        ("past=1&from=01/01/2026&to=31/12/2026&order=newest", {late, taken}),
    ):
        assert set(cases_on(visit(f"{QUEUE}?{query}"))) == found, query


def test_what_cannot_be_read_is_said_and_stays(visit: Visit, portal: Portal) -> None:
    reference = portal.reference(delay(portal))
    come_in(visit, "minh")
    for query, wrong in (
        ("due=yesterday", "due"),
        ("status=received&status=gone", "status"),
        ("category=nothing", "category"),
        ("agency=khong+co+noi+nay", "agency"),
        ("agency=hoi+an", "agency"),
        ("from=31/02/2026", "from"),
        ("from=05/03/2026&to=01/03/2026", "to"),
        ("past=1", "past"),
        ("holder=nobody-here", "holder"),
    ):
        page = visit(f"{QUEUE}?{query}", 422)
        assert list(page.errors) == [wrong], query
    typed = visit(f"{QUEUE}?from=31/02/2026", 422).page.all("input")
    assert [tag.has.get("value") for tag in typed if tag.has.get("name") == "from"] == ["31/02/2026"]
    several = visit(f"{QUEUE}?agency=hoi+an", 422)
    assert "chosen" in {tag.has.get("name") for tag in several.page.all("input")}
    assert cases_on(visit(f"{QUEUE}?agency=hoi+an&chosen=H-HA-MC")) == [reference]
    assert cases_on(visit(f"{QUEUE}?past=1", 422)) == [], "without an anchor the past is not looked through"


def test_an_agency_filters_its_referrals(visit: Visit, portal: Portal) -> None:
    reference = portal.reference(delay(portal))
    come_in(visit, "quy")
    page = visit(QUEUE)
    assert {tag.has.get("name") for tag in page.page.all("select")} == {"category", "district", "order"}
    for query in ("disclosure=named", "language=en", "holder=nobody", "status=accepted", "past=1"):
        assert cases_on(visit(f"{QUEUE}?{query}")) == [reference]
    assert cases_on(visit(f"{QUEUE}?status=received")) == []


def test_from_case_to_case_within_a_filter(visit: Visit, portal: Portal) -> None:
    for number in range(3):
        with at(now() + timedelta(days=number)):
            portal.file(a_delay(), f"key {number}")
    portal.file(a_conduct_report(), "another matter")
    come_in(visit, "minh")
    order = cases_on(visit(f"{QUEUE}?category=delay.late_result"))
    assert len(order) == 3
    page, walked = visit(_link(visit(f"{QUEUE}?category=delay.late_result"), order[0])), [order[0]]
    while (further := _beside(page, "next")) and len(walked) < 9:
        walked.append(further.rpartition("/")[2].partition("?")[0])
        page = visit(further)
    assert walked == order
    assert _beside(page, "prev").partition("?")[0].endswith(order[1])
    back = [str(tag.has.get("href")) for tag in page.page.all("a") if "govuk-back-link" in (tag.has.get("class") or "")]
    assert back == [f"{QUEUE}?category=delay.late_result"]
    assert _beside(visit(f"/staff/cases/{order[0]}?in=nonsense"), "next") == ""


def _link(page: Seen, reference: str) -> str:
    return next(
        str(tag.has.get("href"))
        for tag in page.page.all("a")
        if str(tag.has.get("href")).startswith(f"/staff/cases/{reference}?")
    )


def _beside(page: Seen, which: str) -> str:
    return next((str(tag.has.get("href")) for tag in page.page.all("a") if tag.has.get("rel") == which), "")


def test_a_view_is_kept_and_taken_away(visit: Visit, portal: Portal) -> None:
    delay(portal)
    come_in(visit, "minh")
    page = visit(f"{QUEUE}?due=late&status=accepted")
    wrong = visit.fill(page, {"name": "x" * 61, "who": "team"}, 422, to=f"{QUEUE}/views")
    assert wrong.held("name", f"{QUEUE}/views") == "x" * 61
    assert list(wrong.errors) == ["name"]
    kept = visit.fill(wrong, {"name": "Trễ và đã thụ lý", "who": "team"}, to=f"{QUEUE}/views")
    assert "Đã lưu góc nhìn." in kept.text
    assert f"{QUEUE}?due=late&status=accepted" in [tag.has.get("href") for tag in kept.page.all("a")]
    assert "Trễ và đã thụ lý" in staff(visit, "hanh")(QUEUE).text
    assert "Trễ và đã thụ lý" not in staff(visit, "quy")(QUEUE).text
    mine = staff(visit, "minh")
    page = mine(QUEUE)
    handle = next(str(tag.has.get("value")) for tag in page.page.all("button") if tag.has.get("name") == "view")
    gone = mine.fill(page, {}, to=f"{QUEUE}/views/remove", press=("view", handle))
    assert "Đã xóa góc nhìn." in gone.text
    assert "Trễ và đã thụ lý" not in mine(QUEUE).text


@pytest.fixture
def asked(portal: Portal) -> Iterator[list[str]]:
    """The statements that the application sends to its database."""
    found: list[str] = []
    with portal.app.app_context():
        engine = db.engine

    def listen(connection: object, cursor: object, statement: str, *more: object) -> None:
        found.append(statement)

    event.listen(engine, "before_cursor_execute", listen)
    yield found
    event.remove(engine, "before_cursor_execute", listen)


@pytest.mark.parametrize("login", ["minh", "quy"])
def test_a_page_asks_as_often_for_many_as_for_few(visit: Visit, portal: Portal, asked: list[str], login: str) -> None:
    come_in(visit, login)
    portal.file(a_delay(), "the first key")
    visit(QUEUE)  # now the catalogue is in memory
    counts = []
    for number in range(2):
        asked.clear()
        assert len(cases_on(visit(QUEUE))) == 1 + 6 * number
        counts.append(len(asked))
        for more in range(6):
            portal.file(a_delay(), f"key {number} {more}")
    assert counts[0] == counts[1] > 0


def test_the_reporters_own_time_is_never_drawn_as_late(visit: Visit, portal: Portal) -> None:
    code = stages.asked(portal)
    with at(now() + timedelta(days=60)):
        come_in(visit, "hanh")
        page = visit(QUEUE).html
        row = next(one for one in page.split("<tr>") if portal.reference(code) in one)
    assert "Chờ người phản ánh" in row
    assert '<i class="late"></i>' not in row
