"""Settings, from the environment only. Typed readers refuse bad values aloud; production refuses unsafe ones."""

import base64
import hashlib
import os
import re
import secrets
from collections.abc import Mapping, MutableMapping
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent
INSTANCE = ROOT / "instance"
LOCAL_ORIGIN = "portal.local"


class BadSetting(ValueError):
    """A setting is missing or has a value that cannot be used."""


class Reader:
    """Reads typed values out of an environment."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment

    def words(self, name: str, default: str = "") -> str:
        """A text."""
        return self.environment.get(name, default).strip()

    def needed(self, name: str) -> str:
        """A text that must be there."""
        value = self.words(name)
        if not value:
            raise BadSetting(f"{name} is not set; `make run` writes it into .env, docs/deploy.md explains it")
        return value

    def flag(self, name: str, default: bool) -> bool:
        """on or off."""
        value = self.words(name, "on" if default else "off").lower()
        if value not in {"on", "off"}:
            raise BadSetting(f"{name} must be on or off, not {value!r}")
        return value == "on"

    def number(self, name: str, default: int, lowest: int, highest: int) -> int:
        """A whole number within bounds."""
        value = self.words(name, str(default))
        if not value.isdigit() or not lowest <= int(value) <= highest:
            raise BadSetting(f"{name} must be a whole number from {lowest} to {highest}, not {value!r}")
        return int(value)

    def key(self, name: str) -> bytes:
        """32 random bytes in base64."""
        try:
            value = base64.b64decode(self.needed(name), validate=True)
        except ValueError as error:
            raise BadSetting(f"{name} is not base64") from error
        if len(value) != 32:
            raise BadSetting(f"{name} must be 32 bytes in base64")
        return value

    def web_address(self, name: str) -> str:
        """An address like https://portal.example/healthz, or nothing."""
        value = self.words(name)
        if value and not value.startswith(("http://", "https://")):
            raise BadSetting(f"{name} must begin with http:// or https://, not {value!r}")
        return value

    def instant(self, name: str) -> datetime | None:
        """An instant in ISO form, or nothing."""
        value = self.words(name)
        if not value:
            return None
        try:
            instant = datetime.fromisoformat(value)
        except ValueError as error:
            raise BadSetting(f"{name} must be an instant like 2026-11-24T08:00:00+07:00") from error
        return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


class Local:
    """One machine, SQLite under instance/, served on loopback."""

    name = "local"
    debug_pages = False

    def __init__(self, environment: Mapping[str, str]) -> None:
        read = Reader(environment)
        self.PORTAL_ENV = self.name
        self.SECRET_KEY = read.needed("SECRET_KEY")
        self.SQLALCHEMY_DATABASE_URI = self._database(read)
        self.PORTAL_KEYS_URL = read.words("PORTAL_KEYS_URL", f"sqlite:///{INSTANCE / 'keys.sqlite'}")
        self.PORTAL_CODE_KEY = read.key("PORTAL_CODE_KEY")
        self.PORTAL_LEDGER_KEY = read.key("PORTAL_LEDGER_KEY")
        self.PORTAL_NOTICE_KEY = read.key("PORTAL_NOTICE_KEY")
        self.PORTAL_ORIGIN = read.words("PORTAL_ORIGIN", LOCAL_ORIGIN)
        self.PORTAL_LIMITS = read.flag("PORTAL_LIMITS", True)
        self.PORTAL_CLOCK = read.instant("PORTAL_CLOCK")
        self.PORTAL_PROXIES = read.number("PORTAL_PROXIES", 0, 0, 5)
        self.PORTAL_LEAVE_URL = read.words("PORTAL_LEAVE_URL", "")
        self.PORTAL_HOTLINE = read.words("PORTAL_HOTLINE", "0235 300 0000")
        self.PORTAL_MAIL_URL = read.words("PORTAL_MAIL_URL", "console:")
        self.PORTAL_MAIL_FROM = read.words("PORTAL_MAIL_FROM", "khong-tra-loi@portal.local")
        self.PORTAL_HEALTH_URL = read.web_address("PORTAL_HEALTH_URL")
        self.PORTAL_RUNTIME_DIR = read.words("PORTAL_RUNTIME_DIR", default_runtime_dir(self.SQLALCHEMY_DATABASE_URI))
        self.PORTAL_ARGON2_COST = read.words("PORTAL_ARGON2_COST", "normal")
        self.MAX_CONTENT_LENGTH = read.number("PORTAL_LARGEST_BODY", 256 * 1024, 16 * 1024, 64 * 1024 * 1024)

    @staticmethod
    def _database(read: Reader) -> str:
        return read.words("DATABASE_URL", f"sqlite:///{INSTANCE / 'portal.sqlite'}")


