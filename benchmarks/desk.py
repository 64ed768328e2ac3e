"""The desk as cases pile up: the queue, its filters and pages, the search, a case, the counts.

Why it is fair. Each size is a database of its own, filled by `demo load` with the same seed, so that all sizes have
the same mix of cases over the same three years; both are served side by side in one run by the gunicorn of `make run`,
and asked in turn, page by page, by one signed-in inspector and one officer of an office, templates and all. The time
of a page is its median (for searches also the 95th of 100); a case is the one of its list whose own page is of middle
length. Growth is the time at the largest size over the time at 10,000. Before it is timed every page is asked for
once, so that both have their catalogue and connections. A file of a list has up to 10,000 rows: its time is per 1,000.
Where ten thousand cases fill no page (an office has six open ones), the page of the larger size is longer, and the
table says how much. The plans of the queue's queries are printed for each server and size: a scan of cases, reports or
events fails the run.

--quick compares 10,000 with 50,000 on SQLite; without it 100,000 on SQLite and PostgreSQL; --full a million.
Goals at a million: queue and case page 25 ms, search 50 ms (95th), growth 1.2.
"""

import re
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

sys.path[0] = str(Path(__file__).resolve().parents[1])  # the root; this folder's names are no libraries

from statistics import median, quantiles

from sqlalchemy import Select, func, select, text

from benchmarks.measuring.desk_client import DeskClient
from benchmarks.measuring.places import POSTGRESQL, SQLITE, Place, place
from benchmarks.measuring.results import CouldNotMeasure, Figures, Line, Options, run
from benchmarks.measuring.serving import portal_command
from portal.cases.access import Viewer
from portal.cases.filters import Due, Holder, Order, QueueFilter
from portal.cases.models import Case, Report
from portal.cases.pattern_counts import count_patterns
from portal.cases.queries import behind_a_wall, viewer_of
from portal.cases.queue import PAGE, page_keys
from portal.cases.words import Status
from portal.demo.accounts import MINH, QUY
from portal.foundation.time import today
from portal.search.asking import read_query, terms
from portal.search.index import fts5_query, gin_query
from portal.search.lexemes import scope_lexeme
from portal.search.scopes import scopes_of
from portal.staff.accounts import staff_by_login
from portal.statistics.cells import topic_of
from tests.makers.committed import Committed

SMALLEST, SEED = 10_000, 30
FILE = "a file of open cases, 1,000 rows"
ROUNDS, QUICK_ROUNDS = 60, 20
LONGER = 1.2
DEEP = 15  # pages: as full at the smallest size as at the largest
NEVER_SCANNED = re.compile(r"(?i)\bSCAN (case|report|event)\b(?! USING)|Seq Scan on \"?(case|report|event)\b")
QUEUE = "/staff/queue"
PHRASE = quote('"tra lai tien"')
ASKED: dict[str, str] = {
    "first page": QUEUE,
    "a filter": f"{QUEUE}?due=late&track=feedback&holder=nobody",
    "a rare filter": f"{QUEUE}?category=discipline.alcohol&district=503&language=en",
    "most severe first": f"{QUEUE}?order=severity",
    "a body's past": f"{QUEUE}?agency=H-HA-MC&past=1&order=newest",
    "a year's past": f"{QUEUE}?past=1&order=newest&from={{from}}&to={{to}}&status=refused",
    "search, common words": f"{QUEUE}?q={quote('hồ sơ')}",
    "search, a rare word": f"{QUEUE}?q={{dossier}}",
    "search, a phrase without marks": f"{QUEUE}?q={PHRASE}",
    "search, under a filter": f"{QUEUE}?q={quote('hẹn lại')}&district=503&status=verifying",
    "what stands out": "/staff/patterns",
    "what is held back": "/staff/quarantine",
    "the team's load": "/staff/workload",
}
OF_AN_OFFICE: dict[str, str] = {
    "an office's queue": QUEUE,
    "an office's past": f"{QUEUE}?past=1",
    "search, an office's": f"{QUEUE}?q={quote('hồ sơ')}",
}
SEARCHES = tuple(name for name in (*ASKED, *OF_AN_OFFICE) if name.startswith("search"))
WANTED: dict[str, QueueFilter] = {
    "first page": QueueFilter(),
    "a filter": QueueFilter(due=frozenset({Due.LATE}), holder=Holder.NOBODY),
    "a status": QueueFilter(statuses=frozenset({Status.VERIFYING})),
    "a rare filter": QueueFilter(category="discipline.alcohol", district="503"),
    "most severe first": QueueFilter(order=Order.SEVERITY),
    "a body's past": QueueFilter(agency="H-HA-MC", past_too=True, order=Order.NEWEST),
}


