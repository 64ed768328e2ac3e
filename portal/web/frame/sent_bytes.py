"""An answer ready to send: its bytes as they are, with gzip and with brotli, each with its headers."""

import gzip
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from wsgiref.types import StartResponse, WSGIEnvironment

import brotli
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header, parse_etags

Headers = list[tuple[str, str]]

PLAIN, GZIP, BROTLI = "identity", "gzip", "br"
SHORT = "public, max-age=60"
NOT_FOR_OTHERS = "private, no-cache"
SMALLEST = 500  # bytes, below which nothing is gained
BROTLI_LEVEL = 9  # of 11: at 11 a page takes a tenth of a second, for 4 % less
_TEXT = ("text/", "application/json", "application/ld+json", "application/atom+xml", "application/xml", "image/svg")
_MADE_HERE = frozenset({"content-length", "content-encoding", "vary", "etag", "cache-control", "date"})
_OF_BYTES = frozenset({"content-type", "content-length", "content-encoding"})


@dataclass(frozen=True)
class Form:
    """The bytes in one encoding."""

    etag: str
    headers: Headers
    headers_unchanged: Headers
    body: bytes


@dataclass(frozen=True)
class Answer:
    """An answer in every encoding that makes it shorter."""

    status: str
    forms: dict[str, Form]

    @property
    def size(self) -> int:
        """Bytes of all its forms."""
        return sum(len(form.body) for form in self.forms.values())

    def send(self, environ: WSGIEnvironment, start_response: StartResponse, more: Headers) -> Iterable[bytes]:
        """Sends it, or says that the reader has it already. With a cookie in `more` it is for one reader alone."""
        form = self.forms[_best(environ.get("HTTP_ACCEPT_ENCODING", ""), len(self.forms) > 1)]
        known = environ.get("HTTP_IF_NONE_MATCH")
        is_known = known is not None and bool(form.etag) and parse_etags(known).contains_weak(form.etag.strip('"'))
        headers = form.headers_unchanged if is_known else form.headers
        if more:
            for_one = any(name == "Set-Cookie" for name, _ in more)
            headers = [one for one in headers if not (for_one and one[0] == "Cache-Control")] + more
            headers += [("Cache-Control", NOT_FOR_OTHERS)] if for_one else []
        start_response("304 NOT MODIFIED" if is_known else self.status, headers)
        return [] if is_known or environ["REQUEST_METHOD"] == "HEAD" else [form.body]


@lru_cache(maxsize=256)
def _best(accepted: str, is_compressed: bool) -> str:
    """The encoding to answer in: of two that are as welcome the shorter one."""
    if not is_compressed or not accepted:
        return PLAIN
    welcome = parse_accept_header(accepted, Accept)
    best = max((BROTLI, GZIP), key=lambda one: welcome.quality(one))
    return best if welcome.quality(best) > 0 else PLAIN


def answer_of(status: str, headers: Headers, body: bytes, *, by_language: bool, is_published: bool) -> Answer:
    """Makes an answer. What was not published (an error) is sent once: with its own headers, and not compressed."""
    if not is_published:
        return Answer(status, {PLAIN: Form("", headers, [], body)})
    found = {name.lower(): value for name, value in headers}
    bodies = {PLAIN: body}
    if len(body) >= SMALLEST and found.get("content-type", "").startswith(_TEXT):
        bodies |= {
            GZIP: gzip.compress(body, 9, mtime=0),
            BROTLI: brotli.compress(body, mode=brotli.MODE_TEXT, quality=BROTLI_LEVEL),  # type: ignore[no-untyped-call]
        }
    mark = found.get("etag", "").removeprefix("W/").strip('"') or hashlib.sha256(body).hexdigest()[:32]
    kept = [one for one in headers if one[0].lower() not in _MADE_HERE]
    kept.append(("Cache-Control", found.get("cache-control", SHORT)))
    kept.append(("Vary", "Accept-Encoding, Cookie" if by_language else "Accept-Encoding"))
    return Answer(status, {name: _form(name, kept, mark, one) for name, one in bodies.items()})


def _form(encoding: str, kept: Headers, mark: str, body: bytes) -> Form:
    etag = f'"{mark}"' if encoding == PLAIN else f'"{mark}-{encoding}"'
    headers = [*kept, ("ETag", etag), ("Content-Length", str(len(body)))]
    if encoding != PLAIN:
        headers.append(("Content-Encoding", encoding))
    return Form(etag, headers, [one for one in headers if one[0].lower() not in _OF_BYTES], body)
