"""Filing as people do it, over a real socket: page by page with cookies, or in one go by the API."""

import http.client
import json
import re
from urllib.parse import urlencode

from tests.canaries.people import Canary

_HIDDEN = re.compile(r'<input type="hidden" name="(csrf_token|draft)" value="([^"]*)"')


class Browser:
    """Keeps cookies, follows redirects, comes through a proxy that says where it is."""

    def __init__(self, port: int, address: str) -> None:
        self._port = port
        self._cookies: dict[str, str] = {}
        self._headers = {"X-Forwarded-For": address, "X-Forwarded-Proto": "https", "Host": "portal.test"}

    def ask(self, method: str, address: str, body: bytes = b"", kind: str = "", **headers: str) -> tuple[int, str]:
        """One request and whatever it leads to."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        sent = {**self._headers, "Cookie": cookies, "Content-Type": kind, **headers}
        connection.request(method, address, body, {name: value for name, value in sent.items() if value})
        response = connection.getresponse()
        page = response.read().decode()
        connection.close()
        for name, value in response.getheaders():
            if name == "Set-Cookie":
                cookie, _, content = value.partition(";")[0].partition("=")
                self._cookies[cookie] = content
        target = response.getheader("Location")
        return self.ask("GET", target) if target else (response.status, page)

    def send(self, address: str, page: str, **form: str) -> str:
        """Sends the form of a page."""
        fields = dict(_HIDDEN.findall(page)) | form
        status, after = self.ask("POST", address, urlencode(fields).encode(), "application/x-www-form-urlencoded")
        assert status == 200, f"{address}: {status}"
        return after


def file_by_pages(port: int, person: Canary) -> None:
    """What, where, what happened, about you, check, send."""
    browser = Browser(port, person.address)
    page = browser.ask("GET", "/report")[1]
    page = browser.send("/report", page, category="delay.late_result")
    page = browser.send("/report/where", page, agency="H-HA-MC")
    page = browser.send("/report/happened", page, **person.texts, dossier_code=_dossier(person), committee_first="no")
    page = browser.send(
        "/report/about",
        page,
        reporter_type="citizen",
        disclosure=person.disclosure.value,
        name=person.name,
        phone=person.phone,
        email=person.email,
        tax_code=person.tax_code,
        notify_email=person.notify,
    )
    page = browser.send("/report/check", page)
    assert "slip__code" in page


def file_by_api(port: int, person: Canary) -> None:
    """First with a mistake in it, which is refused; then rightly."""
    browser = Browser(port, person.address)
    report = {
        "category": "attitude.rude",
        "agency": "H-HA-MC",
        "accused_role": "officer",
        **person.texts,
        "disclosure": person.disclosure.value,
        "notify": {"email": person.notify},
        "reporter": {
            "type": "business",
            "name": person.name,
            "phone": person.phone,
            "email": person.email,
            "tax_code": person.tax_code,
        },
    }
    for status, body in ((422, {**report, "agency": person.name}), (201, report)):
        key = {"Idempotency-Key": f"canary-number-{person.number:06d}"}
        got, answer = browser.ask("POST", "/api/v1/reports", json.dumps(body).encode(), "application/json", **key)
        assert got == status, answer


def _dossier(person: Canary) -> str:
    return f"000.00.35.H47-260212-{1000 + person.number}"
