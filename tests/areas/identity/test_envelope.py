"""The envelope: what goes in comes out, and nothing else opens."""

import hashlib
import json

import nacl.bindings
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.public import PrivateKey

from portal.identity.envelope import (
    BLOCK,
    Cut,
    PersonalData,
    SealedIdentity,
    new_data_key,
    open_data_key,
    open_envelope,
    seal,
    seal_data_key,
)
from portal.identity.errors import EnvelopeBroken
from portal.identity.padding import padded, unpadded

UID, OTHER_UID = b"u" * 16, b"v" * 16
LAN = PersonalData(name="Nguyễn Thị Lan", phone="0905123456", email="lan@example.vn", tax_code="4000123456")
SEALED_LAN = SealedIdentity(LAN, (Cut("narrative", 7, "Nguyễn Thị Lan"), Cut("wish", 0, "0905 123 456")))

words = st.text(st.characters(exclude_categories=["Cs"]))
people = st.none() | st.builds(PersonalData, name=words, phone=words, email=words, tax_code=words)
cuts = st.builds(Cut, st.sampled_from(["narrative", "wish", "elsewhere"]), st.integers(0, 10_000), words)
identities = st.builds(SealedIdentity, people, st.lists(cuts, max_size=12).map(tuple))


@given(identities)
def test_what_goes_in_comes_out(plain: SealedIdentity) -> None:
    key = new_data_key()
    sealed = seal(plain, UID, key)
    assert open_envelope(sealed, UID, key) == plain
    assert len(sealed) % BLOCK == 0


@given(name=st.text("Ữ", max_size=200), tax_code=st.text("9", max_size=14), phone=st.text("0", max_size=20))
def test_every_report_without_long_cuts_has_one_size(name: str, tax_code: str, phone: str) -> None:
    email = "e" * 254
    sizes = {
        len(seal(SealedIdentity(identity), UID, new_data_key()))
        for identity in (None, PersonalData(), PersonalData(name, phone, email, tax_code))
    }
    assert sizes == {BLOCK}


@pytest.mark.parametrize(("length", "blocks"), [(0, 1), (1800, 1), (2100, 2), (4100, 3), (8000, 4)])
def test_long_cuts_take_the_next_whole_block(length: int, blocks: int) -> None:
    plain = SealedIdentity(LAN, (Cut("narrative", 0, "x" * length),))
    assert len(seal(plain, UID, new_data_key())) == blocks * BLOCK


