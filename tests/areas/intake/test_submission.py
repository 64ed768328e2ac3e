"""Sending: keys first, one transaction, the same receipt however often, and nothing kept of what is refused."""

import base64
import importlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, timedelta

import pytest
from nacl.signing import SigningKey
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.cases.actions.receive import SentElsewhere
from portal.cases.casefile import CaseFile, load_file
from portal.cases.filing import Filing
from portal.cases.models import Case, Event, Receipt, Report
from portal.cases.words import Disclosure, Status
from portal.catalogue.queries import agency_by_code
from portal.foundation.codes import ALPHABET
from portal.foundation.database import Base, transaction
from portal.foundation.time import at, now, today
from portal.identity.contact import open_contact
from portal.identity.keystore import data_key
from portal.identity.models import BodyKey, Identity, NoticeContact
from portal.identity.recipients import NOTICES, body_recipient
from portal.identity.sealing import open_identity
from portal.identity.vault import create_body_key, unlock
from portal.identity.wrapping import LOWEST
from portal.intake import drafts, submission
from portal.intake.drafts import DraftContent
from portal.intake.submission import DraftRef, NoVault
from portal.jobs.models import Job
from portal.ledger.notes import verify_note
from portal.notices.models import Notice
from portal.search.models import SearchDocument
from portal.staff.models import Staff
from tests.makers.cast import CITY, COMMITTEE, LAN, hire_everybody
from tests.makers.committed import KEY, Committed
from tests.makers.filings import CONTACT, a_conduct_report, a_delay
from tests.makers.settings import LEDGER_SEED, NOTICE_KEY, ORIGIN

STORED = (Report, Case, Receipt, Identity, NoticeContact, Event, Job, SearchDocument)
PASSPHRASE = "bốn con trâu ngoài đồng"


