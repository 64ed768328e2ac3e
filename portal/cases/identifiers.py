"""Finds in a text what points to a person: phones, e-mails, ID and tax numbers, plates, dossiers, accounts.

Each candidate is judged by its own characters and by whether a digit stands right beside it, nothing else.
So masking one thing never uncovers or hides another, and `masking` may cut what is the reporter's own, before
or after, with the same result. Account numbers alone need a word near them: they are looked for last, in the
text where all else is masked already.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from typing import NamedTuple

# Final: offsets in sealed envelopes count its five letters (docs/decisions/0006-envelope.md).
MASK = "█████"
_BLOCK = MASK[0]


class Sort(StrEnum):
    """What a span covers."""

    PHONE = "phone"
    EMAIL = "email"
    CITIZEN_ID = "citizen_id"
    TAX_CODE = "tax_code"
    ACCOUNT = "account"
    NUMBER = "number"  # nothing but an identifier has nine digits or more without a break
    PLATE = "plate"
    DOSSIER = "dossier"
    NAME = "name"
    ADDRESS = "address"
    DATE = "date"
    OWN = "own"  # what the reporter typed of their own identity
    CHOSEN = "chosen"  # what an inspector masks
    MASKED = "masked"


class Span(NamedTuple):
    """From where to where in a text."""

    start: int
    end: int
    sort: Sort


@dataclass(frozen=True)
class DigitRun:
    """Groups of digits with at most four blanks, dots, hyphens or parentheses between two of them."""

    text: str
    groups: tuple[tuple[int, int], ...]
    digits: str  # all groups joined, as ASCII
    offsets: tuple[int, ...]  # where each group begins in `digits`, and the length of all

    def words(self, first: int, last: int) -> list[str]:
        """The digits of these groups, the last one included."""
        return [self.digits[self.offsets[one] : self.offsets[one + 1]] for one in range(first, last + 1)]

    def gaps(self, first: int, last: int) -> list[str]:
        """What stands between these groups."""
        return [self.text[self.groups[one][1] : self.groups[one + 1][0]] for one in range(first, last)]

    def ending_at(self, first: int, length: int) -> int | None:
        """The group with which so many digits from the first group on end; None if inside a group."""
        end = self.offsets[first] + length
        found = bisect_right(self.offsets, end) - 1
        return found - 1 if found > first and self.offsets[found] == end else None


_GAP = "[ \\t\u00a0\u2000-\u200a\u202f\u3000.()·\u2010-\u2014-]{1,4}"
_RUN = re.compile(rf"\d+(?:{_GAP}\d+)*")
_GROUP = re.compile(r"\d+")
_PHONE = re.compile(r"(?:(?:00)?840?|0)(?:[35789]\d{8}|1[2689]\d{8}|2\d{8,9})")
_LANDLINE_DIGITS = re.compile(r"(?:(?:00)?840?|0)2\d{9}")
_ID_SHAPES = ((3, 3, 6), (3, 3, 3, 3), (3, 9), (3, 1, 2, 6))
_SORT_BY_LENGTH = {9: Sort.CITIZEN_ID, 10: Sort.TAX_CODE, 12: Sort.CITIZEN_ID}
_ROUND = ("000", "500")

_NOT_LOCAL = frozenset('@<>",;:()[]\\\u2018\u2019\u201c\u201d\u2026«»' + _BLOCK)
_DOMAIN = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_PLATE = re.compile(
    r"(?<!\d)(?=("
    r"\d\d[-. ]?(?:[A-ZĐ]{1,2}\d?|[a-zđ]\d|[abcdef])[-. ]?\d{3}[. ]?\d\d(?!\d)"
    r"|\d\d-?[A-ZĐ](?:\d[-. ]?|[-.]?)(?!19\d\d|20\d\d)\d{4}(?!\d)"
    r"))"
)
_DOSSIER_TAIL = re.compile(r" ?(?=([-–] ?\d{6} ?[-–] ?\d{3,6}(?!\d)))")
_DOSSIER_HEAD = re.compile(
    r"(?:(?<!\d)(?=\d)|(?=[A-Za-z]))"
    r"(?:[A-Za-z0-9]{1,4}\.){0,6}[A-Za-z]?\d{2,3}(?:\.[A-Za-z0-9]{1,4}){0,4} ?\Z"
)
_LONGEST_HEAD = 55
_BLOCKS = re.compile(_BLOCK + "+")

_WORD_BEFORE = re.compile(
    r"(?<!\w)(?:stk|tk|tài\s{1,3}kho[ảa]n|tài\s{1,3}khỏan|tai\s{1,3}khoan|số\s{1,3}thẻ|so\s{1,3}the|account"
    r"|mst|mã\s{1,3}số\s{1,3}thuế|ma\s{1,3}so\s{1,3}thue|cmnd|cmtnd|cmt|cccd|căn\s{1,3}cước"
    r"|can\s{1,3}cuoc|chứng\s{1,3}minh|chung\s{1,3}minh)(?!\w)",
    re.IGNORECASE,
)
_CURRENCY = re.compile(r"\s?(?:đồng|dong|vnđ|vnd|đ)(?!\w)", re.IGNORECASE)
_NEAR = 45  # letters between: counted so, one masked number does not bring the next one nearer
_ACCOUNT_DIGITS = range(8, 20)


def digit_runs(text: str) -> Iterator[DigitRun]:
    """All runs of digit groups, left to right."""
    for run in _RUN.finditer(text):
        groups = tuple(group.span() for group in _GROUP.finditer(text, *run.span()))
        digits, offsets = [], [0]
        for start, end in groups:
            group = text[start:end]
            digits.append(group if group.isascii() else "".join(str(int(char)) for char in group))
            offsets.append(offsets[-1] + end - start)
        yield DigitRun(text, groups, "".join(digits), tuple(offsets))


def strong_spans(text: str) -> list[Span]:
    """What is recognised by itself. Spans that touch are one, and so is a mask that one touches."""
    plates = (Span(*match.span(1), Sort.PLATE) for match in _PLATE.finditer(text))
    return merged(text, [*_numbers(text), *_emails(text), *plates, *_dossiers(text)])


def all_spans(text: str) -> list[Span]:
    """The strong spans, and the account and ID numbers that a word before them gives away."""
    strong = strong_spans(text)
    reduced, moved = _reduced(text, strong)
    weak = [Span(moved(span.start), moved(span.end), span.sort) for span in _announced(reduced)]
    return merged(text, [*strong, *weak])


def merged(text: str, spans: Iterable[Span]) -> list[Span]:
    """Spans in order; those that overlap or touch become one, named after the longest of them."""
    masks = [Span(*match.span(), Sort.MASKED) for match in _BLOCKS.finditer(text)]
    ordered = sorted([*spans, *masks], key=lambda span: (span.start, -span.end))
    whole: list[Span] = []
    length = 0
    for span in ordered:
        if span.end <= span.start:
            continue
        if not whole or span.start > whole[-1].end:
            whole.append(span)
            length = span.end - span.start
            continue
        last = whole[-1]
        is_named = last.sort is not Sort.MASKED
        renamed = span.sort is not Sort.MASKED and (not is_named or span.end - span.start > length)
        length = span.end - span.start if renamed else length
        whole[-1] = Span(last.start, max(last.end, span.end), span.sort if renamed else last.sort)
    return [span for span in whole if span.sort is not Sort.MASKED]


def _numbers(text: str) -> Iterator[Span]:
    for run in digit_runs(text):
        for first, (start, end) in enumerate(run.groups):
            digit = run.digits[run.offsets[first]]
            if digit in "08":
                last = _phone_end(run, first)
                if last is not None:
                    yield Span(_phone_start(run, first, last), run.groups[last][1], Sort.PHONE)
            if digit == "0":
                yield from _grouped_ids(run, first)
            if end - start >= 9:
                yield from _unbroken(run, first)


def _phone_end(run: DigitRun, first: int) -> int | None:
    match = _PHONE.match(run.digits, run.offsets[first])
    if match is None:
        return None
    last = run.ending_at(first, len(match[0]))
    if last is None and _LANDLINE_DIGITS.fullmatch(match[0]):
        last = run.ending_at(first, len(match[0]) - 1)
    return last if last is not None and _is_written_as_phone(run, first, last) else None


def _is_written_as_phone(run: DigitRun, first: int, last: int) -> bool:
    """Dates, times and amounts can have a phone's digits; their groups tell them apart."""
    words, gaps = run.words(first, last), run.gaps(first, last)
    if words[0] == "84":
        return run.text[: run.groups[first][0]].endswith(("+", "+(")) or not _is_amount(words, gaps)
    if len(words[0]) > 2:
        return True
    if _has_date(words) or (len(words[0]) == 2 and _is_amount(words[1:], gaps[1:])):
        return False
    return any(len(word) > 2 for word in words) or len(set(gaps)) == 1


