"""The administrator's door: accounts and the catalogue. No case can be reached from here."""

from flask import Blueprint

from portal.web.frame.navigation import bar

blueprint = Blueprint("admin", __name__)
blueprint.context_processor(bar)

from portal.web.admin import (  # noqa: E402 (views register on the blueprint)
    account_page,
    accounts,
    catalogue,
    invitations,
    notices,
    reorganisations,
    routing,
    routing_proposals,
    routing_test,
)

__all__ = [
    "account_page",
    "accounts",
    "blueprint",
    "catalogue",
    "invitations",
    "notices",
    "reorganisations",
    "routing",
    "routing_proposals",
    "routing_test",
]
