"""Making releases: what is counted, once; closed months only; frozen; stopped and started again; never too much."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from portal.cases.models import Report
from portal.catalogue.models import Agency
from portal.foundation.database import transaction
from portal.foundation.errors import PortalError
from portal.foundation.time import at, today
from portal.schedule import release_statistics
from portal.statistics.laplace import Draw, opendp_draw
from portal.statistics.looking import look, mark
from portal.statistics.measures import PROVINCE_MONTH, TABLES, WHOLE, Partition, Stratum, Tier
from portal.statistics.models import Counted, FrozenCell, FrozenTable, PrivacySpent
from portal.statistics.noise import margin
from portal.statistics.periods import Grain, Period
from portal.statistics.places import places_of
from portal.statistics.release import Due, PrivacyIsSpent, due_releases, make_release, make_releases
from tests.makers.cast import hire_everybody
from tests.makers.committed import Committed
from tests.makers.filings import a_conduct_report, a_delay

pytestmark = pytest.mark.both

MONTHLY = TABLES[Tier.SMALL][0]
SEPTEMBER = Period(2026, 9, Grain.MONTH)
OCTOBER = SEPTEMBER.plus(1)
FIFTH = datetime(2026, 11, 5, 3, tzinfo=UTC)


def exact(counts: Sequence[int], share: int) -> list[int]:
    """No noise, so that a test sees what was counted."""
    return list(counts)


@pytest.fixture
def session(committed: Committed) -> Iterator[Session]:
    """A session for real transactions, in a portal that was set up in September."""
    with committed.session() as session:
        with at(datetime(2026, 9, 15, 3, tzinfo=UTC)), transaction(session):
            hire_everybody(session)
        yield session


def released(session: Session, draw: Draw = exact, **span: Period) -> dict[str, int]:
    """Makes what is due; the province's noisy numbers by month."""
    list(make_releases(session, today(), load_draw=lambda: draw, **span))
    return numbers(session, PROVINCE_MONTH, "province")


def numbers(session: Session, table: str, key: str) -> dict[str, int]:
    """The noisy numbers of one cell, by period."""
    cells = (
        select(FrozenTable.period, FrozenCell.noisy)
        .join(FrozenCell, FrozenCell.release_id == FrozenTable.id)
        .where(FrozenTable.table == table, FrozenCell.key == key)
    )
    return dict(session.execute(cells).tuples().all())


def file_on_the_edges(committed: Committed) -> None:
    """One second before October, its first and last second, and one after; and what is not counted."""
    begins, ends = OCTOBER.bounds
    second = timedelta(seconds=1)
    for number, instant in enumerate((begins - second, begins, ends - second, ends)):
        with at(instant):
            committed.file(a_delay(), key=f"on the edge {number} of October")
    with at(begins + timedelta(days=10)):
        committed.file(a_conduct_report(), key="conduct in the middle of October")


def test_counted_by_filing_instant_and_once(committed: Committed, session: Session) -> None:
    file_on_the_edges(committed)
    with at(FIFTH):
        assert released(session) == {"2026-09": 1, "2026-10": 3}
        assert released(session) == {"2026-09": 1, "2026-10": 3}
        assert due_releases(session, today()) == []
    with at(FIFTH + timedelta(days=30)):
        assert released(session) == {"2026-09": 1, "2026-10": 3, "2026-11": 1}
    assert len(session.scalars(select(Counted)).all()) == 5  # one row a report, for all tables


def test_a_month_is_closed_five_days_after_its_end(session: Session) -> None:
    with at(FIFTH - timedelta(days=1)):
        with pytest.raises(PortalError, match="công bố từ ngày"):
            released(session, through=OCTOBER)
        assert [str(one.period) for one in due_releases(session, today()) if one.table is MONTHLY] == ["2026-09"]
        with pytest.raises(PortalError, match="công bố từ ngày"):
            make_release(session, Due(MONTHLY, OCTOBER, Tier.SMALL, SEPTEMBER), exact)
        assert released(session) == {"2026-09": 0}
    with at(FIFTH):
        assert released(session, through=OCTOBER) == {"2026-09": 0, "2026-10": 0}


