"""The API door: the same actions as the pages, JSON in and out, RFC 9457 errors in the caller's language."""

from flask import Blueprint

blueprint = Blueprint("api", __name__)

from portal.web.api import description, filing, health, lists, tracking  # noqa: E402 (views register on the blueprint)

__all__ = ["blueprint", "description", "filing", "health", "lists", "tracking"]
