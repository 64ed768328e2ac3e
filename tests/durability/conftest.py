"""A desk on each server, for races."""

from collections.abc import Iterator

import pytest
from flask_security.utils import hash_password

from portal import create_app
from portal.foundation.database import transaction
from portal.foundation.time import at
from portal.staff.accounts import set_password
from tests.durability.desks import PAIR, Desk, signed_in
from tests.makers.cast import hire_everybody
from tests.makers.committed import Committed
from tests.makers.databases import FULL, KEYS, POSTGRESQL, SQLITE, Databases
from tests.makers.days import MONDAY, instant
from tests.makers.settings import settings
from tests.web.installing import close
from tests.web.worlds import COMPILED, PASSWORD


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def desk(
    request: pytest.FixtureRequest, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    """On each server."""
    folder = tmp_path_factory.mktemp("races")
    urls = databases.copy(request.param, FULL), databases.copy(SQLITE, KEYS)
    place = Committed(*urls, folder)
    app = create_app(settings(folder, *urls, PORTAL_LIMITS="off"))
    app.jinja_env.bytecode_cache = COMPILED
    with at(instant(MONDAY)):
        with app.app_context(), place.session() as session, transaction(session):
            cast = hire_everybody(session)
            for login in PAIR:
                set_password(getattr(cast, login), PASSWORD, hash_password)
        yield Desk(app, place, {login: signed_in(app, login) for login in PAIR})
    close(app)
    place.close()
    for url in urls:
        databases.drop(url)
