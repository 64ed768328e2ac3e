"""How a body's private key is wrapped: under a passphrase (argon2id), or under the recovery key.

Both formats are final: docs/decisions/0006-envelope.md has every byte. No unwrapped key is stored or shown.
"""

import struct
import threading
import unicodedata
from dataclasses import dataclass
from typing import NoReturn

import nacl.pwhash.argon2id as argon2id
import nacl.utils
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey
from nacl.secret import Aead

from portal.identity.errors import EnvelopeBroken, WeakPassphrase, WrongPassphrase, WrongRecoveryKey

VERSION = 1
SHORTEST_PASSPHRASE = 12
_HEADER = struct.Struct(f">BLQ{argon2id.SALTBYTES}s")  # version, operations, bytes of memory, salt
_SEALED_BYTES = Aead.NONCE_SIZE + PrivateKey.SIZE + Aead.MACBYTES
_MOST_OPERATIONS, _MOST_MEMORY = 16, 1 << 30  # a tampered header must not take the machine down
_ONE_AT_A_TIME = threading.BoundedSemaphore(1)  # each derivation takes 256 MB; there are several workers


@dataclass(frozen=True, slots=True)
class Cost:
    """What one try at a passphrase costs. Stored beside each wrapped key, so that it can be raised later."""

    operations: int
    memory: int


MODERATE = Cost(argon2id.OPSLIMIT_MODERATE, argon2id.MEMLIMIT_MODERATE)
LOWEST = Cost(argon2id.OPSLIMIT_MIN, argon2id.MEMLIMIT_MIN)  # for tests and demo data only
COSTS = {"normal": MODERATE, "cheap": LOWEST}  # the words of PORTAL_ARGON2_COST


class BodyPrivateKey(PrivateKey):
    """A body's private key that does not show itself: PyNaCl's own class prints the secret bytes."""

    @classmethod
    def generate(cls) -> "BodyPrivateKey":
        """A new random key."""
        return cls(nacl.utils.random(cls.SIZE))

    def __repr__(self) -> str:
        return "<BodyPrivateKey>"

    __str__ = __repr__

    def __reduce_ex__(self, _protocol: object) -> NoReturn:
        raise TypeError("a private key is not pickled")


def wrap(private: PrivateKey, passphrase: str, cost: Cost = MODERATE) -> bytes:
    """The private key under a passphrase. Raises WeakPassphrase for a short one."""
    if len(_normalised(passphrase)) < SHORTEST_PASSPHRASE:
        raise WeakPassphrase(SHORTEST_PASSPHRASE)
    salt = nacl.utils.random(argon2id.SALTBYTES)
    sealed = Aead(_derived(passphrase, salt, cost)).encrypt(bytes(private), aad=bytes(private.public_key))
    return _HEADER.pack(VERSION, cost.operations, cost.memory, salt) + sealed


def unwrap(wrapped: bytes, public: bytes, passphrase: str) -> BodyPrivateKey:
    """The private key again. Raises WrongPassphrase, or EnvelopeBroken when what is stored makes no sense."""
    if len(wrapped) != _HEADER.size + _SEALED_BYTES:
        raise EnvelopeBroken
    version, operations, memory, salt = _HEADER.unpack_from(wrapped)
    if version != VERSION or not _is_sane(operations, memory):
        raise EnvelopeBroken
    key = _derived(passphrase, salt, Cost(operations, memory))
    try:
        return _checked(Aead(key).decrypt(wrapped[_HEADER.size :], aad=public), public)
    except CryptoError as wrong:
        raise WrongPassphrase from wrong


def wrap_for_recovery(private: PrivateKey, recovery_key: bytes) -> bytes:
    """The private key under the recovery key, which is random and needs no stretching."""
    return bytes([VERSION]) + Aead(recovery_key).encrypt(bytes(private), aad=bytes(private.public_key))


def unwrap_for_recovery(wrapped: bytes, public: bytes, recovery_key: bytes) -> BodyPrivateKey:
    """The private key again. Raises WrongRecoveryKey, or EnvelopeBroken when the stored makes no sense."""
    if len(wrapped) != 1 + _SEALED_BYTES or wrapped[0] != VERSION:
        raise EnvelopeBroken
    try:
        return _checked(Aead(recovery_key).decrypt(wrapped[1:], aad=public), public)
    except CryptoError as wrong:
        raise WrongRecoveryKey from wrong


def _checked(plain: bytes, public: bytes) -> BodyPrivateKey:
    private = BodyPrivateKey(plain)
    if bytes(private.public_key) != public:
        raise EnvelopeBroken
    return private


def _is_sane(operations: int, memory: int) -> bool:
    return argon2id.OPSLIMIT_MIN <= operations <= _MOST_OPERATIONS and argon2id.MEMLIMIT_MIN <= memory <= _MOST_MEMORY


def _derived(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    with _ONE_AT_A_TIME:
        return argon2id.kdf(Aead.KEY_SIZE, _normalised(passphrase).encode(), salt, cost.operations, cost.memory)


def _normalised(passphrase: str) -> str:
    """NFC: keyboards disagree on how they write Vietnamese letters, and nobody sees what they type."""
    return unicodedata.normalize("NFC", passphrase)
