"""A bad row is refused with file, line, column and reason, and nothing at all is imported."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.catalogue.importing import import_files
from portal.catalogue.models import Agency, Category, DeadlineRule, Principle, RoutingRule
from portal.catalogue.reading import BadRow, ImportRefused
from tests.areas.catalogue.files import SUCCESSIONS, TREE_2022, Cells, changed, ours, written

pytestmark = pytest.mark.both


def put(line: int, **values: str) -> Callable[[Cells], None]:
    """Changes cells of the row on a line of the file (the header is line 1)."""

    def change(rows: Cells) -> None:
        rows[line - 2].update(values)

    return change


def refused(session: Session, *files: Path) -> tuple[BadRow, ...]:
    """The bad rows for which an import is refused; what is in the database then is what was."""
    session.flush()
    savepoint = session.begin_nested()
    with pytest.raises(ImportRefused) as caught:
        import_files(session, files)
    savepoint.rollback()
    return caught.value.rows


BAD_CELLS = [
    ("categories", put(5, kind="quarrel"), 5, "kind", "quarrel"),
    ("categories", put(2, severity="6"), 2, "severity", "1 đến 5"),
    ("categories", put(2, severity="hai"), 2, "severity", "không phải số nguyên"),
    ("categories", put(9, name_vi=" "), 9, "name_vi", "không được để trống"),
    ("categories", put(9, name_en="x" * 301), 9, "name_en", "300"),
    ("categories", put(7, code="hai từ"), 7, "code", "hai từ"),
    ("categories", put(4, code="delay.late_result"), 4, "code", "dòng 2"),
    ("categories", put(6, principle="9z-9"), 6, "principle", "9z-9"),
    ("calendar", put(3, date="03/01/2022"), 3, "date", "03/01/2022"),
    ("calendar", put(3, date="2022-02-30"), 3, "date", "2022-02-30"),
    ("calendar", put(3, kind="party"), 3, "kind", "makeup_working_day"),
    ("deadline_rules", put(8, unit="weeks"), 8, "unit", "weeks"),
    ("deadline_rules", put(8, valid_to="2000-01-01"), 8, "valid_to", "trước ngày có hiệu lực"),
    ("deadline_rules", put(8, starts_at="Report received"), 8, "starts_at", "Report received"),
    ("routing_rules", put(2, lead="mayor"), 2, "lead", "mayor"),
    ("routing_rules", put(2, refused_to=""), 2, "refused_to", "nơi gửi"),
    ("routing_rules", put(2, refused_to="the_moon"), 2, "refused_to", "the_moon"),
    ("routing_rules", put(13, release="at_once"), 13, "release", "không có ai bị phản ánh"),
    ("routing_rules", put(13, lead="agency"), 13, "lead", "Ban Tổ chức"),
    ("routing_rules", put(14, categories="online.failure no.such"), 14, "categories", "no.such"),
    ("agencies_quang_nam_2022", put(40, parent_code="NOBODY"), 40, "parent_code", "NOBODY"),
    ("agencies_quang_nam_2022", put(10, parent_code="VP"), 10, "parent_code", "chính mình"),
    ("agencies_quang_nam_2022", put(32, district_code=""), 32, "district_code", "mã địa bàn"),
    ("functions_quang_nam_2022", put(4, agency_code="GONE"), 4, "agency_code", "GONE"),
    ("functions_quang_nam_2022", put(4, valid_from="1999-01-01"), 4, "agency_code", "UBKT"),
    ("next_steps", put(2, when="rich"), 2, "when", "rich"),
    ("next_steps", put(2, track="every"), 2, "track", "every"),
    ("next_steps", put(2, last_day_rule="reopen.never"), 2, "last_day_rule", "reopen.never"),
]

NEEDED = {
    "categories": ("principles",),
    "routing_rules": ("principles", "categories", "forward_bodies"),
    "functions_quang_nam_2022": ("agencies_quang_nam_2022",),
    "next_steps": ("deadline_rules",),
}


@pytest.mark.parametrize(("name", "change", "line", "column", "reason"), BAD_CELLS)
def test_a_bad_cell_is_named(
    session: Session,
    tmp_path: Path,
    name: str,
    change: Callable[[Cells], None],
    line: int,
    column: str,
    reason: str,
) -> None:
    import_files(session, ours(*NEEDED.get(name, ())))
    told = refused(session, changed(tmp_path, name, change))
    bad = next(row for row in told if row.line == line)
    assert (bad.file, bad.column) == (f"{name}.csv", column)
    assert reason in bad.reason
    assert "%" not in bad.reason


def test_nothing_of_the_file_is_in(session: Session, tmp_path: Path) -> None:
    refused(session, *ours("principles"), changed(tmp_path, "categories", put(26, severity="0")))
    refused(session, changed(tmp_path, "agencies_quang_nam_2022", put(308, parent_code="NOBODY")))
    assert [session.scalar(select(func.count()).select_from(table)) for table in (Principle, Category, Agency)] == [
        0,
        0,
        0,
    ]


def test_all_that_is_wrong_is_told_at_once(session: Session, tmp_path: Path) -> None:
    def spoil(rows: Cells) -> None:
        rows[0].update(kind="x", severity="y")
        rows[7]["name_vi"] = ""

    calendar = changed(tmp_path, "calendar", put(2, sure="perhaps"))
    told = refused(session, changed(tmp_path, "categories", spoil), calendar)
    assert [(row.file, row.line, row.column) for row in told] == [
        ("calendar.csv", 2, "sure"),
        ("categories.csv", 2, "kind"),
        ("categories.csv", 2, "severity"),
        ("categories.csv", 9, "name_vi"),
    ]


HEADER = "code,group,name_vi,name_en\n"
BAD_FILES = [
    ("", 1, "", "trống"),
    (HEADER + "a,b,c\n", 2, "", "3 ô"),
    (HEADER + "a,b,c,d,e\n", 2, "", "5 ô"),
    (HEADER + '1,b,"c\nd",e\n\n2,b,c\n', 5, "", "3 ô"),
    (HEADER + 'a,b,"c,d\n', 2, "", "ngoặc kép"),
    ("code,group,name_vi\n", 1, "name_en", "principles"),
    ("code,group,name_vi,name_en,colour\n", 1, "colour", "colour"),
    ("code,group,name_vi,name_en,code\n", 1, "", "lặp"),
    ("code;group;name_vi;name_en\n", 1, "", "Không nhận ra"),
    ("code,name_vi,name_en,guidance_vi,guidance_en,citation,sure\n", 1, "", "findings"),
]


@pytest.mark.parametrize(("content", "line", "column", "reason"), BAD_FILES)
def test_a_bad_file_is_named(
    session: Session, tmp_path: Path, content: str, line: int, column: str, reason: str
) -> None:
    file = tmp_path / "list.csv"
    file.write_text(content, encoding="utf-8")
    (bad,) = refused(session, file)
    assert (bad.file, bad.line) == ("list.csv", line)
    assert bad.column == column or not column
    assert reason in bad.reason


def test_a_file_that_is_not_utf8_is_named(session: Session, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(HEADER.encode() + "1,b,Trễ,d\n".encode("utf-16-le"))
    (bad,) = refused(session, file)
    assert (bad.line, "UTF-8" in bad.reason) == (2, True)


def test_successions_need_the_bodies_that_carry_on(session: Session) -> None:
    import_files(session, ours(*TREE_2022))
    told = refused(session, *ours(SUCCESSIONS))
    assert told[0].column == "new_code"
    assert told[0].values == {"code": "TU"}  # that code is there, but it still means the old body
    assert session.scalar(select(func.count()).where(Agency.valid_to.is_not(None))) == 0


def test_successions_need_the_bodies_that_went(session: Session) -> None:
    told = refused(session, *ours("agencies_two_tier_2025", SUCCESSIONS))
    assert {row.column for row in told} == {"old_code"}
    assert len(told) == 307


def test_no_body_stands_above_itself_by_way_of_those_already_there(session: Session, tmp_path: Path) -> None:
    import_files(session, ours(*TREE_2022))

    def only_the_top(rows: Cells) -> None:
        rows[:] = [{**row, "parent_code": "TTHCC"} for row in rows if row["code"] == "UBND"]

    (bad,) = refused(session, changed(tmp_path, "agencies_quang_nam_2022", only_the_top))
    assert (bad.line, bad.column) == (2, "parent_code")


def test_rules_of_one_code_do_not_hold_on_one_day(session: Session, tmp_path: Path) -> None:
    import_files(session, ours("deadline_rules"))

    def overlap(rows: Cells) -> None:
        rows[:] = [rows[0], {**rows[0], "valid_from": "2024-01-01"}]

    (bad,) = refused(session, changed(tmp_path, "deadline_rules", overlap))
    assert (bad.line, bad.column) == (3, "valid_from")
    assert "dòng 2" in bad.reason

    def follow(rows: Cells) -> None:
        overlap(rows)
        rows[0]["valid_to"] = "2023-12-31"

    (result,) = import_files(session, [changed(tmp_path, "deadline_rules", follow)])
    assert (result.added, result.changed) == (1, 1)
    assert session.scalar(select(func.count()).where(DeadlineRule.code == "feedback.triage")) == 2


def test_routing_rules_need_the_categories_they_name(session: Session) -> None:
    told = refused(session, *ours("routing_rules"))
    assert {row.column for row in told} == {"categories", "refused_to"}
    assert session.scalar(select(func.count()).select_from(RoutingRule)) == 0


def test_a_reason_with_a_percent_sign_is_shown_as_it_is(session: Session, tmp_path: Path) -> None:
    row = {"code": "a", "group": "b", "name_vi": "100 %", "name_en": ""}
    (bad,) = refused(session, written(tmp_path / "list.csv", [row]))
    assert bad.column == "name_en"
    spoiled = {**row, "code": "100%s", "name_en": "c"}
    (bad,) = refused(session, written(tmp_path / "list.csv", [spoiled]))
    assert "100%s" in bad.reason
