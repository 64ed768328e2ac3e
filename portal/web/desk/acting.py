"""A staff member's act on a case: one transaction, with the account read afresh inside it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.cases.access import Viewer
from portal.cases.queries import viewer_of
from portal.foundation.database import transaction
from portal.foundation.errors import NotAllowed
from portal.foundation.text import N_
from portal.staff.models import Staff
from portal.web.frame import access
from portal.web.frame.database import db


@dataclass(frozen=True)
class Acting:
    """Who acts, with what rights, in which transaction."""

    session: Session
    staff: Staff
    viewer: Viewer


@contextmanager
def acting() -> Iterator[Acting]:
    """Opens the transaction. Raises NotAllowed for an account that was closed a moment ago."""
    session, staff_id = db.session(), access.staff().id
    with transaction(session):
        staff = session.get_one(Staff, staff_id)
        if not staff.active:
            raise NotAllowed(N_("Tài khoản này đã bị khóa."))
        yield Acting(session, staff, viewer_of(session, staff))
