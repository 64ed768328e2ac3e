"""What is counted: every cell agrees with a second telling, one report is one in one cell, and what comes after the day
of a look changes nothing."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import event, insert, select, update
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from portal.cases.models import CaseReport, Clock, Conclusion, Rating, Report
from portal.foundation.time import local
from portal.statistics.looking import look, mark
from portal.statistics.measures import TABLES, Table, Tier
from portal.statistics.periods import Period, begins
from portal.statistics.places import places_of
from tests.areas.statistics.told_again import Again
from tests.makers.committed import Committed
from tests.makers.databases import Databases
from tests.makers.days import MONDAY, on
from tests.makers.provinces import province as loaded

pytestmark = pytest.mark.both
REPORTS = 600
EVERY = {table.name: table for tier in Tier for table in TABLES[tier]}
LATER = MONDAY + timedelta(days=60)
SAMPLE = 8  # reports that are left out, one at a time


@pytest.fixture(scope="module")
def province(server: str, databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Committed]:
    """Every played situation and clones of them over three years."""
    with loaded(databases, server, REPORTS, tmp_path_factory.mktemp("looked-at")) as made:
        yield made.place


@pytest.fixture
def session(province: Committed) -> Iterator[Session]:
    """A session on it; nothing of it is kept."""
    with on(MONDAY, 10), province.session() as session:
        yield session
        session.rollback()


def looked(session: Session, table: Table, period: Period) -> dict[str, int]:
    """The look of a release, without cells that nobody is in."""
    places = places_of(session, period)
    mark(session, table, period.bounds, places)
    return {key: count for key, count in look(session, table, period, places).items() if count}


def periods_of(session: Session, table: Table) -> list[Period]:
    """All periods in which something was filed."""
    days = {local(filed_at).date() for filed_at in session.scalars(select(Report.filed_at))}
    return sorted({Period.of(day, table.grain) for day in days})


@pytest.mark.parametrize("name", EVERY)
def test_every_cell_of_every_period_agrees_with_a_second_telling(session: Session, name: str) -> None:
    table, again = EVERY[name], Again(session)
    periods = periods_of(session, table)
    assert len(periods) >= 3
    counted = 0
    for period in periods:
        found = looked(session, table, period)
        assert found == again.counts(table, period), period
        counted += sum(found.values())
    assert counted > 20


@pytest.mark.parametrize("days", [-30, -7, 0, 1, 10])
def test_it_agrees_on_other_days_too(session: Session, days: int) -> None:
    """Looked at in the middle of what happened: the newest periods, so many days from when they were loaded."""
    again = Again(session)
    for table in EVERY.values():
        period = Period.of(MONDAY, table.grain)
        wait = (MONDAY + timedelta(days=days) - period.last_day).days
        then = Table(table.partition, table.grain, wait, table.shares)
        assert looked(session, then, period) == again.counts(then, period), table.name


def leave_out(session: Session, report: int) -> None:
    """As if it had never been filed."""

    @event.listens_for(session, "do_orm_execute")
    def _(state: ORMExecuteState) -> None:
        if state.is_select:
            state.statement = state.statement.options(
                with_loader_criteria(Report, Report.id != report),
                with_loader_criteria(CaseReport, CaseReport.report_id != report),
                with_loader_criteria(Rating, Rating.report_id != report),
            )


def test_one_report_more_is_one_more_in_one_cell(province: Committed, session: Session) -> None:
    links = select(CaseReport.report_id).where(CaseReport.is_primary.is_(False))
    merged = list(session.scalars(links.order_by(CaseReport.report_id)))
    assert merged
    others = list(session.scalars(select(Report.id).where(Report.id.not_in(merged)).order_by(Report.id)))
    tables = [EVERY[name] for name in ("area_quarter", "body_quarter", "days_half_year", "result_half_year")]
    tables += [EVERY[name] for name in ("rating_year", "praise_body_year", "topic_body_year", "category_quarter")]
    for report in [*merged[:4], *others[:: len(others) // SAMPLE]]:
        filed = local(session.get_one(Report, report).filed_at).date()
        changed = 0
        for table in tables:
            period = Period.of(filed, table.grain)
            with_it = looked(session, table, period)
            session.rollback()  # on PostgreSQL the other one would wait for what is marked here
            with province.session() as other:
                leave_out(other, report)
                without = looked(other, table, period)
                other.rollback()
            more = [with_it.get(key, 0) - without.get(key, 0) for key in with_it.keys() | without.keys()]
            assert sorted(more)[-1:] in ([0], [1], [])
            assert sum(map(abs, more)) <= 1
            changed += sum(more)
        assert changed >= 1, report


def test_what_comes_after_the_day_changes_nothing(session: Session) -> None:
    """Answered, stopped, paused, rated and told on the day of the look or later."""
    quarter = Period.of(MONDAY, EVERY["area_quarter"].grain)
    for table in EVERY.values():
        period = Period.of(MONDAY, table.grain)
        wait = (MONDAY - period.last_day).days
        then = Table(table.partition, table.grain, wait, table.shares)
        before = looked(session, then, period)
        with session.begin_nested() as nested:
            _go_on(session, begins(MONDAY))
            assert looked(session, then, period) == before, table.name
            nested.rollback()
    assert quarter.first_day < MONDAY < quarter.last_day


def _go_on(session: Session, instant: object) -> None:
    """Everything that runs is paused, then met; every draft of an answer is told; everybody rates."""
    runs = (Clock.met_at.is_(None), Clock.stopped_at.is_(None))
    session.execute(update(Clock).where(*runs, Clock.paused_on.is_(None), Clock.id % 3 == 0).values(paused_on=LATER))
    session.execute(update(Clock).where(*runs, Clock.id % 3 == 1).values(met_at=instant))
    session.execute(update(Clock).where(*runs, Clock.id % 3 == 2).values(stopped_at=instant))
    session.execute(update(Conclusion).where(Conclusion.visible_at.is_(None)).values(visible_at=instant))
    rated = select(Rating.report_id)
    for report in session.scalars(select(Report.id).where(Report.id.not_in(rated))).all():
        session.execute(insert(Rating).values(report_id=report, score=1, points=[], reasons="", at=instant))
