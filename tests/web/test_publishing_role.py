"""Pages and files on PostgreSQL: made under the role that sees no case, and the same as on SQLite."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event

from portal import create_app
from portal.foundation.publishing import ROLE
from portal.web.frame.database import db
from tests.makers.committed import Committed
from tests.makers.databases import FULL, KEYS, POSTGRESQL, SQLITE, Databases
from tests.makers.filings import a_delay
from tests.makers.publishing import publish_years
from tests.makers.settings import settings
from tests.web.installing import close
from tests.web.test_published_bytes import FILES, PAGES
from tests.web.worlds import HOST

pytestmark = pytest.mark.both


@pytest.fixture
def app(databases: Databases, server: str, tmp_path: Path, monday: None) -> Iterator[Flask]:
    """An application with two years of releases and a report."""
    urls = databases.copy(server, FULL), databases.copy(SQLITE, KEYS)
    place = Committed(*urls, tmp_path)
    with place.session() as session:
        publish_years(session)
    place.file(a_delay())
    app = create_app(settings(tmp_path, *urls, PORTAL_LIMITS="off"))
    yield app
    close(app)
    place.close()
    for url in urls:
        databases.drop(url)


def test_everything_is_made_under_the_role(app: Flask, server: str) -> None:
    asked: list[str] = []
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", lambda *one: asked.append(one[2]))
    client = app.test_client(use_cookies=False)
    for address in (*PAGES, *FILES, "/statistics?lang=en", "/statistics/bodies?lang=en", "/open-data?lang=en"):
        asked.clear()
        assert client.get(address, base_url=HOST).status_code == 200, address
        taken = [one for one in asked if one == f"SET LOCAL ROLE {ROLE}"]
        assert len(taken) == (2 if server == POSTGRESQL else 0), asked  # for the marks, and for the answer
        if server == POSTGRESQL:
            assert asked[0] in taken, address
    for address in ("/statistics/bodies/nothing", "/open-data/1999-Q1/area_quarter.csv"):
        assert client.get(address, base_url=HOST).status_code == 404, address
    assert client.get("/", base_url=HOST).status_code == 200
    assert client.get("/report", base_url=HOST).status_code == 200
