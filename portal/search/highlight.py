"""The piece of a text that answers a search, with what was asked for marked. Offsets are those of the text itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portal.search.asking import Query, places, stands_at
from portal.search.lexemes import words_with_edges

SHOWN = 180  # letters of a piece, about
BEFORE = 50  # of them before the first hit


@dataclass(frozen=True)
class Part:
    """A stretch of text, asked for or not."""

    text: str
    is_hit: bool


@dataclass(frozen=True)
class Span:
    """A hit: from where to where in the text, and which phrase it is."""

    start: int
    end: int
    phrase: int


def hits(text: str, query: Query) -> list[Span]:
    """Where the phrases stand, in order. A phrase that stands there with the marks typed counts only as such."""
    words, edges = words_with_edges(text)
    spans: list[Span] = []
    for number, phrase in enumerate(query.phrases):
        alike = list(places(words, phrase, marked=False))
        starts = [start for start in alike if stands_at(words, start, phrase, marked=True)] or alike
        spans += [Span(edges[start][0], edges[start + len(phrase) - 1][1], number) for start in starts]
    return sorted(spans, key=lambda span: (span.start, -span.end))


def marked_parts(text: str, spans: Sequence[Span]) -> Iterator[Part]:
    """The whole text in stretches; hits that overlap are one."""
    at = 0
    for start, end in _joined(spans):
        if start > at:
            yield Part(text[at:start], is_hit=False)
        yield Part(text[start:end], is_hit=True)
        at = end
    if at < len(text):
        yield Part(text[at:], is_hit=False)


def _joined(spans: Sequence[Span]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for span in spans:
        if joined and span.start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], span.end)
        else:
            joined.append((span.start, span.end))
    return joined


def snippet(text: str, query: Query) -> list[Part]:
    """About two lines of the text around the place with most of what was asked for. Blanks of any kind are one."""
    flat = " ".join(text.split())
    spans = hits(flat, query)
    start, end = _window(flat, spans)
    inside = [
        Span(max(span.start, start) - start, min(span.end, end) - start, span.phrase)
        for span in spans
        if span.start < end and span.end > start
    ]
    parts = list(marked_parts(flat[start:end], inside))
    if start > 0:
        parts.insert(0, Part("… ", is_hit=False))
    if end < len(flat):
        parts.append(Part(" …", is_hit=False))
    return parts


def _window(flat: str, spans: Sequence[Span]) -> tuple[int, int]:
    """From where to where: whole words, around the first place that shows most of the phrases."""
    best, most = 0, 0
    for span in spans:
        seen = len({one.phrase for one in spans if span.start <= one.start and one.end <= span.start + SHOWN - BEFORE})
        if seen > most:
            best, most = span.start, seen
    start = max(0, best - BEFORE)
    if start > 0:
        start = flat.find(" ", start, best) + 1 or best
    end = min(len(flat), start + SHOWN)
    if end < len(flat):
        end = max(flat.rfind(" ", best, end), 0) or end
    return start, end
