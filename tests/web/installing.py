"""Portals to visit: an application over copied databases, in which everybody is hired and the vault stands."""

import itertools
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from flask import Flask
from flask_security.utils import hash_password
from sqlalchemy import func, select
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
DATABASE, KEY_STORE = "portal.sqlite", "keys.sqlite"


class Portal:
    """One installation: its application, and what a test wants to know of its databases."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.place = Committed(f"sqlite:///{folder / DATABASE}", f"sqlite:///{folder / KEY_STORE}", folder)
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
        """Every byte of the two databases, once what waits beside them is written into them."""
        for name in (DATABASE, KEY_STORE):
            with closing(sqlite3.connect(self.folder / name)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return b"".join((self.folder / name).read_bytes() for name in (DATABASE, KEY_STORE))

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


class Installations:
    """Makes portals in milliseconds, by copying one that was made by the real actions."""

    def __init__(self, databases: Databases, folder: Path) -> None:
        self._folder, self._numbers = folder, itertools.count()
        for name, source in ((DATABASE, databases.copy(SQLITE, FULL)), (KEY_STORE, databases.copy(SQLITE, KEYS))):
            (folder / "bare").mkdir(exist_ok=True)
            shutil.copyfile(source.removeprefix("sqlite:///"), folder / "bare" / name)
            databases.drop(source)
        self._hire(folder / "bare")
        shutil.copytree(folder / "bare", folder / "ready")
        self._make_vault(folder / "ready")

    def new(self, *, vault: bool = True, **settings: str) -> Portal:
        """A portal of a test's own; without a vault it can take no identity."""
        folder = self._folder / str(next(self._numbers))
        folder.mkdir()
        for name in (DATABASE, KEY_STORE):
            shutil.copyfile(self._folder / ("ready" if vault else "bare") / name, folder / name)
        return Portal(folder, **settings)

    def remove(self, portal: Portal) -> None:
        """Closes a portal and removes its files."""
        portal.close()
        shutil.rmtree(portal.folder, ignore_errors=True)

    @staticmethod
    def _hire(folder: Path) -> None:
        portal = Portal(folder)
        with portal.place.session() as session, portal.app.app_context(), transaction(session):
            people = list(vars(hire_everybody(session)).values())
            people += [hire(session, role.value, agency, role, name="Trần Thị Một") for role, agency in OTHERS.items()]
            hashed = hash_password(PASSWORD)
            for account in people:
                set_password(account, PASSWORD, lambda _: hashed)
        portal.close()

    @staticmethod
    def _make_vault(folder: Path) -> None:
        portal = Portal(folder)
        with portal.place.session() as session, transaction(session):
            hanh = portal.account(session, "hanh")
            create_body_key(session, hanh.agency_id, {hanh.id: PASSPHRASE}, LOWEST)
        portal.close()
