"""An empty database, one rolled-back transaction a test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

import portal.catalogue.models  # noqa: F401 (makes the tables known)
from portal.foundation.database import Base, make_engine


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A session over the catalogue's tables; nothing it does is kept."""
    engine = make_engine(f"sqlite:///{tmp_path / 'catalogue.sqlite'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
        session.rollback()
    engine.dispose()
