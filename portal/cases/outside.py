"""The link of a body without an account: what it opens, and until when. A query of its own: of a case nothing else.

The secret stands in the address, for a letter or a mail to carry it; stored is a keyed hash. What a mail scanner
fetches is a page with a button, the same for any address: nothing is read or written before somebody presses it.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.models import Case, ClearedText
from portal.cases.outside_models import OutsideLink
from portal.foundation.codes import keyed_hash
from portal.foundation.time import now

LINK_DAYS = 14  # calendar days, unless the inspector chooses others
DAYS = (7, LINK_DAYS, 30)
LONGEST_TOKEN = 64
_LABEL = "outside-link/1"


class State(StrEnum):
    """How a link stands."""

    WAITING = "waiting"
    ANSWERED = "answered"
    REVOKED = "revoked"
    EXPIRED = "expired"
    OVER = "over"  # the case is closed, refused, withdrawn or joined to another


@dataclass(frozen=True)
class Letter:
    """What the page of a link shows: nothing that says which case it is, or who else knows of it."""

    body: str
    question: str
    text: str
    expires_at: datetime
    answer: str
    answered_by: str
    answered_at: datetime | None


def new_token() -> str:
    """The secret of a link: 192 bits."""
    return secrets.token_urlsafe(24)


def token_hash(code_key: bytes, token: str) -> bytes:
    """What is stored of it."""
    return keyed_hash(code_key, _LABEL, token[: LONGEST_TOKEN + 1].encode())


def state_of(link: OutsideLink, case: Case, at: datetime) -> State:
    """How a link stands at a moment. One that was answered shows its answer until it expires."""
    if link.revoked_at is not None:
        return State.REVOKED
    if link.expires_at <= at:
        return State.EXPIRED
    if link.answered_at is not None:
        return State.ANSWERED
    return State.WAITING if case.is_open else State.OVER


def opens(state: State) -> bool:
    """Whether the link shows anything."""
    return state in (State.WAITING, State.ANSWERED)


def link_of(session: Session, hashed: bytes, *, lock: bool = False) -> tuple[OutsideLink, Case] | None:
    """The link of a secret, with its case, which is locked for an answer."""
    link = session.scalar(select(OutsideLink).where(OutsideLink.token_hash == hashed))
    if link is None:
        return None
    case = session.get_one(Case, link.case_id, with_for_update=lock)
    if lock:
        session.refresh(link)
    return link, case


def letter_of(session: Session, link: OutsideLink) -> Letter:
    """What may be read by it."""
    text = session.scalars(select(ClearedText.text).where(ClearedText.id == link.cleared_text_id)).one()
    return Letter(
        body=link.body,
        question=link.question,
        text=text,
        expires_at=link.expires_at,
        answer=link.answer,
        answered_by=link.answered_by,
        answered_at=link.answered_at,
    )


def links_of(session: Session, case: Case) -> list[OutsideLink]:
    """All links of a case, the newest first."""
    return list(
        session.scalars(select(OutsideLink).where(OutsideLink.case_id == case.id).order_by(OutsideLink.id.desc()))
    )


def readers_outside(session: Session, case: Case) -> Iterable[str]:
    """The bodies that can read a cleared text of the case by a link today, by name."""
    return dict.fromkeys(one.body for one in links_of(session, case) if opens(state_of(one, case, now())))
