"""docs/permissions.md: which role holds which right, and which right opens which address. From code alone."""

import ast
from pathlib import Path

from config import ROOT
from portal.staff.permissions import Permission
from portal.staff.roles import LABELS, PERMISSIONS, Role

DOORS = ROOT / "portal" / "web"


def permissions() -> str:
    """The table role → right, the moves' rights aside, and every staff address with who may enter."""
    lines = [
        "# Who may what",
        "",
        "Rendered from `portal/staff/roles.py` and the doors by `flask --app wsgi docs render`. Do not edit by hand.",
        "How each address answers each role, for each kind of case, is in `tests/web/privileges.txt`.",
        "",
        "## Roles and rights",
        "",
        "| right | " + " | ".join(f"`{role}`" for role in Role) + " |",
        "|---|" + "---|" * len(Role),
        *(_row(right) for right in Permission),
        "",
        "| role | Vietnamese |",
        "|---|---|",
        *(f"| `{role}` | {LABELS[role]} |" for role in Role),
        "",
        "A role that reads cases never goes with `administrator`. A right opens a door; which cases are behind it, "
        "`visible_to` says (agency, referral, walls, restricted cases).",
        "",
        "## Staff addresses",
        "",
        "| address | methods | view | any of |",
        "|---|---|---|---|",
        *(f"| `{address}` | {methods} | `{view}` | {who} |" for address, methods, view, who in sorted(addresses())),
    ]
    return "\n".join(lines) + "\n"


def _row(right: Permission) -> str:
    return f"| `{right}` | " + " | ".join("●" if right in PERMISSIONS[role] else "" for role in Role) + " |"


def addresses() -> list[tuple[str, str, str, str]]:
    """Every address under /staff as its decorators declare it: address, methods, view, who may enter."""
    found = []
    for path in sorted(DOORS.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for view in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            calls = [one for one in view.decorator_list if isinstance(one, ast.Call)]
            allowed = next((one for one in calls if ast.unparse(one.func) == "allow"), None)
            for call in calls:
                if isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) == "blueprint" and call.args:
                    found.append(_address(path, view, call, allowed))
    return [one for one in found if one[0].startswith("/staff")]


def _address(path: Path, view: ast.FunctionDef, call: ast.Call, allowed: ast.Call | None) -> tuple[str, str, str, str]:
    assert isinstance(call.func, ast.Attribute)  # noqa: S101 (checked by the caller)
    methods = call.func.attr.upper()
    if methods == "ROUTE":
        given = next((one.value for one in call.keywords if one.arg == "methods"), None)
        methods = ", ".join(ast.literal_eval(given)) if given else "GET"
    who = ", ".join(_said(one) for one in allowed.args) if allowed else "nobody"
    address = call.args[0]
    shown = address.value if isinstance(address, ast.Constant) else ast.unparse(address)
    return str(shown), methods, f"{path.parent.name}.{view.name}", who


def _said(node: ast.expr) -> str:
    """A right as a word; several behind a star by the name of their set."""
    return ast.unparse(node).removeprefix("*").split(".")[-1].lower()
