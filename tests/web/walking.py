"""Walks through everything that an account can open, and keeps each answer in a form that can be compared.

The addresses come from the application's own map: a new one is walked without anybody thinking of it, and one
with a parameter that has no example here fails.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient
from werkzeug.routing import AnyConverter, Rule
from werkzeug.test import TestResponse

from portal.cases.status import MOVES
from portal.catalogue import kept as catalogue_kept
from portal.staff.accounts import staff_by_login
from portal.staff.models import Staff
from portal.staff.permissions import Permission
from portal.web.desk.exporting import KINDS
from portal.web.desk.move_pages import MOVE_PAGES
from portal.web.frame import fragments, site, whole_pages
from portal.web.frame.access import Allowed, Who
from portal.web.frame.pagination import place_of
from portal.web.frame.runtime_file import runtime_file
from tests.web.database_work import work_noted
from tests.web.sheets import cells, unpacked
from tests.web.worlds import HOST, World, token_in

_TOKEN = re.compile(rb'(name="csrf_token" value=")[^"]+')
_NONCE = re.compile(r"(nonce[-=]\"?)[\w+/=-]+")
SPREADSHEET = KINDS["xlsx"]
ASKED = 4  # so many cases are looked for by their reference
_EXPIRES = re.compile(r" Expires=[^;]+;")  # by the machine's clock; Max-Age stands beside it
_PROOF = re.compile(rb"(proof-of-filing/1(?:\n|\\n))[\w+/]{43}=|(\xe2\x80\x94 [\w.]+ )[\w+/]{91}=")
_MARK = re.compile(rb"((?:/staff/queue\?|name=\"back\" value=\")((?:[\w=&;%.+-]+&amp;)?)after=)([\w-]+)")
_NEXT = re.compile(r'href="/staff/queue\?after=([\w-]+)" rel="next"')
_SEEN = re.compile(rb'(name="seen" value=")([\w-]+)(?=")')
_BY_THE_CLOCK = ("csrf_token", "fs_paa")  # drawn by the libraries themselves: no test can hold them still
_CASE = re.compile(r'href="/staff/cases/(VV-[0-9A-Z]{6})(?:\?in=[\w-]+)?"|<span class="code">(VV-[0-9A-Z]{6})<')


@dataclass(frozen=True)
class Answer:
    """One response, less CSRF token and nonce; a session cookie as what it says."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)

    @property
    def text(self) -> str:
        """The body."""
        return self.body.decode()

    @property
    def cases(self) -> frozenset[str]:
        """The cases that the page is about or leads to."""
        return frozenset(found[1] or found[2] for found in _CASE.finditer(self.text))


Answers = dict[str, Answer]
Works = dict[str, tuple[str, ...]]  # what the databases were asked for, for each answer


def answer(app: Flask, response: TestResponse) -> Answer:
    """A response in comparable form."""
    body = _TOKEN.sub(rb"\1-", response.get_data())
    response.close()
    headers = [(name, _plain(app, name, value)) for name, value in response.headers]
    return Answer(response.status_code, tuple(sorted(headers)), body)


def _plain(app: Flask, name: str, value: str) -> str:
    value = _EXPIRES.sub("", _NONCE.sub(r"\1-", value))
    if name == "Set-Cookie" and value.startswith(app.config["SESSION_COOKIE_NAME"] + "="):
        content, _, attributes = value.partition("=")[2].partition(";")
        return f"session {_said(app, content)};{attributes}"
    if name == "Set-Cookie" and value.startswith("__Host-track="):
        return f"track;{value.partition(';')[2]}"  # sealed, with the instant by the machine's clock
    return value


def _said(app: Flask, cookie: str) -> str:
    """What a session cookie says: whoever holds it can read it."""
    interface = app.session_interface
    assert isinstance(interface, SecureCookieSessionInterface)
    serializer = interface.get_signing_serializer(app)
    assert serializer is not None
    content = dict(serializer.loads(cookie)) if cookie else {}
    return repr(sorted((name, value) for name, value in content.items() if name not in _BY_THE_CLOCK))


