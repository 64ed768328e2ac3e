"""What the catalogue says on a day, read anew each time; `snapshot` keeps what filing needs of it."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from portal.catalogue.beyond import vietnamese_year
from portal.catalogue.models import (
    Agency,
    AgencyFunction,
    Announcement,
    CalendarDay,
    Category,
    DeadlineRule,
    Finding,
    ForwardBody,
    NextStep,
    Principle,
    Procedure,
    RefusalGround,
    Remedy,
    RoutingRule,
)
from portal.catalogue.routing_rows import About, Addressee, Need, RoutingRow
from portal.catalogue.tree import AgencyTree, Body
from portal.catalogue.words import AccusedRole, AgencyKind, Function, Kind, Sure
from portal.catalogue.working_days import Calendar
from portal.foundation.errors import NotFound
from portal.foundation.text import N_

# Of these kinds a tree has one body at the top of its branch, so the kind alone says which has the function;
# the rows of `agency_function` go before.
FUNCTION_OF_KIND = {
    AgencyKind.INSPECTION: Function.INSPECTION_COMMITTEE,
    AgencyKind.PROVINCIAL: Function.PROVINCIAL_COMMITTEE,
    AgencyKind.COUNCIL: Function.PEOPLE_COUNCIL,
    AgencyKind.FRONT: Function.FRONT,
    AgencyKind.INSPECTORATE: Function.INSPECTORATE,
}

NO_LIMIT = N_("Chưa có quy định thời hạn “%(code)s” cho ngày này.")

# Procedures that the people's committee of the area settles, not one body for the whole province.
_OWNED_BY_AREA = frozenset({"district", "commune"})


def _holds_on(
    table: type[Agency] | type[AgencyFunction] | type[DeadlineRule] | type[RoutingRule], on: date
) -> ColumnElement[bool]:
    return (table.valid_from <= on) & or_(table.valid_to.is_(None), table.valid_to >= on)


def agencies_on(session: Session, on: date) -> Sequence[Agency]:
    """All bodies of a day, in the order of the official list."""
    return session.scalars(select(Agency).where(_holds_on(Agency, on)).order_by(Agency.id)).all()


def agency_by_code(session: Session, code: str, on: date) -> Agency | None:
    """The body that a code means on a day (codes come back under other names)."""
    return session.scalars(select(Agency).where(Agency.code == code, _holds_on(Agency, on))).one_or_none()


def successor_on(session: Session, agency: Agency, on: date) -> Agency | None:
    """Who carries on from a body on a day: itself while it is there, else its successors; None if nobody."""
    seen: set[int] = set()
    while agency.valid_to is not None and agency.valid_to < on:
        following = session.get(Agency, agency.successor_id) if agency.successor_id else None
        if following is None or following.id in seen:
            return None
        seen.add(following.id)
        agency = following
    return agency


def agency_tree(session: Session, on: date) -> AgencyTree:
    """The tree of a day, with the bodies that have its functions."""
    columns = (
        Agency.id,
        Agency.code,
        Agency.parent_id,
        Agency.kind,
        Agency.name_vi,
        Agency.name_en,
        Agency.area_code,
    )
    rows = session.execute(select(*columns).where(_holds_on(Agency, on)).order_by(Agency.id)).all()
    codes = {row.id: row.code for row in rows}
    above = {row.parent_id for row in rows if row.parent_id is not None and row.parent_id not in codes}
    if above:  # a parent that has ended: the body that has its code today stands in its place
        ended = session.execute(select(Agency.id, Agency.code).where(Agency.id.in_(above))).all()
        codes.update({row.id: row.code for row in ended})
    bodies = [
        Body(
            code=row.code,
            parent=codes.get(row.parent_id),
            kind=row.kind,
            name_vi=row.name_vi,
            name_en=row.name_en,
            area_code=row.area_code,
            id=row.id,
        )
        for row in rows
    ]
    return AgencyTree(bodies, _functions(session, bodies, on))


def _functions(session: Session, bodies: Sequence[Body], on: date) -> dict[Function, str]:
    functions: dict[Function, str] = {}
    for body in bodies:
        if body.kind in FUNCTION_OF_KIND:
            functions.setdefault(FUNCTION_OF_KIND[body.kind], body.code)
    held = (
        select(AgencyFunction.function, Agency)
        .join(Agency, Agency.id == AgencyFunction.agency_id)
        .where(_holds_on(AgencyFunction, on))
        .order_by(AgencyFunction.valid_from)
    )
    for function, agency in session.execute(held).tuples():
        current = successor_on(session, agency, on)
        if current is not None:
            functions[function] = current.code
    return functions


def missing_functions(session: Session, on: date) -> frozenset[Function]:
    """Functions that no body of the day's tree has; without them some reports cannot be routed."""
    tree = agency_tree(session, on)
    return frozenset(function for function in Function if len(tree) and tree.function(function) is None)


def calendar(session: Session) -> Calendar:
    """The working days. A year is listed in full once its New Year's Day is; other years are computed."""
    days_off: dict[date, bool] = {}
    make_up_days: dict[date, bool] = {}
    for on, is_working, sure in session.execute(
        select(CalendarDay.on, CalendarDay.is_working, CalendarDay.sure)
    ).tuples():
        (make_up_days if is_working else days_off)[on] = sure is Sure.CERTAIN
    years = {day.year for day in days_off if (day.month, day.day) == (1, 1)}
    first = last = max(years, default=0)
    while first - 1 in years:
        first -= 1
    return Calendar(days_off, make_up_days, first, last, vietnamese_year)


