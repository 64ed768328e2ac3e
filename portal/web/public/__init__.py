"""The public door: filing, tracking, and what everybody may read. No code path from here to staff data."""

from flask import Blueprint

blueprint = Blueprint("public", __name__)

from portal.web.public import letters, pages, receipt, report, track  # noqa: E402 (views register on the blueprint)

__all__ = ["blueprint", "letters", "pages", "receipt", "report", "track"]
