"""Finding a body or a procedure by part of its name, as people type on a phone. Pure.

Without marks or with them, in any order, by the beginnings of words or by initials ("ubnd", "so tnmt"), and
with the keys of a Vietnamese keyboard that was switched off ("hooij an").
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from portal.foundation.text import clean_line, fold

# What people call a one-stop office, whatever its full name is in a tree.
ONE_STOP_WORDS = "một cửa trung tâm hành chính công one-stop"

_WORD = re.compile(r"\w+")
_SMALL_WORDS = frozenset({"va", "cua", "ve", "cac", "cho", "theo", "the", "of", "and", "for", "in"})
_BY_CODE = 10_000
_TELEX_TONES = re.compile("[sfrxjzw]")
_TELEX_DOUBLES = re.compile(r"([aeo])\1")


@dataclass(frozen=True)
class Findable:
    """Something with names to be found by; `also` are other words for it ("một cửa")."""

    code: str
    names: tuple[str, ...]
    also: str = ""


@dataclass(frozen=True)
class Indexed:
    """One thing as it is compared: its words, each name's initials and words in a row, the names as written."""

    code: str
    bare_code: str
    words: frozenset[str]
    also: frozenset[str]
    initials: tuple[str, ...]
    phrases: str
    written: str
    length: int


Index = Sequence[Indexed]
T = TypeVar("T")


def index(things: Iterable[Findable]) -> Index:
    """Prepares things for finding, once for many questions; their order decides where nothing else does."""
    return tuple(_indexed(thing) for thing in things)


def _indexed(thing: Findable) -> Indexed:
    names = [_words(name) for name in thing.names]
    words = frozenset(word for name in names for word in name)
    return Indexed(
        code=thing.code,
        bare_code="".join(_words(thing.code.partition(" ")[0])),
        words=words,
        also=frozenset(_words(thing.also)),
        initials=tuple("".join(word[0] for word in name if word not in _SMALL_WORDS) for name in names),
        phrases=" | ".join(f" {' '.join(name)}" for name in names),
        written=" ".join(thing.names).lower(),
        length=len(thing.names[0]),
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def find(things: Index, typed: str, most: int = 12) -> list[str]:
    """The codes of what fits best, at most so many; nothing for nothing typed."""
    typed = clean_line(typed)[:200].lower()
    wanted = _words(typed)
    if not wanted:
        return []
    return _fitting(things, wanted, typed, most) or _fitting(things, [_untelexed(word) for word in wanted], typed, most)


def _fitting(things: Index, wanted: Sequence[str], typed: str, most: int) -> list[str]:
    scored = [(_score(thing, wanted, typed), thing.length, place) for place, thing in enumerate(things)]
    best = sorted((-score, length, place) for score, length, place in scored if score > 0)
    return [things[place].code for _, _, place in best[:most]]


def _score(thing: Indexed, wanted: Sequence[str], typed: str) -> int:
    """Nothing unless every word fits. Whole words count most; words in a row, and then the same marks, go first."""
    if "".join(wanted) == thing.bare_code:
        return _BY_CODE
    total = 0
    for word in wanted:
        if word in thing.words:
            total += 4
        elif word in thing.also or any(one.startswith(word) for one in thing.words):
            total += 2
        elif len(word) > 1 and any(word in initials for initials in thing.initials):
            total += 1
        else:
            return 0
    in_a_row = f" {' '.join(wanted)}" in thing.phrases
    return total + len(wanted) * ((4 if in_a_row else 0) + (4 if typed in thing.written else 0))


def _untelexed(word: str) -> str:
    """hooij → hoi, tieesng → tieng, ddieenj → dien: the keys that a keyboard would have turned into marks."""
    start = re.match("[^aeiouy]*", word)
    head = start[0] if start else ""
    rest = _TELEX_TONES.sub("", word[len(head) :])
    return head.replace("dd", "d").replace("w", "u") + _TELEX_DOUBLES.sub(r"\1", rest)
