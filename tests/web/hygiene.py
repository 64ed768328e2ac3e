"""What holds for every response and every page, whichever test fetches it."""

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from werkzeug.datastructures import Headers

from config import ROOT
from portal.web.frame.security import HEADERS
from tests.web.markup import Page, Tag, check

ENGLISH = ROOT / "portal" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
SITE = "Cổng Phản ánh"
ERROR = "Lỗi:"
SHORTEST = 8  # a piece of a text that is shorter may stand in any sentence
_NAMES = re.compile(r"\b[a-z]+_[a-z_]+\b")  # of what a standard text fills in: the same in all languages
_LEFTOVER = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|%\(\w+\)|\b(?:None|Undefined)\b(?! (?:of|needed)\b)")
_BETWEEN = re.compile(r"<[^>]*>|%\(\w+\)[sd]|\{\w*\}|\n")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_LEADS = ("href", "src", "action", "formaction", "poster", "data", "srcset")
_SAID = ("aria-label", "placeholder", "title", "alt")


class ReadPage(Page):
    """A page with each piece of its text and the tags in which it stands."""

    def __init__(self, html: str) -> None:
        self.texts: list[tuple[str, tuple[Tag, ...]]] = []
        super().__init__(html)

    def handle_data(self, data: str) -> None:
        self.texts.append((" ".join(data.split()), tuple(self.open)))
        super().handle_data(data)


def flat(text: str) -> str:
    """A text with every run of blanks as one space."""
    return " ".join(text.split())


def compiled_catalogue() -> Catalog:
    """The English catalogue; compiled where `make` has not done it since it changed."""
    with ENGLISH.open(encoding="utf-8") as file:
        catalogue = read_po(file, locale="en")
    compiled = ENGLISH.with_suffix(".mo")
    if not compiled.is_file() or compiled.stat().st_mtime < ENGLISH.stat().st_mtime:
        draft = Path(f"{compiled}.{id(catalogue)}")
        with draft.open("wb") as file:
            write_mo(file, catalogue)
        draft.replace(compiled)
    return catalogue


class Languages:
    """The portal's own texts in both languages, to find those that stand on a page in the wrong one."""

    def __init__(self, catalogue: Catalog) -> None:
        pairs = [
            (source, translated)
            for message in catalogue
            if message.id
            for source, translated in zip(_forms(message.id), _forms(message.string), strict=False)
            if translated  # what has none yet is found by tests/architecture/test_translations.py
        ]
        self.english = dict(pairs)
        sides = {"en": [one for one, _ in pairs], "vi": [other for _, other in pairs]}
        right = {"en": " | ".join(sides["vi"]), "vi": " | ".join(sides["en"])}
        self._whole = {
            language: {flat(text) for text in texts}
            - {flat(text) for text in sides["vi" if language == "en" else "en"]}
            for language, texts in sides.items()
        }
        self._pieces = {
            language: sorted({piece for text in texts for piece in _pieces(text) if piece not in right[language]})
            for language, texts in sides.items()
        }
        self._clean: dict[str, set[str]] = {"en": set(), "vi": set()}

    def said(self, text: str, language: str) -> str:
        """A text of the portal's own in that language."""
        return self.english.get(text, text) if language == "en" else text

    def in_the_wrong_one(self, page: ReadPage, language: str) -> list[str]:
        """The texts of a page that a reader of its language cannot read."""
        return [text for text in _read(page, language) if not self._is_clean(text, language)]

    def _is_clean(self, text: str, language: str) -> bool:
        text = _NAMES.sub("", text)
        if text not in self._clean[language]:
            if text in self._whole[language] or any(piece in text for piece in self._pieces[language]):
                return False
            self._clean[language].add(text)
        return True


def _forms(text: object) -> list[str]:
    return [str(form or "") for form in (text if isinstance(text, list | tuple) else [text])]


def _pieces(text: str) -> Iterator[str]:
    """What is left of a text between its tags and placeholders, where it is long enough to be nothing else."""
    for piece in _BETWEEN.split(text):
        piece = flat(piece).strip(" .,:;()“”\"'")
        if len(piece) >= SHORTEST and _LETTERS.search(piece):
            yield piece


