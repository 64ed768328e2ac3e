"""How a benchmark begins and ends: its two options, its table for people, its last line for tools."""

import argparse
import json
import logging
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


class CouldNotMeasure(Exception):
    """Something that a fair measurement needs is not there, or an answer was not the expected one."""


@dataclass(frozen=True)
class Options:
    """What a benchmark was asked for."""

    quick: bool
    json: bool
    full: bool = False
    more: Mapping[str, Any] = field(default_factory=dict)  # what only one benchmark can be asked for


@dataclass(frozen=True)
class Line:
    """One line of the table."""

    what: str
    value: str
    note: str = ""


Figures = Mapping[str, float]
Measure = Callable[[Options], tuple[Sequence[Line], Figures]]


def run(
    description: str, measure: Measure, *, full: str = "", more: Mapping[str, Mapping[str, Any]] | None = None
) -> int:
    """Measures and prints. The exit code is 1 when it could not. `full`: what --full does, where there is one.

    `more`: further options by their words, as `add_argument` takes them.
    """
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="under a minute, without peers")
    parser.add_argument("--json", action="store_true", help="the last line is one JSON object of figures")
    if full:
        parser.add_argument("--full", action="store_true", help=full)
    further = [parser.add_argument(word, **dict(settings)).dest for word, settings in (more or {}).items()]
    asked = parser.parse_args()
    logging.disable(logging.INFO)  # what a database server says while it starts and stops
    try:
        lines, figures = measure(
            Options(
                asked.quick,
                asked.json,
                getattr(asked, "full", False),
                {name: getattr(asked, name) for name in further},
            )
        )
    except CouldNotMeasure as error:
        print(f"Could not measure: {error}", file=sys.stderr)
        return 1
    print_table(lines)
    if asked.json:
        print(json.dumps({name: round(value, 3) for name, value in figures.items()}))
    return 0


def print_table(lines: Sequence[Line]) -> None:
    """Values stand under each other."""
    what = max(len(line.what) for line in lines)
    value = max(len(line.value) for line in lines)
    for line in lines:
        print(f"{line.what:<{what}}  {line.value:>{value}}  {line.note}".rstrip())
