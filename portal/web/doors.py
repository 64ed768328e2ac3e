"""The doors, side by side: none knows of another."""

from flask import Flask

from portal.web.admin import blueprint as admin
from portal.web.api import blueprint as api
from portal.web.desk import blueprint as desk
from portal.web.frame.security import csrf
from portal.web.open_data import blueprint as open_data
from portal.web.oversight import blueprint as oversight
from portal.web.public import blueprint as public


def install(app: Flask) -> None:
    """Opens them all. The API has no cookies, so it needs no CSRF token."""
    for door in (public, desk, oversight, admin, api, open_data):
        app.register_blueprint(door)
    csrf.exempt(api)
