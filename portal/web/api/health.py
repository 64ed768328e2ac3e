"""/healthz: the process is up. /readyz: everything that serving needs is there."""

from datetime import timedelta
from pathlib import Path

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Response, jsonify
from sqlalchemy.exc import SQLAlchemyError

from config import ROOT
from portal.demo.state import is_loading
from portal.foundation.time import now
from portal.identity.keystore_schema import is_up_to_date
from portal.jobs.queue import last_seen
from portal.web.api import blueprint
from portal.web.frame.access import Who, allow
from portal.web.frame.database import db
from portal.web.frame.installed import installed

WORKER_SEEN_WITHIN = timedelta(minutes=2)


def newest_migration() -> set[str]:
    """The head of the main chain."""
    config = Config()
    config.set_main_option("script_location", str(Path(ROOT) / "migrations"))
    return set(ScriptDirectory.from_config(config).get_heads())


HEADS = newest_migration()


@blueprint.get("/healthz")
@allow(Who.EVERYONE)
def healthz() -> Response:
    """The process answers."""
    return jsonify({"status": "ok"})


@blueprint.get("/readyz")
@allow(Who.EVERYONE)
def readyz() -> tuple[Response, int]:
    """200 when the databases are reachable and migrated, a worker was seen, and demo data are all in; else 503."""
    checks = {"database": False, "migrations": False, "key_store": False, "worker": False, "demo": False}
    try:
        session = db.session()
        checks["migrations"] = set(MigrationContext.configure(session.connection()).get_current_heads()) == HEADS
        checks["database"] = True
        seen = last_seen(session)
        checks["worker"] = seen is not None and abs(now() - seen) < WORKER_SEEN_WITHIN
        checks["demo"] = not is_loading(session)
        checks["key_store"] = is_up_to_date(installed().keys_engine)
    except SQLAlchemyError:
        db.session.rollback()
    ready = all(checks.values())
    return jsonify({"status": "ready" if ready else "not ready", "checks": checks}), 200 if ready else 503
