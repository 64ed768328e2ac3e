"""What an inspector chooses to mask, and the text that comes of it: the only one that may be sent.

Pure. A choice is which proposals stay masked, which words are masked wherever they stand, or the matter told anew.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from portal.cases.clearing import clearing_masks, names_in
from portal.cases.identifiers import MASK, Sort, Span, merged
from portal.cases.masking import apply_masks, proposed_masks
from portal.foundation.text import clean


@dataclass(frozen=True)
class Choice:
    """What is masked: proposals by their key, and words. A text that is told anew stands for itself."""

    masked: frozenset[str] = frozenset()
    added: tuple[str, ...] = field(default=(), repr=False)
    retold: str = field(default="", repr=False)


def key_of(span: Span) -> str:
    """How a form names a proposal."""
    return f"{span.start}-{span.end}"


def proposals(narrative: str, kept: Iterable[Span]) -> list[Span]:
    """The spans kept from filing, and those that the rules of today find besides."""
    return merged(narrative, [*kept, *clearing_masks(narrative)])


def places_of(narrative: str, words: str) -> list[Span]:
    """Everywhere these words stand, whatever their capital letters and blanks; not inside other words."""
    pieces = [re.escape(piece) for piece in clean(words).split()]
    if not pieces:
        return []
    pattern = r"(?<!\w)" + r"\s+".join(pieces) + r"(?!\w)"
    return [Span(*match.span(), Sort.CHOSEN) for match in re.finditer(pattern, narrative, re.IGNORECASE)]


def text_of(narrative: str, proposed: Sequence[Span], choice: Choice) -> str:
    """Exactly what an agency will read. Of a matter told anew numbers that point to a person are masked still."""
    if choice.retold:
        retold = clean(choice.retold)
        return apply_masks(retold, proposed_masks(retold))
    spans = [span for span in proposed if key_of(span) in choice.masked]
    for words in choice.added:
        spans += places_of(narrative, words)
    return clean(apply_masks(narrative, spans))


def first_choice(narrative: str, proposed: Sequence[Span], earlier: str | None) -> Choice:
    """Everything that is proposed; where there is an earlier version, what it masked, or how it told the matter."""
    if earlier is None:
        return Choice(frozenset(key_of(span) for span in proposed))
    hidden = hidden_in(narrative, earlier)
    if hidden is None:
        return Choice(frozenset(key_of(span) for span in proposed), retold=earlier)
    masked = [one for one in proposed if any(span.start <= one.start and one.end <= span.end for span in hidden)]
    rest = [span for span in hidden if not any(one.start < span.end and span.start < one.end for one in masked)]
    words = dict.fromkeys(narrative[span.start : span.end] for span in rest)
    found = Choice(frozenset(key_of(span) for span in masked), tuple(words))
    return found if text_of(narrative, proposed, found) == earlier else Choice(found.masked, retold=earlier)


def hidden_in(narrative: str, cleared: str) -> list[Span] | None:
    """Which spans of a narrative a cleared text masks; None where it is no masked form of it."""
    done, spans = 0, []
    pieces = cleared.split(MASK)
    for number, piece in enumerate(pieces):
        is_last = number == len(pieces) - 1
        at = len(narrative) - len(piece) if is_last and number else narrative.find(piece, done)
        if at < done or (number == 0 and at) or not narrative.startswith(piece, at):
            return None
        if number:
            spans.append(Span(done, at, Sort.CHOSEN))
        done = at + len(piece)
    found = merged(narrative, spans)
    return found if clean(apply_masks(narrative, found)) == cleared else None


def masked_message(text: str, narrative: str, cleared: str | None, *, knows_dossier: bool = False) -> str:
    """A later message as an agency reads it: names that the report gave, and what an inspector masked in it, too.

    An office that knows the dossier asks when it was handed in: to it, days stay legible.
    """
    spans = clearing_masks(text, names_in(narrative))
    hidden = (hidden_in(narrative, cleared) or []) if cleared is not None else []
    if knows_dossier:
        days = [span for span in clearing_masks(narrative) if span.sort is Sort.DATE]
        spans = [span for span in spans if span.sort is not Sort.DATE]
        hidden = [span for span in hidden if not any(day.start < span.end and span.start < day.end for day in days)]
    for span in hidden:
        spans += places_of(text, narrative[span.start : span.end])
    return apply_masks(text, spans)
