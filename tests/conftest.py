"""What every test stands on: repeatable examples, settings of its own, never a file under instance/."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from tests.makers.databases import Databases
from tests.makers.settings import forget_environment

hypothesis.settings.register_profile("repeatable", derandomize=True, deadline=None, database=None)
hypothesis.settings.load_profile("repeatable")
forget_environment(os.environ)

TEMPLATES = pytest.StashKey[str]()


def pytest_configure(config: pytest.Config) -> None:
    """One folder a run for the templates of databases: the workers are told of it, and it goes with the run."""
    told = getattr(config, "workerinput", None)
    if told is not None:
        config.stash[TEMPLATES] = told["templates"]
        return
    folder = config.stash[TEMPLATES] = tempfile.mkdtemp(prefix="portal-templates-")
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """A worker is about to start."""
    node.workerinput["templates"] = node.config.stash[TEMPLATES]


@pytest.fixture(scope="session")
def databases(pytestconfig: pytest.Config) -> Iterator[Databases]:
    """Migrated databases to copy; the PostgreSQL server starts when the first test asks for it."""
    made = Databases(Path(pytestconfig.stash[TEMPLATES]))
    yield made
    made.close()
