"""Cuts the reporter's own data out of what is stored, and masks what an agency must not read.

Cut and masked read alike and say nothing of a length, so that an agency cannot tell the reports of people
who gave their name from those of people who did not. Where a phone number or an e-mail address begins and
ends is decided in one place (`identifiers`): cutting one and masking the rest gives what masking alone gives.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from portal.cases.identifiers import MASK, Sort, Span, all_spans, digit_runs, merged, strong_spans
from portal.foundation.text import fold

__all__ = [
    "MASK",
    "IdentityWords",
    "Piece",
    "Sort",
    "Span",
    "apply_masks",
    "cut",
    "identity_cuts",
    "proposed_masks",
    "restore",
]

_WORD = re.compile("(?:[^\\W_][\u0300-\u036f]*)+")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_JOINTS = frozenset({"", ".", "-", "_", "&", "'", "’"})
_COUNTRY = re.compile(r"(?:00)?84|0")
_SHORTEST_NUMBER = 8

# Words that stand before a name with a capital letter and are no part of it.
_TITLES = frozenset(["anh", "chị", "em", "ông", "bà", "cô", "chú", "bác", "cháu", "tôi", "tên", "là"])
# The last two words of these are no given name: "Xây dựng", "Hội An".
_BUSINESSES = ("cong ty", "ho kinh", "doanh nghiep", "hop tac", "cua hang", "co so", "chi nhanh", "tap doan")


@dataclass(frozen=True)
class IdentityWords:
    """The reporter's own data, to be found in what they typed."""

    name: str = field(default="", repr=False)
    phones: tuple[str, ...] = field(default=(), repr=False)
    emails: tuple[str, ...] = field(default=(), repr=False)
    tax_codes: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Piece:
    """What was cut, and where its mask stands in the stored text."""

    at: int
    text: str = field(repr=False)


def identity_cuts(text: str, identity: IdentityWords) -> list[Span]:
    """Where the reporter typed their own name, phone, e-mail or tax code, with all that it is a part of."""
    if not text:
        return []
    numbers = _Numbers.of(identity)
    strong = strong_spans(text)
    own = [span for span in strong if _tells(text[span.start : span.end], numbers, identity.emails)]
    own += [*_typed_tax_codes(text, numbers.tax_codes), *_typed_names(text, identity.name)]
    starts = sorted(span.start for span in own)
    whole = merged(text, [*own, *strong])
    return [Span(span.start, span.end, Sort.OWN) for span in whole if _holds_one(span, starts)]


def _holds_one(span: Span, starts: list[int]) -> bool:
    return bisect_left(starts, span.start) < bisect_left(starts, span.end)


def proposed_masks(text: str) -> list[Span]:
    """What an agency should not read: numbers and addresses that point to a person. Masks stay."""
    return all_spans(text)


def cut(text: str, spans: Iterable[Span]) -> tuple[str, tuple[Piece, ...]]:
    """The text with a mask in the place of each span, and what was cut. `restore` undoes it."""
    parts, pieces, done, length = [], [], 0, 0
    for span in merged(text, spans):
        parts += [text[done : span.start], MASK]
        pieces.append(Piece(length + span.start - done, text[span.start : span.end]))
        length += span.start - done + len(MASK)
        done = span.end
    return "".join([*parts, text[done:]]), tuple(pieces)


def restore(stored: str, pieces: Iterable[Piece]) -> str:
    """The text as it was before the cut."""
    parts, done = [], 0
    for piece in pieces:
        parts += [stored[done : piece.at], piece.text]
        done = piece.at + len(MASK)
    return "".join([*parts, stored[done:]])


def apply_masks(text: str, spans: Iterable[Span]) -> str:
    """The text as an agency may read it."""
    return cut(text, spans)[0]


@dataclass(frozen=True)
class _Numbers:
    """The digits to look for: phones without the leading 0 or 84, tax codes without the branch."""

    phones: tuple[str, ...]
    tax_codes: tuple[str, ...]

    @classmethod
    def of(cls, identity: IdentityWords) -> "_Numbers":
        phones = (_COUNTRY.sub("", _digits(phone), count=1) for phone in identity.phones)
        codes = (_digits(code) for code in identity.tax_codes)
        return cls(
            tuple(phone for phone in phones if len(phone) >= _SHORTEST_NUMBER),
            tuple(code[:10] if len(code) != 12 else code for code in codes if len(code) >= _SHORTEST_NUMBER),
        )


def _digits(text: str) -> str:
    return "".join(str(int(char)) for char in text if char.isdecimal())


