"""What somebody typed to search by: words, and phrases in quotation marks. Everything else in it is read as words."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from portal.foundation.text import clean_line
from portal.search.lexemes import Word, pairs, words_in

LONGEST_ASKED = 200  # characters
MOST_ASKED = 16  # words
_QUOTES = '"“”„‟«»'
_PART = re.compile(f"[{_QUOTES}]([^{_QUOTES}]*)[{_QUOTES}]?|([^\\s{_QUOTES}]+)")
Phrase = tuple[Word, ...]


@dataclass(frozen=True)
class Query:
    """Phrases that must all be there; a single word is a phrase of one."""

    phrases: tuple[Phrase, ...] = ()

    @property
    def has_marks(self) -> bool:
        """Whether a word was typed with marks: then texts with just these marks come first."""
        return any(word.marked for phrase in self.phrases for word in phrase)

    @property
    def has_phrase(self) -> bool:
        """Whether words must stand one after the other: the index alone does not settle that."""
        return any(len(phrase) > 1 for phrase in self.phrases)


def read_query(typed: str) -> Query:
    """Reads what was typed. What stands together (VV-K7M2XQ) is a phrase as well."""
    found: list[Phrase] = []
    for part in _PART.finditer(clean_line(typed[:LONGEST_ASKED])):
        words = tuple(words_in(part[1] or part[2] or ""))
        if words and sum(map(len, found)) + len(words) <= MOST_ASKED:
            found.append(words)
    return Query(tuple(dict.fromkeys(found)))


def terms(query: Query, *, marked: bool) -> list[str]:
    """The lexemes that a document must all have. `marked`: words typed with marks only with these.

    Of a phrase the pairs say which folded words are in it, and are in fewer documents than these.
    """
    found: set[str] = set()
    for phrase in query.phrases:
        found |= pairs(phrase)
        if marked:
            found.update(word.marked for word in phrase if word.marked)
        if len(phrase) == 1 and not (marked and phrase[0].marked):
            found.add(phrase[0].folded)
    return sorted(found)


def places(words: Sequence[Word], phrase: Phrase, *, marked: bool) -> Iterator[int]:
    """Where in a text's words a phrase begins."""
    first = phrase[0].folded
    for place, word in enumerate(words):
        if word.folded == first and stands_at(words, place, phrase, marked=marked):
            yield place


def stands_at(words: Sequence[Word], place: int, phrase: Phrase, *, marked: bool) -> bool:
    """Whether a phrase stands at a place. `marked`: words typed with marks only with these."""
    return place + len(phrase) <= len(words) and all(
        word.folded == asked.folded and (not marked or not asked.marked or word.marked == asked.marked)
        for word, asked in zip(words[place : place + len(phrase)], phrase, strict=True)
    )


def holds(words: Sequence[Word], query: Query, *, marked: bool) -> bool:
    """Whether a text has all phrases."""
    return all(_any(places(words, phrase, marked=marked)) for phrase in query.phrases)


def _any(found: Iterable[int]) -> bool:
    return next(iter(found), None) is not None
