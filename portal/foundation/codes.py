"""Codes that people read aloud and type: Crockford's base32, and keyed hashes of what must not be stored."""

import hashlib
import hmac
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_FOLDED = str.maketrans({"O": "0", "I": "1", "L": "1"})


def crockford(data: bytes, length: int) -> str:
    """The first `length` × 5 bits of `data` as base32. Raises ValueError if there are too few bits."""
    if len(data) * 8 < length * 5:
        raise ValueError("too few bits for a code of that length")
    number = int.from_bytes(data, "big") >> (len(data) * 8 - length * 5)
    return "".join(ALPHABET[(number >> (5 * place)) & 31] for place in range(length - 1, -1, -1))


def random_code(length: int) -> str:
    """A code of `length` characters from the system's randomness (5 bits a character)."""
    return crockford(secrets.token_bytes((length * 5 + 7) // 8), length)


def fold_code(typed: str) -> str:
    """What someone typed, as the code's letters: case folded, O→0, I and L→1, spaces and hyphens ignored."""
    kept = "".join(char for char in typed.upper() if char.isalnum())
    return kept.translate(_FOLDED)


def in_groups(code: str, size: int = 5) -> list[str]:
    """A code cut into groups, as it is shown."""
    return [code[place : place + size] for place in range(0, len(code), size)]


def keyed_hash(key: bytes, label: str, *parts: bytes) -> bytes:
    """HMAC-SHA256 over a label and parts, each with its length before it, so that no two calls collide."""
    mac = hmac.new(key, digestmod=hashlib.sha256)
    for part in (label.encode(), *parts):
        mac.update(len(part).to_bytes(8, "big"))
        mac.update(part)
    return mac.digest()
