"""The peer: django-helpdesk's public form, in an environment of its own under benchmarks/.cache.

Served as its documentation recommends: gunicorn, two sync workers, PostgreSQL with persistent connections.
"""

import http.client
import os
import re
import secrets
import subprocess
import sys
from pathlib import Path

from benchmarks.measuring.load import Request
from benchmarks.measuring.places import POSTGRESQL, Place
from benchmarks.measuring.results import CouldNotMeasure
from benchmarks.measuring.texts import helpdesk_bodies
from config import ROOT

PACKAGES = ("django-helpdesk==2.6.1", "gunicorn==27.0.1", "psycopg[binary]==3.3.9")
HOME = ROOT / "benchmarks" / "peers" / "helpdesk"
CACHE = ROOT / "benchmarks" / ".cache" / "django-helpdesk-2.6.1"
FORM = "/tickets/submit/"


class Helpdesk:
    """django-helpdesk on a PostgreSQL database of this place, served."""

    def __init__(self, place: Place) -> None:
        python = environment_of_its_own()
        place.database(POSTGRESQL, "helpdesk")
        url = place.postgres("helpdesk")
        self._environment = {
            "DJANGO_SETTINGS_MODULE": "settings",
            "PYTHONPATH": str(HOME),
            "HELPDESK_SECRET": secrets.token_hex(32),
            "HELPDESK_HOST": str(url.query.get("host", url.host)),
            "HELPDESK_DATABASE": "helpdesk",
            "HELPDESK_USER": str(url.username),
            "HELPDESK_FILES": str(place.folder / "helpdesk-files"),
        }
        self._python, self._place = python, place
        self._manage("migrate")
        self.queue = self._manage("queue")
        gunicorn = [str(python.with_name("gunicorn")), "--workers", "2", "--bind", "127.0.0.1:$port"]
        command = [*gunicorn, "--timeout", "120", "--no-control-socket", "helpdesk_wsgi:application"]
        self.server = place.serve(command, self._environment, FORM, "helpdesk")

    def form(self) -> Request:
        """Its public form."""
        return Request(self.server.at(FORM))

    def filing(self) -> Request:
        """A ticket by that form. One token and its cookie serve all requests, so that the POST alone is measured."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        connection.request("GET", FORM)
        answer = connection.getresponse()
        page, cookie = answer.read().decode(), (answer.getheader("Set-Cookie") or "").partition(";")[0]
        connection.close()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        if token is None or not cookie:
            raise CouldNotMeasure("django-helpdesk's form has no token or no cookie")
        bodies = helpdesk_bodies(self._place.folder / "helpdesk.bodies", token[1], self.queue)
        kind = "application/x-www-form-urlencoded"
        return Request(self.server.at(FORM), 302, "POST", kind, bodies, headers={"Cookie": cookie})

    def tickets(self) -> int:
        """How many tickets are stored."""
        return int(self._manage("count"))

    def processes(self) -> list[int]:
        """Its workers and the database server."""
        return [*self.server.processes(), *self._place.postgres_processes()]

    def _manage(self, what: str) -> str:
        ended = subprocess.run(
            [str(self._python), str(HOME / "manage.py"), what],
            env={**os.environ, **self._environment},
            capture_output=True,
            text=True,
            check=False,
        )
        if ended.returncode:
            raise CouldNotMeasure(f"django-helpdesk could not {what}:\n{ended.stderr[-2000:]}")
        return ended.stdout.strip()


def environment_of_its_own() -> Path:
    """The Python of the peer's environment, made on first use by the machine's ordinary pip."""
    python = CACHE / "bin" / "python"
    done = CACHE / "installed"
    if not done.is_file():
        print(f"Installing {PACKAGES[0]} into {CACHE.relative_to(ROOT)}", file=sys.stderr)
        CACHE.parent.mkdir(parents=True, exist_ok=True)
        for command in (
            [sys.executable, "-m", "venv", "--clear", str(CACHE)],
            [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES],
        ):
            ended = subprocess.run(command, capture_output=True, text=True, check=False)
            if ended.returncode:
                raise CouldNotMeasure(f"{PACKAGES[0]} could not be installed:\n{ended.stderr[-2000:]}")
        done.write_text("\n".join(PACKAGES) + "\n", encoding="utf-8")
    return python
