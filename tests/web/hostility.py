"""Sends hostile inputs to every door that a stranger finds, and notes what became of each.

Taken: the rules could read it (a text may hold anything). Told: the field itself says what is wrong: by a link in the
summary and a message beside it, or by its name in the API's problem. Turned away: refused, but not by the field.
"""

import base64
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from portal.foundation.database import Base
from portal.intake import drafts
from portal.web.public.drafting import COOKIE
from tests.makers.cast import OFFICE
from tests.makers.committed import Committed
from tests.web.naughty import MARKUP
from tests.web.worlds import HOST, token_in

ANSWERS: dict[str, dict[str, str]] = {
    "/report": {"category": "delay.late_result"},
    "/report/where": {
        "agency": OFFICE,
        "area": "",
        "procedure": "",
        "dossier_code": "H47-260212-0012",
        "promised_on": "",
        "committee_first": "yes",
    },
    "/report/happened": {
        "narrative": "Hồ sơ quá hẹn mười hai ngày.",
        "occurred_on": "",
        "occurred_until": "",
        "accused_role": "officer",
        "wish": "",
        "elsewhere": "",
    },
    "/report/about": {
        "reporter_type": "citizen",
        "disclosure": "confidential",
        "name": "Nguyễn Thị Lan",
        "phone": "",
        "email": "",
        "tax_code": "",
        "notify_email": "",
        "notify_phone": "",
    },
}
PAGE_OF = {name: address for address, names in ANSWERS.items() for name in names}
AS_READ = ("occurred_on", "occurred_until", "promised_on")  # a day that could be read is written out in the draft


class Became(StrEnum):
    """What became of an input."""

    TAKEN = "taken"
    TOLD = "told"
    TURNED_AWAY = "turned away"


@dataclass
class Tally:
    """All inputs of a door: what was sent and what became of it."""

    became: dict[str, Became] = field(default_factory=dict)

    def note(self, what: str, became: Became) -> None:
        """Each input counts once."""
        assert what not in self.became, f"sent twice: {what[:200]}"
        self.became[what] = became

    def count(self, became: Became) -> int:
        """How many became this."""
        return sum(one is became for one in self.became.values())

    @property
    def turned_away(self) -> list[str]:
        """The inputs that no field spoke of."""
        return [what for what, became in self.became.items() if became is Became.TURNED_AWAY]

    @property
    def share(self) -> float:
        """Of the refused ones, how many were told by their field."""
        told, away = self.count(Became.TOLD), self.count(Became.TURNED_AWAY)
        return told / (told + away) if told + away else 1.0

    def __str__(self) -> str:
        counts = ", ".join(f"{self.count(one)} {one}" for one in Became)
        return f"{len(self.became)} inputs: {counts}; {self.share:.1%} of the refused told by their field"


def check_safe(answer: TestResponse, what: str) -> None:
    """No fault of ours, and nothing that was typed became markup or a header."""
    assert answer.status_code < 500, f"{answer.status_code} after {what[:300]}"
    if answer.mimetype == "text/html" and not answer.content_encoding:
        assert MARKUP not in answer.text, what[:300]
    assert "hostile" not in str(answer.headers), what[:300]


def told(answer: TestResponse, names: tuple[str, ...]) -> bool:
    """Whether a page leads from its summary to one of these fields and says there what is wrong."""
    html = answer.text
    return any(
        f'href="#{name}"' in html and re.search(rf'id="{name}-error">.*?[.!]</span>', html, re.DOTALL) is not None
        for name in names
    )


class Filer:
    """Somebody with a finished draft who then sends something hostile, page by page."""

    def __init__(self, app: Flask, place: Committed) -> None:
        self.client, self.place = app.test_client(), place
        self.token = token_in(self.client.get("/report", base_url=HOST).text)
        self.handle = ""
        self.start()

    def start(self) -> None:
        """Writes a new draft to the end."""
        self.handle, self.answers = "", dict[str, str]()
        for address, names in ANSWERS.items():
            answer = self.post(address, names)
            assert answer.status_code == 302, answer.text
            self.handle = answer.headers["Location"].rpartition("draft=")[2]
            self.answers |= names

    def post(self, address: str, form: Mapping[str, str | list[str]]) -> TestResponse:
        """Sends a page."""
        sent = {"csrf_token": self.token, "draft": self.handle, **form}
        return self.client.post(address, base_url=HOST, data=sent)

    def post_bytes(self, address: str, body: bytes, content_type: str = "", **more: Any) -> TestResponse:
        """Sends a page whose body is already written."""
        content_type = content_type or "application/x-www-form-urlencoded"
        return self.client.post(address, base_url=HOST, data=body, content_type=content_type, **more)

    def try_field(self, name: str, value: str | list[str] | None, what: str, tally: Tally) -> None:
        """Sends a page on which one field is hostile (None: not there)."""
        address = PAGE_OF[name]
        form: dict[str, str | list[str]] = {**ANSWERS[address]}
        form.pop(name)
        if value is not None:
            form[name] = value
        answer = self.post(address, form)
        became = self.became(answer, (name,), what)
        tally.note(what, became)
        self.answers |= {one: typed if isinstance(typed, str) else typed[-1] for one, typed in form.items()}
        read = tuple(one for one in AS_READ if PAGE_OF[one] == address)
        self.check_draft(what, read if became is Became.TAKEN else ())

    def became(self, answer: TestResponse, names: tuple[str, ...], what: str) -> Became:
        """What a page made of it."""
        check_safe(answer, what)
        if answer.status_code == 302:
            assert f"draft={self.handle}" in answer.headers["Location"], what[:300]
            return Became.TAKEN
        return Became.TOLD if answer.status_code == 422 and told(answer, names) else Became.TURNED_AWAY

    def check_draft(self, what: str, unsure: tuple[str, ...] = ()) -> None:
        """The draft stays, with everything that was ever typed; what of these fields is unsure is looked up."""
        cookie = self.client.get_cookie(COOKIE, domain="portal.test")
        assert cookie is not None
        with self.place.session() as session:
            content = drafts.load(session, self.handle, base64.urlsafe_b64decode(cookie.value))
        assert content is not None, f"the draft is gone after {what[:300]}"
        self.answers |= {name: content.answers[name] for name in unsure}
        assert content.answers == self.answers, what[:300]


def rows(table: type[Base], place: Committed) -> int:
    """How many rows a table has."""
    with place.session() as session:
        return session.query(table).count()


def doubled() -> Iterator[tuple[str, list[str]]]:
    """Every field twice: first right, then wrong. Browsers mean the last."""
    for names in ANSWERS.values():
        for name, value in names.items():
            yield name, [value, "\x00hostile/../"]


def draft_in(page: str) -> str:
    """The draft that a page belongs to."""
    found = re.search(r'name="draft" value="([^"]+)"', page)
    assert found, page[:2_000]
    return found[1]
