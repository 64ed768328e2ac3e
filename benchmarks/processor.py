"""What the public pages and one filing cost in processor time, in one process, without a server in between.

Why it is fair. Every address is asked for as WSGI asks for it, by the whole application (headers, sessions, CSRF,
access, templates), with nothing compressed, and what it costs is processor time: the process's own, and the database
server's, which is what a busy machine changes least. The addresses take turns, round after round, and the lowest of
the rounds counts. Beside them a bare Flask page of the size of the first form. The drafts behind the later pages are
made by the pages themselves. Goal: one millisecond a form page.

--quick measures on SQLite, where the database's time is the process's own; else it is PostgreSQL.
"""

import io
import re
import secrets
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path[0] = str(Path(__file__).resolve().parents[1])  # the root; this folder's names are no libraries

from flask import Flask
from werkzeug.test import Client, EnvironBuilder

from benchmarks.measuring import bare
from benchmarks.measuring.places import POSTGRESQL, SQLITE, place
from benchmarks.measuring.processes import processor_seconds
from benchmarks.measuring.results import CouldNotMeasure, Figures, Line, Options, run
from benchmarks.measuring.texts import narrative, portal_bodies
from config import Local
from portal import create_app

ORIGIN = "https://portal.local"
GOAL_MS = 1.0
ANSWERS: Sequence[Mapping[str, str]] = (
    {"category": "delay.late_result"},
    {"agency": "H-HA-MC"},
    {"narrative": narrative(5)},
    {"reporter_type": "citizen", "disclosure": "anonymous"},
)


@dataclass
class Asked:
    """One address, asked for again and again."""

    name: str
    app: Flask
    address: str
    status: str = "200"
    cookies: str = ""
    bodies: Sequence[str] = ()
    costs: list[float] = field(default_factory=list)

    def environ(self) -> dict[str, Any]:
        """The request as a server would hand it over."""
        headers = [("Cookie", self.cookies)] if self.cookies else []
        more: Mapping[str, Any] = {"method": "POST", "content_type": "application/json"} if self.bodies else {}
        return EnvironBuilder(path=self.address, base_url=ORIGIN, headers=headers, **more).get_environ()

    def answered(self, environ: dict[str, Any], body: bytes = b"") -> bytes:
        """One answer. Raises CouldNotMeasure for any status but the expected one."""
        seen: list[str] = []
        environ = {**environ, "wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))}
        if body:
            environ["HTTP_IDEMPOTENCY_KEY"] = secrets.token_urlsafe(24)
        answer = self.app(environ, lambda status, headers, info=None: seen.append(status))  # type: ignore[arg-type]
        whole = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
        if not seen[0].startswith(self.status):
            raise CouldNotMeasure(f"{self.address} gave {seen[0]}")
        return whole

    def measure(self, times: int, server: Callable[[], float]) -> None:
        """Asks so many times and notes what one answer cost, in milliseconds."""
        environ = self.environ()
        bodies = [self.bodies[place % len(self.bodies)].encode() for place in range(times)] if self.bodies else []
        before, began = server(), time.process_time()
        for number in range(times):
            self.answered(environ, bodies[number] if bodies else b"")
        took = time.process_time() - began + server() - before
        self.costs.append(1000 * took / times)


def measure(options: Options) -> tuple[Sequence[Line], Figures]:
    """Asks for all of them in turn."""
    rounds, times = (3, 30) if options.quick else (5, 60)
    with place() as here:
        app = create_app(Local(here.installed(SQLITE if options.quick else POSTGRESQL)))
        all_asked = addresses(app, portal_bodies(here.folder / "portal.bodies"))

        def server() -> float:
            return processor_seconds(here.postgres_processes())

        for asked in all_asked:
            asked.measure(20, server)
            asked.costs.clear()
        for _ in range(rounds):
            for asked in all_asked:
                asked.measure(times, server)
    return told(all_asked)


def addresses(app: Flask, bodies: Path) -> list[Asked]:
    """The pages in the order of filing, what stands beside them, and the filing itself."""
    client = Client(app)
    drafts = [a_draft(client, steps) for steps in range(1, len(ANSWERS) + 1)]
    cookies = "; ".join(f"{one.key}={one.value}" for one in (client._cookies or {}).values())
    first = Asked("first form, nothing kept", app, "/report")
    bare.lines.extend([bare.LINE] * (len(first.answered(first.environ())) // len(f"<p>{bare.LINE}".encode())))
    later = [
        Asked(f"{page}, {state}", app, f"/report/{page}?draft={draft}", cookies=cookies)
        for page, untouched in zip(("where", "happened", "about", "check"), drafts, strict=True)
        for state, draft in (("untouched", untouched), ("filled in", drafts[-1]))
        if page != "check" or state == "filled in"
    ]
    return [
        Asked("bare Flask page", bare.app, "/page"),
        first,
        Asked("what, filled in", app, f"/report?draft={drafts[-1]}", cookies=cookies),
        *later,
        *(Asked(name, app, f"/{name}") for name in ("help", "track", "privacy")),
        Asked("home", app, "/"),
        Asked("filing", app, "/api/v1/reports", "201", bodies=bodies.read_text(encoding="utf-8").splitlines()),
    ]


def a_draft(client: Client, steps: int) -> str:
    """The handle of a draft on which so many pages were filled in, by the pages themselves."""
    address = "/report"
    for answers in ANSWERS[:steps]:
        page = client.get(address, base_url=ORIGIN).get_data(as_text=True)
        hidden = dict(re.findall(r'name="(csrf_token|draft)" value="([^"]*)"', page))
        answer = client.post(address, base_url=ORIGIN, data={**answers, **hidden})
        if answer.status_code != 302:
            raise CouldNotMeasure(f"the draft stopped at {address}: {answer.status}")
        address = answer.headers["Location"]
    return address.split("draft=")[1]


def told(all_asked: Sequence[Asked]) -> tuple[Sequence[Line], Figures]:
    """The table: the lowest of the rounds, and how much that is beside the bare page."""
    floor = min(all_asked[0].costs)
    lines, figures = [], {}
    for asked in all_asked:
        cost = min(asked.costs)
        goal = f", goal {GOAL_MS:.0f} ms" if "/report" in asked.address and not asked.bodies else ""
        lines.append(Line(asked.name, f"{cost:.2f} ms", f"{cost / floor:.1f} × the bare page{goal}"))
        figures[f"{re.sub('[^a-z]+', '_', asked.name.lower())}_processor_ms"] = cost
    return lines, figures


if __name__ == "__main__":
    sys.exit(run(__doc__ or "", measure))
