"""Databases for the areas' tests: as a rule one transaction on SQLite that is rolled back; marked `both`, on
PostgreSQL too. What is about transactions itself (races, jobs, triggers) gets a database of its own.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal.foundation.database import make_engine
from tests.makers.committed import Committed
from tests.makers.databases import FULL, KEYS, POSTGRESQL, SQLITE, Databases, rolled_back


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
    """A session inside one transaction that is rolled back."""
    with rolled_back(engine) as session:
        yield session


@pytest.fixture
def committed(server: str, databases: Databases, tmp_path: Path) -> Iterator[Committed]:
    """A database and a key store of this test's own, for real transactions."""
    urls = databases.copy(server, FULL), databases.copy(SQLITE, KEYS)
    place = Committed(*urls, tmp_path)
    yield place
    place.close()
    for url in urls:
        databases.drop(url)
