"""Who may enter: every endpoint says so with `@allow(...)`; one that says nothing is refused to everybody."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar, cast

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from portal.cases.access import Viewer
from portal.cases.queries import viewer_of
from portal.staff.models import Staff
from portal.staff.permissions import Permission
from portal.web.frame.database import db

View = TypeVar("View", bound=Callable[..., Any])


class Who(StrEnum):
    """Doors that need no permission."""

    EVERYONE = "everyone"
    SIGNED_IN = "signed_in"


Allowed = Who | Permission


def allow(*allowed: Allowed) -> Callable[[View], View]:
    """Declares who may enter an endpoint: everyone, whoever is signed in, or any of these permissions."""

    def declare(view: View) -> View:
        view.allowed = frozenset(allowed)  # type: ignore[attr-defined]
        return view

    return declare


def declared(endpoint: str) -> frozenset[Allowed]:
    """What an endpoint declared; nothing for one that declared nothing."""
    view = current_app.view_functions.get(endpoint)
    return cast(frozenset[Allowed], getattr(view, "allowed", frozenset()))


def staff() -> Staff:
    """The account that is signed in (only behind an endpoint that is not for everyone)."""
    return cast(Staff, current_user._get_current_object())


def viewer() -> Viewer:
    """What the signed-in account sees with, worked out once a request."""
    if "viewer" not in g:
        g.viewer = viewer_of(db.session(), staff())
    return cast(Viewer, g.viewer)


def check_access() -> Response | None:
    """Before every request: lets in, sends to the sign-in page, or refuses."""
    if request.endpoint is None or request.endpoint == "static":
        return None  # an unknown address becomes a 404
    allowed = declared(request.endpoint)
    if Who.EVERYONE in allowed:
        return None
    if not allowed:
        abort(403)
    if not current_user.is_authenticated:
        back = request.path if request.method == "GET" else None
        return redirect(url_for("desk.sign_in", next=back))
    if Who.SIGNED_IN in allowed or allowed & staff().permissions:
        return None
    return abort(403)


def install(app: Flask) -> None:
    """Puts the check before every request."""
    app.before_request(check_access)
