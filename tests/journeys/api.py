"""Somebody who speaks to the API: JSON in and out, no browser."""

import http.client
import json
from collections.abc import Mapping
from typing import Any


class Client:
    """Asks one portal's API, each time over a new connection. Raises OSError or HTTPException when nobody answers."""

    def __init__(self, port: int, patience: float = 30.0) -> None:
        self._port, self._patience = port, patience

    def get(self, address: str) -> dict[str, Any]:
        """What is there. Any answer but 200 fails."""
        status, found = self._ask("GET", address, None, {})
        assert status == 200, found
        return found

    def file(self, report: Mapping[str, object], key: str) -> tuple[int, dict[str, Any]]:
        """Files a report under an idempotency key."""
        return self._ask("POST", "/api/v1/reports", report, {"Idempotency-Key": key})

    def track(self, code: str) -> tuple[int, dict[str, Any]]:
        """Looks where a report stands."""
        return self._ask("POST", "/api/v1/track", {"receipt_code": code}, {})

    def _ask(
        self, method: str, address: str, body: Mapping[str, object] | None, headers: Mapping[str, str]
    ) -> tuple[int, dict[str, Any]]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=self._patience)
        try:
            content = None if body is None else json.dumps(body).encode()
            connection.request(method, address, content, {"Content-Type": "application/json", **headers})
            response = connection.getresponse()
            return response.status, json.loads(response.read())
        finally:
            connection.close()
