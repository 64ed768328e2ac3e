"""What the reporter holds beside the case: the place to be told at, and the code itself. No agency hears of either."""

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import events, follow_ups
from portal.cases.casefile import CaseFile
from portal.cases.models import Receipt
from portal.cases.words import Audience, Status
from portal.foundation.errors import NotAllowed
from portal.foundation.text import N_
from portal.foundation.time import now, today
from portal.identity.models import NoticeContact


@dataclass(frozen=True)
class SealedContact:
    """A contact whose key is in the key store already, under the word `recipient`."""

    sealed: bytes = field(repr=False)
    recipient: str


def contact_of(session: Session, file: CaseFile) -> NoticeContact | None:
    """The contact that is kept for a report, sealed."""
    return session.get(NoticeContact, file.report.id)


def may_give_contact(session: Session, file: CaseFile) -> bool:
    """Whether there can be news to tell: not after withdrawing, nor when a closed case expects nothing any more."""
    if follow_ups.has_closed(session, file):
        return follow_ups.is_expected(session, file, today())
    return file.case.status is not Status.WITHDRAWN


def check_contact_may_be_given(session: Session, file: CaseFile) -> None:
    """Raises NotAllowed when there is no news to come: asked before a key is stored for nothing, and again."""
    if not may_give_contact(session, file):
        raise NotAllowed(N_("Vụ việc đã kết thúc, nên không còn tin để báo."))


def give_contact(session: Session, file: CaseFile, contact: SealedContact) -> str | None:
    """Keeps a contact, in the place of the one before. Returns the word of the key that opens nothing any more."""
    check_contact_may_be_given(session, file)
    kept = contact_of(session, file)
    if kept is None:
        session.add(NoticeContact(report_id=file.report.id, sealed=contact.sealed, recipient=contact.recipient))
        session.flush()
        _record(session, file, events.CONTACT_GIVEN)
        return None
    before, kept.sealed, kept.recipient = kept.recipient, contact.sealed, contact.recipient
    session.flush()
    _record(session, file, events.CONTACT_REPLACED, before)
    return before


def withdraw_contact(session: Session, file: CaseFile) -> str:
    """Deletes the contact. Returns the word of its key, which is to be destroyed too."""
    kept = contact_of(session, file)
    if kept is None:
        raise NotAllowed(N_("Không có nơi báo tin nào để xóa."))
    recipient = kept.recipient
    session.delete(kept)
    session.flush()
    _record(session, file, events.CONTACT_WITHDRAWN, recipient)
    return recipient


def replace_code(session: Session, file: CaseFile, new_hash: bytes) -> None:
    """Lets another code open the case, as its reporter wants it."""
    retire_code(session, file, new_hash)
    _record(session, file, events.CODE_REPLACED)


def retire_code(session: Session, file: CaseFile, new_hash: bytes) -> None:
    """Another code in the place of the live one, which stays, retired, or a replay of the filing would file twice."""
    old = select(Receipt).where(Receipt.report_id == file.report.id, Receipt.retired_at.is_(None))
    session.scalars(old).one().retired_at = now()
    session.flush()  # one live code a report: the old one goes before the new one comes
    session.add(Receipt(code_hash=new_hash, report_id=file.report.id))
    session.flush()


def _record(session: Session, file: CaseFile, kind: str, ended_key: str = "") -> None:
    """One event; where a key is to be destroyed, its word, which `reactions` needs and which says nothing else."""
    payload = {"ended_key": ended_key} if ended_key else {}
    events.record_of_report(session, file, kind, Audience.REPORTER, payload=payload)
