"""Open data: files of the frozen rows, how machines find them, and how anybody makes the numbers again."""

import csv
import gzip
import hashlib
import io
import itertools
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event
from werkzeug.test import TestResponse

from portal.foundation.time import at, today
from portal.statistics.cells import Geography, groups_of
from portal.statistics.dictionary import BY_NAME, columns, total_of
from portal.statistics.laplace import Draw
from portal.statistics.measures import TABLES, Partition, Tier
from portal.statistics.periods import Period
from portal.statistics.release import make_releases
from portal.web.frame.database import db
from tests.makers.days import MONDAY, instant
from tests.web.installing import Installations, Portal
from tests.web.test_statistics_pages import publish
from tests.web.worlds import HOST

FIRST = Period.parse("2024-01")


def noise(of_province: int = 9) -> Draw:
    """Something like noise that is the same each time, over counts that are not there: some end up below nothing."""
    drawn = itertools.count()

    def draw(counts: Sequence[int], share: int) -> list[int]:
        chances = [hashlib.sha256(str(next(drawn)).encode()).digest()[0] / 255 for _ in counts]
        amount = of_province if len(counts) == 1 else 9
        return [amount + round((chance - 0.5) * 6_000 / share) for chance in chances]

    return draw


def published_since_2024(installations: Installations, of_province: int) -> Iterator[Portal]:
    """A portal in which everything was published since January 2024; so many reports in a month of the province."""
    with at(instant(MONDAY)):
        portal = installations.new()
        with portal.place.session() as session:
            made = make_releases(session, today(), first=FIRST, load_draw=lambda: noise(of_province))
            assert len(list(made)) > 50
        yield portal
        installations.remove(portal)


@pytest.fixture(scope="module")
def full(installations: Installations) -> Iterator[Portal]:
    """One with the tables of the small tier."""
    yield from published_since_2024(installations, 9)


@pytest.fixture(scope="module")
def large(installations: Installations) -> Iterator[Portal]:
    """One that had so many reports in 2024 that 2025 has the tables of the large tier."""
    yield from published_since_2024(installations, 1_000)


def get(portal: Portal, address: str, **headers: str) -> TestResponse:
    """A program's request."""
    return portal.app.test_client().get(address, base_url=HOST, headers=headers)


def releases(portal: Portal) -> list[tuple[str, str]]:
    """Every release with every table, as the list has them."""
    found: list[tuple[str, str]] = []
    address = "/open-data/releases.json"
    while address:
        page = get(portal, address).json
        assert page is not None
        found += [(item["release"], table) for item in page["items"] for table in item["tables"]]
        address = page["next"]
    return found


def lines(answer: TestResponse) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.text, newline=""), strict=True))


def test_a_file_is_the_frozen_row_and_stays(portal: Portal) -> None:
    last = publish(portal, (-4, 172))
    answer = get(portal, f"/open-data/{last}/province_month.csv")
    assert answer.data == (b"key,is_sum,value,margin,low,high,noisy\r\nprovince,false,172,21,151,193,172\r\n")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Set-Cookie" not in answer.headers
    told = get(portal, f"/open-data/{last.plus(-1)}/province_month.json").json
    assert told is not None
    (cell,) = told["cells"]
    shown = [cell[name] for name in ("key", "value", "margin", "low", "high", "noisy")]
    assert shown == ["province", 0, 21, 0, 21, -4]
    assert told["epsilon"] == {"department": 0.14, "district": 0.14}
    assert told["groups"] == [{"total": None, "sum_of": None, "keys": ["province"]}]


def test_every_file_says_what_its_columns_are_and_adds_up(full: Portal) -> None:
    assert {table for _, table in releases(full)} == {table.name for table in TABLES[Tier.SMALL]}
    check_files(full)


