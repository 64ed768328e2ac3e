"""The sealed envelope of one report, version 1 (final: docs/decisions/0006-envelope.md has every byte).

An anonymous report is sealed like any other, so that neither size nor shape of a row says who gave a name.
Whatever does not open exactly raises EnvelopeBroken: no half-read identity.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields

import nacl.utils
from nacl.bindings import crypto_box_SEALBYTES
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import Aead

from portal.identity.errors import EnvelopeBroken
from portal.identity.padding import padded, unpadded

VERSION = b"\x01"
BLOCK = 2048
UID_BYTES = 16
KEY_BYTES = Aead.KEY_SIZE
OVERHEAD = len(VERSION) + Aead.NONCE_SIZE + Aead.MACBYTES
SEALED_KEY_BYTES = crypto_box_SEALBYTES + UID_BYTES + KEY_BYTES


@dataclass(frozen=True, slots=True)
class PersonalData:
    """What the reporter told of themselves, or empty. Not shown by repr, so that no log line holds it."""

    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    tax_code: str = field(default="", repr=False)

    def is_empty(self) -> bool:
        """Whether nothing was given."""
        return not (self.name or self.phone or self.email or self.tax_code)


@dataclass(frozen=True, slots=True)
class Cut:
    """A piece of the reporter's own data that was cut from one part of the report, and where it belongs."""

    part: str
    offset: int
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SealedIdentity:
    """The plaintext of an envelope. `identity` is None for an anonymous report."""

    identity: PersonalData | None = field(default=None, repr=False)
    cuts: tuple[Cut, ...] = field(default=(), repr=False)


_NAMES = tuple(sorted(each.name for each in fields(PersonalData)))


def new_data_key() -> bytes:
    """A random key for one report."""
    return nacl.utils.random(KEY_BYTES)


def seal(plain: SealedIdentity, uid: bytes, key: bytes) -> bytes:
    """Seals an identity under the report's data key, bound to the report's uid."""
    return VERSION + Aead(key).encrypt(padded(_encoded(plain), BLOCK, OVERHEAD), aad=_bound_to(uid))


def open_envelope(envelope: bytes, uid: bytes, key: bytes) -> SealedIdentity:
    """What was sealed. Raises EnvelopeBroken for another uid, key or version and for any changed byte."""
    if len(envelope) % BLOCK or not envelope.startswith(VERSION):
        raise EnvelopeBroken
    try:
        plain = Aead(key).decrypt(envelope[len(VERSION) :], aad=_bound_to(uid))
    except CryptoError as broken:
        raise EnvelopeBroken from broken
    return _decoded(unpadded(plain))


def seal_data_key(key: bytes, uid: bytes, public: bytes) -> bytes:
    """The data key for one recipient. A sealed box has no associated data, so the uid goes inside."""
    _bound_to(uid)
    return SealedBox(PublicKey(public)).encrypt(uid + key)


def open_data_key(sealed: bytes, uid: bytes, private: PrivateKey) -> bytes:
    """The data key again. Raises EnvelopeBroken when it is sealed to another key or for another report."""
    if len(sealed) != SEALED_KEY_BYTES:
        raise EnvelopeBroken
    try:
        plain = SealedBox(private).decrypt(sealed)
    except CryptoError as broken:
        raise EnvelopeBroken from broken
    if plain[:UID_BYTES] != uid:
        raise EnvelopeBroken
    return plain[UID_BYTES:]


def _bound_to(uid: bytes) -> bytes:
    if len(uid) != UID_BYTES:
        raise ValueError("a report's uid has 16 bytes")
    return VERSION + uid


def _encoded(plain: SealedIdentity) -> bytes:
    person = plain.identity
    content = {
        "cuts": [[cut.part, cut.offset, cut.text] for cut in plain.cuts],
        "identity": None if person is None else {name: getattr(person, name) for name in _NAMES},
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _decoded(plain: bytes) -> SealedIdentity:
    try:
        content = json.loads(plain.decode())
    except ValueError as broken:
        raise EnvelopeBroken from broken
    match content:
        case {"identity": dict() | None as person, "cuts": list() as cuts} if len(content) == 2:
            return SealedIdentity(_person(person), tuple(_cut(row) for row in cuts))
        case _:
            raise EnvelopeBroken


def _person(data: Mapping[str, object] | None) -> PersonalData | None:
    if data is None:
        return None
    if tuple(sorted(data)) != _NAMES:
        raise EnvelopeBroken
    known = {name: value for name, value in data.items() if isinstance(value, str)}
    if len(known) != len(data):
        raise EnvelopeBroken
    return PersonalData(**known)


def _cut(row: object) -> Cut:
    match row:
        case [str() as name, int() as offset, str() as text] if not isinstance(offset, bool) and offset >= 0:
            return Cut(name, offset, text)
        case _:
            raise EnvelopeBroken
