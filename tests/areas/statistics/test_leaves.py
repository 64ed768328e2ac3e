"""Releases as leaves: whatever is changed in one afterwards, by whatever hand, is found; a place is given once."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from portal.foundation.database import transaction
from portal.foundation.time import at
from portal.statistics.leaves import changed_releases
from portal.statistics.models import FrozenTable
from tests.makers.cast import hire_everybody
from tests.makers.committed import Committed
from tests.makers.publishing import publish_years

pytestmark = pytest.mark.both


@pytest.fixture
def session(committed: Committed) -> Iterator[Session]:
    """A session over a year of releases."""
    with committed.session() as session, at(datetime(2026, 11, 6, 3, tzinfo=UTC)):
        with transaction(session):
            hire_everybody(session)
        publish_years(session, 1)
        session.rollback()
        yield session


def forge(session: Session, statement: str) -> None:
    """A change by somebody who owns the database: past the triggers."""
    tables = ("release", "release_cell", "privacy_ledger")
    with transaction(session):
        if session.get_bind().dialect.name == "sqlite":
            for table in tables:
                session.execute(text(f"DROP TRIGGER IF EXISTS {table}_append_only"))
                session.execute(text(f"DROP TRIGGER IF EXISTS {table}_no_delete"))
        else:
            for table in tables:
                session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        session.execute(text(statement))
    session.expire_all()


def test_every_release_is_a_leaf_of_its_own_and_right(session: Session) -> None:
    leaves = session.scalars(select(FrozenTable.leaf)).all()
    assert all(leaf is not None and len(leaf) == 32 for leaf in leaves)
    assert len(set(leaves)) == len(leaves) > 12
    session.expunge_all()
    assert changed_releases(session) == ([], len(leaves))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE release_cell SET value = value + 1 WHERE release_id = 3 AND position = 0",
        "UPDATE release_cell SET noisy = noisy - 1 WHERE release_id = 3 AND position = 0",
        "UPDATE release_cell SET margin = margin + 1 WHERE release_id = 3 AND position = 0",
        "UPDATE release_cell SET spread = spread + 0.000001 WHERE release_id = 3 AND position = 0",
        "UPDATE release_cell SET key = 'elsewhere' WHERE release_id = 3 AND position = 0",
        "DELETE FROM release_cell WHERE release_id = 3 AND position = 0",
        "UPDATE release SET parameters = '{}' WHERE id = 3",
        "UPDATE release SET code_version = 'x' WHERE id = 3",
        "UPDATE release SET period = '1999-01' WHERE id = 3",
        "UPDATE release SET frozen_at = '2026-01-01 00:00:00' WHERE id = 3",
        "UPDATE release SET salt = NULL WHERE id = 3",
        "UPDATE privacy_ledger SET shares = '{}' WHERE period = (SELECT period FROM release WHERE id = 3)"
        ' AND "table" = (SELECT "table" FROM release WHERE id = 3)',
    ],
)
def test_whatever_is_changed_is_found(session: Session, statement: str) -> None:
    count = len(session.scalars(select(FrozenTable.id)).all())
    forge(session, statement)
    row = session.get_one(FrozenTable, 3)
    assert changed_releases(session) == ([f"{row.period} {row.table}"], count - 1)


def test_a_release_from_before_the_leaves_is_left_out(session: Session) -> None:
    count = len(session.scalars(select(FrozenTable.id)).all())
    forge(session, "UPDATE release SET leaf = NULL, salt = NULL WHERE id = 3")
    assert changed_releases(session) == ([], count - 1)


def test_its_place_in_the_log_is_given_once_and_nothing_else_changes(session: Session) -> None:
    with transaction(session):
        session.execute(text("UPDATE release SET ledger_index = 7 WHERE id = 3"))
    for refused in (
        "UPDATE release SET ledger_index = 8 WHERE id = 3",
        "UPDATE release SET ledger_index = NULL WHERE id = 3",
        "UPDATE release SET ledger_index = 7 WHERE id = 4",
        "UPDATE release SET leaf = salt WHERE id = 4",
        "UPDATE release SET salt = NULL WHERE id = 4",
        "UPDATE release SET period = '1999-01' WHERE id = 4",
        "UPDATE release SET ledger_index = 9, code_version = 'x' WHERE id = 4",
        "DELETE FROM release WHERE id = 4",
    ):
        with pytest.raises(DatabaseError), transaction(session):
            session.execute(text(refused))
    assert session.scalar(select(FrozenTable.ledger_index).where(FrozenTable.id == 3)) == 7
