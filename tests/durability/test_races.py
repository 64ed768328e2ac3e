"""Two people act on the same case at the same instant: one of them does, the other keeps what they typed and is told.

`make test` runs some races on each server, `make soak` a thousand. Nothing is lost: every text that was taken is there,
under its own number, with its own event; every text that was not stands on the page that came back.
"""

from functools import partial

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.cases.models import Case, ClearedText, Event
from portal.foundation.time import at
from tests.durability.desks import PAIR, Desk, at_once, form_of
from tests.makers.days import MONDAY, instant
from tests.web.worlds import HOST

RACES, MANY_RACES, RACES_A_CASE = 25, 1000, 25


def race(desk: Desk, address: str, texts: dict[str, str]) -> str:
    """Both write and see their preview, then both press the button at once. Returns who was first."""
    forms = {login: _previewed(client, address, texts[login]) for login, client in desk.clients.items()}

    def press(login: str) -> TestResponse:
        with at(instant(MONDAY)):
            return desk.clients[login].post(address, base_url=HOST, data={**forms[login], "do": "clear"})

    answers = at_once({login: partial(press, login) for login in forms})
    codes = {login: answer.status_code for login, answer in answers.items()}
    assert sorted(codes.values()) == [302, 409], codes
    second = next(login for login, code in codes.items() if code == 409)
    assert texts[second] in answers[second].text, "whoever was second has lost what they typed"
    return next(login for login, code in codes.items() if code == 302)


def _previewed(client: FlaskClient, address: str, text: str) -> dict[str, str]:
    """The form of a page that shows what would be saved."""
    with at(instant(MONDAY)):
        written = {**form_of(client.get(address, base_url=HOST).text), "text": text, "do": "preview"}
        page = client.post(address, base_url=HOST, data=written)
    assert page.status_code == 200
    return {**form_of(page.text), "text": text}


def races(desk: Desk, many: int) -> dict[str, list[str]]:
    """So many races over several cases. Returns the texts that were taken, by case, in their order."""
    taken: dict[str, list[str]] = {}
    reference = ""
    for number in range(many):
        if number % RACES_A_CASE == 0:
            reference = desk.new_case(number)
            taken[reference] = []
        texts = {login: f"Lần {number} {login}: người ở quầy nói trống không." for login in PAIR}
        taken[reference].append(texts[race(desk, f"/staff/cases/{reference}/clear", texts)])
    return taken


def check(desk: Desk, taken: dict[str, list[str]]) -> None:
    """What was answered with success is what is stored: no more, no less, each once."""
    with desk.place.session() as session:
        for reference, texts in taken.items():
            case = session.scalars(select(Case).where(Case.reference == reference)).one()
            rows = session.scalars(
                select(ClearedText).where(ClearedText.case_id == case.id).order_by(ClearedText.version)
            )
            assert [(row.version, row.text) for row in rows] == list(enumerate(texts, start=1))
            told = (
                select(Event.payload).where(Event.case_id == case.id, Event.kind == "text_cleared").order_by(Event.id)
            )
            assert [one["version"] for one in session.scalars(told)] == list(range(1, len(texts) + 1))
            assert case.version == 1 + len(texts)


def test_one_of_two_is_first(desk: Desk) -> None:
    check(desk, races(desk, RACES))


@pytest.mark.soak
def test_one_of_two_is_first_a_thousand_times(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    taken = races(desk, MANY_RACES)
    check(desk, taken)
    first = {login: sum(f" {login}: " in text for texts in taken.values() for text in texts) for login in PAIR}
    with capsys.disabled():
        print(f"\n{desk.place.engine.dialect.name}: {MANY_RACES} races, nothing lost; first were {first}")