def _has_date(words: list[str]) -> bool:
    """Day, month, year in a row, or month and year at the beginning."""
    years = [place for place, word in enumerate(words) if len(word) == 4 and word[:2] in ("19", "20")]
    return any(
        len(words[year - 1]) <= 2
        and 1 <= int(words[year - 1]) <= 12
        and (year == 1 or (len(words[year - 2]) <= 2 and 1 <= int(words[year - 2]) <= 31))
        for year in years
        if year
    )


def _is_amount(words: list[str], gaps: list[str], marks: str = ".") -> bool:
    """A round sum of money, in groups of three digits with one of the marks between."""
    is_grouped = len(words[0]) <= 3 and all(len(word) == 3 for word in words[1:])
    return is_grouped and _is_round(words[0], words[-1]) and all(gap in marks for gap in gaps)


def _is_round(first: str, last: str) -> bool:
    return not first.startswith("0") and last.endswith(_ROUND)


def _phone_start(run: DigitRun, first: int, last: int) -> int:
    start, end = run.groups[first][0], run.groups[last][1]
    for sign in "+(+":
        before = run.text[start - 1 : start]
        if before == sign and (sign == "+" or ")" in run.text[start:end]):
            start -= 1
    return start


def _grouped_ids(run: DigitRun, first: int) -> Iterator[Span]:
    lengths = tuple(end - start for start, end in run.groups[first : first + 4])
    for shape in _ID_SHAPES:
        if lengths[: len(shape)] == shape:
            yield Span(run.groups[first][0], run.groups[first + len(shape) - 1][1], Sort.CITIZEN_ID)


