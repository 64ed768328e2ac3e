"""The sweep past every page behind the sign-in: by whose work it is, in both languages, on a phone and on a desk.

PICTURES=folder keeps a picture of each look; SWEEP=minh-case visits only the stops whose names begin like that.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser
from sqlalchemy import select

from portal import create_app
from portal.catalogue.queries import agency_by_code
from portal.demo.accounts import ACCOUNTS
from portal.foundation.time import today
from portal.staff.models import Staff
from portal.web.desk.move_pages import MOVE_PAGES
from portal.web.frame.access import Who
from tests.journeys.conftest import Site
from tests.journeys.staff_pages import BEGINS, MOVES_OF, STAFF
from tests.journeys.sweeping import Look, Round, walk
from tests.journeys.told_at_work import AT_WORK
from tests.journeys.told_cases import references, tell
from tests.journeys.validating import html_faults
from tests.makers.committed import Committed
from tests.makers.databases import FULL, KEYS, SQLITE, Databases
from tests.makers.settings import settings
from tests.web.hygiene import Languages, ReadPage, check_page, compiled_catalogue

EVERY_LOOK = tuple(Look(width, scheme) for scheme in ("light", "dark") for width in (360, 1280))
# What `make test` does; the rest is for `make soak`.
ROUNDS = (
    Round("vi", (Look(360), Look(1280, "dark"))),
    Round("en", (Look(360),), script=False, axe=False),
)
SITES = {stop.site for stop in STAFF}


@pytest.fixture(scope="module")
def settings_of_site() -> dict[str, str]:
    """Nobody else asks for so many pages in a minute."""
    return {"PORTAL_LIMITS": "off"}


@pytest.fixture(scope="module")
def told(site: Site) -> dict[str, str]:
    """What stands in braces in the stops' paths: cases by their stories, accounts by their logins, a body."""
    cases = references(site.place, tell(site.place, AT_WORK))
    with site.place.session() as session:
        accounts = {row.login: str(row.id) for row in session.scalars(select(Staff))}
        body = agency_by_code(session, "H-HA", today())
    assert body is not None
    return cases | accounts | {"body": str(body.id)}


def swept(round_: Round, chromium: Browser, site: Site, told: dict[str, str], folder: Path) -> None:
    """Walks past all stops, or those whose names begin as SWEEP says, and tells everything that is wrong."""
    stops = tuple(stop for stop in STAFF if stop.name.startswith(os.environ.get("SWEEP", "")))
    sites = {stop.site: site.server.origin for stop in stops}
    walk(chromium, round_, stops, sites, told)
    faults = round_.faults + (html_faults(round_.sources, folder) if round_.axe else []) + list(misread(round_))
    assert not faults, "\n".join(faults)
    assert round_.sources.keys() == {f"{round_.name}-{stop.name}" for stop in stops}


def misread(round_: Round) -> Iterator[str]:
    """What is wrong with the pages as text: words of another language, leftovers of templates, links to nowhere."""
    languages = Languages(compiled_catalogue())
    for name, source in round_.sources.items():
        try:
            check_page(ReadPage(source), round_.language, languages)
        except AssertionError as error:
            yield f"{name}: {error}"


@pytest.mark.parametrize("round_", ROUNDS, ids=lambda one: one.name)
def test_every_staff_page(round_: Round, chromium: Browser, site: Site, told: dict[str, str], tmp_path: Path) -> None:
    swept(round_, chromium, site, told, tmp_path / "html")


@pytest.mark.soak
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_staff_page_from_every_side(
    language: str, chromium: Browser, site: Site, told: dict[str, str], tmp_path: Path
) -> None:
    swept(Round(language, EVERY_LOOK), chromium, site, told, tmp_path / "html")


def test_no_staff_page_is_missing_here(tmp_path: Path, databases: Databases) -> None:
    place = Committed(databases.copy(SQLITE, FULL), databases.copy(SQLITE, KEYS), tmp_path)
    app = create_app(settings(place.folder, place.url, place.keys_url))
    place.close()
    views = app.view_functions
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]
    closed = {one.rule for one in rules if Who.EVERYONE not in getattr(views[one.endpoint], "allowed", ())}
    known = dict.fromkeys((*AT_WORK, *(account.login for account in ACCOUNTS), "body"), "1")
    assert closed - {_address(app, stop.path.format(**known)) for stop in STAFF} == NO_PAGES


# They answer with the way to another page, or with a file.
NO_PAGES = {
    "/staff/admin/accounts/<int:number>/end-substitute",
    "/staff/admin/catalogue",
    "/staff/admin/catalogue/<any(agencies,categories,calendar,announcements):section>/<key>/remove",
    "/staff/admin/close-account",
    "/staff/admin/invite/links.csv",
    "/staff/admin/open-account",
    "/staff/cases/<reference>/open",
    "/staff/cases/<reference>/print",
    "/staff/handover/confirmed",
    "/staff/queue/views/remove",
    "/staff/sign-out",
}


def _address(app: Flask, path: str) -> str:
    """The address as the map of addresses knows it."""
    adapter = app.url_map.bind("portal.test", url_scheme="https")
    method = "GET" if "GET" in adapter.allowed_methods(path) else "POST"
    return adapter.match(path, method, return_rule=True)[0].rule


def test_every_move_and_every_role_is_here() -> None:
    assert {name for moves in MOVES_OF.values() for name in moves} == MOVE_PAGES.keys()
    roles = {account.login: account.role for account in ACCOUNTS}
    assert {roles[login] for login in (SITES | BEGINS.keys()) - {"nobody"}} == set(roles.values())
