"""Browsers without a screen: they keep cookies, follow redirects, fill in forms, and look at every page they get."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from werkzeug.datastructures import Headers
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from portal.web.frame.language import COOKIE, LANGUAGES
from portal.web.frame.security import PUBLIC_PAGES
from tests.web.hygiene import Languages, ReadPage, check_headers, check_page, flat, is_of_class
from tests.web.installing import Portal
from tests.web.markup import Tag
from tests.web.worlds import HOST, PASSWORD

Typed = Mapping[str, str | list[str]]
MOST_REDIRECTS = 5
_CODE = re.compile(r"<span>([0-9A-Z]{5})</span>")
_HOST_NAME = HOST.partition("://")[2]


@dataclass(frozen=True)
class Form:
    """A form as it stands on a page: where it goes, what it holds, what can be chosen in it."""

    action: str
    held: dict[str, list[str]]
    choices: dict[str, list[str]]


@dataclass(frozen=True)
class Seen:
    """A page as somebody saw it, and the redirects that led there."""

    address: str
    status: int
    html: str = field(repr=False)
    page: ReadPage = field(repr=False)
    headers: Headers = field(repr=False)
    through: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """The h1."""
        return flat(self.page.all("h1")[0].words)

    @property
    def text(self) -> str:
        """Everything that can be read between header and footer."""
        return flat(self.page.all("main")[0].words)

    @property
    def errors(self) -> dict[str, str]:
        """What the summary on top says is wrong, by the id of the field that it leads to."""
        links = [
            tag for tag in self.page.all("a") if any(is_of_class(one, "govuk-error-summary") for one in tag.within)
        ]
        return {str(link.has["href"])[1:]: flat(link.words) for link in links}

    @property
    def code(self) -> str:
        """The receipt code that the page shows."""
        groups = _CODE.findall(self.html)
        assert len(groups) == 5, f"no receipt code on {self.heading!r}"
        return "-".join(groups)

    def form(self, action: str = "") -> Form:
        """The form with this action; without one the page's only form but for signing out."""
        forms = [tag for tag in self.page.all("form") if (tag.has.get("method") or "get") == "post"]
        wanted = [one for one in forms if one.has.get("action", self.address) == action] if action else forms
        if not action:
            wanted = [one for one in forms if one.has.get("action") != "/staff/sign-out"]
        assert len(wanted) == 1, f"{len(wanted)} such forms on {self.heading!r}"
        return _form(self.page, wanted[0], self.address)

    def held(self, name: str, action: str = "") -> str:
        """What a field holds."""
        return "".join(self.form(action).held.get(name, []))


def _as_sent(typed: str) -> str:
    """Lines as a browser sends them, whatever they were on the page."""
    return typed.replace("\r\n", "\n").replace("\n", "\r\n")


def _form(page: ReadPage, form: Tag, address: str) -> Form:
    held: dict[str, list[str]] = {}
    choices: dict[str, list[str]] = {}
    for tag in page.all("input", "select", "textarea"):
        if form not in tag.within and tag.has.get("form", "") != form.has.get("id"):
            continue
        name, value = str(tag.has["name"]), tag.has.get("value") or ""
        kept = held.setdefault(name, [])
        if tag.name == "select":
            options = [one for one in page.all("option") if tag in one.within]
            choices[name] = [str(one.has["value"]) for one in options]
            kept += [str(one.has["value"]) for one in options if "selected" in one.has] or choices[name][:1]
        elif tag.name == "textarea":
            kept.append(tag.words.removeprefix("\n"))
        elif tag.has.get("type") in ("radio", "checkbox"):
            choices.setdefault(name, []).append(value)
            kept += [value] if "checked" in tag.has else []
        else:
            kept.append(value)
    return Form(str(form.has.get("action") or address), held, choices)


