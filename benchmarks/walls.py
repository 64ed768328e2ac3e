"""Whether the time of an answer tells an account that a case is kept from it behind a wall.

Why it is fair. All worlds are copies of one database, filled by `demo load`. To one of them a report is filed whose
words nobody else has used, and a chief inspector keeps an inspector and an agency's officer from it by name, by the
real actions; another is left as it is, a third too, so that one sees how far two worlds differ that are alike. All run
in this one process and are asked without a network between, which shows less than what is measured here. Each of the
two accounts asks for the same in every world, in an order drawn anew each round: the queue, common words, the words of
the hidden report alone, its address, and the bodies found while somebody types. In the world that has the report, its
address is also compared with one of no case at all. An answer that differs in status or length between worlds fails the
run. Each time is taken as somebody outside would take it, and on SQLite also as the processor time of this process, in
which other work on the machine hardly shows.

Mann and Whitney's test says for each pair how likely times so unlike are if nothing differs; the limit is 1 % for all
pairs of a server and clock together (Bonferroni). Beside it stands from which difference on the test would say so.

--quick asks 60 rounds of 1,000 cases on SQLite; without it 400 rounds, on SQLite and PostgreSQL.
"""

import random
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

sys.path[0] = str(Path(__file__).resolve().parents[1])  # the root; this folder's names are no libraries

from statistics import median

from flask.testing import FlaskClient
from sqlalchemy import text

from benchmarks.measuring.places import POSTGRESQL, SQLITE, Place, place
from benchmarks.measuring.results import CouldNotMeasure, Figures, Line, Options, run
from benchmarks.measuring.two_samples import Compared, compared, noticed_from
from config import from_environment
from portal import create_app
from portal.cases import actions
from portal.cases.queries import file_by_code, viewer_of
from portal.cases.receipts import code_hash
from portal.demo.accounts import HANH, MINH, QUY, DemoAccount
from portal.foundation.database import transaction
from portal.staff.accounts import staff_by_login
from tests.makers.committed import Committed
from tests.makers.filings import a_delay
from tests.makers.settings import CODE_KEY
from tests.web.worlds import HOST, token_in

CASES, SEED = 1_000, 30
ROUNDS, QUICK_ROUNDS, WARM = 400, 60, 3
LIMIT = 0.01
NONE, TWIN, SOME = "none", "twin", "some"  # worlds: without the report, another like it, with it
RARE = "cánh cò lạc bến"
NO_CASE = "VV-000000"
QUEUE = "/staff/queue"
PAIRS = ((NONE, SOME), (NONE, TWIN))
WALL, PROCESSOR = "wall clock", "processor"
Times = dict[tuple[str, str, str], dict[str, list[float]]]  # by clock, account and what was asked; then by world


@dataclass
class World:
    """One installation and its accounts, signed in."""

    name: str
    clients: Mapping[str, FlaskClient]
    forms: Mapping[str, Mapping[str, str]] = field(repr=False)  # what an account sends to find a body

    def ask(self, login: str, address: str) -> tuple[tuple[int, int], dict[str, float]]:
        """Status and length of an answer, and the milliseconds that it took by each clock."""
        client = self.clients[login]
        began, used = time.perf_counter(), time.thread_time()
        if address.startswith("/report/find"):
            answer = client.post(address, base_url=HOST, data=self.forms[login])
        else:
            answer = client.get(address, base_url=HOST)
        length = len(answer.get_data())
        took = {WALL: 1000 * (time.perf_counter() - began), PROCESSOR: 1000 * (time.thread_time() - used)}
        answer.close()
        return (answer.status_code, length), took


def asked(hidden: str) -> dict[str, str]:
    """What is asked for, by its name in the table."""
    return {
        "the queue": QUEUE,
        "common words": f"{QUEUE}?q={quote('hồ sơ')}",
        "words of the hidden report": f"{QUEUE}?q={quote(RARE)}",
        "its address": f"/staff/cases/{hidden}",
        "an address of no case": f"/staff/cases/{NO_CASE}",
        "bodies while typing": "/report/find/agency",
    }


@contextmanager
def worlds(here: Place, server: str) -> Iterator[tuple[list[World], str]]:
    """The worlds of one server, and the reference of the hidden case."""
    here.loaded(server, CASES, SEED)[0].close()
    with ExitStack() as stack:
        made, hidden = [], ""
        for name in (NONE, TWIN, SOME):
            main, keys = (here.copied(server, f"{what}-{CASES}", f"{what}-{name}") for what in ("main", "keys"))
            installation = Committed(main, keys, here.folder / f"{server}-{name}")
            stack.enter_context(closing(installation))
            installation.folder.mkdir()
            if name == SOME:
                hidden = hide(installation)
            with installation.session() as session:
                session.execute(text("ANALYZE"))
                session.commit()
            made.append(_opened(name, installation))
        yield made, hidden


def hide(installation: Committed) -> str:
    """Files a report and keeps both accounts from it; gives its reference."""
    reference, code = "", installation.file(a_delay(narrative=f"Hồ sơ quá hẹn mười hai ngày, nhớ {RARE}.")).code
    for account in (MINH, QUY):
        with installation.session() as session, transaction(session):
            file = file_by_code(session, code_hash(CODE_KEY, code))
            chief = staff_by_login(session, HANH.login)
            if file is None or chief is None:
                raise CouldNotMeasure("the report was not filed, or there is no chief inspector")
            viewer = viewer_of(session, chief)
            actions.wall_off(session, file, chief, viewer, account=account.login, text="Lời kể nêu tên người này.")
            reference = file.case.reference
    return reference


