"""A text as the lexemes that a full-text index holds of it: the same on both servers.

Of each word the folded form (no case, no marks, đ as d); of a word with marks also the form with them, the tone at its
end, so that old and new placement (hòa, hoà) are one; of each two words that follow one another a short hash, by which
a phrase of common syllables is one look-up and not a walk through half of all texts. Who may find a document stands
among its lexemes too. No word of a text can look like a scope or a pair: those begin with a sign that no word has.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from zlib import crc32

from portal.foundation.text import fold

LONGEST = 40  # letters of a word that count; the servers take no lexeme of any length
MOST_WORDS = 50_000  # of one document: PostgreSQL holds one megabyte of lexemes
_SCOPE, _PAIR = "_", "-"
_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_TWO = [a + b for a in _DIGITS for b in _DIGITS]
_KEPT = 1 << 16


class Word(NamedTuple):
    """A word as it is compared."""

    folded: str
    marked: str  # with its marks; "" for a word without any


@lru_cache(_KEPT)
def word_of(raw: str) -> Word:
    """Both forms of one word."""
    folded = "".join(char for char in fold(raw) if char.isalnum())[:LONGEST]
    spread = unicodedata.normalize("NFD", raw.casefold())
    tones = "".join(char for char in spread if char in _TONES)
    bare = unicodedata.normalize("NFC", "".join(char for char in spread if char not in _TONES))
    marked = bare[:LONGEST] + tones[:LONGEST]
    return Word(folded, "" if marked == folded else marked)


def words_with_edges(text: str) -> tuple[list[Word], list[tuple[int, int]]]:
    """The words of a text in order, and where each begins and ends in it."""
    found = [(word, place.span()) for place in _WORD.finditer(text) if (word := word_of(place[0])).folded]
    return [word for word, _ in found], [edges for _, edges in found]


def words_in(text: str) -> list[Word]:
    """The words of a text in order, without their places."""
    return [word for word in map(word_of, _WORD.findall(text)) if word.folded]


@lru_cache(_KEPT)
def pair(first: str, second: str) -> str:
    """The lexeme of two folded words, one after the other. Others may share it: who asks looks at the text."""
    high, low = divmod(crc32(f"{first} {second}".encode()) % 36**4, 36**2)
    return _PAIR + _TWO[high] + _TWO[low]


def pairs(words: Sequence[Word]) -> set[str]:
    """The lexemes of all two that follow one another."""
    return {pair(one.folded, other.folded) for one, other in pairwise(words)}


def scope_lexeme(scope: str) -> str:
    """The lexeme of one reader of a document."""
    return _SCOPE + scope


def lexemes(text: str, scope: str) -> str:
    """What the index holds of a document: `scope` names its readers, apart by blanks."""
    return joined([part_of(text)], scope)


class Part(NamedTuple):
    """The lexemes of a part of a text that ends with its line, and the words by which it goes on into the next."""

    found: frozenset[str]
    first: str
    last: str


def part_of(text: str) -> Part:
    """One part: a text of any number of lines."""
    words = words_in(text)[:MOST_WORDS]
    if not words:
        return Part(frozenset(), "", "")
    found = {word.folded for word in words} | {word.marked for word in words if word.marked} | pairs(words)
    return Part(frozenset(found), words[0].folded, words[-1].folded)


def joined(parts: Iterable[Part], scope: str) -> str:
    """What `lexemes` says of the parts' texts, each on lines of its own, for whoever meets the same parts again."""
    found, before = {scope_lexeme(one) for one in scope.split()}, ""
    for part in parts:
        found |= part.found
        if before and part.first:
            found.add(pair(before, part.first))
        before = part.last or before
    return " ".join(sorted(found))
