"""Hits where they stand, under folding that changes lengths."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.search.asking import read_query
from portal.search.highlight import SHOWN, Part, hits, marked_parts, snippet
from portal.search.lexemes import words_in
from tests.areas.search.test_asking import TEXTS

TEXT = "Hôm thứ ba cán bộ ở quầy nhũng nhiễu tôi. Những người khác cũng vậy."


def shown(parts: list[Part]) -> str:
    """The parts with brackets around hits."""
    return "".join(f"[{part.text}]" if part.is_hit else part.text for part in parts)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("nhũng", "Hôm thứ ba cán bộ ở quầy [nhũng] nhiễu tôi. Những người khác cũng vậy."),
        ("nhung", "Hôm thứ ba cán bộ ở quầy [nhũng] nhiễu tôi. [Những] người khác cũng vậy."),
        ('"nhung nhieu"', "Hôm thứ ba cán bộ ở quầy [nhũng nhiễu] tôi. Những người khác cũng vậy."),
        ('"nhung nhieu" "nhieu toi"', "Hôm thứ ba cán bộ ở quầy [nhũng nhiễu tôi]. Những người khác cũng vậy."),
        ("vắng", TEXT),
    ],
)
def test_marks(asked: str, expected: str) -> None:
    assert shown(snippet(TEXT, read_query(asked))) == expected


def test_decomposed_and_lengthening_letters() -> None:
    text = unicodedata.normalize("NFD", "Straße và đường nhũng nhiễu")
    parts = list(marked_parts(text, hits(text, read_query("strasse nhieu"))))
    assert [unicodedata.normalize("NFC", part.text) for part in parts if part.is_hit] == ["Straße", "nhiễu"]


def test_a_long_text_is_cut_around_the_place_with_most_hits() -> None:
    text = "đầu " + "chữ " * 300 + "quầy số ba quát tháo " + "khác " * 300
    parts = snippet(text, read_query("đầu quầy quát"))
    assert shown(parts).startswith("… chữ")
    assert shown(parts).endswith("khác …")
    assert [part.text for part in parts if part.is_hit] == ["quầy", "quát"]
    assert len(shown(parts)) < SHOWN + 20


@given(TEXTS, TEXTS)
def test_stretches_are_the_text_and_hits_are_what_was_asked(text: str, asked: str) -> None:
    query = read_query(asked)
    spans = hits(text, query)
    assert "".join(part.text for part in marked_parts(text, spans)) == text
    for span in spans:
        found = [word.folded for word in words_in(text[span.start : span.end])]
        assert found == [word.folded for word in query.phrases[span.phrase]]


@given(st.lists(st.sampled_from(TEXT.split()), max_size=150).map(" ".join), st.sampled_from(TEXT.split()))
def test_a_snippet_is_short_a_piece_of_the_text_and_shows_a_hit(text: str, asked: str) -> None:
    query = read_query(asked)
    parts = snippet(text, query)
    plain = "".join(part.text for part in parts).removeprefix("… ").removesuffix(" …")
    assert plain in text
    assert len(plain) <= SHOWN
    assert any(part.is_hit for part in parts) == bool(hits(text, query))
