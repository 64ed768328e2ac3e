"""Dossiers by body and month: taken from a file, corrected by a later one, and told apart from what is not known."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import event, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.catalogue.dossiers import DossierTotal, dossiers_between, dossiers_by_body
from portal.catalogue.importing import FileResult, import_files
from portal.catalogue.models import Agency, DossierCount
from portal.catalogue.queries import agencies_on, agency_by_code
from portal.catalogue.reading import ImportRefused
from portal.cli.catalogue import catalogue
from portal.foundation.time import today
from portal.web.frame.database import db
from tests.areas.catalogue.files import SUCCESSIONS, TREE_2022, TWO_TIERS, Cells, ours, written
from tests.makers.databases import BARE, Databases

pytestmark = pytest.mark.both

SOURCE = "Hệ thống thông tin giải quyết thủ tục hành chính tỉnh"
T = TypeVar("T")
YEAR = [f"2024-{number:02}" for number in range(1, 13)]


def figure(code: str, month: str, handled: int, late: int = 0, invented: str = "no") -> dict[str, str]:
    """One row of a file."""
    return {
        "agency_code": code,
        "month": month,
        "handled": str(handled),
        "late": str(late),
        "source": SOURCE,
        "invented": invented,
    }


def year(code: str, handled: int, late: int = 0, months: list[str] = YEAR) -> Cells:
    """The same figures in every month."""
    return [figure(code, month, handled, late) for month in months]


@pytest.fixture
def take(session: Session, tmp_path: Path) -> Callable[..., FileResult]:
    """Imports rows over the tree of 2022."""
    import_files(session, ours(*TREE_2022))

    def take(rows: Cells) -> FileResult:
        (result,) = import_files(session, [written(tmp_path / "dossiers_2024.csv", rows)])
        return result

    return take


def test_a_later_file_corrects_and_adds(session: Session, take: Callable[..., FileResult]) -> None:
    first = take([figure("H-TK", "2024-01", 100, 3), figure("SNV", "2024-01", 0)])
    second = take([figure("H-TK", "2024-01", 120, 4), figure("SNV", "2024-01", 0), figure("SNV", "2024-02", 7, 7)])
    assert (first.kind, first.added, first.changed, first.unchanged) == ("dossiers", 2, 0, 0)
    assert (second.added, second.changed, second.unchanged) == (1, 1, 1)
    stored = session.scalars(select(DossierCount).order_by(DossierCount.agency_code, DossierCount.month)).all()
    assert [(one.agency_code, one.month, one.handled, one.late, one.source, one.is_invented) for one in stored] == [
        ("H-TK", "2024-01", 120, 4, SOURCE, False),
        ("SNV", "2024-01", 0, 0, SOURCE, False),
        ("SNV", "2024-02", 7, 7, SOURCE, False),
    ]


def test_true_figures_take_the_place_of_invented_ones(session: Session, take: Callable[..., FileResult]) -> None:
    take([figure("H-TK", "2024-01", 100, invented="yes"), figure("SNV", "2024-01", 10)])
    assert dossiers_between(session, ["H-TK"], "2024-01", "2024-01").is_invented
    assert dossiers_between(session, None, "2024-01", "2024-01").is_invented, "one of two is"
    assert not dossiers_between(session, ["SNV"], "2024-01", "2024-01").is_invented
    assert take([figure("H-TK", "2024-01", 100)]).changed == 1
    assert not dossiers_between(session, None, "2024-01", "2024-01").is_invented


BAD = [
    (figure("H-XX", "2024-01", 1), "agency_code", "H-XX"),
    (figure("hai từ", "2024-01", 1), "agency_code", "không dùng được"),
    (figure("H-TK", "2024-13", 1), "month", "2024-13"),
    (figure("H-TK", "2024-1", 1), "month", "năm-tháng"),
    (figure("H-TK", "2024-01-01", 1), "month", "năm-tháng"),
    (figure("H-TK", f"{today():%Y-%m}", 1), "month", "chưa hết"),
    (figure("H-TK", "2099-01", 1), "month", "chưa hết"),
    (figure("H-TK", "2022-10", 1), "agency_code", "Trong tháng này"),
    (figure("H-TK", "2024-01", 10, 11), "late", "nhiều hơn"),
    (figure("H-TK", "2024-01", -1), "handled", "Phải từ 0"),
    (figure("H-TK", "2024-01", 1, -1), "late", "Phải từ 0"),
    (figure("H-TK", "2024-01", 1) | {"handled": "1.200"}, "handled", "không phải số nguyên"),
    (figure("H-TK", "2024-01", 1) | {"handled": ""}, "handled", "không được để trống"),
    (figure("H-TK", "2024-01", 1) | {"source": ""}, "source", "không được để trống"),
    (figure("H-TK", "2024-01", 1, invented="maybe"), "invented", "yes hoặc no"),
    (figure("SNV", "2024-01", 1), "agency_code", "dòng 2"),
]


@pytest.mark.parametrize(("row", "column", "reason"), BAD)
def test_a_bad_row_is_named_and_nothing_is_kept(
    session: Session, take: Callable[..., FileResult], row: dict[str, str], column: str, reason: str
) -> None:
    with pytest.raises(ImportRefused) as caught:
        take([figure("SNV", "2024-01", 5), row])
    (bad,) = caught.value.rows
    assert (bad.file, bad.line, bad.column) == ("dossiers_2024.csv", 3, column)
    assert reason in bad.reason
    assert "%" not in bad.reason
    assert session.scalars(select(DossierCount)).all() == []


def test_the_table_itself_takes_no_more_late_than_handled(session: Session) -> None:
    wrong = DossierCount(agency_code="SNV", month="2024-01", handled=1, late=2, source=SOURCE, is_invented=False)
    savepoint = session.begin_nested()
    session.add(wrong)
    with pytest.raises(IntegrityError):
        session.flush()
    savepoint.rollback()


def test_a_span_takes_its_months_and_no_others(session: Session, take: Callable[..., FileResult]) -> None:
    take([*year("H-TK", 100, 2), *year("SNV", 10, 1), figure("SNV", "2023-12", 900), figure("SNV", "2025-01", 900)])
    quarter = dossiers_between(session, ["SNV"], "2024-04", "2024-06")
    assert quarter == DossierTotal(handled=30, late=3, months=3, missing=0, is_invented=False)
    assert dossiers_between(session, ["SNV"], "2023-12", "2024-01").handled == 910
    assert dossiers_between(session, None, "2024-01", "2024-12").handled == 1320
    assert dossiers_between(session, [], "2024-01", "2024-12").handled == 0


def test_what_is_not_known_is_not_zero(session: Session, take: Callable[..., FileResult]) -> None:
    take([*year("SNV", 0), *year("STP", 50, months=YEAR[:6])])
    assert dossiers_between(session, ["SNV"], YEAR[0], YEAR[-1]) == DossierTotal(0, 0, 12, 0, False)
    assert dossiers_between(session, ["STP"], YEAR[0], YEAR[-1]) == DossierTotal(300, 0, 6, 6, False)
    assert dossiers_between(session, ["STC"], YEAR[0], YEAR[-1]) == DossierTotal(0, 0, 0, 12, False)
    assert dossiers_between(session, ["SNV", "STC"], YEAR[0], YEAR[-1]).missing == 0, "STC has never had any"
    assert dossiers_between(session, ["SNV", "STP"], YEAR[0], YEAR[-1]).missing == 6
    assert dossiers_between(session, ["STP", "SNV"], YEAR[6], YEAR[-1]).missing == 6, "STP had some, and stopped"


def test_a_district_has_its_bodies_and_a_department_what_is_below_it(
    session: Session, take: Callable[..., FileResult]
) -> None:
    rows = [*year("H-TK", 1000, 5), *year("X-20335", 200, 1), *year("H-HA", 700), *year("VP", 10), *year("TTHCC", 3)]
    take(rows)
    totals = dossiers_by_body(session, YEAR[0], YEAR[-1])
    assert totals["H-TK"] == DossierTotal(14_400, 72, 12, 0, False)
    assert totals["H-HA"].handled == 8_400
    assert totals["VP"].handled == 156, "the provincial centre stands below the office"
    assert totals["TTHCC"].handled == 36
    assert totals["UBND"].handled == 156, "its own branch without the districts"
    assert totals["STC"] == DossierTotal(0, 0, 0, 12, False)
    assert "X-20335" not in totals
    assert "H-TK-MC" not in totals
    bodies = agencies_on(session, date(2024, 12, 31))
    assert totals.keys() == {body.code for body in bodies if body.kind == "district" or not body.district_code}


def test_a_month_lacks_when_one_commune_of_a_district_lacks(session: Session, take: Callable[..., FileResult]) -> None:
    take([*year("H-TK", 1000), *year("X-20335", 200, months=YEAR[1:]), *year("X-20338", 0, months=YEAR[:-1])])
    total = dossiers_by_body(session, YEAR[0], YEAR[-1])["H-TK"]
    assert (total.handled, total.months, total.missing) == (14_200, 10, 2)


def test_all_bodies_are_one_statement(session: Session, take: Callable[..., FileResult]) -> None:
    take(year("H-TK", 1000))
    statements: list[str] = []
    event.listen(session.connection(), "before_cursor_execute", lambda *one: statements.append(one[2]))
    dossiers_by_body(session, YEAR[0], YEAR[-1])
    assert len(statements) == 1


def test_a_code_that_comes_back_means_the_body_of_its_month(session: Session, tmp_path: Path) -> None:
    import_files(session, ours(*TREE_2022, *TWO_TIERS, SUCCESSIONS))
    rows = [figure("SNV", "2025-06", 10), figure("SNV", "2025-07", 20), figure("H-TK", "2025-06", 500)]
    import_files(session, [written(tmp_path / "dossiers.csv", rows)])
    across = dossiers_by_body(session, "2025-06", "2025-07")
    assert across["SNV"] == DossierTotal(30, 0, 2, 0, False)
    assert across["H-TK"] == DossierTotal(500, 0, 1, 1, False)
    assert dossiers_by_body(session, "2025-07", "2025-07")["SNV"].handled == 20
    assert "H-TK" not in dossiers_by_body(session, "2025-07", "2025-07"), "there are no districts any more"
    with pytest.raises(ImportRefused, match="dữ liệu"):
        import_files(session, [written(tmp_path / "late.csv", [figure("H-TK", "2025-07", 1)])])


def test_a_body_changed_within_a_month_is_counted_once(session: Session, take: Callable[..., FileResult]) -> None:
    former = agency_by_code(session, "SNV", date(2024, 1, 1))
    assert former is not None
    former.valid_to = date(2024, 3, 14)
    session.flush()
    session.add(
        Agency(
            code="SNV",
            parent_id=former.parent_id,
            path="",
            kind=former.kind,
            name_vi="Sở mới",
            name_en="New",
            sure=former.sure,
            valid_from=date(2024, 3, 15),
        )
    )
    session.flush()
    new = agency_by_code(session, "SNV", date(2024, 4, 1))
    assert new is not None
    new.path = former.path.replace(f"/{former.id}/", f"/{new.id}/")
    take(year("SNV", 10))
    assert dossiers_between(session, ["SNV"], YEAR[0], YEAR[-1]) == DossierTotal(120, 0, 12, 0, False)
    assert dossiers_by_body(session, YEAR[0], YEAR[-1])["SNV"] == DossierTotal(120, 0, 12, 0, False)


MORE = {"handled": "101"}
MOST_STATEMENTS = 200  # of eleven thousand rows


def three_years(session: Session) -> Cells:
    """Every body of the province for 36 months."""
    months = [f"{year}-{number:02}" for year in (2023, 2024, 2025) for number in range(1, 13)]
    codes = [body.code for body in agencies_on(session, date(2024, 1, 1))]
    return [figure(code, month, 100, 2) for code in codes for month in months]


def test_three_years_of_all_bodies_come_in_by_few_statements(session: Session, take: Callable[..., FileResult]) -> None:
    rows = three_years(session)
    taken = [counted(session, lambda: take(rows)), counted(session, lambda: take([row | MORE for row in rows]))]
    assert [(result.added, result.changed) for result, _ in taken] == [(11_052, 0), (0, 11_052)]
    assert max(statements for _, statements in taken) < MOST_STATEMENTS
    total, statements = counted(session, lambda: dossiers_by_body(session, "2025-01", "2025-12"))
    assert total["H-TK"].missing == 0
    assert statements < 5


def counted(session: Session, do: Callable[[], T]) -> tuple[T, int]:
    """What it gave, and how many statements the server got for it."""
    sent: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", listen)
    result = do()
    event.remove(engine, "before_cursor_execute", listen)
    return result, len(sent)


@pytest.fixture
def command(server: str, databases: Databases) -> Iterator[FlaskCliRunner]:
    """The command line over the tree of 2022, committed."""
    app = Flask(__name__)
    url = databases.copy(server, BARE)
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    db.init_app(app)
    app.cli.add_command(catalogue)
    runner = app.test_cli_runner()
    assert runner.invoke(args=["catalogue", "import", *map(str, ours(*TREE_2022))]).exit_code == 0
    yield runner
    with app.app_context():
        db.engine.dispose()
    databases.drop(url)


def test_the_command_takes_the_file(command: FlaskCliRunner, tmp_path: Path) -> None:
    good = written(tmp_path / "dossiers_2024_01.csv", [figure("H-TK", "2024-01", 100, 3)])
    bad = written(tmp_path / "dossiers_2024_02.csv", [figure("H-TK", "2024-02", 100, 101)])
    refused = command.invoke(args=["catalogue", "import", str(good), str(bad)])
    assert refused.exit_code == 1
    assert refused.output.startswith("dossiers_2024_02.csv:2 [late]: Số hồ sơ trễ hạn nhiều hơn")
    taken = command.invoke(args=["catalogue", "import", str(good)])
    assert taken.output.splitlines()[0] == "dossiers_2024_01.csv: 1 mới, 0 thay đổi, 0 giữ nguyên"
    again = command.invoke(args=["catalogue", "import", str(good)])
    assert "0 mới, 0 thay đổi, 1 giữ nguyên" in again.output
