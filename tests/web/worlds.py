"""Whole installations that are alike but for what a test varies: same instants, same references, same salts.

What is drawn in a world follows from the act's name, the place in the code and how often it drew there, so an
act more in one world moves nothing in the others, save what the database itself counts on: the row numbers.
"""

import hashlib
import re
import secrets
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_security.utils import hash_password
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import make_url
from sqlalchemy.orm import Session

from config import Testing
from portal import create_app
from portal.cases import actions
from portal.cases.casefile import CaseFile
from portal.cases.filing import Filing
from portal.cases.queries import file_by_code
from portal.cases.queue import queue_page
from portal.cases.receipts import code_hash
from portal.foundation.database import transaction
from portal.foundation.time import at
from portal.identity.contact import Contact
from portal.identity.vault import create_body_key
from portal.identity.wrapping import LOWEST
from portal.intake.contacts import sealed_contact
from portal.jobs.queue import note_seen
from portal.staff.accounts import set_password, staff_by_login
from portal.staff.roles import Role
from portal.web.frame.database import db
from tests.makers.cast import CITY, OFFICE, PROVINCE, hire, hire_everybody, viewer_for
from tests.makers.committed import Committed
from tests.makers.databases import FULL, KEYS, SQLITE, Databases
from tests.makers.days import MONDAY, instant
from tests.makers.settings import CODE_KEY

FRIDAY = instant(MONDAY) + timedelta(days=4)
SHORT_PAGE = 4
HOST = "https://portal.test"
PASSWORD = "một mật khẩu đủ dài"
PASSPHRASE = "ba quả hồng chín đỏ"
# Beside the cast: whoever leads the bodies that a report is about, somebody above both, and who sits at the counter.
LEADERS = {
    "chu": (CITY, Role.AGENCY_HEAD),
    "truong": (OFFICE, Role.AGENCY_HEAD),
    "tinh": (PROVINCE, Role.AGENCY_OFFICER),
    "quay": (OFFICE, Role.COUNTER_OFFICER),
}
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Draws:
    """Stands in for the system's randomness while worlds are built and walked through."""

    def __init__(self) -> None:
        self.start("before everything")

    def start(self, act: str) -> None:
        """From here on what is drawn belongs to this act."""
        self._act, self._count = act, Counter[str]()

    def token_bytes(self, nbytes: int | None = None) -> bytes:
        """As in `secrets`, which the other functions there are made of."""
        frame = sys._getframe(1)
        while frame.f_globals["__name__"] == secrets.__name__ and frame.f_back is not None:
            frame = frame.f_back
        place = f"{frame.f_globals['__name__']}.{frame.f_code.co_qualname}"
        self._count[place] += 1
        seed = f"{self._act}|{place}|{self._count[place]}"
        return hashlib.shake_256(seed.encode()).digest(32 if nbytes is None else nbytes)


@contextmanager
def drawn_alike() -> Iterator[Draws]:
    """Puts the stand-in in the place of randomness."""
    draws = Draws()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(secrets, "token_bytes", draws.token_bytes)
        patch.setattr("nacl.utils.random", draws.token_bytes)
        patch.setattr("nacl.secret.random", draws.token_bytes)
        yield draws