def test_so_does_every_file_of_the_large_tier(large: Portal, tmp_path: Path) -> None:
    of_2025 = {table for release, table in releases(large) if release.startswith("2025")}
    assert of_2025 == {table.name for table in TABLES[Tier.LARGE]}
    check_files(large)
    done = run_example(tmp_path, *stored(large, tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert all(line.endswith(", all as published") for line in done.stdout.splitlines())


def check_files(portal: Portal) -> None:
    """Both files of every table of every release."""
    for release, name in releases(portal):
        rows, told = (
            lines(get(portal, f"/open-data/{release}/{name}.csv")),
            get(portal, f"/open-data/{release}/{name}.json"),
        )
        assert told.json is not None
        described = columns(BY_NAME[name].partition)
        assert list(rows[0]) == [column.name for column in described]
        for row, cell in zip(rows, told.json["cells"], strict=True):
            check_row(row, cell, name)
        check_sums(rows, name)
        for place in told.json["names"].values():
            assert place["vi"]
            assert place["en"]


def check_row(row: Mapping[str, str], cell: Mapping[str, Any], name: str) -> None:
    """What a row holds is what its columns may hold, and what the JSON says."""
    for column in columns(BY_NAME[name].partition):
        text, value = row[column.name], cell[column.name]
        assert text == (str(value).lower() if isinstance(value, bool) else str(value))
        assert text or column.may_be_empty, (name, column.name, row)
        assert not column.words or text in {"", *column.words}
        assert column.kind != "integer" or int(text) >= (column.minimum if column.minimum is not None else -(10**6))
    assert int(row["low"]) <= int(row["value"]) <= int(row["high"])


def check_sums(rows: Sequence[Mapping[str, str]], name: str) -> None:
    """Rows that are sums are the sums of the rows below them; without them every report is there once."""
    for one in rows:
        below = [int(row["value"]) for row in rows if row["key"].startswith(f"{one['key']}/")]
        assert (one["is_sum"] == "true") == bool(below), (name, one)
        assert not below or sum(below) == int(one["value"])
    assert any(row["is_sum"] == "true" for row in rows) == name.startswith(("area", "department", "body"))


def test_names_stand_in_it_as_they_were(full: Portal) -> None:
    rows = lines(get(full, "/open-data/2025/department_year.csv"))
    names = {row["body"]: (row["name_vi"], row["name_en"]) for row in rows}
    assert names["VP"] == ("Văn phòng Ủy ban nhân dân tỉnh", "Office of the Provincial People's Committee")
    assert names["other"] == ("Cơ quan khác", "Other bodies")
    rows = lines(get(full, "/open-data/2025-H1/category_half_year.csv"))
    assert {row["category"]: row["name_en"] for row in rows}["other"] == "Something else"
    district = lines(get(full, "/open-data/2025-Q3/area_quarter.csv"))
    assert {row["body"]: row["name_vi"] for row in district}["departments"] == "Các sở, ban, ngành và cơ quan khác"
    assert len({row["body"] for row in district}) == 19


@pytest.mark.parametrize(
    "address",
    [
        *("2026-10/province_month.xml", "2026-10/report.csv", "1999-01/province_month.csv", "all/report.csv"),
        *("all/province_month.json", "datapackage.xml", "example.txt"),
    ],
)
def test_what_was_not_published_is_not_there(full: Portal, address: str) -> None:
    assert get(full, f"/open-data/{address}").status_code == 404


OPEN = {
    "/open-data/releases.json": "application/json",
    "/open-data/datapackage.json": "application/json",
    "/open-data/catalog.jsonld": "application/ld+json",
    "/open-data/releases.atom": "application/atom+xml",
    "/open-data/example.py": "text/x-python; charset=utf-8",
    "/open-data/all/area_quarter.csv": "text/csv; charset=utf-8",
    "/open-data/2025-Q3/area_quarter.csv": "text/csv; charset=utf-8",
    "/open-data/2025-Q3/area_quarter.json": "application/json",
}


@pytest.mark.parametrize("address", OPEN)
def test_each_file_may_be_kept_and_read_from_anywhere(full: Portal, address: str) -> None:
    plain, short = get(full, address), get(full, address, **{"Accept-Encoding": "gzip"})
    for answer in (plain, short):
        assert answer.status_code == 200
        assert answer.content_type == OPEN[address]
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.headers["Link"] == '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'
        assert "Accept-Encoding" in answer.headers["Vary"]
        is_frozen = "/2025-Q3/" in address
        age = "public, max-age=31536000, immutable" if is_frozen else "public, max-age=300"
        assert answer.headers["Cache-Control"] == age
        assert "Set-Cookie" not in answer.headers
        assert answer.get_etag()[1] is False  # strong
        again = get(full, address, **{"If-None-Match": answer.headers["ETag"], "Accept-Encoding": "gzip"})
        if answer is short:
            assert (again.status_code, again.data) == (304, b"")
            assert again.headers["Cache-Control"] == age
    assert plain.headers["ETag"] != short.headers["ETag"]
    assert get(full, address, **{"If-None-Match": plain.headers["ETag"]}).status_code == 304
    assert short.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(short.data) == plain.data


def test_the_list_goes_on_where_next_says(full: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = get(full, "/open-data/releases.json").json
    assert whole is not None
    assert whole["next"] is None
    listed = [Period.parse(item["release"]) for item in whole["items"]]
    ends = [period.last_day for period in listed]
    assert ends == sorted(ends, reverse=True)
    assert [str(period) for period in listed if period.last_day == date(2024, 12, 31)] == [
        *("2024-12", "2024-Q4", "2024-H2", "2024"),
    ]
    monkeypatch.setattr("portal.web.open_data.releases.PAGE", 3)
    assert releases(full) == [(item["release"], table) for item in whole["items"] for table in item["tables"]]
    older = get(full, "/open-data/releases.json?before=2024-Q2").json
    assert older is not None
    assert [item["release"] for item in older["items"]] == ["2024-H1", "2024-05", "2024-04"]


@pytest.mark.parametrize("before", ["", "x", "2026-13", "9999", "0000", "2026-Q5", "2026-1'", "2026-10%00"])
def test_no_period_to_go_on_from_is_404(full: Portal, before: str) -> None:
    assert get(full, f"/open-data/releases.json?before={before}").status_code == 404


def test_all_periods_in_one_file(full: Portal) -> None:
    rows = lines(get(full, "/open-data/all/area_quarter.csv"))
    assert list(rows[0])[:4] == ["release", "key", "body", "late"]
    quarters = list(dict.fromkeys(row["release"] for row in rows))
    assert quarters == sorted(quarters)
    one = [
        {name: value for name, value in row.items() if name != "release"} for row in rows if row["release"] == "2025-Q3"
    ]
    assert one == lines(get(full, "/open-data/2025-Q3/area_quarter.csv"))


def stored(portal: Portal, folder: Path) -> list[str]:
    """Every JSON file of a portal, downloaded side by side; the example with them."""
    for release, table in releases(portal):
        path = folder / release / f"{table}.json"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(get(portal, f"/open-data/{release}/{table}.json").data)
    (folder / "example.py").write_bytes(get(portal, "/open-data/example.py").data)
    return sorted(str(path.relative_to(folder)) for path in folder.glob("*/*.json"))


def run_example(folder: Path, *places: str) -> subprocess.CompletedProcess[str]:
    """Runs the downloaded example by itself: `-I` keeps everything of ours out of its way."""
    command = [sys.executable, "-I", "example.py", *places]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_example_makes_the_numbers_of_every_file_again(full: Portal, tmp_path: Path) -> None:
    places = stored(full, tmp_path)
    done = run_example(tmp_path, *places)
    assert (done.returncode, done.stderr) == (0, "")
    said = done.stdout.splitlines()
    assert len(said) == len(places) > 50
    assert all(line.endswith(", all as published") for line in said)
    assert "2025-Q3 area_quarter: 57 numbers, 1 totals looked up, all as published" in said
    assert not any(
        " 0 totals" in line for line in said if "province_month" not in line and "praise_quarter" not in line
    )


@pytest.mark.parametrize("field", ["value", "noisy"])
def test_the_example_notices_a_number_that_is_not_right(full: Portal, tmp_path: Path, field: str) -> None:
    stored(full, tmp_path)
    path = tmp_path / "2025-Q3" / "area_quarter.json"
    told = json.loads(path.read_text())
    cell = max(told["cells"], key=lambda one: one["value"] if "/" in one["key"] else 0)
    cell[field] += 40
    path.write_text(json.dumps(told))
    done = run_example(tmp_path, "2025-Q3/area_quarter.json")
    assert done.returncode == 1
    assert f"{cell['key']} is " in done.stdout


def test_the_example_notices_a_total_that_is_not_right(full: Portal, tmp_path: Path) -> None:
    stored(full, tmp_path)
    path = tmp_path / "2025-08" / "province_month.json"
    told = json.loads(path.read_text())
    told["cells"][0]["value"] += 1
    path.write_text(json.dumps(told))
    done = run_example(tmp_path, "2025-Q3/area_quarter.json", "nothing.json")
    assert done.returncode == 1
    assert "province of province_month is " in done.stdout
    assert "nothing.json: not there" in done.stdout
    assert run_example(tmp_path).returncode == 1


def test_totals_are_those_of_the_cells() -> None:
    places = Geography(("D1", "D2"), ("S1",), ("c.one", "c.two"), {"D1": ("X1",), "D2": ()})
    for partition in Partition:
        for group in groups_of(partition, places):
            assert {total_of(partition, node.key) for node in group.nodes} == {group.total}, partition


@pytest.mark.parametrize("address", [*OPEN, "/open-data"])
def test_a_file_is_made_once_and_asks_for_no_report(full: Portal, address: str) -> None:
    get(full, address)
    asked: list[str] = []
    with full.app.app_context():
        engine: Engine = db.engine

    def listen(connection: object, cursor: object, statement: str, *more: object) -> None:
        asked.extend([statement] if statement != "BEGIN" else [])

    event.listen(engine, "before_cursor_execute", listen)
    try:
        get(full, address)
    finally:
        event.remove(engine, "before_cursor_execute", listen)
    # Nothing but whether anything has changed.
    assert [one.rpartition("FROM ")[2].split()[0] for one in asked] == ["catalogue_version", "release"], asked
