"""What of a statement would lead to whoever reported: facts that an agency never reads, and runs of their own words.

Pure. A fact forbids the statement; a run of words is shown, and the inspector says whether it may stand.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from portal.cases.clearing import clearing_masks
from portal.cases.identifiers import Sort, Span, all_spans
from portal.cases.places import date_spans
from portal.foundation.text import fold

RUN = 6  # so many words in a row that stand in the report
_WORD = re.compile("(?:[^\\W_][\u0300-\u036f]*)+")
_NUMBER = re.compile(r"\d+")

Words = tuple[str, ...]
Day = tuple[int, int]  # day, month: a year more or less is the same trace


class Trace(StrEnum):
    """What leads back."""

    FACT = "fact"  # forbids the statement
    RUN = "run"  # to be looked at


@dataclass(frozen=True)
class Finding:
    """From where to where in the statement, and what it is."""

    start: int
    end: int
    trace: Trace


@dataclass(frozen=True)
class Told:
    """What the reporter told: their texts, what was masked in them at filing, dossier codes and days."""

    texts: tuple[str, ...] = field(default=(), repr=False)
    masked: tuple[str, ...] = field(default=(), repr=False)
    codes: tuple[str, ...] = field(default=(), repr=False)
    days: tuple[date, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class _Word:
    start: int
    end: int
    typed: str
    bare: str


def traces(statement: str, told: Told, person: str = "") -> list[Finding]:
    """Everything in a statement that leads back to the report, in order.

    Numbers that point to anybody are facts whether the report has them or not: the reporter's own were cut from it.
    `person`: who is to be heard; their name has to stand in the statement, and is no trace.
    """
    words = _words(statement)
    spans = [(span.start, span.end) for span in all_spans(statement) if span.sort is not Sort.MASKED]
    spans += _days_in(statement, told)
    for fact in _facts(told, _bare(person)):
        spans += _places(words, fact)
    facts = [Finding(start, end, Trace.FACT) for start, end in _joined(spans)]
    runs = [Finding(start, end, Trace.RUN) for start, end in _joined(_runs(words, told.texts))]
    return sorted([*facts, *runs], key=lambda one: (one.start, one.end))


def may_be_sent(findings: Iterable[Finding], *, is_seen: bool) -> bool:
    """Whether a statement with these findings may go out: no fact in it, and its runs were looked at."""
    kinds = {one.trace for one in findings}
    return Trace.FACT not in kinds and (is_seen or Trace.RUN not in kinds)


def _words(text: str) -> list[_Word]:
    return [_Word(*one.span(), one[0], fold(one[0])) for one in _WORD.finditer(text)]


def _bare(text: str) -> Words:
    return tuple(word.bare for word in _words(text))


def _facts(told: Told, person: Words) -> Iterator[tuple[Words, bool]]:
    """Words that may not stand in a row, and whether they are a name: then only with a capital letter."""
    for code in (*told.codes, *told.masked):
        yield _bare(code), False
    for text in told.texts:
        for span in clearing_masks(text):
            fact = _bare(text[span.start : span.end])
            if span.sort is Sort.NAME and _stands_in(fact, person):
                continue
            if span.sort not in (Sort.DATE, Sort.MASKED):
                yield fact, span.sort is Sort.NAME


def _stands_in(fact: Words, person: Words) -> bool:
    return any(person[at : at + len(fact)] == fact for at in range(len(person)))


def _places(words: Sequence[_Word], fact: tuple[Words, bool]) -> Iterator[tuple[int, int]]:
    wanted, is_name = fact
    for at in range(len(words) - len(wanted) + 1) if wanted else ():
        met = words[at : at + len(wanted)]
        if tuple(word.bare for word in met) == wanted and (not is_name or met[0].typed[0].isupper()):
            yield met[0].start, met[-1].end


def _days_in(statement: str, told: Told) -> list[tuple[int, int]]:
    """Days of the report, however they are written; days without a number in the same words."""
    known: set[Day | Words] = {(day.day, day.month) for day in told.days}
    known |= {_day(text, span) for text in told.texts for span in date_spans(text)}
    return [(span.start, span.end) for span in date_spans(statement) if _day(statement, span) in known]


def _day(text: str, span: Span) -> Day | Words:
    words = text[span.start : span.end]
    numbers = [int(one) for one in _NUMBER.findall(words)]
    return (numbers[0], numbers[1]) if len(numbers) > 1 else _bare(words)


def _runs(words: Sequence[_Word], texts: Iterable[str]) -> Iterator[tuple[int, int]]:
    rows = [_bare(text) for text in texts]
    known = {row[at : at + RUN] for row in rows for at in range(len(row) - RUN + 1)}
    for at in range(len(words) - RUN + 1):
        if tuple(word.bare for word in words[at : at + RUN]) in known:
            yield words[at].start, words[at + RUN - 1].end


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order; those that overlap become one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
