"""`docs render`: the documents that come from code, so that they cannot drift from it."""

import ast
from html import escape
from pathlib import Path

import click

from config import ROOT
from portal.cases.clocks import rule_code
from portal.cases.labels import STATUS
from portal.cases.status import FORMER, MOVES, Move
from portal.cases.words import OPEN, Status
from portal.catalogue.words import Kind, Track
from portal.cli.docs_permissions import permissions

DOCS = ROOT / "docs"
# From the top down, as pyproject.toml holds it (the layers contract).
LAYERS: tuple[tuple[str, ...], ...] = (
    ("cli",),
    ("web/public", "web/desk", "web/oversight", "web/admin", "web/api", "web/open_data"),
    ("web/frame",),
    ("demo",),
    ("schedule.py", "reactions.py"),
    ("documents",),
    ("statistics", "search", "notices", "intake", "oversight"),
    ("cases",),
    ("identity", "staff"),
    ("catalogue", "ledger", "jobs"),
    ("foundation",),
)


@click.group()
def docs() -> None:
    """Documents made from code."""


@docs.command()
def render() -> None:
    """Writes docs/workflow.md, docs/permissions.md, docs/architecture.md and docs/architecture.svg."""
    for name, text in rendered().items():
        (DOCS / name).write_text(text, encoding="utf-8")
        click.echo(f"docs/{name}")


def rendered() -> dict[str, str]:
    """Every document that comes from code, by its name under docs/."""
    return {
        "workflow.md": workflow(),
        "permissions.md": permissions(),
        "architecture.md": architecture(),
        "architecture.svg": drawing(),
    }


def workflow() -> str:
    """The table of moves, as a drawing and as a table."""
    lines = [
        "# The way of a case",
        "",
        "Rendered from `portal/cases/status.py` by `flask --app wsgi docs render`. Do not edit by hand.",
        "",
        "```mermaid",
        "stateDiagram-v2",
        *(_arrows(move) for move in MOVES if move.to is not None),
        "```",
        "",
        "## Statuses",
        "",
        "| status | Vietnamese | open |",
        "|---|---|---|",
        *(f"| `{status}` | {STATUS[status]} | {'yes' if status in OPEN else 'no'} |" for status in Status),
        "",
        "## Moves",
        "",
        "| move | button | from | to | who | needs | clocks | starts | ends | remark |",
        "|---|---|---|---|---|---|---|---|---|---|",
        *(_row(move) for move in MOVES),
        "",
        "## Which rule a clock runs by",
        "",
        "| starts | track/kind | rule (`deadline_rules.csv`) |",
        "|---|---|---|",
        *_clock_rows(),
    ]
    return "\n".join(lines) + "\n"


def _arrows(move: Move) -> str:
    to = "where_it_was" if move.to == FORMER else str(move.to)
    return "\n".join(f"  {source} --> {to}: {move.name}" for source in Status if source in move.sources)


def _row(move: Move) -> str:
    sources = "any" if len(move.sources) > 8 else ", ".join(one for one in Status if one in move.sources)
    who = ", ".join(sorted(move.permissions)) or move.party.value
    cells = (
        f"`{move.name}`",
        move.label,
        sources,
        "stays" if move.to is None else str(move.to),
        who,
        ", ".join(move.needs),
        move.clocks.value,
        ", ".join(move.starts),
        ", ".join(move.meets),
        move.note,
    )
    return "| " + " | ".join(cells) + " |"


def _clock_rows() -> list[str]:
    rows: dict[tuple[str, str], list[str]] = {}
    for move in MOVES:
        for starts in move.starts:
            for track in Track:
                for kind in Kind:
                    rule = rule_code(starts, track, kind)
                    rows.setdefault((starts.value, rule), []).append(f"{track}/{kind}")
    everywhere = len(Track) * len(Kind)
    lines = []
    for (word, rule), where in sorted(rows.items()):
        words = "all" if len(set(where)) == everywhere else ", ".join(sorted(set(where)))
        lines.append(f"| {word} | {words} | `{rule}` |")
    return lines