class Testing(Local):
    """Like local, with cheap password hashing so that tests are quick."""

    name = "testing"

    def __init__(self, environment: Mapping[str, str]) -> None:
        super().__init__({"PORTAL_ARGON2_COST": "cheap", **environment})
        self.TESTING = True
        self.ASK_RELEASES_EVERY = 0.0  # seconds: a test does not wait for the next one


class Production(Local):
    """What a province runs. Refuses to start with anything unsafe."""

    name = "production"

    def __init__(self, environment: Mapping[str, str]) -> None:
        super().__init__(environment)
        if len(self.SECRET_KEY) < 32:
            raise BadSetting("SECRET_KEY is too short: production wants at least 32 characters")
        if not self.PORTAL_LIMITS:
            raise BadSetting("PORTAL_LIMITS=off is not for production")
        if self.PORTAL_CLOCK is not None:
            raise BadSetting("PORTAL_CLOCK moves the clock: not for production")
        if self.PORTAL_MAIL_URL.startswith("demo:"):
            raise BadSetting("PORTAL_MAIL_URL=demo:… sends nothing: not for production")
        if self.PORTAL_ARGON2_COST != "normal":
            raise BadSetting("PORTAL_ARGON2_COST must be normal in production")
        for name in ("PORTAL_ORIGIN", "DATABASE_URL", "PORTAL_KEYS_URL"):
            Reader(environment).needed(name)
        if self.SQLALCHEMY_DATABASE_URI == self.PORTAL_KEYS_URL:
            raise BadSetting("PORTAL_KEYS_URL must not be the main database: a backup would hold both")

    @staticmethod
    def _database(read: Reader) -> str:
        return read.needed("DATABASE_URL")


CLASSES: dict[str, type[Local]] = {"local": Local, "testing": Testing, "production": Production}


def default_runtime_dir(database_url: str) -> str:
    """A folder on the memory file system, named after the instance (its database)."""
    address = re.sub(r"//[^@/]*@", "//", database_url)  # without a password: others see the folder's name
    mark = hashlib.sha256(address.encode()).hexdigest()[:24]
    base = Path("/dev/shm")  # noqa: S108 (a memory file system is the point: nothing of it is to reach a disk)
    return str((base if base.is_dir() else INSTANCE) / f"portal-{os.getuid()}-{mark}")


def load_env_file(path: Path, environment: MutableMapping[str, str]) -> None:
    """Adds what `.env` says and the environment does not: lines NAME=value."""
    if not path.is_file():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        name, separator, value = line.partition("=")
        if separator and not name.lstrip().startswith("#"):
            environment.setdefault(name.strip(), value.strip())


def from_environment(environment: Mapping[str, str]) -> Local:
    """The settings that PORTAL_ENV names (production unless said). Raises BadSetting."""
    name = environment.get("PORTAL_ENV", "production")
    if name not in CLASSES:
        raise BadSetting(f"PORTAL_ENV must be one of {', '.join(CLASSES)}, not {name!r}")
    return CLASSES[name](environment)


def fresh_env_file() -> str:
    """The text of a first `.env`: local, with keys of its own."""

    def key() -> str:
        return base64.b64encode(secrets.token_bytes(32)).decode()

    return "\n".join(
        (
            "# Written by the first `make run`. Keep it secret; PORTAL_CODE_KEY can never be replaced.",
            "PORTAL_ENV=local",
            f"SECRET_KEY={secrets.token_urlsafe(48)}",
            f"PORTAL_CODE_KEY={key()}",
            f"PORTAL_LEDGER_KEY={key()}",
            f"PORTAL_NOTICE_KEY={key()}",
            "",
        )
    )


def write_env_file(path: Path) -> bool:
    """Writes a first `.env` (mode 0600) unless there is one; says whether it did."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(fresh_env_file())
    return True


if __name__ == "__main__":
    if write_env_file(ROOT / ".env"):
        print("Wrote .env with fresh keys (mode 0600). Keep it secret and back it up.")
