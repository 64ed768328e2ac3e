"""Ending a referral for the head of the accused's body: what they could read is closed at once."""

from sqlalchemy.orm import Session

from portal.cases import clocks, events
from portal.cases.casefile import CaseFile
from portal.cases.models import Referral
from portal.cases.words import Audience, ReferralState
from portal.foundation.time import now


def stop_support(session: Session, file: CaseFile, referral: Referral) -> list[dict[str, object]]:
    """Ends it and stops its clock, which is returned as an event tells it."""
    referral.is_open, referral.state, referral.ended_at = False, ReferralState.ENDED, now()
    stopped = clocks.mark(session, file.case, lambda clock: clock.referral_id == referral.id, "stopped_at")
    return clocks.told("stopped", stopped, {rule.id: rule.code for _, rule in file.clocks}.__getitem__)


def end_support(session: Session, file: CaseFile, referral: Referral) -> None:
    """The portal ends it, because the body passed to another: whoever leads that one was not chosen."""
    stopped = stop_support(session, file, referral)
    events.record(
        session,
        file.case,
        events.HEAD_SUPPORT_ENDED,
        Audience.INSPECTION,
        report_id=file.report.id,
        report_uid=file.report.uid,
        agency_id=referral.agency_id,
        payload={"by_rule": True, "clocks": stopped},
    )
