"""Somebody at the desk: signed in once, then page after page, each over a connection of its own and timed."""

import http.client
import re
import time
from collections.abc import Mapping
from urllib.parse import urlencode

from benchmarks.measuring.results import CouldNotMeasure

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class DeskClient:
    """A session of one account."""

    def __init__(self, port: int, login: str, password: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._cookies: dict[str, str] = {}
        self._form_token("/staff/sign-in")
        self.sent("/staff/sign-in", {"login": login, "password": password}, 302)
        self._form_token("/staff/queue")  # the session that begins has a new one

    def _form_token(self, address: str) -> None:
        token = _TOKEN.search(self.page(address))
        if token is None:
            raise CouldNotMeasure(f"{address} has no form")
        self._token = token[1]

    def sent(self, address: str, form: Mapping[str, str], expected: int = 200) -> str:
        """What a form that was sent gives."""
        status, body = self._ask("POST", address, urlencode({**form, "csrf_token": self._token}))
        if status != expected:
            raise CouldNotMeasure(f"{address} answered {status}")
        return body

    def page(self, address: str) -> str:
        """A page that must be there."""
        status, body = self._ask("GET", address)
        if status != 200:
            raise CouldNotMeasure(f"{address} answered {status}")
        return body

    def timed(self, address: str) -> float:
        """How long a page takes, in milliseconds: from the request's first byte to the answer's last."""
        began = time.perf_counter()
        self.page(address)
        return 1000 * (time.perf_counter() - began)

    def _ask(self, method: str, address: str, body: str | None = None) -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.close()  # the server ends a connection that was quiet for two seconds
        self._connection.request(method, address, body, headers)
        answer = self._connection.getresponse()
        text = answer.read().decode()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self._cookies[key] = rest.partition(";")[0]
        return answer.status, text
