"""One case passes from a body to its successor: walls first, then what is open there. Clocks go on as they run.

What the successor may not have goes to the Inspection Committee; a hearing it may not hold ends, to be sent elsewhere.
"""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from portal.cases import clocks, events
from portal.cases.actions.ending_support import end_support
from portal.cases.casefile import CaseFile
from portal.cases.hearing import waiting_of
from portal.cases.models import NO_DATE, Clock, Referral, Wall
from portal.cases.queries import line_of, walled_ids
from portal.cases.readers import keeper_of
from portal.cases.words import Audience, ReferralState
from portal.catalogue.models import Agency
from portal.catalogue.words import ReferralRole
from portal.foundation.time import now

BY_WEIGHT = (ReferralRole.LEAD, ReferralRole.SUPPORT, ReferralRole.OVERSEE, ReferralRole.INFORM)


def pass_on(session: Session, file: CaseFile, old: Agency, new: Agency) -> None:
    """Passes a locked case on. Where the successor may not have it, the Inspection Committee takes it over."""
    walled_before = walled_ids(session, file.case)
    _extend_walls(session, file, old, new)
    walled = walled_ids(session, file.case)
    if not file.case.is_open:
        return
    for referral in file.head_supports:
        if referral.agency_id == old.id:
            end_support(session, file, referral)
    for referral in file.live_referrals:
        line = line_of(referral.agency)
        if referral.agency_id == old.id and walled.isdisjoint(line_of(new)):
            _to_successor(session, file, referral, new)
        elif referral.agency_id == old.id or not (walled - walled_before).isdisjoint(line):
            _to_committee(session, file, referral)
    _pass_hearing_on(session, file, old, new, walled, walled - walled_before)
    if file.case.suggested_id == old.id:
        file.case.suggested_id = new.id if walled.isdisjoint(line_of(new)) else None
    file.case.next_due_on = clocks.next_due_on(clocks.running(session, file.case))
    flag_modified(file.case, "status")  # a new version: whoever has a form of it open is told
    session.flush()


def _extend_walls(session: Session, file: CaseFile, old: Agency, new: Agency) -> None:
    """A wall against a body holds against its successor; whoever was let through it stays let through."""
    rows = session.scalars(select(Wall).where(Wall.case_id == file.case.id, Wall.agency_id.in_((old.id, new.id)))).all()
    if any(one.agency_id == new.id for one in rows):
        return
    for one in rows:
        session.add(Wall(case_id=one.case_id, agency_id=new.id, except_staff_id=one.except_staff_id, reason=one.reason))
    session.flush()


def _to_successor(session: Session, file: CaseFile, referral: Referral, new: Agency) -> None:
    former = referral.agency
    heir = file.referral_of(new.id)
    if heir is None:
        heir = referral
        referral.agency_id, referral.agency = new.id, new
    else:
        _join(session, file, referral, heir)
    if file.case.lead_id == former.id:
        file.case.lead_id = new.id
    session.flush()
    told = {"predecessor": former.code, "successor": new.code, "role": heir.role.value}
    audience = Audience.AGENCY if heir.role is ReferralRole.INFORM else Audience.EVERYONE
    _record(session, file, events.REFERRAL_MOVED, audience, new, told)


def _join(session: Session, file: CaseFile, referral: Referral, heir: Referral) -> None:
    """The successor had a part already: it keeps the weightier of both, and the nearer day."""
    role, owes = referral.role, referral.is_open and referral.answered_at is None
    _end(session, referral)
    heir.role = min(heir.role, role, key=BY_WEIGHT.index)
    if owes:
        heir.due_on = min(heir.due_on, referral.due_on) if heir.is_open else referral.due_on  # not a day long past
    heir.is_open = heir.is_open or owes
    if owes and heir.answered_at is not None:
        heir.answered_at, heir.state = None, ReferralState.SENT
    for clock in _running(file, referral):
        clock.referral_id = heir.id
    session.flush()


def _to_committee(session: Session, file: CaseFile, referral: Referral) -> None:
    """Ends the referral and gives its part to the committee that may see the case."""
    keeper, former, role = keeper_of(session, file), referral.agency, referral.role
    _end(session, referral)
    ended = _running(file, referral)
    for clock in ended:
        clock.stopped_at = now()
    if role is ReferralRole.LEAD and keeper.id != former.id:
        _lead_by(session, file, keeper, referral)
    session.flush()
    stopped = clocks.told("stopped", ended, {rule.id: rule.code for _, rule in file.clocks}.__getitem__)
    told = {"predecessor": former.code, "successor": keeper.code, "role": role.value, "clocks": stopped}
    _record(session, file, events.LEAD_TAKEN_OVER, Audience.INSPECTION, keeper, told)


def _pass_hearing_on(
    session: Session, file: CaseFile, old: Agency, new: Agency, walled: frozenset[int], risen: frozenset[int]
) -> None:
    """The hearing that waits: to the successor, or to nobody where a wall stands before who would hear now."""
    hearing = waiting_of(session, file.case)
    if hearing is None:
        return
    told: dict[str, object] = {"predecessor": old.code, "successor": new.code}
    if hearing.agency_id == old.id and walled.isdisjoint(line_of(new)):
        hearing.agency_id, hearing.agency = new.id, new
        session.flush()
        _record(session, file, events.HEARING_MOVED, Audience.INSPECTION, new, told)
    elif hearing.agency_id == old.id or not risen.isdisjoint(line_of(hearing.agency)):
        hearing.clock.stopped_at = now()
        session.flush()
        stopped = clocks.told("stopped", [hearing.clock], {rule.id: rule.code for _, rule in file.clocks}.__getitem__)
        _record(session, file, events.HEARING_ENDED, Audience.INSPECTION, hearing.agency, {"clocks": stopped})


def _lead_by(session: Session, file: CaseFile, keeper: Agency, former: Referral) -> None:
    heir = file.referral_of(keeper.id)
    if heir is None:
        heir = Referral(
            case_id=file.case.id,
            agency_id=keeper.id,
            agency=keeper,
            role=ReferralRole.LEAD,
            state=ReferralState.SENT,
            release=former.release,
            is_open=True,
            due_on=NO_DATE,
            reason_vi=former.reason_vi,
            reason_en=former.reason_en,
            cleared_text_id=former.cleared_text_id,
            sent_at=now(),
        )
        session.add(heir)
        file.referrals.append(heir)
    heir.role, heir.is_open = ReferralRole.LEAD, True
    file.case.lead_id, file.case.is_direct = keeper.id, False


def _end(session: Session, referral: Referral) -> None:
    referral.is_open, referral.state, referral.ended_at = False, ReferralState.ENDED, now()
    session.flush()


def _running(file: CaseFile, referral: Referral) -> list[Clock]:
    return [
        clock
        for clock, _ in file.clocks
        if clock.referral_id == referral.id and clock.met_at is None and clock.stopped_at is None
    ]


def _record(
    session: Session, file: CaseFile, kind: str, audience: Audience, body: Agency, told: Mapping[str, object]
) -> None:
    report = file.report
    events.record(
        session,
        file.case,
        kind,
        audience,
        report_id=report.id,
        report_uid=report.uid,
        agency_id=body.id,
        payload={**told, "by_rule": True},
    )