def _tells(piece: str, numbers: _Numbers, emails: tuple[str, ...]) -> bool:
    digits, lower = _digits(piece), piece.casefold()
    return any(number in digits for number in (*numbers.phones, *numbers.tax_codes)) or any(
        email.strip().casefold() in lower for email in emails if "@" in email
    )


def _typed_tax_codes(text: str, codes: tuple[str, ...]) -> Iterator[Span]:
    """Tax codes in groups, which by themselves could be any number."""
    if not codes:
        return
    for run in digit_runs(text):
        for first, (start, _) in enumerate(run.groups):
            for code in codes:
                last = run.ending_at(first, len(code))
                if last is not None and run.digits.startswith(code, run.offsets[first]):
                    yield Span(start, run.groups[last][1], Sort.OWN)


@dataclass(frozen=True)
class _Word:
    """A word of a text or of a name: as typed, with its marks in a settled order, and without them."""

    start: int
    end: int
    typed: str
    marked: str
    bare: str

    @property
    def is_capital(self) -> bool:
        return self.typed[0].isupper()

    def may_be(self, other: "_Word") -> bool:
        """The same letters, and the same marks or none: "lan" may be Lan, "lần" is another word."""
        return self.bare == other.bare and (
            self.marked == other.marked or self.marked == self.bare or other.marked == other.bare
        )


def _words(text: str) -> list[_Word]:
    known: dict[str, tuple[str, str]] = {}
    found = []
    for match in _WORD.finditer(text):
        typed = match[0]
        if typed not in known:
            known[typed] = _marked(typed), fold(typed)
        found.append(_Word(match.start(), match.end(), typed, *known[typed]))
    return found


def _marked(word: str) -> str:
    """Lower case with the tone behind the letters: hòa and hoà are one spelling."""
    word = word.casefold()
    if word.isascii():
        return word
    spread = unicodedata.normalize("NFD", word)
    return "".join(sorted(spread, key=_TONES.__contains__))


def _typed_names(text: str, name: str) -> Iterator[Span]:
    """The full name, and of three to five words (no business) the last two in their exact spelling.

    Of a short name only what can be nothing else: the gaps that cut common words would leave tell the name.
    """
    wanted = _words(name)
    # Most people do not write their name: one quick look for the words without which nothing can be found.
    if not wanted or not _in_a_row(wanted[-2:]).search(fold(text)):
        return
    words = _words(text)
    if len(wanted) == 1:
        yield from _exact(text, words, wanted)
        return
    yield from _sloppy(text, words, wanted)
    if 3 <= len(wanted) <= 5 and not fold(name).strip().startswith(_BUSINESSES):
        yield from _exact(text, words, wanted[-2:])


def _in_a_row(wanted: list[_Word]) -> re.Pattern[str]:
    """Finds words in folded text with no other between them, wherever they begin and end."""
    return re.compile(r"[\W_]*".join(re.escape(word.bare) for word in wanted))


def _sloppy(text: str, words: list[_Word], wanted: list[_Word]) -> Iterator[Span]:
    for place in range(len(words) - len(wanted) + 1):
        met = words[place : place + len(wanted)] if words[place].bare == wanted[0].bare else []
        pairs = list(zip(met, wanted, strict=False))
        is_name = bool(pairs) and all(word.bare == want.bare for word, want in pairs)
        if len(wanted) == 2:
            is_name = is_name and all(word.may_be(want) for word, want in pairs)
        if is_name and all(_joint(text, *pair) in _JOINTS for pair in pairwise(met)):
            yield Span(met[0].start, met[-1].end, Sort.OWN)


def _exact(text: str, words: list[_Word], wanted: list[_Word]) -> Iterator[Span]:
    """With the same marks and capital letters, and not inside a longer name (Quảng Nam is no Nam)."""
    for place in range(len(words) - len(wanted) + 1):
        met = words[place : place + len(wanted)]
        is_name = all(word.is_capital and word.marked == want.marked for word, want in zip(met, wanted, strict=True))
        if not is_name or any(_joint(text, *pair) for pair in pairwise(met)):
            continue
        before = words[place - 1 : place] if place else []
        after = words[place + len(wanted) : place + len(wanted) + 1]
        if any(_is_one_name(text, word, met[0]) and word.typed.casefold() not in _TITLES for word in before):
            continue
        if not any(_is_one_name(text, met[-1], word) for word in after):
            yield Span(met[0].start, met[-1].end, Sort.OWN)


def _joint(text: str, one: _Word, other: _Word) -> str:
    return text[one.end : other.start].strip()


def _is_one_name(text: str, one: _Word, other: _Word) -> bool:
    """Whether two words with capital letters stand together in a line."""
    gap = text[one.end : other.start]
    return one.is_capital and other.is_capital and not gap.strip() and "\n" not in gap
