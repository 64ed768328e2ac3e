"""A migrated database without a catalogue."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from portal.foundation.database import make_engine
from tests.makers.databases import BARE, Databases


@pytest.fixture(scope="module")
def engine(server: str, databases: Databases) -> Iterator[Engine]:
    """The module's copy; what a test imports is rolled back."""
    url = databases.copy(server, BARE)
    engine = make_engine(url)
    yield engine
    engine.dispose()
    databases.drop(url)
