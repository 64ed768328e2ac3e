"""Migrations: numbered without a gap, one head, and the way down and up again ends where it began."""

import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import Migrate, downgrade, upgrade
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, inspect, text

from config import ROOT
from portal.foundation.database import configure_engine, make_engine
from portal.identity.keystore_schema import is_up_to_date, missing_changes
from portal.tables import metadata
from tests.makers.databases import BARE, FULL, KEYS, POSTGRESQL, SQLITE, Databases

CHAINS = (ROOT / "migrations", ROOT / "migrations" / "keys")
BOTH = pytest.mark.parametrize("server", [SQLITE, POSTGRESQL])
KEPT_IN_MEMORY = (
    "agency",
    "agency_function",
    "announcement",
    "body_key",
    "calendar_day",
    "category",
    "deadline_rule",
    "dossier_count",
    "forward_body",
    "principle",
    "procedure",
    "refusal_ground",
    "routing_rule",
)
APPEND_ONLY = (
    *("event", "report", "release", "release_cell", "privacy_ledger", "counted", "cleared_text", "conclusion"),
    *("hearing", "retaliation"),
)
KEEPS = {"referral_keeps_text", "report_takes_fears"}
HISTORIES = (
    *("account_change", "catalogue_change", "figures_read", "notice_resend", "assisted_filing"),
    *("standard_text", "queue_export", "notice_case"),
)
TRIGGERS = {
    SQLITE: {f"{table}_{name}" for table in APPEND_ONLY for name in ("append_only", "no_delete")}
    | {f"{table}_{verb}_renews" for table in KEPT_IN_MEMORY for verb in ("insert", "update", "delete")}
    | {f"search_document_{verb}_finds" for verb in ("insert", "update", "delete")}
    | {f"{table}_no_{verb}" for table in HISTORIES for verb in ("update", "delete")}
    | KEEPS,
    POSTGRESQL: {f"{table}_append_only" for table in APPEND_ONLY}
    | {f"{table}_renews" for table in KEPT_IN_MEMORY}
    | {f"{table}_is_kept" for table in HISTORIES}
    | KEEPS,
}


@pytest.mark.parametrize("folder", CHAINS, ids=["main", "keys"])
def test_numbered_in_one_line(folder: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(folder))
    scripts = ScriptDirectory.from_config(config)
    files = sorted((folder / "versions").glob("*.py"))
    for number, path in enumerate(files, start=1):
        assert re.fullmatch(rf"{number:04}(_[a-z]+)+\.py", path.name), path.name
        script = scripts.get_revision(f"{number:04}")
        assert script is not None
        assert Path(script.path).name == path.name
        assert script.down_revision == (f"{number - 1:04}" if number > 1 else None)
        assert script.doc, f"{path.name} does not say what it is for"
    assert scripts.get_heads() == [f"{len(files):04}"]


def triggers(connection: Connection) -> set[str]:
    """The triggers that a database has."""
    if connection.dialect.name == SQLITE:
        return set(connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")))
    return set(connection.scalars(text("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")))


def differences(connection: Connection) -> list[object]:
    """In what a migrated database and the models differ, shadow tables of a full-text index left out."""
    options = {"compare_type": True, "include_object": lambda *one: not str(one[1]).startswith("search_index")}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


@BOTH
def test_what_they_make_is_what_the_models_say(databases: Databases, server: str) -> None:
    url, keys_url = databases.copy(server, BARE), databases.copy(server, KEYS)
    engine, keys = make_engine(url), make_engine(keys_url)
    with engine.connect() as connection:
        assert differences(connection) == []
        assert triggers(connection) == TRIGGERS[server]
    assert missing_changes(keys) == []
    assert is_up_to_date(keys)
    for one in (engine, keys):
        one.dispose()


@BOTH
def test_down_and_up_again(databases: Databases, server: str) -> None:
    """From a database with the catalogue in it."""
    app = Flask("down and up")
    app.config["SQLALCHEMY_DATABASE_URI"] = databases.copy(server, FULL)
    db = SQLAlchemy(metadata=metadata)
    db.init_app(app)
    Migrate(app, db)
    with app.app_context():
        configure_engine(db.engine)
        downgrade(directory=str(ROOT / "migrations"), revision="base")
        with db.engine.connect() as connection:
            assert set(inspect(connection).get_table_names()) == {"alembic_version"}
            assert triggers(connection) == set()
        upgrade(directory=str(ROOT / "migrations"))
        with db.engine.connect() as connection:
            assert differences(connection) == []
            assert triggers(connection) == TRIGGERS[server]
        db.engine.dispose()
