"""A browser without JavaScript: fetches pages, fills in the forms that stand on them, presses their buttons."""

from dataclasses import dataclass, field

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.hygiene import CODE, VIETNAMESE, WORD, check_answer, check_page, fields_of
from tests.web.markup import Page, Tag

HOST = "https://portal.test"


@dataclass(eq=False)
class Seen:
    """A page that was fetched and found in order."""

    path: str
    status: int
    page: Page = field(repr=False)
    html: str = field(repr=False)
    answer: TestResponse = field(repr=False)

    @property
    def heading(self) -> str:
        """The words of the h1."""
        return " ".join(self.page.all("h1")[0].words.split())

    @property
    def text(self) -> str:
        """All words of the main part, with single blanks."""
        return " ".join(self.page.all("main")[0].words.split())

    @property
    def code(self) -> str:
        """The receipt code that the page shows."""
        shown = [tag for tag in self.page.tags if CODE.fullmatch("".join(tag.words.split()))]
        return "".join(shown[0].words.split()) if shown else ""

    @property
    def wrong(self) -> dict[str, str]:
        """The error summary: field id → sentence."""
        boxes = [tag for tag in self.page.tags if "govuk-error-summary" in (tag.has.get("class") or "").split()]
        links = [tag for tag in self.page.all("a") if boxes and boxes[0] in tag.within]
        return {(tag.has["href"] or "")[1:]: tag.words for tag in links}

    def form(self, action: str = "", identity: str = "") -> Tag:
        """The form with that action or id; without either the one that has more than a button."""
        forms = self.page.all("form")
        if action or identity:
            found = [form for form in forms if form.has.get("action", self.path) == action or form.has.get("id") == identity]
        else:
            found = [form for form in forms if form.has.get("id") == "step"] or [
                form for form in forms if any(tag.name != "button" and tag.has.get("type") != "hidden" for tag in fields_of(self.page, form))
            ]
        assert len(found) == 1, f"{len(found)} such forms on {self.path}"
        return found[0]

    def values(self, form: Tag) -> dict[str, str]:
        """What a form would send as it stands, without any button."""
        filled: dict[str, str] = {}
        for tag in fields_of(self.page, form):
            name, kind = tag.has.get("name"), tag.has.get("type")
            if not name or tag.name == "button":
                continue
            if tag.name == "textarea":
                filled[name] = tag.words
            elif tag.name == "select":
                filled[name] = self._selected(tag)
            elif kind not in ("radio", "checkbox") or "checked" in tag.has:
                filled[name] = tag.has.get("value") or ""
        return filled

    def _selected(self, select: Tag) -> str:
        options = [tag for tag in self.page.all("option") if select in tag.within]
        chosen = [tag for tag in options if "selected" in tag.has] or options[:1]
        return chosen[-1].has.get("value") or ""

    def offers(self, form: Tag, name: str) -> list[str] | None:
        """What can be chosen for a field; None where one writes freely."""
        tags = [tag for tag in fields_of(self.page, form) if tag.has.get("name") == name and tag.name != "button"]
        assert tags, f"no field {name} on {self.path}"
        if tags[0].name == "select":
            return [tag.has.get("value") or "" for tag in self.page.all("option") if tags[0] in tag.within]
        if tags[0].has.get("type") in ("radio", "checkbox"):
            return [tag.has.get("value") or "" for tag in tags]
        return None

    def says(self, *words: str) -> bool:
        """Whether all these words can be read."""
        return all(word in self.text for word in words)


class Browser:
    """One person's browser. Every answer is checked, every page is read."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client: FlaskClient = app.test_client()
        self.language = "vi"
        self.known: set[str] = set()

    def knows(self, *texts: str) -> None:
        """Words that people wrote: they may stand on an English page as they are."""
        self.known |= {word for text in texts for word in WORD.findall(text) if VIETNAMESE.search(word)}

    def get(self, path: str, status: int = 200, **headers: str) -> Seen:
        """Opens an address."""
        if "lang=" in path:
            self.language = path.partition("lang=")[2][:2]
        return self._arrive(self._ask("GET", path, headers), path, status)

    def post(self, path: str, data: dict[str, str], status: int = 200, **headers: str) -> Seen:
        """Sends what no page offers, as an attacker or an old page would."""
        self.knows(*data.values())
        return self._arrive(self._ask("POST", path, headers, data), path, status)

    def submit(
        self, seen: Seen, status: int = 200, *, action: str = "", button: tuple[str, str] | None = None, **values: str
    ) -> Seen:
        """Fills in a form of a page and presses a button."""
        form = seen.form(action)
        filled = seen.values(form)
        for name, value in values.items():
            offered = seen.offers(form, name)
            assert offered is None or value in offered, f"{value!r} cannot be chosen for {name}"
            filled[name] = value
        if button is not None:
            buttons = [(tag.has.get("name"), tag.has.get("value")) for tag in fields_of(seen.page, form) if tag.name == "button"]
            assert button in buttons, f"no button {button} on {seen.path}: {buttons}"
            filled[button[0]] = button[1]
            if button[0] == "lang":
                self.language = button[1]
        return self.post(form.has.get("action") or seen.path, filled, status)

    def _ask(self, method: str, path: str, headers: dict[str, str], data: dict[str, str] | None = None) -> TestResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self.client.open(path, method=method, base_url=HOST, data=data, headers=named)
        check_answer(answer, path)
        return answer

    def _arrive(self, answer: TestResponse, path: str, status: int) -> Seen:
        for _ in range(4):
            if answer.status_code not in (301, 302, 303, 307, 308):
                break
            path = answer.headers["Location"]
            answer = self._ask("GET", path, {})
        assert answer.status_code == status, f"{answer.status_code} at {path}: {answer.text[:2000]}"
        page = check_page(answer, self.language, frozenset(self.known), self.app)
        return Seen(path, answer.status_code, page, answer.text, answer)
