"""An account that is kept from cases by name cannot tell that they exist, and neither can one that stepped aside.

The worlds are the same but for cases in the account's own work, from which it is kept from the first day on: no byte of
any answer differs, no spreadsheet's cell, no notice to the account, and no statement that the databases were asked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import false, func, select
from werkzeug.routing import IntegerConverter

from portal.cases.models import Case, Clock, Event, Report
from portal.search.models import SearchDocument
from tests.makers.cast import OFFICE
from tests.makers.databases import Databases
from tests.web.database_work import more_work
from tests.web.walking import Answers, Walk, Works, addresses, differences
from tests.web.world_secrets import RARE, STORIES, notices_to, tell_with
from tests.web.worlds import World, Worlds, together

NONE = "nothing"
KEPT = pytest.mark.parametrize(("login", "how"), STORIES)
HIDDEN = "hidden"
OPENED = ("fresh", "answered", "rude", "held", "bribe", "late 1")  # of what there is in all worlds; lists show the rest
HEARING = re.compile(r'href="(/staff/hearings/[0-9a-f]+)"')
OWN_REPORT = {
    "category": "attitude.rude",
    "agency": OFFICE,
    "accused_role": "officer",
    "disclosure": "anonymous",
    "narrative": "Có người quát tôi.",
}
NUMBERED = (Case, Report, Event, Clock, SearchDocument)


@dataclass(frozen=True)
class Met:
    """All that an account meets in a world."""

    answers: Answers
    works: Works
    tables: dict[str, list[list[str]]]
    notices: list[tuple[object, ...]]


class Seen:
    """What each account meets in each world. Hidden cases are asked for by their references in all of them."""

    def __init__(self, worlds: Worlds) -> None:
        self._worlds = worlds
        self._made: dict[tuple[str, str], World] = {}
        self._met: dict[tuple[str, str], Met] = {}

    def world(self, login: str, how: str) -> World:
        """The world in which the account is kept away like this: each its own, for accounts leave something behind."""
        key = login, how
        if key not in self._made:
            self._made[key] = tell_with(STORIES.get(key), self._worlds())
        return self._made[key]

    def hidden(self, login: str) -> dict[str, str]:
        """The references of the cases that this account must not notice."""
        world = self.world(login, "by name")
        return {case: reference for case, reference in world.references.items() if case.startswith(HIDDEN)}

    def __call__(self, login: str, how: str) -> Met:
        if (login, how) not in self._met:
            hidden, world = self.hidden(login), self.world(login, how)
            known = {case: one for case, one in world.references.items() if not case.startswith(HIDDEN)}
            assert how == NONE or {*known.values(), *hidden.values()} == set(world.references.values())
            world.references = {case: known[case] for case in OPENED} | hidden
            told = notices_to(world, login)
            walk = Walk(world, login, is_cold=True)
            walk.everywhere()
            for words in (RARE, f'"{RARE}"', f"ho so {RARE.split()[0]}"):
                walk.get(f"/staff/queue?q={words}")
            for address in HEARING.findall(walk.get("/staff/hearings", "the hearings again").text):
                walk.get(address)
            walk.make("fresh", "note", {"text": "Đã gọi lại cho quầy."})
            walk.send("/api/v1/reports", OWN_REPORT, {"Idempotency-Key": "k" * 20})
            walk.exports()
            self._met[login, how] = Met(walk.blotted(), walk.works, walk.tables, told)
        return self._met[login, how]


@pytest.fixture(scope="module")
def seen(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    """All worlds of this module, side by side."""
    with together(databases, tmp_path_factory.mktemp("worlds")) as worlds:
        yield Seen(worlds)


@KEPT
def test_no_answer_tells_of_it(seen: Seen, login: str, how: str) -> None:
    assert differences(seen(login, NONE).answers, seen(login, how).answers) == []


@KEPT
def test_no_notice_tells_of_it(seen: Seen, login: str, how: str) -> None:
    assert seen(login, NONE).notices == seen(login, how).notices


@KEPT
def test_the_databases_are_asked_for_the_same(seen: Seen, login: str, how: str) -> None:
    """How long an answer takes follows from what is done for it: as many statements, the same ones, as many rows."""
    assert more_work(seen(login, NONE).works, seen(login, how).works) == {}


@KEPT
def test_the_sheets_that_are_compared_hold_what_the_account_sees(seen: Seen, login: str, how: str) -> None:
    tables, world = seen(login, how).tables, seen.world(login, how)
    assert len(tables) == 2
    for rows in tables.values():
        references = {row[0] for row in rows[1:]}
        assert len(rows[0]) >= 9
        assert world.references["late 1"] in references
        assert not references & {*seen.hidden(login).values()}


@KEPT
def test_hidden_addresses_are_those_of_no_case(seen: Seen, login: str, how: str) -> None:
    met = seen(login, how)
    for reference in seen.hidden(login).values():
        hidden, nobodys = (f"{login} GET /staff/cases/{one} (vi)" for one in (reference, "VV-000000"))
        assert met.answers[hidden] == met.answers[nobodys]
        assert met.answers[hidden].status == 404
        assert met.works[hidden] == met.works[nobodys]
        assert met.works[hidden]


@KEPT
def test_the_same_things_have_other_numbers_there(seen: Seen, login: str, how: str) -> None:
    """So that a number shown, or anything counted from one, would have been found above."""
    for kind in NUMBERED:
        with seen.world(login, NONE).place.session() as one, seen.world(login, how).place.session() as other:
            last = select(func.max(kind.id))
            assert (one.scalar(last) or 0) < (other.scalar(last) or 0), kind


@pytest.mark.parametrize("login", ["quy", "khang", "hanh"])
def test_no_address_of_theirs_counts(seen: Seen, login: str) -> None:
    world = seen.world(login, NONE)
    theirs = {endpoint for endpoint, _address in addresses(world, login)}
    rules = [rule for rule in world.app.url_map.iter_rules() if rule.endpoint in theirs]
    assert len(rules) > 50
    numbered = [rule for rule in rules if any(isinstance(one, IntegerConverter) for one in rule._converters.values())]
    assert {rule.endpoint for rule in numbered} == {"desk.print_reminder"}  # the n-th of a case that they see


# What follows shows that the comparison can fail: each leak is one that was there, or that an answer could really have.


def _asked(world: World, login: str, address: str) -> Walk:
    walk = Walk(world, login, is_cold=True)
    walk.get(address)
    return walk


def test_who_is_not_kept_away_sees_the_cases(seen: Seen) -> None:
    address = f"/staff/cases/{seen.hidden('hanh')['hidden rude']}"
    walks = [_asked(seen.world("hanh", how), "khang", address) for how in (NONE, "by name")]
    where = f"khang GET {address} (vi)"
    assert [walk.answers[where].status for walk in walks] == [404, 200]
    assert differences(walks[0].blotted(), walks[1].blotted()) == [where]
    assert [*more_work(walks[0].works, walks[1].works)] == [where]


def test_a_search_that_drops_afterwards_what_a_wall_hides_is_found(seen: Seen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.search.queries.behind_a_wall", lambda _viewer, _column, **_how: false())
    walks = [_asked(seen.world("khang", how), "khang", f"/staff/queue?q={RARE}") for how in (NONE, "by name")]
    assert differences(walks[0].blotted(), walks[1].blotted()) == []
    assert more_work(walks[0].works, walks[1].works) != {}
