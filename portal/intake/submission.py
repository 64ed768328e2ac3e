"""Sending a filing: data keys first, then one transaction, and never twice.

This is the one place below the doors that opens a transaction of its own, because the order of the two
stores is the point: the key store is durable before the report is.
"""

import secrets
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.cases.actions import receive
from portal.cases.actions.receive import Plan, is_shared_with_agency, plan_filing
from portal.cases.events import REPORT_FILED
from portal.cases.filing import Filing, prepare
from portal.cases.models import Case, CaseReport, Event, Report
from portal.cases.receipts import answers_digest, code_hash, filed_with, receipt_code
from portal.cases.same_texts import text_mark
from portal.catalogue.kept import kept
from portal.catalogue.words import Function
from portal.foundation.database import end_reading, run_reactions, transaction
from portal.foundation.errors import PortalError
from portal.foundation.inserting import together
from portal.foundation.installation import Secrets
from portal.foundation.time import now
from portal.identity.contact import notice_public_key
from portal.identity.keystore import KeyStore
from portal.identity.sealing import recipients_with, seal_filing
from portal.identity.vault import current_body_key, public_keys
from portal.intake import drafts
from portal.intake.answers import NO_VAULT
from portal.intake.models import AssistedFiling
from portal.intake.paid_back import first_of
from portal.ledger.notes import proof_of_filing

UID_BYTES = 16


class NoVault(PortalError):
    """An identity was given before there is a vault to seal it for."""


@dataclass(frozen=True)
class FiledReceipt:
    """What the reporter gets. The code is shown once and stored nowhere."""

    code: str = field(repr=False)
    filed_at: datetime
    due_on: date
    proof: str


@dataclass(frozen=True)
class DraftRef:
    """The draft that is being sent: its handle and the key from the cookie."""

    handle: str
    key: bytes = field(repr=False)


def identity_allowed(session: Session, committee_id: int | None) -> bool:
    """Whether identities can be sealed: the Inspection Committee has a key."""
    return committee_id is not None and current_body_key(session, committee_id) is not None


def file_report(
    session: Session,
    key_store: KeyStore,
    installation: Secrets,
    filing: Filing,
    idempotency_key: str,
    draft: DraftRef | None = None,
    officer_id: int | None = None,
) -> FiledReceipt:
    """Files once, however often it is sent.

    Raises SentElsewhere, NoVault or, for an earlier code that is none, FieldErrors, before anything is stored.
    `officer_id`: who wrote it down for somebody; that is noted in the same transaction.
    """
    code = receipt_code(installation.code_key, idempotency_key, answers_digest(filing.canonical()))
    hashed = code_hash(installation.code_key, code)
    assert hashed is not None  # noqa: S101 (a code we made has the right length)
    known = filed_with(session, hashed)
    if known is not None:
        return _receipt_again(session, installation, code, known)
    first = first_of(session, installation.code_key, filing.paid_back)
    plan = planned(session, installation, filing)
    uid = secrets.token_bytes(UID_BYTES)
    texts = prepare(filing)
    recipients = _recipients(session, filing, plan)
    sealed = seal_filing(
        uid,
        None if filing.identity.is_empty() else filing.identity,
        texts.cuts if recipients else (),  # before `vault init` nobody could ever read them
        recipients,
        filing.contact,
        notice_public_key(installation.notice_key),
    )
    end_reading(session)
    key_store.put(uid, sealed.keys)
    try:
        with transaction(session):
            earlier = _sent_from(session, draft)
            if earlier is not None:
                return earlier
            with together(session.connection()):
                made = receive(session, filing, texts, plan, uid=uid, code_hash=hashed, sealed=sealed, first=first)
                if first is None:  # what follows from being paid back reads what is stored
                    run_reactions(session)
            if officer_id is not None:
                channel = filing.channel
                session.add(AssistedFiling(report_id=made.report.id, staff_id=officer_id, channel=channel, at=now()))
            receipt = _receipt(installation, code, made.report.filed_at, made.promised_on, made.event.leaf)
            _keep_receipt(session, draft, receipt)
            return receipt
    except IntegrityError:
        # Two sends of one form can reach the INSERT one after the other: the second finds the first's receipt.
        session.rollback()
        known = filed_with(session, hashed)
        if known is None:
            raise
        return _receipt_again(session, installation, code, known)