class Visit:
    """One browser. Called with an address it opens it; whatever it gets to see has been checked."""

    def __init__(self, portal: Portal, languages: Languages, language: str = "") -> None:
        self.portal, self.languages = portal, languages
        self.client = portal.app.test_client()
        if language:
            self.client.set_cookie(COOKIE, language, domain=_HOST_NAME)

    def another(self, language: str = "") -> "Visit":
        """Another browser on the same portal."""
        return Visit(self.portal, self.languages, language)

    def cookie(self, name: str) -> str:
        """What a cookie holds; nothing for one that is not there."""
        found = self.client.get_cookie(name, domain=_HOST_NAME)
        return found.value if found is not None else ""

    def __call__(self, address: str, status: int = 200) -> Seen:
        """Opens an address, and whatever it leads to."""
        return self._follow(address, self.client.get(address, base_url=HOST), "GET", status, "")

    def post(self, address: str, form: Typed, status: int = 200) -> Seen:
        """Sends a form that is on no page, with a token that is right."""
        return self._post(address, {"csrf_token": self.token(), **form}, status)

    def token(self) -> str:
        """A CSRF token of this browser."""
        page = ReadPage(self.client.get("/track", base_url=HOST).text)
        return next(str(tag.has["value"]) for tag in page.all("input") if tag.has.get("name") == "csrf_token")

    def fill(
        self, seen: Seen, typed: Typed, status: int = 200, *, to: str = "", press: tuple[str, str] | None = None
    ) -> Seen:
        """Fills a form of a page in and sends it, as a browser does: only fields and choices that are there."""
        form = seen.form(to)
        for name, value in typed.items():
            assert name in form.held, f"{seen.heading!r} has no field {name}"
            chosen = value if isinstance(value, list) else [value]
            assert set(chosen) <= set(form.choices.get(name, chosen)), f"no such choice: {name}={value}"
        sent: dict[str, str | list[str]] = {**form.held, **typed}
        if press is not None:
            self._check_button(seen, press)
            sent[press[0]] = press[1]
        return self._post(form.action, sent, status)

    def sign_in(self, login: str, password: str = PASSWORD, status: int = 200) -> Seen:
        """Signs in by the page."""
        return self.fill(self("/staff/sign-in"), {"login": login, "password": password}, status)

    @staticmethod
    def _check_button(seen: Seen, press: tuple[str, str]) -> None:
        buttons = [(one.has.get("name"), one.has.get("value")) for one in seen.page.all("button")]
        assert press in buttons, f"no such button: {press}"

    def _post(self, address: str, form: Typed, status: int) -> Seen:
        lines = {name: value if isinstance(value, list) else [value] for name, value in form.items()}
        sent = {name: [_as_sent(one) for one in values] for name, values in lines.items()}
        response = self.client.post(address, base_url=HOST, data=sent)
        return self._follow(address, response, "POST", status, "".join(lines.get("lang", [])))

    def _follow(self, address: str, response: TestResponse, method: str, status: int, asked: str) -> Seen:
        through: list[str] = []
        while response.status_code in (301, 302, 303, 307, 308):
            self._check_headers(address, response, method)
            address, method, asked = response.headers["Location"], "GET", ""
            assert address.startswith("/"), address
            assert not address.startswith("//"), address
            through.append(address)
            assert len(through) <= MOST_REDIRECTS, through
            response = self.client.get(address, base_url=HOST)
        return self._look(address, response, method, status, asked, tuple(through))

    def _look(
        self, address: str, response: TestResponse, method: str, status: int, asked: str, through: tuple[str, ...]
    ) -> Seen:
        self._check_headers(address, response, method)
        assert response.content_type == "text/html; charset=utf-8"
        page = ReadPage(response.text)
        seen = Seen(urlsplit(address).path, response.status_code, response.text, page, response.headers, through)
        assert seen.status == status, f"{seen.status}: {seen.heading} {seen.errors}"
        check_page(page, self._language(address, asked), self.languages)
        return seen

    def _language(self, address: str, asked: str) -> str:
        in_address = re.search(r"[?&]lang=(\w+)", address)
        wanted = in_address[1] if in_address else asked or self.cookie(COOKIE)
        return wanted if wanted in LANGUAGES else "vi"

    def _check_headers(self, address: str, response: TestResponse, method: str) -> None:
        map_of_addresses = self.portal.app.url_map.bind(_HOST_NAME, url_scheme="https")
        try:
            endpoint = map_of_addresses.match(urlsplit(address).path, method)[0]
        except HTTPException:
            endpoint = ""
        check_headers(response.headers, is_kept=endpoint in PUBLIC_PAGES or self._is_published(endpoint))

    def _is_published(self, endpoint: str) -> bool:
        return hasattr(self.portal.app.view_functions.get(endpoint), "is_published")


# What somebody answers, page by page, in the order of the pages.
STEPS: dict[str, tuple[str, ...]] = {
    "/report": ("category",),
    "/report/where": ("agency", "area", "procedure", "dossier_code", "promised_on", "committee_first"),
    "/report/happened": (
        "narrative",
        "occurred_on",
        "occurred_until",
        "accused_role",
        "wish",
        "elsewhere",
        "first_code",
        "protection",
        "fears",
    ),
    "/report/about": (
        "reporter_type",
        "disclosure",
        "name",
        "phone",
        "email",
        "tax_code",
        "notify_email",
        "notify_phone",
    ),
}
CHECK = "/report/check"
ANONYMOUS = {"reporter_type": "citizen", "disclosure": "anonymous"}


def written(visit: Visit, answers: Mapping[str, str], until: str = CHECK, start: str = "/report") -> Seen:
    """The page `until`, when everything before it has been answered."""
    page = visit(start)
    answers = {**ANONYMOUS, **answers}
    for address, names in STEPS.items():
        if page.address == until:
            break
        assert page.address == address, f"{page.heading}: {page.errors}"
        typed = {name: answers[name] for name in names if name in answers}
        if address == "/report/where":
            typed = looked_up(visit, page, typed)
            page = visit(f"{address}?draft={handle_of(page)}")
        page = visit.fill(page, typed)
    assert page.address == until
    return page


def looked_up(visit: Visit, page: Seen, answers: Typed) -> dict[str, str]:
    """Searches for the body and the procedure, as somebody does who then chooses them; without a body it is unknown."""
    typed = {name: "".join(value) for name, value in answers.items()}
    names = {f"{name}_name": typed[name] for name in ("agency", "procedure") if typed.get(name)}
    visit.fill(page, names, press=("find", "agency"))
    chosen = typed.get("agency") or page.held("agency") or "unknown"
    return {**typed, "agency": chosen}


def filed(visit: Visit, answers: Mapping[str, str], start: str = "/report") -> Seen:
    """The receipt, when everything has been answered, checked and sent."""
    receipt = visit.fill(written(visit, answers, start=start), {})
    assert receipt.address == "/report/receipt"
    return receipt


def handle_of(seen: Seen) -> str:
    """The draft that a page of a report belongs to."""
    return seen.held("draft")
