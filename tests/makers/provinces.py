"""Provinces with demo data in them: loaded once a run on SQLite, once a worker on PostgreSQL, and then copied."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url

from portal.demo.loading import Parts, load_demo
from portal.identity.wrapping import LOWEST
from tests.makers.committed import Committed
from tests.makers.databases import FULL, KEYS, SQLITE, Databases, fill
from tests.makers.days import MONDAY, on

SEED = 30


@dataclass(frozen=True)
class Province:
    """A place with demo data in it, and how the progress of loading it was told."""

    place: Committed
    told: list[int]


def load(place: Committed, reports: int) -> list[int]:
    """Loads demo data on a Monday; returns how the progress was told."""
    told: list[int] = []
    parts = Parts(place.key_store, place.secrets, lambda password: f"hash of {password}", LOWEST)
    with on(MONDAY, 10), place.session() as session:
        load_demo(session, parts, reports, SEED, told.append)
    return told


@contextmanager
def province(databases: Databases, server: str, reports: int, folder: Path) -> Iterator[Province]:
    """A copy of the province of so many reports. What is done to it, no other copy sees."""
    name = f"province-{reports}" if server == SQLITE else f"province-{reports}-{os.getpid()}"
    keys, progress = f"{name}-keys", databases.shared / f"{name}.json"

    def make(url: str) -> None:
        fill(url, FULL)
        place = Committed(url, databases.copy(SQLITE, KEYS), folder)
        told = load(place, reports)
        place.close()
        progress.write_text(json.dumps(told), encoding="utf-8")
        databases.drop(databases.copy_of(SQLITE, keys, lambda copy: _copy(place.keys_url, copy)))
        databases.drop(place.keys_url)

    url = databases.copy_of(server, name, make)
    place = Committed(url, databases.copy_of(SQLITE, keys, _is_missing), folder)
    yield Province(place, json.loads(progress.read_text(encoding="utf-8")))
    place.close()
    databases.drop(place.url)
    databases.drop(place.keys_url)


def _copy(url: str, to: str) -> None:
    shutil.copyfile(str(make_url(url).database), str(make_url(to).database))


def _is_missing(url: str) -> None:
    raise AssertionError(f"no keys were kept with the province for {url}")
