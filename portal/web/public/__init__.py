"""The public door: filing, tracking, and what everybody may read. No code path from here to staff data."""

from flask import Blueprint

blueprint = Blueprint("public", __name__)

from portal.web.public import (  # noqa: E402 (views register on the blueprint)
    leaving,
    letters,
    outside,
    pages,
    receipt,
    report,
    statistics,
    statistics_bodies,
    statistics_method,
    statistics_portal,
    statistics_topics,
    track,
    track_contact,
    track_new_code,
    where,
)

__all__ = [
    "blueprint",
    "leaving",
    "letters",
    "outside",
    "pages",
    "receipt",
    "report",
    "statistics",
    "statistics_bodies",
    "statistics_method",
    "statistics_portal",
    "statistics_topics",
    "track",
    "track_contact",
    "track_new_code",
    "where",
]