@dataclass
class Desk:
    """One size on one server: what is asked, and how long it took."""

    server: str
    cases: int
    installation: Committed
    asked: dict[str, Callable[[], float]]
    lengths: dict[str, int]  # of the pages, in characters: where a small database has little to show, little is timed
    times: dict[str, list[float]] = field(default_factory=dict)

    def ask_all(self) -> None:
        """Everything once."""
        for name, ask in self.asked.items():
            self.times.setdefault(name, []).append(ask())

    def median(self, name: str) -> float:
        """Milliseconds."""
        return median(self.times[name])

    def slow(self, name: str) -> float:
        """The 95th of a hundred, in milliseconds."""
        return quantiles(self.times[name], n=20)[-1]


def open_desk(here: Place, server: str, cases: int) -> Desk:
    """Loads so many cases and signs both in."""
    name = f"{server}-{cases}"
    installation, environment = here.loaded(server, cases, SEED)
    with installation.session() as session:
        session.execute(text("ANALYZE"))
        session.commit()
        count_patterns(session, topic_of, today())  # as the worker does by night
    served = here.serve(portal_command("wsgi:app"), environment, "/healthz", name)
    inspector, officer = (DeskClient(served.port, one.login, one.password) for one in (MINH, QUY))
    pages = {
        **{name: (inspector, address) for name, address in _inspectors(inspector, installation).items()},
        **{name: (officer, address) for name, address in OF_AN_OFFICE.items()},
        "an office's case": (officer, middle_case(officer, QUEUE)),
    }
    asked = {name: partial(client.timed, address) for name, (client, address) in pages.items()}
    lengths = {name: len(client.page(address)) for name, (client, address) in pages.items()}
    return Desk(server, cases, installation, {**asked, FILE: partial(file_of_a_list, inspector)}, lengths)


def _inspectors(client: DeskClient, installation: Committed) -> dict[str, str]:
    """What an inspector asks for."""
    with installation.session() as session:
        end = str(session.scalar(select(func.max(Case.received_on))))
        coded = select(Report.dossier_code).where(Report.dossier_code > "")
        dossier = session.scalar(coded.order_by(Report.id.desc()).limit(1))
    span = {
        "dossier": dossier,
        "from": f"{end[8:]}/{end[5:7]}/{int(end[:4]) - 1}",
        "to": f"{end[8:]}/{end[5:7]}/{end[:4]}",
    }
    found = {name: address.format(**span) for name, address in ASKED.items()}
    deep, page = QUEUE, client.page(QUEUE)
    for _ in range(DEEP):
        further = re.search(r'href="(/staff/queue\?after=[^"]+)" rel="next"', page)
        if further is not None:
            deep = further[1]
            page = client.page(deep)
    received = middle_case(client, f"{QUEUE}?status=received&track=feedback&order=newest")
    return {
        **found,
        "a deep page": deep,
        "case page": middle_case(client, QUEUE),
        "a received case": received,
        "a move's page": f"{received}/refuse",
    }


