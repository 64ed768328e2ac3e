"""The receipt on paper: the words of the receipt page, on one A4 sheet, with a way back to the tracking page."""

from dataclasses import asdict, dataclass, field
from datetime import datetime

from portal.documents.qr import qr_code
from portal.documents.typesetting import typeset
from portal.foundation.codes import in_groups


@dataclass(frozen=True)
class Step:
    """One thing that happens: what, when at the latest, what else there is to know of it."""

    what: str
    when: str = ""
    text: str = ""
    state: str = ""


@dataclass(frozen=True)
class Section:
    """A heading with sentences under it."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class ReceiptPaper:
    """Everything that stands on a receipt, in the reader's language. Page and paper are made from the same one."""

    language: str
    title: str
    issuer: str
    filed_at: datetime
    code: str = field(repr=False)
    code_title: str
    code_note: str
    track_url: str
    track_words: str
    facts: tuple[tuple[str, str], ...]
    proof_title: str
    proof: str
    proof_note: str
    steps_title: str
    steps: tuple[Step, ...]
    readers_title: str
    readers_head: tuple[str, ...]
    readers: tuple[tuple[str, ...], ...]
    readers_note: str
    sections: tuple[Section, ...]


def receipt_pdf(paper: ReceiptPaper) -> bytes:
    """The receipt as PDF/UA. The QR code leads to the tracking page; the receipt code is only printed."""
    words = {name: value for name, value in asdict(paper).items() if name not in ("code", "filed_at", "title")}
    return typeset(
        "receipt",
        {**words, "groups": in_groups(paper.code), "qr": qr_code(paper.track_url).svg},
        title=paper.title,
        language=paper.language,
        at=paper.filed_at,
    )
