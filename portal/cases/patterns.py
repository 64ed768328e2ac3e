"""What the test of `unusual` is given and what comes of it: matters by office and topic, as one account sees them.

One statement over the cases of 15 months. What a wall or a restriction keeps from an account is in none of its
numbers: whoever is walled off from a case cannot tell from a count that it is there.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy import case as either
from sqlalchemy.orm import Session

from portal.cases.access import Viewer
from portal.cases.models import Case
from portal.cases.queries import visible_to
from portal.cases.unusual import PAST_DAYS, WINDOW_DAYS, Desk, unusual
from portal.cases.words import Status
from portal.catalogue.models import Agency
from portal.catalogue.queries import agencies_on, categories
from portal.catalogue.words import Kind

TopicOf = Callable[[str], str]  # of a category's code
COMPLAINTS = (Kind.DELAY, Kind.CONDUCT, Kind.DECISION)


@dataclass(frozen=True)
class Pattern:
    """An office with more matters of one topic than chance explains."""

    agency: Agency
    topic: str
    recent: int
    expected: float
    by_chance: float  # desks as far off as this in a quarter in which nothing is unusual, over all that are looked at


def patterns(session: Session, viewer: Viewer, topic_of: TopicOf, on: date) -> list[Pattern]:
    """What stands out in the 90 days up to a day, the surest first. Praise and proposals are no complaints."""
    kept = [row.code for row in categories(session) if Kind(row.kind) in COMPLAINTS]
    recent: Counter[tuple[int, str]] = Counter()
    past: Counter[tuple[int, str]] = Counter()
    for agency_id, category, is_recent, number in session.execute(counted(viewer, kept, on)):
        (recent if is_recent else past)[agency_id, topic_of(category)] += number
    bodies = {body.id: body for body in agencies_on(session, on)}
    topics = sorted({topic_of(code) for code in kept})
    desks = [
        Desk(number, topic, body.kind.value, recent[number, topic], past[number, topic])
        for number, body in bodies.items()
        for topic in topics
    ]
    return [
        Pattern(bodies[one.desk.agency_id], one.desk.topic, one.desk.recent, one.expected, one.by_chance)
        for one in unusual(desks)
    ]


def first_day(on: date) -> date:
    """The first of the 90 days."""
    return on - timedelta(days=WINDOW_DAYS - 1)


def counted(viewer: Viewer, kept: Iterable[str], on: date) -> Select[tuple[int, str, int, int]]:
    """Matters by office, category, and whether they came in the 90 days. A report merged into another is no second.

    What came in tonight counts from tomorrow, and is here already.
    """
    since = first_day(on)
    is_recent = either((Case.received_on >= since, 1), else_=0).label("is_recent")
    one = (
        select(Case.agency_id, Case.category, is_recent)
        .where(Case.received_on >= since - timedelta(days=PAST_DAYS))
        .where(Case.agency_id.is_not(None), Case.category.in_(sorted(kept)), Case.status != Status.MERGED)
        .where(visible_to(viewer))
        .subquery()
    )
    return select(*one.c, func.count()).group_by(*one.c)


def matters(viewer: Viewer, agency_id: int, kept: Iterable[str], on: date) -> Select[tuple[Case]]:
    """The cases of a pattern that this account sees, the newest first."""
    return (
        select(Case)
        .where(Case.agency_id == agency_id, Case.category.in_(sorted(kept)), Case.status != Status.MERGED)
        .where(Case.received_on >= first_day(on), visible_to(viewer))
        .order_by(Case.received_on.desc(), Case.id.desc())
    )