def count(place: Committed, *tables: type[Base]) -> list[int]:
    """How many rows there are."""
    with place.session() as session:
        return [session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def keys(place: Committed) -> set[str]:
    """Who has a data key."""
    with place.key_store.engine.connect() as connection:
        return set(connection.scalars(select(data_key.c.recipient)))


def open_vault(place: Committed, *bodies: str) -> dict[str, BodyKey]:
    """Key pairs for bodies, with a share for Minh."""
    made = {}
    with place.session() as session, transaction(session):
        minh = hire_everybody(session).minh
        for code in bodies:
            agency = agency_by_code(session, code, today())
            assert agency is not None
            made[code], _ = create_body_key(session, agency.id, {minh.id: PASSPHRASE}, LOWEST)
    return made


@pytest.mark.both
def test_the_receipt(committed: Committed) -> None:
    receipt = committed.file(a_delay())
    assert len(receipt.code) == 25
    assert set(receipt.code) <= set(ALPHABET)
    assert (receipt.filed_at, receipt.due_on) == (now(), date(2026, 3, 16))
    public = bytes(SigningKey(LEDGER_SEED).verify_key)
    signed = verify_note(receipt.proof, ORIGIN, public)
    assert signed is not None
    origin, kind, leaf, instant = signed.splitlines()
    assert (origin, kind, instant) == (ORIGIN, "proof-of-filing/1", "2026-03-09T02:00:00Z")
    with committed.session() as session:
        filed = session.scalars(select(Event).where(Event.kind == "report_filed")).one()
        assert base64.b64decode(leaf) == filed.leaf
        assert filed.at == now()
    assert receipt.code not in repr(receipt)
    assert committed.file(a_conduct_report()).due_on == date(2026, 3, 11)


@pytest.mark.both
def test_sent_again_it_is_the_same_receipt_whatever_happened_since(committed: Committed) -> None:
    receipt = committed.file(a_delay(contact=CONTACT))
    before = count(committed, *STORED)
    with at(now() + timedelta(days=30)):
        with committed.session() as session, transaction(session):
            session.scalars(select(Case)).one().status = Status.VERIFYING
        assert committed.file(a_delay(contact=CONTACT)) == receipt
    assert count(committed, *STORED) == before == [1, 1, 1, 1, 1, 2, 1, 2]
    assert len(committed.key_store.stored_between(date.min, date.max)) == 1


def test_another_form_or_another_key_is_another_report(committed: Committed) -> None:
    codes = {
        committed.file(a_delay()).code,
        committed.file(a_delay(wish="Xin sớm hơn.")).code,
        committed.file(a_delay(), KEY + "2").code,
        committed.file(a_conduct_report()).code,
    }
    assert len(codes) == 4
    assert count(committed, Report, Case, Receipt) == [4, 4, 4]
    with committed.session() as session:
        assert len(set(session.scalars(select(Case.reference)))) == 4


def test_a_replay_after_the_code_was_replaced_files_nothing(committed: Committed) -> None:
    receipt = committed.file(a_delay(contact=CONTACT))
    with committed.session() as session, transaction(session):
        session.scalars(select(Receipt)).one().retired_at = now()
    assert committed.file(a_delay(contact=CONTACT)) == receipt
    assert len(committed.key_store.stored_between(date.min, date.max)) == 1
    assert count(committed, Report, Receipt) == [1, 1]


def test_a_reference_that_is_taken_is_drawn_again(committed: Committed, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["AAAAAA", "AAAAAA", "AAAAAA", "BBBBBB"])
    module = importlib.import_module("portal.cases.actions.receive")  # the package has a function of that name
    monkeypatch.setattr(module, "random_code", lambda length: next(drawn))
    committed.file(a_delay())
    committed.file(a_delay(), KEY + "2")
    with committed.session() as session:
        assert set(session.scalars(select(Case.reference))) == {"VV-AAAAAA", "VV-BBBBBB"}


@pytest.mark.parametrize("disclosure", [Disclosure.NAMED, Disclosure.CONFIDENTIAL])
def test_no_identity_before_there_is_a_vault(committed: Committed, disclosure: Disclosure) -> None:
    with pytest.raises(NoVault):
        committed.file(a_delay(identity=LAN, disclosure=disclosure))
    assert count(committed, *STORED) == [0] * len(STORED)
    assert keys(committed) == set()


def test_an_anonymous_report_needs_no_vault(committed: Committed) -> None:
    committed.file(a_delay(contact=CONTACT))
    assert keys(committed) == {NOTICES}


@pytest.mark.parametrize("make", [a_delay, a_conduct_report])
def test_sent_elsewhere_leaves_nothing(committed: Committed, make: Callable[..., Filing]) -> None:
    with pytest.raises(SentElsewhere):
        committed.file(make(agency="TU"))
    assert count(committed, *STORED) == [0] * len(STORED)
    assert keys(committed) == set()


def test_the_committee_reads_who_filed_and_what_was_cut(committed: Committed) -> None:
    body_key = open_vault(committed, COMMITTEE)[COMMITTEE]
    said = f"Tôi là {LAN.name}. Hồ sơ quá hẹn."
    committed.file(a_delay(narrative=said, identity=LAN, disclosure=Disclosure.CONFIDENTIAL))
    assert keys(committed) == {body_recipient(body_key.public)}
    with committed.session() as session:
        report = session.scalars(select(Report)).one()
        assert LAN.name not in report.narrative
        minh = session.scalars(select(Staff.id).where(Staff.login == "minh")).one()
        private = unlock(session, body_key, minh, PASSPHRASE)
        opened = open_identity(session, committed.key_store, private, body_key, report.id, report.uid)
    assert opened.identity == LAN
    assert [(one.part, one.text) for one in opened.cuts] == [("narrative", LAN.name)]


@pytest.mark.parametrize(
    ("filing", "shared"),
    [
        (a_delay(identity=LAN, disclosure=Disclosure.NAMED), True),
        (a_delay(identity=LAN, disclosure=Disclosure.CONFIDENTIAL), False),
        (a_delay(), False),
        (a_delay(identity=LAN, disclosure=Disclosure.NAMED, committee_first=True), False),
        (a_conduct_report(identity=LAN, disclosure=Disclosure.NAMED), False),
    ],
)
def test_the_agency_gets_a_key_of_a_named_direct_delay_only(committed: Committed, filing: Filing, shared: bool) -> None:
    made = open_vault(committed, COMMITTEE, CITY)
    committed.file(filing)
    bodies = {COMMITTEE, CITY} if shared else {COMMITTEE}
    assert keys(committed) == {body_recipient(made[code].public) for code in bodies}


def test_the_next_report_is_sealed_to_a_new_key(committed: Committed) -> None:
    old = open_vault(committed, COMMITTEE)[COMMITTEE]
    committed.file(a_delay(identity=LAN, disclosure=Disclosure.CONFIDENTIAL), KEY + "1")
    with committed.session() as session, transaction(session):
        session.get_one(BodyKey, old.id).retired_at = now()
    with pytest.raises(NoVault):
        committed.file(a_delay(identity=LAN, disclosure=Disclosure.CONFIDENTIAL), KEY + "2")
    with committed.session() as session, transaction(session):
        share = session.scalars(select(Staff).where(Staff.login == "minh")).one()
        new, _ = create_body_key(session, old.agency_id, {share.id: PASSPHRASE}, LOWEST)
    committed.file(a_delay(identity=LAN, disclosure=Disclosure.CONFIDENTIAL), KEY + "3")
    assert keys(committed) == {body_recipient(old.public), body_recipient(new.public)}


def test_the_contact_is_for_the_worker(committed: Committed) -> None:
    committed.file(a_delay(contact=CONTACT))
    with committed.session() as session:
        report = session.scalars(select(Report)).one()
        kept = session.get_one(NoticeContact, report.id)
        sealed_key = committed.key_store.get(report.uid, NOTICES)
        assert sealed_key is not None
        assert open_contact(kept.sealed, sealed_key, report.uid, NOTICE_KEY) == CONTACT


def test_keys_are_durable_before_the_report_is(committed: Committed, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    real = committed.key_store.put

    def put(uid: bytes, keys: dict[str, bytes]) -> None:
        real(uid, keys)
        seen.append((count(committed, Report), committed.key_store.get(uid, NOTICES) is not None))

    monkeypatch.setattr(committed.key_store, "put", put)
    committed.file(a_delay(contact=CONTACT))
    assert seen == [([0], True)]


def test_when_storing_fails_nothing_is_half_there(committed: Committed, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(session: Session, file: CaseFile) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("portal.reactions.index_opened", fail)
    with pytest.raises(OSError, match="full"):
        committed.file(a_delay(contact=CONTACT))
    assert count(committed, *STORED) == [0] * len(STORED)
    assert keys(committed) == {NOTICES}  # an orphan that a job drops
    monkeypatch.undo()
    committed.file(a_delay(contact=CONTACT))
    assert count(committed, Report) == [1]


@pytest.mark.both
def test_a_sent_draft_answers_with_its_first_receipt(committed: Committed) -> None:
    draft = DraftRef(drafts.new_handle(), drafts.new_key())
    with committed.session() as session, transaction(session):
        drafts.save(session, draft.handle, draft.key, DraftContent({"narrative": "a"}))
    first = committed.file(a_delay(), draft.handle, draft)
    assert committed.file(a_delay(), draft.handle, draft) == first
    assert committed.file(a_delay(narrative="Khác hẳn."), draft.handle, draft) == first
    assert count(committed, Report) == [1]
    with committed.session() as session:
        kept = drafts.load(session, draft.handle, draft.key)
        assert kept is not None
        assert submission.receipt_of(kept) == first
        assert kept.answers == {"narrative": "a"}


def test_what_was_stored(committed: Committed) -> None:
    """One filing, everything in its one transaction: jobs and search documents too."""
    committed.file(a_delay(contact=CONTACT))
    with committed.session() as session:
        file = load_file(session, session.scalars(select(Case)).one())
        assert len(file.referrals) == 3
        jobs = session.scalars(select(Job)).all()
        assert [(job.kind, job.payload["kind"]) for job in jobs] == [("notices.tell_staff", "referral_new")]
        assert session.scalars(select(Notice.kind)).all() == ["filed"]
        documents = session.scalars(select(SearchDocument).order_by(SearchDocument.audience)).all()
        assert [document.audience for document in documents] == ["agency", "inspection"]
        assert all(event.at.tzinfo is UTC for event in session.scalars(select(Event)))


def test_without_a_contact_nobody_is_told_but_the_job_is_alike(committed: Committed) -> None:
    """Whether somebody left a contact must not be told by a count of jobs or notices."""
    committed.file(a_delay())
    committed.file(replace(a_delay(contact=CONTACT)))
    with committed.session() as session:
        shapes = [sorted(job.payload) for job in session.scalars(select(Job))]
        told = session.execute(select(Notice.kind, Notice.state, Notice.channel, Notice.language)).all()
    assert shapes[0] == shapes[1]
    assert len(told) == 2
    assert told[0] == told[1]
