"""The project's own catalogue files, and copies of them with something changed."""

import csv
from collections.abc import Callable
from pathlib import Path

import portal.catalogue

DATA = Path(portal.catalogue.__file__).parent / "data"

TREE_2022 = ("agencies_quang_nam_2022", "functions_quang_nam_2022")
TWO_TIERS = ("agencies_two_tier_2025", "functions_two_tier_2025")
SUCCESSIONS = "agency_successions_2025"
RULES = (
    "calendar",
    "categories",
    "deadline_rules",
    "findings",
    "forward_bodies",
    "next_steps",
    "principles",
    "procedures",
    "refusal_grounds",
    "remedies",
    "routing_rules",
    "standard_texts",
)

Cells = list[dict[str, str]]


def ours(*names: str) -> list[Path]:
    """Files of the project, by name."""
    return [DATA / f"{name}.csv" for name in names]


def cells(name: str) -> Cells:
    """A file's rows, as text."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def written(path: Path, rows: Cells) -> Path:
    """Writes rows as a catalogue file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def changed(folder: Path, name: str, change: Callable[[Cells], None]) -> Path:
    """A copy of one of the project's files, with a change."""
    rows = cells(name)
    change(rows)
    return written(folder / f"{name}.csv", rows)