def deadline_rule(session: Session, code: str, on: date) -> DeadlineRule:
    """The time limit of a code as it is on a day. Raises NotFound."""
    rule = session.scalars(
        select(DeadlineRule)
        .where(DeadlineRule.code == code, _holds_on(DeadlineRule, on))
        .order_by(DeadlineRule.valid_from.desc())
        .limit(1)
    ).first()
    if rule is None:
        raise NotFound(NO_LIMIT, code=code)
    return rule


def announcements_on(session: Session, on: date) -> Sequence[Announcement]:
    """What is to be said on a day to whoever files."""
    holds = (Announcement.valid_from <= on) & (Announcement.valid_to >= on)
    return session.scalars(select(Announcement).where(holds).order_by(Announcement.position, Announcement.code)).all()


def deadline_rules(session: Session, on: date) -> Sequence[DeadlineRule]:
    """All time limits of a day."""
    return session.scalars(select(DeadlineRule).where(_holds_on(DeadlineRule, on)).order_by(DeadlineRule.code)).all()


def routing_rules(session: Session, on: date) -> tuple[RoutingRow, ...]:
    """The routing of a day, by rank; of two rows with one code the later one holds."""
    rules = session.scalars(select(RoutingRule).where(_holds_on(RoutingRule, on)).order_by(RoutingRule.valid_from))
    by_code = {rule.code: rule for rule in rules}
    return tuple(routing_row(rule) for rule in sorted(by_code.values(), key=lambda rule: (rule.rank, rule.code)))


def routing_row(rule: RoutingRule) -> RoutingRow:
    """A stored rule as the plain value that routing reads."""
    return RoutingRow(
        rank=rule.rank,
        code=rule.code,
        kinds=frozenset(map(Kind, rule.kinds.split())),
        accused=frozenset(map(AccusedRole, rule.accused.split())),
        about=frozenset(map(About, rule.about.split())),
        min_severity=rule.min_severity,
        min_recent_reports=rule.min_recent_reports,
        needs=frozenset(map(Need, rule.needs.split())),
        categories=frozenset(rule.categories.split()),
        lead=Addressee(rule.lead),
        support=frozenset(map(Addressee, rule.support.split())),
        inform=frozenset(map(Addressee, rule.inform.split())),
        oversee=frozenset(map(Addressee, rule.oversee.split())),
        release=rule.release,
        suggestion=Addressee(rule.suggestion) if rule.suggestion else None,
        refused_to=rule.refused_to,
        reason_vi=rule.reason_vi,
        reason_en=rule.reason_en,
        valid_from=rule.valid_from,
        valid_to=rule.valid_to,
    )


def categories(session: Session) -> Sequence[Category]:
    """All categories, in the order in which people choose from them."""
    return session.scalars(select(Category).order_by(Category.position, Category.code)).all()


def principles(session: Session) -> Sequence[Principle]:
    """The directive's principles, in its order."""
    return session.scalars(select(Principle).order_by(Principle.position, Principle.code)).all()


def procedures(session: Session) -> Sequence[Procedure]:
    """All procedures, by field."""
    return session.scalars(select(Procedure).order_by(Procedure.position, Procedure.code)).all()


def refusal_grounds(session: Session) -> Sequence[RefusalGround]:
    """Why a case may not be taken up."""
    return session.scalars(select(RefusalGround).order_by(RefusalGround.position, RefusalGround.code)).all()


def findings(session: Session) -> Sequence[Finding]:
    """What an examination may find."""
    return session.scalars(select(Finding).order_by(Finding.position, Finding.code)).all()


def remedies(session: Session) -> Sequence[Remedy]:
    """What may be done about it."""
    return session.scalars(select(Remedy).order_by(Remedy.position, Remedy.code)).all()


def forward_bodies(session: Session) -> Sequence[ForwardBody]:
    """Where to go with what is not decided here."""
    return session.scalars(select(ForwardBody).order_by(ForwardBody.position, ForwardBody.code)).all()


def next_steps(session: Session) -> Sequence[NextStep]:
    """What reporters can do next, in the order of the file."""
    return session.scalars(select(NextStep).order_by(NextStep.position, NextStep.code)).all()


def procedure_owner(
    session: Session, procedure: Procedure, area_code: str | None, on: date, tree: AgencyTree | None = None
) -> str | None:
    """The code of the body that settles a procedure in an area on a day; None where the data do not say.

    A body that has ended since passes its procedures on to its successor. In a tree without districts the
    level since July 2025 holds (Luật 72/2025/QH15).
    """
    if procedure.owner_agency_code is not None:
        return _current_owner(session, procedure.owner_agency_code, on)
    tree = tree or agency_tree(session, on)
    governing = tree.for_area(area_code) if area_code else None
    if governing is None or procedure.owner_kind not in _OWNED_BY_AREA:
        return None
    has_districts = any(body.kind is AgencyKind.DISTRICT for body in tree)
    level = str(procedure.level if has_districts else procedure.level_2025)
    walk = (governing, *tree.ancestors(governing))
    return next((code for code in walk if tree.body(code).kind == level), None)


def _current_owner(session: Session, code: str, on: date) -> str | None:
    versions = session.scalars(
        select(Agency).where(Agency.code == code, Agency.valid_from <= on).order_by(Agency.valid_from.desc())
    )
    latest = versions.first()
    current = successor_on(session, latest, on) if latest is not None else None
    return current.code if current is not None else None
