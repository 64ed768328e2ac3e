"""Sixty people file by pages and API, are told the news, are backed up: no file holds a word of who they are.

With sealing switched off the same search finds every one of them.
"""

import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import func, make_url, select

from portal.cases.models import Report
from portal.notices.models import Notice
from tests.areas.identity.canaries import forms
from tests.canaries.people import CANARIES, Canary
from tests.canaries.searching import Found, Search
from tests.canaries.visiting import file_by_api, file_by_pages
from tests.journeys.installing import open_accounts
from tests.journeys.serving import Server
from tests.makers.committed import Committed
from tests.makers.databases import FULL, KEYS, SQLITE, Databases
from tests.makers.relay import Relay

SEARCH = Search(word for person in CANARIES for word in person.words)
# What a web server's log usually holds, less the address, which nobody needs.
LOGGED = """--access-logfile - --access-logformat '%(t)s "%(r)s" %(s)s %(b)s "%(f)s" "%(a)s"' --capture-output"""


@dataclass
class Instance:
    """A fresh instance folder, and the folder on the memory file system that goes with it."""

    place: Committed
    runtime: Path

    @property
    def folders(self) -> tuple[Path, Path]:
        """Everything that a thief of this machine's disks and memory file system would have."""
        return self.place.folder, self.runtime


@pytest.fixture
def instance(databases: Databases, tmp_path: Path) -> Iterator[Instance]:
    """As `make run` makes it: both databases under one folder, migrated, with a catalogue, accounts and a vault."""
    urls = []
    for contents, name in ((FULL, "portal.sqlite"), (KEYS, "keys.sqlite")):
        shutil.copyfile(str(make_url(databases.copy(SQLITE, contents)).database), tmp_path / name)
        urls.append(f"sqlite:///{tmp_path / name}")
    place = Committed(urls[0], urls[1], tmp_path)
    open_accounts(place)
    memory = Path("/dev/shm")  # noqa: S108 (where the portal itself puts it)
    runtime = Path(tempfile.mkdtemp(prefix="portal-canaries-", dir=memory if memory.is_dir() else None))
    yield Instance(place, runtime)
    place.close()
    shutil.rmtree(runtime)


@contextmanager
def served(instance: Instance, application: str = "wsgi:app", **more: str) -> Iterator[Server]:
    """The instance behind a proxy, with its limits on, its log and its temporary files in its folder."""
    folder = instance.place.folder
    (folder / "tmp").mkdir()
    environment = instance.place.environment(
        PORTAL_PROXIES="1",
        PORTAL_RUNTIME_DIR=str(instance.runtime),
        TMPDIR=str(folder / "tmp"),
        GUNICORN_CMD_ARGS=LOGGED,
        **more,
    )
    server = Server(environment, folder / "server.log", worker=bool(more), application=application)
    server.start()
    try:
        yield server
    finally:
        server.kill()


def everybody_files(server: Server, one_by_pages_in: int) -> None:
    """One in so many page by page, which takes twelve requests, the others by the API."""
    for person in CANARIES:
        (file_by_api if person.number % one_by_pages_in else file_by_pages)(server.port, person)


def back_up(instance: Instance) -> None:
    """A copy of both databases, by the server's own means and by copying files."""
    folder = instance.place.folder
    (folder / "backup").mkdir()
    for name in ("portal", "keys"):
        with sqlite3.connect(folder / f"{name}.sqlite") as source:
            with sqlite3.connect(folder / "backup" / f"{name}.sqlite") as target:
                source.backup(target)
            target.close()
        source.close()
        for file in folder.glob(f"{name}.sqlite*"):
            shutil.copyfile(file, folder / "backup" / f"copied-{file.name}")


def wait_for_the_news(instance: Instance) -> None:
    """Until everybody has been told."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with instance.place.session() as session:
            if session.scalar(select(func.count()).where(Notice.state == "sent")) == len(CANARIES):
                return
        time.sleep(0.1)
    with instance.place.session() as session:
        raise AssertionError(session.scalars(select(Notice.trouble).where(Notice.trouble.is_not(None))).all())


def test_no_file_holds_a_word_of_who_they_are(instance: Instance) -> None:
    with Relay() as relay, served(instance, PORTAL_MAIL_URL=relay.url) as server:
        everybody_files(server, one_by_pages_in=4)
        wait_for_the_news(instance)
        back_up(instance)
    assert {to for recipients in relay.recipients for to in recipients} == {one.notify for one in CANARIES}
    names = {path.name for folder in instance.folders for path in folder.rglob("*")}
    assert names >= {"portal.sqlite", "portal.sqlite-wal", "keys.sqlite", "server.log", "runtime.sqlite"}
    assert "/api/v1/reports" in server.said()
    assert SEARCH.under(instance.folders) == set()


def test_with_sealing_switched_off_the_search_finds_every_one(instance: Instance) -> None:
    with served(instance, "tests.canaries.unsealed:app") as server:
        everybody_files(server, one_by_pages_in=20)
    found = SEARCH.under(instance.folders)
    plain = {one.word for one in found if one.form == "plain" and one.file.startswith("portal.sqlite")}
    assert plain >= {word for person in CANARIES for word in person.given}
    with instance.place.session() as session:
        assert session.scalar(select(func.count()).select_from(Report)) == len(CANARIES)


@pytest.mark.parametrize("person", [CANARIES[0], CANARIES[59]], ids=["first", "last"])
def test_every_form_of_every_word_is_found(person: Canary) -> None:
    for word in person.words:
        for form, needle in forms(word).items():
            assert Found(word, form, "file") in set(SEARCH.inside(b"\x00\xff" + needle + b"\x00", "file"))
