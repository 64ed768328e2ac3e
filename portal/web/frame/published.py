"""Pages and files of releases as bytes: made once for everybody, compressed ahead, sent without a session.

Such an answer is made from a request that holds nothing but an address and a language: no cookie, no account, no
token. It is sent again as long as what it is made of (`_made_of`) is the same, which the database is asked at most once
a second by each process and language: a page is at most about a second behind a release.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from io import BytesIO
from threading import Lock
from time import monotonic
from typing import Any, TypeVar, cast
from urllib.parse import parse_qs
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response, make_response, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException
from werkzeug.http import parse_cookie

from config import LOCAL_ORIGIN
from portal.catalogue.kept import mark_of as catalogue_mark
from portal.foundation.publishing import publishing
from portal.foundation.time import today
from portal.statistics.publication import mark_of as release_mark
from portal.web.frame.database import db
from portal.web.frame.language import COOKIE, LANGUAGES, remembering
from portal.web.frame.security import IS_PUBLISHED, TRANSPORT
from portal.web.frame.sent_bytes import Answer, Headers, answer_of
from portal.web.frame.site import site

BEGINNINGS = ("/statistics", "/open-data")  # of the addresses that this looks at
ASK_EVERY = 1.0  # seconds
MOST_BYTES = 64 * 1024 * 1024  # of bodies in all their forms; a province's pages and files of ten years are 20 MB

View = TypeVar("View", bound=Callable[..., Any])
Key = tuple[str, str, str, str]  # scheme and host where they matter, path, language
Mark = tuple[object, ...]


def published_bytes(view: View) -> View:
    """Declares that an endpoint's answer is the same for everybody until something else is published.

    Its view reads what the public may read, and nothing else is within its reach (`publishing`).
    A program's file has an ending and stands under /open-data; every other answer differs by language.
    """

    @wraps(view)
    def serve(*arguments: Any, **named: Any) -> Response:
        with publishing(db.session()):
            response = make_response(view(*arguments, **named))
        request.environ[IS_PUBLISHED] = True
        return response

    serve.is_published = True  # type: ignore[attr-defined]
    return cast(View, serve)


def _made_of() -> Mark:
    """What answers are made of, but for the software itself: releases, catalogue, the day, the portal's names."""
    session = db.session()
    with publishing(session):
        return catalogue_mark(session), release_mark(session), today(), tuple(site(language) for language in LANGUAGES)


class Asked:
    """What of a request an answer may depend on."""

    def __init__(self, environ: WSGIEnvironment, public_host: str) -> None:
        self.path: str = environ["PATH_INFO"]
        self.query: str = environ.get("QUERY_STRING", "")
        self.is_file = self.path.startswith("/open-data/") and "." in self.path.rpartition("/")[2]
        wanted = parse_qs(self.query).get("lang", [""])[0] if self.query else ""
        cookies = environ.get("HTTP_COOKIE", "")
        cookie = parse_cookie(cookies).get(COOKIE, "") if COOKIE in cookies and not self.is_file else ""
        language = wanted or cookie
        self.language = language if language in LANGUAGES else "vi"
        self.to_remember = wanted if wanted in LANGUAGES and wanted != cookie and not self.is_file else ""
        self.is_plain = self.query in ("", "lang=vi", "lang=en")
        # Before a portal has a name, pages and files say the address at which it is visited.
        is_local = public_host == LOCAL_ORIGIN
        self.host: str = environ.get("HTTP_HOST", public_host) if is_local else public_host
        self.scheme: str = environ["wsgi.url_scheme"] if is_local else "https"

    @property
    def key(self) -> Key:
        """What its answer is kept by."""
        return self.scheme, self.host, self.path, self.language

    def environ(self) -> WSGIEnvironment:
        """The request that everybody's answer is made from."""
        name, _, port = self.host.partition(":")
        return {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": self.path,
            "QUERY_STRING": self.query,
            "HTTP_HOST": self.host,
            "HTTP_COOKIE": f"{COOKIE}={self.language}",
            "SERVER_NAME": name,
            "SERVER_PORT": port or ("443" if self.scheme == "https" else "80"),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": self.scheme,
            "wsgi.input": BytesIO(),
            "wsgi.errors": BytesIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }


