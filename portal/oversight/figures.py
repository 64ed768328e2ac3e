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
from sqlalchemy.orm import Session, aliased

from portal.cases.access import Viewer
from portal.cases.models import Case, CaseReport, Clock, Conclusion, Rating, Referral
from portal.cases.queries import counted_for
from portal.cases.status import Starts
from portal.cases.words import Status
from portal.catalogue.words import ReferralRole
from portal.foundation.local_dates import local_date
from portal.oversight.asking import Span
from portal.oversight.bodies import Bodies
from portal.oversight.counts import Counts, Outcome

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
            table, code = _place(part, key, bodies)
            found.outcomes[table][code][Outcome(word)] += number
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


def _place(part: str, key: str, bodies: Bodies) -> tuple[str, str]:
    """In which table, under which key: rows and areas become codes of bodies."""
    match part:
        case "referral":
            return part, bodies.codes[int(key)]
        case "body":
            return part, bodies.units[int(key)]
        case "area":
            return "body", bodies.areas.get(key, "")
        case _:
            return part, key


def statement(viewer: Viewer, span: Span, body: str, bodies: Bodies, today: date) -> Select[Any]:
    """Part, key, outcome, number: all parts over the same cases."""
    looked_up = once(_cases(viewer, span, body, bodies, today), "looked_up")
    cases = once(_with_outcome(looked_up), "counted_cases")
    parts = union_all(*_parts(cases, today)).subquery()
    return select(parts)


def once(query: Select[Any], name: str) -> CTE:
    """A part of the statement that is worked out once for all that read it."""
    return query.cte(name).prefix_with("MATERIALIZED")


def _cases(viewer: Viewer, span: Span, body: str, bodies: Bodies, today: date) -> Select[Any]:
    """Each case once: where it belongs, when it was answered, whether its answer's clock was missed."""
    shown = Conclusion.case_id == Case.id, Conclusion.visible_at.is_not(None)
    answered_at = select(func.min(Conclusion.visible_at)).where(*shown)
    return select(
        Case.id,
        Case.received_on,
        Case.category,
        Case.status,
        Case.is_open,
        Case.is_direct,
        Case.refusal_ground,
        Case.agency_id,
        Case.area_code,
        answered_at.correlate(Case).scalar_subquery().label("answered_at"),
        _missed(today).label("is_late"),
    ).where(Case.received_on.between(span.first, span.last), counted_for(viewer), *_about(body, bodies))


def _with_outcome(cases: CTE) -> Select[Any]:
    own = cases.c
    outcome = case(
        (and_(own.answered_at.is_not(None), own.is_late), _word(Outcome.LATE)),
        (own.answered_at.is_not(None), _word(Outcome.IN_TIME)),
        (~own.is_open, _word(Outcome.ENDED)),
        (own.is_late, _word(Outcome.OVERDUE)),
        else_=_word(Outcome.RUNNING),
    )
    return select(*own, outcome.label("outcome"))


def _about(body: str, bodies: Bodies) -> Iterable[ColumnElement[bool]]:
    if not body:
        return ()
    rows, areas = bodies.below(body)
    return (or_(Case.agency_id.in_(rows), and_(Case.agency_id.is_(None), Case.area_code.in_(areas))),)


def _missed(today: date) -> ColumnElement[bool]:
    """By the clocks of the answer: the case's own, or of a direct delay that of the body that answers."""
    leads = exists().where(Referral.id == Clock.referral_id, Referral.role == ReferralRole.LEAD)
    owed = or_(
        Clock.starts == Starts.ANSWER, and_(Case.is_direct, Clock.starts == Starts.REFERRAL, leads.correlate(Clock))
    )
    missed = or_(_met_late(), _is_overdue(today))
    return exists().where(Clock.case_id == Case.id, owed, missed).correlate(Case)


def _met_late() -> ColumnElement[bool]:
    return and_(Clock.met_at.is_not(None), local_date(Clock.met_at) > Clock.due_on)


def _is_overdue(today: date) -> ColumnElement[bool]:
    runs = Clock.met_at.is_(None), Clock.stopped_at.is_(None), Clock.paused_on.is_(None)
    return and_(*runs, Clock.due_on < today)


def _word(outcome: Outcome) -> ColumnElement[str]:
    return literal(outcome.value, String)


def _parts(cases: CTE, today: date) -> list[Select[Any]]:
    own, month = cases.c, func.substr(cast(cases.c.received_on, String), 1, 7)
    committees = or_(Clock.starts == Starts.TRIAGE, and_(Clock.starts == Starts.ANSWER, ~own.is_direct))
    scored = and_(CaseReport.case_id == own.id, CaseReport.is_primary, CaseReport.unlinked_at.is_(None))
    return [
        _part("month", month, own.outcome),
        _part("category", own.category, own.outcome),
        _part("body", own.agency_id, own.outcome).where(own.agency_id.is_not(None)),
        _part("area", own.area_code, own.outcome).where(own.agency_id.is_(None)),
        _part("span", own.received_on, local_date(own.answered_at)).where(own.answered_at.is_not(None)),
        _part("ground", own.refusal_ground).where(own.status == Status.REFUSED),
        _part("finding", Conclusion.finding)
        .select_from(cases)
        .join(Conclusion, Conclusion.case_id == own.id)
        .where(own.answered_at.is_not(None), _is_last_shown()),
        _part("rating", Rating.score)
        .select_from(cases)
        .join(CaseReport, scored)
        .join(Rating, Rating.report_id == CaseReport.report_id)
        .where(own.answered_at.is_not(None)),
        _part("referral", Referral.agency_id, _referral_outcome(cases, today))
        .select_from(cases)
        .join(Referral, Referral.case_id == own.id)
        .where(case((~Referral.for_head, Referral.role)).in_(ANSWERS)),  # one condition: two mislead SQLite's planner
        _part("clock", Clock.starts, _clock_outcome(today))
        .select_from(cases)
        .join(Clock, Clock.case_id == own.id)
        .where(Clock.referral_id.is_(None), committees),
    ]


def _is_last_shown() -> ColumnElement[bool]:
    later = aliased(Conclusion)
    newer = later.case_id == Conclusion.case_id, later.version > Conclusion.version, later.visible_at.is_not(None)
    return and_(Conclusion.visible_at.is_not(None), ~exists().where(*newer).correlate(Conclusion))


def _part(name: str, key: SQLColumnExpression[Any], word: SQLColumnExpression[Any] | None = None) -> Select[Any]:
    """How many by key, and by outcome where one is given."""
    by = (key,) if word is None else (key, word)
    said = cast(word, String) if word is not None else literal("", String)
    key_said = func.coalesce(cast(key, String), literal("", String))
    columns = literal(name, String).label("part"), key_said.label("key"), said.label("word")
    return select(*columns, func.count().label("number")).group_by(*by)


def _referral_outcome(cases: CTE, today: date) -> ColumnElement[str]:
    waits = cases.c.status == Status.WAITING_FOR_REPORTER
    return case(
        (local_date(Referral.answered_at) > Referral.due_on, _word(Outcome.LATE)),
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
