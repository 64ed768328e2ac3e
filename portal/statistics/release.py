"""Making a release: looks at the reports once, adds noise once, fits, freezes.

One transaction a table and period: what it costs is written first, then the reports are looked at, then the noise is
drawn, fitted to what was frozen before, and frozen. Whatever fails leaves nothing behind; what is there is never made
again. The counts themselves are never stored.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.foundation.database import transaction
from portal.foundation.errors import PortalError
from portal.foundation.text import N_
from portal.foundation.time import now, today
from portal.identity.models import BodyKey
from portal.ledger.leaves import new_salt
from portal.staff.models import Staff
from portal.statistics.cells import DEPARTMENTS, OTHER, OWN, Group, Total, groups_of
from portal.statistics.fitting import Fitted, Known, fit
from portal.statistics.laplace import Draw, opendp_draw
from portal.statistics.leaves import leaf_of
from portal.statistics.looking import look, mark
from portal.statistics.measures import PROVINCE_MONTH, TABLES, Partition, Stratum, Table, Tier, may_be_told, tier_of
from portal.statistics.models import FrozenCell, FrozenTable, PrivacySpent
from portal.statistics.periods import Grain, Period, month_of, periods_between
from portal.statistics.places import Places, places_of

CODE_VERSION = "2"  # of what is counted and how: another one, when these rules become others

NOT_YET = N_("Số liệu kỳ %(period)s công bố từ ngày %(day)s.")
NO_FIRST = N_("Chưa biết số liệu bắt đầu từ tháng nào: hãy nêu tháng đầu tiên.")
NO_TOTAL = N_("Trước hết phải công bố số liệu %(table)s kỳ %(period)s.")
BEGUN = N_("Số liệu đã bắt đầu từ tháng %(month)s, không thể bắt đầu sớm hơn nữa.")
SPENT = N_("Công bố thêm bảng này thì mỗi phản ánh bị lộ nhiều hơn mức cho phép.")


class PrivacyIsSpent(PortalError):
    """A release would tell more of a report than may ever be told."""


@dataclass(frozen=True)
class Due:
    """One table of one period that is to be made. `since` is the first month that there are numbers of."""

    table: Table
    period: Period
    tier: Tier
    since: Period

    @property
    def day(self) -> date:
        """The day of its look."""
        return self.table.due_on(self.period)


def due_releases(
    session: Session, on: date, *, first: Period | None = None, through: Period | None = None
) -> list[Due]:
    """What is due on a day and not there yet, by the day it was due: from `first`, or from where the tables began.

    A year is left out until its tier is known, which is when the months of the year before are published. Raises
    PortalError when the month `through` is not due yet, or when nobody can know where to begin.
    """
    monthly = TABLES[Tier.SMALL][0]
    if through is not None and monthly.due_on(through) > on:
        raise PortalError(NOT_YET, period=str(through), day=f"{monthly.due_on(through):%d/%m/%Y}")
    made = set(session.execute(select(FrozenTable.table, FrozenTable.period)).tuples())
    months = [Period.parse(period) for name, period in made if name == PROVINCE_MONTH]
    begun = min(months, default=None)
    if first is not None and begun is not None and first < begun:
        raise PortalError(BEGUN, month=str(begun))
    since = begun or first or opened(session)
    if since is None:
        raise PortalError(NO_FIRST)
    until = through or monthly.last_due(on)
    found = []
    for year in range(since.year, until.year + 1):
        tier = _tier(session, year, since)
        for table in TABLES[tier] if tier is not None else ():
            begin = max(Period(year, 1, table.grain), since.within(table.grain))
            for period in periods_between(begin, Period(year, 12 // table.grain, table.grain)):
                is_over = period.last_day <= until.last_day and table.due_on(period) <= on
                if is_over and (table.name, str(period)) not in made:
                    found.append(Due(table, period, tier or Tier.SMALL, since))
    return sorted(found, key=lambda due: (due.day, due.period.grain, due.table.name))


def opened(session: Session) -> Period | None:
    """The month in which the portal was set up: where its tables begin.

    Not the first report's month: that would say when somebody filed it.
    """
    instants = (session.scalar(select(func.min(column))) for column in (Staff.created_at, BodyKey.created_at))
    known = [instant for instant in instants if instant is not None]
    return month_of(min(known)) if known else None


def _tier(session: Session, year: int, since: Period) -> Tier | None:
    """The tier of a year; None as long as the months of the year before are not all published."""
    values = (
        select(FrozenTable.period, FrozenTable.parameters, FrozenCell.value)
        .join(FrozenCell, FrozenCell.release_id == FrozenTable.id)
        .where(FrozenTable.table == PROVINCE_MONTH)
    )
    rows = {Period.parse(row.period): row for row in session.execute(values)}
    begun = [row for period, row in rows.items() if period.year == year]
    if begun:
        return Tier(begun[0].parameters.get("tier", Tier.SMALL))
    if year == since.year:
        return Tier.SMALL
    before = Period(year - 1, 1, Grain.YEAR)
    wanted = [month for month in before.parts(Grain.MONTH) if month >= since]
    if any(month not in rows for month in wanted):
        return None
    return tier_of(sum(rows[month].value for month in wanted) if len(wanted) == Grain.YEAR else None)


def make_releases(
    session: Session,
    on: date,
    *,
    first: Period | None = None,
    through: Period | None = None,
    load_draw: Callable[[], Draw] = opendp_draw,
) -> Iterator[Due]:
    """Makes all that is due on a day and hands out each that this call made. The noise is loaded if there is any.

    Raises PortalError as `due_releases` does.
    """
    draw: Draw | None = None
    while due := due_releases(session, on, first=first, through=through):
        session.rollback()
        draw = draw or load_draw()
        yield from (one for one in due if make_release(session, one, draw))


def make_release(session: Session, due: Due, draw: Draw) -> bool:
    """Makes one table of one period, in its own transaction; says whether this call made it.

    Raises PrivacyIsSpent when it would tell too much of somebody, PortalError when the period is not due, or when what
    it adds up to has not been made.
    """
    table, period = due.table, due.period
    if due.day > today():
        raise PortalError(NOT_YET, period=str(period), day=f"{due.day:%d/%m/%Y}")
    try:
        with transaction(session):
            if _is_made(session, due):
                return False
            _spend(session, table, period)
            places = places_of(session, period)
            groups = groups_of(table.partition, places.geography)
            totals = {group.total: _known(session, due, group.total) for group in groups if group.total is not None}
            span = (max(period.bounds[0], due.since.bounds[0]), period.bounds[1])
            mark(session, table, span, places)
            noisy = drawn(groups, look(session, table, period, places, span), table.shares, draw)
            _freeze(session, due, places, groups, totals, fit(groups, noisy, totals, table.shares))
    except IntegrityError:
        if _is_made(session, due):
            return False  # another process was first
        raise
    return True


def drawn(
    groups: Sequence[Group], counts: Mapping[str, int], shares: Mapping[Stratum, int], draw: Draw
) -> dict[str, int]:
    """The counts with their noise; one draw for all cells of one share. Pure, but for the draw."""
    keys = [(shares[node.stratum], key) for group in groups for node in group.nodes for key in node.drawn]
    noisy: dict[str, int] = {}
    for share, of_share in groupby(sorted(keys, key=lambda one: one[0]), key=lambda one: one[0]):
        names = [key for _, key in of_share]
        noisy |= zip(names, draw([counts[key] for key in names], share), strict=True)
    return noisy


def _is_made(session: Session, due: Due) -> bool:
    return session.get(PrivacySpent, (due.table.name, str(due.period))) is not None


def _spend(session: Session, table: Table, period: Period) -> None:
    """Writes down what this costs, unless it is too much; on PostgreSQL a second process waits here, and fails.

    A report is of one month, for ever; so what is told of it is the sum over the tables whose periods hold its month.
    """
    entries = session.execute(select(PrivacySpent.period, PrivacySpent.shares)).tuples().all()
    known = [(Period.parse(written), shares) for written, shares in entries]
    for month in period.parts(Grain.MONTH):
        told = [_by_stratum(shares) for one, shares in known if one == month.within(one.grain)]
        if not may_be_told([*told, table.shares]):
            raise PrivacyIsSpent(SPENT)
    session.add(PrivacySpent(table=table.name, period=str(period), shares=dict(table.shares)))
    session.flush()


def _by_stratum(shares: Mapping[str, int]) -> dict[Stratum, int]:
    return {Stratum(word): share for word, share in shares.items()}


def _known(session: Session, due: Due, total: Total) -> Known:
    """What a group adds up to: the sum of what was frozen of shorter periods. Raises PortalError if one is missing."""
    table = next(one for one in TABLES[due.tier] if one.partition is total.partition)
    wanted = [part for part in due.period.parts(table.grain) if part >= due.since.within(table.grain)]
    rows = (
        select(FrozenTable.period, FrozenCell.value, FrozenCell.spread)
        .outerjoin(FrozenCell, (FrozenCell.release_id == FrozenTable.id) & (FrozenCell.key == total.key))
        .where(FrozenTable.table == table.name, FrozenTable.period.in_([str(part) for part in wanted]))
    )
    found = {row.period: row for row in session.execute(rows)}
    for part in wanted:
        if str(part) not in found:
            raise PortalError(NO_TOTAL, table=table.name, period=str(part))
    # A body that was not there yet has no number of that period, and had no reports.
    return Known(
        sum(row.value or 0 for row in found.values()), round(sum(row.spread or 0.0 for row in found.values()), 6)
    )


def _freeze(
    session: Session,
    due: Due,
    places: Places,
    groups: Sequence[Group],
    totals: Mapping[Total, Known],
    cells: Sequence[Fitted],
) -> None:
    """Stores the numbers as they will be shown for ever."""
    frozen = FrozenTable(
        table=due.table.name,
        period=str(due.period),
        parameters=parameters_of(due, places, groups, totals),
        code_version=CODE_VERSION,
        frozen_at=now(),
        salt=new_salt(),
    )
    rows = [
        FrozenCell(
            position=position,
            key=cell.key,
            noisy=cell.noisy,
            value=cell.value,
            margin=cell.margin,
            shares=list(cell.shares),
            spread=cell.spread,
        )
        for position, cell in enumerate(cells)
    ]
    shares = {str(stratum): share for stratum, share in due.table.shares.items()}
    frozen.leaf = leaf_of(frozen, rows, shares, frozen.salt or b"")
    session.add(frozen)
    session.flush()
    for row in rows:
        row.release_id = frozen.id
    session.add_all(rows)


def parameters_of(due: Due, places: Places, groups: Sequence[Group], totals: Mapping[Total, Known]) -> dict[str, Any]:
    """What is kept beside the numbers: enough to fit them again, and the names as they were."""
    parts = {part for group in groups for node in group.nodes for part in node.key.split("/")}
    # A category has the code `other`, too: a table by body must not take its name.
    unnamed = set() if due.table.partition is Partition.CATEGORY else {OTHER, OWN, DEPARTMENTS}
    return {
        "tier": due.tier,
        "since": str(due.since),
        "wait_days": due.table.wait_days,
        "noise": "discrete Laplace",
        "groups": [
            {
                "total": totals[group.total].value if group.total is not None else None,
                "keys": [key for node in group.nodes for key in node.drawn],
            }
            for group in groups
        ],
        "names": {code: places.names[code] for code in sorted(parts - unnamed) if code in places.names},
    }
