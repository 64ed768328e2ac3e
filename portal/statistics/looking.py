"""The one look at the reports: how many stand in each cell of a table, on its fixed day. Nothing else reads reports.

What became of a report is read as it was when that day began, whenever the release is made; but a deadline that was
moved, or a clock that was paused or revived since, reads as it stands now, for clocks keep no former dates. Only the
report itself and its own case are read: not what was merged into it, and not what else its reporter filed; so one
report more or less changes one cell by one.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    ScalarSelect,
    Select,
    and_,
    case,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from portal.cases.events import CASE_FORWARDED, CASE_REFUSED
from portal.cases.models import CaseReport, Clock, Conclusion, Event, Rating, Referral, Report
from portal.cases.status import Starts
from portal.catalogue import queries as catalogue
from portal.catalogue.models import Agency, Category
from portal.catalogue.words import ReferralRole
from portal.catalogue.working_days import Calendar
from portal.foundation.local_dates import local_date
from portal.statistics.cells import (
    ALL,
    DEPARTMENTS,
    LONGEST,
    Days,
    Late,
    Outcome,
    Score,
    groups_of,
    topic_of,
)
from portal.statistics.measures import COMPLAINTS, PRAISE_KINDS, Partition, Stratum, Table
from portal.statistics.models import Counted
from portal.statistics.periods import Period, begins
from portal.statistics.places import Places

UPHELD = frozenset({"upheld", "partly_upheld", "fault_of_procedure", "fault_of_system"})  # what was told is so
PRIMARY = and_(CaseReport.is_primary, CaseReport.unlinked_at.is_(None))
ANSWERS, SORTING = (Starts.ANSWER, Starts.REFERRAL), (Starts.TRIAGE, Starts.FORWARD)


Span = tuple[datetime, datetime]  # from this instant, up to but not including that one


def mark(session: Session, table: Table, span: Span, places: Places) -> None:
    """Fixes the stratum of a span's reports that no table has looked at before."""
    since, until = span
    is_area = and_(Report.agency_id.is_(None), Report.area_code.in_(tuple(places.areas)))
    stratum = case(
        *((Category.kind == kind, literal(one, Counted.stratum.type)) for kind, one in PRAISE_KINDS.items()),
        (or_(Agency.district_code.is_not(None), is_area), literal(Stratum.DISTRICT, Counted.stratum.type)),
        else_=literal(Stratum.DEPARTMENT, Counted.stratum.type),
    )
    is_praise = Category.kind.in_(tuple(PRAISE_KINDS))
    new = (
        select(Report.id, literal(table.name), stratum)
        .join(Category, Category.code == Report.category)
        .outerjoin(Agency, Agency.id == Report.agency_id)
        .where(Report.filed_at >= since, Report.filed_at < until)
        .where(~is_praise if table.shares.keys() <= COMPLAINTS else is_praise)
        .where(~exists().where(Counted.report_id == Report.id))
    )
    session.execute(insert(Counted).from_select(["report_id", "table", "stratum"], new))


def look(session: Session, table: Table, period: Period, places: Places, span: Span | None = None) -> dict[str, int]:
    """How many reports of the period stand in each cell. A cell that nobody is in is there, too.

    `span`: the part of the period that there are numbers of, where they began within it.
    """
    nodes = [node for group in groups_of(table.partition, places.geography) for node in group.nodes]
    share_of = {key: table.shares[node.stratum] for node in nodes for key in node.drawn}
    counts = dict.fromkeys(share_of, 0)
    columns, key_of = _LOOKS[table.partition]
    seen = _Seen(begins(table.due_on(period)), table.due_on(period), catalogue.calendar(session), places)
    since, until = span or period.bounds
    inner = (
        select(Counted.stratum, *(column.label(name) for name, column in columns(seen).items()))
        .join(Report, Report.id == Counted.report_id)
        .join(CaseReport, and_(CaseReport.report_id == Report.id, PRIMARY))
        .where(Report.filed_at >= since, Report.filed_at < until)
        .where(Counted.stratum.in_(tuple(table.shares)))
        .subquery()
    )
    for row in session.execute(select(*inner.c, func.count().label("count")).group_by(*inner.c)):
        key = key_of(row, seen)
        # Else the catalogue puts a report where another stratum's noise is drawn: it is counted nowhere.
        if share_of.get(key) == table.shares[row.stratum]:
            counts[key] += row.count  # type: ignore[operator] # the label, not the tuple's method
    return counts


class _Seen:
    """The day of a look, and what is needed to say what it sees."""

    def __init__(self, instant: datetime, day: date, calendar: Calendar, places: Places) -> None:
        self.instant, self.day, self.calendar, self.places = instant, day, calendar, places


Column = ColumnElement[Any] | InstrumentedAttribute[Any]
Columns = Mapping[str, Column]
Key = Callable[[Row[Any], _Seen], str]


def _is_late(seen: _Seen) -> ColumnElement[Any]:
    """1 if the first answer came, or is outstanding, after its day; the sorting, where no answer was asked for."""
    return func.coalesce(_latest(seen, ANSWERS), _latest(seen, SORTING), 0)


