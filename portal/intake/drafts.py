"""Keeping a draft: a row on the server, sealed with XChaCha20-Poly1305 under the key in the person's cookie.

A draft that was sent keeps its receipt, sealed alike, for ten minutes and answers whatever is sent from it.
"""

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from datetime import timedelta

from nacl.exceptions import CryptoError
from nacl.secret import Aead
from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from portal.foundation.database import reading
from portal.foundation.time import now
from portal.intake.models import Draft

KEY_BYTES = 32
LIVES = timedelta(hours=24)
SENT_LIVES = timedelta(minutes=10)

_DRAFT = Draft.__table__.c
_LIVE = select(_DRAFT.ciphertext).where(_DRAFT.token_hash == bindparam("hashed"), _DRAFT.expires_at > bindparam("at"))
_LIVE_LOCKED = _LIVE.with_for_update()


@dataclass
class DraftContent:
    """What a draft holds: answers as typed, by field; and, once sent, the receipt to show again."""

    answers: dict[str, str] = field(default_factory=dict, repr=False)
    receipt: dict[str, str] | None = field(default=None, repr=False)


def new_handle() -> str:
    """A draft's random handle, which is also its idempotency key (132 bits)."""
    return secrets.token_urlsafe(24)


def new_key() -> bytes:
    """A key for one browser's drafts."""
    return secrets.token_bytes(KEY_BYTES)


def save(session: Session, handle: str, key: bytes, content: DraftContent) -> None:
    """Writes a draft, new or changed, for another 24 hours (ten minutes once it is sent)."""
    text = json.dumps({"answers": content.answers, "receipt": content.receipt}, ensure_ascii=False).encode()
    sealed = bytes(Aead(key).encrypt(text, aad=_hashed(handle)))
    row = session.get(Draft, _hashed(handle))
    expires_at = now() + (SENT_LIVES if content.receipt else LIVES)
    if row is None:
        session.add(Draft(token_hash=_hashed(handle), ciphertext=sealed, expires_at=expires_at))
    else:
        row.ciphertext, row.expires_at = sealed, expires_at
    session.flush()


def load(session: Session, handle: str, key: bytes, *, lock: bool = False) -> DraftContent | None:
    """The draft of a handle, or None when it is not there, too old, or another browser's."""
    hashed = _hashed(handle)
    session.flush()
    ciphertext = reading(session).scalar(_LIVE_LOCKED if lock else _LIVE, {"hashed": hashed, "at": now()})
    if ciphertext is None:
        return None
    try:
        opened = Aead(key).decrypt(ciphertext, aad=hashed)
    except CryptoError:
        return None
    content = json.loads(opened)
    return DraftContent(answers=content["answers"], receipt=content["receipt"])


def erase(session: Session, handle: str) -> None:
    """Deletes a draft at once."""
    session.execute(delete(Draft).where(Draft.token_hash == _hashed(handle)))


def purge(session: Session) -> int:
    """Deletes the drafts that are too old and says how many."""
    return session.execute(delete(Draft).where(Draft.expires_at <= now())).rowcount  # type: ignore[attr-defined,no-any-return]


def _hashed(handle: str) -> bytes:
    return hashlib.sha256(b"draft/1\0" + handle.encode()).digest()
