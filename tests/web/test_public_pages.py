"""What everybody may read, and what everybody reads when something goes wrong: every page in both languages."""

import logging
import shutil
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import event

from portal.foundation.time import now
from portal.intake.models import Draft
from portal.web.frame.access import Who, allow
from portal.web.frame.assets import STATIC
from portal.web.frame.database import db
from portal.web.frame.language import COOKIE
from tests.makers.settings import ORIGIN
from tests.web.conftest import NewPortal
from tests.web.hygiene import Languages
from tests.web.installing import DATABASE, Portal
from tests.web.visiting import Visit
from tests.web.worlds import HOST

PAGES = (
    "/",
    "/report",
    "/report/erased",
    "/track",
    "/statistics",
    "/open-data",
    "/commendations",
    "/decisions",
    "/transparency",
    "/help",
    "/privacy",
    "/accessibility",
    "/staff/sign-in",
    "/staff/welcome",
    "/api/docs",
)
LANGUAGES = ("vi", "en")
BOTH = pytest.mark.parametrize("language", LANGUAGES)


@BOTH
@pytest.mark.parametrize("address", PAGES)
def test_public_page(visit: Visit, address: str, language: str) -> None:
    seen = visit(f"{address}?lang={language}")
    assert seen.address == address
    assert visit.cookie(COOKIE) == language


def test_a_language_is_remembered(visit: Visit) -> None:
    first = visit("/help?lang=en").heading
    assert visit("/help").heading == first != visit("/help?lang=vi").heading
    assert visit("/help").heading == visit.another()("/help").heading


def test_an_unknown_language_is_vietnamese(visit: Visit) -> None:
    assert visit("/help?lang=fr").heading == visit("/help").heading
    assert visit.cookie(COOKIE) == ""


@BOTH
def test_no_link_of_a_public_page_leads_nowhere(visit: Visit, language: str) -> None:
    visit("/?lang=" + language)
    pages = {address: visit(address).page for address in PAGES}
    for page in list(pages.values()):
        for target in (str(tag.has["href"]) for tag in page.all("a") if "href" in tag.has):
            if target == "/leave" or target.startswith(("?", "#")):
                continue
            parts = urlsplit(target)
            if parts.path.startswith("/open-data/") or parts.path.endswith(".json"):
                assert visit.client.get(target, base_url=HOST).status_code == 200
                continue
            if parts.path not in pages:
                pages[parts.path] = visit(parts.path).page
            assert not parts.fragment or parts.fragment in pages[parts.path].ids(), target


def test_the_error_pages_say_what_to_do(visit: Visit) -> None:
    for status, address in ((404, "/nothing"), (405, "/track/close")):
        seen = visit(address, status)
        assert [tag for tag in seen.page.all("a") if tag.has.get("href") == "/track"]


@BOTH
def test_400(visit: Visit, language: str) -> None:
    visit(f"/?lang={language}")
    assert visit.post("/staff/sign-in", {"csrf_token": "old"}, 400).heading


@BOTH
def test_403_from_another_site(portal: Portal, languages: Languages, language: str) -> None:
    visit = Visit(portal, languages, language)
    visit.client.environ_base["HTTP_SEC_FETCH_SITE"] = "cross-site"
    assert visit.post("/track", {"receipt_code": "x"}, 403).heading


@BOTH
def test_403_for_a_role(visit: Visit, language: str) -> None:
    visit(f"/?lang={language}")
    visit.sign_in("tam")
    assert visit("/staff/queue", 403).heading


@BOTH
@pytest.mark.parametrize("address", ["/nothing", "/report/nothing", "/static/nothing.css", "/staff/nothing", "/track/"])
def test_404(portal: Portal, languages: Languages, address: str, language: str) -> None:
    assert Visit(portal, languages, language)(address, 404).heading


