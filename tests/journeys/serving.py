"""A portal as `make run` serves it: the same gunicorn command, a worker beside it, real processes and sockets."""

import http.client
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from config import ROOT

SERVE = ROOT / "deploy" / "local" / "serve.sh"
STARTS_WITHIN = 60.0


def started_by_make_run(program: str) -> list[str]:
    """The command line by which `make run` starts a program, in the environment of these tests."""
    script = SERVE.read_text(encoding="utf-8").replace("\\\n", " ")
    found = re.findall(rf"^start \.venv/bin/({program} .+)$", script, re.MULTILINE)
    assert len(found) == 1, f"{SERVE.name} starts {program} {len(found)} times"
    name, *options = shlex.split(found[0])
    return [str(Path(sys.executable).with_name(name)), *options]


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


class Server:
    """The web server and, if wanted, the worker of one installation. What they say goes into a file."""

    def __init__(
        self, environment: Mapping[str, str], log: Path, *, worker: bool = True, application: str = "wsgi:app"
    ) -> None:
        self.port = free_port()
        self.log = log
        self._environment = {**os.environ, **environment, "FLASK_SKIP_DOTENV": "1"}
        web = [one.replace("$port", str(self.port)) for one in started_by_make_run("gunicorn")]
        self._commands = [[application if one == "wsgi:app" else one for one in web]]
        if worker:
            self._commands.append(started_by_make_run("flask"))
        self._running: list[subprocess.Popen[bytes]] = []

    @property
    def origin(self) -> str:
        """Where it is served."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Starts everything and waits until the web server answers."""
        for command in self._commands:
            with self.log.open("ab") as log:
                process = subprocess.Popen(
                    command,
                    cwd=ROOT,
                    env=self._environment,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
            self._running.append(process)
        self._wait_for("/healthz")

    def wait_until_ready(self) -> None:
        """Waits until databases, migrations and worker are there."""
        self._wait_for("/readyz")

    def _wait_for(self, address: str) -> None:
        until = time.monotonic() + STARTS_WITHIN
        while status_of(self.port, address) != 200:
            ended = [process.args for process in self._running if process.poll() is not None]
            assert not ended, f"{ended} ended by itself:\n{self.said()}"
            assert time.monotonic() < until, f"{address} does not answer 200:\n{self.said()}"
            time.sleep(0.02)

    def said(self) -> str:
        """What the processes wrote."""
        return self.log.read_text(encoding="utf-8", errors="replace")[-6000:]

    def kill(self) -> None:
        """kill -9, master and workers at once: nobody gets to finish anything."""
        for process in self._running:
            os.killpg(process.pid, signal.SIGKILL)
        for process in self._running:
            process.wait()
        self._running = []


def status_of(port: int, address: str) -> int:
    """The status of one GET; 0 when nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", address)
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()
