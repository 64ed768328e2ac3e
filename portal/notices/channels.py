"""How a notice leaves: a console for one machine, SMTP for a province.

Phones are told on the console until there is a gateway.
"""

import logging
import smtplib
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Protocol
from urllib.parse import urlsplit

log = logging.getLogger("portal.notices")


class Channel(Protocol):
    """Sends one short text. Raises OSError (smtplib's errors are OSErrors) when it could not."""

    def send(self, to: str, subject: str, text: str, message_id: str) -> None:
        """Hands the text over."""


class Console:
    """Says on the log that a notice would leave, without the address."""

    def send(self, to: str, subject: str, text: str, message_id: str) -> None:
        """Logs the subject."""
        log.info("notice %s: %s", message_id, subject)


@dataclass(frozen=True)
class Mail:
    """SMTP to the province's own relay."""

    host: str
    port: int
    sender: str

    def send(self, to: str, subject: str, text: str, message_id: str) -> None:
        """One plain mail with a stable Message-ID and no Reply-To."""
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, to, subject
        message["Message-ID"] = f"<{message_id}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(text)
        with smtplib.SMTP(self.host, self.port, timeout=20) as server:
            server.send_message(message)


def mail_channel(url: str, sender: str) -> Channel:
    """The channel of a setting: `console:` or `smtp://host:port`. Raises ValueError for anything else."""
    parts = urlsplit(url)
    if parts.scheme == "console":
        return Console()
    if parts.scheme == "smtp" and parts.hostname:
        return Mail(parts.hostname, parts.port or 25, sender)
    raise ValueError(f"a mail address like smtp://host:25 or console: was expected, not {url!r}")
