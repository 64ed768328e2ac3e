"""Servers as they are measured: real processes, a port of their own, ended by their own id."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks.measuring.processes import with_descendants
from benchmarks.measuring.results import CouldNotMeasure
from config import ROOT
from tests.journeys.serving import free_port, started_by_make_run, status_of

STARTS_WITHIN = 90.0


def portal_command(application: str) -> list[str]:
    """The gunicorn of `make run` (two workers with eight threads each), with this application."""
    return [application if one == "wsgi:app" else one for one in started_by_make_run("gunicorn")]


class Server:
    """A web server with its workers. `$port` in its command is a port that was free."""

    def __init__(self, command: list[str], environment: Mapping[str, str], health: str, log: Path) -> None:
        self.port, self._log = free_port(), log
        with log.open("ab") as said:
            self._process = subprocess.Popen(
                [one.replace("$port", str(self.port)) for one in command],
                cwd=ROOT,
                env={**os.environ, **environment, "FLASK_SKIP_DOTENV": "1"},
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
        self._wait_for(health)

    def at(self, address: str) -> str:
        """The whole address of something that is served."""
        return f"http://127.0.0.1:{self.port}{address}"

    def processes(self) -> list[int]:
        """The server and its workers."""
        return with_descendants(self._process.pid)

    def _wait_for(self, health: str) -> None:
        until = time.monotonic() + STARTS_WITHIN
        while status_of(self.port, health) != 200:
            if self._process.poll() is not None or time.monotonic() > until:
                said = self._log.read_text(encoding="utf-8", errors="replace")[-3000:]
                raise CouldNotMeasure(f"{self._process.args!r} did not start:\n{said}")
            time.sleep(0.05)

    def stop(self) -> None:
        """Ends it and waits until it is gone."""
        self._process.terminate()
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
