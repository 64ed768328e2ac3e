"""What every test stands on: repeatable examples, settings of its own, never a file under instance/."""

import os
from collections.abc import Iterator

import hypothesis
import pytest

from tests.makers.databases import Databases
from tests.makers.settings import forget_environment

hypothesis.settings.register_profile("repeatable", derandomize=True, deadline=None, database=None)
hypothesis.settings.load_profile("repeatable")
forget_environment(os.environ)


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    """Migrated databases to copy; the PostgreSQL server starts when the first test asks for it."""
    made = Databases()
    yield made
    made.close()
