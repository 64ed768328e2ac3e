"""What an officer writes down for somebody, between two pages: sealed on the server, its key in this browser alone.

Kept apart from the officer's own drafts, bound to the account, and emptied in the moment it is sent.
"""

import base64
import binascii
from dataclasses import dataclass, field

from flask import Response, request

from portal.foundation.database import transaction
from portal.intake import drafts
from portal.intake.answers import FIELDS
from portal.intake.drafts import DraftContent
from portal.intake.submission import FiledReceipt, receipt_of
from portal.web.frame.access import staff
from portal.web.frame.database import db

COOKIE = "__Host-assist"
OWN = (*FIELDS, "channel", "language")
BY = "by"  # whose draft it is: the account's number
LONGEST = 12_000


@dataclass
class AssistDraft:
    """One sheet. `is_lost`: an address named one, but this account on this browser has none of that name."""

    handle: str
    key: bytes = field(repr=False)
    answers: dict[str, str] = field(default_factory=dict, repr=False)
    receipt: FiledReceipt | None = field(default=None, repr=False)
    is_lost: bool = False


def open_sheet() -> AssistDraft:
    """The sheet that this request names, or an empty one that is not stored yet."""
    handle = (request.form.get("draft") or request.args.get("draft") or "")[:64]
    key = _cookie_key()
    content = drafts.load(db.session(), handle, key) if handle and key is not None else None
    if content is None or key is None or content.answers.get(BY) != str(staff().id):
        return AssistDraft(drafts.new_handle(), key or drafts.new_key(), is_lost=bool(handle))
    answers = {name: content.answers[name] for name in OWN if name in content.answers}
    return AssistDraft(handle, key, answers, receipt_of(content))


def typed() -> dict[str, str]:
    """What was sent of the form's fields."""
    return {name: request.form[name][:LONGEST] for name in OWN if name in request.form}


def keep(sheet: AssistDraft) -> None:
    """Stores what was typed."""
    session, whose = db.session(), str(staff().id)
    with transaction(session):
        drafts.save(session, sheet.handle, sheet.key, DraftContent(answers={**sheet.answers, BY: whose}))


def empty(sheet: AssistDraft, receipt: FiledReceipt) -> None:
    """Leaves nothing of it but the receipt, for ten minutes: the officer sees the report and the names no more."""
    session, whose = db.session(), str(staff().id)
    kept = {
        "code": receipt.code,
        "filed_at": receipt.filed_at.isoformat(),
        "due_on": receipt.due_on.isoformat(),
        "proof": receipt.proof,
    }
    with transaction(session):
        drafts.save(session, sheet.handle, sheet.key, DraftContent(answers={BY: whose}, receipt=kept))


def erase(sheet: AssistDraft) -> None:
    """Deletes it at once."""
    session = db.session()
    with transaction(session):
        drafts.erase(session, sheet.handle)


def with_key(response: Response, sheet: AssistDraft) -> Response:
    """Gives this browser the sheet's key, until it closes."""
    value = base64.urlsafe_b64encode(sheet.key).decode()
    response.set_cookie(COOKIE, value, secure=True, httponly=True, samesite="Strict", path="/")
    return response


def without_key(response: Response) -> Response:
    """Takes it away again; a page that the browser still holds of it is not shown by its back button then."""
    response.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="Strict")
    return response


def _cookie_key() -> bytes | None:
    try:
        key = base64.urlsafe_b64decode(request.cookies.get(COOKIE, ""))
    except (binascii.Error, ValueError):
        return None
    return key if len(key) == drafts.KEY_BYTES else None