def differences(one: Answers, other: Answers) -> list[str]:
    """Where two walks differ."""
    return [where for where in {**one, **other} if one.get(where) != other.get(where)]


@dataclass
class Walk:
    """One account's way through one world, in one language."""

    world: World
    login: str
    language: str = "vi"
    is_cold: bool = False  # what the process keeps of pages and the catalogue is asked for anew by each request
    client: FlaskClient = field(init=False, repr=False)
    answers: Answers = field(default_factory=dict, repr=False)
    works: Works = field(default_factory=dict, repr=False)
    tables: dict[str, list[list[str]]] = field(default_factory=dict, repr=False)  # of files that are spreadsheets

    def __post_init__(self) -> None:
        self.world.draws.start(f"{self.login} walks")
        with self.world.app.app_context(), runtime_file() as kept:
            kept.execute("DELETE FROM presence")  # of who walked here before
        self.client = self.world.sign_in(self.login)
        self.client.set_cookie("__Host-lang", self.language, domain=HOST.partition("://")[2])
        self.client.get("/staff/queue", base_url=HOST)  # the first form gives the session its CSRF token

    def get(self, address: str, where: str = "") -> Answer:
        """Opens an address and follows where it leads; every step is kept."""
        kept = self._ask(f"{self.login} GET {where or address}", "GET", address)
        return self._follow(kept, where or address)

    def post(self, address: str, form: dict[str, str], where: str) -> Answer:
        """Sends a form and follows where it leads; every step is kept."""
        self.world.draws.start(f"{self.login} {where}")
        kept = self._ask(f"{self.login} POST {where}", "POST", address, data=form)
        return self._follow(kept, where)

    def send(self, address: str, body: dict[str, str], headers: dict[str, str]) -> Answer:
        """Sends JSON."""
        self.world.draws.start(f"{self.login} sends {address}")
        return self._ask(f"{self.login} POST {address}", "POST", address, json=body, headers=headers)

    def _follow(self, kept: Answer, where: str) -> Answer:
        target = dict(kept.headers).get("Location")
        return self.get(target, f"{where} → {target}") if target and kept.status in (302, 303) else kept

    def _ask(self, where: str, method: str, address: str, **more: Any) -> Answer:
        where = f"{where} ({self.language})"
        assert where not in self.answers, f"twice: {where}"
        if self.is_cold:
            for kept in (catalogue_kept, whole_pages, fragments, site):
                kept._kept.clear()
        with work_noted() as work:
            response = self.client.open(address, base_url=HOST, method=method, **more)
            assert response.status_code < 500, f"{response.status_code}: {where}"
            found = answer(self.world.app, response)
        if response.mimetype == SPREADSHEET:
            self.tables[where] = cells(found.body)
            found = replace(found, body=unpacked(found.body))
        self.answers[where], self.works[where] = found, work.lines
        return found

    def everywhere(self) -> None:
        """Every address that this account may GET."""
        found = {address: endpoint for endpoint, address in addresses(self.world, self.login)}  # some have two rules
        for address, endpoint in found.items():
            cookies = dict(self.client._cookies or {})
            page = self.get(address)
            if endpoint == LEAVE:  # it signs out, and nothing after it would be compared
                self.client._cookies = cookies
            if endpoint == "desk.list_queue" and "?" not in address:
                self._turn_pages(page)

    def cases(self) -> None:
        """The queue, and every case with the moves that are open."""
        self._turn_pages(self.get("/staff/queue"))
        for reference in self.world.references.values():
            page = self.get(f"/staff/cases/{reference}")
            for move in moves_on(page.text, reference):
                self.get(f"/staff/cases/{reference}/{move}")

    def prints(self) -> None:
        """A copy of every case."""
        for name, reference in self.world.references.items():
            token = token_in(self.client.get(f"/staff/cases/{reference}", base_url=HOST).text)
            self.post(f"/staff/cases/{reference}/print", {"csrf_token": token}, f"{name}, printed")

    def exports(self) -> None:
        """The queue as a file of each kind, of open cases and of all; then the list of who took which."""
        token = token_in(self.client.get("/staff/queue", base_url=HOST).text)
        for kind in KINDS:
            for query in ("", "agency=H-HA-MC&past=1"):
                form = {"csrf_token": token, "kind": kind, "filter": query}
                file = self.post("/staff/exports", form, f"the queue as a file, {kind}, {query or 'open'}")
                assert file.status == 200
        self.get("/staff/exports", "the files that were taken")

    def blotted(self) -> Answers:
        """The answers without what nobody can read: marks of the queue's pages and of the event seen last, where they
        are encrypted as they should be (no two worlds number rows alike), and the leaf of a proof of filing, a hash
        under a secret salt.
        """
        blotted = {}
        for where, one in self.without_seen_marks().items():
            body = _PROOF.sub(lambda found: (found[1] or found[2]) + b"-", _MARK.sub(self._blotted, one.body))
            blotted[where] = replace(one, body=body)
        return blotted

    def without_seen_marks(self) -> Answers:
        """The answers without marks of the event seen last: its number also counts what happens out of sight."""
        return {
            where: replace(one, body=_SEEN.sub(self._blotted_seen, one.body)) for where, one in self.answers.items()
        }

    def _blotted(self, found: re.Match[bytes]) -> bytes:
        staff = _account(self.world, self.login)
        query = unescape(found[2].decode()).removesuffix("&")
        return self._without(found[1], found[3], [f"queue {staff.id} {staff.agency_id} {query}"])

    def _blotted_seen(self, found: re.Match[bytes]) -> bytes:
        staff = _account(self.world, self.login)
        labels = [f"seen {staff.id} {reference}" for reference in self.world.references.values()]
        return self._without(found[1], found[2], labels)

    def _without(self, before: bytes, mark: bytes, labels: list[str]) -> bytes:
        """A mark under one of these labels is blotted out, as long as it was; any other stays, to be seen."""
        with self.world.app.app_context():
            is_ours = any(place_of(label, mark.decode()) is not None for label in labels)
        return before + (b"-" * len(mark) if is_ours else mark)

    def _turn_pages(self, page: Answer) -> None:
        number, mark = 1, _NEXT.search(page.text)
        while mark is not None:
            number += 1
            page = self.get(f"/staff/queue?after={mark[1]}", f"page {number} of the queue")
            mark = _NEXT.search(page.text)

    def open_moves(self, case: str) -> list[str]:
        """The moves that the case's page offers to this account."""
        reference = self.world.references[case]
        return moves_on(self.client.get(f"/staff/cases/{reference}", base_url=HOST).text, reference)

    def make(self, case: str, move: str, form: dict[str, str]) -> Answer:
        """Makes a move: first as nobody should, without words; then on an old version; then rightly."""
        address = f"/staff/cases/{self.world.references[case]}/{move}"
        page = self.client.get(address, base_url=HOST).text
        found = re.search(r'name="version" value="([^"]+)"', page)
        assert found, f"{move} is not open for {case}"
        right = {"csrf_token": token_in(page), "version": found[1]}
        self.post(address, right, f"{case}: {move} without words")
        for text in re.findall(r'<option value="([a-z]+\.[\w.]+)"', page):
            self.post(address, {**right, **form, "use": "text", "standard_text": text}, f"{case}: {move} with {text}")
        self.post(address, {**right, **form, "version": "old"}, f"{case}: {move} on an old version")
        shown = (
            re.search(
                r'name="shown" value="([^"]+)"', self.client.post(address, base_url=HOST, data={**right, **form}).text
            )
            if MOVE_PAGES[move].preview
            else None
        )
        sent = {"do": "send", "shown": shown[1]} if shown else {}
        return self.post(address, {**right, **form, **sent}, f"{case}: {move}")


