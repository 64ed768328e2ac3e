"""The desk: signing in, the queue, a case, and the moves that can be made with it."""

from flask import Blueprint

from portal.web.frame.navigation import bar

blueprint = Blueprint("desk", __name__)
blueprint.context_processor(bar)

from portal.web.desk import cases, moves, queue, saved_views, signing  # noqa: E402 (views register on the blueprint)

__all__ = ["blueprint", "cases", "moves", "queue", "saved_views", "signing"]
