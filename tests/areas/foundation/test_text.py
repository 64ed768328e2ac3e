"""Text as it comes in, as it is compared, and as HTML."""

import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.foundation.sanitising import TAGS, paragraphs, safe_html
from portal.foundation.text import clean, clean_line, fold


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("\ufeff a\u200bb\u00ad \x00c\x1f ", "ab c"),
        ("a\u00a0b", "a b"),
        ("a\u202eb", "ab"),
        ("\ud800x", "x"),
        ("  \n ", ""),
    ],
)
def test_clean(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_cleaning_once_is_enough(typed: str) -> None:
    once = clean(typed)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "\n" not in clean_line(typed)


def test_a_line() -> None:
    assert clean_line(" Nguyễn\t Thị\n Lan ") == "Nguyễn Thị Lan"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Đồng", "dong"), ("hòa", "hoà"), ("THÚY", "thuý"), ("những", "nhũng"), ("Ð", "ð"), ("NFD: ê".upper(), "nfd: ê")],
)
def test_fold_makes_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_fold_by_hand() -> None:
    assert fold("Đường Trần Hưng Đạo, số 12") == "duong tran hung dao, so 12"


def test_paragraphs() -> None:
    assert paragraphs("Một\nhai\n\n\nba") == "<p>Một<br>hai</p><p>ba</p>"
    assert paragraphs("") == ""
    assert paragraphs("<b>to</b> & 1 < 2") == "<p>&lt;b&gt;to&lt;/b&gt; &amp; 1 &lt; 2</p>"


NAUGHTY = (
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    '<a href="javascript:alert(1)">a</a>',
    '<a href="data:text/html,x">a</a>',
    '<p style="color:red" onclick="x()">a</p>',
    "<svg><script>alert(1)</script></svg>",
    "<iframe src=//evil></iframe>",
    "<math><mtext></p><script>",
    "{{7*7}}",
)


class Elements(HTMLParser):
    """Collects the elements and addresses of some HTML as a browser reads them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.attributes: set[tuple[str, str | None]] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Called for each element."""
        self.found.add(tag)
        self.attributes.update(attrs)


@pytest.mark.parametrize("typed", NAUGHTY)
def test_nothing_naughty_comes_through(typed: str) -> None:
    cleaned = Elements(safe_html(typed))
    assert cleaned.found <= TAGS
    assert cleaned.attributes == set()
    shown = Elements(paragraphs(typed))
    assert shown.found == {"p"}
    assert shown.attributes == set()


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_what_somebody_typed_is_shown_as_typed(typed: str) -> None:
    html = paragraphs(typed)
    assert html.replace("<p>", "").replace("</p>", "").replace("<br>", "").count("<") == 0
    assert safe_html(html) == html


def test_the_allow_list() -> None:
    kept = '<p>a <strong>b</strong> <em>c</em> <a href="https://x.vn">d</a></p><ul><li>e</li></ul>'
    assert safe_html(kept) == kept
    assert "script" not in TAGS
