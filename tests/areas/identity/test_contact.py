"""The notice contact: the worker reads it, nobody else."""

import nacl.bindings
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.identity.contact import Contact, notice_public_key, open_contact, seal_contact
from portal.identity.errors import EnvelopeBroken

UID, OTHER_UID = b"u" * 16, b"v" * 16
SEED = b"s" * 32
PUBLIC = notice_public_key(SEED)
LAN = Contact(email="lan@example.vn")

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(st.builds(Contact, words, words))
def test_the_worker_reads_what_was_sealed(contact: Contact) -> None:
    assert open_contact(*seal_contact(contact, UID, PUBLIC), UID, SEED) == contact


def test_all_contacts_have_one_size() -> None:
    contacts = (LAN, Contact(phone="0905123456"), Contact(email="e" * 254))
    assert {len(seal_contact(contact, UID, PUBLIC)[0]) for contact in contacts} == {512}


def test_another_worker_or_report_does_not_open_it() -> None:
    sealed, sealed_key = seal_contact(LAN, UID, PUBLIC)
    with pytest.raises(EnvelopeBroken):
        open_contact(sealed, sealed_key, UID, b"t" * 32)
    with pytest.raises(EnvelopeBroken):
        open_contact(sealed, sealed_key, OTHER_UID, SEED)
    other, other_key = seal_contact(LAN, UID, PUBLIC)
    for pair in ((sealed, other_key), (other, sealed_key)):
        with pytest.raises(EnvelopeBroken):
            open_contact(*pair, UID, SEED)


@given(place=st.integers(0, 511), bit=st.integers(0, 7))
def test_no_bit_can_be_changed(place: int, bit: int) -> None:
    sealed, sealed_key = seal_contact(LAN, UID, PUBLIC)
    changed = bytearray(sealed)
    changed[place] ^= 1 << bit
    with pytest.raises(EnvelopeBroken):
        open_contact(bytes(changed), sealed_key, UID, SEED)


@pytest.mark.parametrize("length", [0, 1, 511, 513])
def test_no_other_length_opens(length: int) -> None:
    sealed, sealed_key = seal_contact(LAN, UID, PUBLIC)
    with pytest.raises(EnvelopeBroken):
        open_contact((sealed * 2)[:length], sealed_key, UID, SEED)


def test_the_format_is_the_one_of_the_decision_record() -> None:
    nonce, key = b"n" * 24, b"k" * 32
    plain = b'{"email":"","phone":"0905123456"}\x80'
    plain += b"\x00" * (512 - 1 - 24 - 16 - len(plain))
    bound = b"\x01" + UID + b"notice contact"
    sealed = nacl.bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(plain, bound, nonce, key)
    sealed_key = nacl.bindings.crypto_box_seal(UID + key, PUBLIC)
    assert open_contact(b"\x01" + nonce + sealed, sealed_key, UID, SEED) == Contact(phone="0905123456")


def test_a_contact_does_not_show_itself() -> None:
    assert "lan" not in repr(LAN)
