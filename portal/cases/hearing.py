"""Hearing somebody before a finding against them: what the body that hears them may read, and where it is missing.

The law wants them heard, and the reporter kept out of it: the body reads the statement alone, never the report.
"""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session, joinedload

from portal.cases.access import Viewer
from portal.cases.casefile import CaseFile
from portal.cases.hearing_models import Hearing
from portal.cases.hearing_traces import Told
from portal.cases.models import Case, Clock
from portal.cases.queries import behind_a_wall, line_of, walled_ids
from portal.cases.words import Direction
from portal.catalogue import queries as catalogue
from portal.catalogue.models import Agency
from portal.catalogue.words import AccusedRole, Kind
from portal.foundation.errors import NotFound
from portal.foundation.text import N_
from portal.foundation.time import today

GONE = N_("Không có việc giải trình này trong phần việc của anh/chị.")
AGAINST = frozenset({"upheld", "partly_upheld"})  # findings that hold something against somebody


def told_by(file: CaseFile) -> Told:
    """What the reporter of a case told, from which nothing may stand in a statement."""
    report = file.report
    messages = [one.text for one in file.messages if one.direction is Direction.FROM_REPORTER]
    days = (report.occurred_on, report.occurred_until, report.promised_on)
    return Told(
        texts=tuple(filter(None, (report.narrative, report.wish, report.elsewhere, *messages))),
        masked=tuple(report.narrative[start:end] for start, end, _sort in report.mask_spans),
        codes=(report.dossier_code,) if report.dossier_code else (),
        days=tuple(day for day in days if day is not None),
    )


def is_waiting(one: Hearing) -> bool:
    """Whether the explanation is still awaited: its clock ends with the answer, or with the case."""
    return one.clock.met_at is None and one.clock.stopped_at is None


def waits() -> ColumnElement[bool]:
    """The same as a condition, for a query that joins the hearing's clock."""
    return and_(Clock.met_at.is_(None), Clock.stopped_at.is_(None))


def hearings_of(session: Session, case: Case) -> list[Hearing]:
    """All hearings of a case, the newest first."""
    query = select(Hearing).where(Hearing.case_id == case.id).order_by(Hearing.id.desc())
    return list(session.scalars(query.options(joinedload(Hearing.agency), joinedload(Hearing.clock))))


def _seen_by(viewer: Viewer) -> Select[tuple[Hearing, Case]]:
    """What the accounts of a body may read: its own hearings, waiting or answered, of cases without a wall to them."""
    query = select(Hearing, Case).join(Case, Case.id == Hearing.case_id).join(Clock, Clock.id == Hearing.clock_id)
    query = query.options(joinedload(Hearing.clock))
    query = query.where(Hearing.agency_id == viewer.agency_id, ~behind_a_wall(viewer))
    return query.where(or_(Hearing.answered_at.is_not(None), waits()))


def waiting_of(session: Session, case: Case) -> Hearing | None:
    """The hearing of a case that still waits, if one does: one runs at a time."""
    query = select(Hearing).join(Clock, Clock.id == Hearing.clock_id).where(Hearing.case_id == case.id, waits())
    return session.scalar(query.options(joinedload(Hearing.agency), joinedload(Hearing.clock)))


def waiting_for(session: Session, viewer: Viewer) -> list[tuple[Hearing, Case]]:
    """The hearings that this account's body owes an explanation for, the first due first."""
    query = _seen_by(viewer).where(Hearing.answered_at.is_(None)).order_by(Clock.due_on, Hearing.id)
    return [(one, case) for one, case in session.execute(query)]


def waiting_in(session: Session, viewer: Viewer, cases: Iterable[int]) -> list[Hearing]:
    """The same of some cases, by number."""
    query = _seen_by(viewer).where(Hearing.answered_at.is_(None), Hearing.case_id.in_(list(cases)))
    return [one for one, _case in session.execute(query)]


def hearing_for(session: Session, viewer: Viewer, key: str, *, lock: bool = False) -> tuple[Hearing, Case]:
    """One hearing. Raises NotFound, whether it is not there or not for this account."""
    found = session.execute(_seen_by(viewer).where(Hearing.key == key)).one_or_none()
    if found is None:
        raise NotFound(GONE)
    hearing, case = found
    if lock:
        session.get_one(Case, case.id, with_for_update=True, populate_existing=True)
        session.refresh(hearing)
        session.refresh(hearing.clock)
    return hearing, case


def superior_of(session: Session, file: CaseFile) -> Agency | None:
    """The body directly above the accused one today; nobody where a wall stands before it."""
    below = file.report.agency
    above = session.get(Agency, below.parent_id) if below is not None and below.parent_id is not None else None
    above = (catalogue.successor_on(session, above, today()) or above) if above is not None else None
    if above is None or walled_ids(session, file.case).intersection(line_of(above)):
        return None
    return above


def hearing_missing(file: CaseFile, finding: str, hearings: Iterable[Hearing]) -> bool:
    """Whether a finding would hold something against somebody who was not heard."""
    concerns_somebody = file.kind is Kind.CONDUCT and file.report.accused_role is not AccusedRole.NONE
    return concerns_somebody and finding in AGAINST and not any(one.answered_at is not None for one in hearings)
