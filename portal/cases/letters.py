"""A letter of the data with what the portal knows filled in; what it does not know, or may not show, is left blank.

Pure: texts in, parts out. The typesetter (a page, a PDF) draws them: a blank is a dotted line.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from portal.catalogue.letter_texts import may_show

# What takes more than a word or two by hand gets lines of its own, where nothing follows it.
_LONG = frozenset(
    {
        "attachments",
        "co_signers",
        "complained_of",
        "complaint_decision_text",
        "evidence",
        "narrative",
        "new_facts",
        "obstacle",
        "protected_persons",
        "reason",
        "still_wrong",
        "wish",
    }
)
_LINES = {"attachments": 1, "narrative": 6, "evidence": 3, "new_facts": 3, "reason": 3, "still_wrong": 3}
_SHORT = re.compile(r"_on$|^days_|^amount_|^place$|_phone$|_id_number$")
_VARIABLE = re.compile(r"\{(\w+)\}")
TICK = "[ ] "
SHORT_LABEL = 45
ERASED = "█"  # what was cut out of the reporter's own words: a paper with black holes is no letter


class Size(StrEnum):
    """How much room a blank leaves."""

    SHORT = "short"
    LINE = "line"
    LINES = "lines"


@dataclass(frozen=True)
class Blank:
    """Room to write in by hand."""

    size: Size
    lines: int = 1


Piece = str | Blank


@dataclass(frozen=True)
class Line:
    """One line of a letter; one to tick begins with a box."""

    pieces: tuple[Piece, ...]
    has_box: bool = False

    @property
    def field(self) -> Blank | None:
        """The blank that takes the rest of the line, where nothing but a short label stands before it."""
        match self.pieces:
            case (str(label), Blank() as blank) if len(label) <= SHORT_LABEL:
                return blank
        return None


Paragraph = tuple[Line, ...]


@dataclass(frozen=True)
class Letter:
    """A letter in one language: to whom, what, and where it is signed."""

    title: str
    to: Paragraph
    body: tuple[Paragraph, ...]
    place: Paragraph
    signature: tuple[Paragraph, ...]

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """All of it, in order."""
        return (self.to, *self.body, self.place, *self.signature)


def fill(title: str, body: str, track: str, values: Mapping[str, str]) -> Letter:
    """A letter filled with those of the values that it may show."""
    shown = {
        name: " ".join(value.split())
        for name, value in values.items()
        if value and ERASED not in value and may_show(name, body, track)
    }
    parts = body.split("\n\n")
    signing = next(number for number, part in enumerate(parts) if "{place}" in part)
    paragraphs = [_paragraph(part, shown) for part in parts]
    return Letter(
        title, paragraphs[0], tuple(paragraphs[1:signing]), paragraphs[signing], tuple(paragraphs[signing + 1 :])
    )


def _paragraph(text: str, values: Mapping[str, str]) -> Paragraph:
    return tuple(_line(line, values) for line in text.split("\n"))


def _line(text: str, values: Mapping[str, str]) -> Line:
    has_box = text.startswith(TICK)
    text = text.removeprefix(TICK)
    pieces: list[Piece] = []
    begin = 0
    for found in _VARIABLE.finditer(text):
        pieces.append(text[begin : found.start()])
        begin = found.end()
        known = values.get(found[1])
        pieces.append(known or _blank(found[1], ends_line=not text[begin:].strip(" .")))
    if text[begin:].strip(" .") or not (pieces and isinstance(pieces[-1], Blank)):
        pieces.append(text[begin:])  # a full stop after a dotted line says nothing
    return Line(tuple(piece for piece in pieces if piece), has_box)


def _blank(name: str, *, ends_line: bool) -> Blank:
    if name in _LONG and ends_line:
        return Blank(Size.LINES, _LINES.get(name, 2))
    return Blank(Size.SHORT if _SHORT.search(name) else Size.LINE)
