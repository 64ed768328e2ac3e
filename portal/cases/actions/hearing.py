"""Having somebody heard before a finding against them, and what they explain.

A statement goes to a body above the accused one, which hears the person. Inspectors alone read both sides.
"""

import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import clocks, events
from portal.cases.access import Viewer, check
from portal.cases.actions.moving import Telling, make_move
from portal.cases.actions.triage import refuse_walled
from portal.cases.actions.words_given import required
from portal.cases.casefile import CaseFile
from portal.cases.hearing import is_waiting, told_by
from portal.cases.hearing_models import Hearing
from portal.cases.hearing_traces import may_be_sent, traces
from portal.cases.models import Case, Clock
from portal.cases.status import Starts
from portal.cases.words import Audience
from portal.catalogue import queries as catalogue
from portal.catalogue.models import DeadlineRule
from portal.foundation.errors import FieldErrors, NotAllowed, PortalError
from portal.foundation.text import N_, clean_line
from portal.foundation.time import now, today
from portal.staff.models import Staff

LONGEST_PERSON = 300


def hear(
    session: Session,
    file: CaseFile,
    staff: Staff,
    viewer: Viewer,
    *,
    agency: str,
    person: str,
    statement: str,
    is_seen: bool = False,
    tells_reporter: bool = False,
) -> Hearing:
    """Sends a statement to a body that hears the person. Its clock starts.

    `is_seen`: the inspector has looked at words that stand like this in the report. Raises FieldErrors for a statement
    that leads back to the report, NotAllowed for a body behind a wall.
    """
    move = check(viewer, "hear", file, today())
    body = catalogue.agency_by_code(session, agency, today())
    if body is None:
        raise _wrong("agency", N_("Hãy chọn nơi nghe giải trình."))
    refuse_walled(session, file, body)
    person, statement = _person(person), required(statement, "statement")
    told = told_by(file)
    if not may_be_sent(traces(person, told, person), is_seen=True):
        raise _wrong("person", N_("Ở đây chỉ ghi họ tên hoặc chức vụ, không ghi số, ngày hay địa chỉ."))
    if not may_be_sent(traces(statement, told, person), is_seen=is_seen):
        raise _wrong(
            "statement", N_("Văn bản này còn chữ có thể cho biết ai đã phản ánh. Xin sửa những chỗ đã đánh dấu.")
        )
    telling = Telling(events.HEARING_ASKED, Audience.INSPECTION, agency_id=body.id)
    make_move(session, file, move, telling, actor=staff)
    started = select(Clock.id).where(Clock.case_id == file.case.id, Clock.starts == Starts.HEARING.value)
    hearing = Hearing(
        key=secrets.token_hex(12),
        case_id=file.case.id,
        agency_id=body.id,
        clock_id=session.scalars(started.order_by(Clock.id.desc()).limit(1)).one(),
        person=person,
        statement=statement,
        asked_by_id=staff.id,
        asked_at=now(),
    )
    session.add(hearing)
    session.flush()
    if tells_reporter:
        events.record_of_report(session, file, events.HEARING_TOLD, Audience.REPORTER, actor=staff)
    return hearing


def explain(session: Session, hearing: Hearing, case: Case, staff: Staff, *, text: str) -> None:
    """Keeps the explanation, once, and ends the clock. Raises NotAllowed when none is awaited (any more)."""
    if not is_waiting(hearing) or hearing.answered_at is not None:
        raise NotAllowed(N_("Giải trình này đã gửi, hoặc không còn chờ nữa."))
    hearing.explanation = required(text, "explanation")
    hearing.answered_by_id = staff.id
    hearing.answered_at = hearing.clock.met_at = now()
    case.next_due_on = clocks.next_due_on(clocks.running(session, case))
    session.flush()
    told = clocks.told("met", [hearing.clock], lambda rule: session.get_one(DeadlineRule, rule).code)
    events.record(
        session,
        case,
        events.HEARING_ANSWERED,
        Audience.INSPECTION,
        actor=staff,
        agency_id=hearing.agency_id,
        payload={"clocks": told},
    )


def _person(person: str) -> str:
    person = clean_line(person)
    if not person:
        raise _wrong("person", N_("Hãy ghi ai được nghe giải trình: họ tên, hoặc chức vụ."))
    if len(person) > LONGEST_PERSON:
        error = PortalError(N_("Nội dung dài quá %(longest)d ký tự."), longest=LONGEST_PERSON)
        raise FieldErrors(N_("Xin kiểm tra lại."), {"person": error})
    return person


def _wrong(name: str, message: str) -> FieldErrors:
    return FieldErrors(N_("Xin kiểm tra lại."), {name: PortalError(message)})
