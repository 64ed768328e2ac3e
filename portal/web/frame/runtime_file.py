"""What lives for minutes: who looks at what, what is opened. One SQLite file on the memory file system (design.md §4).

It holds numbers of accounts and keyed hashes, no words and no references, and is gone with the machine.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import current_app

from portal.foundation.codes import keyed_hash

TABLES = (
    "CREATE TABLE IF NOT EXISTS presence"
    " (about BLOB, staff_id INTEGER, agency_id INTEGER, at REAL, PRIMARY KEY (about, staff_id))",
    "CREATE TABLE IF NOT EXISTS unlocked (about BLOB, staff_id INTEGER, until REAL, PRIMARY KEY (about, staff_id))",
)


@contextmanager
def runtime_file() -> Iterator[sqlite3.Connection]:
    """The file, opened for one moment and shared by all workers. Raises sqlite3.Error when it cannot be used."""
    path = Path(current_app.config["PORTAL_RUNTIME_DIR"]) / "runtime.sqlite"
    connection = sqlite3.connect(path, timeout=5, isolation_level=None)
    try:
        connection.execute("PRAGMA synchronous=OFF")
        for table in TABLES:
            connection.execute(table)
        yield connection
    finally:
        connection.close()


def mark_of(reference: str) -> bytes:
    """What stands in the file for a case."""
    return keyed_hash(str(current_app.config["SECRET_KEY"]).encode(), "runtime-case/1", reference.encode())
