"""The queue: pages of cases under any filter, and how many there are. What an account may not see is in none of them.

Open cases are found in one index (`models.QUEUE_COLUMNS`); a look into the past needs an anchor (`QueueFilter`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session, joinedload

from portal.cases.access import Viewer
from portal.cases.escalation import is_listed
from portal.cases.filters import AT_RISK_DAYS, REPORTERS_TURN, Due, Holder, Order, QueueFilter
from portal.cases.models import NO_DATE, Case, CaseReport, ClearedText, FollowUp, Referral, Report, own_link
from portal.cases.own_work import has_own_date
from portal.cases.queries import visible_to
from portal.cases.turns import has_lapsed, is_ours
from portal.cases.words import Status
from portal.catalogue.models import Agency, Category
from portal.catalogue.snapshot import Snapshot, snapshot
from portal.foundation.time import today
from portal.staff.accounts import staff_by_login
from portal.staff.models import Staff
from portal.staff.permissions import Permission

PAGE = 30
COUNTED = 1000  # a count stops here: "1.000+"
EVERYTHING = QueueFilter()
Place = tuple[Any, ...]  # what a page's last row is sorted by, its id last


@dataclass(frozen=True)
class QueueRow:
    """One line of the queue, as this account may read it."""

    case: Case
    category: Category
    agency: Agency | None
    due_on: date
    words: str
    is_ours: bool  # whether what is due then is owed by us, not by the reporter
    holder: str  # the name of whoever it is assigned to; "" for nobody, and for an agency


@dataclass(frozen=True)
class QueuePage:
    """A page of the queue, and where the next one begins."""

    rows: list[QueueRow]
    after: Place | None


@dataclass(frozen=True)
class _Sorting:
    """By which columns, and whether the largest comes first. All columns go the same way."""

    columns: tuple[SQLColumnExpression[Any], ...]
    falls: bool = False

    def order(self, *, backwards: bool = False) -> list[ColumnElement[Any]]:
        return [column.desc() if self.falls != backwards else column.asc() for column in self.columns]

    def beyond(self, place: Place, *, backwards: bool = False) -> ColumnElement[bool]:
        here, there = tuple_(*self.columns), tuple_(*(literal(value) for value in place))
        return here < there if self.falls != backwards else here > there


def queue_page(
    session: Session,
    viewer: Viewer,
    wanted: QueueFilter = EVERYTHING,
    *,
    after: Place | None = None,
    size: int = PAGE,
) -> QueuePage:
    """One page (keyset): by the case's own next date for inspectors, by the referral's for agencies."""
    found = session.execute(page_keys(session, viewer, wanted, after, size)).all()
    rows = _rows(session, viewer, [key[0] for key in found[:size]])
    return QueuePage(rows, tuple(found[size - 1][1:]) if len(found) > size else None)


def page_keys(session: Session, viewer: Viewer, wanted: QueueFilter, after: Place | None, size: int) -> Select[Any]:
    """The query for the cases of one page, and one more."""
    sorting = _sorting(viewer, wanted)
    keys = queue_keys(session, viewer, wanted).order_by(*sorting.order()).limit(size + 1)
    return keys.where(sorting.beyond(after)) if after is not None else keys


def count_cases(session: Session, viewer: Viewer, *wanted: QueueFilter, most: int = COUNTED) -> list[int]:
    """How many there are under each filter, up to one more than `most`: nobody waits for an exact number of thousands.

    All in one statement.
    """
    if not wanted:
        return []
    limited = [queue_keys(session, viewer, one).limit(most + 1).subquery() for one in wanted]
    counts = [select(func.count()).select_from(one).scalar_subquery() for one in limited]
    return list(session.execute(select(*counts)).one())


def neighbours(session: Session, viewer: Viewer, wanted: QueueFilter, case: Case) -> tuple[str | None, str | None]:
    """The references before and after a case under a filter; None at an end, or where the case has left it."""
    sorting = _sorting(viewer, wanted)
    own = select(*sorting.columns).select_from(Case)
    if not viewer.reads_narratives:
        own = own.join(Referral, Referral.case_id == Case.id).where(Referral.agency_id == viewer.agency_id)
    place = session.execute(own.where(Case.id == case.id, visible_to(viewer))).first()
    if place is None:
        return None, None
    found: list[str | None] = []
    for backwards in (True, False):
        row = session.execute(key_beside(session, viewer, wanted, tuple(place), backwards=backwards)).first()
        found.append(row.reference if row is not None else None)
    return found[0], found[1]


def key_beside(session: Session, viewer: Viewer, wanted: QueueFilter, place: Place, *, backwards: bool) -> Select[Any]:
    """The query for the one case after a place, or before it."""
    sorting = _sorting(viewer, wanted)
    keys = queue_keys(session, viewer, wanted).add_columns(Case.reference).limit(1)
    return keys.where(sorting.beyond(place, backwards=backwards)).order_by(*sorting.order(backwards=backwards))


def _sorting(viewer: Viewer, wanted: QueueFilter) -> _Sorting:
    if viewer.reads_narratives:
        if wanted.order is Order.NEWEST:
            return _Sorting((Case.received_on, Case.id), falls=True)
        if wanted.order is Order.SEVERITY:
            return _Sorting((Case.urgency, Case.next_due_on, Case.id))
        return _Sorting((Case.next_due_on, Case.id))
    if wanted.past_too or wanted.order is Order.NEWEST:
        return _Sorting((Referral.id,), falls=True)
    return _Sorting((Referral.due_on, Referral.id))


def queue_keys(session: Session, viewer: Viewer, wanted: QueueFilter) -> Select[Any]:
    """Which cases, and what they are sorted by. Reads nothing but indexes where only open cases are meant."""
    columns = _sorting(viewer, wanted).columns
    asked = [visible_to(viewer), *conditions(session, viewer, wanted)]
    if viewer.reads_narratives:
        return select(Case.id, *columns).where(*asked, *([] if wanted.past_too else [Case.is_open]))
    own = Referral.agency_id == viewer.agency_id
    kept = Referral.ended_at.is_(None) if wanted.past_too else Referral.is_open
    return select(Referral.id, *columns).join(Case, Case.id == Referral.case_id).where(own, kept, *asked)


def conditions(session: Session, viewer: Viewer, wanted: QueueFilter) -> list[ColumnElement[bool]]:
    """What a filter asks of a case, and for an agency of its own referral; nothing of whether it is open or seen."""
    known = snapshot(session, today())
    found: list[ColumnElement[bool]] = []
    if wanted.statuses:
        found.append(Case.status.in_(sorted(wanted.statuses)))
    if wanted.tracks:
        found.append(Case.track.in_(sorted(wanted.tracks)))
    if wanted.category:
        found.append(Case.category == wanted.category)
    if wanted.agency:
        found.append(Case.agency_id.in_(_bodies(known, wanted.agency, wanted.with_below)))
    if wanted.district:
        found.append(Case.area_code.in_(areas_of(known, wanted.district)))
    if wanted.received_from is not None:
        found.append(Case.received_on >= wanted.received_from)
    if wanted.received_to is not None:
        found.append(Case.received_on <= wanted.received_to)
    if wanted.own_date:
        found.append(has_own_date(viewer, today()))
    if viewer.reads_narratives:
        found += _for_inspectors(session, viewer, wanted)
    if wanted.due:
        found.append(or_(*(_DUE[one](viewer, known) for one in sorted(wanted.due))))
    return found


def _for_inspectors(session: Session, viewer: Viewer, wanted: QueueFilter) -> list[ColumnElement[bool]]:
    """What only those may ask for who read reports as filed: the rest says who reports."""
    found: list[ColumnElement[bool]] = []
    if wanted.language is not None:
        found.append(Case.language == wanted.language)
    if wanted.disclosure is not None:
        found.append(Case.disclosure == wanted.disclosure)
    if wanted.is_listed:
        found.append(is_listed())
    if wanted.holder:
        found.append(_held(session, viewer, wanted.holder))
    return found


def _bodies(known: Snapshot, code: str, with_below: bool) -> list[int]:
    if code not in known.tree:
        return []
    return sorted(
        body.id
        for body in known.tree
        if body.code == code or (with_below and known.tree.is_at_or_below(body.code, code))
    )


def areas_of(known: Snapshot, district: str) -> list[str]:
    """The area codes of a district and of the communes in it."""
    governing = known.tree.for_area(district)
    below = [
        body.area_code
        for body in known.tree
        if body.area_code and governing is not None and known.tree.is_at_or_below(body.code, governing)
    ]
    return sorted({district, *below})


def _held(session: Session, viewer: Viewer, holder: str) -> ColumnElement[bool]:
    if holder == Holder.ME:
        return Case.assigned_id.in_(viewer.holds)
    if holder == Holder.NOBODY:
        return Case.assigned_id.is_(None)
    account = staff_by_login(session, holder)
    return Case.assigned_id == (account.id if account is not None else 0)


def _due_column(viewer: Viewer) -> ColumnElement[date]:
    return Case.next_due_on.expression if viewer.reads_narratives else Referral.due_on.expression


def _ours(viewer: Viewer, *span: ColumnElement[bool]) -> ColumnElement[bool]:
    """A span of due dates, where the time that runs is ours."""
    turn = is_ours() if viewer.reads_narratives else Case.status.not_in(sorted(REPORTERS_TURN))
    return and_(*span, turn)


def _late(viewer: Viewer, known: Snapshot) -> ColumnElement[bool]:
    return _ours(viewer, _due_column(viewer) < today())


def _due_today(viewer: Viewer, known: Snapshot) -> ColumnElement[bool]:
    return _ours(viewer, _due_column(viewer) == today())


def _at_risk(viewer: Viewer, known: Snapshot) -> ColumnElement[bool]:
    due, last = _due_column(viewer), known.calendar.add(today(), AT_RISK_DAYS)
    return _ours(viewer, due >= today(), due <= last, due < NO_DATE)


def _paused(viewer: Viewer, known: Snapshot) -> ColumnElement[bool]:
    return Case.status == Status.WAITING_FOR_REPORTER


def _lapsed(viewer: Viewer, known: Snapshot) -> ColumnElement[bool]:
    return has_lapsed()


_DUE = {
    Due.LATE: _late,
    Due.TODAY: _due_today,
    Due.AT_RISK: _at_risk,
    Due.PAUSED: _paused,
    Due.LAPSED: _lapsed,
}


def _rows(session: Session, viewer: Viewer, ids: list[int]) -> list[QueueRow]:
    """The rows of these cases (for an agency: referrals), in this order, in one query."""
    if not ids:
        return []
    known = snapshot(session, today())
    found = dict(_inspectors_rows(session, ids) if viewer.reads_narratives else _agency_rows(session, ids))
    bodies = _named_bodies(session, known, {case.agency_id for case, *_ in found.values()})
    return [
        QueueRow(case, known.categories[case.category], bodies.get(case.agency_id or 0), due_on, words, ours, holder)
        for case, due_on, words, ours, holder in (found[number] for number in ids if number in found)
    ]


def rows_of_cases(session: Session, viewer: Viewer, ids: list[int]) -> list[QueueRow]:
    """The rows of these cases, which this account sees, in this order."""
    if viewer.reads_narratives or not ids:
        return _rows(session, viewer, ids)
    own = select(Referral.case_id, Referral.id).where(
        Referral.case_id.in_(ids), Referral.agency_id == viewer.agency_id, Referral.ended_at.is_(None)
    )
    referrals = dict(session.execute(own).tuples().all())
    return _rows(session, viewer, [referrals[number] for number in ids if number in referrals])


def rows_of_keys(session: Session, viewer: Viewer, keys: list[int]) -> list[QueueRow]:
    """The rows of these keys of `page_keys`, in this order, as far as this account still sees them."""
    if viewer.reads_narratives:
        still = select(Case.id).where(Case.id.in_(keys), visible_to(viewer))
    else:
        still = select(Referral.id).join(Case, Case.id == Referral.case_id)
        still = still.where(Referral.id.in_(keys), Referral.agency_id == viewer.agency_id, visible_to(viewer))
    seen = set(session.scalars(still))
    return _rows(session, viewer, [key for key in keys if key in seen])


_Row = tuple[Case, date, str, bool, str]


def _inspectors_rows(session: Session, ids: list[int]) -> Iterable[tuple[int, _Row]]:
    query = (
        select(Case, Report.narrative, is_ours(), Staff.name)
        .select_from(Case)
        .join(CaseReport, own_link())
        .join(Report, Report.id == CaseReport.report_id)
        .outerjoin(Staff, Staff.id == Case.assigned_id)
        .where(Case.id.in_(ids))
    )
    rows = session.execute(query)
    return ((case.id, (case, case.next_due_on, words, ours, holder or "")) for case, words, ours, holder in rows)


def _agency_rows(session: Session, ids: list[int]) -> Iterable[tuple[int, _Row]]:
    query = (
        select(Referral.id, Case, Referral.due_on, ClearedText.text)
        .join(Case, Case.id == Referral.case_id)
        .outerjoin(ClearedText, ClearedText.id == Referral.cleared_text_id)
        .where(Referral.id.in_(ids))
    )
    return (
        (number, (case, due_on, words or "", case.status not in REPORTERS_TURN, ""))
        for number, case, due_on, words in session.execute(query)
    )


def _named_bodies(session: Session, known: Snapshot, wanted: set[int | None]) -> dict[int, Agency]:
    """The bodies of these ids: today's from memory, those that have ended from the database."""
    found = {body.id: body for body in known.agencies.values() if body.id in wanted}
    ended = wanted - set(found) - {None}
    if ended:
        found |= {body.id: body for body in session.scalars(select(Agency).where(Agency.id.in_(ended)))}
    return found


@dataclass(frozen=True)
class UnhappyRow:
    """A case of which its reporter says, weeks after the answer, that it was not put right."""

    case: Case
    category: Category
    agency: Agency | None
    follow_up: FollowUp


def waiting_follow_ups(session: Session, viewer: Viewer, *, size: int = PAGE) -> list[UnhappyRow]:
    """What waits for a chief inspector, the oldest first; nothing for anybody else. (Closed cases are in no queue.)"""
    if Permission.REOPEN_CASE not in viewer.permissions:
        return []
    query = (
        select(Case, Category, Report, FollowUp)
        .join(Report, Report.id == FollowUp.report_id)
        .join(
            CaseReport,
            and_(CaseReport.report_id == Report.id, CaseReport.is_primary, CaseReport.unlinked_at.is_(None)),
        )
        .join(Case, Case.id == CaseReport.case_id)
        .join(Category, Category.code == Case.category)
        .options(joinedload(Report.agency))
        .where(FollowUp.is_waiting, visible_to(viewer))
        .order_by(FollowUp.answered_at, FollowUp.report_id)
        .limit(size)
    )
    return [UnhappyRow(case, category, report.agency, one) for case, category, report, one in session.execute(query)]
