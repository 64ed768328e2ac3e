"""The whole application for tests of its pages: made once a worker, with databases that start afresh each time."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from flask_security.utils import hash_password
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal import create_app
from portal.cases.casefile import CaseFile
from portal.cases.queries import file_by_code
from portal.cases.receipts import code_hash
from portal.foundation.database import make_engine, transaction
from portal.identity.keystore import open_key_store
from portal.identity.models import BodyKey, BodyKeyShare
from portal.identity.vault import create_body_key
from portal.identity.wrapping import LOWEST
from portal.staff.accounts import set_password
from portal.staff.models import Staff
from portal.web.frame.database import db
from tests.makers.cases import Story
from tests.makers.cast import Cast, hire_everybody
from tests.makers.committed import Committed
from tests.makers.databases import FULL, KEYS, SQLITE, Databases
from tests.makers.settings import CODE_KEY, settings

PASSWORD = "mười hai ký tự trở lên"
PASSPHRASE = "bốn con trâu ngoài đồng"


def _file(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


class Portal:
    """An application, and hands behind its back: sessions of their own over the same databases."""

    def __init__(self, databases: Databases, folder: Path, **more: str) -> None:
        self.place = Committed(databases.copy(SQLITE, FULL), databases.copy(SQLITE, KEYS), folder)
        self.app: Flask = create_app(
            settings(folder, self.place.url, self.place.keys_url, **{"PORTAL_LIMITS": "off", **more})
        )
        self._hire()
        self._kept = {path: path.with_suffix(".kept") for path in map(_file, (self.place.url, self.place.keys_url))}
        self._let_go()
        for path, kept in self._kept.items():
            shutil.copyfile(path, kept)

    def _hire(self) -> None:
        with self.app.app_context(), self.place.session() as session, transaction(session):
            cast, hashed = hire_everybody(session), hash_password(PASSWORD)
            for staff in cast.everybody:
                set_password(staff, PASSWORD, lambda _: hashed)
            create_body_key(session, cast.minh.agency_id, {cast.hanh.id: PASSPHRASE}, LOWEST)

    def start_afresh(self) -> None:
        """Puts the databases back to how they were: people hired, the vault made, no report."""
        self._let_go()
        for path, kept in self._kept.items():
            for beside in ("-wal", "-shm"):
                Path(f"{path}{beside}").unlink(missing_ok=True)
            shutil.copyfile(kept, path)
        self.place.engine = make_engine(self.place.url)
        self.place.key_store = open_key_store(self.place.keys_url)

    def close(self) -> None:
        """Gives everything back."""
        self._let_go()

    def _let_go(self) -> None:
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()
        self.app.extensions["portal"].key_store.engine.dispose()
        self.place.close()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction, with its reactions, as at the edge."""
        with self.place.session() as session, transaction(session):
            yield session

    @contextmanager
    def story(self, code: str) -> Iterator[tuple[Story, CaseFile]]:
        """One transaction in which the staff moves the case of a receipt code."""
        with self.writing() as session:
            yield Story(session, self.cast(session)), self.file(session, code)

    def cast(self, session: Session) -> Cast:
        """Who works here, in a session."""
        people = {staff.login: staff for staff in session.scalars(select(Staff))}
        return Cast(**{name: people[name] for name in Cast.__annotations__})

    def file(self, session: Session, code: str) -> CaseFile:
        """The case of a receipt code."""
        found = file_by_code(session, code_hash(CODE_KEY, code))
        assert found is not None
        return found

    def lose_the_vault(self) -> None:
        """As before `vault init`."""
        with self.writing() as session:
            session.execute(delete(BodyKeyShare))
            session.execute(delete(BodyKey))
