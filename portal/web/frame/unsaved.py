"""A form that met an error of ours: what was typed goes back to the person, with the way to the draft."""

import re
from typing import IO, cast

from flask import request
from werkzeug.exceptions import HTTPException

FILING = "/report"
LONG = 60  # what is longer is shown to be copied; the rest is sent again unseen
NOT_SHOWN = ("csrf_token", "receipt_code", "password", "again")  # what only its owner may know is asked for anew
BY_PAGES = ("public", "desk", "admin")
MOST_READ = 32 * 1024 * 1024
_HANDLE = re.compile(r"[A-Za-z0-9_-]{1,64}")


def draft_address() -> str:
    """Where the person was writing, with the draft that the address names; else where reports begin."""
    handle = request.args.get("draft", "")
    is_known = request.endpoint is not None and request.path.startswith(FILING) and _HANDLE.fullmatch(handle)
    return f"{request.path}?draft={handle}" if is_known else FILING


def typed() -> list[tuple[str, str]]:
    """What somebody sent with a form, to be sent again."""
    if request.method != "POST" or request.blueprint not in BY_PAGES:
        return []
    try:
        return [(name, value) for name, value in request.form.items(multi=True) if name not in NOT_SHOWN]
    except HTTPException:
        return []


def read_to_the_end() -> None:
    """Takes the rest of a body that is too large: a browser that is still sending would see a broken line, no page."""
    stream = cast(IO[bytes], request.environ["wsgi.input"])
    left = min(request.content_length or (MOST_READ if request.environ.get("wsgi.input_terminated") else 0), MOST_READ)
    try:
        while left > 0 and (chunk := stream.read(min(left, 65_536))):
            left -= len(chunk)
    except OSError:
        return  # whoever sent it is gone
