"""Addresses of static files with a mark of their content, so that browsers may keep them for a year."""

import hashlib
from functools import lru_cache
from pathlib import Path

STATIC = Path(__file__).resolve().parents[3] / "static"


@lru_cache(maxsize=256)
def asset(name: str) -> str:
    """The address of a file under static/. Raises FileNotFoundError for one that is not there."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"
