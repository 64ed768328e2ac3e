"""The frame around every page: proxies, other sites, signing in by other ways, limits that all processes share."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from config import ROOT
from portal.cases.models import Report
from portal.intake.models import Draft
from portal.web.frame import limits
from tests.makers.filings import a_delay
from tests.web.conftest import NewPortal
from tests.web.hygiene import Languages, check_headers
from tests.web.installing import Portal
from tests.web.program import DELAY, Program
from tests.web.visiting import Visit
from tests.web.worlds import HOST, token_in

BEHIND = "http://127.0.0.1:8000"  # as the proxy speaks to us
FROM_PROXY = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7", "X-Forwarded-Host": "portal.test"}
LIKE_CHROMIUM = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}  # what no-referrer makes it send


def start(client: FlaskClient, **headers: str) -> str:
    """Opens the first page and gives its token."""
    page = client.get("/report", base_url=BEHIND, headers=headers)
    assert page.status_code == 200
    return token_in(page.text)


def test_a_form_over_https_behind_a_trusted_proxy(new_portal: NewPortal) -> None:
    portal = new_portal(PORTAL_PROXIES="1")
    client = portal.app.test_client()
    headers = {**FROM_PROXY, **LIKE_CHROMIUM}
    page = client.get("/report", base_url=BEHIND, headers=headers)
    check_headers(page.headers, is_kept=False)
    form = {"category": "attitude.rude", "csrf_token": token_in(page.text)}
    # The cookies are for https only, and the client thinks it speaks http: hand them over as the proxy does.
    cookies = "; ".join(one.partition(";")[0] for one in page.headers.getlist("Set-Cookie"))
    answer = client.post("/report", base_url=BEHIND, data=form, headers={**headers, "Cookie": cookies})
    assert answer.status_code == 302, answer.text
    assert answer.headers["Location"].startswith("/report/where?draft=")
    assert portal.count(Draft) == 1


def test_who_is_no_proxy_is_not_believed(portal: Portal) -> None:
    answer = portal.app.test_client().get("/", base_url=BEHIND, headers=FROM_PROXY)
    check_headers(answer.headers, is_kept=True, is_secure=False)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_sites_form_is_refused(visit: Visit, portal: Portal, site: str) -> None:
    token = visit.token()
    visit.client.environ_base["HTTP_SEC_FETCH_SITE"] = site
    for address in ("/report", "/track", "/track/close", "/staff/sign-in"):
        visit.post(address, {"csrf_token": token, "category": "other", "receipt_code": "x"}, 403)
    assert portal.count(Draft) == 0


def test_another_site_may_link_here_and_programs_may_file(portal: Portal, languages: Languages) -> None:
    visit = Visit(portal, languages)
    visit.client.environ_base["HTTP_SEC_FETCH_SITE"] = "cross-site"
    visit("/report?agency=H-HA-MC")
    program = Program(portal.app)
    program.client.environ_base["HTTP_SEC_FETCH_SITE"] = "cross-site"
    program.file(DELAY)
    assert portal.count(Report) == 1


def test_nobody_signs_in_by_a_token(portal: Portal) -> None:
    with portal.place.session() as session, portal.app.test_request_context():
        token = str(portal.account(session, "minh").get_auth_token())
    client = portal.app.test_client()
    answers = [
        client.get("/staff/queue", base_url=HOST, headers={"Authentication-Token": token}),
        client.get(f"/staff/queue?auth_token={token}", base_url=HOST),
        client.get("/staff/queue", base_url=HOST, json={"auth_token": token}),
    ]
    for answer in answers:
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/staff/sign-in")


@pytest.mark.parametrize("host", ["evil.test", "portal.test.evil.test", "portal.test:99"])
def test_an_invented_host_is_in_no_address(portal: Portal, host: str) -> None:
    client = portal.app.test_client()
    token = token_in(client.get("/track", base_url=HOST).text)
    answer = client.post("/track/close", base_url=HOST, data={"csrf_token": token}, headers={"Host": host})
    assert "evil" not in answer.headers.get("Location", "")
    assert "evil" not in client.get("/", base_url=HOST, headers={"Host": host}).text


def test_compressed_for_slow_lines(portal: Portal) -> None:
    plain = portal.app.test_client().get("/help", base_url=HOST)
    packed = portal.app.test_client().get("/help", base_url=HOST, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < len(plain.data) / 2
    check_headers(packed.headers, is_kept=True)


def test_static_files_are_kept_and_safe(portal: Portal) -> None:
    answer = portal.app.test_client().get("/static/portal.css", base_url=HOST)
    assert answer.status_code == 200
    assert "max-age=31536000" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    answer.close()


@pytest.fixture
def limited(new_portal: NewPortal) -> Iterator[Portal]:
    """A portal that counts."""
    yield new_portal(PORTAL_LIMITS="on")
    limits.limiter.enabled = False


ANOTHER_WORKER = """
import os
from config import from_environment
from portal import create_app
client = create_app(from_environment(os.environ)).test_client()
codes = [client.post("/api/v1/track", base_url="https://portal.test", json={"receipt_code": "x"}).status_code
         for _ in range(20)]
print(codes)
"""


def test_all_processes_count_together(limited: Portal) -> None:
    environment = {**os.environ, **limited.place.environment(PORTAL_LIMITS="on")}
    command = [sys.executable, "-c", ANOTHER_WORKER]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str([404] * 20), done.stderr
    program = Program(limited.app)
    for _ in range(10):
        program.track("x", 404)
    problem = program.track("x", 429)
    assert problem["title"]


def test_looking_up_and_filing_are_counted_apart_and_by_address(limited: Portal) -> None:
    program = Program(limited.app)
    for _ in range(30):
        program.track("x", 404)
    program.track("x", 429)
    program.file(DELAY)
    program.client.environ_base["REMOTE_ADDR"] = "198.51.100.9"
    program.track("x", 404)
    program.get("/api/v1/categories")


def test_an_invented_forwarding_does_not_help(limited: Portal) -> None:
    program = Program(limited.app)
    for number in range(30):
        program.headers["X-Forwarded-For"] = f"203.0.113.{number}"
        program.track("x", 404)
    program.track("x", 429)


def test_no_address_is_kept_in_clear(limited: Portal) -> None:
    program = Program(limited.app)
    program.client.environ_base["REMOTE_ADDR"] = "198.51.100.77"
    program.track("x", 404)
    folder = Path(limited.app.config["PORTAL_RUNTIME_DIR"])
    kept = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert b"hit" in kept
    assert b"198.51.100.77" not in kept
    assert folder.stat().st_mode & 0o077 == 0


def test_a_report_filed_is_found_by_whoever_has_the_code_only(visit: Visit, portal: Portal) -> None:
    code = portal.file(a_delay())
    visit.fill(visit("/track"), {"receipt_code": code}, to="/track")
    assert visit("/track").heading != visit.another()("/track").heading