def planned(session: Session, installation: Secrets, filing: Filing) -> Plan:
    """Where a filing goes, as it would be sent now. Raises SentElsewhere."""
    return plan_filing(session, filing, text_mark(installation.code_key, filing.narrative))


def _recipients(session: Session, filing: Filing, plan: Plan) -> dict[str, bytes]:
    """Who can open the envelope: the Inspection Committee; of a named direct report the handling agency too.

    A report about the Inspection Committee is sealed to whoever leads in its place, never to the accused.
    """
    committee = plan.tree.function(Function.INSPECTION_COMMITTEE)
    is_accused = committee in plan.routing.walled
    bodies = [plan.lead if is_accused else committee] if committee else []
    if is_shared_with_agency(filing, plan):
        bodies.append(plan.lead)
    ids = [plan.id_of(code) for code in bodies]
    live = kept(session, plan.catalogue.on, _live_keys)
    keys = {number: live[number] for number in ids if number in live}
    if not filing.identity.is_empty() and (not ids or ids[0] not in keys):
        raise NoVault(NO_VAULT)
    return recipients_with(keys.values())


def _live_keys(session: Session, _on: date) -> dict[int, bytes]:
    """Kept with the catalogue, whose mark every change of a sealing key renews (migration 0014)."""
    return public_keys(session)


def _receipt(installation: Secrets, code: str, filed_at: datetime, due_on: date, leaf: bytes) -> FiledReceipt:
    proof = proof_of_filing(installation.origin, leaf, filed_at, installation.ledger_seed)
    return FiledReceipt(code=code, filed_at=filed_at, due_on=due_on, proof=proof)


def _receipt_again(session: Session, installation: Secrets, code: str, report_id: int) -> FiledReceipt:
    row = session.execute(
        select(Report.filed_at, Case, Event.leaf)
        .join(CaseReport, CaseReport.report_id == Report.id)
        .join(Case, Case.id == CaseReport.case_id)
        .join(Event, (Event.report_id == Report.id) & (Event.case_id == Case.id) & (Event.kind == REPORT_FILED))
        .where(Report.id == report_id)
    ).one()
    filed_at, case, leaf = row
    return _receipt(installation, code, filed_at, promised_on(session, case), leaf)


def promised_on(session: Session, case: Case) -> date:
    """The day promised at filing: the first clock's, whatever happened since, so that a replay says the same."""
    event = session.scalars(select(Event).where(Event.case_id == case.id).order_by(Event.id).limit(2)).all()
    days = [date.fromisoformat(clock["due_on"]) for one in event for clock in one.payload.get("clocks", ())]
    return min(days, default=case.next_due_on)


def _sent_from(session: Session, draft: DraftRef | None) -> FiledReceipt | None:
    """The first receipt of a draft that was sent already."""
    if draft is None:
        return None
    content = drafts.load(session, draft.handle, draft.key, lock=True)
    return receipt_of(content) if content is not None else None


def receipt_of(content: drafts.DraftContent) -> FiledReceipt | None:
    """The receipt that a sent draft keeps."""
    kept = content.receipt
    if kept is None:
        return None
    return FiledReceipt(
        code=kept["code"],
        filed_at=datetime.fromisoformat(kept["filed_at"]),
        due_on=date.fromisoformat(kept["due_on"]),
        proof=kept["proof"],
    )


def _keep_receipt(session: Session, draft: DraftRef | None, receipt: FiledReceipt) -> None:
    if draft is None:
        return
    content = drafts.load(session, draft.handle, draft.key) or drafts.DraftContent()
    content.receipt = {
        "code": receipt.code,
        "filed_at": receipt.filed_at.isoformat(),
        "due_on": receipt.due_on.isoformat(),
        "proof": receipt.proof,
    }
    drafts.save(session, draft.handle, draft.key, content)
