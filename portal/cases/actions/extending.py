"""Extending a clock: a later day, with a reason that the reporter reads."""

from sqlalchemy.orm import Session

from portal.cases import clocks, events
from portal.cases.access import Viewer, check
from portal.cases.actions.moving import Telling, make_move
from portal.cases.actions.words_given import required
from portal.cases.casefile import CaseFile
from portal.cases.extending import Extension, extension_of, handle_of, running_answers
from portal.cases.models import Event, Referral
from portal.cases.words import Audience, ReferralState
from portal.catalogue import queries as catalogue
from portal.catalogue.words import ReferralRole
from portal.foundation.errors import FieldErrors, PortalError
from portal.foundation.text import N_, clean_line
from portal.foundation.time import today
from portal.staff.models import Staff

LONGEST_REQUEST = 200


def extend(
    session: Session, file: CaseFile, staff: Staff, viewer: Viewer, *, clock: str, text: str, request: str = ""
) -> Event:
    """Extends a clock by what its rule allows. `request`: the body's written request, number and day.

    Raises PortalError saying why where the rule allows none (any more) or the day has passed.
    """
    move = check(viewer, "extend", file, today())
    found = _chosen(session, file, clock)
    referral = next((one for one in file.referrals if one.id == found.clock.referral_id), None)
    text, request = required(text), _request(request, referral)
    was_due_on = found.clock.due_on
    found.clock.due_on = found.due_on
    found.clock.extended_by += found.by.extension_amount
    found.clock.extensions += 1
    if referral is not None:
        referral.due_on, referral.state = found.due_on, ReferralState.EXTENDED
    session.flush()
    [line] = clocks.told("extended", [found.clock], lambda _: found.rule.code)
    line |= {
        "was_due_on": was_due_on.isoformat(),
        "by_rule": found.by.code,
        "extended_by": found.by.extension_amount,
        "unit": found.rule.unit.value,
    }
    told = Telling(
        events.DEADLINE_EXTENDED,
        _audience(referral),
        agency_id=referral.agency_id if referral is not None else None,
        payload={"text": text, "due_on": found.due_on.isoformat(), **({"request": request} if request else {})},
        clocks=(line,),
    )
    return make_move(session, file, move, told, actor=staff)


def _audience(referral: Referral | None) -> Audience:
    """The reporter waits for the lead; how long a supporting body takes is between it and the inspectors."""
    if referral is None:
        return Audience.REPORTER
    return Audience.EVERYONE if referral.role is ReferralRole.LEAD else Audience.AGENCY


def _chosen(session: Session, file: CaseFile, handle: str) -> Extension:
    calendar = catalogue.calendar(session)
    for clock, rule in running_answers(file):
        if handle == handle_of(file, clock):
            found = extension_of(session, clock, rule, calendar, today())
            if isinstance(found, PortalError):
                raise found
            return found
    raise FieldErrors(N_("Xin kiểm tra lại."), {"clock": PortalError(N_("Hãy chọn thời hạn cần gia hạn."))})


def _request(request: str, referral: Referral | None) -> str:
    request = clean_line(request)
    if referral is not None and not request:
        missing = PortalError(N_("Hãy ghi số và ngày văn bản đề nghị của cơ quan."))
        raise FieldErrors(N_("Xin kiểm tra lại."), {"request": missing})
    if len(request) > LONGEST_REQUEST:
        error = PortalError(N_("Nội dung dài quá %(longest)d ký tự."), longest=LONGEST_REQUEST)
        raise FieldErrors(N_("Xin kiểm tra lại."), {"request": error})
    return request
