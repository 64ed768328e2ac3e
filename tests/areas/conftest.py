"""Databases for the areas' tests: as a rule one transaction on SQLite that is rolled back; marked `both`, on
PostgreSQL too. What is about transactions itself (races, jobs, triggers) gets a database of its own.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal.foundation.database import make_engine
from portal.reactions import react
from tests.makers.committed import Committed
from tests.makers.databases import FULL, KEYS, POSTGRESQL, SQLITE, Databases


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test marked `both` meets SQLite and PostgreSQL, any other SQLite only."""
    if "server" in metafunc.fixturenames:
        both = metafunc.definition.get_closest_marker("both") is not None
        metafunc.parametrize("server", [SQLITE, POSTGRESQL] if both else [SQLITE], scope="module")


@pytest.fixture(scope="module")
def engine(server: str, databases: Databases) -> Iterator[Engine]:
    """The module's copy of the migrated database with the catalogue of 2022."""
    url = databases.copy(server, FULL)
    engine = make_engine(url)
    yield engine
    engine.dispose()
    databases.drop(url)


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session inside one transaction that is rolled back. Its reactions run when a test settles them."""
    with engine.connect() as connection:
        outer = connection.begin()
        with Session(connection, expire_on_commit=False, info={"react": react}) as session:
            yield session
        outer.rollback()


@pytest.fixture
def committed(server: str, databases: Databases, tmp_path: Path) -> Iterator[Committed]:
    """A database and a key store of this test's own, for real transactions."""
    urls = databases.copy(server, FULL), databases.copy(SQLITE, KEYS)
    place = Committed(*urls, tmp_path)
    yield place
    place.close()
    for url in urls:
        databases.drop(url)
