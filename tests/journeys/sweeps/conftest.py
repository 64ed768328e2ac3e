"""The portals past which the sweeps walk: every module has its own, so that modules can run side by side."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.cases.hearing_models import Hearing
from portal.cases.routing_changes import propose
from portal.catalogue.queries import agency_by_code
from portal.foundation.database import transaction
from portal.foundation.time import at, today
from portal.staff.models import Staff
from tests.journeys.conftest import Site
from tests.journeys.installing import open_accounts
from tests.journeys.serving import Server
from tests.journeys.sweeps.walking import Served
from tests.journeys.told_at_work import AT_WORK
from tests.journeys.told_cases import references, tell
from tests.makers.committed import Committed
from tests.makers.databases import FULL, KEYS, SQLITE, Databases
from tests.makers.days import MONDAY, instant
from tests.makers.publishing import publish_years


@pytest.fixture(scope="module")
def settings_of_site() -> dict[str, str]:
    """Nobody else asks for so many pages in a minute, or files so many reports."""
    return {"PORTAL_LIMITS": "off"}


@pytest.fixture(scope="module")
def public(site: Site, databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The portal with cases at every stage; and one whose views fail, with limits."""
    codes = tell(site.place)
    with site.place.session() as session, at(instant(MONDAY)):
        publish_years(session)
    folder = tmp_path_factory.mktemp("faulty")
    place = Committed(databases.copy(SQLITE, FULL), databases.copy(SQLITE, KEYS), folder)
    open_accounts(place)
    environment = place.environment(PORTAL_CLOCK=instant(MONDAY).isoformat())
    faulty = Server(environment, folder / "server.log", worker=False, application="tests.journeys.faulty:faulty()")
    faulty.start()
    plain = site.server.origin
    yield Served(
        {"plain": plain, "signed-in": plain, "at-work": plain, "leaving": plain, "faulty": faulty.origin}, codes
    )
    faulty.kill()
    place.close()


@pytest.fixture(scope="module")
def told(site: Site) -> dict[str, str]:
    """What stands in braces in the stops' paths: cases by their stories, accounts by logins, a body, a proposal."""
    cases = references(site.place, tell(site.place, AT_WORK))
    with site.place.session() as session:
        accounts = {row.login: str(row.id) for row in session.scalars(select(Staff))}
        body = agency_by_code(session, "H-HA", today())
        hearing = session.scalars(select(Hearing.key)).one()
    with site.place.session() as session, at(instant(MONDAY)), transaction(session):
        ends = propose(session, "online_service", {}, today() + timedelta(days=10), by_login="an").id
    assert body is not None
    return cases | accounts | {"body": str(body.id), "proposal": str(ends), "hearing": hearing}
