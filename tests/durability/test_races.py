"""Two people act on the same case at the same instant: one of them does, the other keeps what they typed and is told.

`make test` runs some races on each server, `make soak` a thousand. Nothing is lost: every text that was taken is there,
under its own number, with its own event; every text that was not stands on the page that came back.
"""

import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_security.utils import hash_password
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal import create_app
from portal.cases.models import Case, ClearedText, Event
from portal.foundation.database import transaction
from portal.foundation.time import at
from portal.staff.accounts import set_password
from tests.makers.cast import hire_everybody
from tests.makers.committed import Committed
from tests.makers.databases import FULL, KEYS, POSTGRESQL, SQLITE, Databases
from tests.makers.days import MONDAY, instant
from tests.makers.filings import a_conduct_report
from tests.makers.settings import settings
from tests.web.installing import close
from tests.web.worlds import COMPILED, HOST, PASSWORD, token_in

RACES, MANY_RACES, RACES_A_CASE = 25, 1000, 25
PAIR = ("minh", "hanh")


@dataclass
class Desk:
    """An application with two inspectors signed in."""

    app: Flask
    place: Committed
    clients: dict[str, FlaskClient]


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def desk(
    request: pytest.FixtureRequest, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    """On each server."""
    folder = tmp_path_factory.mktemp("races")
    urls = databases.copy(request.param, FULL), databases.copy(SQLITE, KEYS)
    place = Committed(*urls, folder)
    app = create_app(settings(folder, *urls, PORTAL_LIMITS="off"))
    app.jinja_env.bytecode_cache = COMPILED
    with at(instant(MONDAY)):
        with app.app_context(), place.session() as session, transaction(session):
            cast = hire_everybody(session)
            for login in PAIR:
                set_password(getattr(cast, login), PASSWORD, hash_password)
        yield Desk(app, place, {login: _signed_in(app, login) for login in PAIR})
    close(app)
    place.close()
    for url in urls:
        databases.drop(url)


def _signed_in(app: Flask, login: str) -> FlaskClient:
    client = app.test_client()
    token = token_in(client.get("/staff/sign-in", base_url=HOST).text)
    form = {"login": login, "password": PASSWORD, "csrf_token": token}
    assert client.post("/staff/sign-in", base_url=HOST, data=form).status_code == 302
    return client


def race(desk: Desk, address: str, texts: dict[str, str]) -> str:
    """Both write and see their preview, then both press the button at once. Returns who was first."""
    forms = {login: _previewed(client, address, texts[login]) for login, client in desk.clients.items()}
    start = threading.Barrier(len(forms))
    answers: dict[str, TestResponse] = {}

    def press(login: str) -> None:
        start.wait()
        with at(instant(MONDAY)):
            answers[login] = desk.clients[login].post(address, base_url=HOST, data={**forms[login], "do": "clear"})

    threads = [threading.Thread(target=press, args=(login,)) for login in forms]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    codes = {login: answer.status_code for login, answer in answers.items()}
    assert sorted(codes.values()) == [302, 409], codes
    second = next(login for login, code in codes.items() if code == 409)
    assert texts[second] in answers[second].text, "whoever was second has lost what they typed"
    return next(login for login, code in codes.items() if code == 302)


def _previewed(client: FlaskClient, address: str, text: str) -> dict[str, str]:
    """The form of a page that shows what would be saved."""
    with at(instant(MONDAY)):
        written = {**_form(client.get(address, base_url=HOST).text), "text": text, "do": "preview"}
        page = client.post(address, base_url=HOST, data=written)
    assert page.status_code == 200
    return {**_form(page.text), "text": text}


def _form(page: str) -> dict[str, str]:
    held = {
        name: page.partition(f'name="{name}" value="')[2].partition('"')[0] for name in ("version", "shown", "seen")
    }
    assert held["version"]
    return {"csrf_token": token_in(page), **held}


def races(desk: Desk, many: int) -> dict[str, list[str]]:
    """So many races over several cases. Returns the texts that were taken, by case, in their order."""
    taken: dict[str, list[str]] = {}
    reference = ""
    for number in range(many):
        if number % RACES_A_CASE == 0:
            reference = _new_case(desk, number)
            taken[reference] = []
        texts = {login: f"Lần {number} {login}: người ở quầy nói trống không." for login in PAIR}
        taken[reference].append(texts[race(desk, f"/staff/cases/{reference}/clear", texts)])
    return taken


def _new_case(desk: Desk, number: int) -> str:
    desk.place.file(a_conduct_report(), f"the key of case number {number}")
    with desk.place.session() as session:
        return session.scalars(select(Case.reference).order_by(Case.id.desc()).limit(1)).one()


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
