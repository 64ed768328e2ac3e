"""A loaded province: what was played and what was cloned is as if people had filed and moved every case."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from portal.cases.casefile import CaseFile, events_of, load_file
from portal.cases.events import leaf_fields
from portal.cases.models import NO_DATE, Case, Event, Report
from portal.cases.words import Audience, Language, Status
from portal.catalogue import queries as catalogue
from portal.catalogue.dossiers import dossiers_between
from portal.catalogue.tree import AgencyTree
from portal.catalogue.words import Kind
from portal.demo import loading
from portal.demo.indexes import made_afterwards
from portal.demo.models import DemoLoad
from portal.demo.situations import SITUATIONS
from portal.foundation.database import Base
from portal.foundation.errors import PortalError
from portal.foundation.time import local, today
from portal.identity.models import Identity
from portal.ledger.leaves import leaf_hash
from portal.search.indexing import index_case
from portal.search.models import SearchDocument
from tests.areas.cases.replaying import replayed_case, replayed_clocks, stored_case, stored_clocks
from tests.makers.committed import Committed
from tests.makers.databases import POSTGRESQL, SQLITE, Databases
from tests.makers.days import MONDAY, on
from tests.makers.provinces import Province, load
from tests.makers.provinces import province as loaded

pytestmark = pytest.mark.both
REPORTS = 600
PLAYED = len(SITUATIONS)


@pytest.fixture(scope="module")
def province(server: str, databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Province]:
    """A copy for the module."""
    with loaded(databases, server, REPORTS, tmp_path_factory.mktemp("province")) as made:
        yield made


@pytest.fixture
def session(province: Province) -> Iterator[Session]:
    """A session on the loaded province, on its own Monday. Nothing of it is kept."""
    with on(MONDAY, 10), province.place.session() as session:
        yield session
        session.rollback()


def test_the_same_seed_is_the_same_province_also_by_a_copy_of_the_process(
    province: Province, committed: Committed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "WORTH_A_PROCESS", 1)
    assert load(committed, REPORTS) == province.told
    assert told_by(committed) == told_by(province.place)


def told_by(place: Committed) -> list[tuple[object, ...]]:
    """What was filed in a province, and what became of it."""
    cases = select(Case.category, Case.status, Case.received_on).order_by(Case.id)
    reports = select(Report.narrative, Report.filed_at, Report.agency_id, Report.dossier_code).order_by(Report.id)
    with place.session() as session:
        return [tuple(row) for query in (cases, reports) for row in session.execute(query)]


def files(session: Session, *, played: bool) -> list[CaseFile]:
    """The played cases, or the clones."""
    side = Case.id <= PLAYED if played else Case.id > PLAYED
    return [load_file(session, case) for case in session.scalars(select(Case).where(side).order_by(Case.id))]


def test_the_load_is_told_and_finished(province: Province, session: Session) -> None:
    assert sum(province.told) == REPORTS
    assert len(province.told) > PLAYED
    assert session.scalars(select(DemoLoad)).one().finished_at is not None
    assert session.scalar(select(func.count()).select_from(Report)) == REPORTS


def test_indexes_and_keys_are_as_before_the_load(province: Province, committed: Committed) -> None:
    with province.place.session() as loaded_one, committed.session() as fresh:
        assert schema_of(loaded_one) == schema_of(fresh)


def test_after_an_error_too(committed: Committed) -> None:
    tables = (Base.metadata.tables[name] for name in ("report", "search_document"))
    with committed.session() as session:
        before = schema_of(session)
        with pytest.raises(ZeroDivisionError), made_afterwards(session, [*tables]):
            if session.get_bind().dialect.name != "sqlite":
                assert before - schema_of(session)
            raise ZeroDivisionError
        assert schema_of(session) == before


def schema_of(session: Session) -> set[tuple[object, ...]]:
    """Each column of an index with what PostgreSQL keeps of it, and each constraint; on SQLite indexes and triggers."""
    if session.get_bind().dialect.name == "sqlite":
        made = text("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE type IN ('index', 'trigger')")
        return {tuple(row) for row in session.execute(made)}
    columns = (
        "SELECT attrelid::regclass::text, pg_get_indexdef(attrelid), COALESCE(attstattarget, -1), indisvalid "
        "FROM pg_attribute JOIN pg_index ON indexrelid = attrelid "
        "JOIN pg_class ON pg_class.oid = attrelid AND relnamespace = 'public'::regnamespace"
    )
    constraints = "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint"
    return {tuple(row) for query in (columns, constraints) for row in session.execute(text(query))}


def test_the_dossiers_of_three_years_are_in(session: Session) -> None:
    assert dossiers_between(session, ["H-TK"], "2023-03", "2026-02").missing == 0
    assert dossiers_between(session, ["H-TK"], "2023-02", "2026-03").missing == 2


def test_a_second_load_is_refused(province: Province) -> None:
    with pytest.raises(PortalError):
        load(province.place, REPORTS)


def test_every_situation_is_where_it_says(session: Session) -> None:
    cases = session.scalars(select(Case).where(Case.id <= PLAYED).order_by(Case.id)).all()
    merged = {one.slug for one in SITUATIONS if any(step.move == "merge" for step in one.steps)}
    for case, situation in zip(cases, SITUATIONS, strict=True):
        assert case.category == situation.category
        assert case.is_open is not (situation.is_over or situation.slug in merged), situation.slug
    assert {case.status for case in cases} == set(Status)


@pytest.mark.parametrize("played", [True, False], ids=["played", "cloned"])
def test_each_case_follows_from_its_events(session: Session, played: bool) -> None:
    for file in files(session, played=played):
        told: Sequence[Event] = events_of(session, file.case, frozenset(Audience))
        assert replayed_clocks(told) == stored_clocks(file)
        assert replayed_case(told) == stored_case(session, file)


def test_each_leaf_is_its_events(session: Session) -> None:
    for file in files(session, played=False):
        for event in events_of(session, file.case, frozenset(Audience)):
            fields = leaf_fields(
                uid=event.uid,
                reference=file.case.reference,
                report_uid=file.report.uid if event.report_id else None,
                kind=event.kind,
                at=event.at.isoformat(),
                actor_id=event.actor_id,
                audience=event.audience,
                payload=event.payload,
            )
            assert event.salt is not None
            assert event.leaf == leaf_hash(event.salt, fields)


def test_documents_are_as_the_indexing_writes_them(session: Session) -> None:
    before = documents(session)
    for file in files(session, played=False):
        index_case(session, file.case.id)
    assert documents(session) == before


def documents(session: Session) -> list[tuple[object, ...]]:
    """Every search document, with all that can be found by it."""
    table = SearchDocument.__table__
    return [tuple(row) for row in session.execute(select(table).order_by(table.c.id))]


def test_each_clone_has_an_identity_and_keys(province: Province, session: Session) -> None:
    reports = session.scalars(select(Report).where(Report.id > PLAYED)).all()
    sizes = set(session.scalars(select(func.length(Identity.envelope))))
    assert len(sizes) == 1, "an envelope's size tells nothing"
    keyed = set(province.place.key_store.stored_between(today().replace(year=2020), today()))
    assert {report.uid for report in reports} <= keyed


def test_clones_are_spread_like_a_province(session: Session) -> None:
    tree: AgencyTree = catalogue.agency_tree(session, today())
    cases = session.scalars(select(Case).where(Case.id > PLAYED)).all()
    is_open = [case for case in cases if case.is_open]
    assert 0.02 < len(is_open) / len(cases) < 0.09
    late = sum(case.next_due_on < today() for case in is_open if case.next_due_on != NO_DATE)
    assert late / len(is_open) < 0.5
    assert len({case.agency_id for case in cases}) > 60
    people = Counter(case.agency_id for case in cases)
    populous = [people[tree.body(code).id] for code in ("H-DB-MC", "H-TB-MC")]
    remote = [people[tree.body(code).id] for code in ("H-TG-MC", "H-NG-MC")]
    assert sum(populous) > sum(remote)
    reports = session.scalars(select(Report)).all()
    assert all(5 <= local(report.filed_at).hour <= 22 for report in reports if report.id > PLAYED)
    assert 0.03 < sum(report.language is Language.EN for report in reports) / len(reports) < 0.2


def test_no_clone_speaks_of_another(session: Session) -> None:
    references = Counter(session.scalars(select(Case.reference)))
    assert max(references.values()) == 1
    words = Counter(report.narrative for report in session.scalars(select(Report).where(Report.id > PLAYED)))
    assert len(words) > (REPORTS - PLAYED) * 0.6
    assert Kind.DELAY in {file.kind for file in files(session, played=False)}


def test_both_databases_hold_the_same_province(databases: Databases, tmp_path: Path) -> None:
    with (
        loaded(databases, SQLITE, REPORTS, tmp_path) as one,
        loaded(databases, POSTGRESQL, REPORTS, tmp_path) as other,
    ):
        assert told_by(one.place) == told_by(other.place)
