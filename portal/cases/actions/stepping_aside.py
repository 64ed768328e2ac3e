"""Walls around accounts: who says that a case concerns them, whom an inspector keeps from it, and who takes it then.

Whoever is walled off loses sight of the case in the same transaction: `queries.visible_to` reads the rows.
"""

from sqlalchemy.orm import Session

from portal.cases import events
from portal.cases.access import Viewer, check, liftable_walls
from portal.cases.actions.moving import Telling, make_move
from portal.cases.actions.words_given import required
from portal.cases.casefile import CaseFile
from portal.cases.conflicts import NAMED, OWN_CONFLICT, takes_over
from portal.cases.models import NO_DATE, Case, Referral, Wall
from portal.cases.queries import joined_cases, viewer_of
from portal.cases.words import OPEN, Audience, ReferralState
from portal.cases.workload import team
from portal.catalogue.functions import function_agency
from portal.catalogue.models import Agency
from portal.catalogue.words import Function, ReferralRole, Release
from portal.foundation.errors import FieldErrors, PortalError
from portal.foundation.text import N_
from portal.foundation.time import now, today
from portal.staff.accounts import staff_by_login
from portal.staff.models import Staff
from portal.staff.permissions import Permission

# Who reads reports as filed, from below: the second stands in for the first (domain.md §3).
COMMITTEES = (Function.INSPECTION_COMMITTEE, Function.ORGANISATION_COMMITTEE)
WHY_UP = (
    N_("Ở nơi đang giữ vụ việc không còn ai không liên quan, nên giao cơ quan này."),
    "Nobody without a conflict is left where the case was, so this body takes it.",
)


def declare_conflict(session: Session, file: CaseFile, staff: Staff, viewer: Viewer, *, text: str) -> None:
    """Steps aside from a case that one sees. Of an office's own people the office learns it, else the inspectors."""
    move = check(viewer, "declare_conflict", file, today())
    text = required(text)
    build_wall(session, file, staff, staff.id, OWN_CONFLICT)
    by_office = not viewer.reads_narratives
    telling = Telling(
        events.CONFLICT_DECLARED,
        Audience.AGENCY if by_office else Audience.INSPECTION,
        agency_id=viewer.agency_id if by_office else None,
        payload={"staff": staff.id, "text": text},
    )
    make_move(session, file, move, telling, actor=staff)


def wall_off(session: Session, file: CaseFile, staff: Staff, viewer: Viewer, *, account: str, text: str) -> None:
    """Keeps an account from a case. Raises FieldErrors for nobody, oneself, or somebody who is walled off already."""
    move = check(viewer, "wall_off", file, today())
    named = staff_by_login(session, account)
    if named is None:
        raise _wrong(N_("Hãy ghi tên đăng nhập của một tài khoản."))
    if named.id == staff.id:
        raise _wrong(N_("Đây là tài khoản của anh/chị. Xin dùng nút “Tôi có liên quan đến vụ việc này”."))
    if any(wall.staff_id == named.id for wall in file.walls):
        raise _wrong(N_("Tài khoản này đã bị chặn khỏi vụ việc."))
    text = required(text)
    build_wall(session, file, staff, named.id, NAMED)
    payload = {"staff": named.id, "text": text}
    make_move(session, file, move, Telling(events.ACCOUNT_WALLED, Audience.INSPECTION, payload=payload), actor=staff)


def lift_wall(session: Session, file: CaseFile, staff: Staff, viewer: Viewer, *, account: str, text: str) -> None:
    """Lets an account see the case again where its rights allow it. Raises FieldErrors for one without such a wall."""
    move = check(viewer, "lift_wall", file, today())
    named = staff_by_login(session, account)
    found = [wall for wall in liftable_walls(viewer, file) if named is not None and wall.staff_id == named.id]
    if named is None or not found:
        raise _wrong(N_("Hãy chọn tài khoản được bỏ chặn."))
    text = required(text)
    for wall in found:
        file.walls.remove(wall)
        session.delete(wall)
    session.flush()
    payload = {"staff": named.id, "text": text}
    make_move(session, file, move, Telling(events.WALL_LIFTED, Audience.INSPECTION, payload=payload), actor=staff)