def moves_on(page: str, reference: str) -> list[str]:
    """The moves that a case's page leads to."""
    return list(dict.fromkeys(re.findall(rf'href="/staff/cases/{reference}/(\w+)"', page)))


LEAVE = "public.leave"


def addresses(world: World, login: str) -> Iterator[tuple[str, str]]:
    """Every address that the map has for an account, with each example of each parameter."""
    permissions = _account(world, login).permissions
    for rule in sorted(world.app.url_map.iter_rules(), key=str):
        if "GET" not in (rule.methods or ()):
            continue
        declared: frozenset[Allowed] = getattr(world.app.view_functions[rule.endpoint], "allowed", frozenset())
        if rule.endpoint != "static" and not declared & {Who.EVERYONE, Who.SIGNED_IN, *permissions}:
            continue
        for values in _all_values(world, rule, permissions):
            address = rule.build(values, append_unknown=False)
            assert address is not None
            for query in _queries(world, rule.endpoint):
                yield rule.endpoint, address[1] + query


def _account(world: World, login: str) -> Staff:
    with world.place.session() as session:
        staff = staff_by_login(session, login)
        assert staff is not None
        return staff


def _all_values(world: World, rule: Rule, permissions: frozenset[Permission]) -> list[dict[str, str]]:
    """Each example of each parameter; of moves that this account never makes one case is enough."""
    found: list[dict[str, str]] = [{}]
    for name in sorted(rule.arguments):
        found = [{**values, name: value} for values in found for value in _examples(world, rule, name)]
    own = {move.name for move in MOVES if move.permissions & permissions}
    first = next(iter(world.references.values()))
    return [one for one in found if one.get("move") in {None, *own} or one.get("reference") == first]


