"""The application as it is served, and the project's own files."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from portal import create_app
from portal.web.frame.database import db
from tests.makers.databases import FULL, KEYS, SQLITE, Databases
from tests.makers.settings import settings


@pytest.fixture(scope="session")
def app(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The whole application over a database with the catalogue and nobody in it."""
    urls = databases.copy(SQLITE, FULL), databases.copy(SQLITE, KEYS)
    app = create_app(settings(tmp_path_factory.mktemp("architecture"), *urls, PORTAL_LIMITS="off"))
    yield app
    with app.app_context():
        db.engine.dispose()
    app.extensions["portal"].key_store.close()


@pytest.fixture(scope="session")
def sources() -> dict[str, str]:
    """Every file of the project that is text, by its path from the root."""
    return dict(read(("portal", "templates", "migrations", "tests", "deploy", "static", "docs", "benchmarks", "")))


def read(folders: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The text files under these folders of the root, and those in the root itself for an empty name."""
    root = Path(__file__).resolve().parents[2]
    for folder in folders:
        for path in (root / folder).rglob("*") if folder else root.iterdir():
            if path.is_file() and path.suffix in TEXTS and "__pycache__" not in path.parts:
                yield str(path.relative_to(root)), path.read_text(encoding="utf-8")


TEXTS = {
    ".py",
    ".html",
    ".css",
    ".sh",
    ".md",
    ".toml",
    ".txt",
    ".csv",
    ".po",
    ".json",
    ".svg",
    ".mako",
    ".cfg",
    ".yaml",
}
