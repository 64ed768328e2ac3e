"""Files for programs on any site: made once after each release. `frame.published` compresses and keeps what is sent."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from weakref import WeakKeyDictionary

from flask import Response, current_app, request

from config import LOCAL_ORIGIN
from portal.statistics.publication import Releases
from portal.web.frame.site import site
from portal.web.open_data.tables import LICENCE

FOR_EVER = "public, max-age=31536000, immutable"
FOR_NOW = "public, max-age=300"  # what grows with each release

_kept: "WeakKeyDictionary[Releases, dict[tuple[str, ...], File]]" = WeakKeyDictionary()
_lock = Lock()


@dataclass(frozen=True)
class File:
    """A file and what names its content."""

    content: bytes

    @cached_property
    def hash(self) -> str:
        """SHA-256 of its bytes."""
        return hashlib.sha256(self.content).hexdigest()


def kept(found: Releases, make: Callable[[], bytes], *what: str) -> File:
    """The file of this kind; made when it is first asked for after a release."""
    with _lock:
        files = _kept.setdefault(found, {})
        file = files.get(what)
    if file is None:
        file = File(make())
        with _lock:
            files[what] = file
    return file


def sent(file: File, content_type: str, keep: str = FOR_NOW) -> Response:
    """The answer: ETag of its content, free licence, open to every site, no cookie."""
    response = Response(file.content, content_type=content_type)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Link"
    response.headers["Cache-Control"] = keep
    response.headers["Link"] = f'<{LICENCE}>; rel="license"'
    response.set_etag(file.hash[:32])
    return response


def origin() -> str:
    """Where the portal is on the Internet, without a slash; before it has a name, where it is being visited."""
    if current_app.config["PORTAL_ORIGIN"] == LOCAL_ORIGIN:
        return request.host_url.rstrip("/")
    return site().origin