def _read(page: ReadPage, language: str) -> Iterator[str]:
    """What is read on a page, less what is marked as another language and what somebody typed into a field."""
    for text, within in page.texts:
        if text and not any(tag.has.get("lang", language) != language or tag.name == "textarea" for tag in within):
            yield text
    for tag in page.tags:
        for name in _SAID:
            if tag.has.get(name) and tag.has.get("lang", language) == language:
                yield flat(str(tag.has[name]))


def check_headers(headers: Headers, *, is_kept: bool, is_secure: bool = True, is_open: bool = False) -> None:
    """The headers of any response; only what is the same for everybody may be kept by a browser.

    Open data alone may be read by other sites.
    """
    for name, value in HEADERS.items():
        assert headers.getlist(name) == [value], f"{name}: {headers.getlist(name)}"
    assert ("Strict-Transport-Security" in headers) == is_secure
    assert is_kept or headers.getlist("Cache-Control") == ["no-store"], headers.getlist("Cache-Control")
    assert headers.getlist("Access-Control-Allow-Origin") == (["*"] if is_open else [])
    for cookie in headers.getlist("Set-Cookie"):
        check_cookie(cookie)


def check_cookie(cookie: str) -> None:
    """A cookie that only this host can set, and no script can read."""
    name, *attributes = (part.strip() for part in cookie.split(";"))
    assert name.startswith("__Host-"), cookie
    assert {"Secure", "HttpOnly", "Path=/"} <= set(attributes), cookie
    assert {"SameSite=Lax", "SameSite=Strict"} & set(attributes), cookie
    assert not any(attribute.lower().startswith("domain") for attribute in attributes), cookie


def check_page(page: ReadPage, language: str, languages: Languages) -> None:
    """What holds for any page of the portal."""
    check(page)
    assert [tag.has.get("lang") for tag in page.all("html")] == [language]
    _check_title(page, language, languages)
    _check_links(page)
    _check_forms(page)
    for text, within in page.texts:
        is_typed = any(tag.name == "textarea" or is_of_class(tag, "program") for tag in within)
        assert is_typed or not _LEFTOVER.search(text), f"left over: {text}"
    wrong = languages.in_the_wrong_one(page, language)
    assert not wrong, f"not {language}: {wrong}"


def _check_title(page: ReadPage, language: str, languages: Languages) -> None:
    headings = [flat(tag.words) for tag in page.all("h1")]
    assert len(headings) == 1, headings
    assert headings[0]
    has_errors = any(is_of_class(tag, "govuk-error-summary") for tag in page.tags)
    before = f"{languages.said(ERROR, language)} " if has_errors else ""
    titles = [flat(tag.words) for tag in page.all("title") if tag.within[-1].name == "head"]
    assert titles == [f"{before}{headings[0]} · {languages.said(SITE, language)}"], titles


def is_of_class(tag: Tag, name: str) -> bool:
    """Whether a tag has this class among others."""
    return name in (tag.has.get("class") or "").split()


def _check_links(page: ReadPage) -> None:
    ids = set(page.ids())
    fields = {tag.has.get("id") for tag in page.all("input", "select", "textarea")}
    labelled = {label.has["for"] for label in page.all("label") if "for" in label.has}
    assert labelled <= fields, f"a label of no field: {labelled - fields}"
    for tag in page.tags:
        for name in _LEADS:
            target = tag.has.get(name)
            if target is None:
                continue
            assert target in ("", "about:blank") or re.match(r"[?#]|/(?!/)", target), f"another origin: {target}"
            assert not target.startswith("#") or target[1:] in ids, f"leads nowhere: {target}"


def _check_forms(page: ReadPage) -> None:
    for form in page.all("form"):
        tokens = [tag for tag in page.all("input") if form in tag.within and tag.has.get("name") == "csrf_token"]
        is_post = (form.has.get("method") or "get").lower() == "post"
        assert len(tokens) == int(is_post), f"token of {form.has}"
        assert all(tag.has.get("value") for tag in tokens), f"empty token of {form.has}"
