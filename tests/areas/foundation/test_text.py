"""Text as it comes in, as it is compared, and as HTML."""

import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.foundation.sanitising import TAGS, paragraphs, safe_html
from portal.foundation.text import clean, clean_line, fold, plain_line


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("\ufeff a\u200bb\u00ad \x00c\x1f ", "ab c"),
        ("a\u00a0b", "a b"),
        ("a\u202eb", "ab"),
        ("a\u2009b\u3000c\u202fd", "a b c d"),
        ("a\x0bb\x0cc", "a\nb\nc"),
        ("a\u3164\u2800", "a"),
        ("a\U000e0041\U000e0100\ufffcb\ufe0f", "ab"),
        ("👨\u200d👩\u200d👧 đi", "👨👩👧 đi"),
        ("Co\u031b\u031b tu", "Cơ\u031b tu"),
        ("\ufffd", "\ufffd"),
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


def test_a_heap_of_marks_is_cut_and_costs_nothing() -> None:
    heap = "a" + "\u0316\u0301" * 500_000  # to put them in order would take minutes
    assert len(clean(heap)) <= 9
    assert len(fold(heap)) == 1
    assert len(plain_line(heap)) <= 9
    assert clean("ế" * 9) == "ế" * 9


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("１２／３", "12/3"),
        ("٣", "3"),
        ("a\u2011b\u2013c\u2212d", "a-b-c-d"),
        ("＠", "@"),
        ("Đồng\u00a0 \n x", "Đồng x"),
    ],
)
def test_a_plain_line(typed: str, line: str) -> None:
    assert plain_line(typed) == line


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
