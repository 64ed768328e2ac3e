"""What the portal does by itself when a clock says so."""

from sqlalchemy.orm import Session

from portal.cases import events
from portal.cases.access import reopen_window_open
from portal.cases.actions.moving import Telling, end_referrals, make_move
from portal.cases.casefile import CaseFile
from portal.cases.status import BY_NAME
from portal.cases.words import Audience, Status
from portal.foundation.time import today


def close_by_rule(session: Session, file: CaseFile) -> bool:
    """Closes an answered case whose window to ask for a review has run out; says whether it did."""
    if file.case.status is not Status.ANSWERED or reopen_window_open(file, today()):
        return False
    end_referrals(session, file)
    telling = Telling(events.CASE_CLOSED, Audience.EVERYONE, payload={"by_rule": True})
    make_move(session, file, BY_NAME["close_by_rule"], telling)
    return True
