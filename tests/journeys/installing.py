"""An installation ready to be served: accounts that can sign in, and a vault, so that identities are accepted."""

from flask_security.utils import hash_password

from portal import create_app
from portal.catalogue.functions import function_agency
from portal.catalogue.words import Function
from portal.demo.accounts import make_accounts, make_vault
from portal.foundation.database import transaction
from portal.foundation.time import today
from portal.identity.wrapping import LOWEST
from portal.web.frame.database import db
from tests.makers.committed import Committed
from tests.makers.settings import settings


def open_accounts(place: Committed) -> None:
    """Makes the demo accounts and the vault that three of them open."""
    app = create_app(settings(place.folder, place.url, place.keys_url))
    with app.app_context():
        session = db.session()
        with transaction(session):
            staff = make_accounts(session, hash_password)
            committee = function_agency(session, Function.INSPECTION_COMMITTEE, today())
            assert committee is not None
            make_vault(session, staff, committee.id, LOWEST)
        db.session.remove()
        db.engine.dispose()
    app.extensions["portal"].key_store.close()
