"""Exact figures of what was received in a span of months, as far as an account's walls let it count.

One statement finds the cases once and adds them up in nine ways; how long it is does not depend on their number.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    SQLColumnExpression,
    String,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from portal.cases.access import Viewer
from portal.cases.models import Case, CaseReport, Clock, Conclusion, Rating, Referral
from portal.cases.queries import counted_for
from portal.cases.status import Starts
from portal.cases.words import Status
from portal.catalogue.words import ReferralRole
from portal.oversight.asking import Span
from portal.oversight.bodies import Bodies
from portal.oversight.counts import Counts, Outcome
from portal.oversight.local_day import local_day

AREA = "area:"  # before the area of a report that names no body
ANSWERS = (ReferralRole.LEAD, ReferralRole.SUPPORT)


@dataclass(frozen=True)
class Figures:
    """Everything that the page shows. Keys: first days' months (2026-03), codes of the catalogue, words, marks."""

    months: dict[str, Counts]
    categories: dict[str, Counts]
    bodies: dict[str, Counts]  # by unit; "" where the report names neither a body nor a place
    referrals: dict[str, Counts]  # by the body itself
    clocks: dict[str, Counts]  # the committee's own: triage, answer
    grounds: dict[str, int]
    findings: dict[str, int]
    ratings: dict[str, int]
    spans: dict[tuple[date, date], int]  # received on, answered on


@dataclass
class _Found:
    """The rows of the statement by part and key, as they come in."""

    outcomes: dict[str, dict[str, Counter[Outcome]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(Counter))
    )
    numbers: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    spans: dict[tuple[date, date], int] = field(default_factory=dict)

    def counts(self, part: str) -> dict[str, Counts]:
        return {key: Counts(dict(found)) for key, found in self.outcomes[part].items()}


def figures(session: Session, viewer: Viewer, span: Span, body: str, bodies: Bodies, today: date) -> Figures:
    """The figures of a span, about all bodies (`body` empty) or one unit's. Reads one statement."""
    found = _Found()
    for part, key, word, number in session.execute(statement(viewer, span, body, bodies, today)).tuples():
        if part == "span":
            found.spans[date.fromisoformat(key), date.fromisoformat(word)] = number
        elif word:
            found.outcomes[part][_key(part, key, bodies)][Outcome(word)] += number
        else:
            found.numbers[part][key] += number
    return Figures(
        months=found.counts("month"),
        categories=found.counts("category"),
        bodies=found.counts("body"),
        referrals=found.counts("referral"),
        clocks=found.counts("clock"),
        grounds=dict(found.numbers["ground"]),
        findings=dict(found.numbers["finding"]),
        ratings=dict(found.numbers["rating"]),
        spans=found.spans,
    )


def _key(part: str, key: str, bodies: Bodies) -> str:
    if part == "referral":
        return bodies.codes[int(key)]
    if part != "body" or not key:
        return key
    area = key.removeprefix(AREA)
    return bodies.areas.get(area, "") if area != key else bodies.units[int(key)]


def statement(viewer: Viewer, span: Span, body: str, bodies: Bodies, today: date) -> Select[Any]:
    """Part, key, outcome, number: all parts over the same cases."""
    cases = _cases(viewer, span, body, bodies, today).cte("counted_cases")
    parts = union_all(*_parts(cases, today)).subquery()
    return select(parts)


def _cases(viewer: Viewer, span: Span, body: str, bodies: Bodies, today: date) -> Select[Any]:
    """Each case once: where it belongs, whether and when it was answered, how it stands."""
    shown = Conclusion.case_id == Case.id, Conclusion.visible_at.is_not(None)
    answered_at = select(func.min(Conclusion.visible_at)).where(*shown).correlate(Case).scalar_subquery()
    finding = select(Conclusion.finding).where(*shown).order_by(Conclusion.version.desc()).limit(1)
    return select(
        Case.id,
        Case.received_on,
        Case.category,
        Case.status,
        Case.is_direct,
        Case.refusal_ground,
        case(
            (Case.agency_id.is_not(None), cast(Case.agency_id, String)),
            else_=func.coalesce(literal(AREA, String).concat(Case.area_code), literal("", String)),
        ).label("body"),
        local_day(answered_at).label("answered_on"),
        finding.correlate(Case).scalar_subquery().label("finding"),
        _outcome(answered_at, today).label("outcome"),
    ).where(Case.received_on.between(span.first, span.last), counted_for(viewer), *_about(body, bodies))


