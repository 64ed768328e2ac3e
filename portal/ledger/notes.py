"""C2SP signed notes (Ed25519): the proof of filing now, checkpoints later."""

import base64
import hashlib
from datetime import UTC, datetime
from functools import cache

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

ALGORITHM_ED25519 = b"\x01"
PROOF_KIND = "proof-of-filing/1"


def key_id(origin: str, public: bytes) -> bytes:
    """The first four bytes of SHA-256(name ‖ LF ‖ algorithm ‖ public key), as C2SP signed-note says."""
    return hashlib.sha256(origin.encode() + b"\n" + ALGORITHM_ED25519 + public).digest()[:4]


def sign_note(text: str, origin: str, seed: bytes) -> str:
    """The text (which ends with a line feed), an empty line and one signature line."""
    key = _signing_key(seed)
    signature = key_id(origin, bytes(key.verify_key)) + key.sign(text.encode()).signature
    return f"{text}\n— {origin} {base64.b64encode(signature).decode()}\n"


@cache
def _signing_key(seed: bytes) -> SigningKey:
    return SigningKey(seed)


def verify_note(note: str, origin: str, public: bytes) -> str | None:
    """The signed text, or None when no signature of that key is right."""
    text, _, signatures = note.partition("\n\n")
    text += "\n"
    for line in signatures.splitlines():
        words = line.split(" ")
        if len(words) != 3 or words[0] != "—" or words[1] != origin:
            continue
        signature = base64.b64decode(words[2])
        if signature[:4] != key_id(origin, public):
            continue
        try:
            VerifyKey(public).verify(text.encode(), signature[4:])
        except BadSignatureError:
            continue
        return text
    return None


def proof_of_filing(origin: str, leaf: bytes, filed_at: datetime, seed: bytes) -> str:
    """The signed promise that this leaf, filed at this instant, is in the ledger (four lines and a signature)."""
    instant = filed_at.astimezone(UTC).replace(microsecond=0).strftime("%Y-%m-%dT%H:%M:%SZ")
    text = f"{origin}\n{PROOF_KIND}\n{base64.b64encode(leaf).decode()}\n{instant}\n"
    return sign_note(text, origin, seed)
