"""A text as parts for the page: plain words, what is hidden already, and what is proposed to be hidden."""

from collections.abc import Sequence

from flask_babel import gettext as _

from portal.cases.masking import MASK, Sort, Span
from portal.cases.models import Report

Part = tuple[str, str]


def parts_of(text: str) -> list[Part]:
    """Plain words and masks. Cut and masked read alike."""
    pieces = text.split(MASK)
    parts: list[Part] = []
    for number, piece in enumerate(pieces):
        if number:
            parts.append(("mask", _("đã che")))
        if piece:
            parts.append(("plain", piece))
    return parts


def spans_of(report: Report) -> list[Span]:
    """The masks that filing proposed."""
    return [Span(start, end, Sort(sort)) for start, end, sort in report.mask_spans]


def to_be_masked(narrative: str, hidden: Sequence[Span], left_open: Sequence[Span]) -> list[Part]:
    """The narrative as filed: boxed what will be hidden, dotted what was proposed and stays open."""
    parts: list[Part] = []
    done = 0
    kinds = {**dict.fromkeys(left_open, "open"), **dict.fromkeys(hidden, "mark")}
    for span in sorted(kinds, key=lambda one: one.start):
        if span.start < done:
            continue
        words = narrative[span.start : span.end]
        parts += parts_of(narrative[done : span.start])
        parts += parts_of(words) if MASK in words else [(kinds[span], words)]
        done = span.end
    return parts + parts_of(narrative[done:])
