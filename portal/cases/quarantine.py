"""The cases that wait because they look like spam or like nothing: which an account sees, and how many.

A case leaves by any move that gives it another status, or when an inspector says that it is none of that.
"""

from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from portal.cases.access import Viewer
from portal.cases.models import Case, CaseReport, Report
from portal.cases.quarantine_models import Quarantine
from portal.cases.queries import visible_to
from portal.cases.suspect import Suspicion
from portal.cases.words import Status

MOST = 200  # on the page, the oldest first; counted as far


@dataclass(frozen=True)
class Waiting:
    """One case that waits, why, and what was written."""

    case: Case
    reason: Suspicion
    words: str
    text_mark: bytes | None = None  # of a text that was sent again and again


def waiting(session: Session, viewer: Viewer) -> list[Waiting]:
    """What waits that this account may see, the oldest first."""
    if not viewer.reads_narratives:
        return []
    query = _seen_by(viewer).join(CaseReport, CaseReport.case_id == Case.id).join(Report)
    query = query.where(CaseReport.is_primary, CaseReport.unlinked_at.is_(None))
    found = (
        query.with_only_columns(Case, Quarantine.reason, Report.narrative, Quarantine.text_mark)
        .order_by(Case.id)
        .limit(MOST)
    )
    return [Waiting(*row) for row in session.execute(found)]


def waiting_alike(session: Session, viewer: Viewer, case: Case) -> list[str]:
    """The references of what waits with the text of this case that this account may see, the oldest first."""
    if not viewer.reads_narratives:
        return []
    mark = select(Quarantine.text_mark).where(Quarantine.case_id == case.id)
    found = _seen_by(viewer).with_only_columns(Case.reference)
    found = found.where(Quarantine.text_mark == mark.correlate(None).scalar_subquery())
    return list(session.scalars(found.order_by(Case.id).limit(MOST)))


def count_waiting(session: Session, viewer: Viewer) -> int:
    """How many there are, up to one more than MOST."""
    if not viewer.reads_narratives:
        return 0
    some = _seen_by(viewer).with_only_columns(Case.id).limit(MOST + 1).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def _seen_by(viewer: Viewer) -> Select[tuple[Case]]:
    held = Quarantine.released_at.is_(None)
    query = select(Case).join(Quarantine, Quarantine.case_id == Case.id)
    return query.where(held, Case.is_open, Case.status == Status.RECEIVED, visible_to(viewer))