def middle_case(client: DeskClient, listed: str) -> str:
    """The case of a list's first page whose own page is of middle length."""
    found = set(re.findall(r"/staff/cases/VV-\w+", client.page(listed)))
    cases: list[str] = sorted(found, key=lambda case: len(client.page(case)))
    if not cases:
        raise CouldNotMeasure(f"{listed} is empty")
    return cases[len(cases) // 2]


def file_of_a_list(client: DeskClient) -> float:
    """Milliseconds for each thousand rows of a file of all open cases."""
    began = time.perf_counter()
    rows = client.sent("/staff/exports", {"kind": "csv", "filter": ""}).count("\r\n") - 1
    return 1_000_000 * (time.perf_counter() - began) / rows


def plans(desk: Desk) -> list[Line]:
    """How the server finds what the queue shows; a scan of a large table is a fault."""
    lines = []
    with desk.installation.session() as session:
        account = staff_by_login(session, MINH.login)
        if account is None:
            raise CouldNotMeasure("there is no inspector")
        viewer, connection = viewer_of(session, account), session.connection()
        queries: dict[str, Select[Any]] = {
            name: page_keys(session, viewer, wanted, None, PAGE) for name, wanted in WANTED.items()
        }
        queries["search"] = _searched(desk.server, "tra lai tien", viewer)
        for name, query in queries.items():
            statement = query.compile(connection, compile_kwargs={"literal_binds": True})
            explain = "EXPLAIN QUERY PLAN" if desk.server == SQLITE else "EXPLAIN"
            steps = [str(row[-1]).strip() for row in connection.execute(text(f"{explain} {statement}"))]
            if desk.cases > SMALLEST and any(NEVER_SCANNED.search(step) for step in steps):
                raise CouldNotMeasure(f"{desk.server}, {name}: {steps}")
            lines += [Line(f"  {desk.server}, {desk.cases:,}: {name}", "", step) for step in steps]
        session.rollback()
    return lines


def _searched(server: str, words: str, viewer: Viewer) -> Select[Any]:
    asked, walled = terms(read_query(words), marked=False), partial(behind_a_wall, viewer, few=True)
    readers = [scope_lexeme(one) for one in scopes_of(viewer)]
    if server == SQLITE:
        return fts5_query(asked, readers, None, walled).limit(PAGE)
    return gin_query(asked, readers, range(1), None, walled).limit(PAGE)


def measure(options: Options) -> tuple[Sequence[Line], Figures]:
    """Both sizes side by side, on each server."""
    largest = 1_000_000 if options.full else 50_000 if options.quick else 100_000
    servers = (SQLITE,) if options.quick else (SQLITE, POSTGRESQL)
    rounds = QUICK_ROUNDS if options.quick else ROUNDS
    lines: list[Line] = []
    figures: dict[str, float] = {}
    with place() as here:
        for server in servers:
            desks = [open_desk(here, server, cases) for cases in (SMALLEST, largest)]
            for turn in range(rounds + 1):
                for desk in desks:
                    desk.ask_all()
                    if turn == 0:
                        desk.times.clear()
            lines += told(*desks)
            lines += plans(desks[-1])
            for name, value in figured(*desks).items():
                figures.setdefault(name, value)
                figures[f"{name}_{server}"] = value
    return lines, figures


def told(small: Desk, large: Desk) -> list[Line]:
    """The table of one server."""
    return [
        Line(
            f"{large.server}: {name}",
            f"{large.median(name):.1f} ms",
            f"{small.median(name):.1f} ms at {small.cases:,}, growth {large.median(name) / small.median(name):.2f}; "
            f"95th of 100: {large.slow(name):.1f} ms at {large.cases:,}{_longer(small, large, name)}",
        )
        for name in large.asked
    ]


def _longer(small: Desk, large: Desk, name: str) -> str:
    """Says so where the page of the larger database has more to show: its growth is not the database's alone."""
    if name not in large.lengths or large.lengths[name] < LONGER * small.lengths[name]:
        return ""
    return f"; the page is {large.lengths[name] / small.lengths[name]:.1f} times as long"


def figured(small: Desk, large: Desk) -> dict[str, float]:
    """The figures that tools read."""
    return {
        "queue_ms": large.median("first page"),
        "queue_growth": large.median("first page") / small.median("first page"),
        "case_ms": large.median("case page"),
        "case_growth": large.median("case page") / small.median("case page"),
        "received_case_ms": large.median("a received case"),
        "received_case_growth": large.median("a received case") / small.median("a received case"),
        "filter_ms": large.median("a filter"),
        "deep_ms": large.median("a deep page"),
        "search_p95_ms": max(large.slow(name) for name in SEARCHES),
        "search_growth": max(large.median(name) / small.median(name) for name in SEARCHES),
    }


if __name__ == "__main__":
    sys.exit(run(__doc__ or "", measure, full="a million cases (takes long to load)"))