@BOTH
def test_405(portal: Portal, languages: Languages, language: str) -> None:
    seen = Visit(portal, languages, language).post("/help", {}, 405)
    assert set(seen.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


@BOTH
def test_413(portal: Portal, languages: Languages, language: str) -> None:
    visit = Visit(portal, languages, language)
    largest = portal.app.config["MAX_CONTENT_LENGTH"]
    assert visit.post("/report/happened", {"narrative": "a" * largest}, 413).heading
    assert portal.count(Draft) == 0


@BOTH
def test_429(new_portal: NewPortal, languages: Languages, language: str) -> None:
    visit = Visit(new_portal(PORTAL_LIMITS="on"), languages, language)
    seen = visit.post("/track", {"receipt_code": "x"}, 404)
    for _ in range(29):
        seen = visit.post("/track", {"receipt_code": "x"}, 404)
    seen = visit.post("/track", {"receipt_code": "x"}, 429)
    assert "/track" in [tag.has.get("href") for tag in seen.page.all("a")]


@BOTH
@pytest.mark.parametrize(
    ("login", "address", "status"), [("minh", "/staff/nothing", 404), ("tam", "/staff/queue", 403)]
)
def test_staff_stay_at_the_desk(visit: Visit, login: str, address: str, status: int, language: str) -> None:
    visit(f"/?lang={language}")
    visit.sign_in(login)
    seen = visit(address, status)
    assert [form.has["action"] for form in seen.page.all("form")] == ["/staff/sign-out"]
    assert {"/report", "/track"}.isdisjoint(str(tag.has.get("href")) for tag in seen.page.all("a"))


def test_a_link_that_is_shared_has_a_picture(visit: Visit) -> None:
    said = {tag.has.get("property"): tag.has.get("content") for tag in visit("/report").page.all("meta")}
    assert str(said["og:image"]).partition("?")[0] == f"https://{ORIGIN}/static/share.png"
    assert said["og:title"] == "Cổng Phản ánh · Tỉnh Quảng Nam"
    picture = (STATIC / "share.png").read_bytes()
    assert len(picture) <= 60 * 1024
    assert struct.unpack(">II", picture[16:24]) == (1200, 630)
    assert not [tag for tag in visit("/staff/sign-in").page.all("meta") if "property" in tag.has]


@contextmanager
def broken(app: Flask, endpoint: str, error: Exception) -> Iterator[None]:
    """An endpoint whose view has a fault."""

    @allow(Who.EVERYONE)
    def fault(**arguments: object) -> str:
        raise error

    sound = app.view_functions[endpoint]
    app.view_functions[endpoint] = fault
    yield
    app.view_functions[endpoint] = sound


@BOTH
def test_500(visit: Visit, caplog: pytest.LogCaptureFixture, language: str) -> None:
    visit(f"/?lang={language}")
    typed = "Chị Lan 0905 123 456"
    with broken(visit.portal.app, "public.track_code", ValueError(f"cannot read {typed!r}")):
        seen = visit.post("/track", {"receipt_code": typed}, 500)
    assert typed not in seen.html
    told = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert "public.track_code" in told[0].getMessage()
    assert "test_public_pages.py" in caplog.text, "the log has the place"
    assert "ValueError" in caplog.text
    assert "0905" not in caplog.text, "and nothing that was typed"


def test_a_fault_behind_a_fault_is_told_as_well(visit: Visit, caplog: pytest.LogCaptureFixture) -> None:
    error = RuntimeError("outer words")
    error.__cause__ = KeyError("inner words")
    with broken(visit.portal.app, "public.home", error):
        visit("/", 500)
    assert "RuntimeError" in caplog.text
    assert "KeyError" in caplog.text
    assert "words" not in caplog.text


@BOTH
@pytest.mark.parametrize("address", ["/report", "/help", "/staff/sign-in?next=/staff/queue", "/track"])
def test_503_without_a_database(portal: Portal, languages: Languages, address: str, language: str) -> None:
    visit = Visit(portal, languages, language)
    visit.sign_in("minh")
    with portal.app.app_context():
        db.engine.dispose()
    shutil.move(portal.folder / DATABASE, portal.folder / "away")
    for beside in portal.folder.glob(f"{DATABASE}-*"):
        beside.unlink()
    seen = visit(address, 503)
    assert seen.headers["Retry-After"] == "30"
    assert visit.another().client.get("/healthz", base_url=HOST).status_code == 200


@BOTH
def test_503_while_the_database_is_locked(portal: Portal, languages: Languages, language: str) -> None:
    visit = Visit(portal, languages, language)
    with portal.app.app_context():
        event.listen(db.engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout=20"))
        db.engine.dispose()
    with closing(sqlite3.connect(portal.folder / DATABASE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        seen = visit.post("/report", {"category": "delay.late_result"}, 503)
        assert seen.headers["Retry-After"] == "30"
        other.execute("ROLLBACK")
    assert visit.post("/report", {"category": "delay.late_result"}).address == "/report/where"


def test_a_page_names_no_place_by_itself(portal: Portal, languages: Languages, tmp_path: Path) -> None:
    """The names in head and foot are the catalogue's."""
    with closing(sqlite3.connect(portal.folder / DATABASE)) as other, other:
        other.execute("UPDATE agency SET name_vi = 'Ủy ban nhân dân tỉnh Nọ' WHERE code = 'UBND'")
        other.execute("UPDATE agency SET name_vi = 'Ủy ban Kiểm tra tỉnh Nọ' WHERE code = 'UBKT'")
    html = Visit(portal, languages)("/").html
    assert '<span class="brand__place">Tỉnh Nọ</span>' in html
    assert "<strong>Ủy ban Kiểm tra tỉnh Nọ</strong>" in html


def test_the_clock_of_the_tests_stands_still(visit: Visit) -> None:
    before = now()
    visit("/")
    assert now() == before
