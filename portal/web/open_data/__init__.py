"""The open data door: releases and the ledger, for machines. Empty until the first release is frozen."""

from flask import Blueprint

blueprint = Blueprint("open_data", __name__)

from portal.web.open_data import about, ledger, releases  # noqa: E402 (views register on the blueprint)

__all__ = ["about", "blueprint", "ledger", "releases"]
