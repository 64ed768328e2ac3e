"""The citizen feedback and complaint portal. `create_app` is its table of contents."""

import logging

from flask import Flask
from flask_compress import Compress
from flask_migrate import Migrate
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from config import ROOT, Local
from portal import cli
from portal.foundation.database import POOL, configure_engine, make_engine
from portal.foundation.installation import Secrets
from portal.foundation.time import set_clock
from portal.identity.keystore import KeyStore
from portal.web import doors
from portal.web.frame import (
    access,
    errors,
    fragments,
    language,
    limits,
    security,
    signing_in,
    templating,
    whole_pages,
    words,
)
from portal.web.frame.database import db
from portal.web.frame.installed import Installed
from portal.web.frame.published import PublishedBytes


def create_app(settings: Local) -> Flask:
    """The application for these settings."""
    app = Flask("portal", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    app.config.from_object(settings)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    set_clock(app.config["PORTAL_CLOCK"])
    open_stores(app)
    for part in (security, language, templating, words, fragments, whole_pages, access, errors, limits):
        part.install(app)
    signing_in.install(app)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    doors.install(app)
    cli.install(app)
    serve_behind(app)
    return app


def open_stores(app: Flask) -> None:
    """The main database, the key store and the installation's keys."""
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = POOL
    db.init_app(app)
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)
    with app.app_context():
        configure_engine(db.engine)
    config = app.config
    keys_engine = make_engine(config["PORTAL_KEYS_URL"])
    app.extensions["portal"] = Installed(
        key_store=KeyStore(keys_engine),
        keys_engine=keys_engine,
        secrets=Secrets(
            origin=config["PORTAL_ORIGIN"],
            code_key=config["PORTAL_CODE_KEY"],
            ledger_seed=config["PORTAL_LEDGER_KEY"],
            notice_key=config["PORTAL_NOTICE_KEY"],
        ),
    )


def serve_behind(app: Flask) -> None:
    """Compression, static files, and as many trusted proxies as the settings say."""
    Compress(app)
    app.wsgi_app = PublishedBytes(app, app.wsgi_app)  # type: ignore[method-assign]
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(ROOT / "static"),
        prefix="static/",
        max_age=31_536_000,
        allow_all_origins=False,
        add_headers_function=security.set_static_headers,
    )
    proxies = app.config["PORTAL_PROXIES"]
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]
