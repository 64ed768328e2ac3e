"""Hostile inputs at every door, limits off: no 5xx, the draft stays, and whoever is refused reads why at the field.

An input is one value in one field (or one field doubled or missing) of the filing pages, the tracking pages, the
sign-in or the API. The share is that of the refused ones which the field itself told (hostility.py says what that
is). What is no value of a field (bodies, headers, paths, cookies) has no field to tell: there it is counted that
nothing breaks and the draft stays.
"""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal import create_app
from portal.cases.models import Report
from portal.foundation.text import clean_line
from portal.foundation.time import at
from portal.intake.models import Draft
from tests.makers.committed import Committed
from tests.makers.databases import FULL, KEYS, POSTGRESQL, SQLITE, Databases
from tests.makers.days import MONDAY, instant
from tests.makers.filings import a_delay
from tests.makers.settings import settings
from tests.web.hostility import ANSWERS, PAGE_OF, Became, Filer, Tally, check_safe, doubled, draft_in, rows, told
from tests.web.installing import Portal, close
from tests.web.naughty import BROKEN, DATES, DOSSIERS, EMAILS, PHONES, TAX_CODES, TEXTS, WORDS, WRONG_TYPES
from tests.web.program import DELAY, KEY, REPORTS, TRACK
from tests.web.worlds import COMPILED, HOST, token_in

SHORT = [text for text in TEXTS if not text.isprintable() and len(text) < 99]
SPECIAL: dict[str, tuple[str, ...]] = {
    "occurred_on": DATES,
    "occurred_until": DATES[:10],
    "promised_on": DATES[10:20],
    "phone": PHONES,
    "notify_phone": PHONES[:8],
    "email": EMAILS,
    "notify_email": EMAILS[:8],
    "tax_code": TAX_CODES,
    "dossier_code": DOSSIERS,
    **dict.fromkeys(("category", "agency", "area", "procedure", "accused_role", "committee_first"), WORDS),
    **dict.fromkeys(("reporter_type", "disclosure"), WORDS),
}
ALSO = (
    "category",
    "email",
    "wish",
    "name",
    "phone",
    "tax_code",
    "dossier_code",
    "notify_email",
    "promised_on",
    "disclosure",
)


def say(tally: Tally, capsys: pytest.CaptureFixture[str], door: str) -> None:
    """Prints the figures, and holds them to what was promised."""
    with capsys.disabled():
        print(f"\n{door}: {tally}")
    assert tally.share >= 0.95, tally.turned_away


def test_filing_pages(filer: Filer, hostile_portal: Portal, capsys: pytest.CaptureFixture[str]) -> None:
    tally = Tally()
    for number, text in enumerate(TEXTS):
        for name in ("narrative", "occurred_on", ALSO[number % len(ALSO)]):
            filer.try_field(name, text, f"{name} <- text {number}: {text[:40]!r}", tally)
    for name, values in SPECIAL.items():
        for value in values:
            filer.try_field(name, value, f"{name} <- {value!r}", tally)
    for name, twice in doubled():
        filer.try_field(name, twice, f"{name} twice", tally)
    say(tally, capsys, "filing pages")
    assert len(tally.became) >= 400
    assert tally.count(Became.TOLD) >= 300
    assert hostile_portal.count(Report) == 0


def test_missing_fields(filer: Filer, capsys: pytest.CaptureFixture[str]) -> None:
    tally = Tally()
    for name in PAGE_OF:
        filer.handle = ""  # a draft that has none of it yet
        address = PAGE_OF[name]
        form = {one: value for one, value in ANSWERS[address].items() if one != name}
        answer = filer.post(address, form)
        check_safe(answer, name)
        optional = answer.status_code == 302
        tally.note(name, Became.TAKEN if optional else Became.TOLD if told(answer, (name,)) else Became.TURNED_AWAY)
    say(tally, capsys, "missing fields")
    assert {name for name, became in tally.became.items() if became is Became.TOLD} >= {
        *("category", "agency", "narrative", "reporter_type", "disclosure", "name"),
    }


