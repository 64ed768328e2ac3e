"""Whoever is reported cannot tell that a report exists: no count, no gap, no length, no header gives it away.

The worlds are the same but for reports about a one-stop office, its people and the head of its city: there are
none; there are some, and inspectors work on them; one was referred to the city, past the office that it is about.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Response, make_response
from sqlalchemy import func, select

from portal.cases.actions.receive import Plan
from portal.cases.filing import Filing, PaidBack
from portal.cases.models import Case
from portal.catalogue.words import AccusedRole, ReferralRole
from portal.web.frame.database import db
from portal.web.public.lists import for_check
from tests.makers.cast import CITY, OFFICE
from tests.makers.databases import Databases
from tests.makers.filings import a_conduct_report, a_delay, a_denunciation
from tests.web.walking import Answers, Walk, differences
from tests.web.world_people import LAN_CONFIDENTIAL
from tests.web.world_stories import answered, asked, fresh, looked_at_again, referred, replied
from tests.web.worlds import HOST, SHORT_PAGE, World, Worlds, together, token_in

ABOUT = {
    "an officer": a_conduct_report(),
    "another officer": a_conduct_report(accused_role=AccusedRole.UNKNOWN),
    "the head": a_conduct_report(accused_role=AccusedRole.HEAD),
    "a bribe": a_denunciation(),
    "the head of the city": a_conduct_report(agency=CITY, accused_role=AccusedRole.HEAD),
    "a delay for the Committee": a_delay(committee_first=True),
}
# The office's own people; those of the city and of the province above it.
OFFICE_PEOPLE, ABOVE = ("nga", "truong", "quay"), ("quy", "chu", "tinh")

EVERYWHERE = ("nga", "quy")  # the others open the queue and the cases only: they have no page of their own


def before(world: World) -> World:
    """What has nothing to do with it, before."""
    for part in (fresh, replied, answered, referred):
        part(LAN_CONFIDENTIAL, world, part.__name__)
    return world


def after(world: World) -> World:
    """What has nothing to do with it, afterwards: its rows are numbered higher where there were more before."""
    for part in (asked, looked_at_again):
        part(LAN_CONFIDENTIAL, world, part.__name__)
    for number in range(3):
        world.file(f"late {number}", a_delay(), days=3)
    world.worker_looks_in(4)
    return world


def reports_about_the_office(world: World) -> World:
    """Six reports, taken up by inspectors as far as they go without another body."""
    for case, filing in ABOUT.items():
        world.file(case, filing)
        world.staff(case, "minh", "accept", 1)
    world.staff("an officer", "minh", "clear", 1, text="Một người ở quầy nói trống không.")
    world.staff("an officer", "minh", "ask", 1, text="Lúc mấy giờ?")
    world.reporter("an officer", "reply", 2, text="Chín giờ.")
    world.staff("the head", "minh", "verify", 2)
    world.file("paid back", a_delay(paid_back=PaidBack(world.code("an officer"), True, "Sợ bị giữ hồ sơ.")))
    world.staff("paid back", "hanh", "accept", 1)
    return world


def one_goes_to_the_city(world: World) -> World:
    """The city is told of one, and answers: the office below must not see that."""
    world.staff("an officer", "minh", "refer", 2, agency=CITY, role=ReferralRole.LEAD)
    world.staff("an officer", "quy", "answer_referral", 3, text="Đã nhắc nhở.")
    heard = {"agency": CITY, "person": "Cán bộ ở quầy", "statement": "Đã lớn tiếng với người dân."}
    world.staff("another officer", "minh", "hear", 3, **heard)
    return world


def nothing(world: World) -> World:
    """No report about the office."""
    return world


def referred_on(world: World) -> World:
    """The reports, and one of them at the city."""
    return one_goes_to_the_city(reports_about_the_office(world))


def the_head_is_asked(world: World) -> World:
    """The reports, and the head of the office is let through to one: nobody else there may notice."""
    return _ask_the_head(reports_about_the_office(world))


def only_what_the_head_is_asked_about(world: World) -> World:
    """The one report that the head is asked about, and none of the others."""
    world.file("an officer", ABOUT["an officer"])
    world.staff("an officer", "minh", "accept", 1)
    world.staff("an officer", "minh", "clear", 1, text="Một người ở quầy nói trống không.")
    return _ask_the_head(world)


def _ask_the_head(world: World) -> World:
    asked = {"agency": OFFICE, "request": "Xin cho biết ai trực quầy.", "text": "Chỉ người đứng đầu biết lịch trực."}
    world.staff("an officer", "minh", "let_head_support", 2, **asked)
    return world


WORLDS: dict[str, Callable[[World], World]] = {
    "none": nothing,
    "some": reports_about_the_office,
    "referred": referred_on,
    "asked": the_head_is_asked,
    "asked about one": only_what_the_head_is_asked_about,
}


class Seen:
    """What each account sees in each world. Whatever somebody guesses is asked for in all of them."""

    def __init__(self, worlds: Worlds) -> None:
        self._worlds = worlds
        self._made: dict[str, World] = {}
        self._walked: dict[tuple[str, str], Answers] = {}
        self.hidden = {case: self._world("some").references[case] for case in ABOUT}

    def _world(self, name: str) -> World:
        if name not in self._made:
            self._made[name] = after(WORLDS[name](before(self._worlds())))
            self._made[name].references |= self._made["some"].references
        return self._made[name]

    def __call__(self, name: str, login: str) -> Answers:
        if (name, login) not in self._walked:
            walk = Walk(self._world(name), login)
            if login == "quay" or (login in EVERYWHERE and name in ("none", "some")):
                walk.everywhere()
            else:
                walk.cases()
            if name.startswith("asked") and login == "truong":
                walk.get("/staff/head-support")
                walk.get(f"/staff/head-support/{self.hidden['an officer']}")
            file_by_pages(walk)
            file_by_api(walk)
            if login == "quay":
                file_for_somebody(walk)
            self._walked[name, login] = walk.blotted()
        return self._walked[name, login]


@pytest.fixture(scope="module")
def seen(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    """All worlds of this module, side by side."""
    with together(databases, tmp_path_factory.mktemp("worlds")) as worlds:
        yield Seen(worlds)


def file_by_pages(walk: Walk) -> None:
    """Somebody from there reports their own office, to see what the portal says to that."""
    steps = {
        "/report": {"category": "attitude.rude"},
        "/report/where": {"agency": OFFICE},
        "/report/happened": {"narrative": "Có người quát tôi ở quầy.", "accused_role": "officer"},
        "/report/about": {"reporter_type": "citizen", "disclosure": "anonymous"},
        "/report/check": {},
    }
    own = {"csrf_token": token_in(walk.client.get("/report", base_url=HOST).text)}
    receipt = ""
    for address, form in steps.items():
        receipt = walk.post(address, own | form, f"own report, {address}").text
        found = re.search(r'name="draft" value="([^"]+)"', receipt)
        own |= {"draft": found[1]} if found else {}
    code = "".join(re.findall(r"<span>([0-9A-Z]{5})</span>", receipt))
    assert len(code) == 25, "the own report was not filed"
    tracked = walk.post("/track", own | {"receipt_code": code}, "own report, tracked")
    assert tracked.status == 200


def file_for_somebody(walk: Walk) -> None:
    """The counter officer there writes down a report about their own office."""
    own = {"csrf_token": token_in(walk.client.get("/staff/assist/new", base_url=HOST).text)}
    told = {"category": "attitude.rude", "agency": OFFICE, "accused_role": "officer", "narrative": "Bị quát ở quầy."}
    sheet = {"channel": "counter", "reporter_type": "citizen", "disclosure": "anonymous", **told}
    page = walk.post("/staff/assist/new", own | sheet, "a sheet").text
    found = re.search(r'name="draft" value="([^"]+)"', page)
    assert found is not None
    assert "Bị quát ở quầy." in page
    receipt = walk.post("/staff/assist/check", own | {"draft": found[1]}, "a sheet, sent").text
    assert len(re.findall(r"<span>([0-9A-Z]{5})</span>", receipt)) == 5
    walk.get("/staff/assist", "the number after a sheet")


def file_by_api(walk: Walk) -> None:
    """The same by the API."""
    body = {"category": "attitude.rude", "agency": OFFICE, "accused_role": "officer", "disclosure": "anonymous"}
    walk.send("/api/v1/reports", {**body, "narrative": "Có người quát tôi."}, {"Idempotency-Key": "k" * 20})


@pytest.mark.parametrize("login", [*OFFICE_PEOPLE, *ABOVE])
def test_nobody_there_or_above_notices_the_reports(seen: Seen, login: str) -> None:
    assert differences(seen("none", login), seen("some", login)) == []


@pytest.mark.parametrize("login", OFFICE_PEOPLE)
def test_nobody_there_notices_that_one_went_past_them(seen: Seen, login: str) -> None:
    referred = seen("referred", login)
    assert differences({where: seen("none", login)[where] for where in referred}, referred) == []


@pytest.mark.parametrize("login", [one for one in (*OFFICE_PEOPLE, *ABOVE) if one != "truong"])
def test_nobody_but_the_head_notices_that_the_head_is_asked(seen: Seen, login: str) -> None:
    asked = seen("asked", login)
    assert differences({where: seen("none", login)[where] for where in asked}, asked) == []


def test_the_head_reads_the_one_and_notices_no_other(seen: Seen) -> None:
    some, one = seen("asked", "truong"), seen("asked about one", "truong")
    page = some[f"truong GET /staff/head-support/{seen.hidden['an officer']} (vi)"]
    assert page.status == 200
    assert "Một người ở quầy nói trống không." in page.text
    assert differences(one, some) == []


@pytest.mark.parametrize("login", ["nga", "quy"])
def test_they_see_their_other_cases_and_guess_these_in_vain(seen: Seen, login: str) -> None:
    answers = seen("some", login)
    assert len(answers[f"{login} GET /staff/queue (vi)"].cases) == SHORT_PAGE
    assert answers[f"{login} GET page 2 of the queue (vi)"].cases
    guessed = [f"{login} GET /staff/cases/{reference} (vi)" for reference in seen.hidden.values()]
    assert {answers[where].status for where in guessed} == {404}
    assert len({answers[where].body for where in guessed}) == 1


def test_the_city_sees_the_one_that_it_is_told_of(seen: Seen) -> None:
    page = seen("referred", "quy")[f"quy GET /staff/cases/{seen.hidden['an officer']} (vi)"]
    assert page.status == 200
    assert page.cases == {seen.hidden["an officer"]}


# What follows shows that the comparison can fail: each leak is one that a page could really have.


@pytest.fixture
def small(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worlds]:
    """Worlds of one test with a few cases each."""
    with together(databases, tmp_path_factory.mktemp("worlds")) as worlds:
        yield worlds


def _leaks(worlds: Worlds) -> list[str]:
    walked = []
    for exists in (False, True):
        world = worlds()
        for number in range(3 * exists):
            world.file(f"rude {number}", a_conduct_report())
        for number in range(SHORT_PAGE + 1):
            world.file(f"late {number}", a_delay(), days=1)
        walk = Walk(world, "nga")
        walk.get("/staff/queue")
        file_by_pages(walk)
        walked.append(walk.blotted())
    return differences(*walked)


def test_without_a_leak_nothing_differs(small: Worlds) -> None:
    assert _leaks(small) == []


def test_a_header_that_tells_the_newest_row_is_found(small: Worlds, monkeypatch: pytest.MonkeyPatch) -> None:
    def tagged(page: str) -> Response:
        response = make_response(page)
        response.set_etag(str(db.session.scalar(select(func.max(Case.id)))))
        return response

    monkeypatch.setattr("portal.web.desk.queue.make_response", tagged)
    assert _leaks(small) == ["nga GET /staff/queue (vi)"]


def test_a_page_mark_in_clear_is_found(small: Worlds, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.web.desk.within.page_mark", lambda _label, *parts: "-".join(parts))
    assert _leaks(small) == ["nga GET /staff/queue (vi)"]


def test_a_page_that_names_the_routing_rule_is_found(small: Worlds, monkeypatch: pytest.MonkeyPatch) -> None:
    def telling(filing: Filing, plan: Plan) -> dict[str, Any]:
        return for_check(filing, plan) | {"reasons": [plan.routing.rule]}

    monkeypatch.setattr("portal.web.public.lists.for_check", telling)
    assert any("/report/check" in where for where in _leaks(small))