def _unbroken(run: DigitRun, first: int) -> Iterator[Span]:
    """A number of nine digits or more; a tax code with its branch behind it."""
    (start, end), [word] = run.groups[first], run.words(first, first)
    if len(word) <= 12 and _is_round(word, word):
        return
    if len(word) == 10 and first + 1 < len(run.groups):
        [gap], (_, after) = run.gaps(first, first + 1), run.groups[first + 1]
        end = after if gap in "-–" and after - end - len(gap) == 3 else end
    yield Span(start, end, _SORT_BY_LENGTH.get(len(word), Sort.NUMBER))


def _emails(text: str) -> Iterator[Span]:
    at = text.find("@")
    while at >= 0:
        domain = _DOMAIN.match(text, at + 1)
        start = at
        while start and text[start - 1] not in _NOT_LOCAL and not text[start - 1].isspace():
            start -= 1
        if domain is not None and start < at:
            yield Span(start, domain.end(), Sort.EMAIL)
        at = text.find("@", at + 1)


def _dossiers(text: str) -> Iterator[Span]:
    for tail in _DOSSIER_TAIL.finditer(text):
        start, end = tail.span(1)
        head = _DOSSIER_HEAD.search(text, max(0, start - _LONGEST_HEAD), start)
        if head is not None:
            yield Span(head.start(), end, Sort.DOSSIER)


class _Moved:
    """Where a place of the reduced text is in the whole one."""

    def __init__(self) -> None:
        self.places: list[int] = [0]
        self.shifts: list[int] = [0]

    def __call__(self, place: int) -> int:
        return place + self.shifts[bisect_right(self.places, place) - 1]


def _reduced(text: str, spans: list[Span]) -> tuple[str, _Moved]:
    moved, parts, done, length = _Moved(), [], 0, 0
    for span in spans:
        parts += [text[done : span.start], MASK]
        length += span.start - done + len(MASK)
        done = span.end
        moved.places.append(length)
        moved.shifts.append(done - length)
    return "".join([*parts, text[done:]]), moved


def _announced(text: str) -> Iterator[Span]:
    words = [match.end() for match in _WORD_BEFORE.finditer(text)]
    if not words:
        return
    letters = list(accumulate(map(str.isalpha, text), initial=0))
    for run in digit_runs(text):
        first = 0
        while first < len(run.groups):
            last = _account_end(run, first)
            start = run.groups[first][0]
            nearest = bisect_right(words, start) - 1
            if last is not None and nearest >= 0 and letters[start] - letters[words[nearest]] <= _NEAR:
                yield Span(start, run.groups[last][1], Sort.ACCOUNT)
            first = first + 1 if last is None else last + 1


def _account_end(run: DigitRun, first: int) -> int | None:
    best, gaps = None, set()
    for last in range(first, len(run.groups)):
        if last > first:
            gaps.update(run.gaps(last - 1, last))
        length = run.offsets[last + 1] - run.offsets[first]
        if len(gaps) > 1 or length >= _ACCOUNT_DIGITS.stop:
            break
        if length in _ACCOUNT_DIGITS:
            best = last
    return None if best is None or _is_no_account(run, first, best) else best


def _is_no_account(run: DigitRun, first: int, last: int) -> bool:
    words = run.words(first, last)
    if len(words) == 1:
        is_hotline = len(words[0]) == 8 and words[0][:4] in ("1800", "1900")
        return is_hotline or _CURRENCY.match(run.text, run.groups[last][1]) is not None
    return _is_amount(words, run.gaps(first, last), ". ") or _has_date(words) or _has_date(words[::-1])
