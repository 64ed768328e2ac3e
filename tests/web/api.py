"""A client of the API that checks the headers of every answer, and the form of every error."""

from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from tests.makers.cast import OFFICE
from tests.web.browser import HOST
from tests.web.hygiene import check_answer

KEY = "key-of-a-test-0123456789"
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


class Api:
    """Somebody else's program."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()

    def get(self, path: str, status: int = 200, **headers: str) -> TestResponse:
        """Asks for something."""
        return self._checked(self.client.get(path, base_url=HOST, headers=_named(headers)), path, status)

    def post(self, path: str, status: int, body: object = None, data: bytes | None = None, **headers: str) -> TestResponse:
        """Sends JSON, or bytes as they are."""
        named = _named(headers)
        if data is None:
            answer = self.client.post(path, base_url=HOST, json=body, headers=named)
        else:
            answer = self.client.post(path, base_url=HOST, data=data, headers={"Content-Type": "application/json", **named})
        return self._checked(answer, path, status)

    def file(self, body: object, status: int = 201, key: str | None = KEY, **headers: str) -> Any:
        """Files a report."""
        named = {"Idempotency_Key": key} if key is not None else {}
        return self.post("/api/v1/reports", status, body, **named, **headers).get_json()

    def track(self, code: str, status: int = 200, **headers: str) -> Any:
        """Looks a code up."""
        return self.post("/api/v1/track", status, {"receipt_code": code}, **headers).get_json()

    def _checked(self, answer: TestResponse, path: str, status: int) -> TestResponse:
        check_answer(answer, path)
        assert answer.status_code == status, f"{answer.status_code}: {answer.text[:1000]}"
        assert not answer.headers.getlist("Set-Cookie"), "the API needs no cookie"
        if status >= 400:
            assert answer.content_type == "application/problem+json"
            problem = answer.get_json()
            assert problem.keys() >= {"type", "title", "status", "detail"}
            assert problem["status"] == status
            assert problem["title"]
        return answer


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
