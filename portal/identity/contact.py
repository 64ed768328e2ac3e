"""The "tell me by" contact: readable by the worker, which must send, and by nobody who only has the database.

It has a data key of its own, sealed to the worker's key; destroying that at closing erases it in backups too.
"""

import json
from dataclasses import dataclass, field
from functools import cache

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey
from nacl.secret import Aead

from portal.identity.envelope import UID_BYTES, new_data_key, open_data_key, seal_data_key
from portal.identity.errors import EnvelopeBroken
from portal.identity.padding import padded, unpadded

VERSION = b"\x01"
BLOCK = 512
_LABEL = b"notice contact"
_OVERHEAD = len(VERSION) + Aead.NONCE_SIZE + Aead.MACBYTES


@dataclass(frozen=True, slots=True)
class Contact:
    """An e-mail address or a phone number, not both; the other is empty. Not shown by repr."""

    email: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)


@cache
def notice_public_key(notice_key: bytes) -> bytes:
    """The public half of the worker's key, from its 32-byte seed (Secrets.notice_key)."""
    return bytes(PrivateKey.from_seed(notice_key).public_key)


def seal_contact(contact: Contact, uid: bytes, notice_public: bytes) -> tuple[bytes, bytes]:
    """The sealed contact for the main database, and its sealed key for the key store."""
    key = new_data_key()
    plain = json.dumps(
        {"email": contact.email, "phone": contact.phone},
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    sealed = Aead(key).encrypt(padded(plain.encode(), BLOCK, _OVERHEAD), aad=_bound_to(uid))
    return VERSION + sealed, seal_data_key(key, uid, notice_public)


def open_contact(sealed: bytes, sealed_key: bytes, uid: bytes, notice_key: bytes) -> Contact:
    """The contact again, by the worker's seed. Raises EnvelopeBroken when anything is not this report's."""
    key = open_data_key(sealed_key, uid, PrivateKey.from_seed(notice_key))
    if len(sealed) % BLOCK or not sealed.startswith(VERSION):
        raise EnvelopeBroken
    try:
        plain = unpadded(Aead(key).decrypt(sealed[len(VERSION) :], aad=_bound_to(uid)))
        content = json.loads(plain.decode())
    except (CryptoError, ValueError) as broken:
        raise EnvelopeBroken from broken
    match content:
        case {"email": str() as email, "phone": str() as phone} if len(content) == 2:
            return Contact(email, phone)
        case _:
            raise EnvelopeBroken


def _bound_to(uid: bytes) -> bytes:
    if len(uid) != UID_BYTES:
        raise ValueError("a report's uid has 16 bytes")
    return VERSION + uid + _LABEL
