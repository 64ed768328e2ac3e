"""What a move for several cases would do to one of them, as plain values for its page."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.cases import labels
from portal.cases.access import Viewer
from portal.cases.casefile import CaseFile
from portal.cases.status import BY_NAME, target
from portal.web.desk.case_view import status_line
from portal.web.desk.consequences import clock_begun, stops
from portal.web.desk.lines import StatusLine
from portal.web.desk.narrative import parts_of
from portal.web.desk.opened_on import version_mark
from portal.web.frame.language import named


@dataclass(frozen=True)
class PlanLine:
    """One case of several."""

    reference: str
    why_not: str
    category: str = ""
    agency: str = ""
    mark: str = ""
    before: StatusLine | None = None
    after: StatusLine | None = None  # None: the status stays
    clocks: Sequence[str] = ()
    reads: Sequence[tuple[str, str]] = ()  # what a body would read of it
    has_changed: bool = False  # since its page was shown


def plan_line(session: Session, who: Viewer, file: CaseFile, move: str, why_not: str) -> PlanLine:
    """What would happen to a case, or why it cannot."""
    case, row = file.case, BY_NAME[move]
    to = target(row, case.status, case.former_status) if not why_not else case.status
    after = StatusLine(_(labels.STATUS[to]), labels.STATUS_TAG[to]) if to is not case.status else None
    reads = file.cleared_text if move == "refer" and not why_not else None
    return PlanLine(
        reference=case.reference,
        why_not=why_not,
        category=named(file.category),
        agency=named(file.report.agency) if file.report.agency else "",
        mark=version_mark(case),
        before=status_line(file),
        after=after,
        clocks=_clocks(session, who, file, move) if not why_not else (),
        reads=parts_of(reads.text) if reads is not None else (),
    )


def unseen_line(reference: str, why_not: str) -> PlanLine:
    """A case that is not there for this account."""
    return PlanLine(reference[:20], why_not)


def _clocks(session: Session, who: Viewer, file: CaseFile, move: str) -> list[str]:
    """Which deadlines end, and which begin until when."""
    row = BY_NAME[move]
    ended = [_("thôi tính: %(clock)s", clock=one) for one in stops(file, who, row)]
    begun = [clock_begun(session, file, starts) for starts in row.starts]
    return [*ended, *(_("bắt đầu: %(clock)s, %(until)s", clock=one.what, until=one.left) for one in begun)]
