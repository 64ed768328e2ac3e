"""Filings and moves while worker, web server and mail relay are killed and started again; and what must hold then.

Each notice at least once; a mail that came twice has the same Message-ID, and says the same to the same address.
"""

import secrets
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import func, select, update

from portal.cases import actions
from portal.cases.casefile import load_file
from portal.cases.models import Case
from portal.cases.queries import viewer_of
from portal.cases.words import Status
from portal.foundation.database import transaction
from portal.notices.models import Notice, NoticeState
from portal.staff.accounts import staff_by_login
from tests.durability.filers import Filer
from tests.journeys.serving import Server
from tests.makers.committed import Committed
from tests.makers.relay import Relay

FILERS = 2
PATIENCE = 240.0  # seconds until everything that waits must have left


@dataclass
class Figures:
    """What a run was, and what came of it."""

    filed: int = 0
    moved: int = 0
    kills: int = 0
    relays: int = 0
    notices: int = 0
    mails: int = 0
    twice: int = 0
    missing: list[str] = field(default_factory=list)
    unlike: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.filed} filings and {self.moved} moves, {self.kills} kill -9 of web and worker, mail relay "
            f"restarted {self.relays} times: {self.notices} notices, {self.mails} mails, {self.twice} of them again "
            f"under the same Message-ID, {len(self.missing)} notices missing, {len(self.unlike)} Message-IDs with "
            f"two meanings"
        )


class Fire:
    """One portal under fire. The relay's mails are kept over its restarts."""

    def __init__(self, place: Committed, *, wanted: int, kills: int, relays: int) -> None:
        self.place, self.figures = place, Figures()
        self._wanted, self._kills, self._relays = wanted, kills, relays
        self._relay = Relay()
        self._port = self._relay.port
        self._mails = self._relay.mails
        self._to = self._relay.recipients
        environment = place.environment(
            PORTAL_LIMITS="off", PORTAL_MAIL_URL=f"smtp://127.0.0.1:{self._port}", PORTAL_ARGON2_COST="cheap"
        )
        self.server = Server(environment, place.folder / "server.log")

    def run(self) -> Figures:
        """Files and moves until there are as many as wanted, kills meanwhile, waits until all is sent."""
        stop = threading.Event()
        self._relay.__enter__()
        self.server.start()
        filers = [Filer(number, self.server.port, stop) for number in range(FILERS)]
        threads = [threading.Thread(target=one.run) for one in filers]
        threads.append(threading.Thread(target=self._move, args=(stop,)))
        for thread in threads:
            thread.start()
        try:
            self._fire(filers)
        finally:
            stop.set()
            for thread in threads:
                thread.join()
        assert [fault for one in filers for fault in one.faults] == [], self.server.said()
        self.figures.filed = sum(len(one.filed) for one in filers)
        self._wait_until_sent()
        self.server.kill()
        self._relay.__exit__(None, None, None)
        self._count()
        return self.figures

    def _fire(self, filers: list[Filer]) -> None:
        """Kills and relay restarts, spread over the run."""
        steps = self._kills + self._relays
        for step in range(1, steps + 1):
            self._wait_for(filers, step * self._wanted // (steps + 1))
            time.sleep(secrets.randbelow(200) / 1000)
            if step % max(1, steps // max(self._relays, 1)) == 0 and self.figures.relays < self._relays:
                self._restart_relay()
            else:
                self.server.kill()
                self.figures.kills += 1
                self.server.start()
        self._wait_for(filers, self._wanted)

    def _wait_for(self, filers: list[Filer], count: int) -> None:
        while sum(len(one.filed) for one in filers) + self.figures.moved < count:
            if any(one.faults for one in filers):
                return
            time.sleep(0.01)

    def _restart_relay(self) -> None:
        self._relay.__exit__(None, None, None)
        time.sleep(0.3)
        self._relay = Relay(self._port)
        self._relay.mails, self._relay.recipients = self._mails, self._to
        self._relay.__enter__()
        self.figures.relays += 1

    def _move(self, stop: threading.Event) -> None:
        """Quý answers what was referred to his city, one case after another, in transactions of this process."""
        while not stop.is_set():
            with self.place.session() as session, transaction(session):
                ready = select(Case).where(Case.is_open, Case.is_direct, Case.status == Status.ACCEPTED)
                case = session.scalar(ready.order_by(Case.id).limit(1).with_for_update())
                quy = staff_by_login(session, "quy")
                if case is not None and quy is not None:
                    text = "Văn phòng đã trả kết quả và xin lỗi anh/chị."
                    actions.answer(
                        session,
                        load_file(session, case),
                        quy,
                        viewer_of(session, quy),
                        finding="upheld",
                        remedy="result_handed_out",
                        text=text,
                    )
                self._moved = case is not None
            self.figures.moved += self._moved
            time.sleep(0.02 if self._moved else 0.1)

    def _wait_until_sent(self) -> None:
        """Pauses and leases are cut short: what is waited for is that nothing is lost, not how long pauses are.

        A worker that met no relay rests for half a minute (tests/areas/notices/test_outbox.py); a new one asks at once.
        """
        self.server.kill()
        self.server.start()
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with self.place.session() as session, transaction(session):
                waits = select(func.count()).where(Notice.state == NoticeState.WAITING)
                if session.scalar(waits) == 0:
                    return
                soon = Notice.created_at  # in the past: due at once
                stuck = update(Notice).where(Notice.state == NoticeState.WAITING, Notice.tries > 0)
                session.execute(stuck.values(next_try_at=soon))
            time.sleep(0.5)
        raise AssertionError(f"notices still wait:\n{self.server.said()}")

    def _count(self) -> None:
        figures = self.figures
        by_name = Counter(str(mail["Message-ID"]) for mail in self._mails)
        meaning: dict[str, set[tuple[str, str]]] = {}
        for mail, to in zip(self._mails, self._to, strict=True):
            meaning.setdefault(str(mail["Message-ID"]), set()).add((to[0], str(mail["Subject"])))
        with self.place.session() as session:
            rows = session.scalars(select(Notice).where(Notice.report_id.is_not(None))).all()
        names = {f"<{one.message_id}@{self.place.secrets.origin}>" for one in rows}
        figures.notices, figures.mails = len(rows), len(self._mails)
        figures.twice = len(self._mails) - len(by_name)
        figures.missing = sorted(names - by_name.keys()) + [
            f"not sent: {one.id}" for one in rows if one.sent_at is None
        ]
        figures.unlike = sorted(name for name, said in meaning.items() if len(said) > 1) + sorted(
            by_name.keys() - names
        )
        figures.missing += [] if len(rows) == figures.filed + figures.moved else ["notices are not filings and moves"]
