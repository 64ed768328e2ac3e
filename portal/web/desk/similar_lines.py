"""Cases that may be about the same matter, as lines of a page, with the reason in words."""

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.cases import labels
from portal.cases.access import Viewer
from portal.cases.casefile import CaseFile
from portal.foundation.text import N_
from portal.search.likeness import Reason
from portal.search.similar import Similar, similar_cases
from portal.web.desk.lines import StatusLine
from portal.web.frame.templating import day

SHOWN_LETTERS = 140
REASONS: dict[Reason, str] = {
    Reason.DOSSIER: N_("cùng mã hồ sơ"),
    Reason.TEXT: N_("lời kể giống nhau"),
    Reason.AGENCY: N_("cùng nơi bị phản ánh"),
    Reason.PROCEDURE: N_("cùng thủ tục"),
    Reason.CATEGORY: N_("cùng nội dung"),
    Reason.DAYS: N_("nhận gần ngày nhau"),
}


@dataclass(frozen=True)
class SimilarLine:
    """One case that is proposed."""

    reference: str
    why: str
    words: str  # empty: a restricted case, whose words stay closed
    received: str
    status: StatusLine


def similar_lines(session: Session, who: Viewer, file: CaseFile) -> list[SimilarLine]:
    """The likeliest first."""
    return [_line(one) for one in similar_cases(session, who, file)]


def _line(one: Similar) -> SimilarLine:
    status = one.case.status
    words = "" if one.is_closed else one.report.narrative
    return SimilarLine(
        reference=one.case.reference,
        why=", ".join(_(REASONS[reason]) for reason in one.likeness.reasons),
        words=words if len(words) <= SHOWN_LETTERS else words[:SHOWN_LETTERS].rsplit(" ", 1)[0] + "…",
        received=day(one.case.received_on),
        status=StatusLine(_(labels.STATUS[status]), labels.STATUS_TAG[status]),
    )