def _latest(seen: _Seen, which: tuple[Starts, ...]) -> ScalarSelect[Any]:
    over = case(
        (Clock.met_at < seen.instant, local_date(Clock.met_at)),
        (Clock.stopped_at < seen.instant, local_date(Clock.stopped_at)),
        (Clock.paused_on < seen.day, Clock.paused_on),
        else_=literal(seen.day, Clock.due_on.type),
    )
    is_lead = exists().where(Referral.id == Clock.referral_id, Referral.role == ReferralRole.LEAD)
    answered = local_date(_answered(seen))
    return (
        select(func.max(case((over > Clock.due_on, 1), else_=0)))
        .where(Clock.case_id == CaseReport.case_id, Clock.starts.in_([one.value for one in which]))
        .where(Clock.started_on < seen.day, or_(Clock.referral_id.is_(None), is_lead))
        .where(Clock.started_on <= func.coalesce(answered, literal(seen.day, Clock.due_on.type)))
        .correlate(Report, CaseReport)
        .scalar_subquery()
    )


def _visible(seen: _Seen, column: Column) -> Select[Any]:
    """Of the conclusions that the reporter could read."""
    return select(column).where(Conclusion.case_id == CaseReport.case_id, Conclusion.visible_at < seen.instant)


def _answered(seen: _Seen) -> ScalarSelect[Any]:
    return _visible(seen, func.min(Conclusion.visible_at)).correlate(Report, CaseReport).scalar_subquery()


def _answered_on(seen: _Seen) -> ColumnElement[Any]:
    """The day of the first word that ended it for the reporter: an answer, a refusal, the way to another body."""
    ends = (CASE_REFUSED, CASE_FORWARDED)
    told = select(func.min(Event.at)).where(
        Event.case_id == CaseReport.case_id, Event.kind.in_(ends), Event.at < seen.instant
    )
    return local_date(func.coalesce(told.correlate(Report, CaseReport).scalar_subquery(), _answered(seen)))


def _finding(seen: _Seen) -> ColumnElement[Any]:
    first = _visible(seen, Conclusion.finding).order_by(Conclusion.visible_at, Conclusion.id).limit(1)
    return first.correlate(Report, CaseReport).scalar_subquery()


def _score(seen: _Seen) -> ColumnElement[Any]:
    rated = select(Rating.score).where(Rating.report_id == Report.id, Rating.at < seen.instant)
    return rated.correlate(Report, CaseReport).scalar_subquery()


def _of_body(**more: Callable[[_Seen], ColumnElement[Any]]) -> Callable[[_Seen], Columns]:
    def columns(seen: _Seen) -> Columns:
        return {"agency": Report.agency_id, "area": Report.area_code} | {name: one(seen) for name, one in more.items()}

    return columns


def _body(row: Row[Any], seen: _Seen) -> str:
    return seen.places.body(row.agency, row.area)


def _late(row: Row[Any]) -> Late:
    return Late.LATE if row.late else Late.IN_TIME


def _area_key(row: Row[Any], seen: _Seen) -> str:
    body = _body(row, seen) if row.stratum is Stratum.DISTRICT else DEPARTMENTS
    return f"{body}/{_late(row)}"


def _days_key(row: Row[Any], seen: _Seen) -> str:
    if row.answered is None:
        return Days.MORE
    days = seen.calendar.count(row.received, row.answered)
    return next((word for word, longest in LONGEST.items() if days <= longest), Days.MORE)


def _result_key(row: Row[Any], seen: _Seen) -> str:
    kind = seen.places.kinds.get(row.category)
    outcome = Outcome.NONE_YET
    if row.finding is not None:
        outcome = Outcome.UPHELD if row.finding in UPHELD else Outcome.NOT_UPHELD
    return f"{kind}/{outcome}"


def _rating_key(row: Row[Any], seen: _Seen) -> str:
    if row.score is None:
        return Score.NONE
    return Score.LOW if row.score <= 2 else Score.MIDDLE if row.score == 3 else Score.HIGH


_LATE = (_of_body(late=_is_late), lambda row, seen: f"{_body(row, seen)}/{_late(row)}")
_LOOKS: dict[Partition, tuple[Callable[[_Seen], Columns], Key]] = {
    Partition.PROVINCE: (lambda seen: {}, lambda row, seen: ALL),
    Partition.AREA: (_of_body(late=_is_late), _area_key),
    Partition.DEPARTMENT: _LATE,
    Partition.BODY: _LATE,
    Partition.CATEGORY: (lambda seen: {"category": Report.category}, lambda row, seen: row.category),
    Partition.DAYS: (lambda seen: {"received": Report.received_on, "answered": _answered_on(seen)}, _days_key),
    Partition.RESULT: (lambda seen: {"category": Report.category, "finding": _finding(seen)}, _result_key),
    Partition.RATING: (lambda seen: {"score": _score(seen)}, _rating_key),
    Partition.PRAISE: (lambda seen: {}, lambda row, seen: row.stratum),
    Partition.PRAISE_BODY: (_of_body(), lambda row, seen: f"{row.stratum}/{_body(row, seen)}"),
    Partition.TOPIC_BODY: (
        lambda seen: {**_of_body()(seen), "category": Report.category},
        lambda row, seen: f"{_body(row, seen)}/{topic_of(row.category)}",
    ),
    Partition.COMMUNE: (
        _of_body(),
        lambda row, seen: f"{_body(row, seen)}/{seen.places.commune(row.agency, row.area)}",
    ),
}
