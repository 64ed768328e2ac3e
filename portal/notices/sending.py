"""Sending a notice to a reporter who left a contact, and erasing the contact at closing."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.cases.models import Report
from portal.foundation.database import transaction
from portal.foundation.installation import Secrets
from portal.foundation.time import now
from portal.identity.contact import Contact, open_contact
from portal.identity.keystore import KeyStore
from portal.identity.models import NoticeContact
from portal.identity.recipients import NOTICES
from portal.notices.channels import Channel
from portal.notices.models import Notice
from portal.notices.wording import WORDS


@dataclass(frozen=True)
class Sender:
    """What sending needs."""

    key_store: KeyStore
    secrets: Secrets
    mail: Channel
    phone: Channel


def tell_reporter(session: Session, sender: Sender, payload: Mapping[str, Any]) -> None:
    """Sends the notice of one event. Sent again after a crash it carries the same Message-ID."""
    session.rollback()
    report = session.get(Report, payload["report_id"])
    contact = _contact_of(session, sender, report) if report is not None else None
    if report is None or contact is None:
        return  # no contact was left, or it is erased
    words = WORDS[payload["kind"], report.language]
    mark = hashlib.sha256(f"{payload['event']}/{payload['kind']}".encode()).hexdigest()[:32]
    message_id = f"{mark}@{sender.secrets.origin}"
    text = words.text % {"address": f"https://{sender.secrets.origin}"}
    name, channel = ("mail", sender.mail) if contact.email else ("phone", sender.phone)
    report_id = report.id
    session.rollback()  # nothing is held open while another machine answers
    channel.send(contact.email or contact.phone, words.subject, text, message_id)
    with transaction(session):
        known = session.query(Notice).filter(Notice.message_id == message_id).first()
        if known is None:
            session.add(
                Notice(
                    message_id=message_id,
                    report_id=report_id,
                    kind=payload["kind"],
                    channel=name,
                    state="sent",
                    at=now(),
                )
            )


def _contact_of(session: Session, sender: Sender, report: Report) -> Contact | None:
    """The contact as it is now. It is read twice if need be: between row and key another may have taken its place."""
    for _ in range(2):
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