def test_broken_bytes_in_fields(filer: Filer, capsys: pytest.CaptureFixture[str]) -> None:
    tally = Tally()
    for number, raw in enumerate(BROKEN):
        for name in ("narrative", "occurred_on", "category", "email", "accused_role"):
            address, what = PAGE_OF[name], f"{name} <- {raw} {number}"
            form = {**ANSWERS[address], "draft": filer.handle, "csrf_token": filer.token}
            body = "&".join(f"{one}={value}" for one, value in form.items() if one != name) + f"&{name}={raw}"
            answer = filer.post_bytes(address, body.encode().replace(b" ", b"+"))
            tally.note(what, filer.became(answer, (name,), what))
            filer.check_draft(what, tuple(ANSWERS[address]))
    say(tally, capsys, "broken bytes")


def test_tracking(hostile_portal: Portal, capsys: pytest.CaptureFixture[str]) -> None:
    tally, client = Tally(), hostile_portal.app.test_client()
    token = token_in(client.get("/track", base_url=HOST).text)
    for number, text in enumerate((*TEXTS, *WORDS, "0" * 25, "ABCDE-" * 5, "I" * 25, "Ạ" * 25, "٣" * 25)):
        answer = client.post("/track", base_url=HOST, data={"csrf_token": token, "receipt_code": text})
        check_safe(answer, text)
        assert answer.status_code in (404, 422)
        tally.note(f"{number} {text[:40]!r}", Became.TOLD if told(answer, ("receipt_code",)) else Became.TURNED_AWAY)
    client.post("/track", base_url=HOST, data={"csrf_token": token, "receipt_code": hostile_portal.file(a_delay())})
    for number, text in enumerate(TEXTS):
        answer = client.post("/track/facts", base_url=HOST, data={"csrf_token": token, "text": text})
        check_safe(answer, text)
        is_told = answer.status_code == 422 and told(answer, ("facts-text",))
        became = Became.TAKEN if answer.status_code == 302 else Became.TOLD if is_told else Became.TURNED_AWAY
        tally.note(f"facts {number} {text[:40]!r}", became)
    for score in ("", "0", "6", "12", "-1", "x", "٣", "1.0", "9" * 5_000, "\x00"):
        check_safe(client.post("/track/rate", base_url=HOST, data={"csrf_token": token, "score": score}), score)
    say(tally, capsys, "tracking pages")


def test_sign_in(hostile_portal: Portal, capsys: pytest.CaptureFixture[str]) -> None:
    tally, client = Tally(), hostile_portal.app.test_client()
    token = token_in(client.get("/staff/sign-in", base_url=HOST).text)
    for number, text in enumerate(TEXTS):
        for form in (
            {"login": text, "password": "x"},
            {"login": "minh", "password": text},
            {"login": text, "next": text},
        ):
            answer = client.post("/staff/sign-in", base_url=HOST, data={"csrf_token": token, **form})
            check_safe(answer, text)
            assert answer.status_code == 422
            tally.note(
                f"{number} {sorted(form)} {form['login'][:20]!r}",
                Became.TOLD if told(answer, ("login",)) else Became.TURNED_AWAY,
            )
    say(tally, capsys, "sign-in")


FIELDS = (
    *("category", "agency", "area", "procedure", "dossier_code", "promised_on", "occurred_on", "occurred_until"),
    *(
        "accused_role",
        "narrative",
        "wish",
        "elsewhere",
        "language",
        "disclosure",
        "committee_first",
        "notify",
        "reporter",
    ),
)


def send(client: FlaskClient, body: object, address: str = REPORTS) -> TestResponse:
    """Sends JSON with every letter escaped, halves of letters too."""
    headers = {"Idempotency-Key": KEY}
    return client.post(address, base_url=HOST, data=json.dumps(body), content_type="application/json", headers=headers)


