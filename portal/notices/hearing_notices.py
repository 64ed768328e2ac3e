"""The body that is to hear somebody is told by mail that it is nearly late, and that it is late: each once.

Written to whoever of it may hear and is behind no wall of the case; asked again when the mail goes out.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from portal.cases.hearing import is_waiting
from portal.cases.hearing_models import Hearing
from portal.cases.models import Case
from portal.cases.queries import not_walled, viewer_of
from portal.catalogue.queries import calendar
from portal.foundation.database import transaction
from portal.foundation.time import local, now, today
from portal.notices.hours import next_quarter
from portal.notices.outbox import to_staff, write_once
from portal.notices.reaching import note_case, reachable
from portal.notices.wording import HEARING_DUE_SOON, HEARING_LATE
from portal.staff.models import Staff
from portal.staff.permissions import Permission as P

TELL_HEARING = "notices.tell_hearing"
HEARING_KINDS = frozenset({HEARING_DUE_SOON, HEARING_LATE})


def says_still(kind: str, hearing: Hearing) -> bool:
    """Whether what a notice says of a hearing is true: it waits still, and what is late is not due soon."""
    return is_waiting(hearing) and (hearing.clock.due_on < today()) == (kind == HEARING_LATE)


def tell_hearing(session: Session, sender: Any, payload: Mapping[str, Any]) -> None:
    """Writes the notices of one point of a hearing, to the body that has it now. Once for each account."""
    kind = payload["kind"]
    with transaction(session):
        hearing = session.get_one(Hearing, payload["hearing"])
        if not says_still(kind, hearing):
            return
        case, moment = session.get_one(Case, hearing.case_id), next_quarter(local(now()), calendar(session))
        for account, language in reachable(session, Staff.agency_id == hearing.agency_id):
            may_hear = P.ANSWER_REFERRAL in account.permissions
            if may_hear and not_walled(session, viewer_of(session, account), case):
                cause = f"{kind}/{hearing.id}/{account.id}"
                write_once(session, to_staff(account.id, language, kind, cause, moment))
                note_case(session, cause, case)
