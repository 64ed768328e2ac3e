"""The supervising bodies' door. It shows figures and duties, never a case."""

from flask import Blueprint

from portal.web.frame.navigation import bar

blueprint = Blueprint("oversight", __name__)
blueprint.context_processor(bar)

from portal.web.oversight import figures, pages  # noqa: E402 (views register on the blueprint)

__all__ = ["blueprint", "figures", "pages"]
