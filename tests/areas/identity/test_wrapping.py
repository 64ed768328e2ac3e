"""A private key under a passphrase and under the recovery key."""

import copy
import pickle
import threading
import unicodedata

import nacl.pwhash.argon2id as argon2id
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_encrypt

from portal.foundation.codes import ALPHABET
from portal.identity import recovery
from portal.identity.errors import EnvelopeBroken, WeakPassphrase, WrongPassphrase, WrongRecoveryKey
from portal.identity.wrapping import (
    LOWEST,
    MODERATE,
    BodyPrivateKey,
    Cost,
    unwrap,
    unwrap_for_recovery,
    wrap,
    wrap_for_recovery,
)

PASSPHRASE = "bốn con mèo ngủ trưa"


@pytest.fixture
def private() -> BodyPrivateKey:
    return BodyPrivateKey.generate()


def test_the_passphrase_opens_and_another_does_not(private: BodyPrivateKey) -> None:
    wrapped, public = wrap(private, PASSPHRASE, LOWEST), bytes(private.public_key)
    assert bytes(unwrap(wrapped, public, PASSPHRASE)) == bytes(private)
    with pytest.raises(WrongPassphrase):
        unwrap(wrapped, public, PASSPHRASE + " ")


def test_a_passphrase_may_be_typed_decomposed(private: BodyPrivateKey) -> None:
    wrapped = wrap(private, unicodedata.normalize("NFD", PASSPHRASE), LOWEST)
    assert bytes(unwrap(wrapped, bytes(private.public_key), PASSPHRASE)) == bytes(private)


def test_a_short_passphrase_is_refused(private: BodyPrivateKey) -> None:
    with pytest.raises(WeakPassphrase):
        wrap(private, "ngắn quá", LOWEST)
    with pytest.raises(WeakPassphrase):
        wrap(private, unicodedata.normalize("NFD", "ế" * 11), LOWEST)


def test_moderate_is_what_protects_unless_said(private: BodyPrivateKey, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int]] = []

    def cheap(size: int, password: bytes, salt: bytes, opslimit: int, memlimit: int) -> bytes:
        asked.append((opslimit, memlimit))
        return b"k" * size

    monkeypatch.setattr(argon2id, "kdf", cheap)
    wrapped = wrap(private, PASSPHRASE)
    assert asked == [(3, 256 * 1024 * 1024)] == [(MODERATE.operations, MODERATE.memory)]
    assert wrapped[:13] == b"\x01" + (3).to_bytes(4, "big") + (1 << 28).to_bytes(8, "big")
    assert len(wrapped) == 1 + 4 + 8 + 16 + 24 + 32 + 16


@given(place=st.integers(0, 100), bit=st.integers(0, 7))
def test_no_bit_of_a_wrapped_key_can_be_changed(place: int, bit: int) -> None:
    private = BodyPrivateKey(b"p" * 32)
    wrapped = bytearray(wrap(private, PASSPHRASE, LOWEST))
    wrapped[place] ^= 1 << bit
    if 5 <= place < 13 and int.from_bytes(wrapped[5:13], "big") <= 1 << 30:
        wrapped[5:13] = bytes(8)  # a larger cost is allowed; here it would only make the test slow
    with pytest.raises((WrongPassphrase, EnvelopeBroken)):
        unwrap(bytes(wrapped), bytes(private.public_key), PASSPHRASE)


@pytest.mark.parametrize("cost", [Cost(1 << 20, 8192), Cost(1, 1 << 40), Cost(0, 8192), Cost(1, 0)])
def test_a_tampered_cost_does_not_take_the_machine_down(private: BodyPrivateKey, cost: Cost) -> None:
    wrapped = wrap(private, PASSPHRASE, LOWEST)
    header = b"\x01" + cost.operations.to_bytes(4, "big") + cost.memory.to_bytes(8, "big")
    with pytest.raises(EnvelopeBroken):
        unwrap(header + wrapped[len(header) :], bytes(private.public_key), PASSPHRASE)


