"""What is published is sent as bytes: the same for everybody, whoever asks, whatever is filed, until a release."""

import gzip
import re
from collections.abc import Iterator
from contextlib import contextmanager

import brotli
import pytest
from sqlalchemy import Engine, event, select, text
from werkzeug.test import TestResponse

from portal.foundation.database import transaction
from portal.statistics.models import FrozenCell, FrozenTable
from portal.web.frame.database import db
from portal.web.frame.published import ASK_EVERY, PublishedBytes
from tests.makers.filings import a_delay
from tests.makers.publishing import publish_years
from tests.web.installing import Portal
from tests.web.test_statistics_pages import publish
from tests.web.worlds import HOST

PAGES = (
    "/statistics",
    "/statistics/bodies",
    "/statistics/bodies/H-TK",
    "/statistics/topics/delay",
    "/statistics/method",
    "/open-data",
)
FILES = (
    "/open-data/releases.json",
    "/open-data/releases.atom",
    "/open-data/datapackage.json",
    "/open-data/catalog.jsonld",
    "/open-data/all/area_quarter.csv",
    "/open-data/2025-Q3/area_quarter.csv",
    "/open-data/2025-Q3/area_quarter.json",
)
TIMES = 1_000


@pytest.fixture
def full(portal: Portal) -> Portal:
    """A portal with two years of releases."""
    with portal.place.session() as session:
        publish_years(session)
    return portal


def get(portal: Portal, address: str, *, method: str = "GET", host: str = HOST, **headers: str) -> TestResponse:
    """A request of a program that keeps nothing."""
    client = portal.app.test_client(use_cookies=False)
    return client.open(
        address, method=method, base_url=host, headers={one.replace("_", "-"): headers[one] for one in headers}
    )


def standing_before(portal: Portal) -> PublishedBytes:
    """What answers in Flask's place."""
    stands = portal.app.wsgi_app.application  # type: ignore[attr-defined]
    assert isinstance(stands, PublishedBytes)
    return stands


@contextmanager
def watched(portal: Portal) -> Iterator[list[str]]:
    """What the database is asked meanwhile."""
    asked: list[str] = []
    with portal.app.app_context():
        engine: Engine = db.engine

    def listen(connection: object, cursor: object, statement: str, *more: object) -> None:
        asked.extend([" ".join(statement.split())] if statement != "BEGIN" else [])

    event.listen(engine, "before_cursor_execute", listen)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", listen)


