"""What is typed, and when a text answers it."""

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.foundation.text import clean, fold
from portal.search.asking import LONGEST_ASKED, MOST_ASKED, holds, read_query, terms
from portal.search.lexemes import LONGEST, joined, lexemes, part_of, word_of, words_in, words_with_edges

VIETNAMESE = st.sampled_from("aàáảãạăằâấđéềệiíòôốơờợuưừựyýỳ AHĐỒ,.-–\n\"“”()'*:&|!\\0123bcghnptxv")
TEXTS = (st.text(VIETNAMESE, max_size=80) | st.text(max_size=60)).map(clean)  # as all texts are that come in


def answers(text: str, asked: str, *, marked: bool = False) -> bool:
    """Whether a text answers what was asked, both by its words and by the lexemes that an index has of it."""
    query = read_query(asked)
    by_words = holds(words_in(text), query, marked=marked)
    by_index = set(terms(query, marked=marked)) <= set(lexemes(text, "inspection").split())
    assert by_index or not by_words, "the index would not give a text that answers"
    return by_words


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Cán bộ NHŨNG NHIỄU người dân", "nhung nhieu"),
        ("Cán bộ nhũng nhiễu người dân", '"nhũng nhiễu"'),
        ("Đường vào xã Điện Bàn", "duong DIEN"),
        ("Thủ tục ở xã Hoà Vang", "hòa vang"),
        ("Chị Thúy", "thuý"),
        (unicodedata.normalize("NFD", "Trưởng phòng quát tháo"), "trưởng phòng"),
        ("Trưởng phòng", unicodedata.normalize("NFD", "trưởng")),
        ("VV-K7M2XQ", "vv-k7m2xq"),
        ("Hồ sơ H48.12-250107-0012 trễ", "H48.12-250107-0012"),
        ("Hồ sơ H48.12-250107-0012 trễ", "250107"),
        ("giấy phép\nxây dựng", "“phép xây”"),
        ("Жалоба на чиновника", "жалоба"),
    ],
)
def test_answers(text: str, asked: str) -> None:
    assert answers(text, asked)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("nhiễu nhũng", '"nhũng nhiễu"'),
        ("giấy phép xây dựng", '"giấy xây"'),
        ("giấy phép", "giấy phép xây"),
        ("hồ sơ", "ho so so2"),
        ("H48.12", "12.H48"),
        ("a12 của tôi", "a12*"[::-1] + "b"),
    ],
)
def test_does_not_answer(text: str, asked: str) -> None:
    assert not answers(text, asked)


@pytest.mark.parametrize(
    ("text", "asked", "marked"),
    [
        ("nhũng nhiễu", "nhũng nhiễu", True),
        ("những nhiều", "nhũng nhiễu", False),
        ("hoà", "hòa", True),
        ("hoả", "hòa", False),
        ("nhũng nhiêu", "nhũng nhieu", True),  # what was typed without marks may have any
    ],
)
def test_with_the_marks_typed(text: str, asked: str, marked: bool) -> None:
    assert answers(text, asked)
    assert answers(text, asked, marked=True) is marked


@pytest.mark.parametrize("asked", ["", "   ", '"', "“”", "?!…", '" - "', "\u0301", "_"])
def test_nothing_to_look_for(asked: str) -> None:
    assert read_query(asked).phrases == ()


def test_no_more_than_some_words() -> None:
    query = read_query(" ".join(f"a{number}" for number in range(100)))
    assert sum(map(len, query.phrases)) == MOST_ASKED
    assert read_query("x" * 10 * LONGEST_ASKED).phrases == ((word_of("x" * LONGEST),),)


@given(TEXTS)
def test_a_text_answers_each_of_its_words_and_pairs(text: str) -> None:
    words = text.split()[:8]
    for asked in (*words, *(f'"{one} {other}"' for one, other in itertools.pairwise(words))):
        if not set(asked.strip('"')) & set('"“”„‟«»'):
            assert answers(text, asked[:LONGEST_ASKED])
            assert answers(text, asked[:LONGEST_ASKED], marked=True)


@given(TEXTS, st.sampled_from(["inspection", "a12 a7", "restricted s5 i3"]))
def test_lexemes_are_apart_by_one_blank_and_readers_are_only_those_given(text: str, scope: str) -> None:
    found = lexemes(text, scope).split(" ")
    assert {one[1:] for one in found if one.startswith("_")} == set(scope.split())
    assert all(len(one.encode()) < 400 and one.split() == [one] for one in found)


@given(TEXTS)
def test_no_question_asks_for_a_reader(asked: str) -> None:
    assert not [one for one in terms(read_query(asked), marked=True) if one.startswith("_")]


@given(TEXTS)
def test_folding_a_word_is_as_folding_elsewhere(text: str) -> None:
    words, edges = words_with_edges(text)
    assert words == words_in(text)
    for word, (start, end) in zip(words, edges, strict=True):
        assert fold(text[start:end]).startswith(word.folded[:1])
        assert word_of(word.folded).folded == word.folded


@given(st.lists(TEXTS, max_size=4))
def test_parts_that_are_met_again_make_the_same_lexemes(lines: list[str]) -> None:
    lines = [line.replace("\n", " ") for line in lines]
    assert joined(map(part_of, lines), "inspection") == lexemes("\n".join(lines), "inspection")