def test_stopped_in_the_middle_it_goes_on(committed: Committed, session: Session) -> None:
    file_on_the_edges(committed)
    drawn = []

    def breaks(counts: Sequence[int], share: int) -> list[int]:
        drawn.append(counts)
        if len(drawn) == 2:
            raise OSError("the power is gone")
        return list(counts)

    with at(FIFTH):
        with pytest.raises(OSError, match="power"):
            released(session, breaks)
        assert len(session.scalars(select(PrivacySpent)).all()) == 1
        assert released(session) == {"2026-09": 1, "2026-10": 3}


def test_two_at_once_make_it_once(committed: Committed, session: Session) -> None:
    file_on_the_edges(committed)
    with at(FIFTH):
        due = due_releases(session, today())
        session.rollback()
        with committed.session() as other:
            assert all(make_release(other, one, exact) for one in due)
        assert not any(make_release(session, one, opendp_draw()) for one in due)
        assert released(session) == {"2026-09": 1, "2026-10": 3}


def test_the_worker_catches_up_and_nothing_raw_is_stored(committed: Committed, session: Session) -> None:
    file_on_the_edges(committed)
    with at(FIFTH + timedelta(days=20 * 30)):
        release_statistics(session, None, {})  # type: ignore[arg-type]
        frozen = session.scalars(select(FrozenTable).order_by(FrozenTable.id)).all()
        months = [one for one in frozen if one.table == PROVINCE_MONTH]
        cells = session.scalars(select(FrozenCell).where(FrozenCell.release_id.in_([one.id for one in months]))).all()
    assert [one.period for one in months] == [str(SEPTEMBER.plus(step)) for step in range(len(months))]
    assert len(months) > 20
    assert {one.table for one in frozen} == {table.name for table in TABLES[Tier.SMALL]}
    assert {cell.margin for cell in cells} == {margin((140,))}
    assert all(cell.value == max(0, cell.noisy) for cell in cells)
    assert len({cell.noisy for cell in cells}) > 5  # nearly all of these months are empty
    assert min(cell.noisy for cell in cells) < 0
    assert months[0].parameters == {
        "groups": [{"keys": ["province"], "total": None}],
        "names": {},
        "noise": "discrete Laplace",
        "since": "2026-09",
        "tier": "small",
        "wait_days": 5,
    }


def test_before_anybody_works_here_nothing_begins(committed: Committed) -> None:
    with committed.session() as session, at(FIFTH):
        release_statistics(session, None, {})  # type: ignore[arg-type]
        assert session.scalars(select(FrozenTable)).all() == []
        with pytest.raises(PortalError):
            due_releases(session, today())
        assert released(session, first=OCTOBER) == {"2026-10": 0}


def test_what_would_tell_too_much_is_refused(session: Session) -> None:
    """Shares of a table that is not made any more count for the reports of its months."""
    with transaction(session):
        session.add(PrivacySpent(table="an older one", period="2026-Q3", shares={"department": WHOLE - 139}))
    with at(FIFTH), pytest.raises(PrivacyIsSpent):
        released(session)
    assert session.scalars(select(FrozenTable)).all() == []
    assert session.scalars(select(PrivacySpent.table)).all() == ["an older one"]


@pytest.mark.parametrize("table", ["release", "release_cell", "privacy_ledger", "counted"])
def test_what_is_frozen_stays(committed: Committed, session: Session, table: str) -> None:
    file_on_the_edges(committed)
    with at(FIFTH):
        released(session)
    column = {"release": "period", "release_cell": "key", "privacy_ledger": "period", "counted": '"table"'}[table]
    for statement in (f"UPDATE {table} SET {column} = 'x'", f"DELETE FROM {table}"):  # noqa: S608 (of this test)
        with pytest.raises(DatabaseError, match="append-only"), transaction(session):
            session.execute(text(statement))


