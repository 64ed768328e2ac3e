"""Settings: typed, refused aloud when wrong, and production refuses what is unsafe."""

import base64
import stat
from pathlib import Path

import pytest

import config
from config import BadSetting, Local, Production, from_environment, load_env_file, write_env_file
from tests.makers.settings import KEYS

SAFE = {
    **KEYS,
    "PORTAL_ENV": "production",
    "DATABASE_URL": "postgresql+psycopg:///portal",
    "PORTAL_KEYS_URL": "sqlite:////srv/keys.sqlite",
}


def test_production_takes_what_is_safe() -> None:
    settings = from_environment(SAFE)
    assert isinstance(settings, Production)
    assert settings.PORTAL_LIMITS
    assert settings.PORTAL_CLOCK is None


@pytest.mark.parametrize(
    "unsafe",
    [
        {"PORTAL_LIMITS": "off"},
        {"PORTAL_CLOCK": "2026-01-01T00:00:00+07:00"},
        {"SECRET_KEY": "short"},
        {"SECRET_KEY": ""},
        {"PORTAL_ARGON2_COST": "cheap"},
        {"DATABASE_URL": ""},
        {"PORTAL_KEYS_URL": ""},
        {"PORTAL_KEYS_URL": SAFE["DATABASE_URL"]},
        {"PORTAL_ORIGIN": ""},
        {"PORTAL_CODE_KEY": ""},
        {"PORTAL_LEDGER_KEY": "bm90IDMyIGJ5dGVz"},
        {"PORTAL_NOTICE_KEY": "!!!"},
    ],
)
def test_production_refuses(unsafe: dict[str, str]) -> None:
    with pytest.raises(BadSetting) as refused:
        from_environment({**SAFE, **unsafe})
    assert next(iter(unsafe)) in str(refused.value)


@pytest.mark.parametrize(
    "wrong",
    [
        {"PORTAL_LIMITS": "yes"},
        {"PORTAL_PROXIES": "-1"},
        {"PORTAL_PROXIES": "6"},
        {"PORTAL_LARGEST_BODY": "1"},
        {"PORTAL_CLOCK": "yesterday"},
        {"PORTAL_ENV": "staging"},
    ],
)
def test_wrong_values_are_refused_everywhere(wrong: dict[str, str]) -> None:
    with pytest.raises(BadSetting):
        from_environment({**SAFE, "PORTAL_ENV": "local", **wrong})


def test_unless_said_it_is_production() -> None:
    assert isinstance(
        from_environment({name: value for name, value in SAFE.items() if name != "PORTAL_ENV"}), Production
    )
    assert type(from_environment({**KEYS, "PORTAL_ENV": "local"})) is Local
    assert config.Testing(KEYS).PORTAL_ARGON2_COST == "cheap"
    assert config.Testing({**KEYS, "PORTAL_ARGON2_COST": "normal"}).PORTAL_ARGON2_COST == "normal"


def test_an_address_to_ask_is_one() -> None:
    for right in ("", "http://127.0.0.1:8000/healthz", "https://portal.example/healthz"):
        assert right == config.Testing({**KEYS, "PORTAL_HEALTH_URL": right}).PORTAL_HEALTH_URL
    with pytest.raises(BadSetting, match="PORTAL_HEALTH_URL must begin with http"):
        config.Testing({**KEYS, "PORTAL_HEALTH_URL": "portal.example/healthz"})


def test_the_first_env_file(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    assert write_env_file(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    first = path.read_text()
    assert not write_env_file(path)
    assert path.read_text() == first
    environment = {"PORTAL_ENV": "testing"}
    load_env_file(path, environment)
    assert environment["PORTAL_ENV"] == "testing"  # the environment wins
    made = from_environment(environment)
    assert len(made.PORTAL_CODE_KEY) == 32
    other: dict[str, str] = {}
    path.unlink()
    write_env_file(path)
    load_env_file(path, other)
    for name in ("SECRET_KEY", "PORTAL_CODE_KEY", "PORTAL_LEDGER_KEY", "PORTAL_NOTICE_KEY"):
        assert other[name] != environment[name]
    load_env_file(tmp_path / "nothing", other)


def test_keys_are_32_bytes() -> None:
    assert base64.b64decode(KEYS["PORTAL_CODE_KEY"]) == config.Testing(KEYS).PORTAL_CODE_KEY
    assert config.ROOT.joinpath("wsgi.py").is_file()
