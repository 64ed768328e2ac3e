"""The recovery key as people write it down: 56 characters of Crockford base32 in groups of four.

256 random bits and a check of 24 bits (the first of their BLAKE2b-512): a slip of the pen is noticed at once.
"""

import hashlib
import secrets

from nacl.secret import Aead

from portal.foundation.codes import ALPHABET, crockford, fold_code, in_groups
from portal.identity.errors import WrongRecoveryKey

KEY_BYTES = Aead.KEY_SIZE
_CHECK_BYTES = 3
_LENGTH = (KEY_BYTES + _CHECK_BYTES) * 8 // 5


def new_recovery_key() -> bytes:
    """A random recovery key."""
    return secrets.token_bytes(KEY_BYTES)


def written(key: bytes) -> str:
    """The key as it is printed once."""
    return "-".join(in_groups(crockford(key + _check(key), _LENGTH), 4))


def read(typed: str) -> bytes:
    """The key again from what somebody typed. Raises WrongRecoveryKey when a character is wrong."""
    code = fold_code(typed)
    if len(code) != _LENGTH or any(char not in ALPHABET for char in code):
        raise WrongRecoveryKey
    number = 0
    for char in code:
        number = number * 32 + ALPHABET.index(char)
    data = number.to_bytes(KEY_BYTES + _CHECK_BYTES, "big")
    key, check = data[:KEY_BYTES], data[KEY_BYTES:]
    if check != _check(key):
        raise WrongRecoveryKey
    return key


def _check(key: bytes) -> bytes:
    return hashlib.blake2b(key).digest()[:_CHECK_BYTES]
