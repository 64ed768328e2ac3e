"""A notice as it is sent."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Letter:
    """What is sent: the same words plain and as HTML, and the name under which it is known everywhere."""

    subject: str
    text: str
    html: str
    language: str
    message_id: str
