"""The texts of templates in the page's language: one look-up each, for a page has a hundred of them.

Flask-Babel asks for context, locale and domain at every text, which cost a third of a page's rendering; a text
without values is the same for everybody, so it is translated and marked as HTML once.
"""

from functools import lru_cache

from babel.support import NullTranslations, Translations
from flask import Flask, current_app
from markupsafe import Markup

from portal.web.frame.language import chosen


@lru_cache(maxsize=8)
def _catalogue(directory: str, language: str) -> NullTranslations:
    return Translations.load(directory, [language])


@lru_cache(maxsize=8192)
def _template(directory: str, language: str, message: str) -> Markup:
    """A text with its places for values; as HTML, since templates' texts are ours and may hold tags."""
    return Markup(_catalogue(directory, language).gettext(message))  # noqa: S704 (no text of a person)


@lru_cache(maxsize=8192)
def _whole(directory: str, language: str, message: str) -> Markup:
    return _template(directory, language, message) % {}


def text(message: str, **values: object) -> Markup:
    """A text of a template in the page's language, its values escaped."""
    directory, language = current_app.config["BABEL_TRANSLATION_DIRECTORIES"], chosen()
    return _template(directory, language, message) % values if values else _whole(directory, language, message)


def install(app: Flask) -> None:
    """Puts it in place of Flask-Babel's in templates. (Numbers of things, `ngettext`, stay Flask-Babel's.)"""
    app.jinja_env.globals.update(gettext=text, _=text)
