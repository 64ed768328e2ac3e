"""Parts of pages that are the same for everybody: rendered once for a language, then kept.

Only what depends on nothing but the language and the facts given may stand in one: no form, no token, no name.
"""

from collections.abc import Callable, Hashable

from flask import Flask
from markupsafe import Markup

from portal.web.frame.language import chosen

MOST = 1024

_kept: dict[tuple[Hashable, ...], Markup] = {}


def fragment(name: str, *facts: Hashable, caller: Callable[[], str]) -> Markup:
    """`{% call fragment("footer", site) %}…{% endcall %}`: what stands inside, rendered once for these facts."""
    key = (name, chosen(), *facts)
    html = _kept.get(key)
    if html is None:
        html = Markup(caller())  # noqa: S704 (a template's own output)
        if len(_kept) >= MOST:
            _kept.clear()
        _kept[key] = html
    return html


def install(app: Flask) -> None:
    """Gives it to templates."""
    app.jinja_env.globals.update(fragment=fragment)