def _opened(name: str, installation: Committed) -> World:
    app = create_app(from_environment(installation.environment(PORTAL_ENV="local", PORTAL_LIMITS="off")))
    clients = {account.login: app.test_client() for account in (MINH, QUY)}
    for account in (MINH, QUY):
        _sign_in(clients[account.login], account)
    forms = {
        login: {"csrf_token": token_in(client.get("/report", base_url=HOST).text), "agency_name": "hoi an"}
        for login, client in clients.items()
    }
    return World(name, clients, forms)


def _sign_in(client: FlaskClient, account: DemoAccount) -> None:
    token = token_in(client.get("/staff/sign-in", base_url=HOST).text)
    form = {"login": account.login, "password": account.password, "csrf_token": token}
    status = client.post("/staff/sign-in", base_url=HOST, data=form).status_code
    if status != 302:
        raise CouldNotMeasure(f"{account.login} could not sign in: {status}")


def timed(made: Sequence[World], hidden: str, rounds: int) -> Times:
    """Everything in every world, round after round, each in another order. Raises CouldNotMeasure."""
    drawn, times = random.Random(SEED), Times()  # noqa: S311
    requests = [
        (world, login, what, address)
        for world in made
        for login in world.clients
        for what, address in asked(hidden).items()
    ]
    seen: dict[tuple[str, str], tuple[int, int]] = {}
    for turn in range(rounds + WARM):
        drawn.shuffle(requests)
        for world, login, what, address in requests:
            answer, took = world.ask(login, address)
            if seen.setdefault((login, what), answer) != answer:
                raise CouldNotMeasure(f"{login}, {what}: {answer} in the world {world.name}, not {seen[login, what]}")
            if turn >= WARM:
                for clock, milliseconds in took.items():
                    times.setdefault((clock, login, what), {}).setdefault(world.name, []).append(milliseconds)
    nobodys = ("its address", "an address of no case")
    there = [one for one, (status, _length) in seen.items() if one[1] in nobodys and status != 404]
    if there:
        raise CouldNotMeasure(f"not answered by 404: {there}")
    return times


@dataclass(frozen=True)
class Row:
    """One comparison."""

    clock: str
    what: str
    medians: tuple[float, float]
    found: Compared
    noticed_from: float
    is_control: bool


def rows_of(times: Times, clocks: Sequence[str]) -> list[Row]:
    """Each pair of worlds, and the address of the hidden case beside one of no case in the world that has it."""
    pairs: list[tuple[str, str, Sequence[float], Sequence[float], bool]] = []
    for (clock, login, what), by_world in sorted(times.items()):
        for one, other in PAIRS:
            name = f"{login}: {what}, {one} and {other}"
            pairs.append((clock, name, by_world[one], by_world[other], other == TWIN))
        if what == "its address":
            nobodys = times[clock, login, "an address of no case"]
            pairs.append((clock, f"{login}: no case and the hidden one, {SOME}", nobodys[SOME], by_world[SOME], False))
            pairs.append((clock, f"{login}: no case and another, {NONE}", nobodys[NONE], by_world[NONE], True))
    pairs = [pair for pair in pairs if pair[0] in clocks]
    limit = LIMIT / (len(pairs) / len(clocks))
    return [
        Row(clock, what, (median(one), median(other)), compared(one, other), noticed_from(one, other, limit), control)
        for clock, what, one, other, control in pairs
    ]


def told(server: str, rows: Sequence[Row]) -> Iterator[Line]:
    """The table of one server; where nothing was hidden in either world the line says so."""
    each = LIMIT / max(sum(row.clock == rows[0].clock for row in rows), 1)
    for row in rows:
        verdict = "told apart" if row.found.chance < each else f"alike; noticed from {row.noticed_from:.3f} ms on"
        yield Line(
            f"{server}, {row.clock}, {row.what}",
            f"{row.found.difference:+.3f} ms",
            f"{row.medians[0]:.3f} and {row.medians[1]:.3f} ms, p = {row.found.chance:.3f}, "
            f"slower in {100 * row.found.slower:.0f} of 100: {verdict}{' (nothing hidden)' if row.is_control else ''}",
        )


def figured(server: str, rows: Sequence[Row]) -> dict[str, float]:
    """The figures that tools read: how many comparisons tell worlds apart, and the surest of them."""
    each = LIMIT / max(sum(row.clock == rows[0].clock for row in rows), 1)
    hiding, control = ([row for row in rows if row.is_control is is_control] for is_control in (False, True))
    return {
        f"told_apart_{server}": float(sum(row.found.chance < each for row in hiding)),
        f"told_apart_nothing_hidden_{server}": float(sum(row.found.chance < each for row in control)),
        f"least_chance_{server}": min(row.found.chance for row in hiding),
        f"largest_difference_ms_{server}": max(abs(row.found.difference) for row in hiding),
    }


def measure(options: Options) -> tuple[Sequence[Line], Figures]:
    """All worlds of a server side by side."""
    lines: list[Line] = []
    figures: dict[str, float] = {}
    with place() as here:
        for server in (SQLITE,) if options.quick else (SQLITE, POSTGRESQL):
            with worlds(here, server) as (made, hidden):
                times = timed(made, hidden, QUICK_ROUNDS if options.quick else ROUNDS)
            rows = rows_of(times, (WALL, PROCESSOR) if server == SQLITE else (WALL,))
            lines += told(server, rows)
            figures |= figured(server, rows)
    return lines, figures


if __name__ == "__main__":
    sys.exit(run(__doc__ or "", measure))
