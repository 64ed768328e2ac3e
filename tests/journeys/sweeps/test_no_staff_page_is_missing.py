"""No page behind the sign-in is missing in the sweeps, nor a move, nor a role."""

from pathlib import Path

import pytest
from flask import Flask

from portal import create_app
from portal.demo.accounts import ACCOUNTS
from portal.web.desk.move_pages import MOVE_PAGES
from portal.web.frame.access import Who
from tests.journeys.staff_pages import BEGINS, MOVES_OF, STAFF
from tests.journeys.told_at_work import AT_WORK
from tests.makers.committed import Committed
from tests.makers.databases import FULL, KEYS, SQLITE, Databases
from tests.makers.settings import settings

SITES = {stop.site for stop in STAFF}


@pytest.fixture(autouse=True)
def nothing_is_amiss() -> None:
    """Nothing is served here."""


def test_no_staff_page_is_missing_here(tmp_path: Path, databases: Databases) -> None:
    place = Committed(databases.copy(SQLITE, FULL), databases.copy(SQLITE, KEYS), tmp_path)
    app = create_app(settings(place.folder, place.url, place.keys_url))
    place.close()
    views = app.view_functions
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]
    closed = {one.rule for one in rules if Who.EVERYONE not in getattr(views[one.endpoint], "allowed", ())}
    others = ("body", "proposal", "hearing")
    known = dict.fromkeys((*AT_WORK, *(account.login for account in ACCOUNTS), *others), "1")
    assert closed - {_address(app, stop.path.format(**known)) for stop in STAFF} == NO_PAGES


# They answer with the way to another page, or with a file.
NO_PAGES = {
    "/staff/admin/accounts/<int:number>/end-substitute",
    "/staff/admin/catalogue",
    "/staff/admin/catalogue/<any(agencies,categories,calendar,announcements):section>/<key>/remove",
    "/staff/admin/close-account",
    "/staff/admin/invite/links.csv",
    "/staff/admin/notices/resend",
    "/staff/admin/open-account",
    "/staff/admin/routing/proposals/<int:number>/drop",
    "/staff/admin/routing/proposals/<int:number>/take",
    "/staff/admin/routing/rules/<key>/call-off",
    "/staff/admin/routing/rules/<key>/end",
    "/staff/assist/done",
    "/staff/cases/<reference>/open",
    "/staff/cases/<reference>/outside/<int:number>/revoke",
    "/staff/clusters",
    "/staff/clusters/<cluster>",  # tests/web/test_pattern_pages.py: the told cases have no pattern
    "/staff/clusters/<cluster>/<any(fill, close):what>",
    "/staff/cases/<reference>/print",
    "/staff/cases/<reference>/reminders/<int:number>",
    "/staff/handover/confirmed",
    "/staff/patterns/explanation",  # tests/web/test_written_letters.py: the told cases have no pattern
    "/staff/quarantine/<reference>",
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
