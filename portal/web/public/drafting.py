"""The draft of this browser: its key in a cookie, its handle in the form and in the address of the next page."""

import base64
import binascii
from dataclasses import dataclass, field

from flask import Response, request

from portal.foundation.database import transaction
from portal.intake import drafts
from portal.intake.drafts import DraftContent
from portal.intake.submission import DraftRef
from portal.web.frame.database import db

COOKIE = "__Host-draft"


@dataclass
class OpenDraft:
    """A draft as this request found it. `is_lost`: a handle came, but no draft of this browser is behind it."""

    handle: str
    key: bytes = field(repr=False)
    content: DraftContent = field(repr=False)
    is_lost: bool = False

    @property
    def ref(self) -> DraftRef:
        """What submission needs to know of it."""
        return DraftRef(self.handle, self.key)


def cookie_key() -> bytes | None:
    """The key in this browser's cookie."""
    try:
        key = base64.urlsafe_b64decode(request.cookies.get(COOKIE, ""))
    except (binascii.Error, ValueError):
        return None
    return key if len(key) == drafts.KEY_BYTES else None


def open_draft() -> OpenDraft:
    """The draft that this request names, or an empty one that is not stored yet."""
    handle = (request.form.get("draft") or request.args.get("draft") or "")[:64]
    key = cookie_key()
    if handle and key is not None:
        content = drafts.load(db.session(), handle, key)
        if content is not None:
            return OpenDraft(handle, key, content)
    return OpenDraft(drafts.new_handle(), key or drafts.new_key(), DraftContent(), is_lost=bool(handle))


def typed(names: tuple[str, ...]) -> dict[str, str]:
    """What came with this form for these fields, uncut; of a doubled field the last, as browsers mean it."""
    form = request.form
    return {name: form.getlist(name)[-1] for name in names if name in form}


def keep(draft: OpenDraft) -> None:
    """Stores the draft."""
    session = db.session()
    with transaction(session):
        drafts.save(session, draft.handle, draft.key, draft.content)


def erase(draft: OpenDraft) -> None:
    """Deletes the draft at once."""
    session = db.session()
    with transaction(session):
        drafts.erase(session, draft.handle)


def with_key(response: Response, draft: OpenDraft) -> Response:
    """Gives the browser its key, for as long as a draft lives."""
    value = base64.urlsafe_b64encode(draft.key).decode()
    response.set_cookie(
        COOKIE,
        value,
        max_age=int(drafts.LIVES.total_seconds()),
        secure=True,
        httponly=True,
        samesite="Lax",
        path="/",
    )
    return response
