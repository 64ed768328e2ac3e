"""Handing out the next case: whoever asks takes it by the same move by which a colleague would give it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.access import Viewer
from portal.cases.actions.triage import assign
from portal.cases.casefile import CaseFile, load_file
from portal.cases.workload import held_by, next_unheld
from portal.foundation.errors import Conflict
from portal.foundation.text import N_
from portal.foundation.time import today
from portal.staff.models import Staff


def hand_out(session: Session, staff: Staff, viewer: Viewer, *, held: int) -> CaseFile | None:
    """Gives the account the next case that nobody holds; None when there is none.

    `held` is how many it holds as its page said. Raises Conflict when that has changed: a button pressed twice would
    else hand out two.
    """
    session.scalar(select(Staff.id).where(Staff.id == staff.id).with_for_update(key_share=True))
    if held_by(session, viewer) != held:
        raise Conflict(N_("Số vụ việc anh/chị giữ vừa thay đổi, nên lần bấm này chưa nhận thêm vụ nào."))
    case = next_unheld(session, viewer, today())
    if case is None:
        return None
    file = load_file(session, case)
    assign(session, file, staff, viewer, assignee=staff, sees=viewer)
    return file
