"""Whole pages that are the same for everybody but for two words: the form's CSRF token and the draft's handle.

Such a page is rendered once for a language and for what it depends on, with holes in the place of the two words, and
kept; each request fills its own in. Nothing that a person typed may stand in one, nor in the facts it is kept by.
"""

import secrets
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping

from flask import Flask, g, render_template, request
from flask_wtf.csrf import generate_csrf

from portal.web.frame.language import chosen
from portal.web.frame.site import site

MOST = 128  # of about 30 KB

# Letters that stand in no text, and that neither HTML nor an address writes in another way.
_TOKEN_HOLE, DRAFT_HOLE = f"token-{secrets.token_hex(12)}", f"draft-{secrets.token_hex(12)}"

_kept: OrderedDict[tuple[Hashable, ...], str] = OrderedDict()


def whole_page(
    template: str, *facts: Hashable, values: Callable[[], Mapping[str, object]], draft: str = DRAFT_HOLE
) -> str:
    """The page for these facts; `values` gives what its template needs (DRAFT_HOLE for the handle) if it is new."""
    key = (template, request.path, chosen(), site(), *facts)
    page = _kept.get(key)
    if page is None:
        page = _with_holes(template, values())
        _kept[key] = page
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    if _TOKEN_HOLE in page:
        page = page.replace(_TOKEN_HOLE, generate_csrf())
    return page.replace(DRAFT_HOLE, draft)


def _with_holes(template: str, values: Mapping[str, object]) -> str:
    g.leaves_holes = True
    try:
        return render_template(template, **values)
    finally:
        g.leaves_holes = False


def _token() -> str:
    return _TOKEN_HOLE if g.get("leaves_holes") else generate_csrf()


def install(app: Flask) -> None:
    """Puts a CSRF token that leaves holes in place of the form library's; after that has been set up."""
    app.jinja_env.globals.update(csrf_token=_token)
