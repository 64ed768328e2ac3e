"""What a form says of the case it was opened on, and what has happened there since.

Two marks: `version` says whether the case is still the same, `seen` which event its reader saw last, so that the page
of a conflict can tell what is new. Both are unreadable: numbers would tell of what happened out of sight.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.cases.access import NEW_CODE, Viewer
from portal.cases.casefile import CaseFile
from portal.cases.models import Case
from portal.cases.notes import notes_for
from portal.foundation.codes import keyed_hash
from portal.foundation.time import local, now
from portal.web.desk.case_view import history_since, last_event_id
from portal.web.desk.lines import EventLine
from portal.web.frame.pagination import page_mark, place_of


@dataclass(frozen=True)
class Since:
    """What happened since a form was opened, as far as its reader may know."""

    opened: str  # the time of day, or empty when the form does not say
    lines: Sequence[EventLine]


def version_mark(case: Case, step: str = "") -> str:
    """What a form says of the case it was opened on. (The number itself would tell of moves made out of sight.)"""
    key = str(current_app.config["SECRET_KEY"]).encode()
    parts = (case.reference.encode(), str(case.version).encode(), *([step.encode()] if step else []))
    return keyed_hash(key, "case-version/1", *parts).hex()[:32]


def mark_for(session: Session, viewer: Viewer, file: CaseFile, move: str) -> str:
    """The version that a move's form is opened on.

    Of a move about a new code also the step before it, which is no version of the case (see `lost_code`). Of a note,
    which goes with any version, only the last note of its writer: pressing twice writes it once.
    """
    if move == "note":
        own = [one.id for one in notes_for(session, viewer, file.case) if one.staff_id == viewer.staff_id]
        return _note_mark(file.case, viewer, own[-1] if own else 0)
    last = file.last_code_step if move in NEW_CODE else None
    return version_mark(file.case, str(last.id) if last is not None else "")


def _note_mark(case: Case, viewer: Viewer, last_note: int) -> str:
    key = str(current_app.config["SECRET_KEY"]).encode()
    parts = (case.reference.encode(), str(viewer.staff_id).encode(), str(last_note).encode())
    return keyed_hash(key, "case-note/1", *parts).hex()[:32]


def _label(viewer: Viewer, case: Case) -> str:
    return f"seen {viewer.staff_id} {case.reference}"


def seen_mark(session: Session, viewer: Viewer, file: CaseFile) -> str:
    """The last event that this account can know of, and the present instant."""
    last = last_event_id(session, file, viewer)
    return page_mark(_label(viewer, file.case), str(last), now().isoformat())


def since(session: Session, viewer: Viewer, file: CaseFile, seen: str) -> Since:
    """What happened after a form was opened; nothing for a mark that was not made here."""
    place = place_of(_label(viewer, file.case), seen)
    if place is None:
        return Since("", [])
    last, opened = int(place[0]), local(datetime.fromisoformat(place[1]))
    is_today = opened.date() == local(now()).date()
    when = (
        f"{opened:%H:%M}"
        if is_today
        else str(_("%(day)s, lúc %(time)s", day=f"{opened:%d/%m}", time=f"{opened:%H:%M}"))
    )
    return Since(when, history_since(session, file, viewer, last))
