"""The numbers of a loaded province, as the releases look at them: not all in time, not all upheld, not all alike."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.cases.models import Case, Clock, Conclusion, Event, Message, Rating, Report
from portal.demo.situations import SITUATIONS
from portal.foundation.time import now
from portal.statistics.looking import look
from portal.statistics.measures import TABLES, Partition, Tier
from portal.statistics.periods import Grain, Period
from portal.statistics.places import places_of
from tests.makers.databases import SQLITE, Databases
from tests.makers.days import MONDAY, on
from tests.makers.provinces import province as loaded

REPORTS = 3000
LATEST = Period.parse("2025-Q4")
QUARTERS = 11  # that the load publishes


@pytest.fixture(scope="module")
def session(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A session on a province of some size."""
    folder = tmp_path_factory.mktemp("shares")
    with loaded(databases, SQLITE, REPORTS, folder) as made, on(MONDAY, 10), made.place.session() as session:
        yield session


def counted(session: Session, partition: Partition, first: int, quarters: int) -> Counter[str]:
    """Cells of some quarters, beginning so many before the latest."""
    table = next(one for one in TABLES[Tier.SMALL] if one.partition is partition)
    table, cells = replace(table, grain=Grain.QUARTER), Counter[str]()
    for back in range(first, first - quarters, -1):
        period = LATEST.plus(-back)
        cells.update(look(session, table, period, places_of(session, period)))
    return cells


def share(cells: Counter[str], *, ends: str, begins: str = "") -> float:
    """Which part of the cells that begin in a way ends in another."""
    whole = {key: count for key, count in cells.items() if key.startswith(begins)}
    return sum(count for key, count in whole.items() if key.endswith(ends)) / sum(whole.values())


def test_answers_come_in_time_more_often_than_they_did(session: Session) -> None:
    lately, before = counted(session, Partition.AREA, 3, 4), counted(session, Partition.AREA, QUARTERS - 1, 4)
    assert share(lately, ends="/in_time") == pytest.approx(0.76, abs=0.04)
    assert share(before, ends="/in_time") == pytest.approx(0.70, abs=0.04)
    assert share(lately, ends="/in_time") > share(before, ends="/in_time") + 0.03


def test_districts_and_departments_differ(session: Session) -> None:
    areas = counted(session, Partition.AREA, QUARTERS - 1, QUARTERS)
    departments = counted(session, Partition.DEPARTMENT, QUARTERS - 1, QUARTERS)
    assert share(areas, begins="H-HA/", ends="/in_time") > 0.82
    assert share(areas, begins="H-TB/", ends="/in_time") < 0.66
    assert share(areas, begins="H-NT/", ends="/in_time") < 0.68
    assert share(departments, begins="STNMT/", ends="/in_time") < 0.68
    for code in ("H-TK", "H-DB", "H-DL", "H-DX"):
        assert 0.68 < share(areas, begins=f"{code}/", ends="/in_time") < 0.84


def test_days_to_an_answer_are_spread(session: Session) -> None:
    cells = counted(session, Partition.DAYS, 3, 4)
    wanted = {"to_5": 0.25, "to_10": 0.30, "to_15": 0.27, "to_30": 0.13, "more": 0.05}
    for days, expected in wanted.items():
        assert share(cells, ends=days) == pytest.approx(expected, abs=0.06), days


def test_not_everything_is_upheld(session: Session) -> None:
    cells = counted(session, Partition.RESULT, QUARTERS - 1, QUARTERS)
    wanted = {"delay/upheld": 0.65, "conduct/upheld": 0.38, "conduct/not_upheld": 0.37, "decision/upheld": 0.3}
    for key, expected in wanted.items():
        kind = key.partition("/")[0]
        assert cells[key] / sum(cells[one] for one in cells if one.startswith(f"{kind}/")) == pytest.approx(
            expected, abs=0.06 if kind != "decision" else 0.15
        ), key


def test_ratings_are_mixed_and_lower_where_the_answer_was_late(session: Session) -> None:
    cells = counted(session, Partition.RATING, QUARTERS - 1, QUARTERS)
    rated = sum(count for key, count in cells.items() if key != "none")
    assert rated / sum(cells.values()) == pytest.approx(0.55, abs=0.05)
    for key, expected in {"1_2": 0.22, "3": 0.16, "4_5": 0.62}.items():
        assert cells[key] / rated == pytest.approx(expected, abs=0.05), key
    score = select(func.avg(Rating.score)).join(Event, Event.report_id == Rating.report_id)
    late = select(Clock.case_id).where(Clock.starts.in_(("answer", "referral")), func.date(Clock.met_at) > Clock.due_on)
    is_late = score.where(Event.kind == "case_rated", Event.case_id.in_(late))
    in_time = score.where(Event.kind == "case_rated", Event.case_id.not_in(late))
    assert session.scalars(is_late).one() < session.scalars(in_time).one() - 0.4


def test_praise_and_growth(session: Session) -> None:
    praise, reports = counted(session, Partition.PRAISE, 3, 4), counted(session, Partition.AREA, 3, 4)
    assert praise.total() / (praise.total() + reports.total()) == pytest.approx(0.12, abs=0.02)
    assert 1.02 < reports.total() / counted(session, Partition.AREA, 7, 4).total() < 1.2


def test_nothing_is_in_the_future_or_out_of_order(session: Session) -> None:
    for column in (Event.at, Message.at, Rating.at, Conclusion.visible_at, Clock.met_at, Report.filed_at):
        latest = session.scalar(select(func.max(column)))
        assert latest is not None
        assert latest <= now()
    last: dict[int, Event] = {}
    for event in session.scalars(select(Event).where(Event.case_id > len(SITUATIONS)).order_by(Event.id)):
        assert event.case_id not in last or last[event.case_id].at <= event.at, (last[event.case_id].kind, event.kind)
        last[event.case_id] = event
    assert len(last) == session.scalars(select(func.count()).select_from(Case)).one() - len(SITUATIONS)


def test_a_mark_and_its_event_agree(session: Session) -> None:
    told = session.execute(
        select(Rating.score, Rating.at, Event.payload, Event.at)
        .join(Event, Event.report_id == Rating.report_id)
        .where(Event.kind == "case_rated")
    ).all()
    assert len(told) == session.scalar(select(func.count()).select_from(Rating))
    assert all(score == payload["score"] and at == event_at for score, at, payload, event_at in told)
    early = (
        select(func.count())
        .select_from(Rating)
        .join(Event, Event.report_id == Rating.report_id)
        .join(Conclusion, Conclusion.case_id == Event.case_id)
        .where(Event.kind == "case_rated", Conclusion.version == 1, Conclusion.visible_at > Rating.at)
    )
    assert session.scalar(early) == 0
