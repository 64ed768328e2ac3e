"""The earlier case of somebody who says that they are paid back for it: found by its code, which goes no further."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.actions.receive import First
from portal.cases.filing import PaidBack
from portal.cases.models import Wall
from portal.cases.queries import file_by_code
from portal.cases.receipts import code_hash
from portal.foundation.errors import FieldErrors, PortalError
from portal.intake.answers import CHECK, UNKNOWN_CODE


def first_of(session: Session, code_key: bytes, paid_back: PaidBack | None) -> First | None:
    """The earlier case. Raises FieldErrors for `first_code` when no live code is like this one."""
    if paid_back is None:
        return None
    file = file_by_code(session, code_hash(code_key, paid_back.code))
    if file is None:
        raise FieldErrors(CHECK, {"first_code": PortalError(UNKNOWN_CODE)})
    rows = session.scalars(select(Wall).where(Wall.case_id == file.case.id).order_by(Wall.id))
    walls = tuple(((one.agency_id, one.staff_id, one.except_staff_id), one.reason) for one in rows)
    return First(file.report.id, file.case.reference, walls)
