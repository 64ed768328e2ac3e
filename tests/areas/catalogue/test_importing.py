"""Importing: everything arrives, again changes nothing, and both trees live side by side."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.catalogue.importing import FileResult, import_files
from portal.catalogue.models import (
    Agency,
    AgencyFunction,
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
from portal.catalogue.queries import agencies_on, agency_by_code, categories
from portal.catalogue.words import AgencyKind, Sure
from portal.foundation.database import Base
from tests.areas.catalogue.files import RULES, SUCCESSIONS, TREE_2022, TWO_TIERS, Cells, changed, ours

BEFORE, SINCE = date(2025, 6, 30), date(2025, 7, 1)

pytestmark = pytest.mark.both


def count(session: Session, table: type[Base]) -> int:
    """How many rows a table has."""
    return session.scalar(select(func.count()).select_from(table)) or 0


def sums(results: Iterable[FileResult]) -> dict[str, tuple[int, int, int]]:
    """Added, changed, unchanged, by file."""
    return {result.file: (result.added, result.changed, result.unchanged) for result in results}


def test_everything_of_2022_arrives(session: Session) -> None:
    import_files(session, ours(*TREE_2022, *RULES))
    kinds = Counter(agency.kind for agency in agencies_on(session, date(2024, 1, 1)))
    assert kinds.total() == 307
    assert (kinds[AgencyKind.DISTRICT], kinds[AgencyKind.COMMUNE], kinds[AgencyKind.ONE_STOP]) == (
        18,
        241,
        19,
    )
    counts = {
        Category: 25,
        Principle: 16,
        Procedure: 160,
        DeadlineRule: 68,
        CalendarDay: 92,
        RefusalGround: 19,
        Finding: 6,
        Remedy: 23,
        ForwardBody: 39,
        NextStep: 20,
        RoutingRule: 17,
        AgencyFunction: 11,
    }
    assert {table: count(session, table) for table in counts} == counts


def test_the_tree_of_2022_has_no_end_and_knows_its_places(session: Session) -> None:
    import_files(session, ours(*TREE_2022))
    assert session.scalars(select(Agency).where(Agency.valid_to.is_not(None))).all() == []
    city = agency_by_code(session, "H-HA", date(2099, 1, 1))
    ward = agency_by_code(session, "X-20398", date(2099, 1, 1))
    office = agency_by_code(session, "H-HA-MC", date(2099, 1, 1))
    assert city is not None
    assert ward is not None
    assert office is not None
    assert (city.area_code, ward.area_code, office.area_code) == ("503", "20398", "503")
    assert (ward.parent_id, office.parent_id) == (city.id, city.id)
    assert ward.path == f"{city.path}{ward.id}/"
    assert city.path == f"/{city.parent_id}/{city.id}/"
    assert city.sure is Sure.CERTAIN


def test_importing_again_changes_nothing(session: Session) -> None:
    files = ours(*TREE_2022, *RULES)
    first = import_files(session, files)
    again = import_files(session, files)
    assert [(result.changed, result.unchanged) for result in first] == [(0, 0)] * len(files)
    assert sums(again) == {result.file: (0, 0, result.added) for result in first}


def test_the_order_of_files_does_not_matter(session: Session) -> None:
    names = (*RULES, SUCCESSIONS, *TWO_TIERS, *TREE_2022)
    import_files(session, ours(*sorted(names, reverse=True)))
    assert len(agencies_on(session, BEFORE)) == 307
    assert len(agencies_on(session, SINCE)) == 217


def test_a_changed_row_is_one_changed_row(session: Session, tmp_path: Path) -> None:
    import_files(session, ours(*TREE_2022, *RULES))

    def rename(rows: Cells) -> None:
        rows[3]["name_vi"] = "Tên mới"

    for name in ("agencies_quang_nam_2022", "categories", "calendar", "procedures", "remedies"):
        (result,) = import_files(session, [changed(tmp_path, name, rename)])
        assert (result.added, result.changed) == (0, 1), name
    assert session.scalars(select(Category.code).where(Category.name_vi == "Tên mới")).all() == ["delay.passed_around"]


def test_a_moved_row_keeps_its_place_in_the_list_and_counts_as_unchanged(session: Session, tmp_path: Path) -> None:
    import_files(session, ours("principles", "categories"))
    (result,) = import_files(session, [changed(tmp_path, "categories", lambda rows: rows.reverse())])
    assert (result.added, result.changed, result.unchanged) == (0, 0, 25)
    assert categories(session)[0].code == "other"


def test_a_row_that_the_file_no_longer_has_stays(session: Session, tmp_path: Path) -> None:
    import_files(session, ours("remedies"))

    def shorten(rows: Cells) -> None:
        rows.pop()

    import_files(session, [changed(tmp_path, "remedies", shorten)])
    assert count(session, Remedy) == 23


def test_a_new_row_is_one_added_row(session: Session, tmp_path: Path) -> None:
    import_files(session, ours(*TREE_2022))

    def found(rows: Cells) -> None:
        rows.append({**rows[-1], "code": "X-99999", "commune_code": "99999", "name_vi": "Xã mới"})

    (result,) = import_files(session, [changed(tmp_path, "agencies_quang_nam_2022", found)])
    assert (result.added, result.changed, result.unchanged) == (1, 0, 307)


def test_a_body_that_moves_takes_those_below_along(session: Session, tmp_path: Path) -> None:
    import_files(session, ours(*TREE_2022))

    def move(rows: Cells) -> None:
        next(row for row in rows if row["code"] == "VP")["parent_code"] = "SNV"

    (result,) = import_files(session, [changed(tmp_path, "agencies_quang_nam_2022", move)])
    office, centre = (agency_by_code(session, code, BEFORE) for code in ("VP", "TTHCC"))
    assert result.changed == 1
    assert office is not None
    assert centre is not None
    assert centre.path == f"{office.path}{centre.id}/"
    assert office.path.count("/") == 4


def test_two_tiers_alone_hold_from_july_2025(session: Session) -> None:
    first = import_files(session, ours(*TWO_TIERS, *RULES))
    assert sums(first)["agencies_two_tier_2025.csv"] == (217, 0, 0)
    assert list(agencies_on(session, BEFORE)) == []
    bodies = agencies_on(session, SINCE)
    assert len(bodies) == 217
    assert {(body.valid_from, body.valid_to) for body in bodies} == {(SINCE, None)}
    assert sum(body.kind is AgencyKind.COMMUNE for body in bodies) == 94
    assert {body.sure for body in bodies} == set(Sure)
    assert sums(import_files(session, ours(*TWO_TIERS)))["agencies_two_tier_2025.csv"] == (0, 0, 217)


@pytest.mark.parametrize("at_once", [True, False], ids=["one command", "one command after another"])
def test_two_tiers_over_2022_follow_the_successions(session: Session, at_once: bool) -> None:
    import_files(session, ours(*TREE_2022))
    successions, tree, functions = ours(SUCCESSIONS, *TWO_TIERS)
    commands = [[successions, tree, functions]] if at_once else [[tree], [successions], [functions]]
    results = [result for files in commands for result in import_files(session, files)]
    assert sums(results) == {
        "agencies_two_tier_2025.csv": (217, 0, 0),
        "agency_successions_2025.csv": (307, 0, 0),
        "functions_two_tier_2025.csv": (11, 0, 0),
    }
    old = session.scalars(select(Agency).where(Agency.valid_from < SINCE)).all()
    assert len(old) == 307
    assert {body.valid_to for body in old} == {BEFORE}
    assert all(body.successor_id and body.succession_citation and body.succession_sure for body in old)
    assert len(agencies_on(session, BEFORE)) == 307
    assert len(agencies_on(session, SINCE)) == 217


def test_codes_come_back_under_other_names(session: Session) -> None:
    import_files(session, ours(*TREE_2022, *TWO_TIERS, SUCCESSIONS))
    names: dict[str, set[str]] = {}
    rows: Counter[str] = Counter()
    for body in session.scalars(select(Agency)):
        names.setdefault(body.code, set()).add(body.name_vi)
        rows[body.code] += 1
    assert sum(number == 2 for number in rows.values()) == 100
    assert sum(len(called) == 2 for called in names.values()) == 76


def test_importing_both_trees_again_changes_nothing(session: Session) -> None:
    files = ours(*TREE_2022, *TWO_TIERS, SUCCESSIONS)
    first = import_files(session, files)
    dates = select(Agency.code, Agency.valid_from, Agency.valid_to, Agency.successor_id, Agency.path)
    then = session.execute(dates.order_by(Agency.id)).all()
    for again in (files, files[:2], files[2:4], files[4:]):
        assert all(result.added == result.changed == 0 for result in import_files(session, again))
    assert session.execute(dates.order_by(Agency.id)).all() == then
    assert [result.added for result in first] == [307, 217, 307, 11, 11]


def test_the_older_tree_may_come_later(session: Session) -> None:
    import_files(session, ours(*TWO_TIERS))
    import_files(session, ours(*TREE_2022))
    import_files(session, ours(SUCCESSIONS))
    assert len(agencies_on(session, BEFORE)) == 307
    assert len(agencies_on(session, SINCE)) == 217
    held = session.execute(
        select(AgencyFunction.valid_from, AgencyFunction.valid_to, func.count()).group_by(
            AgencyFunction.valid_from, AgencyFunction.valid_to
        )
    ).all()
    assert sorted(map(tuple, held), key=str) == [(date(2022, 11, 17), BEFORE, 11), (SINCE, None, 11)]


def test_another_province_says_itself_from_when_its_bodies_hold(session: Session, tmp_path: Path) -> None:
    def dated(rows: Cells) -> None:
        for row in rows:
            row["valid_from"] = "2016-05-01"

    import_files(session, [changed(tmp_path, "agencies_quang_nam_2022", dated)])
    assert len(agencies_on(session, date(2016, 5, 1))) == 307


def test_text_comes_in_composed_and_clean(session: Session, tmp_path: Path) -> None:
    def spread(rows: Cells) -> None:
        rows[0]["name_vi"] = "  Trễ he\u0323n\u200b trả   kết quả "

    import_files(session, [*ours("principles"), changed(tmp_path, "categories", spread)])
    assert categories(session)[0].name_vi == "Trễ hẹn trả kết quả"


def test_a_file_from_a_spreadsheet_is_read(session: Session, tmp_path: Path) -> None:
    text = ours("remedies")[0].read_text(encoding="utf-8")
    file = tmp_path / "remedies of 2026.csv"
    file.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    (result,) = import_files(session, [file])
    assert (result.kind, result.added) == ("remedies", 23)
