"""The first page of filing: how many a second, how heavy, and how soon it can be read on a cheap phone.

Why it is fair. `report_form_per_second` is GET /report over HTTP by eight connections of wrk, without compression on
any side, rendered anew each time: no page is cached. Beside it, in turn in the same run: a bare Flask page of the same
size, rendered by Jinja and served by the same gunicorn (two workers with eight threads, as `make run`); and the public
form of django-helpdesk 2.6.1, served as its documentation recommends (gunicorn, two sync workers, PostgreSQL with
persistent connections), where the portal is on the same PostgreSQL server. --quick leaves the peer out and measures
on SQLite. The portal's page with compression, as browsers ask for it, stands beside them with its own figure.

The slow network is Chromium's own (400 kbit/s, 300 ms, processor slowed four times), with an empty cache, over the
same server: when the first text stands there, when the largest does, and the bytes of everything that was fetched,
headers included. Goals: 2 s, and 60 KB for the first visit to /report. What the statistics pages cost beside a static
file is measured here once there are such pages.
"""

import http.client
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[1])  # the root; this folder's names are no libraries

from benchmarks.measuring.helpdesk import Helpdesk
from benchmarks.measuring.load import Request, Side, compare
from benchmarks.measuring.phone import Visit, first_visits
from benchmarks.measuring.places import POSTGRESQL, SQLITE, Place, place
from benchmarks.measuring.results import CouldNotMeasure, Figures, Line, Options, run
from benchmarks.measuring.serving import Server, portal_command
from tests.journeys.browsing import browser

PAGES = {"report": "/report", "home": "/"}
GOAL_MS, GOAL_BYTES = 2000, 60 * 1024


def measure(options: Options) -> tuple[Sequence[Line], Figures]:
    """The rates, then the visits."""
    rounds, seconds, visits = (2, 3.0, 1) if options.quick else (3, 6.0, 3)
    with place() as here:
        portal = here.portal(SQLITE if options.quick else POSTGRESQL)
        sides = form_sides(here, portal)
        if not options.quick:
            peer = Helpdesk(here)
            sides["helpdesk"] = Side("django-helpdesk's form", peer.form(), peer.processes)
        compare(list(sides.values()), rounds, seconds)
        with browser() as chromium:
            seen = {name: first_visits(chromium, portal.at(page), visits) for name, page in PAGES.items()}
    lines, figures = rates(sides)
    more, weights = weighed(seen)
    return [*lines, *more], {**figures, **weights}


def form_sides(here: Place, portal: Server) -> dict[str, Side]:
    """The form, the same compressed, and a bare page of its size."""
    size = bytes_of(portal, "/report")
    bare = here.serve(
        portal_command("benchmarks.measuring.bare:app"), {"BARE_BYTES": str(size)}, "/healthz", "bare-page"
    )
    if not 0.9 < bytes_of(bare, "/page") / size < 1.1:
        raise CouldNotMeasure("the bare page has another size")

    def processes() -> list[int]:
        return [*portal.processes(), *here.postgres_processes()]

    form = portal.at("/report")
    asked = {"Accept-Encoding": "gzip, deflate, br, zstd"}
    return {
        "portal": Side("the form", Request(form), processes),
        "compressed": Side("the form, compressed", Request(form, headers=asked), processes),
        "bare": Side(f"a bare Flask page of {size:,} bytes", Request(bare.at("/page")), bare.processes),
    }


def bytes_of(server: Server, address: str) -> int:
    """How long a page is."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request("GET", address)
    size = len(connection.getresponse().read())
    connection.close()
    return size


def rates(sides: dict[str, Side]) -> tuple[list[Line], dict[str, float]]:
    """Pages a second of each side, and the ratios."""
    portal = sides["portal"]
    lines = [Line(f"{side.name}, a second", f"{side.rate:,.0f}", side.words()) for side in sides.values()]
    figures = {
        f"report_form_vs_{name}": portal.rate / sides[name].rate for name in ("helpdesk", "bare") if name in sides
    }
    goals = {"report_form_vs_helpdesk": "goal 5"}
    for name, value in figures.items():
        lines.append(Line(name.replace("_", " "), f"{value:.2f}", goals.get(name, "")))
    figures["report_form_per_second"] = portal.rate
    figures["report_form_compressed_per_second"] = sides["compressed"].rate
    figures["report_form_processor_ms"] = portal.processor_ms
    if "helpdesk" in sides:
        figures["helpdesk_form_per_second"] = sides["helpdesk"].rate
    return lines, figures


def weighed(seen: dict[str, Visit]) -> tuple[list[Line], dict[str, float]]:
    """First visits on a slow network."""
    lines: list[Line] = []
    figures: dict[str, float] = {}
    for name, visit in seen.items():
        lines.append(
            Line(f"{PAGES[name]} on a slow network, first text", f"{visit.painted_ms:,.0f} ms", f"goal {GOAL_MS}")
        )
        lines.append(Line(f"{PAGES[name]} on a slow network, largest text", f"{visit.largest_ms:,.0f} ms"))
        figures |= {f"{name}_painted_ms": visit.painted_ms, f"{name}_largest_ms": visit.largest_ms}
    report = seen["report"]
    lines.append(Line("first visit to /report", f"{report.bytes / 1024:.1f} KB", f"goal {GOAL_BYTES // 1024}"))
    for address, size in report.fetched.items():
        lines.append(Line(f"  /{address.split('/', 3)[-1].split('?')[0]}", f"{size / 1024:.1f} KB"))
    return lines, {**figures, "report_first_visit_bytes": float(report.bytes)}


if __name__ == "__main__":
    sys.exit(run(__doc__ or "", measure))