def test_a_thousand_fetches_alike_whatever_is_filed(full: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    """And nothing is asked of the database but whether something was published."""
    stands = standing_before(full)
    monkeypatch.setattr(stands, "_every", ASK_EVERY)
    client = full.app.test_client(use_cookies=False)
    for number, address in enumerate((*PAGES, *FILES)):
        first = get(full, address)
        assert first.status_code == 200, address
        body, headers = first.get_data(), sorted(first.headers.items())
        with watched(full) as asked:
            for turn in range(TIMES):
                if turn % 500 == 1:
                    full.file(a_delay(), f"an idempotency key, {number}, {turn}")
                    stands._marks.clear()  # as if a second had passed
                again = client.get(address, base_url=HOST)
                assert again.get_data() == body, address
                assert sorted(again.headers.items()) == headers, address
        assert {one.rpartition("FROM ")[2].split()[0] for one in asked} == {"catalogue_version", "release"}, asked


def test_pages_and_both_formats_say_the_stored_row(full: Portal) -> None:
    with full.place.session() as session:
        row = session.scalars(select(FrozenTable).where(FrozenTable.table == "province_month")).all()[-1]
        cell = session.get_one(FrozenCell, (row.id, "province"))
    csv_line = get(full, f"/open-data/{row.period}/province_month.csv").get_data(as_text=True).splitlines()[1]
    answer = get(full, f"/open-data/{row.period}/province_month.json").json
    assert answer is not None
    (in_json,) = answer["cells"]
    stored = (cell.key, cell.value, cell.margin, cell.noisy)
    assert (in_json["key"], in_json["value"], in_json["margin"], in_json["noisy"]) == stored
    assert {str(one) for one in stored} <= set(csv_line.split(","))
    words = re.sub(r"<[^>]+>", "", get(full, "/statistics").get_data(as_text=True))
    assert f"{cell.value} ± {cell.margin}" in words


@pytest.mark.parametrize("address", ["/statistics", "/open-data/releases.json"])
def test_who_asks_makes_no_difference(full: Portal, address: str) -> None:
    plain = get(full, address)
    other = get(
        full,
        address,
        Cookie="__Host-session=stolen; tracking=x",
        User_Agent="another",
        Accept_Language="en",
        Host="evil.example",
    )
    assert other.get_data() == plain.get_data()
    assert "Set-Cookie" not in other.headers
    assert "evil" not in other.get_data(as_text=True)
    assert "csrf" not in plain.get_data(as_text=True)


@pytest.mark.parametrize(("name", "undo"), [("gzip", gzip.decompress), ("br", brotli.decompress)])
@pytest.mark.parametrize("address", ["/statistics", "/open-data/2025-Q3/area_quarter.csv"])
def test_compressed_ahead(full: Portal, address: str, name: str, undo: object) -> None:
    plain, shorter = get(full, address), get(full, address, Accept_Encoding=name)
    assert callable(undo)
    assert shorter.headers["Content-Encoding"] == name
    assert undo(shorter.get_data()) == plain.get_data()
    assert len(shorter.get_data()) < len(plain.get_data()) / 2
    assert int(shorter.headers["Content-Length"]) == len(shorter.get_data())
    assert "Accept-Encoding" in shorter.headers["Vary"]
    assert "Content-Encoding" not in get(full, address, Accept_Encoding=f"{name};q=0").headers
    assert shorter.headers["ETag"] != plain.headers["ETag"]
    both = get(full, address, Accept_Encoding="gzip, deflate, br, zstd")
    assert both.headers["Content-Encoding"] == "br"


@pytest.mark.parametrize("address", ["/statistics", "/open-data/2025-Q3/area_quarter.csv"])
def test_whoever_has_it_is_told_so(full: Portal, address: str) -> None:
    for encoding in ("identity", "gzip", "br"):
        mark = get(full, address, Accept_Encoding=encoding).headers["ETag"]
        again = get(full, address, Accept_Encoding=encoding, If_None_Match=f'"other", W/{mark}')
        assert (again.status_code, again.get_data()) == (304, b"")
        assert again.headers["ETag"] == mark
        assert "Content-Type" not in again.headers
    assert get(full, address, If_None_Match='"other"').status_code == 200
    head = get(full, address, method="HEAD")
    assert (head.status_code, head.get_data()) == (200, b"")
    assert head.headers["Content-Length"] == str(len(get(full, address).get_data()))


def test_how_long_it_may_be_kept(full: Portal) -> None:
    page, frozen = get(full, "/statistics"), get(full, "/open-data/2025-Q3/area_quarter.csv")
    assert page.headers["Cache-Control"] == "public, max-age=60"
    assert page.headers["Vary"] == "Accept-Encoding, Cookie"
    assert frozen.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert frozen.headers["Vary"] == "Accept-Encoding"


def test_each_language_has_its_own_and_is_remembered(full: Portal) -> None:
    vietnamese = get(full, "/statistics")
    asked = get(full, "/statistics?lang=en")
    assert '<html lang="en">' in asked.get_data(as_text=True)
    assert asked.headers["Set-Cookie"].startswith("__Host-lang=en; ")
    assert asked.headers["Cache-Control"] == "private, no-cache"
    remembered = get(full, "/statistics", Cookie="__Host-lang=en")
    assert remembered.get_data() == asked.get_data()
    assert "Set-Cookie" not in get(full, "/statistics?lang=en", Cookie="__Host-lang=en").headers
    assert get(full, "/statistics?lang=xx", Cookie="__Host-lang=en").get_data() == vietnamese.get_data()
    file = "/open-data/releases.json"
    assert get(full, file, Cookie="__Host-lang=en").get_data() == get(full, file).get_data()


def test_transport_is_asked_to_be_safe_only_where_it_is(full: Portal) -> None:
    assert "Strict-Transport-Security" in get(full, "/statistics").headers
    assert "Strict-Transport-Security" not in get(full, "/statistics", host="http://portal.example").headers


def test_a_release_is_seen_at_once(portal: Portal) -> None:
    before = get(portal, "/statistics").get_data(as_text=True)
    publish(portal, (172,))
    after = get(portal, "/statistics").get_data(as_text=True)
    assert "khoảng 172 phản ánh" not in before
    assert "khoảng 172 phản ánh" in after


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE principle SET name_vi = 'Lời hứa khác'",
        "INSERT INTO dossier_count VALUES ('H-TK', '2025-07', 9, 1, 'một nguồn', 1)",
        "UPDATE agency SET name_vi = 'Tên khác' WHERE code = 'H-TK'",
    ],
)
def test_so_is_a_change_of_whatever_it_is_made_of(full: Portal, change: str) -> None:
    mark = kept_marks(full)
    with full.place.session() as session, transaction(session):
        session.execute(text(change))
    page = get(full, "/statistics").get_data(as_text=True)
    assert kept_marks(full) != mark
    assert "principle" not in change or "Lời hứa khác" in page


