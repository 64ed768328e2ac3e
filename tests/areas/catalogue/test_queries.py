"""Questions to the catalogue, on days before and after the tree changed."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from portal.catalogue.functions import function_agency
from portal.catalogue.importing import import_files
from portal.catalogue.models import Agency, CalendarDay, DeadlineRule, Procedure, RoutingRule
from portal.catalogue.queries import (
    agency_by_code,
    agency_tree,
    calendar,
    categories,
    deadline_rule,
    deadline_rules,
    findings,
    forward_bodies,
    missing_functions,
    principles,
    procedure_owner,
    procedures,
    refusal_grounds,
    remedies,
    routing_rules,
    successor_on,
)
from portal.catalogue.routing_rows import About, Addressee, Need
from portal.catalogue.words import AccusedRole, Function, Kind, Release, Sure, Track
from portal.foundation.database import make_engine, transaction
from portal.foundation.errors import NotFound
from tests.areas.catalogue.files import RULES, SUCCESSIONS, TREE_2022, TWO_TIERS, cells, ours
from tests.makers.databases import BARE, Databases, rolled_back

BEFORE, SINCE, NOW = date(2025, 6, 30), date(2025, 7, 1), date(2026, 11, 24)

pytestmark = pytest.mark.both


@pytest.fixture(scope="module")
def whole(server: str, databases: Databases) -> Iterator[Engine]:
    """The tree of 2022, followed by the one of 2025, and the rules: imported once for all who only ask."""
    url = databases.copy(server, BARE)
    engine = make_engine(url)
    with Session(engine) as session, transaction(session):
        import_files(session, ours(*TREE_2022, *TWO_TIERS, SUCCESSIONS, *RULES))
    yield engine
    engine.dispose()
    databases.drop(url)


@pytest.fixture
def both_trees(whole: Engine) -> Iterator[Session]:
    """The tree of 2022, followed by the one of 2025."""
    with rolled_back(whole) as session:
        yield session


@pytest.fixture
def rules(both_trees: Session) -> Session:
    """The rules, which no test here asks together with the bodies."""
    return both_trees


def test_a_code_means_the_body_of_the_day(both_trees: Session) -> None:
    then, today = (agency_by_code(both_trees, "X-20335", day) for day in (BEFORE, SINCE))
    assert then is not None
    assert today is not None
    assert then.name_vi != today.name_vi
    assert agency_by_code(both_trees, "H-HA", BEFORE) is not None
    assert agency_by_code(both_trees, "H-HA", SINCE) is None
    assert agency_by_code(both_trees, "X-20335", date(2022, 11, 16)) is None


def test_each_day_has_its_tree(both_trees: Session) -> None:
    then, today = agency_tree(both_trees, BEFORE), agency_tree(both_trees, NOW)
    assert (len(then), len(today)) == (307, 217)
    assert then.ancestors("X-20398") == ("H-HA", "UBND")
    assert today.ancestors("X-20410") == ("UBND",)
    assert (then.for_area("503"), today.for_area("503")) == ("H-HA", None)
    assert (then.for_area("20410"), today.for_area("20410")) == ("X-20410", "X-20410")
    assert then.superior("H-HA-MC") == "H-HA"
    assert all(then.body(code).parent in then or then.body(code).parent is None for code in ("TU", "VP"))


def test_each_day_has_its_functions(both_trees: Session) -> None:
    then, today = agency_tree(both_trees, BEFORE), agency_tree(both_trees, SINCE)
    assert then.function(Function.PROPAGANDA_COMMITTEE) == "BTG"
    assert today.function(Function.PROPAGANDA_COMMITTEE) == "BTGDV"
    assert (then.function(Function.ONLINE_SERVICES), today.function(Function.ONLINE_SERVICES)) == (
        "STTTT",
        "SKHCN",
    )
    assert missing_functions(both_trees, BEFORE) == missing_functions(both_trees, NOW) == frozenset()


def test_functions_pass_to_the_successor_where_no_file_says_otherwise(session: Session) -> None:
    import_files(session, ours(*TREE_2022, TWO_TIERS[0], SUCCESSIONS))
    tree = agency_tree(session, NOW)
    assert tree.function(Function.PROPAGANDA_COMMITTEE) == "BTGDV"
    assert tree.function(Function.ONLINE_SERVICES) == "SKHCN"
    assert missing_functions(session, NOW) == frozenset()


def test_the_kind_says_some_functions(session: Session) -> None:
    assert missing_functions(session, NOW) == frozenset()  # no tree yet, so nobody is missed
    import_files(session, ours(TWO_TIERS[0]))
    tree = agency_tree(session, NOW)
    assert tree.function(Function.INSPECTION_COMMITTEE) == "UBKT"
    assert tree.function(Function.FRONT) == "MTTQ"
    assert missing_functions(session, NOW) == {
        Function.ORGANISATION_COMMITTEE,
        Function.PROPAGANDA_COMMITTEE,
        Function.STANDING_COMMITTEE,
        Function.PARTY_COMMITTEE,
        Function.HOME_AFFAIRS,
        Function.ONLINE_SERVICES,
    }


@pytest.mark.parametrize(
    "files",
    [
        TREE_2022,
        TWO_TIERS,
        TWO_TIERS[:1],
        (*TREE_2022, *TWO_TIERS, SUCCESSIONS),
        (*TREE_2022, TWO_TIERS[0], SUCCESSIONS),
    ],
)
def test_one_function_asked_for_is_what_the_tree_says(session: Session, files: tuple[str, ...]) -> None:
    import_files(session, ours(*files))
    for on in (BEFORE, NOW):
        tree = agency_tree(session, on)
        asked = {function: function_agency(session, function, on) for function in Function}
        codes = {function: agency.code if agency else None for function, agency in asked.items()}
        assert codes == {function: tree.function(function) for function in Function}


def test_before_the_successions_the_new_top_stands_over_the_old_bodies(session: Session) -> None:
    import_files(session, ours(*TREE_2022))
    import_files(session, ours(TWO_TIERS[0]))
    assert agency_tree(session, NOW).ancestors("H-HA-MC") == ("H-HA", "UBND")


def test_who_carries_on(both_trees: Session) -> None:
    office = agency_by_code(both_trees, "H-HA-MC", BEFORE)
    assert office is not None
    assert successor_on(both_trees, office, BEFORE) is office
    carries_on = successor_on(both_trees, office, NOW)
    assert carries_on is not None
    assert (carries_on.code, carries_on.valid_from) == ("TTHCC", SINCE)
    carries_on.valid_to, carries_on.successor_id = date(2026, 1, 1), office.id
    both_trees.flush()
    assert successor_on(both_trees, office, NOW) is None  # a ring leads nowhere


def test_the_calendar_is_the_tables(rules: Session) -> None:
    days = calendar(rules)
    assert (days.first_year, days.last_year) == (2022, 2027)
    assert not days.is_working(date(2026, 1, 2))
    assert days.is_working(date(2026, 1, 10))
    assert not days.is_sure(date(2026, 1, 2))
    rules.add(CalendarDay(on=date(2026, 12, 5), is_working=True, name_vi="Làm bù", name_en="x", sure=Sure.CERTAIN))
    rules.add(CalendarDay(on=date(2029, 5, 2), is_working=False, name_vi="Nghỉ", name_en="x", sure=Sure.CERTAIN))
    corrected = calendar(rules)
    assert corrected.is_working(date(2026, 12, 5))
    assert not corrected.is_working(date(2029, 5, 2))
    assert corrected.last_year == 2027  # one day of 2029 does not list the year
    assert not corrected.is_working(date(2029, 2, 13))  # Tết Kỷ Dậu, computed


def test_without_a_calendar_every_day_is_computed_and_unsure(session: Session) -> None:
    days = calendar(session)
    assert not days.is_working(date(2026, 2, 17))
    assert not days.is_sure(date(2026, 3, 3))


def test_a_time_limit_is_the_days(rules: Session) -> None:
    ended = {row["code"]: row for row in cells("deadline_rules") if row["valid_to"]}
    for code, row in ended.items():
        until = date.fromisoformat(row["valid_to"])
        assert deadline_rule(rules, code, until).citation == row["citation"]
        with pytest.raises(NotFound):
            deadline_rule(rules, code, date(until.year + 1, 12, 31))
    assert len(deadline_rules(rules, NOW)) == 68 - len(ended)
    with pytest.raises(NotFound):
        deadline_rule(rules, "no.such", NOW)


def test_of_two_limits_of_one_code_the_later_holds(rules: Session) -> None:
    rule = deadline_rule(rules, "feedback.triage", NOW)
    values = {column.key: getattr(rule, column.key) for column in DeadlineRule.__table__.columns}
    rules.add(DeadlineRule(**{**values, "id": None, "valid_from": NOW, "amount": 3}))
    assert deadline_rule(rules, "feedback.triage", NOW).amount == 3
    assert deadline_rule(rules, "feedback.triage", BEFORE).amount == 2


def test_routing_rows_come_typed_and_by_rank(rules: Session) -> None:
    rows = routing_rules(rules, NOW)
    assert [row.rank for row in rows] == sorted(row.rank for row in rows)
    by_code = {row.code: row for row in rows}
    refusing, delay = by_code["party_bodies_reported"], by_code["delay_direct"]
    assert refusing.lead is Addressee.NONE
    assert refusing.about == {About.PARTY_BODIES}
    assert refusing.refused_to == "central_inspection"
    assert delay.kinds == {Kind.DELAY}
    assert delay.needs == set(Need)
    assert delay.lead is Addressee.OFFICE_PARENT
    assert delay.support == {Addressee.OFFICE}
    assert (delay.release, delay.suggestion, delay.min_severity) == (Release.AT_ONCE, None, None)
    assert by_code["repeated"].min_recent_reports == 3
    assert by_code["officer_accused"].accused == {AccusedRole.OFFICER, AccusedRole.UNKNOWN}
    assert routing_rules(rules, date(2022, 11, 16)) == ()


def test_a_later_routing_rule_takes_the_place_of_one_with_its_code(rules: Session) -> None:
    rule = rules.scalars(select(RoutingRule).where(RoutingRule.code == "repeated")).one()
    values = {column.key: getattr(rule, column.key) for column in RoutingRule.__table__.columns}
    rules.add(RoutingRule(**{**values, "id": None, "valid_from": NOW, "min_recent_reports": 5}))
    assert [row.min_recent_reports for row in routing_rules(rules, NOW) if row.code == "repeated"] == [5]
    assert len(routing_rules(rules, NOW)) == 17


def test_lists_come_in_the_order_of_their_files(rules: Session) -> None:
    for name, rows in (
        ("categories", categories(rules)),
        ("principles", principles(rules)),
        ("procedures", procedures(rules)),
        ("refusal_grounds", refusal_grounds(rules)),
        ("findings", findings(rules)),
        ("remedies", remedies(rules)),
        ("forward_bodies", forward_bodies(rules)),
    ):
        assert [row.code for row in rows] == [row["code"] for row in cells(name)], name
    bribe = next(one for one in categories(rules) if one.code == "harassment.bribe")
    assert (bribe.kind, bribe.track, bribe.severity) == (Kind.CONDUCT, Track.DENUNCIATION, 5)
    assert (bribe.directive_clause, bribe.principle) == ("II.4", "3k-2")


def owner(session: Session, code: str, area: str | None, on: date) -> str | None:
    """Who settles a procedure."""
    procedure = session.get(Procedure, code)
    assert procedure is not None
    return procedure_owner(session, procedure, area, on)


def test_a_procedure_has_the_owner_of_its_day_and_place(both_trees: Session) -> None:
    assert owner(both_trees, "land.first_certificate", "20398", BEFORE) == "H-HA"
    assert owner(both_trees, "land.first_certificate", "503", BEFORE) == "H-HA"
    assert owner(both_trees, "land.first_certificate", "20410", NOW) == "X-20410"
    assert owner(both_trees, "land.first_certificate", "503", NOW) is None
    assert owner(both_trees, "land.first_certificate", None, BEFORE) is None
    assert owner(both_trees, "land.transfer", "20410", NOW) is None  # the registration office: not in the data
    by_owner = {row["owner_agency_code"]: row["code"] for row in cells("procedures")}
    assert owner(both_trees, by_owner["STNMT"], None, BEFORE) == "STNMT"
    assert owner(both_trees, by_owner["STNMT"], None, NOW) == "SNNMT"
    outside = next(row["code"] for row in cells("procedures") if row["owner_kind"] == "out_of_scope_police")
    assert owner(both_trees, outside, "20398", BEFORE) is None


def test_an_owner_that_was_never_in_this_tree_is_nobody(session: Session) -> None:
    import_files(session, ours(*TWO_TIERS, "procedures"))
    by_owner = {row["owner_agency_code"]: row["code"] for row in cells("procedures")}
    assert owner(session, by_owner["STNMT"], None, NOW) is None
    assert owner(session, by_owner["SXD"], None, NOW) == "SXD"
    assert session.scalars(select(Agency.code).where(Agency.code == "STNMT")).all() == []
