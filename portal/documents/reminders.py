"""The letter that reminds a body of a case (đôn đốc), to print, sign and send.

Its head is that of a party body's paper (Hướng dẫn 36-HD/VPTW): the Inspection and the Organisation Committee send it.
"""

from dataclasses import asdict, dataclass
from datetime import datetime

from portal.documents.typesetting import typeset

HEAD = "ĐẢNG CỘNG SẢN VIỆT NAM"
TITLE = "V/v đôn đốc trả lời phản ánh của người dân"


@dataclass(frozen=True)
class ReminderPaper:
    """What stands on the letter. Days are written out; number and signature are left for the hand."""

    sender: str
    reference: str
    day: str  # "ngày … tháng … năm …"
    to: str
    text: str
    due: str


def reminder_pdf(paper: ReminderPaper, at: datetime) -> bytes:
    """The Vietnamese letter as PDF/UA."""
    words = {**asdict(paper), "head": HEAD, "paragraphs": [one for one in paper.text.split("\n") if one.strip()]}
    return typeset("reminder", words, title=TITLE, language="vi", at=at)