def architecture() -> str:
    """One page: where each thing is."""
    lines = [
        "# Where things are",
        "",
        "Rendered from the code by `flask --app wsgi docs render`. Do not edit by hand.",
        "",
        "![The house from the roof down: an arrow is an import](architecture.svg)",
        "",
        "Tables and rules live by **area** (what it is about), HTTP lives by **door** (who comes in). Imports point "
        "down only; `make check` holds that. A report comes in by a door (`web/public` or `web/api`), `intake` makes "
        "it complete, `identity` seals who filed it, `cases` routes it and runs its clocks, `reactions.py` says what "
        "follows from each event, `jobs` does what can wait.",
        "",
    ]
    for layer in LAYERS:
        for name in layer:
            lines += _room(name)
    lines += [
        "## Questions a stranger asks",
        "",
        "| question | where |",
        "|---|---|",
        "| Which moves are there, and who may make them? | `portal/cases/status.py`, `docs/workflow.md` |",
        "| Which role may what? | `portal/staff/roles.py`, `docs/permissions.md`, `tests/web/privileges.txt` |",
        "| Who sees a case? | `visible_to` in `portal/cases/queries.py`, `may` in `portal/cases/access.py` |",
        "| Where does a report go? | `portal/cases/routing.py` over `portal/catalogue/data/routing_rules.csv` |",
        "| When is something due? | `portal/cases/deadlines.py`, `portal/catalogue/working_days.py` |",
        "| What is stored of a reporter? | `docs/vault.md`, `docs/decisions/0006-envelope.md` |",
        "| Why is it so? | `docs/decisions/` |",
        "| What follows from an event? | `portal/reactions.py` |",
        "| What does the clock bring? | `portal/schedule.py` |",
    ]
    return "\n".join(lines) + "\n"


def _room(name: str) -> list[str]:
    path = ROOT / "portal" / name
    if path.suffix == ".py":
        return [f"## `portal/{name}`", "", first_sentence(path), ""]
    lines = [f"## `portal/{name}/`", "", first_sentence(path / "__init__.py"), ""]
    for module in sorted(path.rglob("*.py")):
        if module.name != "__init__.py":
            lines.append(f"- `{module.relative_to(path)}`: {first_sentence(module)}")
    return [*lines, ""]


def first_sentence(path: Path) -> str:
    """The first line of a module's docstring: why it exists."""
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return docstring.split("\n\n")[0].replace("\n", " ")


WIDTH, ROOM, GAP = 960, 64, 44


def drawing() -> str:
    """The layers as rooms, the imports between them as arrows."""
    places: dict[str, tuple[float, float, float]] = {}
    boxes = []
    for row, layer in enumerate(LAYERS):
        width = (WIDTH - 40 - 12 * (len(layer) - 1)) / len(layer)
        top = 20 + row * (ROOM + GAP)
        for place, name in enumerate(layer):
            left = 20 + place * (width + 12)
            places[name] = (left + width / 2, top, width)
            boxes.append(
                f'<rect x="{left:.0f}" y="{top}" width="{width:.0f}" height="{ROOM}" rx="6" fill="#e2efec" '
                'stroke="#0b5f59"/>'
                f'<text x="{left + width / 2:.0f}" y="{top + 38}" text-anchor="middle">{escape(name)}</text>'
            )
    arrows = [_arrow(places[a], places[b]) for a, b in sorted(imports()) if places[a][1] < places[b][1]]
    height = 20 + len(LAYERS) * (ROOM + GAP)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        'font-family="sans-serif" font-size="15">'
        "<title>The house: doors above, foundation below; an arrow is an import</title>"
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>'
        f'<g stroke="#82918b" stroke-width="1" fill="none">{"".join(arrows)}</g>{"".join(boxes)}</svg>\n'
    )


def _arrow(start: tuple[float, float, float], end: tuple[float, float, float]) -> str:
    return f'<path d="M{start[0]:.0f} {start[1] + ROOM:.0f}L{end[0]:.0f} {end[1]:.0f}"/>'


def imports() -> set[tuple[str, str]]:
    """Which room imports which, read from the source."""
    rooms = {name.removesuffix(".py").replace("/", "."): name for layer in LAYERS for name in layer}
    found: set[tuple[str, str]] = set()
    for dotted, name in rooms.items():
        path = ROOT / "portal" / name
        for module in [path] if path.suffix == ".py" else path.rglob("*.py"):
            for target in imported(module):
                room = next((one for one in rooms if f"{target}.".startswith(f"portal.{one}.")), None)
                if room is not None and room != dotted:
                    found.add((name, rooms[room]))
    return found


def imported(module: Path) -> set[str]:
    """The modules that a source file imports from."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
    return found
