"""All mails of a portal for trying out, on a page of the worker: in its memory, on loopback, gone when it ends."""

import logging
import threading
from collections import deque
from dataclasses import dataclass
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from markupsafe import Markup

from portal.foundation.time import local, now
from portal.notices.letters import Letter

log = logging.getLogger("portal.notices")

LOOPBACK = "127.0.0.1"
KEPT = 500
PAGE = Markup(
    '<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>Thư thử</title><style>body{{font:1rem/1.6 system-ui,sans-serif;max-width:44rem;margin:1.5rem auto;"
    "padding:0 1rem;color:#1c1917;background:#fff}}article{{border-top:1px solid #d6d3d1;padding:1rem 0}}"
    "h1{{font-size:1.5rem}}h2{{font-size:1.125rem;margin:0}}pre{{white-space:pre-wrap;overflow-wrap:anywhere;"
    "font:inherit}}.soft{{color:#57534e;margin:0;overflow-wrap:anywhere}}</style><body><main><h1>Thư thử</h1>"
    "<p>Cổng đang chạy thử: thư dừng ở đây, không ai nhận. Mới nhất ở trên; tắt máy chủ là mất.</p>{0}</main>"
)
ONE = Markup(
    '<article lang="{language}"><h2>{subject}</h2><p class="soft">{to}, {at}</p><pre>{text}</pre>'
    '<p class="soft">{message_id}</p></article>'
)
NONE = Markup("<p>Chưa có thư nào.</p>")


@dataclass(frozen=True)
class Shown:
    """One mail as it stands on the page."""

    to: str
    at: datetime
    letter: Letter


class Mailbox:
    """A channel that keeps the last 500 mails for its page."""

    def __init__(self) -> None:
        self._mails: deque[Shown] = deque(maxlen=KEPT)

    def send(self, to: str, letter: Letter) -> None:
        """Keeps the letter, with whom it is for."""
        self._mails.appendleft(Shown(to, now(), letter))

    def page(self) -> str:
        """The page: every mail, the newest first, as text."""
        shown = Markup("").join(
            ONE.format(
                language=one.letter.language,
                subject=one.letter.subject,
                to=one.to,
                at=f"{local(one.at):%H:%M %d/%m/%Y}",
                text=one.letter.text,
                message_id=one.letter.message_id,
            )
            for one in tuple(self._mails)
        )
        return str(PAGE.format(shown or NONE))


def open_mailbox(port: int) -> Mailbox:
    """A mailbox whose page is served on loopback as long as the process lives. Without a free port it keeps mails
    all the same and says so: a second portal on the machine must not fail for it.
    """
    mailbox = Mailbox()
    try:
        server = serve_mailbox(mailbox, port)
    except OSError:
        log.warning("the page of mails cannot be served: port %d is taken", port)
    else:
        threading.Thread(target=server.serve_forever, name="mailbox", daemon=True).start()
    return mailbox


def serve_mailbox(mailbox: Mailbox, port: int) -> ThreadingHTTPServer:
    """The page's server, bound to loopback; `serve_forever` is the caller's."""
    server = ThreadingHTTPServer((LOOPBACK, port), type("Handler", (_Handler,), {"mailbox": mailbox}))
    server.daemon_threads = True
    return server


class _Handler(BaseHTTPRequestHandler):
    """GET / and nothing else, and only by the name of this machine: no other site may read it through a browser."""

    mailbox: Mailbox
    timeout = 10
    server_version, sys_version = "portal", ""

    def do_GET(self) -> None:
        """The page."""
        port = self.server.server_port  # type: ignore[attr-defined]
        if self.headers.get("Host") not in {f"{LOOPBACK}:{port}", f"localhost:{port}"}:
            self.send_error(403)
        elif self.path != "/":
            self.send_error(404)
        else:
            content = self.mailbox.page().encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Cache-Control", "no-store")
            self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
            self.send_header("X-Frame-Options", "DENY")
            self.end_headers()
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""
