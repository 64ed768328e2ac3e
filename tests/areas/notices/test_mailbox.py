"""The page of all mails: on loopback, by this machine's name only, words as text."""

import http.client
import threading
from collections.abc import Iterator

import pytest

from portal.notices.channels import mail_channel
from portal.notices.letters import Letter
from portal.notices.mailbox import KEPT, Mailbox, serve_mailbox

HOSTILE = Letter("<b>Tin</b>", "Dòng một\n<script>x</script>\n", "<p>", "vi", "abc@portal.test")


@pytest.fixture
def served() -> Iterator[tuple[Mailbox, int]]:
    """A mailbox and the port of its page."""
    mailbox = Mailbox()
    server = serve_mailbox(mailbox, 0)
    assert server.server_address[0] == "127.0.0.1"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield mailbox, server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


def get(port: int, path: str = "/", host: str = "", method: str = "GET") -> tuple[int, str]:
    """Status and text."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, headers={"Host": host or f"127.0.0.1:{port}"})
    answer = connection.getresponse()
    assert answer.status != 200 or answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def test_it_shows_every_mail_the_newest_first(served: tuple[Mailbox, int]) -> None:
    mailbox, port = served
    assert "Chưa có thư nào" in get(port)[1]
    mailbox.send("lan@thu.vn", HOSTILE)
    mailbox.send("quy@co-quan.vn", HOSTILE)
    status, text = get(port)
    assert status == 200
    assert text.index("quy@co-quan.vn") < text.index("lan@thu.vn")
    assert "&lt;script&gt;" in text
    assert "<script" not in text
    assert "abc@portal.test" in text


def test_no_other_name_and_nothing_else(served: tuple[Mailbox, int]) -> None:
    _mailbox, port = served
    assert get(port, host="portal.example")[0] == 403
    assert get(port, host=f"portal.example:{port}")[0] == 403
    assert get(port, host=f"localhost:{port}")[0] == 200
    assert get(port, "/x")[0] == 404
    assert get(port, method="POST")[0] == 501


def test_it_forgets_the_oldest() -> None:
    mailbox = Mailbox()
    for number in range(KEPT + 1):
        mailbox.send(f"a{number}@thu.vn", HOSTILE)
    page = mailbox.page()
    assert "a0@thu.vn" not in page
    assert page.count("<article") == KEPT


def test_a_taken_port_costs_no_mail(served: tuple[Mailbox, int]) -> None:
    channel = mail_channel(f"demo://127.0.0.1:{served[1]}", "x@portal.test")
    assert isinstance(channel, Mailbox)
    channel.send("lan@thu.vn", HOSTILE)
    assert "lan@thu.vn" in channel.page()


def test_only_on_loopback() -> None:
    for wrong in ("demo://0.0.0.0:8025", "demo://portal.test:8025", "demo:"):
        with pytest.raises(ValueError, match="mail address"):
            mail_channel(wrong, "x@portal.test")
