"""What was typed is still there: after 413, 503 and 500, a restart, another language, a session that ended."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import event

from portal.cases.models import Report
from portal.foundation.time import at, now
from portal.intake.models import Draft
from portal.web.frame.database import db
from tests.web.conftest import NewPortal
from tests.web.hygiene import Languages
from tests.web.installing import DATABASE, Portal, close
from tests.web.test_public_pages import broken
from tests.web.visiting import ANONYMOUS, CHECK, Seen, Visit, handle_of, written
from tests.web.worlds import HOST

BOTH = pytest.mark.parametrize("language", ["vi", "en"])
STORY = "Sáng thứ Hai tôi nộp hồ sơ ở quầy số 3.\nNgười ở quầy nói trống không, rồi quát tôi trước mặt mọi người."
RUDE = {"category": "attitude.rude", "agency": "H-HA-MC", "narrative": STORY, "accused_role": "officer"}
WHERE = "/report/where"
MAIN_PAGES = ("/report", "/report/where", "/report/happened", "/report/about")


def links(seen: Seen) -> list[str]:
    """Where the page leads."""
    return [str(tag.has.get("href")) for tag in seen.page.all("a")]


@contextmanager
def locked(portal: Portal) -> Iterator[None]:
    """Somebody else writes into the database and does not stop."""
    with portal.app.app_context():
        event.listen(db.engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout=20"))
        db.engine.dispose()
    with closing(sqlite3.connect(portal.folder / DATABASE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def gone(portal: Portal) -> Iterator[None]:
    """The database cannot be reached."""
    with portal.app.app_context():
        db.engine.dispose()
    place, away = portal.folder / DATABASE, portal.folder / "away"
    with closing(sqlite3.connect(place)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.move(place, away)
    place.mkdir()
    yield
    with portal.app.app_context():
        db.engine.dispose()
    for beside in portal.folder.glob(f"{DATABASE}-*"):
        beside.unlink()
    place.rmdir()
    shutil.move(away, place)


@BOTH
@pytest.mark.parametrize("address", MAIN_PAGES)
def test_413_leads_back_to_the_draft(portal: Portal, languages: Languages, language: str, address: str) -> None:
    visit = Visit(portal, languages, language)
    handle = handle_of(written(visit, RUDE, "/report/about"))
    page = visit(f"{address}?draft={handle}")
    field = {"/report": "category", "/report/where": "agency", "/report/about": "name"}.get(address, "narrative")
    sent = {**page.form().held, field: ["a" * portal.app.config["MAX_CONTENT_LENGTH"]]}
    refused = visit.post(page.form().action, sent, 413)
    assert f"{address}?draft={handle}" in links(refused)
    back = visit(f"{address}?draft={handle}")
    assert back.form().held.get("narrative") == page.form().held.get("narrative")
    assert STORY.splitlines()[0] in visit(f"/report/happened?draft={handle}").held("narrative")


class Kept(BytesIO):
    """A body of which one can see afterwards how much was read."""

    def close(self) -> None:
        """The test client closes what it was given."""


def test_a_body_that_is_too_large_is_read_to_its_end(portal: Portal) -> None:
    for form in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "application/json"):
        sending = Kept(b"a" * 10_000_000)
        client = portal.app.test_client()
        answer = client.post("/report/happened", base_url=HOST, input_stream=sending, content_type=form)
        assert (answer.status_code, sending.tell()) == (413, 10_000_000), form


@BOTH
@pytest.mark.parametrize("trouble", [locked, gone])
def test_503_gives_back_what_was_typed_and_sends_it_again(
    portal: Portal, languages: Languages, language: str, trouble: object
) -> None:
    visit = Visit(portal, languages, language)
    page = written(visit, RUDE, "/report/happened")
    with (locked if trouble is locked else gone)(portal):
        refused = visit.fill(page, {"narrative": STORY, "accused_role": "officer"}, 503)
        assert refused.held("narrative") == STORY.replace("\n", "\r\n")
        assert visit.fill(refused, {}, 503).held("narrative") == STORY.replace("\n", "\r\n")
        assert f"/report/happened?draft={handle_of(page)}" in links(refused)
    assert visit.fill(refused, {}).address == "/report/about"
    assert visit(f"/report/happened?draft={handle_of(page)}").held("narrative") == STORY.replace("\n", "\r\n")


@pytest.mark.parametrize("trouble", [locked, gone])
def test_503_on_the_last_press_costs_one_more(portal: Portal, languages: Languages, trouble: object) -> None:
    visit = Visit(portal, languages)
    page = written(visit, RUDE)
    with (locked if trouble is locked else gone)(portal):
        refused = visit.fill(page, {}, 503)
    assert portal.count(Report) == 0
    assert visit.fill(refused, {}).address == "/report/receipt"
    assert portal.count(Report) == 1


@BOTH
def test_a_fault_of_ours_gives_back_what_was_typed(portal: Portal, languages: Languages, language: str) -> None:
    visit = Visit(portal, languages, language)
    page = written(visit, RUDE, "/report/happened")
    with broken(portal.app, "public.keep_report_step", ValueError("inner words")):
        refused = visit.fill(page, {"narrative": STORY, "accused_role": "officer"}, 500)
    assert "inner words" not in refused.html
    assert visit.fill(refused, {}).address == "/report/about"


def test_what_is_given_back_is_nobodys_password_and_no_code(portal: Portal, languages: Languages) -> None:
    visit = Visit(portal, languages)
    password = "mật khẩu của tôi"
    with locked(portal):
        pass
    with broken(portal.app, "desk.sign_in", ValueError()):
        assert password not in visit.post("/staff/sign-in", {"login": "minh", "password": password}, 500).html
    with broken(portal.app, "public.track_code", ValueError()):
        assert "ABCDE" not in visit.post("/track", {"receipt_code": "ABCDE-ABCDE"}, 500).html


def found(visit: Visit, page: Seen) -> Seen:
    """The page "where" when the body has been searched; any other page as it is."""
    return (
        visit.fill(page, {"agency_name": RUDE["agency"]}, press=("find", "agency")) if page.address == WHERE else page
    )


@BOTH
@pytest.mark.parametrize("address", [*MAIN_PAGES[1:], CHECK])
def test_a_restart_in_the_middle(portal: Portal, languages: Languages, language: str, address: str) -> None:
    visit = Visit(portal, languages, language)
    page = written(visit, RUDE, address)
    old, portal.app = portal.app, portal.application()
    close(old)
    cookies = [(name, visit.cookie(name)) for name in ("__Host-draft", "__Host-session", "__Host-lang")]
    visit.client = portal.app.test_client()
    for name, value in cookies:
        if value:
            visit.client.set_cookie(name, value, domain="portal.test")
    answers = {**RUDE, **ANONYMOUS}
    while page.address != "/report/receipt":
        page = found(visit, page)
        held = page.form().held
        page = visit.fill(page, {name: value for name, value in answers.items() if name in held})
    assert portal.count(Report) == 1


@pytest.mark.parametrize("address", MAIN_PAGES)
def test_other_language_and_back_in_the_middle(visit: Visit, address: str) -> None:
    typed = {**RUDE, "name": "Lan", "phone": "không nhớ", "occurred_on": "hôm nọ", "wish": "Xin lỗi tôi."}
    page = found(visit, written(visit, RUDE, address))
    names = [name for name in typed if name in page.form().held]
    page = visit.fill(page, {name: typed[name] for name in names}, press=("lang", "en"))
    page = visit.fill(page, {}, press=("lang", "vi"))
    for name in names:
        assert page.held(name) == typed[name].replace("\n", "\r\n"), name


def test_each_press_keeps_the_draft_for_another_day(visit: Visit, portal: Portal) -> None:
    page = written(visit, RUDE, "/report/where")
    for hours, typed in ((20, {"agency": RUDE["agency"]}), (40, {"narrative": STORY, "accused_role": "officer"})):
        with at(now() + timedelta(hours=hours)):
            page = visit.fill(found(visit, page), typed)
    assert page.address == "/report/about"
    assert portal.count(Draft) == 1


def test_a_day_in_words_stays_the_day_it_was_typed_on(visit: Visit, portal: Portal) -> None:
    page = written(visit, RUDE, "/report/happened")
    typed = {"narrative": STORY, "accused_role": "officer", "occurred_on": "hôm kia", "occurred_until": "hôm qua"}
    wrong = visit.fill(page, {**typed, "accused_role": "officer", "narrative": " "}, 422)
    assert wrong.held("occurred_on") == "hôm kia"
    assert "Chúng tôi hiểu là: từ thứ Bảy 07/03/2026 đến Chủ nhật 08/03/2026." in wrong.text
    about = visit.fill(wrong, typed)
    again = visit(f"/report/happened?draft={handle_of(about)}")
    assert (again.held("occurred_on"), again.held("occurred_until")) == ("07/03/2026", "08/03/2026")
    with at(now() + timedelta(hours=16)):  # after midnight
        check = visit.fill(about, ANONYMOUS)
        assert "từ 07/03/2026 đến 08/03/2026" in check.text
        visit.fill(check, {})
    with portal.place.session() as session:
        report = session.query(Report).one()
    assert (str(report.occurred_on), str(report.occurred_until)) == ("2026-03-07", "2026-03-08")


def test_a_long_story_is_kept_whole(visit: Visit) -> None:
    story = "a" * 120_000
    page = written(visit, RUDE, "/report/happened")
    page = visit.fill(page, {"narrative": story}, 422)
    assert list(page.errors) == ["narrative", "accused_role"]
    assert "120000" in page.errors["narrative"]
    assert page.held("narrative") == story
    assert visit(f"/report/happened?draft={handle_of(page)}").held("narrative") == story


def test_429_leads_back_to_the_draft(new_portal: NewPortal, languages: Languages) -> None:
    visit = Visit(new_portal(PORTAL_LIMITS="on"), languages)
    page = written(visit, RUDE, "/report/about")
    sent = {"draft": handle_of(page), "csrf_token": visit.token()}
    answers = [visit.client.post(page.form().action, base_url=HOST, data=sent) for _ in range(120)]
    assert answers[-1].status_code == 429
    assert f"/report/about?draft={handle_of(page)}" in answers[-1].text
