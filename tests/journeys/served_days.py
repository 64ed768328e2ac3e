"""An installation that is served with its clock on one day after the other; everybody signs in anew each morning."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from playwright.sync_api import Browser

from tests.journeys.browsing import Watch, desk, phone
from tests.journeys.conftest import PASSWORDS
from tests.journeys.people import Inspector, Officer, Reporter
from tests.journeys.serving import Server
from tests.makers.committed import Committed
from tests.makers.days import MONDAY

INSPECTORS, OFFICERS = ("minh", "hanh"), ("quy", "tam")


@dataclass
class Team:
    """Who works on one day, and Lan with her phone."""

    minh: Inspector
    hanh: Inspector
    quy: Officer
    tam: Officer
    lan: Reporter


class ServedDays:
    """The portal of one installation, started anew each morning."""

    def __init__(self, place: Committed, chromium: Browser, more: Mapping[str, str] | None = None) -> None:
        self.place, self._chromium, self._more = place, chromium, more or {}

    @contextmanager
    def day(self, number: int, hour: int = 8) -> Iterator[Team]:
        """The portal on a day, the first being a Monday, with everybody signed in."""
        clock = (MONDAY + timedelta(days=number - 1)).isoformat() + f"T{hour:02}:00:00+07:00"
        more = {"PORTAL_LIMITS": "off", **self._more}
        server = Server(self.place.environment(PORTAL_CLOCK=clock, **more), self.place.folder / "log")
        server.start()
        server.wait_until_ready()
        watch = Watch(server.origin)
        try:
            minh, hanh = (Inspector(login, desk(self._chromium, watch), watch) for login in INSPECTORS)
            quy, tam = (Officer(login, desk(self._chromium, watch), watch) for login in OFFICERS)
            for one in (minh, hanh, quy, tam):
                one.signs_in(PASSWORDS[one.name])
            yield Team(minh, hanh, quy, tam, Reporter("lan", phone(self._chromium, watch), watch))
            assert watch.faults == []
            assert " ERROR " not in server.said()
        finally:
            server.kill()
