"""Somebody else's program: sends JSON, keeps no cookies, and looks at the headers and form of every answer."""

import re
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from tests.makers.cast import OFFICE
from tests.web.hygiene import check_headers
from tests.web.worlds import HOST

CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{5}(?:-[0-9A-HJKMNP-TV-Z]{5}){4}")
REPORTS, TRACK = "/api/v1/reports", "/api/v1/track"
KEY = "0f9c1f1e-7a55-4a39-9a5d"
DELAY: dict[str, Any] = {
    "category": "delay.late_result",
    "agency": OFFICE,
    "dossier_code": "000.00.35.H47-260212-0012",
    "narrative": "Hồ sơ quá hẹn mười hai ngày.",
    "disclosure": "anonymous",
    "reporter": None,
}
CONDUCT: dict[str, Any] = {
    "category": "attitude.rude",
    "agency": OFFICE,
    "accused_role": "officer",
    "narrative": "Người ở quầy quát tôi.",
    "disclosure": "anonymous",
}


class Program:
    """A client of the API."""

    def __init__(self, app: Flask, language: str = "") -> None:
        self.client = app.test_client(use_cookies=False)
        self.headers = {"Accept-Language": language} if language else {}

    def get(self, address: str, status: int = 200) -> Any:
        """Asks for something, and gives the JSON."""
        return self._json(self.client.get(address, base_url=HOST, headers=self.headers), status)

    def file(self, body: object, status: int = 201, key: str = KEY) -> Any:
        """Files a report."""
        return self._json(self.send(REPORTS, body, {"Idempotency-Key": key}), status)

    def track(self, code: object, status: int = 200) -> Any:
        """Looks up a code."""
        return self._json(self.send(TRACK, {"receipt_code": code}), status)

    def send(self, address: str, body: object, headers: dict[str, str] | None = None) -> TestResponse:
        """Sends JSON."""
        return self.client.post(address, base_url=HOST, json=body, headers={**self.headers, **(headers or {})})

    def send_bytes(self, address: str, body: bytes, content_type: str, status: int) -> Any:
        """Sends whatever it is."""
        headers = {**self.headers, "Idempotency-Key": KEY}
        answer = self.client.post(address, base_url=HOST, data=body, content_type=content_type, headers=headers)
        return self._json(answer, status)

    def _json(self, answer: TestResponse, status: int) -> Any:
        assert answer.status_code == status, answer.text[:2000]
        is_open = answer.request.path == "/open-data/releases.json"
        check_headers(answer.headers, is_kept=is_open, is_open=is_open)
        assert not answer.headers.getlist("Set-Cookie")
        if status < 400 or answer.request.path == "/readyz":
            assert answer.content_type == "application/json"
            return answer.json
        assert answer.content_type == "application/problem+json"
        problem = answer.json
        assert problem is not None
        assert problem.keys() >= {"type", "title", "status", "detail"}
        assert (problem["type"], problem["status"]) == ("about:blank", status)
        assert problem["title"]
        return problem