def _about(body: str, bodies: Bodies) -> Iterable[ColumnElement[bool]]:
    if not body:
        return ()
    rows, areas = bodies.below(body)
    return (or_(Case.agency_id.in_(rows), and_(Case.agency_id.is_(None), Case.area_code.in_(areas))),)


def _outcome(answered_at: ColumnElement[Any], today: date) -> ColumnElement[str]:
    """By the clocks of the answer: the case's own, or of a direct delay that of the body that answers."""
    leads = exists().where(Referral.id == Clock.referral_id, Referral.role == ReferralRole.LEAD)
    owed = or_(
        Clock.starts == Starts.ANSWER, and_(Case.is_direct, Clock.starts == Starts.REFERRAL, leads.correlate(Clock))
    )
    missed = or_(_met_late(), _is_overdue(today))
    late = exists().where(Clock.case_id == Case.id, owed, missed).correlate(Case)
    return case(
        (and_(answered_at.is_not(None), late), _word(Outcome.LATE)),
        (answered_at.is_not(None), _word(Outcome.IN_TIME)),
        (~Case.is_open, _word(Outcome.ENDED)),
        (late, _word(Outcome.OVERDUE)),
        else_=_word(Outcome.RUNNING),
    )


def _met_late() -> ColumnElement[bool]:
    return and_(Clock.met_at.is_not(None), local_day(Clock.met_at) > Clock.due_on)


def _is_overdue(today: date) -> ColumnElement[bool]:
    runs = Clock.met_at.is_(None), Clock.stopped_at.is_(None), Clock.paused_on.is_(None)
    return and_(*runs, Clock.due_on < today)


def _word(outcome: Outcome) -> ColumnElement[str]:
    return literal(outcome.value, String)


def _parts(cases: CTE, today: date) -> list[Select[Any]]:
    own, month = cases.c, func.substr(cast(cases.c.received_on, String), 1, 7)
    nothing, referral, clock = literal("", String), _referral_outcome(cases, today), _clock_outcome(today)
    committees = or_(Clock.starts == Starts.TRIAGE, and_(Clock.starts == Starts.ANSWER, ~own.is_direct))
    scored = and_(CaseReport.case_id == own.id, CaseReport.is_primary, CaseReport.unlinked_at.is_(None))
    ratings = (Rating, Rating.report_id == CaseReport.report_id)
    return [
        _part("month", month, own.outcome),
        _part("category", own.category, own.outcome),
        _part("body", own.body, own.outcome),
        _part("span", own.received_on, own.answered_on).where(own.answered_on.is_not(None)),
        _part("ground", own.refusal_ground, nothing).where(own.status == Status.REFUSED),
        _part("finding", own.finding, nothing).where(own.finding.is_not(None)),
        _part("rating", Rating.score, nothing).select_from(cases).join(CaseReport, scored).join(*ratings),
        _part("referral", Referral.agency_id, referral)
        .select_from(cases)
        .join(Referral, Referral.case_id == own.id)
        .where(Referral.role.in_(ANSWERS)),
        _part("clock", Clock.starts, clock)
        .select_from(cases)
        .join(Clock, Clock.case_id == own.id)
        .where(Clock.referral_id.is_(None), committees),
    ]


def _part(name: str, key: SQLColumnExpression[Any], word: SQLColumnExpression[Any]) -> Select[Any]:
    columns = cast(key, String).label("key"), cast(word, String).label("word")
    return select(literal(name, String).label("part"), *columns, func.count().label("number")).group_by(*columns)


def _referral_outcome(cases: CTE, today: date) -> ColumnElement[str]:
    waits = cases.c.status == Status.WAITING_FOR_REPORTER
    return case(
        (local_day(Referral.answered_at) > Referral.due_on, _word(Outcome.LATE)),
        (Referral.answered_at.is_not(None), _word(Outcome.IN_TIME)),
        (~Referral.is_open, _word(Outcome.ENDED)),
        (and_(Referral.due_on < today, ~waits), _word(Outcome.OVERDUE)),
        else_=_word(Outcome.RUNNING),
    )


def _clock_outcome(today: date) -> ColumnElement[str]:
    return case(
        (_met_late(), _word(Outcome.LATE)),
        (Clock.met_at.is_not(None), _word(Outcome.IN_TIME)),
        (Clock.stopped_at.is_not(None), _word(Outcome.ENDED)),
        (_is_overdue(today), _word(Outcome.OVERDUE)),
        else_=_word(Outcome.RUNNING),
    )
