"""A letter that somebody wrote from a standard text, to print, sign and send: nothing of it is kept."""

from dataclasses import asdict, dataclass
from datetime import datetime

from portal.documents.letters import HEAD as STATE_HEAD
from portal.documents.reminders import HEAD as PARTY_HEAD
from portal.documents.typesetting import typeset


@dataclass(frozen=True)
class WrittenPaper:
    """What stands on the letter. Number, place and signature are left for the hand."""

    title: str
    sender: str
    is_of_party: bool  # a party body's paper has another head
    day: str  # "ngày … tháng … năm …"
    text: str


def written_pdf(paper: WrittenPaper, at: datetime) -> bytes:
    """The Vietnamese letter as PDF/UA."""
    words = {
        **asdict(paper),
        "head": (PARTY_HEAD,) if paper.is_of_party else STATE_HEAD,
        "paragraphs": [one.split("\n") for one in paper.text.split("\n\n") if one.strip()],
    }
    return typeset("written", words, title=paper.title, language="vi", at=at)
