"""Sealing a filing, and opening it again: the two ends of the vault that the other areas use.

The caller puts `keys` into the key store, durably, before the transaction that stores the envelope.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from nacl.public import PrivateKey
from sqlalchemy.orm import Session

from portal.identity import envelope
from portal.identity.contact import Contact, seal_contact
from portal.identity.envelope import Cut, PersonalData, SealedIdentity
from portal.identity.errors import KeysGone, VaultNotReady
from portal.identity.keystore import KeyStore
from portal.identity.models import BodyKey, Identity
from portal.identity.recipients import NOTICES, body_recipient


@dataclass(frozen=True, slots=True)
class SealedFiling:
    """What filing stores: the envelope and the contact in the main database, the keys in the key store."""

    envelope: bytes = field(repr=False)
    keys: Mapping[str, bytes] = field(repr=False)
    contact: bytes | None = field(repr=False)


def recipients_of(body_keys: Iterable[BodyKey]) -> dict[str, bytes]:
    """The bodies that get a copy of a data key: recipient word → public key."""
    return recipients_with(key.public for key in body_keys)


def recipients_with(public_keys: Iterable[bytes]) -> dict[str, bytes]:
    """The same by their public keys."""
    return {body_recipient(public): public for public in public_keys}


def seal_filing(
    uid: bytes,
    identity: PersonalData | None,
    cuts: Iterable[tuple[str, int, str]],
    recipients: Mapping[str, bytes],
    contact: Contact | None,
    notice_public: bytes,
) -> SealedFiling:
    """Seals who filed (None: anonymous) and what was cut from the texts: (part, offset when stored, text).

    Raises VaultNotReady when there is something to be read again and nobody who could.
    """
    plain = SealedIdentity(identity, tuple(Cut(*cut) for cut in cuts))
    if not recipients and (plain.identity is not None or plain.cuts):
        raise VaultNotReady
    key = envelope.new_data_key()
    keys = {word: envelope.seal_data_key(key, uid, public) for word, public in recipients.items()}
    sealed_contact = None
    if contact is not None:
        sealed_contact, keys[NOTICES] = seal_contact(contact, uid, notice_public)
    return SealedFiling(envelope.seal(plain, uid, key), keys, sealed_contact)


def open_identity(
    session: Session,
    key_store: KeyStore,
    private_key: PrivateKey,
    body_key: BodyKey,
    report_id: int,
    uid: bytes,
) -> SealedIdentity:
    """Who filed a report. The look is an event that the caller has committed before.

    Raises KeysGone when the key was destroyed or not given to this body, EnvelopeBroken when it does not fit.
    """
    sealed_key = key_store.get(uid, body_recipient(body_key.public))
    if sealed_key is None:
        raise KeysGone
    row = session.get_one(Identity, report_id)
    return envelope.open_envelope(row.envelope, uid, envelope.open_data_key(sealed_key, uid, private_key))