class Compiled(BytecodeCache):
    """Templates as they were compiled for the first world."""

    def __init__(self) -> None:
        self._codes: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Gives what is there."""
        if bucket.key in self._codes:
            bucket.bytecode_from_string(self._codes[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps what was made."""
        self._codes[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


class Ground:
    """An application over databases in which everybody is hired. The next world finds them as they were."""

    def __init__(self, databases: Databases, folder: Path, draws: Draws) -> None:
        self.place = Committed(databases.copy(SQLITE, FULL), databases.copy(SQLITE, KEYS), folder)
        self.app: Flask = create_app(Testing(self.place.environment(PORTAL_LIMITS="off")))
        self.app.jinja_env.bytecode_cache = COMPILED
        self._files = [Path(str(make_url(url).database)) for url in (self.place.url, self.place.keys_url)]
        draws.start("hiring")
        with self.place.session() as session, self.app.app_context(), transaction(session):
            _hire_all(session)
        self._leave()
        self._contents = [file.read_bytes() for file in self._files]

    def _leave(self) -> None:
        """Closes every connection, which also brings what SQLite has logged into the files."""
        with self.app.app_context():
            db.engine.dispose()
        self.app.extensions["portal"].key_store.close()
        self.place.close()

    def clear(self) -> None:
        """Puts the databases back."""
        self._leave()
        for file, contents in zip(self._files, self._contents, strict=True):
            # New files: a connection that an answer still holds writes what it logged into the old ones.
            for beside in ("-wal", "-shm", ""):
                file.with_name(file.name + beside).unlink(missing_ok=True)
            file.write_bytes(contents)


def _hire_all(session: Session) -> None:
    cast = hire_everybody(session)
    for login, (agency, role) in LEADERS.items():
        hire(session, login, agency, role)
    create_body_key(session, cast.minh.agency_id, {cast.hanh.id: PASSPHRASE}, LOWEST)
    hashed = hash_password(PASSWORD)
    for login in (*vars(cast), *LEADERS):
        staff = staff_by_login(session, login)
        assert staff is not None
        set_password(staff, PASSWORD, lambda _: hashed)


class World:
    """One installation and what happens there."""

    def __init__(self, ground: Ground, draws: Draws) -> None:
        self.draws, self.place, self.app = draws, ground.place, ground.app
        self.references: dict[str, str] = {}
        self._codes: dict[str, str] = {}

    @contextmanager
    def act(self, name: str, days: int = 0) -> Iterator[Session]:
        """One act of the story, so many days after Monday, nine o'clock."""
        self.draws.start(name)
        with at(instant(MONDAY) + timedelta(days=days)), self.place.session() as session:
            yield session

    def file(self, case: str, filing: Filing, days: int = 0) -> None:
        """Somebody files a report, by the real submission."""
        with self.act(f"{case}: filed", days):
            receipt = self.place.file(filing, f"the idempotency key of {case}")
        self._codes[case] = receipt.code
        with self.place.session() as session:
            self.references[case] = self._file(session, case).case.reference

    def staff(self, case: str, login: str, move: str, days: int, **arguments: object) -> None:
        """Somebody who works here makes a move with a case."""
        with self.act(f"{case}: {login} {move} on day {days}", days) as session, transaction(session):
            staff = staff_by_login(session, login)
            assert staff is not None
            file, viewer = self._file(session, case), viewer_for(session, staff)
            getattr(actions, move)(session, file, staff, viewer, **arguments)

    def reporter(self, case: str, move: str, days: int, **arguments: object) -> None:
        """The reporter does something with the receipt code."""
        with self.act(f"{case}: reporter {move} on day {days}", days) as session, transaction(session):
            getattr(actions, move)(session, self._file(session, case), **arguments)

    def contact(self, case: str, contact: Contact, days: int, number: int) -> None:
        """The reporter gives a contact, or another one."""
        with self.act(f"{case}: contact {number} on day {days}", days) as session:
            uid = self._file(session, case).report.uid
            sealed = sealed_contact(self.place.key_store, self.place.secrets, uid, contact)
            with transaction(session):
                actions.give_contact(session, self._file(session, case), sealed)

    def code(self, case: str) -> str:
        """The receipt code of a case."""
        return self._codes[case]

    def look(self, case: str, read: Callable[[CaseFile], str]) -> str:
        """What an inspector reads of a case."""
        with self.place.session() as session:
            return read(self._file(session, case))

    def _file(self, session: Session, case: str) -> CaseFile:
        file = file_by_code(session, code_hash(CODE_KEY, self._codes[case]))
        assert file is not None
        return file

    def worker_looks_in(self, days: int) -> None:
        """The worker says that it is there, so that /readyz answers as in daily life."""
        with self.act("worker", days) as session:
            note_seen(session)

    def sign_in(self, login: str) -> FlaskClient:
        """A browser in which somebody has signed in."""
        client = self.app.test_client()
        page = client.get("/staff/sign-in", base_url=HOST)
        form = {"login": login, "password": PASSWORD, "csrf_token": token_in(page.text)}
        answer = client.post("/staff/sign-in", base_url=HOST, data=form)
        assert answer.status_code == 302, answer.text
        return client


Worlds = Callable[[], World]
_cleared: list[Ground] = []  # making one costs as much as a hundred pages


@contextmanager
def together(databases: Databases, folder: Path) -> Iterator[Worlds]:
    """Makes worlds that stand side by side, with short pages in their queues; it is Friday in all of them.

    In their stories one text is told again and again, which is no spam.
    """
    used: list[Ground] = []
    with drawn_alike() as draws, at(FRIDAY), pytest.MonkeyPatch.context() as patch:
        patch.setitem(queue_page.__kwdefaults__ or {}, "size", SHORT_PAGE)
        patch.setattr("portal.cases.suspect.SHORTEST", 10_000)

        def new() -> World:
            used.append(_cleared.pop() if _cleared else Ground(databases, folder, draws))
            return World(used[-1], draws)

        yield new
    for ground in used:
        ground.clear()
        _cleared.append(ground)


def token_in(page: str) -> str:
    """The CSRF token of a page's forms."""
    found = _TOKEN.search(page)
    assert found, "no form on this page"
    return found[1]
