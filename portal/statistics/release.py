"""Making a release: looks at the reports once, adds noise once, freezes. The only part that reads reports.

One transaction a table and period: what it costs is written first, then the reports are marked as counted, then the
noise is drawn and frozen. Whatever fails leaves nothing behind; what is there is never made again.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import CursorResult, and_, case, func, insert, literal, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.cases.models import Report
from portal.catalogue.models import Agency, Category
from portal.catalogue.words import Kind
from portal.foundation.database import transaction
from portal.foundation.errors import PortalError
from portal.foundation.text import N_
from portal.foundation.time import now, today
from portal.identity.models import BodyKey
from portal.staff.models import Staff
from portal.statistics.laplace import Draw, opendp_draw
from portal.statistics.measures import (
    PRAISE_KINDS,
    TABLES,
    Month,
    Stratum,
    Table,
    may_be_told,
    month_of,
    months_between,
)
from portal.statistics.models import Counted, FrozenCell, FrozenTable, PrivacySpent
from portal.statistics.noise import margin

CODE_VERSION = "1"  # of what is counted and how: another one, when these rules become others

NOT_YET = N_("Số liệu tháng %(period)s công bố từ ngày %(day)s.")
NO_FIRST = N_("Chưa biết số liệu bắt đầu từ tháng nào: hãy nêu tháng đầu tiên.")
SPENT = N_("Công bố thêm bảng này thì mỗi phản ánh bị lộ nhiều hơn mức cho phép.")


class PrivacyIsSpent(PortalError):
    """A release would tell more of a report than may ever be told."""


@dataclass(frozen=True)
class Due:
    """One table of one period that is to be made."""

    table: Table
    period: Month


def due_releases(session: Session, on: date, *, first: Month | None = None, through: Month | None = None) -> list[Due]:
    """What is due on a day and not there yet, oldest first: from `first`, or from where the tables began.

    Raises PortalError when a period through `through` is not due yet, or when nobody can know where to begin.
    """
    made = set(session.execute(select(FrozenTable.table, FrozenTable.period)).tuples())
    found = []
    for table in TABLES:
        last = table.last_due(on)
        if through is not None and through > last:
            day = f"{table.due_on(through):%d/%m/%Y}"
            raise PortalError(NOT_YET, period=f"{through.number:02}/{through.year}", day=day)
        begun = min((Month.parse(period) for name, period in made if name == table.name), default=None)
        start = first or begun or opened(session)
        if start is None:
            raise PortalError(NO_FIRST)
        periods = months_between(start, through or last)
        found += [Due(table, period) for period in periods if (table.name, str(period)) not in made]
    return sorted(found, key=lambda due: (due.period, due.table.name))


def opened(session: Session) -> Month | None:
    """The month in which the portal was set up: where its tables begin.

    Not the first report's month: that would say when somebody filed it.
    """
    instants = (session.scalar(select(func.min(column))) for column in (Staff.created_at, BodyKey.created_at))
    known = [instant for instant in instants if instant is not None]
    return month_of(min(known)) if known else None


def make_releases(session: Session, due: Sequence[Due], load_draw: Callable[[], Draw] = opendp_draw) -> Iterator[Due]:
    """Makes them one after the other and hands out each that this call made. The noise is loaded if there is any."""
    if due:
        session.rollback()
        draw = load_draw()
        yield from (one for one in due if make_release(session, one, draw))


def make_release(session: Session, due: Due, draw: Draw) -> bool:
    """Makes one table of one period, in its own transaction; says whether this call made it.

    Raises PrivacyIsSpent when it would tell too much of somebody, PortalError when the period is not due.
    """
    table, period = due.table, due.period
    if table.due_on(period) > today():
        raise PortalError(NOT_YET, period=str(period), day=f"{table.due_on(period):%d/%m/%Y}")
    try:
        with transaction(session):
            if session.get(PrivacySpent, (table.name, str(period))) is not None:
                return False
            _spend(session, table, period)
            noisy = draw(_look(session, table, period), table.share)
            _freeze(session, table, period, noisy)
    except IntegrityError:
        if _is_made(session, due):
            return False  # another process was first
        raise
    return True


def _is_made(session: Session, due: Due) -> bool:
    return session.get(PrivacySpent, (due.table.name, str(due.period))) is not None


def _spend(session: Session, table: Table, period: Month) -> None:
    """Writes down what this costs, unless it is too much; on PostgreSQL a second process waits here, and fails.

    Periods of a table never share a report, so what a table tells for life is the most that one period of it told.
    """
    told: dict[str, dict[Stratum, int]] = {}
    entries: Iterable[tuple[str, dict[str, int]]] = session.execute(
        select(PrivacySpent.table, PrivacySpent.shares)
    ).tuples()
    for name, shares in [*entries, (table.name, {key.value: share for key, share in table.shares.items()})]:
        most = told.setdefault(name, {})
        for word, share in shares.items():
            most[Stratum(word)] = max(most.get(Stratum(word), 0), share)
    if not may_be_told(told.values()):
        raise PrivacyIsSpent(SPENT)
    session.add(PrivacySpent(table=table.name, period=str(period), shares=dict(table.shares)))
    session.flush()


STRATUM = case(
    *((Category.kind == kind, literal(stratum, Counted.stratum.type)) for kind, stratum in PRAISE_KINDS.items()),
    # A body that is no district and below none is one of the departments; a report about a place is about its district.
    (Agency.district_code.is_not(None), literal(Stratum.DISTRICT, Counted.stratum.type)),
    (and_(Report.agency_id.is_(None), Report.area_code.is_not(None)), literal(Stratum.DISTRICT, Counted.stratum.type)),
    else_=literal(Stratum.DEPARTMENT, Counted.stratum.type),
)
KINDS = {
    Stratum.DISTRICT: frozenset(Kind) - PRAISE_KINDS.keys(),
    Stratum.DEPARTMENT: frozenset(Kind) - PRAISE_KINDS.keys(),
    **{stratum: frozenset({kind}) for kind, stratum in PRAISE_KINDS.items()},
}


def _look(session: Session, table: Table, period: Month) -> list[int]:
    """Marks the period's reports as counted and says how many they are, for each cell. Filing instants are final."""
    begins, ends = period.bounds
    kinds = frozenset[Kind]().union(*(KINDS[stratum] for stratum in table.shares))
    looked_at = (
        select(Report.id, literal(table.name), STRATUM)
        .join(Category, Category.code == Report.category)
        .outerjoin(Agency, Agency.id == Report.agency_id)
        .outerjoin(Counted, and_(Counted.report_id == Report.id, Counted.table == table.name))
        .where(Report.filed_at >= begins, Report.filed_at < ends, Category.kind.in_(kinds))
        .where(Counted.report_id.is_(None))
    )
    marking = insert(Counted).from_select(["report_id", "table", "stratum"], looked_at)
    marked = session.execute(marking, execution_options={"preserve_rowcount": True})
    assert isinstance(marked, CursorResult)  # noqa: S101 (tells the type checker)
    if marked.rowcount < 0:
        raise RuntimeError("the database does not say how many reports it marked")
    return [marked.rowcount]


def _freeze(session: Session, table: Table, period: Month, noisy: list[int]) -> None:
    """Stores the numbers as they will be shown for ever. A count is not below nothing, so what is shown is neither."""
    parameters = {"share": table.share, "wait_days": table.wait_days, "noise": "discrete Laplace"}
    frozen = FrozenTable(
        table=table.name, period=str(period), parameters=parameters, code_version=CODE_VERSION, frozen_at=now()
    )
    session.add(frozen)
    session.flush()
    off = margin((table.share,))
    for key, number in zip(table.cells, noisy, strict=True):
        session.add(FrozenCell(release_id=frozen.id, key=key, noisy=number, value=max(0, number), margin=off))
