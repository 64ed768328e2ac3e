"""Format 1 of a leaf is final: its bytes are pinned here, computed by hand."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from portal.cases import events
from portal.cases.words import Audience
from portal.ledger import leaves

SALT = bytes(range(16))
FIELDS = {"b": 1, "a": "đơn", "c": None, "d": {"z": [1, 2], "y": True}}


def test_canonical_bytes() -> None:
    assert leaves.canonical(FIELDS) == '{"a":"đơn","b":1,"c":null,"d":{"y":true,"z":[1,2]}}'.encode()


def test_a_leaf_by_hand() -> None:
    entry = b"citizen-portal/event/1\n" + SALT + leaves.canonical(FIELDS)
    assert leaves.leaf_hash(SALT, FIELDS) == hashlib.sha256(b"\x00" + entry).digest()


def test_a_leaf_of_an_event_is_pinned() -> None:
    fields = events.leaf_fields(
        uid=b"u" * 16,
        reference="VV-AAAAAA",
        report_uid=b"r" * 16,
        kind="report_filed",
        at="2026-03-09T02:00:00+00:00",
        actor_id=None,
        audience=Audience.EVERYONE,
        payload={"rule": "delay_direct"},
    )
    assert leaves.canonical(fields) == (
        b'{"actor":null,"at":"2026-03-09T02:00:00+00:00","audience":"everyone","case":"VV-AAAAAA",'
        b'"kind":"report_filed","payload":{"rule":"delay_direct"},'
        b'"report":"72727272727272727272727272727272","uid":"75757575757575757575757575757575"}'
    )
    expected = hashlib.sha256(b"\x00citizen-portal/event/1\n" + SALT + leaves.canonical(fields)).hexdigest()
    assert leaves.leaf_hash(SALT, fields).hex() == expected
    assert (
        fields["report"]
        != events.leaf_fields(
            uid=b"u" * 16,
            reference="VV-AAAAAA",
            report_uid=None,
            kind="report_filed",
            at="2026-03-09T02:00:00+00:00",
            actor_id=None,
            audience=Audience.EVERYONE,
            payload={},
        )["report"]
    )


@given(
    st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5), max_size=4),
    st.binary(min_size=16, max_size=16),
)
def test_another_salt_or_field_is_another_leaf(fields: dict[str, object], salt: bytes) -> None:
    leaf = leaves.leaf_hash(salt, fields)
    assert leaf == leaves.leaf_hash(salt, dict(reversed(fields.items())))
    assert leaf != leaves.leaf_hash(bytes([salt[0] ^ 1]) + salt[1:], fields)
    assert leaf != leaves.leaf_hash(salt, {**fields, "more": 1})


def test_salts_are_drawn_anew() -> None:
    assert len({leaves.new_salt() for _ in range(100)}) == 100
    assert len(leaves.new_salt()) == 16
