"""People who file by the API, all at once, and do not give up: the same key again until they have an answer."""

import http.client
import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime

from tests.journeys.api import Client

AGAIN_AFTER = 0.05
GIVES_UP_AFTER = 120.0
PATIENCE = 10.0  # longer than any answer takes while the server lives
_NO_ANSWER = (OSError, http.client.HTTPException, json.JSONDecodeError)


@dataclass
class Filed:
    """One report: what was sent, what came back, and how often it took."""

    key: str
    body: dict[str, object]
    receipts: list[dict[str, str]] = field(default_factory=list)
    tries: int = 0
    was_stored_unheard: bool = False  # stored by a try that was killed before it could answer

    @property
    def name(self) -> str:
        """The name that was given."""
        reporter = self.body["reporter"]
        assert isinstance(reporter, dict)
        return str(reporter["name"])


@dataclass
class Filer:
    """One of them. Each report has a key of its own; some are sent once more after the answer."""

    number: int
    port: int
    stop: threading.Event
    filed: list[Filed] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Files one report after another until told to stop; the last one is finished."""
        client = Client(self.port, PATIENCE)
        while not self.stop.is_set() and not self.faults:
            report = Filed(secrets.token_urlsafe(24), _body(self.number, len(self.filed)))
            if self._is_taken(client, report):
                self.filed.append(report)

    def _is_taken(self, client: Client, report: Filed) -> bool:
        wanted = 2 if len(self.filed) % 3 == 0 else 1
        until = time.monotonic() + GIVES_UP_AFTER
        while len(report.receipts) < wanted and time.monotonic() < until:
            report.tries += 1
            began = datetime.now(UTC)  # noqa: TID251 (the machine's clock, as the server's)
            try:
                status, answer = client.file(report.body, report.key)
            except _NO_ANSWER:
                time.sleep(AGAIN_AFTER)
                continue
            if status == 201:
                is_first = not report.receipts
                report.receipts.append(answer)
                filed_at = datetime.fromisoformat(answer["filed_at"])
                report.was_stored_unheard |= is_first and filed_at < began
            elif status != 503:
                self.faults.append(f"{status}: {answer}")
                return False
        if len(report.receipts) < wanted:
            self.faults.append(f"no answer to {report.tries} tries")
        return len(report.receipts) == wanted


def _body(filer: int, number: int) -> dict[str, object]:
    name = f"Người Thứ {filer} Lần {number}"
    return {
        "category": ("delay.late_result", "attitude.rude")[number % 2],
        "agency": "H-HA-MC",
        "dossier_code": f"000.00.35.H47-26{filer:02d}12-{number:04d}",
        "accused_role": ("none", "officer")[number % 2],
        "narrative": f"Phản ánh số {number} của người thứ {filer}. Tôi là {name}.",
        "reporter": {"type": "citizen", "name": name},
        "notify": {"email": f"nguoi{filer}.{number}@thu.vn"},
        "disclosure": "confidential",
    }
