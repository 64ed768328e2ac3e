"""An installation that is served with its clock on one day after the other; everybody signs in anew each morning."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Browser

from config import ROOT
from tests.journeys.browsing import Watch, desk, phone
from tests.journeys.conftest import PASSWORDS
from tests.journeys.people import Clerk, Inspector, Officer, Reporter
from tests.journeys.serving import Server
from tests.makers.committed import Committed
from tests.makers.days import MONDAY

INSPECTORS, OFFICERS = ("minh", "hanh"), ("quy", "tam")


@dataclass
class Team:
    """Who works on one day, Lan with her phone, and a clerk of the court."""

    minh: Inspector
    hanh: Inspector
    quy: Officer
    tam: Officer
    lan: Reporter
    clerk: Clerk


class ServedDays:
    """The portal of one installation, started anew each morning."""

    def __init__(self, place: Committed, chromium: Browser) -> None:
        self.place, self._chromium = place, chromium

    @contextmanager
    def day(self, number: int, hour: int = 8) -> Iterator[Team]:
        """The portal on a day, the first being a Monday, with everybody signed in."""
        server = Server(self.place.environment(**self._settings(number, hour)), self.place.folder / "log")
        server.start()
        server.wait_until_ready()
        watch = Watch(server.origin)
        try:
            minh, hanh = (Inspector(login, desk(self._chromium, watch), watch) for login in INSPECTORS)
            quy, tam = (Officer(login, desk(self._chromium, watch), watch) for login in OFFICERS)
            for one in (minh, hanh, quy, tam):
                one.signs_in(PASSWORDS[one.name])
            lan = Reporter("lan", phone(self._chromium, watch), watch)
            yield Team(minh, hanh, quy, tam, lan, Clerk("clerk", desk(self._chromium, watch), watch))
            assert watch.faults == []
            assert " ERROR " not in server.said()
        finally:
            server.kill()

    def command(self, *words: str, on_day: int) -> None:
        """A command of the portal, as somebody types it on the server on a day."""
        environment = {**os.environ, **self.place.environment(**self._settings(on_day, 17)), "FLASK_SKIP_DOTENV": "1"}
        command = [str(Path(sys.executable).with_name("flask")), "--app", "wsgi", *words]
        subprocess.run(command, cwd=ROOT, env=environment, check=True, stdin=subprocess.DEVNULL)

    def _settings(self, number: int, hour: int) -> dict[str, str]:
        clock = (MONDAY + timedelta(days=number - 1)).isoformat() + f"T{hour:02}:00:00+07:00"
        return {"PORTAL_CLOCK": clock, "PORTAL_LIMITS": "off"}