@pytest.mark.parametrize("length", [0, 1, 2005, 2006, 2007, 2008, 4053, 4054, 4055])
def test_padding_at_the_edges_of_a_block(length: int) -> None:
    plain = b"\x80\x00" * (length // 2) + b"\x80" * (length % 2)
    whole = padded(plain, BLOCK, 41)
    assert (len(whole) + 41) % BLOCK == 0
    assert 0 < len(whole) - length <= BLOCK
    assert unpadded(whole) == plain


@pytest.mark.parametrize("broken", [b"", b"\x00\x00", b"text", b"text\x80\x00\x01"])
def test_what_is_not_padded_is_refused(broken: bytes) -> None:
    with pytest.raises(EnvelopeBroken):
        unpadded(broken)


@given(place=st.integers(0, BLOCK - 1), bit=st.integers(0, 7))
def test_no_bit_can_be_changed(place: int, bit: int) -> None:
    _change(place, bit)


def _change(place: int, bit: int) -> None:
    key = b"k" * 32
    sealed = bytearray(seal(SEALED_LAN, UID, key))
    sealed[place] ^= 1 << bit
    with pytest.raises(EnvelopeBroken):
        open_envelope(bytes(sealed), UID, key)


@pytest.mark.parametrize(
    "place", [0, 1, 12, 24, 25, 60, BLOCK - 17, BLOCK - 16, BLOCK - 1], ids=lambda place: f"byte {place}"
)
def test_no_region_can_be_changed(place: int) -> None:
    _change(place, 3)


@pytest.mark.parametrize("length", [0, 1, 41, 2047, 2049, 4096])
def test_no_other_length_opens(length: int) -> None:
    key = new_data_key()
    sealed = seal(SEALED_LAN, UID, key)
    with pytest.raises(EnvelopeBroken):
        open_envelope((sealed + sealed)[:length], UID, key)


def test_envelopes_cannot_be_swapped_between_reports() -> None:
    key = new_data_key()
    theirs = seal(SEALED_LAN, OTHER_UID, key)
    with pytest.raises(EnvelopeBroken):
        open_envelope(theirs, UID, key)


def test_another_key_does_not_open() -> None:
    with pytest.raises(EnvelopeBroken):
        open_envelope(seal(SEALED_LAN, UID, new_data_key()), UID, new_data_key())


@pytest.mark.parametrize(
    "content",
    [
        "not json",
        "[]",
        "{}",
        '{"identity":null}',
        '{"cuts":[],"identity":null,"more":1}',
        '{"cuts":[],"identity":{"name":"x"}}',
        '{"cuts":[],"identity":{"email":"","name":1,"phone":"","tax_code":""}}',
        '{"cuts":[["narrative",-1,"x"]],"identity":null}',
        '{"cuts":[["narrative",true,"x"]],"identity":null}',
        '{"cuts":[["narrative",1]],"identity":null}',
        '{"cuts":{},"identity":null}',
    ],
)
def test_sealed_nonsense_is_refused(content: str) -> None:
    nonce, key = b"n" * 24, b"k" * 32
    with pytest.raises(EnvelopeBroken):
        open_envelope(_by_hand(content.encode(), nonce, key), UID, key)


def test_the_format_is_the_one_of_the_decision_record() -> None:
    nonce, key, uid = bytes(range(24)), bytes(range(32)), bytes(range(16))
    content = {
        "cuts": [["narrative", 7, "Nguyễn Thị Lan"]],
        "identity": {
            "email": "lan@example.vn",
            "name": "Nguyễn Thị Lan",
            "phone": "0905123456",
            "tax_code": "",
        },
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    sealed = _by_hand(text.encode(), nonce, key, uid)
    assert hashlib.sha256(sealed).hexdigest() == "df111f971a3aa6806ead3bff49055c2079803730b1c4f5bba84d29a208b7ce16"
    assert open_envelope(sealed, uid, key) == SealedIdentity(
        PersonalData(name="Nguyễn Thị Lan", phone="0905123456", email="lan@example.vn"),
        (Cut("narrative", 7, "Nguyễn Thị Lan"),),
    )


def test_the_plaintext_is_canonical(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bytes] = []

    def unpadded_is_seen(plain: bytes, block: int, overhead: int) -> bytes:
        seen.append(plain)
        return padded(plain, block, overhead)

    monkeypatch.setattr("portal.identity.envelope.padded", unpadded_is_seen)
    seal(SealedIdentity(PersonalData(name='Lê "Ba"'), (Cut("wish", 2, "Ba"),)), UID, new_data_key())
    seal(SealedIdentity(), UID, new_data_key())
    assert [plain.decode() for plain in seen] == [
        '{"cuts":[["wish",2,"Ba"]],"identity":{"email":"","name":"Lê \\"Ba\\"","phone":"","tax_code":""}}',
        '{"cuts":[],"identity":null}',
    ]


def test_a_data_key_opens_for_its_recipient_and_its_report_only() -> None:
    ours, theirs, key = PrivateKey.generate(), PrivateKey.generate(), new_data_key()
    sealed = seal_data_key(key, UID, bytes(ours.public_key))
    assert open_data_key(sealed, UID, ours) == key
    for uid, private in ((OTHER_UID, ours), (UID, theirs)):
        with pytest.raises(EnvelopeBroken):
            open_data_key(sealed, uid, private)


@given(place=st.integers(0, 95), bit=st.integers(0, 7))
def test_no_bit_of_a_sealed_key_can_be_changed(place: int, bit: int) -> None:
    private = PrivateKey(b"p" * 32)
    sealed = bytearray(seal_data_key(b"k" * 32, UID, bytes(private.public_key)))
    sealed[place] ^= 1 << bit
    with pytest.raises(EnvelopeBroken):
        open_data_key(bytes(sealed), UID, private)


@pytest.mark.parametrize("length", [0, 47, 48, 95, 97])
def test_no_other_length_of_a_sealed_key_opens(length: int) -> None:
    private = PrivateKey.generate()
    sealed = seal_data_key(new_data_key(), UID, bytes(private.public_key)) + b"more"
    with pytest.raises(EnvelopeBroken):
        open_data_key(sealed[:length], UID, private)


def test_a_uid_has_sixteen_bytes() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        seal(SealedIdentity(), b"short", new_data_key())
    with pytest.raises(ValueError, match="16 bytes"):
        seal_data_key(new_data_key(), b"short", bytes(PrivateKey.generate().public_key))


def test_nothing_shows_itself() -> None:
    shown = repr(SEALED_LAN) + repr(LAN) + repr(SEALED_LAN.cuts)
    assert not any(word in shown for word in ("Lan", "0905", "example", "4000"))


def _by_hand(content: bytes, nonce: bytes, key: bytes, uid: bytes = UID) -> bytes:
    """An envelope made from the decision record alone, with libsodium's own call."""
    plain = content + b"\x80"
    plain += b"\x00" * (-(1 + 24 + len(plain) + 16) % 2048)
    return b"\x01" + nonce + nacl.bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(plain, b"\x01" + uid, nonce, key)
