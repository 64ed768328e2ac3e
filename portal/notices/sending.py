"""Sending the notices of the outbox, and erasing a reporter's contact at closing."""

import smtplib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.cases.models import Report
from portal.catalogue.standard_text_rows import newest_text
from portal.catalogue.standard_texts import notice as notice_text
from portal.foundation.database import transaction
from portal.foundation.installation import Secrets
from portal.foundation.time import now
from portal.identity.contact import Contact, open_contact
from portal.identity.keystore import KeyStore
from portal.identity.models import NoticeContact
from portal.identity.recipients import NOTICES
from portal.notices import outbox
from portal.notices.channels import Channel
from portal.notices.models import Notice, NoticeAddress
from portal.notices.staff_notices import is_still_for
from portal.notices.wording import STANDARD, letter_of
from portal.staff.models import Staff

MAIL, PHONE = "mail", "phone"


@dataclass
class Rest:
    """A relay that does not answer is left alone for a while, so that it holds up neither jobs nor other notices.

    Kept in the worker's memory: a new worker asks the relay at once.
    """

    until: datetime | None = None
    failures: int = 0

    @property
    def is_over(self) -> bool:
        """Whether the relay may be asked."""
        return self.until is None or now() >= self.until

    def after(self, error: Exception | None) -> None:
        """Notes how a try ended. A refusal of one mail is an answer: the next one may go through."""
        if not isinstance(error, OSError) or isinstance(
            error, smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused
        ):
            self.until, self.failures = None, 0
            return
        self.failures += 1
        self.until = now() + min(outbox.pause_after(self.failures), outbox.LEASE)


@dataclass(frozen=True)
class Sender:
    """What sending needs."""

    key_store: KeyStore
    secrets: Secrets
    mail: Channel
    phone: Channel
    rest: Rest = field(default_factory=Rest)


def send_next(session: Session, sender: Sender) -> bool:
    """Sends one notice that is due; says whether there was one. Nothing is held open while another machine answers."""
    session.rollback()
    if not sender.rest.is_over:
        return False
    notice = outbox.take(session)
    if notice is None:
        return False
    number, channel = notice.id, ""
    try:
        standard = _standard_text(session, notice)
        letter = letter_of(notice.kind, notice.language, notice.message_id, sender.secrets.origin, standard)
        contact = _contact_of(session, sender, notice)
        session.rollback()
        if contact is None:
            outbox.end(session, number)
            return True
        channel = MAIL if contact.email else PHONE
        (sender.mail if contact.email else sender.phone).send(contact.email or contact.phone, letter)
    except Exception as error:
        session.rollback()
        outbox.put_back(session, number, channel, type(error).__name__)
        sender.rest.after(error)
    else:
        outbox.mark_sent(session, number, channel)
        sender.rest.after(None)
    return True


def _standard_text(session: Session, notice: Notice) -> str:
    """The words of the standard text that holds for a notice now; empty where there is none."""
    found = newest_text(session, STANDARD[notice.kind]) if notice.kind in STANDARD else None
    return notice_text(getattr(found, f"body_{notice.language.value}"), notice.language.value) if found else ""


def _contact_of(session: Session, sender: Sender, notice: Notice) -> Contact | None:
    """Where the notice goes as things are now; None where nobody is to be told any more."""
    if notice.staff_id is not None:
        address = session.get(NoticeAddress, notice.staff_id, populate_existing=True)
        account = session.get_one(Staff, notice.staff_id, populate_existing=True)
        if address is None or not account.active or not is_still_for(session, notice, account):
            return None
        return Contact(email=address.email)
    report = session.get_one(Report, notice.report_id)
    for _ in range(2):  # between row and key another contact may have taken the place of this one
        kept = session.get(NoticeContact, report.id, populate_existing=True)
        if kept is None:
            return None
        sealed_key = sender.key_store.get(report.uid, kept.recipient)
        if sealed_key is not None:
            return open_contact(kept.sealed, sealed_key, report.uid, sender.secrets.notice_key)
        session.rollback()
    return None


def erase_contact(session: Session, sender: Sender, payload: Mapping[str, Any]) -> None:
    """Destroys one contact's key, then deletes its row: what is left in backups opens to nobody.

    The payload names the key, so that a contact given since then stays.
    """
    session.rollback()
    report = session.get(Report, payload["report_id"])
    if report is None:
        return
    recipient = payload.get("recipient", NOTICES)  # what was queued before there were others names none
    sender.key_store.drop_recipient(report.uid, recipient)
    own = (NoticeContact.report_id == payload["report_id"]) & (NoticeContact.recipient == recipient)
    with transaction(session):
        session.execute(delete(NoticeContact).where(own))
