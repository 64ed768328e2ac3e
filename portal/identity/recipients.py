"""How the key store calls whoever a data key is sealed to."""

import hashlib
import secrets

NOTICES = "notices"  # the contact given at filing


def later_contact() -> str:
    """The word for the key of a contact given after filing."""
    return f"{NOTICES}:{secrets.token_hex(8)}"


def body_recipient(public: bytes) -> str:
    """The word for a body's key: the first 16 hex digits of the BLAKE2b-512 of its public half."""
    return f"body:{hashlib.blake2b(public).hexdigest()[:16]}"
