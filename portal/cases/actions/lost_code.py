"""A new code for a reporter who lost theirs and whom two inspectors have identified, each on their own.

No move of the case: its status, clocks and version stay, or an office that has a form of it open could tell that
its reporter gave a name.
"""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from portal.cases import events
from portal.cases.access import Viewer, check
from portal.cases.actions.holding import retire_code
from portal.cases.actions.words_given import required
from portal.cases.casefile import CaseFile
from portal.cases.masking import apply_masks, proposed_masks
from portal.cases.receipts import code_hash, new_code
from portal.cases.words import Audience
from portal.foundation.time import today
from portal.staff.models import Staff


def ask_new_code(session: Session, file: CaseFile, staff: Staff, viewer: Viewer, *, text: str) -> None:
    """Asks a colleague to identify the person too. The text says how it was done, not who it is."""
    check(viewer, "ask_new_code", file, today())
    _record(session, file, staff, events.NEW_CODE_ASKED, {"text": _without_numbers(text)})


def give_new_code(session: Session, file: CaseFile, staff: Staff, viewer: Viewer, *, code_key: bytes) -> str:
    """Lets a new code open the case, and the lost one no more. Returned once: only its hash is kept."""
    check(viewer, "give_new_code", file, today())
    code = new_code()
    hashed = code_hash(code_key, code)
    assert hashed is not None  # noqa: S101 (a code we made has the right length)
    retire_code(session, file, hashed)
    _record(session, file, staff, events.NEW_CODE_GIVEN, {}, Audience.REPORTER)
    return code


def refuse_new_code(session: Session, file: CaseFile, staff: Staff, viewer: Viewer, *, text: str) -> None:
    """Gives none, and says why. Whoever asked may take it back this way."""
    check(viewer, "refuse_new_code", file, today())
    _record(session, file, staff, events.NEW_CODE_REFUSED, {"text": _without_numbers(text)})


def _without_numbers(text: str) -> str:
    """Events hold no personal data, and here somebody has just read a lot of it."""
    text = required(text)
    return apply_masks(text, proposed_masks(text))


def _record(
    session: Session,
    file: CaseFile,
    staff: Staff,
    kind: str,
    payload: Mapping[str, object],
    audience: Audience = Audience.INSPECTION,
) -> None:
    file.last_code_step = events.record_of_report(session, file, kind, audience, actor=staff, payload=payload)
