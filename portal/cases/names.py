"""Finds the names of people: behind kinship and title words, behind a family name, and where they come again.

Pure. It reads composed text (NFC) in which numbers are veiled already (`clearing`). Names typed small or all in
capitals are found where nothing else can be meant: behind a family name, or a given name that is no other word.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from portal.cases import clue_words as known
from portal.cases.identifiers import Sort, Span

_WORD = re.compile(r"[^\W\d_]+(?:['’`][^\W\d_]+)*")
_LONGEST_TITLE = 3
_LONGEST_NAME = 5
_SKIPPED = 8  # words at most between a title and the name
_BESIDE_TITLE = re.compile(r"[\s:,.…“\"'(]*")


class Word(NamedTuple):
    """A word of the text: where, as typed, and in lower case."""

    start: int
    end: int
    typed: str
    lower: str
    after: str  # what stands between it and the next word

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.typed[0].isupper()

    @property
    def is_loud(self) -> bool:
        """Whether it is all capitals: its first letter then says nothing."""
        return len(self.typed) > 1 and self.typed.isupper()

    @property
    def joins(self) -> bool:
        """Whether nothing but blanks in the same line parts it from the next word."""
        return bool(self.after) and not self.after.strip() and "\n" not in self.after


def words_of(text: str) -> list[Word]:
    """The words of a text in order."""
    found = list(_WORD.finditer(text))
    ends = [*(match.start() for match in found), len(text)][1:]
    return [
        Word(match.start(), match.end(), match[0], match[0].lower(), text[match.end() : end])
        for match, end in zip(found, ends, strict=True)
    ]


def name_spans(text: str, known_names: Iterable[str] = ()) -> list[Span]:
    """The names in a text, and the places where one of them, or one known from elsewhere, comes again."""
    words = words_of(text)
    found = {*_behind_titles(words), *_behind_families(words)}
    names = {tuple(word.typed for word in words[first:last]) for first, last in found}
    names |= {tuple(word.typed for word in words_of(name)) for name in known_names}
    found |= set(_again(words, names))
    return [Span(words[first].start, words[last - 1].end, Sort.NAME) for first, last in sorted(found)]


class _Phrases:
    """Phrases of a few words, and for each first word how many the longest has: most words begin none."""

    def __init__(self, phrases: Iterable[str], longest: int = _LONGEST_TITLE) -> None:
        self.all = frozenset(phrases)
        self.longest: dict[str, int] = {}
        for phrase in self.all:
            first, length = phrase.split(" ")[0], phrase.count(" ") + 1
            if length <= longest:
                self.longest[first] = max(length, self.longest.get(first, 0))

    def at(self, words: Sequence[Word], place: int) -> int:
        """How many words from here on are one of the phrases, the longest; 0 if none is."""
        longest = self.longest.get(words[place].lower, 0)
        for length in range(min(longest, len(words) - place), 0, -1):
            part = words[place : place + length]
            if all(word.joins for word in part[:-1]) and " ".join(word.lower for word in part) in self.all:
                return length
        return 0


_TITLES = _Phrases((*known.TITLES, *known.BARE_TITLES))
_DOUBTFUL = frozenset(known.DOUBTFUL_TITLES)
_BETWEEN, _OFFICES, _REGIONS = _Phrases(known.BETWEEN, 1), _Phrases(known.OFFICES), _Phrases(known.REGIONS)
_BEGIN_TITLES = _DOUBTFUL.union(_TITLES.longest)
_FAMILIES = known.FAMILIES | known.BARE_FAMILIES
_LOUD_FAMILIES = known.FAMILIES - known.PLAIN_FAMILIES
_SPEAKERS = frozenset(("tôi", "tui", "toi"))


def _behind_titles(words: list[Word]) -> Iterator[tuple[int, int]]:
    for place, word in enumerate(words):
        if word.lower not in _BEGIN_TITLES:
            continue
        length = _TITLES.at(words, place)
        doubtful = not length and word.lower in _DOUBTFUL
        if not length and not doubtful:
            continue
        first = _name_start(words, place + (length or 1))
        if first is None:
            continue
        if doubtful and words[first].lower not in _FAMILIES:
            continue
        last = _name_end(words, first, word)
        if last > first:
            yield first, last


def _name_start(words: list[Word], place: int) -> int | None:
    """Where a name may begin behind a title, past words like "gái tôi là" and offices; None where none can."""
    needs_family = words[place - 1].lower in _SPEAKERS
    for _ in range(_SKIPPED):
        if place >= len(words):
            return None
        before = words[place - 1]
        if _BESIDE_TITLE.fullmatch(before.after) is None or "." in before.after.strip():
            return None
        skipped = _skipped(words, place)
        if not skipped:
            return place if not needs_family or words[place].lower in _FAMILIES else None
        needs_family = words[place].lower in _REGIONS.all
        place += skipped
    return None


def _skipped(words: list[Word], place: int) -> int:
    """How many words here stand between a title and its name."""
    word, before = words[place], words[place - 1]
    is_name = word.is_capital and not word.is_loud and not before.is_loud and word.lower not in ("là", "tên")
    between = 0 if is_name else _BETWEEN.at(words, place)
    return _OFFICES.at(words, place) or _REGIONS.at(words, place) or between


def _name_end(words: list[Word], first: int, title: Word) -> int:
    """Behind the name that begins here; `first` if none does."""
    word = words[first]
    before = words[first - 1]
    if "," in before.after and before.lower not in _SPEAKERS:
        return first
    if before.lower in _REGIONS.all and word.lower in known.PLAIN_FAMILIES:
        return first
    loud = word.is_loud and (title.is_loud or before.is_loud)
    if word.is_capital and not loud:
        return _capital_end(words, first)
    if _is_family(words, first, loud=loud):
        last = _quiet_end(words, first)
        if last - first >= 2:
            return last
    return first + 1 if _is_given(word, before) else first


def _capital_end(words: list[Word], first: int) -> int:
    """The words with capital letters from here on."""
    if words[first].lower in known.NO_NAMES:
        return first
    last = first + 1
    while last < len(words) and last - first < _LONGEST_NAME and words[last - 1].joins:
        if not words[last].is_capital or words[last].lower in known.NO_NAMES:
            break
        last += 1
    return last


def _quiet_end(words: list[Word], first: int) -> int:
    """A name without capital letters: up to four words, to the first that no name has."""
    last = first + 1
    while last < len(words) and last - first < 4 and words[last - 1].joins and words[last].lower not in known.STOPS:
        last += 1
    return last


def _is_family(words: list[Word], first: int, *, loud: bool) -> bool:
    """Whether a word without a capital letter of its own is a family name here."""
    word = words[first]
    follows = words[first + 1].lower if word.joins and first + 1 < len(words) else ""
    if word.lower in _LOUD_FAMILIES and loud:
        return True
    if follows == "thi" and word.lower not in known.BARE_FULL_FAMILIES:
        return False  # "làm thì"
    return word.lower in _FAMILIES and (word.lower in known.SURE_FAMILIES or follows in known.MIDDLES)


def _is_given(word: Word, before: Word) -> bool:
    """Whether a word behind a title can be nothing but a given name, though not written like one."""
    if not before.joins or (before.lower not in known.KIN and before.lower not in ("ong", "chu")):
        return False
    return word.lower in known.GIVENS or (word.lower in known.BARE_GIVENS and before.lower in ("anh", "ong", "chu"))


def _behind_families(words: list[Word]) -> Iterator[tuple[int, int]]:
    """Full names without a title: a family name with capital letters behind it, or with a middle name."""
    done = 0
    for place, word in enumerate(words):
        if place < done or word.lower not in _FAMILIES:
            continue
        done = _full_name_end(words, place)
        if done > place:
            yield place, done


def _full_name_end(words: list[Word], first: int) -> int:
    word = words[first]
    follows = words[first + 1] if word.joins and first + 1 < len(words) else None
    if follows is None or _is_inside(words, first, follows):
        return first
    if f"{word.lower} {follows.lower}" in known.NO_PERSONS:
        return first
    marked, bare = word.lower in known.FAMILIES, word.lower in known.BARE_FAMILIES
    if word.is_capital and not word.is_loud and follows.is_capital:
        last = _capital_end(words, first)
        is_short = last - first <= 2
        return (
            first
            if is_short and (not marked or word.lower in known.PLAIN_FAMILIES)
            else last
            if marked or bare
            else first
        )
    if (marked and follows.lower in ("văn", "thị")) or (
        word.lower in known.BARE_FULL_FAMILIES and follows.lower in ("van", "thi")
    ):
        last = _quiet_end(words, first)
        return last if last - first > 2 else first
    return first


def _is_inside(words: list[Word], first: int, follows: Word) -> bool:
    """Whether a word goes on with what stands before: the name of a place, or a longer run of capital letters."""
    before = words[first - 1] if first else None
    if before is None or not before.joins or before.lower in _TITLES.all:
        return False
    in_run = before.is_capital and not before.is_loud and follows.lower not in ("văn", "thị")
    return in_run or _is_place(before)


def _is_place(word: Word) -> bool:
    return word.lower in known.PLACES


def _again(words: list[Word], names: set[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """Where a name comes again, or its last word or two alone; not inside a longer run of capital letters."""
    tails = {name[-size:] for name in names for size in (1, 2, len(name)) if size <= len(name)}
    tails = {tail for tail in tails if all(part[0].isupper() and len(part) > 1 for part in tail)}
    for size in {len(tail) for tail in tails}:
        for first in range(len(words) - size + 1):
            part = words[first : first + size]
            is_one = tuple(word.typed for word in part) in tails and all(word.joins for word in part[:-1])
            if is_one and not _has_neighbour(words, first, first + size):
                yield first, first + size


def _has_neighbour(words: list[Word], first: int, last: int) -> bool:
    pairs = (words[first - 1 : first + 1] if first else [], words[last - 1 : last + 1])
    return any(
        one.joins and one.is_capital and other.is_capital and one.lower not in _TITLES.all
        for pair in pairs
        for one, other in pairwise(pair)
    ) or (first > 0 and words[first - 1].joins and _is_place(words[first - 1]))
