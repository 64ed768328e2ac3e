"""No word of an identity stands in any file, in any form; with sealing off the same search finds it."""

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from portal.cases.words import Disclosure
from portal.foundation.database import transaction
from portal.identity.contact import Contact
from portal.identity.envelope import PersonalData, SealedIdentity
from portal.identity.vault import create_body_key
from portal.identity.wrapping import LOWEST
from tests.areas.identity.canaries import forms, leaks
from tests.makers.cast import hire_everybody
from tests.makers.committed import Committed
from tests.makers.filings import a_conduct_report

PASSPHRASE = "ba quả hồng chín đỏ"
PEOPLE = [
    PersonalData(f"Trần Thị Hoàng Yến {number}", f"09051234{number}", f"yen{number}@thu.vn", f"40009876{number}")
    for number in range(11, 17)
]
CONTACTS = [Contact(email=f"tin{number}@hop.vn") for number in range(11, 17)]
WORDS = [word for person in PEOPLE for word in (person.name, person.phone, person.email, person.tax_code)]
WORDS += [contact.email for contact in CONTACTS]


def _file_everybody(place: Committed) -> str:
    """Each person files a report with their own data typed into it; gives the recovery key."""
    with place.session() as session, transaction(session):
        cast = hire_everybody(session)
        _, recovery_key = create_body_key(session, cast.hanh.agency_id, {cast.hanh.id: PASSPHRASE}, LOWEST)
    for number, (person, contact) in enumerate(zip(PEOPLE, CONTACTS, strict=True)):
        filing = a_conduct_report(
            disclosure=Disclosure.CONFIDENTIAL,
            identity=person,
            contact=contact,
            narrative=f"Tôi là {person.name}. Gọi tôi: {person.phone}, viết cho tôi: {person.email}.",
            wish=f"Mã số thuế {person.tax_code}, hoặc báo về {contact.email}.",
        )
        place.file(filing, f"the key of report {number}")
    return recovery_key


def _folders(place: Committed) -> Iterator[Path]:
    for url in (place.url, place.keys_url):
        yield Path(str(make_url(url).database)).parent


def test_no_file_holds_a_word_of_an_identity(committed: Committed) -> None:
    words = [*WORDS, PASSPHRASE, _file_everybody(committed)]
    files = {path.name for folder in _folders(committed) for path in folder.iterdir()}
    assert files >= {"full.sqlite", "full.sqlite-wal", "keys.sqlite"}
    assert [leak for folder in _folders(committed) for leak in leaks(words, folder)] == []


def test_with_sealing_switched_off_the_search_finds_every_person(
    committed: Committed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def plain(sealed: SealedIdentity, _uid: bytes, _key: bytes) -> bytes:
        person = sealed.identity or PersonalData()
        return "|".join((person.name, person.phone, person.email, person.tax_code)).encode()

    def plain_contact(contact: Contact, _uid: bytes, _public: bytes) -> tuple[bytes, bytes]:
        return contact.email.encode(), b""

    monkeypatch.setattr("portal.identity.envelope.seal", plain)
    monkeypatch.setattr("portal.identity.sealing.seal_contact", plain_contact)
    _file_everybody(committed)
    found = [leak for folder in _folders(committed) for leak in leaks(WORDS, folder)]
    assert {word for word, form, _ in found if form == "plain"} == set(WORDS)


@pytest.mark.parametrize("form", sorted(forms("Trần Thị Yến")))
@pytest.mark.parametrize("before", ["", "a", "ab"])
def test_the_search_knows_each_form(form: str, before: str, tmp_path: Path) -> None:
    word = "Trần Thị Yến"
    (tmp_path / "file").write_bytes(before.encode() + forms(word)[form] + b"after")
    assert (word, form, "file") in list(leaks([word], tmp_path))


@pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
def test_the_search_knows_base64_of_a_longer_text(before: str, tmp_path: Path) -> None:
    word = "Trần Thị Yến"
    (tmp_path / "file").write_bytes(base64.b64encode(f"{before}{word} và nữa".encode()))
    assert {found for found, form, _ in leaks([word], tmp_path) if form.startswith("base64")} == {word}
