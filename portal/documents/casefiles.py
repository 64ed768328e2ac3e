"""The case as one file to print: numbered pages, and on each of them which case it is and who printed it when."""

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

from portal.documents.typesetting import typeset


class Voice(StrEnum):
    """Whose words an entry holds. Paper tells them apart as the page does: the reporter's on paper, notes dashed."""

    REPORTER = "reporter"
    OFFICE = "office"
    INTERNAL = "internal"
    CLOCK = "clock"


@dataclass(frozen=True)
class Entry:
    """Something that somebody wrote, or a clock with its days."""

    voice: Voice
    head: str = ""
    when: str = ""
    text: str = ""
    note: str = ""
    days: tuple[str, ...] = ()  # in the words of the look: gone, today, left, paused, late


@dataclass(frozen=True)
class Part:
    """One part of the file under its heading. `nothing` is said when it holds nothing else."""

    title: str
    side: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    entries: tuple[Entry, ...] = ()
    log: tuple[tuple[str, str], ...] = ()
    nothing: str = ""


@dataclass(frozen=True)
class CasePaper:
    """Everything that stands on the file, in its reader's language."""

    language: str
    reference: str
    title: str
    about: str
    issuer: str
    printed: str  # who and when, on each page
    page: str  # the word before the page's number
    care: str
    next_title: str
    next_law: str
    parts: tuple[Part, ...]


def case_pdf(paper: CasePaper, at: datetime) -> bytes:
    """The file as PDF/UA."""
    words = {name: value for name, value in asdict(paper).items() if name not in ("language", "title")}
    title = f"{paper.reference}: {paper.title}"
    return typeset("case", {**words, "heading": paper.title}, title=title, language=paper.language, at=at)
