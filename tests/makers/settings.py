"""Settings for tests: fixed keys, every file in a folder of the test, nothing from the machine's environment."""

import base64
from collections.abc import MutableMapping
from pathlib import Path

from config import Testing

CODE_KEY, LEDGER_SEED, NOTICE_KEY = b"code key of the tests, 32 bytes!", b"ledger seed of tests (32 bytes)!", b"n" * 32
ORIGIN = "portal.test"
KEYS = {
    "SECRET_KEY": "a secret of the tests, long enough",
    "PORTAL_CODE_KEY": base64.b64encode(CODE_KEY).decode(),
    "PORTAL_LEDGER_KEY": base64.b64encode(LEDGER_SEED).decode(),
    "PORTAL_NOTICE_KEY": base64.b64encode(NOTICE_KEY).decode(),
    "PORTAL_ORIGIN": ORIGIN,
}


def forget_environment(environment: MutableMapping[str, str]) -> None:
    """Drops what a developer's shell may have set, so that no test ever writes to their databases."""
    ours = [name for name in environment if name.startswith(("PORTAL_", "FLASK_", "PG"))]
    for name in {*ours, "DATABASE_URL", "SECRET_KEY"} - {"PORTAL_CHROMIUM", "PORTAL_JAVA"}:  # these name programs
        environment.pop(name, None)


def environment(folder: Path, database_url: str, keys_url: str, **more: str) -> dict[str, str]:
    """The environment of an application whose files all lie in one folder."""
    return {
        **KEYS,
        "PORTAL_ENV": "testing",
        "DATABASE_URL": database_url,
        "PORTAL_KEYS_URL": keys_url,
        "PORTAL_RUNTIME_DIR": str(folder / "runtime"),
        **more,
    }


def settings(folder: Path, database_url: str, keys_url: str, **more: str) -> Testing:
    """The settings that this environment gives."""
    return Testing(environment(folder, database_url, keys_url, **more))
