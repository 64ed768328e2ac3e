"""Codes that people read aloud, and keyed hashes in which no part slips into its neighbour."""

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.foundation.codes import ALPHABET, crockford, fold_code, in_groups, keyed_hash, random_code


def test_crockford_by_hand() -> None:
    assert crockford(b"\x00", 1) == "0"
    assert crockford(b"\xff", 1) == "Z"
    assert crockford(bytes([0b00001_000, 0b10_00000_0]), 3) == "120"
    with pytest.raises(ValueError, match="too few"):
        crockford(b"\xff", 2)


@given(st.binary(min_size=16, max_size=40))
def test_every_bit_counts(data: bytes) -> None:
    code = crockford(data, 25)
    assert len(code) == 25
    assert set(code) <= set(ALPHABET)
    assert code != crockford(bytes([data[0] ^ 1]) + data[1:], 25)
    number = 0
    for letter in code:
        number = number * 32 + ALPHABET.index(letter)
    assert number == int.from_bytes(data, "big") >> (len(data) * 8 - 125)


def test_random_codes_are_even() -> None:
    codes = "".join(random_code(25) for _ in range(400))
    assert len(set(codes)) == 32
    assert max(map(codes.count, ALPHABET)) < 2 * min(map(codes.count, ALPHABET))


@given(st.text(max_size=40))
def test_folding_is_stable(typed: str) -> None:
    once = fold_code(typed)
    assert fold_code(once) == once
    assert fold_code(typed.lower()) == fold_code(typed.lower().upper())


def test_folding_by_hand() -> None:
    assert fold_code(" o0-iIl 1 ") == "001111"
    assert in_groups("abcdefg", 3) == ["abc", "def", "g"]


def test_keyed_hash_by_hand() -> None:
    message = b"".join(len(part).to_bytes(8, "big") + part for part in (b"label", b"one", b""))
    assert keyed_hash(b"k", "label", b"one", b"") == hmac.new(b"k", message, hashlib.sha256).digest()


@given(st.lists(st.binary(max_size=6), max_size=4), st.lists(st.binary(max_size=6), max_size=4))
def test_no_two_calls_collide(one: list[bytes], other: list[bytes]) -> None:
    assert (keyed_hash(b"k", "l", *one) == keyed_hash(b"k", "l", *other)) == (one == other)
