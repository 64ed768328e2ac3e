"""Which accounts left an address, and of which cases a notice to one of them is."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.models import Case
from portal.cases.words import Language
from portal.notices.models import Notice, NoticeAddress, NoticeCase
from portal.staff.models import Staff


def reachable(session: Session, condition: Any) -> list[tuple[Staff, Language]]:
    """The open accounts that left an address, with the language that they read."""
    query = select(Staff, NoticeAddress.language).join(NoticeAddress, NoticeAddress.staff_id == Staff.id)
    rows = session.execute(query.where(Staff.active.is_(True), condition).order_by(Staff.id))
    return [(account, language) for account, language in rows]


def note_case(session: Session, cause: str, case: Case) -> None:
    """Notes that the notice of a cause is of this case too."""
    session.flush()
    number = session.scalar(select(Notice.id).where(Notice.cause == cause))
    if number is not None and session.get(NoticeCase, (number, case.id)) is None:
        session.add(NoticeCase(notice_id=number, case_id=case.id))
        session.flush()
