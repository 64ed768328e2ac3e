"""A portal in which some views fail, to be served by gunicorn: their error pages come from the real handlers."""

import os
from collections.abc import Callable
from typing import NoReturn

from flask import Flask
from sqlalchemy.exc import OperationalError

from config import from_environment
from portal import create_app
from portal.web.frame.access import Who, allow

# What fails, and how: the addresses of these endpoints are free to be asked for.
FAULTS: dict[str, Exception] = {
    "public.home": RuntimeError("a fault of ours"),
    "public.start_report": OperationalError("SELECT 1", {}, Exception("no database")),
}


def failing(error: Exception) -> Callable[..., NoReturn]:
    """A view that anybody may enter, and that does nothing but fail."""

    @allow(Who.EVERYONE)
    def fail(**arguments: object) -> NoReturn:
        raise error

    return fail


def faulty() -> Flask:
    """The application that the environment describes, with these faults."""
    made = create_app(from_environment(os.environ))
    for endpoint, error in FAULTS.items():
        assert endpoint in made.view_functions
        made.view_functions[endpoint] = failing(error)
    return made
