"""The receipt code: the reporter's only key to the case, and what makes sending twice harmless.

Code = 25 characters of Crockford base32 (125 bits) of HMAC-SHA256(code key, label, idempotency key,
SHA-256 of the canonical answers). Stored is only another keyed hash of the code. The key is never rotated.
"""

import hashlib

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from portal.cases.models import Receipt
from portal.foundation.codes import crockford, fold_code, in_groups, keyed_hash, random_code
from portal.ledger.leaves import canonical

CODE_LENGTH = 25
_RECEIPT = Receipt.__table__.c
_FILED_WITH = select(_RECEIPT.report_id).where(_RECEIPT.code_hash == bindparam("wanted"))
_CODE, _HASH = "receipt-code/1", "receipt-hash/1"


def answers_digest(answers: dict[str, object]) -> bytes:
    """SHA-256 of the answers in canonical form."""
    return hashlib.sha256(canonical(answers)).digest()


def receipt_code(code_key: bytes, idempotency_key: str, digest: bytes) -> str:
    """The 25 characters, without groups."""
    return crockford(keyed_hash(code_key, _CODE, idempotency_key.encode(), digest), CODE_LENGTH)


def new_code() -> str:
    """A code to replace another: random, because nothing must lead from one to the other."""
    return random_code(CODE_LENGTH)


def code_hash(code_key: bytes, typed: str) -> bytes | None:
    """What is stored of a code, from whatever somebody typed; None when it cannot be a code."""
    code = fold_code(typed)
    return keyed_hash(code_key, _HASH, code.encode()) if len(code) == CODE_LENGTH and code.isascii() else None


def shown(code: str) -> str:
    """A code as people see it: five groups of five."""
    return "-".join(in_groups(code))


def filed_with(session: Session, hashed: bytes) -> int | None:
    """The report that was filed with this code, also a retired one, or a replay would file twice."""
    return session.connection().scalar(_FILED_WITH, {"wanted": hashed})


def find_receipt(session: Session, hashed: bytes, *, live_only: bool) -> Receipt | None:
    """The receipt of a hash. Tracking wants live ones."""
    query = select(Receipt).where(Receipt.code_hash == hashed)
    if live_only:
        query = query.where(Receipt.retired_at.is_(None))
    return session.scalar(query)