def hand_up(session: Session, file: CaseFile) -> Referral | None:
    """Gives a case that nobody without conflict can take to the committee above; None when there is no need.

    Called again it does nothing more: then somebody there can take it.
    """
    if file.case.status not in OPEN:
        return None
    bodies = [one for one in (function_agency(session, each, today()) for each in COMMITTEES) if one is not None]
    able = {one.id for one in bodies if _can_take(session, file, one)}
    has_it = {one.id for one in bodies if file.referral_of(one.id) is not None}
    above = takes_over([one.id for one in bodies], able, has_it)
    body = next((one for one in bodies if one.id == above), None)
    return _refer_up(session, file, body, has_it) if body is not None else None


def _can_take(session: Session, file: CaseFile, body: Agency) -> bool:
    """Whether an account of a committee could hold the case if it were referred there."""
    walled = {wall.staff_id for wall in file.walls if wall.staff_id is not None}
    bodies = {wall.agency_id: wall.except_staff_id for wall in file.walls if wall.agency_id is not None}
    for account in team(session, body.id):
        viewer = viewer_of(session, account)
        if Permission.READ_ALL_CASES not in viewer.permissions or account.id in walled:
            continue
        stops = [bodies[one] != account.id for one in viewer.agency_line if one in bodies]
        if not any(stops):
            return True
    return False


def _refer_up(session: Session, file: CaseFile, body: Agency, before: set[int]) -> Referral:
    """The body takes the part that the conflicted one had: its inspectors read the report as filed."""
    leads = file.case.lead_id in before
    ended = [one for one in file.live_referrals if one.agency_id in before]
    for one in ended:
        one.is_open, one.ended_at = False, now()
    session.flush()
    referral = Referral(
        case_id=file.case.id,
        agency_id=body.id,
        role=ReferralRole.LEAD if leads else ReferralRole.OVERSEE,
        state=ReferralState.SENT,
        release=Release.AFTER_CLEARING,
        is_open=leads,
        due_on=NO_DATE,
        reason_vi=WHY_UP[0],
        reason_en=WHY_UP[1],
        note="",
        sent_at=now(),
    )
    session.add(referral)
    file.referrals.append(referral)
    if leads:
        file.case.lead_id = body.id
    file.case.assigned_id = None
    session.flush()
    events.record(
        session,
        file.case,
        events.HANDED_UP,
        Audience.INSPECTION,
        report_id=file.report.id,
        report_uid=file.report.uid,
        agency_id=body.id,
        payload={
            "agency": body.code,
            "role": referral.role.value,
            "ended": [one.agency.code for one in ended],
            "by_rule": True,
        },
    )
    return referral


def build_wall(session: Session, file: CaseFile, actor: Staff, staff_id: int, reason: str) -> None:
    """The wall, around the case and what was merged into it; whoever held it holds it no more."""
    wall = Wall(case_id=file.case.id, staff_id=staff_id, reason=reason)
    session.add(wall)
    file.walls.append(wall)
    _put_down(file.case, staff_id)
    kind = events.CONFLICT_DECLARED if reason == OWN_CONFLICT else events.ACCOUNT_WALLED
    for case in joined_cases(session, file.case):
        session.add(Wall(case_id=case.id, staff_id=staff_id, reason=reason))
        _put_down(case, staff_id)
        payload = {"staff": staff_id, "case": file.case.reference}
        events.record(session, case, kind, Audience.INSPECTION, actor=actor, payload=payload)
    session.flush()


def _put_down(case: Case, staff_id: int) -> None:
    if case.assigned_id == staff_id:
        case.assigned_id = None


def _wrong(message: str) -> FieldErrors:
    return FieldErrors(N_("Xin kiểm tra lại."), {"account": PortalError(message)})
