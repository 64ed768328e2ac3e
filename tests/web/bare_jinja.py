"""Jinja as strict as the portal's, with made-up surroundings: components and layouts need no application."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"


def strict_jinja() -> Environment:
    """An environment in which a forgotten name is an error."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_callables(str, lambda one, many, n: one if n == 1 else many, newstyle=True)  # type: ignore[attr-defined]
    made.globals |= {
        "asset": "/static/{}".format,
        "csrf_token": lambda: "token",
        "fragment": lambda *_, caller: caller(),
    }
    return made


def context(**more: Any) -> dict[str, Any]:
    """What the web frame gives to every page."""
    site = SimpleNamespace(
        name="Cổng Phản ánh",
        place="Tỉnh A",
        body_name="Ủy ban B",
        hotline="0235 300 0000",
        directive="Chỉ thị C",
        origin="https://portal.test",
    )
    return {"language": "vi", "site": site, "staff": None, "request": SimpleNamespace(path="/track")} | more
