"""Publishing on PostgreSQL: under a role that sees no case, and afterwards the connection is its own again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import DBAPIError, ProgrammingError
from sqlalchemy.orm import Session

from portal.cases.models import Report
from portal.catalogue.models import Agency
from portal.foundation.database import end_reading, make_engine, reading, transaction
from portal.foundation.publishing import ROLE, publishing
from portal.tables import metadata
from tests.makers.committed import Committed
from tests.makers.databases import EMPTY, FULL, KEYS, POSTGRESQL, SQLITE, Databases, migrate
from tests.makers.filings import a_delay

PUBLIC = {  # what may be read; everything else may not
    "agency",
    "agency_function",
    "catalogue_version",
    "category",
    "dossier_count",
    "principle",
    "privacy_ledger",
    "release",
    "release_cell",
    "uptime",
}


@pytest.fixture
def place(databases: Databases, tmp_path: Path) -> Iterator[Committed]:
    """A portal on PostgreSQL, with a report in it."""
    urls = databases.copy(POSTGRESQL, FULL), databases.copy(SQLITE, KEYS)
    place = Committed(*urls, tmp_path)
    place.file(a_delay())
    yield place
    place.close()
    for url in urls:
        databases.drop(url)


@pytest.fixture
def session(place: Committed) -> Iterator[Session]:
    """As the web framework makes them."""
    with Session(place.engine, expire_on_commit=False, info={"reads_first": True}) as session:
        yield session


def role_of(session: Session) -> str:
    """Under which role a statement runs."""
    return str(session.scalar(text("SELECT current_user")))


def test_no_table_can_be_read_but_what_is_public(session: Session) -> None:
    assert metadata.tables.keys() > PUBLIC
    for table in metadata.tables.keys() - PUBLIC:
        with pytest.raises(ProgrammingError, match=f"permission denied for table {table}"), publishing(session):
            session.execute(text(f'SELECT count(*) FROM "{table}"'))  # noqa: S608 (names of our own tables)
    with publishing(session):
        for table in PUBLIC:
            session.execute(text(f'SELECT count(*) FROM "{table}"'))  # noqa: S608


def test_nothing_can_be_written(session: Session) -> None:
    for table in PUBLIC:
        with pytest.raises(ProgrammingError, match="permission denied"), publishing(session):
            session.execute(text(f'DELETE FROM "{table}"'))  # noqa: S608


def test_afterwards_the_connection_is_its_own_again(session: Session) -> None:
    own = role_of(session)
    pid = session.scalar(text("SELECT pg_backend_pid()"))
    assert own != ROLE
    with publishing(session):
        assert role_of(session) == ROLE
        with publishing(session):  # of one view in another
            assert role_of(session) == ROLE
        assert role_of(session) == ROLE
    assert role_of(session) == own
    for error in (ValueError, KeyboardInterrupt):
        with pytest.raises(error), publishing(session):
            assert role_of(session) == ROLE
            raise error
        assert role_of(session) == own
    with pytest.raises(DBAPIError), publishing(session):
        session.execute(text("SELECT nothing"))
    assert role_of(session) == own
    assert session.scalar(text("SELECT pg_backend_pid()")) == pid
    assert session.query(Report).count() == 1


def test_from_reading_without_a_transaction_and_back(session: Session) -> None:
    own = reading(session).scalar(text("SELECT current_user"))
    with publishing(session):
        assert reading(session).scalar(text("SELECT current_user")) == ROLE
        end_reading(session)
        assert role_of(session) == ROLE
    assert reading(session).scalar(text("SELECT current_user")) == own
    assert reading(session).get_execution_options()["isolation_level"] == "AUTOCOMMIT"


def test_not_together_with_writing(session: Session) -> None:
    with publishing(session), pytest.raises(RuntimeError), transaction(session):
        pass
    with transaction(session), pytest.raises(RuntimeError), publishing(session):
        pass
    session.add(Agency())
    with pytest.raises(RuntimeError), publishing(session):
        pass


def test_an_account_that_may_make_no_roles_is_told_what_to_do(databases: Databases) -> None:
    """It stops before anything is changed; after an administrator has done it, it goes on."""
    address = make_url(databases.copy(POSTGRESQL, EMPTY))
    url = address.set(username="weak").render_as_string(hide_password=False)
    admin = create_engine(address, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        for statement in ("CREATE ROLE weak LOGIN", f'ALTER DATABASE "{address.database}" OWNER TO weak'):
            connection.execute(text(statement))
        with pytest.raises(DBAPIError, match=f"An administrator of the server runs, once: CREATE ROLE {ROLE} NOLOGIN"):
            migrate(url)
        connection.execute(text(f"GRANT {ROLE} TO weak"))
    migrate(url)
    engine = make_engine(url)
    with Session(engine) as session:
        with publishing(session):
            assert role_of(session) == ROLE
        assert role_of(session) == "weak"
    engine.dispose()
    admin.dispose()
    databases.drop(address.render_as_string(hide_password=False))
