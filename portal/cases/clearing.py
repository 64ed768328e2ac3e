"""What an agency must not read of what somebody wrote: the masks that the portal proposes.

Pure. Numbers and addresses that are recognised by themselves (`identifiers`), then names (`names`), places and days
(`places`) in the text with those veiled: masking one thing never uncovers another. All of them become the same mask.
"""

import unicodedata
from collections.abc import Iterable, Sequence

from portal.cases.identifiers import MASK, Sort, Span, all_spans, merged
from portal.cases.masking import apply_masks
from portal.cases.names import name_spans
from portal.cases.places import address_spans, date_spans

_VEIL = MASK[0]


def clearing_masks(text: str, known_names: Iterable[str] = ()) -> list[Span]:
    """Where a text tells who wrote it or whom it is about, in order. Masks that stand in it stay.

    `known_names` are masked without a title too: a message says "Tuấn" where the report said "anh Tuấn".
    """
    composed, starts, ends = _composed(text)
    numbers = all_spans(composed)
    veiled = _veiled(composed, numbers)
    clues = [*address_spans(veiled), *date_spans(veiled)]
    names = name_spans(_veiled(veiled, clues), known_names)
    spans = [Span(starts[one.start], ends[one.end - 1], one.sort) for one in (*numbers, *clues, *names)]
    return merged(text, spans)


def names_in(text: str) -> tuple[str, ...]:
    """The names that a text gives away."""
    return tuple(text[span.start : span.end] for span in clearing_masks(text) if span.sort is Sort.NAME)


def cleared_by_rule(text: str) -> str:
    """The text as an agency reads it when no inspector has read it before."""
    return apply_masks(text, clearing_masks(text))


def _veiled(text: str, spans: Iterable[Span]) -> str:
    """The text with the same length, and nothing to read at these places."""
    parts, done = [], 0
    for span in merged(text, spans):
        parts += [text[done : span.start], _VEIL * (span.end - span.start)]
        done = span.end
    return "".join([*parts, text[done:]])


def _composed(text: str) -> tuple[str, Sequence[int], Sequence[int]]:
    """The text in NFC; for each of its characters where what it stands for begins and ends in the text."""
    if unicodedata.is_normalized("NFC", text):
        return text, range(len(text)), range(1, len(text) + 1)
    parts, starts, ends = [], [], []
    place = 0
    while place < len(text):
        end = place + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        whole = unicodedata.normalize("NFC", text[place:end])
        parts.append(whole)
        starts += [place] * len(whole)
        ends += [end] * len(whole)
        place = end
    return "".join(parts), starts, ends
