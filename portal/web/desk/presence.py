"""Who else has this case open: "mở bởi …, 2 phút trước". Colleagues of one body see each other, nobody else does.

Ephemeral: kept on the memory file system, written on reading, gone ten minutes later. A page never fails for it.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.access import Viewer
from portal.cases.models import Case
from portal.foundation.time import now
from portal.staff.models import Staff
from portal.web.frame.runtime_file import mark_of, runtime_file

SHOWN_FOR = timedelta(minutes=10)


@dataclass(frozen=True)
class Present:
    """A colleague who has the case open, and since when they last looked."""

    name: str
    when: str


def opened_by(session: Session, viewer: Viewer, case: Case) -> list[Present]:
    """Notes that this account looks at the case, and says which of its colleagues did in the last ten minutes."""
    at = now().timestamp()
    try:
        seen = _look(mark_of(case.reference), viewer, at)
    except sqlite3.Error:
        return []
    if not seen:
        return []
    rows = session.execute(
        select(Staff.id, Staff.name).where(Staff.id.in_(seen), Staff.agency_id == viewer.agency_id, Staff.active)
    )
    names = {row.id: row.name for row in rows}
    return [Present(names[one], _ago(at - when)) for one, when in seen.items() if one in names]


def _look(about: bytes, viewer: Viewer, at: float) -> dict[int, float]:
    """By account, when it last looked; the latest first."""
    since = at - SHOWN_FOR.total_seconds()
    with runtime_file() as file:
        file.execute("DELETE FROM presence WHERE at < ?", (since,))
        file.execute(
            "INSERT INTO presence VALUES (?, ?, ?, ?) ON CONFLICT (about, staff_id) DO UPDATE SET at = excluded.at",
            (about, viewer.staff_id, viewer.agency_id, at),
        )
        asked = (
            "SELECT staff_id, at FROM presence WHERE about=? AND agency_id=? AND staff_id<>? AND at<=? ORDER BY at DESC"
        )
        with closing(file.execute(asked, (about, viewer.agency_id, viewer.staff_id, at))) as rows:
            return {int(staff_id): float(when) for staff_id, when in rows}


def _ago(seconds: float) -> str:
    minutes = int(seconds // 60)
    if minutes == 0:
        return str(_("vừa xong"))
    return str(ngettext("%(num)s phút trước", "%(num)s phút trước", minutes))