class PublishedBytes:
    """Stands before Flask and answers for the endpoints that are `published_bytes`."""

    def __init__(self, app: Flask, inner: WSGIApplication) -> None:
        self._app, self._inner = app, inner
        self._host: str = app.config["PORTAL_ORIGIN"]
        self._every: float = app.config.get("ASK_RELEASES_EVERY", ASK_EVERY)
        self._kept: dict[Key, tuple[Mark, Answer]] = {}
        self._bytes = 0
        self._keeping, self._asking = Lock(), Lock()
        self._marks: dict[tuple[str, str, str], tuple[float, Mark]] = {}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answers from what is kept, or makes it; hands on what is none of its business."""
        if not environ["PATH_INFO"].startswith(BEGINNINGS) or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self._inner(environ, start_response)
        asked = Asked(environ, self._host)
        known = self._kept.get(asked.key) if asked.is_plain else None
        if known is None and not self._is_published(asked):
            return self._inner(environ, start_response)
        try:
            mark = self._mark(asked)
        except SQLAlchemyError:
            return self._inner(environ, start_response)  # which says that the portal is having a rest
        answer = known[1] if known is not None and known[0] == mark else self._make(asked, mark)
        return answer.send(environ, start_response, self._more(asked, environ))

    def _more(self, asked: Asked, environ: WSGIEnvironment) -> Headers:
        """What one reader's answer has beside everybody's."""
        more: Headers = []
        if environ["wsgi.url_scheme"] == "https":
            more.append(TRANSPORT)
        if asked.to_remember:
            more.append(("Set-Cookie", remembering(asked.to_remember)))
        return more

    def _is_published(self, asked: Asked) -> bool:
        try:
            endpoint, _ = self._app.url_map.bind("portal").match(asked.path, "GET")
        except HTTPException:
            return False
        return bool(getattr(self._app.view_functions[endpoint], "is_published", False))

    def _mark(self, asked: Asked) -> Mark:
        """What answers are made of now, or were a second ago. One thread asks; the others do not wait for it."""
        begun, of = monotonic(), (asked.scheme, asked.host, asked.language)
        known = self._marks.get(of)
        if known is not None and (begun < known[0] or not self._asking.acquire(blocking=False)):
            return known[1]
        if known is None:
            self._asking.acquire()
        try:
            with self._app.request_context(asked.environ()):
                mark = _made_of()
            if len(self._marks) > 64:
                self._marks.clear()
            self._marks[of] = (begun + self._every, mark)
        finally:
            self._asking.release()
        return mark

    def _make(self, asked: Asked, mark: Mark) -> Answer:
        """The answer to everybody; kept, if it is one that was published."""
        said: list[tuple[str, Headers]] = []

        def start(status: str, headers: Headers, _: object = None) -> Callable[[bytes], object]:
            said.append((status, [one for one in headers if one[0] not in ("Set-Cookie", TRANSPORT[0])]))
            return lambda _: None

        environ = asked.environ()
        parts = self._inner(environ, start)
        try:
            body = b"".join(parts)
        finally:
            if hasattr(parts, "close"):
                parts.close()
        is_published = environ.get(IS_PUBLISHED, False) and said[0][0].startswith("200")
        answer = answer_of(*said[0], body, by_language=not asked.is_file, is_published=is_published)
        if is_published and asked.is_plain:
            self._keep(asked.key, mark, answer)
        return answer

    def _keep(self, key: Key, mark: Mark, answer: Answer) -> None:
        """Keeps it; what was kept longest goes first, and what is made of something else goes at once."""
        with self._keeping:
            for old in [one for one, (made_of, _) in self._kept.items() if one == key or _is_past(made_of, mark)]:
                self._bytes -= self._kept.pop(old)[1].size
            self._kept[key] = mark, answer
            self._bytes += answer.size
            while self._bytes > MOST_BYTES:
                self._bytes -= self._kept.pop(next(iter(self._kept)))[1].size


def _is_past(one: Mark, now: Mark) -> bool:
    """Whether something else has been published since. (The last part, the names, differs by the page's language.)"""
    return one[:-1] != now[:-1]
