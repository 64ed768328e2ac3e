"""Ten megabytes at once, in Chromium: the page that says so arrives, and leads back to the draft.

The field is a hidden one: to draw so long a text would take Chromium longer than to send it.
"""

import socket
import time

from tests.journeys.browsing import Watch
from tests.journeys.conftest import Site
from tests.journeys.people import Reporter

TEN_MEGABYTES = """place => {
    place.type = "hidden";
    place.value = "a".repeat(10_000_000);
    place.form.requestSubmit();
}"""


def test_a_story_of_ten_megabytes(lan: Reporter, watch: Watch) -> None:
    watch.expected.append("status of 413")
    lan.opens("/report")
    lan.unfolds('[value="attitude.rude"]')
    lan.chooses({"category": "attitude.rude"})
    lan.presses()
    lan.answers({"agency": "H-HA-MC"})
    lan.presses()
    with lan.page.expect_navigation():
        lan.page.locator("[name=occurred_on]").evaluate(TEN_MEGABYTES)
    assert "lớn quá" in lan.reads()
    lan.presses('main a[href^="/report/happened?draft="]')
    lan.fills({"narrative": "Người ở quầy quát tôi."})
    lan.chooses({"accused_role": "officer"})
    lan.presses()
    assert "Về anh/chị" in lan.reads()
    watch.expected.remove("status of 413")


def test_on_a_slow_line_everything_is_taken_before_the_line_is_closed(site: Site) -> None:
    head = "POST /report/happened HTTP/1.1\r\nHost: portal.test\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    with socket.create_connection(("127.0.0.1", site.server.port), timeout=30) as line:
        line.sendall(f"{head}Content-Length: 10000000\r\nConnection: close\r\n\r\n".encode())
        for _ in range(10):
            line.sendall(b"a" * 1_000_000)
            time.sleep(0.02)
        assert line.recv(12) == b"HTTP/1.1 413"