def kept_marks(portal: Portal) -> object:
    """By what the page of statistics is kept now."""
    get(portal, "/statistics")
    stands = standing_before(portal)
    return [mark for key, (mark, _) in stands._kept.items() if "/statistics" in key]


def test_the_database_is_asked_at_most_once_a_second(full: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    stands = standing_before(full)
    monkeypatch.setattr(stands, "_every", 1.0)
    moment = [1000.0]
    monkeypatch.setattr("portal.web.frame.published.monotonic", lambda: moment[0])
    get(full, "/statistics")
    with watched(full) as asked:
        for _ in range(5):
            moment[0] += 0.19
            get(full, "/statistics")
        assert asked == []
        moment[0] += 0.1
        get(full, "/statistics")
    assert len(asked) == 2


def test_errors_and_other_queries_are_not_kept(full: Portal) -> None:
    stands = standing_before(full)
    get(full, "/statistics")
    kept = dict(stands._kept)
    assert get(full, "/statistics/bodies/none-of-this-name").status_code == 404
    assert get(full, "/statistics/nothing").status_code == 404
    assert get(full, "/statistics?utm_source=x").get_data() == get(full, "/statistics").get_data()
    assert get(full, "/open-data/releases.json?before=2025-Q3").json != get(full, "/open-data/releases.json").json
    assert get(full, "/statistics", method="POST").status_code in (400, 405)
    assert stands._kept.keys() - kept.keys() == {key for key in stands._kept if key[2] == "/open-data/releases.json"}


def test_no_more_is_kept_than_fits(full: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    stands = standing_before(full)
    monkeypatch.setattr("portal.web.frame.published.MOST_BYTES", 150_000)
    bodies = {address: get(full, address).get_data() for address in PAGES}
    assert 0 < stands._bytes == sum(answer.size for _, answer in stands._kept.values()) <= 150_000
    assert len(stands._kept) < len(PAGES)
    assert {address: get(full, address).get_data() for address in PAGES} == bodies


def test_without_a_database_it_says_so(full: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    get(full, "/statistics")
    with full.place.session() as session, transaction(session):
        session.execute(text("ALTER TABLE release RENAME TO elsewhere"))
    assert get(full, "/statistics").status_code == 503


def test_a_frozen_file_is_the_same_after_another_release(portal: Portal) -> None:
    last = publish(portal, (150,) * 14)  # since January of last year
    address = f"/open-data/{last}/province_month.csv"
    before = get(portal, address)
    with portal.place.session() as session:
        assert publish_years(session, 1)  # the other tables
    assert get(portal, address).get_data() == before.get_data()
    assert get(portal, address).headers["ETag"] == before.headers["ETag"]
