"""Asking a body without an account by a link, taking the link back, and what comes by it.

Nothing of it is told to the reporter or to other bodies: an inspector reads the answer, and may answer with it.
"""

from datetime import timedelta

from sqlalchemy.orm import Session

from portal.cases import events
from portal.cases.access import Viewer, check
from portal.cases.actions.moving import Telling, make_move
from portal.cases.actions.words_given import required
from portal.cases.casefile import CaseFile
from portal.cases.models import Case
from portal.cases.outside import DAYS, LINK_DAYS, State, new_token, opens, state_of, token_hash
from portal.cases.outside_models import OutsideLink
from portal.cases.queries import walled_ids
from portal.cases.words import Audience
from portal.catalogue.models import Agency, ForwardBody
from portal.foundation.errors import FieldErrors, NotAllowed, PortalError
from portal.foundation.text import N_, clean_line, fold
from portal.foundation.time import now, today
from portal.staff.models import Staff

OVER = N_("Đường dẫn này không còn dùng được.")


def send_outside(
    session: Session,
    file: CaseFile,
    staff: Staff,
    viewer: Viewer,
    *,
    body: str,
    cleared: str,
    text: str,
    code_key: bytes,
    name: str = "",
    days: str = str(LINK_DAYS),
) -> str:
    """Makes a link by which a body reads one cleared text and answers. Returned once: only its hash is kept."""
    move = check(viewer, "send_outside", file, today())
    shown = next((one for one in file.cleared_texts if str(one.version) == cleared), None)
    if shown is None:
        raise _wrong("cleared", N_("Hãy chọn bản che mà nơi ấy được đọc."))
    if days not in map(str, DAYS):
        raise _wrong("days", N_("Hãy chọn đường dẫn dùng được bao nhiêu ngày."))
    called = _name_of(session, file, body, name)
    token = new_token()
    link = OutsideLink(
        token_hash=token_hash(code_key, token),
        case_id=file.case.id,
        cleared_text_id=shown.id,
        body=called,
        question=required(text),
        made_by_id=staff.id,
        made_at=now(),
        expires_at=now() + timedelta(days=int(days)),
    )
    session.add(link)
    session.flush()
    told = {"link": link.id, "outside": called, "cleared_text": shown.version, "days": int(days)}
    make_move(session, file, move, Telling(events.OUTSIDE_ASKED, Audience.INSPECTION, payload=told), actor=staff)
    return token


def _wrong(name: str, message: str) -> FieldErrors:
    return FieldErrors(N_("Xin kiểm tra lại."), {name: PortalError(message)})


def _name_of(session: Session, file: CaseFile, body: str, name: str) -> str:
    """What the body is called. Raises NotAllowed for a name that is that of a body behind a wall."""
    row = session.get(ForwardBody, body) if body else None
    called = clean_line(name) or (row.name_vi if row is not None else "")
    if not called:
        raise _wrong("body", N_("Hãy chọn nơi nhận, hoặc ghi tên."))
    if len(called) > 300:
        raise _wrong("name", N_("Tên nơi nhận dài quá 300 ký tự."))
    for agency_id in walled_ids(session, file.case):
        agency = session.get_one(Agency, agency_id)
        if fold(called) in (fold(agency.name_vi), fold(agency.name_en)):
            raise NotAllowed(N_("Không chuyển được: nơi này bị phản ánh hoặc thuộc nơi bị phản ánh."))
    return called


def revoke_outside(session: Session, file: CaseFile, staff: Staff, link: OutsideLink) -> None:
    """Takes a link back: from now on it opens nothing. Raises NotAllowed for one that opens nothing already."""
    if not opens(state_of(link, file.case, now())):
        raise NotAllowed(OVER)
    link.revoked_at = now()
    session.flush()
    _record(session, file.case, link, events.OUTSIDE_REVOKED, actor=staff)


def open_outside(session: Session, link: OutsideLink, case: Case) -> State:
    """Somebody pressed the button: an event, also where the link opens nothing any more."""
    state = state_of(link, case, now())
    kind = events.OUTSIDE_READ if opens(state) else events.OUTSIDE_TRIED
    _record(session, case, link, kind)
    return state


def answer_outside(session: Session, link: OutsideLink, case: Case, *, text: str, by: str) -> State:
    """Keeps the answer, once, and says how the link stood. Sent twice, the first one stays."""
    state = state_of(link, case, now())
    if state is not State.WAITING:
        if not opens(state):
            _record(session, case, link, events.OUTSIDE_TRIED)
        return state
    link.answer = required(text)
    link.answered_by = clean_line(by)[:200]
    link.answered_at = now()
    session.flush()
    _record(session, case, link, events.OUTSIDE_ANSWERED)
    return state


def _record(session: Session, case: Case, link: OutsideLink, kind: str, actor: Staff | None = None) -> None:
    told = {"link": link.id, "outside": link.body}
    events.record(session, case, kind, Audience.INSPECTION, actor=actor, payload=told)
