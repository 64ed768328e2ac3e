"""An application with people signed in, and what they do in the same instant."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.cases.models import Case
from tests.makers.committed import Committed
from tests.makers.filings import a_conduct_report
from tests.web.worlds import HOST, PASSWORD, token_in

PAIR = ("minh", "hanh")


@dataclass
class Desk:
    """An application with two inspectors signed in."""

    app: Flask
    place: Committed
    clients: dict[str, FlaskClient]

    def new_case(self, key: object) -> str:
        """A conduct report that nobody has touched; its reference."""
        self.place.file(a_conduct_report(), f"the key of case number {key}")
        with self.place.session() as session:
            return session.scalars(select(Case.reference).order_by(Case.id.desc()).limit(1)).one()


def signed_in(app: Flask, login: str) -> FlaskClient:
    """A browser in which somebody has signed in."""
    client = app.test_client()
    token = token_in(client.get("/staff/sign-in", base_url=HOST).text)
    form = {"login": login, "password": PASSWORD, "csrf_token": token}
    assert client.post("/staff/sign-in", base_url=HOST, data=form).status_code == 302
    return client


def at_once(presses: Mapping[str, Callable[[], TestResponse]]) -> dict[str, TestResponse]:
    """All of them press in the same instant. Returns what each of them is answered."""
    start = threading.Barrier(len(presses))
    answers: dict[str, TestResponse] = {}

    def press(who: str) -> None:
        start.wait()
        answers[who] = presses[who]()

    threads = [threading.Thread(target=press, args=(who,)) for who in presses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def form_of(page: str) -> dict[str, str]:
    """The marks that a page's form says of the case it was opened on."""
    held = {
        name: page.partition(f'name="{name}" value="')[2].partition('"')[0] for name in ("version", "shown", "seen")
    }
    assert held["version"]
    return {"csrf_token": token_in(page), **held}
