"""Merging: several reports of one matter become one case, and can be taken apart again.

A merged case keeps its report as primary; the other case gets a second link to it. So each reporter's code
opens the own case, with nothing of the other in it but the answer, and undoing only ends that link.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from portal.cases import events
from portal.cases.access import Viewer, check
from portal.cases.actions.following_up import take_back
from portal.cases.actions.moving import Telling, make_move
from portal.cases.casefile import CaseFile, load_file
from portal.cases.models import Case, CaseReport, Event, Referral
from portal.cases.queries import cases_about, joined_cases, walls_of
from portal.cases.recomputing import catch_up
from portal.cases.status import BY_NAME, Move
from portal.cases.words import Audience, Status
from portal.foundation.errors import FieldErrors, PortalError
from portal.foundation.text import N_
from portal.foundation.time import now, today
from portal.staff.models import Staff

OVER = frozenset({Status.CLOSED, Status.REFUSED, Status.FORWARDED, Status.WITHDRAWN, Status.MERGED})


def merge(session: Session, file: CaseFile, staff: Staff, viewer: Viewer, *, into: Case | None) -> None:
    """Lets another case answer for this one too. `into` is a case that this account sees, or None if there is none.

    Raises FieldErrors for `into`: no such case, itself, one that is over, other walls.
    """
    move = check(viewer, "merge", file, today())
    other = _checked(session, file, into)
    open_referrals = [one for one in (*file.live_referrals, *file.head_supports) if one.is_open]
    for referral in open_referrals:
        referral.is_open = False
    file.case.merged_into_id = other.id
    if other not in cases_about(session, file.report.id):
        session.add(CaseReport(case_id=other.id, report_id=file.report.id, is_primary=False, linked_at=now()))
    payload = {"into": other.reference, "referrals": [one.id for one in open_referrals]}
    make_move(session, file, move, Telling(events.CASE_MERGED, Audience.EVERYONE, payload=payload), actor=staff)
    _note(session, other, events.CASE_JOINED, file.case, staff)


def _checked(session: Session, file: CaseFile, into: Case | None) -> Case:
    case, report_id, is_primary = file.case, file.report.id, file.is_primary
    if into is None:
        raise _wrong(N_("Hãy ghi số của một vụ việc trong phần việc của anh/chị."))
    if into.id == case.id:
        raise _wrong(N_("Không nhập được một vụ việc vào chính nó."))
    if is_primary and into in cases_about(session, report_id):
        raise _wrong(N_("Hãy nhập phần tách ra vào vụ việc gốc, không nhập ngược lại."))
    if into.status in OVER:
        raise _wrong(N_("Vụ việc ấy không còn được xử lý, nên không trả lời thay được."))
    if joined_cases(session, case):
        raise _wrong(N_("Vụ việc này đã có vụ việc khác nhập vào. Hãy tách các vụ việc ấy trước."))
    if walls_of(session, case) != walls_of(session, into):
        raise _wrong(
            N_("Hai vụ việc chặn những nơi hoặc những người khác nhau, nên người bị chặn có thể đọc được. Không nhập.")
        )
    return into


def _wrong(message: str) -> FieldErrors:
    return FieldErrors(N_("Xin kiểm tra lại."), {"into": PortalError(message)})


def undo_merge(session: Session, file: CaseFile, staff: Staff, viewer: Viewer) -> None:
    """Takes a merged case apart: status, clocks and referrals stand as before, with the same dates.

    Only a day of the calendar that changed meanwhile moves a date, and its own event says so.
    """
    _take_apart(session, file, check(viewer, "undo_merge", file, today()), staff)


def release_joined(session: Session, case: Case, staff: Staff | None = None) -> None:
    """A case that will not be answered any more gives back what was merged into it: nobody is left waiting."""
    for joined in joined_cases(session, case):
        _take_apart(session, load_file(session, joined), BY_NAME["undo_merge"], staff)


def _take_apart(session: Session, file: CaseFile, move: Move, staff: Staff | None) -> None:
    case = file.case
    assert case.merged_into_id is not None  # noqa: S101 (a merged case has one)
    other = session.get_one(Case, case.merged_into_id)
    if other not in cases_about(session, file.report.id):
        link = select(CaseReport).where(CaseReport.case_id == other.id, CaseReport.report_id == file.report.id)
        session.scalars(link.where(CaseReport.unlinked_at.is_(None))).one().unlinked_at = now()
    merged = session.scalars(
        select(Event).where(Event.case_id == case.id, Event.kind == events.CASE_MERGED).order_by(Event.id.desc())
    ).first()
    assert merged is not None  # noqa: S101 (merging wrote it)
    for referral_id in merged.payload["referrals"]:
        session.get_one(Referral, referral_id).is_open = True
    case.merged_into_id = None
    take_back(session, file)
    telling = Telling(events.CASE_SPLIT_OFF, Audience.EVERYONE, payload={"from_case": other.reference})
    make_move(session, file, move, telling, actor=staff)
    catch_up(session, case)
    _note(session, other, events.CASE_LEFT, case, staff)


def _note(session: Session, other: Case, kind: str, case: Case, staff: Staff | None) -> None:
    """The other case's history says it too, to inspectors alone; whoever has it open sees that it changed."""
    flag_modified(other, "status")
    session.flush()
    events.record(session, other, kind, Audience.INSPECTION, actor=staff, payload={"case": case.reference})
