"""The installation's parts, reachable from every view and command as `installed()`."""

from dataclasses import dataclass
from typing import cast

from flask import current_app
from sqlalchemy import Engine

from portal.foundation.installation import Secrets
from portal.identity.keystore import KeyStore


@dataclass(frozen=True)
class Installed:
    """What create_app put together."""

    key_store: KeyStore
    keys_engine: Engine
    secrets: Secrets


def installed() -> Installed:
    """The parts of the running application."""
    return cast(Installed, current_app.extensions["portal"])
