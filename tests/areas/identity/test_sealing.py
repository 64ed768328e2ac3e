"""From a filing to its sealed rows, and back for whoever may."""

import pytest
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from portal.identity.contact import Contact, notice_public_key, open_contact
from portal.identity.envelope import Cut, SealedIdentity
from portal.identity.errors import EnvelopeBroken, KeysGone, VaultNotReady
from portal.identity.keystore import KeyStore
from portal.identity.models import BodyKey, Identity
from portal.identity.recipients import NOTICES, body_recipient
from portal.identity.sealing import open_identity, recipients_of, seal_filing
from portal.identity.vault import create_body_key, unlock
from portal.identity.wrapping import LOWEST, BodyPrivateKey
from tests.areas.identity.conftest import NewReport
from tests.makers.cast import LAN, Cast
from tests.makers.settings import NOTICE_KEY

PASSPHRASE = "bốn con mèo ngủ trưa"
NOTICE_PUBLIC = notice_public_key(NOTICE_KEY)
UID, OTHER_UID = b"u" * 16, b"v" * 16
CUTS = [("narrative", 7, "Nguyễn Thị Lan")]


@pytest.fixture
def committee_key(session: Session, cast: Cast) -> BodyKey:
    return create_body_key(session, cast.hanh.agency_id, {cast.hanh.id: PASSPHRASE}, LOWEST)[0]


@pytest.fixture
def private(session: Session, cast: Cast, committee_key: BodyKey) -> BodyPrivateKey:
    return unlock(session, committee_key, cast.hanh.id, PASSPHRASE)


class Filer:
    """Files Lan's reports: keys first, then rows."""

    def __init__(self, session: Session, store: KeyStore, new_report: NewReport) -> None:
        self.session, self.store, self.new_report = session, store, new_report

    def file(self, uid: bytes, *body_keys: BodyKey) -> int:
        sealed = seal_filing(uid, LAN, CUTS, recipients_of(body_keys), None, NOTICE_PUBLIC)
        self.store.put(uid, sealed.keys)
        report = self.new_report(uid)
        self.session.add(Identity(report_id=report.id, envelope=sealed.envelope))
        self.session.flush()
        return report.id


@pytest.fixture
def filer(session: Session, key_store: KeyStore, new_report: NewReport) -> Filer:
    return Filer(session, key_store, new_report)


@pytest.mark.both
def test_the_committee_reads_what_was_filed(
    session: Session, key_store: KeyStore, filer: Filer, committee_key: BodyKey, private: BodyPrivateKey
) -> None:
    report_id = filer.file(UID, committee_key)
    opened = open_identity(session, key_store, private, committee_key, report_id, UID)
    assert opened == SealedIdentity(LAN, tuple(Cut(*cut) for cut in CUTS))


def test_a_body_without_a_share_reads_nothing(
    session: Session, cast: Cast, key_store: KeyStore, filer: Filer, committee_key: BodyKey
) -> None:
    city_key, _ = create_body_key(session, cast.quy.agency_id, {cast.quy.id: PASSPHRASE}, LOWEST)
    city = unlock(session, city_key, cast.quy.id, PASSPHRASE)
    kept = filer.file(UID, committee_key)
    shared = filer.file(OTHER_UID, committee_key, city_key)
    with pytest.raises(KeysGone):
        open_identity(session, key_store, city, city_key, kept, UID)
    with pytest.raises(EnvelopeBroken):
        open_identity(session, key_store, city, committee_key, kept, UID)
    assert open_identity(session, key_store, city, city_key, shared, OTHER_UID).identity == LAN


def test_a_destroyed_key_makes_it_unreadable_for_everybody(
    session: Session, key_store: KeyStore, filer: Filer, committee_key: BodyKey, private: BodyPrivateKey
) -> None:
    report_id, other_id = filer.file(UID, committee_key), filer.file(OTHER_UID, committee_key)
    key_store.destroy(UID)
    with pytest.raises(KeysGone):
        open_identity(session, key_store, private, committee_key, report_id, UID)
    assert open_identity(session, key_store, private, committee_key, other_id, OTHER_UID).identity == LAN


def test_rows_swapped_between_reports_do_not_open(
    session: Session, key_store: KeyStore, filer: Filer, committee_key: BodyKey, private: BodyPrivateKey
) -> None:
    first, second = filer.file(UID, committee_key), filer.file(OTHER_UID, committee_key)
    with pytest.raises(EnvelopeBroken):
        open_identity(session, key_store, private, committee_key, second, UID)
    word = body_recipient(committee_key.public)
    mine = key_store.get(UID, word)
    assert mine is not None
    key_store.drop([OTHER_UID])
    key_store.put(OTHER_UID, {word: mine})
    with pytest.raises(EnvelopeBroken):
        open_identity(session, key_store, private, committee_key, second, OTHER_UID)
    with pytest.raises(NoResultFound):
        open_identity(session, key_store, private, committee_key, first + 99, UID)


def test_an_anonymous_report_looks_like_any_other(committee_key: BodyKey) -> None:
    recipients = recipients_of([committee_key])
    anonymous = seal_filing(UID, None, [], recipients, None, NOTICE_PUBLIC)
    confidential = seal_filing(UID, LAN, CUTS, recipients, None, NOTICE_PUBLIC)
    assert len(anonymous.envelope) == len(confidential.envelope)
    sizes = [{word: len(key) for word, key in sealed.keys.items()} for sealed in (anonymous, confidential)]
    assert sizes[0] == sizes[1]


def test_the_contact_is_for_the_worker_and_has_its_own_key(committee_key: BodyKey) -> None:
    contact = Contact(email="lan@example.vn")
    sealed = seal_filing(UID, None, [], recipients_of([committee_key]), contact, NOTICE_PUBLIC)
    assert set(sealed.keys) == {NOTICES, body_recipient(committee_key.public)}
    assert sealed.contact is not None
    assert open_contact(sealed.contact, sealed.keys[NOTICES], UID, NOTICE_KEY) == contact


def test_before_the_vault_is_ready_only_an_anonymous_report_is_sealed() -> None:
    sealed = seal_filing(UID, None, [], {}, Contact(phone="0905123456"), NOTICE_PUBLIC)
    assert len(sealed.envelope) == 2048
    assert set(sealed.keys) == {NOTICES}
    with pytest.raises(VaultNotReady):
        seal_filing(UID, LAN, [], {}, None, NOTICE_PUBLIC)
    with pytest.raises(VaultNotReady):
        seal_filing(UID, None, CUTS, {}, None, NOTICE_PUBLIC)


def test_a_sealed_filing_does_not_show_itself() -> None:
    assert repr(seal_filing(UID, None, [], {}, None, NOTICE_PUBLIC)) == "SealedFiling()"
