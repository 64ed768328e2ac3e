"""The proof of filing: four lines and a signature that anybody checks with the public key alone."""

import base64
import hashlib
from datetime import UTC, datetime, timedelta, timezone

import pytest
from nacl.signing import SigningKey

from portal.ledger.notes import key_id, proof_of_filing, sign_note, verify_note

SEED, ORIGIN = b"s" * 32, "portal.test"
PUBLIC = bytes(SigningKey(SEED).verify_key)
LEAF = hashlib.sha256(b"leaf").digest()
AT = datetime(2026, 3, 9, 9, 0, 1, 999_999, tzinfo=timezone(timedelta(hours=7)))
PROOF = proof_of_filing(ORIGIN, LEAF, AT, SEED)


def test_four_lines_and_a_signature() -> None:
    lines = PROOF.split("\n")
    assert lines[:4] == [ORIGIN, "proof-of-filing/1", base64.b64encode(LEAF).decode(), "2026-03-09T02:00:01Z"]
    assert lines[4] == ""
    dash, name, signature = lines[5].split(" ")
    assert (dash, name) == ("—", ORIGIN)
    raw = base64.b64decode(signature)
    assert len(raw) == 4 + 64
    assert raw[:4] == key_id(ORIGIN, PUBLIC)
    assert lines[6:] == [""]


def test_anybody_checks_it() -> None:
    assert verify_note(PROOF, ORIGIN, PUBLIC) == "\n".join(PROOF.split("\n")[:4]) + "\n"
    SigningKey(SEED).verify_key.verify(
        "\n".join(PROOF.split("\n")[:4]).encode() + b"\n", base64.b64decode(PROOF.split(" ")[2])[4:]
    )


def test_the_key_id_as_the_specification_says() -> None:
    """C2SP signed-note: SHA-256(name, line feed, algorithm 0x01, key), the first four bytes."""
    assert key_id(ORIGIN, PUBLIC) == hashlib.sha256(b"portal.test\n\x01" + PUBLIC).digest()[:4]


@pytest.mark.parametrize(
    "changed",
    [
        PROOF.replace("02:00:01Z", "02:00:00Z"),
        PROOF.replace(base64.b64encode(LEAF).decode(), base64.b64encode(LEAF[::-1]).decode()),
        PROOF.replace("proof-of-filing/1", "proof-of-filing/2"),
        PROOF.replace(f"— {ORIGIN}", "— else.test"),
        PROOF.split("\n\n")[0] + "\n\n",
        PROOF.replace("— ", "- "),
        sign_note(PROOF.split("\n\n")[0] + "\n", ORIGIN, b"o" * 32),
        "",
    ],
)
def test_a_changed_note_proves_nothing(changed: str) -> None:
    assert verify_note(changed, ORIGIN, PUBLIC) is None


def test_another_origins_key_proves_nothing() -> None:
    assert verify_note(PROOF, "else.test", PUBLIC) is None
    assert verify_note(PROOF, ORIGIN, bytes(SigningKey(b"o" * 32).verify_key)) is None


def test_a_witness_may_sign_beside() -> None:
    other = sign_note(PROOF.split("\n\n")[0] + "\n", "witness.test", b"w" * 32).split("\n\n")[1]
    assert verify_note(PROOF + other, ORIGIN, PUBLIC) is not None
    assert verify_note(PROOF.split("\n\n")[0] + "\n\n" + other + PROOF.split("\n\n")[1], ORIGIN, PUBLIC) is not None


def test_instants_are_told_in_whole_seconds_of_utc() -> None:
    same = proof_of_filing(ORIGIN, LEAF, AT.astimezone(UTC), SEED)
    assert same == PROOF
