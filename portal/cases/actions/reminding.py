"""Reminding a body of its referral (đôn đốc): a letter on its case page, and to print."""

from sqlalchemy.orm import Session

from portal.cases import events
from portal.cases.access import Viewer, check
from portal.cases.actions.moving import Telling, make_move
from portal.cases.actions.words_given import required
from portal.cases.casefile import CaseFile
from portal.cases.models import Event
from portal.cases.reminding import reminded_on
from portal.cases.words import Audience, ReferralState
from portal.foundation.errors import FieldErrors, NotAllowed, PortalError
from portal.foundation.text import N_
from portal.foundation.time import today
from portal.staff.models import Staff

ONCE_A_DAY = N_("Hôm nay đã đôn đốc cơ quan này rồi. Mỗi ngày đôn đốc một lần.")


def remind(session: Session, file: CaseFile, staff: Staff, viewer: Viewer, *, agency: str, text: str) -> Event:
    """Reminds the body of an open referral. Raises NotAllowed for a second time on the same day."""
    move = check(viewer, "remind", file, today())
    referral = next((one for one in file.owing_referrals if one.agency.code == agency), None)
    if referral is None:
        raise FieldErrors(N_("Xin kiểm tra lại."), {"agency": PortalError(N_("Hãy chọn cơ quan cần đôn đốc."))})
    text = required(text)
    if referral.agency_id in reminded_on(session, file, today()):
        raise NotAllowed(ONCE_A_DAY)
    referral.state = ReferralState.REMINDED
    session.flush()
    told = Telling(
        events.REFERRAL_REMINDED,
        Audience.AGENCY,
        agency_id=referral.agency_id,
        payload={"text": text, "due_on": referral.due_on.isoformat()},
    )
    return make_move(session, file, move, told, actor=staff)
