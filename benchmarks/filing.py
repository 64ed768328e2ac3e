"""One durable filing: the portal's API beside a bare Flask route with one INSERT, and beside django-helpdesk.

Why it is fair. All are real servers on this machine, loaded in turn in one run by eight connections of wrk, each with
the same texts of about 600 characters. The portal and the bare route have the same gunicorn (two workers with eight
threads, as `make run`) and the same kind of database; the bare route writes one row of those texts as durably
(SQLite: WAL, synchronous=FULL, queueing writers; PostgreSQL: its defaults) before it answers 201. The portal does all
that a filing means: it seals the identity, stores data keys first, routes, masks, starts clocks, appends events with
their leaves, writes search documents and the job, signs the proof. Half are delays that go to the office at once, half
are reports of conduct. Rate limits are off, since all requests come from one address; django-helpdesk has none.

django-helpdesk 2.6.1 stores a ticket by its public form with gunicorn's two sync workers on the same PostgreSQL
server, as its documentation recommends; the token of its form is fetched once, so that only the POST counts, and its
e-mails go nowhere. It is left out by --quick, which measures on SQLite alone. At the end every answer that was
counted is looked for in the databases. Processor time includes the database server's.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[1])  # the root; this folder's names are no libraries

from sqlalchemy import Engine, create_engine, text

from benchmarks.measuring.bare import metadata
from benchmarks.measuring.helpdesk import Helpdesk
from benchmarks.measuring.load import Request, Side, compare
from benchmarks.measuring.places import POSTGRESQL, SQLITE, Place, place
from benchmarks.measuring.results import CouldNotMeasure, Figures, Line, Options, run
from benchmarks.measuring.serving import portal_command
from benchmarks.measuring.texts import portal_bodies
from portal.foundation.database import make_engine


class Pair:
    """The portal and the bare route on one kind of database."""

    def __init__(self, here: Place, server: str) -> None:
        self._here, self.server = here, server
        self._bare_url = here.database(server, "bare")
        engine = make_engine(self._bare_url)
        metadata.create_all(engine)
        engine.dispose()
        portal = here.portal(server)
        bare = here.serve(
            portal_command("benchmarks.measuring.bare:app"),
            {"BARE_DATABASE": self._bare_url},
            "/healthz",
            f"bare-{server}",
        )
        bodies = portal_bodies(here.folder / "portal.bodies")
        self.portal = self._side("portal", portal.at("/api/v1/reports"), portal.processes, bodies)
        self.bare = self._side("bare INSERT", bare.at("/filed"), bare.processes, bodies)

    def _side(self, name: str, address: str, processes: object, bodies: Path) -> Side:
        def all_processes() -> list[int]:
            own = processes()  # type: ignore[operator]
            return [*own, *self._here.postgres_processes()] if self.server == POSTGRESQL else list(own)

        request = Request(address, 201, "POST", "application/json", bodies, keyed=True)
        return Side(f"{name}, {self.server}", request, all_processes)

    @property
    def ratio(self) -> float:
        """Filings for each bare INSERT."""
        return self.portal.rate / self.bare.rate

    def check(self) -> None:
        """Every answer that was counted stands for a stored row."""
        url = self._here.url_of(self.server, "portal_full")
        for side, address, table in ((self.portal, url, "report"), (self.bare, self._bare_url, "filed")):
            stored = count(create_engine(address), table)
            if stored < side.answers:
                raise CouldNotMeasure(f"{side.name} answered {side.answers} times and stored {stored}")


def count(engine: Engine, table: str) -> int:
    """How many rows a table has."""
    with engine.connect() as connection:
        rows = connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0  # noqa: S608 (our own word)
    engine.dispose()
    return int(rows)


def measure(options: Options) -> tuple[Sequence[Line], Figures]:
    """Runs both sides, and the peer unless it is to be quick."""
    rounds, seconds = (2, 4.0) if options.quick else (3, 8.0)
    with place() as here:
        pairs = [Pair(here, server) for server in ((SQLITE,) if options.quick else (POSTGRESQL, SQLITE))]
        peer = None if options.quick else Helpdesk(here)
        other = Side("django-helpdesk, postgresql", peer.filing(), peer.processes) if peer is not None else None
        sides = [side for pair in pairs for side in (pair.portal, pair.bare)]
        compare([*sides, other] if other is not None else sides, rounds, seconds)
        for pair in pairs:
            pair.check()
        if peer is not None and other is not None and peer.tickets() < other.answers:
            raise CouldNotMeasure("django-helpdesk answered more often than it stored")
    return told(pairs, other)


def told(pairs: Sequence[Pair], other: Side | None) -> tuple[Sequence[Line], Figures]:
    """The table and the figures; the first pair's are the ones that have names without a server."""
    first = pairs[0]
    lines, figures = [], {"filing_vs_bare_insert": first.ratio}
    for pair in pairs:
        if pair is not first:
            figures[f"filing_vs_bare_insert_{pair.server}"] = pair.ratio
        lines += [
            Line(f"{side.name}, a second", f"{side.rate:,.0f}", side.words()) for side in (pair.portal, pair.bare)
        ]
        lines.append(Line(f"filing ÷ bare INSERT, {pair.server}", f"{pair.ratio:.3f}"))
    if other is not None:
        lines.append(Line(f"{other.name}, a second", f"{other.rate:,.0f}", other.words()))
        figures["filing_vs_helpdesk"] = first.portal.rate / other.rate
        lines.append(Line("filing ÷ django-helpdesk", f"{figures['filing_vs_helpdesk']:.2f}", "goal 3"))
        figures["helpdesk_filings_per_second"] = other.rate
    figures["filings_per_second"] = first.portal.rate
    figures["filing_processor_ms"] = first.portal.processor_ms
    return lines, figures


if __name__ == "__main__":
    sys.exit(run(__doc__ or "", measure))