def api(client: FlaskClient, body: object, names: tuple[str, ...], what: str, address: str = REPORTS) -> Became:
    """What the API made of a body."""
    answer = send(client, body, address)
    check_safe(answer, what)
    problem = answer.json
    assert problem is not None, what
    if answer.status_code == 201:
        return Became.TAKEN
    is_told = answer.status_code == 422 and any(problem["errors"].get(name) for name in names)
    return Became.TOLD if is_told else Became.TURNED_AWAY


def test_api(hostile_portal: Portal, capsys: pytest.CaptureFixture[str]) -> None:
    tally, client = Tally(), hostile_portal.app.test_client(use_cookies=False)
    named = {**DELAY, "disclosure": "confidential", "reporter": {"name": "Lan"}}
    for number, text in enumerate((*TEXTS, "\ud800", "a\udfff\ud800b")):
        what = f"<- {number} {text[:30]!r}"
        for name in ("narrative", "occurred_on"):
            tally.note(f"{name} {what}", api(client, {**DELAY, name: text}, (name,), what))
        body: dict[str, Any] = {**named, "reporter": {"name": "Lan", "phone": text}}
        tally.note(f"phone {what}", api(client, body, ("reporter.phone",), what))
        tally.note(f"field named {what}", api(client, {**DELAY, text: 1}, (clean_line(text[:80]),), what))
    for name in FIELDS:
        for value in WRONG_TYPES:
            inner = tuple(f"{name}.{key}" for key in value) if isinstance(value, dict) else ()
            what = f"{name} <- {value!r:.40}"
            tally.note(what, api(client, {**DELAY, name: value}, (name, *inner), what))
    for value in WRONG_TYPES:
        what = f"track {value!r:.40}"
        tally.note(what, api(client, {"receipt_code": value}, ("receipt_code",), what, TRACK))
    say(tally, capsys, "API")


def test_the_same_on_postgresql(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The other server refuses what SQLite swallows: NUL, broken letters, numbers that are too large."""
    folder = tmp_path_factory.mktemp("hostile")
    urls = databases.copy(POSTGRESQL, FULL), databases.copy(SQLITE, KEYS)
    place = Committed(*urls, folder)
    app = create_app(settings(folder, *urls, PORTAL_LIMITS="off"))
    app.jinja_env.bytecode_cache = COMPILED
    with at(instant(MONDAY)):
        tally = Tally()
        for number, text in enumerate((*SHORT, "'; --", "9" * 400)):
            send_everywhere(app.test_client(), text)
            body = {**DELAY, **dict.fromkeys(("category", "agency", "area", "procedure", "dossier_code"), text)}
            tally.note(f"{number} {text!r}", api(app.test_client(), body, ("category",), text))
        assert tally.share == 1.0, tally.turned_away
        assert rows(Draft, place) > 0
    close(app)
    place.close()
    for url in urls:
        databases.drop(url)


def send_everywhere(client: FlaskClient, text: str) -> None:
    """One text in every field of every page of one draft, and at the other doors."""
    page = client.get("/report", base_url=HOST).text
    token = token_in(page)
    for address, names in ANSWERS.items():
        form = {"csrf_token": token, "draft": draft_in(page), **dict.fromkeys(names, text)}
        answer = client.post(address, base_url=HOST, data=form)
        check_safe(answer, f"{address}: {text!r}")
        page = answer.text
        for query in ({"draft": draft_in(page)}, {"draft": text, "agency": text}):
            check_safe(client.get(address, base_url=HOST, query_string=query), f"{address}: {text!r}")
    for address, name in (("/track", "receipt_code"), ("/staff/sign-in", "login")):
        check_safe(client.post(address, base_url=HOST, data={"csrf_token": token, name: text}), f"{address}: {text!r}")
    check_safe(send(client, {**DELAY, "narrative": text}), text)
    check_safe(client.get("/api/v1/agencies", base_url=HOST, query_string={"after": text}), text)
