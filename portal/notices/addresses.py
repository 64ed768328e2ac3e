"""Where staff are told: an address that its owner writes, and the language of the mails."""

from sqlalchemy.orm import Session

from portal.cases.words import Language
from portal.foundation.time import now
from portal.notices.models import NoticeAddress
from portal.staff.models import Staff


def address_of(session: Session, account: Staff) -> NoticeAddress | None:
    """The account's address, if it left one."""
    return session.get(NoticeAddress, account.id)


def set_address(session: Session, account: Staff, email: str, language: Language) -> None:
    """Keeps an address that was read by `read_email`; an empty one ends the mails, also those that wait."""
    row = session.get(NoticeAddress, account.id)
    if not email:
        if row is not None:
            session.delete(row)
    elif row is None:
        session.add(NoticeAddress(staff_id=account.id, email=email, language=language, changed_at=now()))
    else:
        row.email, row.language, row.changed_at = email, language, now()
    session.flush()