@pytest.mark.parametrize("length", [0, 1, 29, 100])
def test_a_truncated_wrapped_key_is_refused(private: BodyPrivateKey, length: int) -> None:
    public = bytes(private.public_key)
    with pytest.raises(EnvelopeBroken):
        unwrap(wrap(private, PASSPHRASE, LOWEST)[:length], public, PASSPHRASE)
    with pytest.raises(EnvelopeBroken):
        unwrap_for_recovery(wrap_for_recovery(private, b"r" * 32)[: length // 2], public, b"r" * 32)


def test_a_wrapped_key_belongs_to_its_public_key(private: BodyPrivateKey) -> None:
    other = bytes(BodyPrivateKey.generate().public_key)
    with pytest.raises(WrongPassphrase):
        unwrap(wrap(private, PASSPHRASE, LOWEST), other, PASSPHRASE)
    with pytest.raises(WrongRecoveryKey):
        unwrap_for_recovery(wrap_for_recovery(private, b"r" * 32), other, b"r" * 32)


def test_the_recovery_key_opens_and_another_does_not(private: BodyPrivateKey) -> None:
    key, public = recovery.new_recovery_key(), bytes(private.public_key)
    wrapped = wrap_for_recovery(private, key)
    assert bytes(unwrap_for_recovery(wrapped, public, key)) == bytes(private)
    with pytest.raises(WrongRecoveryKey):
        unwrap_for_recovery(wrapped, public, recovery.new_recovery_key())
    with pytest.raises(EnvelopeBroken):
        unwrap_for_recovery(b"\x02" + wrapped[1:], public, key)


@given(st.binary(min_size=32, max_size=32))
def test_a_recovery_key_survives_paper(key: bytes) -> None:
    written = recovery.written(key)
    assert [len(group) for group in written.split("-")] == [4] * 14
    assert recovery.read(written) == key
    assert recovery.read(written.lower().replace("-", " ").replace("0", "o").replace("1", "l")) == key


@given(key=st.binary(min_size=32, max_size=32), place=st.integers(0, 55), other=st.sampled_from(ALPHABET))
def test_a_slip_of_the_pen_is_noticed(key: bytes, place: int, other: str) -> None:
    code = recovery.written(key).replace("-", "")
    wrong = code[:place] + other + code[place + 1 :]
    if wrong == code:
        assert recovery.read(wrong) == key
    else:
        with pytest.raises(WrongRecoveryKey):
            recovery.read(wrong)


@pytest.mark.parametrize("typed", ["", "AAAA", "U" * 56, "é" * 56, "0" * 57])
def test_what_is_no_recovery_key_is_refused(typed: str) -> None:
    with pytest.raises(WrongRecoveryKey):
        recovery.read(typed)


def test_the_formats_are_the_ones_of_the_decision_record(private: BodyPrivateKey) -> None:
    salt, nonce, public = b"s" * 16, b"n" * 24, bytes(private.public_key)
    key = argon2id.kdf(32, PASSPHRASE.encode(), salt, opslimit=1, memlimit=8192)
    sealed = crypto_aead_xchacha20poly1305_ietf_encrypt(bytes(private), public, nonce, key)
    header = bytes([1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0x20, 0])
    assert bytes(unwrap(header + salt + nonce + sealed, public, PASSPHRASE)) == bytes(private)
    sealed = crypto_aead_xchacha20poly1305_ietf_encrypt(bytes(private), public, nonce, b"r" * 32)
    assert bytes(unwrap_for_recovery(b"\x01" + nonce + sealed, public, b"r" * 32)) == bytes(private)
    assert recovery.written(bytes(range(32))) == "000G-40R4-0M30-E209-185G-R38E-1W81-24GK-2GAH-C5RR-34D1-P70X-3RFN-RMMJ"


def test_a_private_key_does_not_show_itself(private: BodyPrivateKey) -> None:
    shown = f"{private} {private!r} {[private]}"
    assert shown.count("<BodyPrivateKey>") == 3
    for way in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="not pickled"):
            way(private)


def test_one_derivation_at_a_time(private: BodyPrivateKey, monkeypatch: pytest.MonkeyPatch) -> None:
    inside, most = 0, 0
    guard = threading.Lock()
    pause = threading.Event()

    def slow(size: int, *_: object) -> bytes:
        nonlocal inside, most
        with guard:
            inside += 1
            most = max(most, inside)
        pause.wait(0.01)
        with guard:
            inside -= 1
        return b"k" * size

    monkeypatch.setattr(argon2id, "kdf", slow)
    threads = [threading.Thread(target=wrap, args=(private, PASSPHRASE)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1
