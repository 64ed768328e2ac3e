"""Internal notes as lines of a page; `text` stands apart from what the reporter says and hears."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.access import Viewer
from portal.cases.models import Case
from portal.cases.notes import notes_for
from portal.staff.models import Staff
from portal.web.desk.due_words import short_moment
from portal.web.desk.lines import MessageLine


def note_lines(session: Session, viewer: Viewer, case: Case) -> list[MessageLine]:
    """The notes that this account reads, with who wrote them."""
    notes = notes_for(session, viewer, case)
    rows = session.execute(select(Staff.id, Staff.name).where(Staff.id.in_({one.staff_id for one in notes})))
    people = {row.id: row.name for row in rows} if notes else {}
    return [MessageLine(people.get(one.staff_id, ""), "", short_moment(one.at), one.text, False) for one in notes]
