"""The outbox under fire: is any notice lost when web, worker and mail relay are killed and started again?

A thousand filings by the API and moves by an office, on SQLite and on PostgreSQL; meanwhile web server and worker are
killed (kill -9, whole process groups) 20 times and the mail relay is stopped and started 10 times. Everything is real:
gunicorn and worker as `make run` starts them, an SMTP server on loopback. Afterwards each notice in the outbox is
looked for among the mails that the relay took, by its Message-ID. A worker that is killed between sending and marking
sends again: such mails are counted, and must be the same mail to the same address. To end in minutes the pauses
between tries are cut short once all has been filed. --quick: 60 filings and moves, 3 kills, 1 restart, SQLite alone.
"""

import logging
import sys
import tempfile
import time
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[1])  # the root; this folder's names are no libraries

from tests.durability.outbox_under_fire import Figures, Fire
from tests.journeys.installing import open_accounts
from tests.makers.committed import Committed
from tests.makers.databases import FULL, KEYS, POSTGRESQL, SQLITE, Databases


def measure(databases: Databases, server: str, *, wanted: int, kills: int, relays: int) -> Figures:
    """One run on one server."""
    with tempfile.TemporaryDirectory() as folder:
        place = Committed(databases.copy(server, FULL), databases.copy(server, KEYS), Path(folder))
        try:
            open_accounts(place)
            return Fire(place, wanted=wanted, kills=kills, relays=relays).run()
        finally:
            place.close()


def main(options: list[str]) -> int:
    """Prints the figures of each server; 1 when a notice is missing."""
    is_quick = "--quick" in options
    logging.getLogger("mail.log").setLevel(logging.WARNING)  # aiosmtpd tells of every line
    databases, code = Databases(), 0
    try:
        for server in (SQLITE,) if is_quick else (SQLITE, POSTGRESQL):
            began = time.monotonic()
            sizes = (60, 3, 1) if is_quick else (1000, 20, 10)
            figures = measure(databases, server, wanted=sizes[0], kills=sizes[1], relays=sizes[2])
            print(f"{server}: {figures} ({time.monotonic() - began:.0f} s)", flush=True)
            code |= bool(figures.missing or figures.unlike)
    finally:
        databases.close()
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
