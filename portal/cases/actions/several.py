"""One move for several cases: what stands in its way in each, said before anything is done.

The moves themselves are the same as for one case, each in a transaction of its own: one that fails stops no other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import events
from portal.cases.access import Viewer, check
from portal.cases.actions.triage import refuse_wrong_body
from portal.cases.casefile import CaseFile
from portal.cases.models import Case, Event
from portal.cases.queries import can_hold
from portal.cases.reading import needs_opening
from portal.catalogue.models import Agency
from portal.foundation.errors import NotAllowed, PortalError
from portal.foundation.text import N_
from portal.foundation.time import today
from portal.staff.models import Staff

MOST = 100  # cases at once
KINDS = {"assign": events.CASE_ASSIGNED, "refer": events.CASE_REFERRED, "refuse": events.CASE_REFUSED}


@dataclass(frozen=True)
class Aim:
    """To whom the move leads, as far as it has been chosen, and what its event will say."""

    assignee: Staff | None = None
    sees: Viewer | None = None  # what the assignee sees with
    body: Agency | None = None
    says: Mapping[str, object] = field(default_factory=dict)


def picked(references: Iterable[str]) -> list[str]:
    """The references as picked, each once. Raises PortalError for none and for more than can be done at once."""
    found = list(dict.fromkeys(one.strip().upper() for one in references if one.strip()))
    if not found:
        raise PortalError(N_("Chưa chọn vụ việc nào. Hãy đánh dấu ít nhất một vụ việc."))
    if len(found) > MOST:
        raise PortalError(N_("Mỗi lần làm được nhiều nhất %(most)d vụ việc. Xin chọn ít hơn."), most=MOST)
    return found


def obstacle(session: Session, viewer: Viewer, file: CaseFile, move: str, aim: Aim) -> PortalError | None:
    """Why the move cannot be made with this case now; None when nothing stands in its way."""
    try:
        check(viewer, move, file, today())
        if move != "assign" and needs_opening(file.case, viewer):
            raise NotAllowed(N_("Vụ việc hạn chế người đọc: xin mở và làm riêng từng vụ việc."))
        if move == "refer" and file.cleared_text is None:
            raise PortalError(N_("Chưa có bản che: cơ quan chỉ đọc bản đó."))
        if aim.body is not None:
            refuse_wrong_body(session, file, aim.body)
        if aim.assignee is not None:
            _check_assignee(session, file, aim)
    except PortalError as error:
        return error
    return None


def _check_assignee(session: Session, file: CaseFile, aim: Aim) -> None:
    if aim.assignee is None or aim.sees is None:
        return
    if file.case.assigned_id == aim.assignee.id:
        raise PortalError(N_("%(name)s đang giữ vụ việc này."), name=aim.assignee.name)
    if not can_hold(session, aim.sees, file.case):
        raise NotAllowed(N_("Người này không được giữ vụ việc."))


def is_done_already(session: Session, case: Case, staff: Staff, move: str, aim: Aim) -> bool:
    """Whether the last thing that happened with the case is this very move by this account: a button pressed twice."""
    last = session.scalars(select(Event).where(Event.case_id == case.id).order_by(Event.id.desc()).limit(1)).first()
    if last is None or last.actor_id != staff.id or last.kind != KINDS[move]:
        return False
    return aim.says.items() <= dict(last.payload or {}).items()
