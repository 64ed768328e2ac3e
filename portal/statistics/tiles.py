"""Where each district stands on a map of tiles: data, by the code of its body."""

import csv
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

_FILES = Path(__file__).parent
ACROSS = 6


class Tile(NamedTuple):
    """A place, counted from 1."""

    column: int
    row: int


@cache
def _placed() -> dict[str, Tile]:
    found = {}
    for path in sorted(_FILES.glob("tiles_*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for line in csv.DictReader(file):
                found[line["code"]] = Tile(int(line["column"]), int(line["row"]))
    return found


def tiles(codes: Iterable[str]) -> dict[str, Tile]:
    """A tile for each body; where one has no place in the data, all stand in rows, in their order."""
    wanted = list(codes)
    placed = _placed()
    if all(code in placed for code in wanted):
        return {code: placed[code] for code in wanted}
    return {code: Tile(place % ACROSS + 1, place // ACROSS + 1) for place, code in enumerate(wanted)}
