"""What must be true of a portal's databases, whatever happened to its processes."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from datetime import UTC

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.cases.events import REPORT_FILED, leaf_fields
from portal.cases.models import Case, CaseReport, Clock, Event, Receipt, Referral, Report
from portal.cases.receipts import code_hash
from portal.catalogue.functions import function_agency
from portal.catalogue.words import Function
from portal.demo.accounts import HANH
from portal.foundation.time import today
from portal.identity.models import Identity, NoticeContact
from portal.identity.recipients import NOTICES
from portal.identity.sealing import open_identity
from portal.identity.vault import current_body_key, unlock
from portal.ledger.leaves import leaf_hash
from portal.notices.models import Notice
from portal.search.models import SearchDocument
from portal.staff.accounts import staff_by_login
from tests.durability.filers import Filed
from tests.makers.committed import Committed
from tests.makers.settings import CODE_KEY


def check(place: Committed, filed: list[Filed]) -> None:
    """Every acknowledged report is there once, whole, and can be opened by whom it is for."""
    with place.session() as session:
        _each_code_leads_to_one_report(session, filed)
        _each_report_is_whole(session)
        _leaves_and_digests_are_right(session)
        _identities_open(session, place, filed)


def _each_code_leads_to_one_report(session: Session, filed: list[Filed]) -> None:
    codes = {one.key: {receipt["receipt_code"] for receipt in one.receipts} for one in filed}
    assert [key for key, got in codes.items() if len(got) != 1] == [], "a key got two codes"
    assert all(len({str(receipt) for receipt in one.receipts}) == 1 for one in filed), "a receipt changed"
    hashes = [code_hash(CODE_KEY, next(iter(got))) for got in codes.values()]
    assert len(set(hashes)) == len(filed), "two keys got one code"
    rows = dict(session.execute(select(Receipt.code_hash, Receipt.report_id)).tuples().all())
    assert set(rows) == set(hashes), "an acknowledged code is not there, or one that nobody knows is"
    assert len(set(rows.values())) == len(filed), "two codes lead to one report"
    assert session.scalar(select(func.count()).select_from(Report)) == len(filed), "a key made two reports"


def _each_report_is_whole(session: Session) -> None:
    reports = set(session.scalars(select(Report.id)))
    cases = dict(session.execute(select(CaseReport.case_id, CaseReport.report_id)).tuples().all())
    assert sorted(cases.values()) == sorted(reports)
    assert set(session.scalars(select(Case.id))) == set(cases)
    for once in (
        select(Identity.report_id),
        select(NoticeContact.report_id),
        select(Event.report_id).where(Event.kind == REPORT_FILED),
    ):
        assert Counter(session.scalars(once)) == Counter(reports), str(once)
    for each in (select(Clock.case_id), select(Referral.case_id), select(SearchDocument.case_id)):
        assert set(session.scalars(each)) == set(cases), str(each)
    told = session.scalars(select(Notice.report_id).where(Notice.report_id.is_not(None)))
    assert Counter(told) == Counter(reports)


def _leaves_and_digests_are_right(session: Session) -> None:
    rows = session.execute(
        select(Event, Case.reference, Report.uid)
        .join(Case, Case.id == Event.case_id)
        .join(Report, Report.id == Event.report_id)
    )
    for event, reference, uid in rows:
        fields = leaf_fields(
            uid=event.uid,
            reference=reference,
            report_uid=uid,
            kind=event.kind,
            at=event.at.astimezone(UTC).isoformat(),
            actor_id=event.actor_id,
            audience=event.audience,
            payload=event.payload,
        )
        assert event.leaf == leaf_hash(event.salt, fields)
    for report, envelope in session.execute(
        select(Report, Identity.envelope).join(Identity, Identity.report_id == Report.id)
    ):
        texts = "\0".join((report.narrative, report.wish, report.elsewhere)).encode()
        assert report.digest == _sha(report.salt + _sha(texts) + _sha(envelope))


def _sha(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def _identities_open(session: Session, place: Committed, filed: Iterable[Filed]) -> None:
    committee = function_agency(session, Function.INSPECTION_COMMITTEE, today())
    hanh = staff_by_login(session, HANH.login)
    assert committee is not None
    assert hanh is not None
    key = current_body_key(session, committee.id)
    assert key is not None
    private = unlock(session, key, hanh.id, HANH.vault_passphrase or "")
    for one in filed:
        hashed = code_hash(CODE_KEY, one.receipts[0]["receipt_code"])
        report = session.scalars(
            select(Report).join(Receipt, Receipt.report_id == Report.id).where(Receipt.code_hash == hashed)
        ).one()
        opened = open_identity(session, place.key_store, private, key, report.id, report.uid)
        assert opened.identity is not None
        assert opened.identity.name == one.name
        assert [cut.text for cut in opened.cuts] == [one.name]
        assert place.key_store.get(report.uid, NOTICES) is not None
