"""Reading a restricted case is an event: its words stay closed until whoever may read them opens it.

For accounts that read reports as filed. A body that a restricted case was referred to reads the cleared text, as of
any other case, and opens nothing (decision 0019).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import events
from portal.cases.access import Viewer
from portal.cases.casefile import CaseFile
from portal.cases.models import Case, Event
from portal.cases.queries import can_see, viewer_of
from portal.cases.readers import committees_of
from portal.cases.words import Audience
from portal.cases.workload import team
from portal.foundation.errors import NotAllowed
from portal.foundation.text import N_
from portal.staff.models import Staff

OPEN_FOR = timedelta(minutes=30)


class Why(StrEnum):
    """Why somebody may read a restricted case."""

    HOLDS = "holds"
    CHIEF = "chief"
    STANDS_IN = "stands_in"
    REFERRED = "referred"  # at the committee that the case was referred to


@dataclass(frozen=True)
class MayRead:
    """Somebody who may open it."""

    name: str
    why: Why


def needs_opening(case: Case, viewer: Viewer) -> bool:
    """Whether this account reads the case's words only after opening it."""
    return case.is_restricted and viewer.reads_narratives


def words_shown(case: Case, viewer: Viewer) -> bool:
    """Whether lists and search may show words of the case to this account. (They show what is opened to nobody.)"""
    return not needs_opening(case, viewer)


def record_reading(session: Session, file: CaseFile, staff: Staff, viewer: Viewer) -> Event:
    """Writes who opens a restricted case, before anything of it is shown. Raises NotAllowed where none is needed."""
    if not needs_opening(file.case, viewer):
        raise NotAllowed(N_("Vụ việc này không cần mở: ai thấy vụ việc đều đọc được."))
    return events.record_of_report(session, file, events.CASE_READ, Audience.INSPECTION, actor=staff)


def readings(session: Session, case: Case) -> Sequence[tuple[str, datetime]]:
    """Who opened it and when, the latest first."""
    query = select(Staff.name, Event.at).join(Staff, Staff.id == Event.actor_id)
    query = query.where(Event.case_id == case.id, Event.kind == events.CASE_READ).order_by(Event.id.desc())
    return [(name, at) for name, at in session.execute(query)]


def may_read(session: Session, file: CaseFile) -> list[MayRead]:
    """Everybody who may open the case today, at the committees that read this report as filed; no wall between."""
    found = []
    for body in committees_of(session, file):
        for one in team(session, body.id):
            sees = viewer_of(session, one)
            if sees.reads_narratives and can_see(session, sees, file.case):
                found.append(MayRead(one.name, _why(sees, file.case)))
    return found


def _why(sees: Viewer, case: Case) -> Why:
    if case.assigned_id == sees.staff_id:
        return Why.HOLDS
    if sees.reads_restricted:
        return Why.CHIEF
    return Why.STANDS_IN if case.assigned_id in sees.stands_for else Why.REFERRED
