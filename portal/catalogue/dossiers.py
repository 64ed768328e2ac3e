"""How many dossiers bodies handled, over whole months: what reports are set against, so that busy is not bad.

The figures are public and come from the province's one-stop system (`dossiers_*.csv`). Each is of one body alone, so
that sums over bodies count no dossier twice. Months are texts as the files write them, `2026-10`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from portal.catalogue.models import Agency, DossierCount
from portal.catalogue.words import AgencyKind


@dataclass(frozen=True)
class DossierTotal:
    """The dossiers of some bodies over a span of months. Only where `missing` is 0 may a rate be made of them."""

    handled: int
    late: int
    months: int  # of the span, with the figures of every body that has figures at all
    missing: int  # the other months of the span
    is_invented: bool  # at least one of the figures


@dataclass
class _Body:
    """One body (a code from one day to another) with its figures of the months in which the code was its own."""

    code: str
    kind: AgencyKind
    path: str
    district_code: str | None
    begins: str
    ends: str
    has_figures: bool  # in any month, also outside the span
    figures: dict[str, tuple[int, int, bool]] = field(default_factory=dict)
    months: set[str] = field(default_factory=set)


def dossiers_between(session: Session, codes: Collection[str] | None, first: str, last: str) -> DossierTotal:
    """What the bodies of these codes (None: all) handled themselves, from one month to another, both included."""
    return _total(_bodies(session, codes, first, last).values(), len(_span(first, last)))


def dossiers_by_body(session: Session, first: str, last: str) -> Mapping[str, DossierTotal]:
    """For every district and every department, by code, in one statement.

    A district's total is that of all bodies with its `district_code`. A department is a body that is neither a district
    nor below one; its total is its own and that of all below it, but for the districts and what is theirs.
    """
    bodies = _bodies(session, None, first, last)
    length = len(_span(first, last))
    return {code: _total(members, length) for code, members in _groups(bodies).items()}


def _groups(bodies: Mapping[int, _Body]) -> Mapping[str, Sequence[_Body]]:
    districts = {body.district_code: body.code for body in bodies.values() if body.kind is AgencyKind.DISTRICT}
    groups: defaultdict[str, list[_Body]] = defaultdict(list)
    for body in bodies.values():
        line = [bodies[key] for key in map(int, body.path.strip("/").split("/")) if key in bodies]
        if body.district_code in districts:
            groups[districts[body.district_code]].append(body)
        elif all(one.kind is not AgencyKind.DISTRICT for one in line):
            for code in {one.code for one in line}:
                groups[code].append(body)
    return groups


def _total(bodies: Iterable[_Body], length: int) -> DossierTotal:
    there: set[str] = set()
    lacking: set[str] = set()
    figures: list[tuple[int, int, bool]] = []
    for body in bodies:
        there |= body.figures.keys()
        lacking |= body.months - body.figures.keys() if body.has_figures else set()
        figures += body.figures.values()
    months = len(there - lacking)
    return DossierTotal(
        handled=sum(one[0] for one in figures),
        late=sum(one[1] for one in figures),
        months=months,
        missing=length - months,
        is_invented=any(one[2] for one in figures),
    )


def _bodies(session: Session, codes: Collection[str] | None, first: str, last: str) -> dict[int, _Body]:
    """All bodies of the span by their row's id, with their figures."""
    bodies: dict[int, _Body] = {}
    found: list[tuple[str, str, tuple[int, int, bool]]] = []
    for row in session.execute(_figures(codes, first, last)):
        if row.id not in bodies:
            ends = f"{row.valid_to:%Y-%m}" if row.valid_to else last
            begins = f"{row.valid_from:%Y-%m}"
            bodies[row.id] = _Body(row.code, row.kind, row.path, row.district_code, begins, ends, row.has_figures)
        if row.month is not None:
            found.append((row.code, row.month, (row.handled, row.late, row.is_invented)))
    holders = _holders(bodies.values(), _span(first, last))
    for code, month, figure in found:
        holder = holders.get((code, month))
        if holder is not None:
            holder.figures[month] = figure
    return bodies


def _holders(bodies: Iterable[_Body], span: Sequence[str]) -> Mapping[tuple[str, str], _Body]:
    """Whose a code was in a month; of two bodies in one month the later one's. (The earliest body comes first.)"""
    holders = {(body.code, month): body for body in bodies for month in span if body.begins <= month <= body.ends}
    for (_, month), body in holders.items():
        body.months.add(month)
    return holders


def _figures(codes: Collection[str] | None, first: str, last: str) -> Any:
    """Every body that was there in the span, once for each of its figures in it, or once without any."""
    ever = aliased(DossierCount)
    in_span = and_(DossierCount.agency_code == Agency.code, DossierCount.month.between(first, last))
    body = (Agency.id, Agency.code, Agency.kind, Agency.path, Agency.district_code, Agency.valid_from, Agency.valid_to)
    figure = (DossierCount.month, DossierCount.handled, DossierCount.late, DossierCount.is_invented)
    has_figures = exists().where(ever.agency_code == Agency.code).label("has_figures")
    query = select(*body, *figure, has_figures).outerjoin(DossierCount, in_span)
    there = and_(
        Agency.valid_from <= _last_day(last), or_(Agency.valid_to.is_(None), Agency.valid_to >= _first_day(first))
    )
    if codes is not None:
        query = query.where(Agency.code.in_(codes))
    return query.where(there).order_by(Agency.valid_from, Agency.id)


def _first_day(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def _last_day(month: str) -> date:
    return (_first_day(month) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _span(first: str, last: str) -> Sequence[str]:
    """Every month from one to the other, both included."""
    begins, ends = _first_day(first), _first_day(last)
    numbers = range(begins.year * 12 + begins.month - 1, ends.year * 12 + ends.month)
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in numbers]
