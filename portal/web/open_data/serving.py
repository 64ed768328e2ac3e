"""Files for programs on any site: made once after each release, compressed ahead, served as bytes."""

import gzip
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
SMALLEST = 500  # bytes that are worth compressing

_kept: "WeakKeyDictionary[Releases, dict[tuple[str, ...], File]]" = WeakKeyDictionary()
_lock = Lock()


@dataclass(frozen=True)
class File:
    """A file in both forms that are sent."""

    content: bytes

    @cached_property
    def hash(self) -> str:
        """SHA-256 of its bytes."""
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def compressed(self) -> bytes:
        """With gzip; without a time in it, so that it is the same on every server."""
        return gzip.compress(self.content, mtime=0)


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
    """The answer: strong ETag of the bytes sent, free licence, open to every site, no cookie."""
    is_small = len(file.content) < SMALLEST or not request.accept_encodings.quality("gzip")
    response = Response(file.content if is_small else file.compressed, content_type=content_type)
    if not is_small:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Link"
    response.headers["Cache-Control"] = keep
    response.headers["Link"] = f'<{LICENCE}>; rel="license"'
    response.set_etag(file.hash[:32] if is_small else f"{file.hash[:32]}-gzip")
    response.make_conditional(request)
    return response


def origin() -> str:
    """Where the portal is on the Internet, without a slash; before it has a name, where it is being visited."""
    if current_app.config["PORTAL_ORIGIN"] == LOCAL_ORIGIN:
        return request.host_url.rstrip("/")
    return site().origin