def _examples(world: World, rule: Rule, name: str) -> Iterable[str]:
    converter = rule._converters[name]
    if isinstance(converter, AnyConverter):
        return sorted(converter.items)
    examples = {
        "reference": [*world.references.values(), "VV-000000"],
        "move": [*MOVE_PAGES, "nonsense"],
        "number": ["1", "999999"],
        "token": ["x" * 32],
        "key": ["1", "2026-04-30", "delay.late_result", "decision", "nonsense"],
        "filename": ["portal.css"],
        "release": ["2026-10", "nonsense"],
        "table": ["province_month"],
        "code": ["H-HA", "nonsense"],
        "topic": ["delay", "nonsense"],
        "letter": ["late.feedback", "lost_code.new_code", "nonsense"],
        "cluster": ["CV-000000"],
        "text": ["refused.before_court", "nonsense"],
    }
    assert name in examples, f"{rule.endpoint} has a parameter {name!r} and no example for it stands here"
    return examples[name]


# Each thing that the queue can be filtered by, also what is for inspectors alone, and mixes.
FILTERS = (
    "due=late&due=today&due=at_risk",
    "due=paused",
    "status=accepted&status=waiting_for_reporter&track=feedback",
    "category=delay.late_result&order=newest",
    "agency=hoi+an&below=1",
    "agency=H-HA-MC&past=1",
    "district=503&language=vi",
    "language=en&past=1",
    "disclosure=named",
    "disclosure=anonymous&past=1",
    "holder=me&order=severity",
    "from=01/01/2026&to=31/12/2026&past=1&order=newest",
)


def _queries(world: World, endpoint: str) -> list[str]:
    """What is asked for beside the address itself."""
    if endpoint == "desk.list_queue":
        asked = [*list(world.references.values())[:ASKED], "vv 000000", "0905123456", "Nguyễn Thị Lan", "bình@hop.vn"]
        asked += [
            "hồ sơ",
            '"quá hẹn"',
            "ở quầy họ ghi",
            "xin gọi",
            "trễ nghe máy",
            "0905 123 456",
            "thiệt hại",
            "tổng đài",
        ]
        asked += ["ho so&status=answered", "quay&due=late&order=newest"]
        return ["", *(f"?q={one}" for one in asked), "?after=nonsense", *(f"?{one}" for one in FILTERS)]
    return [""]
