"""A mail relay on loopback that keeps what it is given, and can be slow on purpose."""

import asyncio
import email
import socket
import threading
from email.message import Message
from types import TracebackType
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Relay:
    """Takes mails. `reached` is set when a mail has come; while `holds` is not set it does not say "taken".

    `refuses`: what it answers instead of taking a mail ("451 later").
    """

    def __init__(self, port: int = 0) -> None:
        self.refuses = ""
        self.mails: list[Message] = []
        self.recipients: list[list[str]] = []
        self.reached = threading.Event()
        self.holds: threading.Event | None = None
        self._controller = Controller(self, hostname="127.0.0.1", port=port or _free_port())

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._controller.port)

    @property
    def url(self) -> str:
        """What PORTAL_MAIL_URL must be."""
        return f"smtp://127.0.0.1:{self._controller.port}"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """aiosmtpd calls this for each mail."""
        if self.refuses:
            return self.refuses
        content = envelope.content
        assert isinstance(content, bytes)
        self.mails.append(email.message_from_bytes(content))
        self.recipients.append(list(envelope.rcpt_tos))
        self.reached.set()
        if self.holds is not None:
            await asyncio.to_thread(self.holds.wait, 60)
        return "250 taken"

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.holds is not None:
            self.holds.set()
        self._controller.stop()


class Silent:
    """A relay that hangs: it takes connections and never says a word."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = int(self._socket.getsockname()[1])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
