"""Portals to visit: an application over copied databases, in which everybody is hired and the vault stands."""

import itertools
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from flask import Flask
from flask_security.utils import hash_password
from sqlalchemy import create_engine, func, inspect, make_url, select, text
from sqlalchemy.orm import Session

from config import Testing
from portal import create_app
from portal.cases import actions
from portal.cases.casefile import CaseFile
from portal.cases.filing import Filing
from portal.cases.queries import file_by_code
from portal.cases.receipts import code_hash
from portal.foundation.database import Base, transaction
from portal.identity.vault import create_body_key
from portal.identity.wrapping import LOWEST
from portal.staff.accounts import set_password, staff_by_login
from portal.staff.models import Staff
from portal.staff.roles import Role
from portal.web.frame.database import db
from portal.web.frame.limits import limiter
from tests.makers.cast import CITY, PROVINCE, hire, hire_everybody, viewer_for
from tests.makers.committed import Committed
from tests.makers.databases import FULL, KEYS, SQLITE, Databases
from tests.makers.settings import CODE_KEY
from tests.web.worlds import COMPILED, PASSPHRASE, PASSWORD

# Beside the cast, one account for each role that nobody of the cast has. Its login is the role's word.
OTHERS = {
    Role.COUNTER_OFFICER: CITY,
    Role.AGENCY_HEAD: CITY,
    Role.COORDINATOR: PROVINCE,
    Role.COUNCIL_OBSERVER: PROVINCE,
    Role.FRONT_OBSERVER: PROVINCE,
    Role.ASSESSOR: PROVINCE,
    Role.EDITOR: PROVINCE,
    Role.LEADER: PROVINCE,
}
DATABASE = f"{FULL}.sqlite"  # in a portal's folder


class Portal:
    """One installation: its application, and what a test wants to know of its databases."""

    def __init__(self, folder: Path, url: str, keys_url: str, **settings: str) -> None:
        self.folder = folder
        self.place = Committed(url, keys_url, folder)
        self.app = self.application(**settings)

    def application(self, **settings: str) -> Flask:
        """An application over these databases. (The limiter is one for the whole process: the last one rules.)"""
        app = create_app(Testing(self.place.environment(**{"PORTAL_LIMITS": "off", **settings})))
        app.jinja_env.bytecode_cache = COMPILED
        return app

    def count(self, table: type[Base]) -> int:
        """How many rows a table has."""
        with self.place.session() as session:
            return session.scalar(select(func.count()).select_from(table)) or 0

    def file(self, filing: Filing, key: str = "an idempotency key of a test") -> str:
        """Files a report without the web and gives its receipt code."""
        return self.place.file(filing, key).code

    @contextmanager
    def look(self, code: str) -> Iterator[tuple[Session, CaseFile]]:
        """The case of a receipt code, to be read."""
        with self.place.session() as session:
            yield session, self._case(session, code)

    def reference(self, code: str) -> str:
        """What staff call the case of a receipt code."""
        with self.look(code) as (_, file):
            return file.case.reference

    def staff(self, code: str, login: str, move: str, **arguments: object) -> None:
        """Somebody who works here makes a move with a case."""
        with self.place.session() as session, transaction(session):
            file, account = self._case(session, code), self.account(session, login)
            getattr(actions, move)(session, file, account, viewer_for(session, account), **arguments)

    def account(self, session: Session, login: str) -> Staff:
        """The account of a login."""
        account = staff_by_login(session, login)
        assert account is not None, login
        return account

    def _case(self, session: Session, code: str) -> CaseFile:
        file = file_by_code(session, code_hash(CODE_KEY, code))
        assert file is not None, "no case has this code"
        return file

    def stored(self) -> bytes:
        """Every byte of the two databases, once what waits is written into them; on PostgreSQL every row."""
        urls = self.place.url, self.place.keys_url
        if make_url(self.place.url).get_backend_name() != SQLITE:
            return b"".join(map(_every_row, urls))
        files = [Path(str(make_url(url).database)) for url in urls]
        for file in files:
            with closing(sqlite3.connect(file)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return b"".join(file.read_bytes() for file in files)

    def close(self) -> None:
        """Gives everything back."""
        close(self.app)
        self.place.close()
        limiter.enabled = False


def close(app: Flask) -> None:
    """Gives an application's connections back."""
    with app.app_context():
        db.engine.dispose()
    app.extensions["portal"].key_store.close()


def _every_row(url: str) -> bytes:
    engine = create_engine(url)
    with engine.connect() as connection:
        tables = sorted(inspect(connection).get_table_names())
        rows = [
            row
            for table in tables
            for row in connection.scalars(text(f'SELECT one::text FROM "{table}" AS one ORDER BY 1'))  # noqa: S608
        ]
    engine.dispose()
    return "\n".join(rows).encode()


class Installations:
    """Makes portals in milliseconds, by copying one that was made by the real actions."""

    def __init__(self, databases: Databases, folder: Path, server: str = SQLITE) -> None:
        self._databases, self._folder, self._numbers = databases, folder, itertools.count()
        self._bare = (databases.copy(server, FULL), databases.copy(server, KEYS))
        self._hire()
        self._ready = self._cloned(self._bare, folder / "ready")
        self._make_vault()

    def new(self, *, vault: bool = True, **settings: str) -> Portal:
        """A portal of a test's own; without a vault it can take no identity."""
        folder = self._folder / str(next(self._numbers))
        return Portal(folder, *self._cloned(self._ready if vault else self._bare, folder), **settings)

    def remove(self, portal: Portal) -> None:
        """Closes a portal and removes its databases and files."""
        portal.close()
        for url in (portal.place.url, portal.place.keys_url):
            if make_url(url).get_backend_name() != SQLITE:
                self._databases.drop(url)
        shutil.rmtree(portal.folder, ignore_errors=True)

    def _cloned(self, urls: tuple[str, str], folder: Path) -> tuple[str, str]:
        folder.mkdir()
        return self._databases.clone(urls[0], folder), self._databases.clone(urls[1], folder)

    def _hire(self) -> None:
        portal = Portal(self._folder, *self._bare)
        with portal.place.session() as session, portal.app.app_context(), transaction(session):
            people = list(vars(hire_everybody(session)).values())
            people += [hire(session, role.value, agency, role, name="Trần Thị Một") for role, agency in OTHERS.items()]
            hashed = hash_password(PASSWORD)
            for account in people:
                set_password(account, PASSWORD, lambda _: hashed)
        portal.close()

    def _make_vault(self) -> None:
        portal = Portal(self._folder, *self._ready)
        with portal.place.session() as session, transaction(session):
            hanh = portal.account(session, "hanh")
            create_body_key(session, hanh.agency_id, {hanh.id: PASSPHRASE}, LOWEST)
        portal.close()
