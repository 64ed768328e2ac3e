"""Headers on every response, errors included; CSRF on every form; cookies that only this host can set."""

from wsgiref.headers import Headers

from flask import Flask, Response, abort, request
from flask_wtf.csrf import CSRFProtect

CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
TRANSPORT = ("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
PUBLIC_PAGES = frozenset({"public.home", "public.page"})  # nothing personal, no form
IS_PUBLISHED = "portal.published"  # in a request's environment: its answer is for everybody (`frame.published`)

csrf = CSRFProtect()


def set_headers(response: Response) -> Response:
    """Adds what every response carries."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault(*TRANSPORT)
    if request.endpoint not in PUBLIC_PAGES and IS_PUBLISHED not in request.environ:
        response.headers["Cache-Control"] = "no-store"
    return response


def set_static_headers(headers: Headers, path: str, url: str) -> None:
    """The same for static files, which the framework never sees."""
    for name, value in HEADERS.items():
        headers[name] = value


def check_origin() -> None:
    """Refuses a form that another site sends. With no-referrer browsers say so only in Sec-Fetch-Site."""
    writes = request.method in ("POST", "PUT", "PATCH", "DELETE") and not request.path.startswith("/api/")
    if writes and request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        abort(403)


def install(app: Flask) -> None:
    """Sets cookies and CSRF up and puts the headers on every response."""
    app.config.update(
        SESSION_COOKIE_NAME="__Host-session",
        SESSION_COOKIE_SECURE=True,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
    )
    csrf.init_app(app)
    app.before_request(check_origin)
    app.after_request(set_headers)
