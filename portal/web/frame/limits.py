"""Rate limits, shared by all workers through one SQLite file on the memory file system (a 30-line storage).

Addresses are counted under a keyed hash with a key that is new each day; no raw address is kept. Generous by
address: a mobile network puts thousands of people behind one.
"""

import hashlib
import hmac
import os
import secrets
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask, request
from flask_limiter import Limiter
from limits.storage import Storage

FILING = "30 per minute; 300 per hour"
DRAFTING = "120 per minute; 2000 per hour"
FINDING = "600 per minute; 10000 per hour"  # a look-up a keystroke
LOOK_UP = "30 per minute; 300 per hour"
SIGN_IN = "20 per minute; 200 per hour"
DAY = 24 * 3600


class RuntimeStorage(Storage):
    """Counts in a table (key, window's end, hits) of the runtime file. Fixed windows."""

    STORAGE_SCHEME = ["portal-runtime"]  # noqa: RUF012 (the library's own form)

    def __init__(self, uri: str, wrap_exceptions: bool = False, **options: str) -> None:
        super().__init__(uri, wrap_exceptions=wrap_exceptions, **options)
        self._path = uri.split("://", 1)[1]
        self._local = threading.local()

    @property
    def base_exceptions(self) -> type[Exception]:
        """What the library may swallow."""
        return sqlite3.Error

    def _connection(self) -> sqlite3.Connection:
        known = getattr(self._local, "connection", None)
        if known is None or self._local.pid != os.getpid():
            known = sqlite3.connect(self._path, timeout=5, isolation_level=None)
            known.execute("PRAGMA journal_mode=WAL")
            known.execute("PRAGMA synchronous=OFF")
            known.execute("CREATE TABLE IF NOT EXISTS hit (key TEXT PRIMARY KEY, until REAL, hits INTEGER)")
            self._local.connection, self._local.pid = known, os.getpid()
        return known

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Counts and returns the hits of the key's window."""
        at = time.time()
        row = (
            self._connection()
            .execute(
                "INSERT INTO hit VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET"
                " hits = CASE WHEN until <= ? THEN excluded.hits ELSE hits + excluded.hits END,"
                " until = CASE WHEN until <= ? THEN excluded.until ELSE until END RETURNING hits",
                (key, at + expiry, amount, at, at),
            )
            .fetchone()
        )
        return int(row[0])

    def get(self, key: str) -> int:
        """The hits of the key's window."""
        row = self._connection().execute("SELECT hits FROM hit WHERE key=? AND until>?", (key, time.time())).fetchone()
        return int(row[0]) if row else 0

    def get_expiry(self, key: str) -> float:
        """When the key's window ends."""
        row = self._connection().execute("SELECT until FROM hit WHERE key=?", (key,)).fetchone()
        return float(row[0]) if row else time.time()

    def check(self) -> bool:
        """Whether the file can be used."""
        return bool(self._connection().execute("SELECT 1").fetchone() == (1,))

    def reset(self) -> int | None:
        """Forgets everything."""
        return self._connection().execute("DELETE FROM hit").rowcount

    def clear(self, key: str) -> None:
        """Forgets a key."""
        self._connection().execute("DELETE FROM hit WHERE key=?", (key,))


def daily_key(folder: Path) -> bytes:
    """The key under which addresses are hashed today; yesterday's is gone."""
    path = folder / "address-key"
    fresh = path.is_file() and time.time() - path.stat().st_mtime < DAY
    if not fresh:
        draft = folder / f"address-key.{os.getpid()}"
        draft.write_bytes(secrets.token_bytes(32))
        draft.chmod(0o600)
        draft.replace(path)
    return path.read_bytes()


def address_mark() -> str:
    """The caller's address as a keyed hash."""
    folder = Path(limiter_folder())
    return hmac.new(daily_key(folder), (request.remote_addr or "").encode(), hashlib.sha256).hexdigest()[:32]


_folder = ""


def limiter_folder() -> str:
    """Where the runtime file lies."""
    return _folder


limiter = Limiter(key_func=address_mark)


@contextmanager
def guessing(is_tried: bool = True) -> Iterator[None]:
    """Around a look-up of a receipt code that is part of something else: as many tries as tracking has.

    Inside the view, so that what was typed is kept before the limit answers.
    """
    if not is_tried:
        yield
        return
    with limiter.limit(LOOK_UP, scope="receipt code"):
        yield


def install(app: Flask) -> None:
    """Opens the runtime file and sets the limiter up (PORTAL_LIMITS=off switches it off)."""
    global _folder
    folder = Path(app.config["PORTAL_RUNTIME_DIR"])
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _folder = str(folder)
    app.config.update(
        RATELIMIT_STORAGE_URI=f"portal-runtime://{folder / 'runtime.sqlite'}",
        RATELIMIT_STRATEGY="fixed-window",
        RATELIMIT_ENABLED=app.config["PORTAL_LIMITS"],
        RATELIMIT_HEADERS_ENABLED=False,
        RATELIMIT_SWALLOW_ERRORS=False,
    )
    limiter.init_app(app)
