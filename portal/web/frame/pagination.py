"""Where the next page of a list begins, as a mark that tells nothing: gaps between ids say what one cannot see.

The mark is encrypted under a nonce made from its content, so the same page always has the same address.
"""

import base64
import binascii
import hashlib
import hmac
import json

from flask import current_app
from nacl.exceptions import CryptoError
from nacl.secret import Aead

BLOCK = 64  # every mark is as long as the next, whatever is in it


def _key() -> bytes:
    return hashlib.sha256(b"page-mark/1\0" + str(current_app.config["SECRET_KEY"]).encode()).digest()


def page_mark(label: str, *parts: str) -> str:
    """The mark of a place in the list `label` (the list's name and, where lists differ, whose it is)."""
    content = json.dumps(parts).encode()
    content = content.ljust(-(-len(content) // BLOCK) * BLOCK)
    nonce = hmac.new(_key(), label.encode() + b"\0" + content, hashlib.sha256).digest()[: Aead.NONCE_SIZE]
    sealed = bytes(Aead(_key()).encrypt(content, label.encode(), nonce))
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def place_of(label: str, mark: str) -> tuple[str, ...] | None:
    """The place that a mark stands for; None for one that was not made here for this list."""
    try:
        sealed = base64.urlsafe_b64decode(mark[:1000] + "=" * (-len(mark[:1000]) % 4))
        content = Aead(_key()).decrypt(sealed, label.encode())
    except (binascii.Error, ValueError, CryptoError):
        return None
    return tuple(str(part) for part in json.loads(content))
