"""How an event becomes a leaf of the log (format 1, final from the first row).

leaf = SHA-256(0x00 ‖ entry), as RFC 6962 hashes a leaf, where entry = the ASCII words
`citizen-portal/event/1`, a line feed, the 16-byte salt, and the canonical JSON of the event.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping

FORMAT = 1
_PREFIX = b"citizen-portal/event/1\n"
SALT_BYTES = 16


def new_salt() -> bytes:
    """A salt that keeps a leaf from being guessed."""
    return secrets.token_bytes(SALT_BYTES)


def canonical(fields: Mapping[str, object]) -> bytes:
    """JSON with sorted names, no blanks, UTF-8."""
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def leaf_hash(salt: bytes, fields: Mapping[str, object]) -> bytes:
    """The 32-byte leaf of an event's fields under its salt."""
    return hashlib.sha256(b"\x00" + _PREFIX + salt + canonical(fields)).digest()
