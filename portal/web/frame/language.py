"""Vietnamese first, English complete. `?lang=` chooses, a cookie remembers; the source language is Vietnamese."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, Response, g, request
from flask_babel import Babel, force_locale
from flask_babel import gettext as translate
from werkzeug.exceptions import HTTPException
from werkzeug.http import dump_cookie

from portal.foundation.errors import FieldErrors, PortalError

LANGUAGES = ("vi", "en")
COOKIE = "__Host-lang"
YEAR = 365 * 24 * 3600


def chosen() -> str:
    """The language of this request."""
    if "language" not in g:
        asked = request.args.get("lang") or _in_form() or request.cookies.get(COOKIE)
        if not asked and request.path.startswith("/api/"):
            asked = request.accept_languages.best_match(LANGUAGES, "vi")
        g.language = asked if asked in LANGUAGES else "vi"
    return str(g.language)


def said_at_fields(error: FieldErrors) -> dict[str, str]:
    """What each field of a form is told, by the field's name."""
    return {name: said(one) for name, one in error.fields.items()}


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Makes a part of a page in another language than the page's. Whoever shows it marks it with `lang`."""
    before = chosen()
    g.language = language
    try:
        with force_locale(language):
            yield
    finally:
        g.language = before


def _in_form() -> str | None:
    """The language of a form's button. Nothing of a body that cannot be read: its error page needs a language too."""
    try:
        return request.form.get("lang") if request.method == "POST" else None
    except HTTPException:
        return None


def remember(response: Response) -> Response:
    """Keeps a language that was asked for in the address or by the button."""
    asked = request.args.get("lang") or _in_form()
    if asked is not None and asked in LANGUAGES and asked != request.cookies.get(COOKIE):
        response.headers.add("Set-Cookie", remembering(asked))
    return response


def remembering(language: str) -> str:
    """The cookie that keeps a language."""
    return dump_cookie(COOKIE, language, max_age=YEAR, secure=True, httponly=True, samesite="Lax", path="/")


def named(row: object, field: str = "name") -> str:
    """A data row's text in the page's language: `name_vi` or `name_en`."""
    return str(getattr(row, f"{field}_{chosen()}"))


def said(error: PortalError) -> str:
    """An error's sentence in the person's language."""
    values = {name: said(one) if isinstance(one, PortalError) else one for name, one in error.values.items()}
    return str(translate(error.message, **values)) if values else str(translate(error.message))


def install(app: Flask) -> None:
    """Sets Flask-Babel up."""
    app.config.update(BABEL_DEFAULT_LOCALE="vi", BABEL_DEFAULT_TIMEZONE="Asia/Ho_Chi_Minh")
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = f"{app.root_path}/translations"
    Babel(app, locale_selector=chosen)
    app.after_request(remember)
