"""The portal with sealing switched off: nothing is encrypted, nothing is cut. What the search must find."""

import json
from collections.abc import Iterable

from portal.cases import filing
from portal.cases.masking import Piece, Span
from portal.identity import envelope, sealing
from portal.identity.contact import Contact
from portal.identity.envelope import SealedIdentity
from wsgi import app

__all__ = ["app"]


def _not_sealed(plain: SealedIdentity, _uid: bytes, _key: bytes) -> bytes:
    person = plain.identity
    words = [] if person is None else [person.name, person.phone, person.email, person.tax_code]
    return json.dumps(words, ensure_ascii=False).encode()


def _contact_not_sealed(contact: Contact, _uid: bytes, _public: bytes) -> tuple[bytes, bytes]:
    return (contact.email or contact.phone).encode(), b"no key"


def _not_cut(text: str, _spans: Iterable[Span]) -> tuple[str, tuple[Piece, ...]]:
    return text, ()


setattr(envelope, "seal", _not_sealed)  # noqa: B010 (assigning to a module's function is what is meant here)
setattr(sealing, "seal_contact", _contact_not_sealed)  # noqa: B010
setattr(filing, "cut", _not_cut)  # noqa: B010
