"""How a notice leaves: a console for one machine, a page for trying out, SMTP for a province.

Phones are told on the console until there is a gateway.
"""

import logging
import smtplib
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Protocol
from urllib.parse import urlsplit

from portal.foundation.time import now
from portal.notices.letters import Letter
from portal.notices.mailbox import LOOPBACK, open_mailbox

log = logging.getLogger("portal.notices")

TIMEOUT = 20.0  # seconds that a relay may be silent


class Channel(Protocol):
    """Sends one letter. Raises OSError (smtplib's errors are OSErrors) when it could not."""

    def send(self, to: str, letter: Letter) -> None:
        """Hands the letter over."""


class Console:
    """Says on the log that a notice would leave, without the address."""

    def send(self, to: str, letter: Letter) -> None:
        """Logs the subject."""
        log.info("notice %s: %s", letter.message_id, letter.subject)


@dataclass(frozen=True)
class Mail:
    """SMTP to the province's own relay."""

    host: str
    port: int
    sender: str
    timeout: float = TIMEOUT

    def send(self, to: str, letter: Letter) -> None:
        """One mail, plain and HTML, with a stable Message-ID and no Reply-To."""
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, to, letter.subject
        message["Date"] = format_datetime(now())
        message["Message-ID"] = f"<{letter.message_id}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text)
        message.add_alternative(letter.html, subtype="html")
        message["Content-Language"] = letter.language
        with smtplib.SMTP(self.host, self.port, timeout=self.timeout) as server:
            server.send_message(message)


def mail_channel(url: str, sender: str) -> Channel:
    """The channel of a setting: `console:`, `smtp://host:port`, or `demo://127.0.0.1:port` for a page on this machine
    that shows every mail. Raises ValueError for anything else.
    """
    parts = urlsplit(url)
    if parts.scheme == "console":
        return Console()
    if parts.scheme == "smtp" and parts.hostname:
        return Mail(parts.hostname, parts.port or 25, sender)
    if parts.scheme == "demo" and parts.hostname == LOOPBACK and parts.port:
        return open_mailbox(parts.port)
    raise ValueError(f"a mail address like smtp://host:25 or console: was expected, not {url!r}")