def test_a_stratum_for_each_report(committed: Committed, session: Session) -> None:
    file_on_the_edges(committed)
    with at(FIFTH):
        released(session)
    counted = session.execute(
        select(Counted.stratum, Agency.district_code)
        .join(Report, Report.id == Counted.report_id)
        .join(Agency, Agency.id == Report.agency_id)
    ).all()
    assert len(counted) == 4
    assert all((stratum is Stratum.DISTRICT) == (code is not None) for stratum, code in counted)


def test_a_month_is_looked_up_by_an_index(committed: Committed, session: Session) -> None:
    """Whatever is asked of reports: never all of them."""
    asked: list[tuple[str, object]] = []

    def listen(connection: object, cursor: object, statement: str, parameters: object, *more: object) -> None:
        if statement.startswith("INSERT INTO counted"):
            asked.append((statement, parameters))

    event.listen(committed.engine, "before_cursor_execute", listen)
    with at(FIFTH):
        released(session)
    event.remove(committed.engine, "before_cursor_execute", listen)
    statement, parameters = asked[0]
    is_sqlite = committed.engine.dialect.name == "sqlite"
    with committed.engine.connect() as connection:
        if not is_sqlite:
            connection.exec_driver_sql("SET enable_seqscan = off")  # an empty table is read whole
        words = "EXPLAIN QUERY PLAN " if is_sqlite else "EXPLAIN "
        plan = "\n".join(str(row) for row in connection.exec_driver_sql(words + statement, parameters))  # type: ignore[arg-type]
    assert "ix_report_filed_at_id" in plan, plan
    assert "SCAN report" not in plan


def test_a_report_is_counted_with_its_own_strata_noise_or_nowhere(committed: Committed, session: Session) -> None:
    """The catalogue says "department" of a body whose reports were fixed as a district's: its noise would tell more."""
    body = next(table for table in TABLES[Tier.LARGE] if table.partition is Partition.BODY)
    assert body.shares[Stratum.DISTRICT] != body.shares[Stratum.DEPARTMENT]
    file_on_the_edges(committed)
    quarter = OCTOBER.within(Grain.QUARTER)
    places = places_of(session, quarter)
    with transaction(session):
        mark(session, body, quarter.bounds, places)
    districts = {row.id for row in session.scalars(select(Agency).where(Agency.district_code.is_not(None)))}
    before = look(session, body, quarter, places)
    moved = replace(places, bodies={one: "STP" if one in districts else code for one, code in places.bodies.items()})
    after = look(session, body, quarter, moved)
    counted = session.scalars(select(Counted.stratum)).all()
    assert Stratum.DISTRICT in counted
    assert sum(before.values()) == len(counted)
    assert sum(after.values()) == counted.count(Stratum.DEPARTMENT)


def test_nothing_begins_before_what_was_published(session: Session) -> None:
    with at(FIFTH):
        released(session)
        with pytest.raises(PortalError, match="không thể bắt đầu sớm hơn"):
            released(session, first=SEPTEMBER.plus(-1))


def test_a_quarter_that_began_before_the_numbers_counts_from_where_they_began(
    committed: Committed, session: Session
) -> None:
    with at(OCTOBER.bounds[0] + timedelta(days=1)):
        committed.file(a_delay(), key="a report of October, before")
    november = OCTOBER.plus(1)
    with at(november.bounds[0] + timedelta(days=1)):
        committed.file(a_delay(), key="a report of November, counted")
    with at(november.bounds[0] + timedelta(days=200)):
        released(session, first=november)
    quarter = session.scalars(
        select(FrozenCell.noisy)
        .join(FrozenTable, FrozenTable.id == FrozenCell.release_id)
        .where(FrozenTable.table == "area_quarter", FrozenTable.period == "2026-Q4", FrozenCell.key.contains("/"))
    ).all()
    assert sum(quarter) == 1
