"""The first page of filing: how many a second, how heavy, and how soon it can be read on a cheap phone.

Why it is fair. `report_form_per_second` is GET /report over HTTP by eight connections of wrk, without compression on
any side, rendered anew each time: no page is cached. Beside it, in turn in the same run: a bare Flask page of the same
size, rendered by Jinja and served by the same gunicorn (two workers with eight threads, as `make run`); and the public
form of django-helpdesk 2.6.1, served as its documentation recommends (gunicorn, two sync workers, PostgreSQL with
persistent connections), where the portal is on the same PostgreSQL server. --quick leaves the peer out and measures
on SQLite. The portal's page with compression, as browsers ask for it, stands beside them with its own figure.

The slow network is Chromium's own (400 kbit/s, 300 ms, processor slowed four times), with an empty cache, over the
same server: when the first text stands there, when the largest does, and the bytes of everything that was fetched,
headers included. Goals: 2 s, and 60 KB for the first visit to /report.

Pages and files of releases stand beside a static file from the same server, in turn in the same run, all as a browser
asks for them (compressed ahead on both sides: WhiteNoise's own files for the stylesheet). Every table of three years is
there, made by the release code of invented numbers. `statistics_vs_static` is the slowest of them by the static file;
goal 0.5. How many cases there are makes no difference: none of these requests asks for anything that belongs to a case
(tests/web/test_published_bytes.py watches the database).
"""

import http.client
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlalchemy.orm import Session

sys.path[0] = str(Path(__file__).resolve().parents[1])  # the root; this folder's names are no libraries

from benchmarks.measuring.helpdesk import Helpdesk
from benchmarks.measuring.load import Request, Side, compare
from benchmarks.measuring.phone import Visit, first_visits
from benchmarks.measuring.places import POSTGRESQL, SQLITE, Place, place
from benchmarks.measuring.results import CouldNotMeasure, Figures, Line, Options, run
from benchmarks.measuring.serving import Server, portal_command
from portal.foundation.database import make_engine
from portal.reactions import react
from portal.statistics.measures import Partition
from portal.statistics.places import places_of
from tests.journeys.browsing import browser
from tests.makers.publishing import publish_years

AS_BROWSERS_ASK = {"Accept-Encoding": "gzip, deflate, br, zstd"}
PAGES = {"report": "/report", "home": "/"}
YEARS = 3
GOAL_MS, GOAL_BYTES = 2000, 60 * 1024


def measure(options: Options) -> tuple[Sequence[Line], Figures]:
    """The rates, then the visits."""
    rounds, seconds, visits = (2, 3.0, 1) if options.quick else (3, 6.0, 3)
    with place() as here:
        portal, addresses = published_portal(here, SQLITE if options.quick else POSTGRESQL)
        sides = form_sides(here, portal)
        bytes_sides = published_sides(portal, addresses)
        if not options.quick:
            peer = Helpdesk(here)
            sides["helpdesk"] = Side("django-helpdesk's form", peer.form(), peer.processes)
        compare(list(sides.values()), rounds, seconds)
        compare(list(bytes_sides.values()), rounds, seconds)
        with browser() as chromium:
            seen = {name: first_visits(chromium, portal.at(page), visits) for name, page in PAGES.items()}
    lines, figures = rates(sides)
    published_lines, published_figures = beside_static(bytes_sides)
    more, weights = weighed(seen)
    return [*lines, *published_lines, *more], {**figures, **published_figures, **weights}


def published_portal(here: Place, server: str) -> tuple[Server, dict[str, str]]:
    """A portal with three years of releases, and addresses of two pages and two files of them."""
    environment = here.installed(server)
    engine = make_engine(environment["DATABASE_URL"])
    with Session(engine, expire_on_commit=False, info={"react": react}) as session:
        made = publish_years(session, YEARS)
        newest = max((one for one in made if one.table.partition is Partition.AREA), key=lambda one: one.day)
        body = places_of(session, newest.period).geography.districts[0]
        session.rollback()
    engine.dispose()
    of = f"/open-data/{newest.period}/{newest.table.name}"
    addresses = {
        "page": "/statistics",
        "body": f"/statistics/bodies/{body}",
        "csv": f"{of}.csv",
        "json": f"{of}.json",
    }
    return here.serve(portal_command("wsgi:app"), environment, "/healthz", f"portal-{server}"), addresses


def published_sides(portal: Server, addresses: Mapping[str, str]) -> dict[str, Side]:
    """The stylesheet, and what is published, each compressed. Raises CouldNotMeasure where the stylesheet is not."""
    wanted = {"static": "/static/portal.css", **addresses}
    for address in wanted.values():
        if encoding_of(portal, address) != "br":
            raise CouldNotMeasure(f"{address} is not compressed ahead (.venv/bin/python -m whitenoise.compress static)")
    return {
        name: Side(address, Request(portal.at(address), headers=AS_BROWSERS_ASK), portal.processes)
        for name, address in wanted.items()
    }


def encoding_of(server: Server, address: str) -> str:
    """In which encoding a browser gets it."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request("GET", address, headers=AS_BROWSERS_ASK)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.getheader("Content-Encoding", "") if answer.status == 200 else str(answer.status)


def beside_static(sides: Mapping[str, Side]) -> tuple[list[Line], dict[str, float]]:
    """Answers a second of what is published, and the slowest by the static file."""
    static = sides["static"].rate
    lines = [Line(f"{side.name}, a second", f"{side.rate:,.0f}", side.words()) for side in sides.values()]
    figures = {f"statistics_{name}_vs_static": side.rate / static for name, side in sides.items() if name != "static"}
    figures["statistics_vs_static"] = min(figures.values())
    lines += [
        Line(name.replace("_", " "), f"{value:.2f}", "goal 0.5" if name == "statistics_vs_static" else "")
        for name, value in figures.items()
    ]
    return lines, {**figures, "static_per_second": static}


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
    return {
        "portal": Side("the form", Request(form), processes),
        "compressed": Side("the form, compressed", Request(form, headers=AS_BROWSERS_ASK), processes),
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
