"""How a benchmark begins and ends: its two options, its table for people, its last line for tools."""

import argparse
import json
import logging
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


class CouldNotMeasure(Exception):
    """Something that a fair measurement needs is not there, or an answer was not the expected one."""


@dataclass(frozen=True)
class Options:
    """What a benchmark was asked for."""

    quick: bool
    json: bool
    full: bool = False


@dataclass(frozen=True)
class Line:
    """One line of the table."""

    what: str
    value: str
    note: str = ""


Figures = Mapping[str, float]
Measure = Callable[[Options], tuple[Sequence[Line], Figures]]


def run(description: str, measure: Measure, *, full: str = "") -> int:
    """Measures and prints. The exit code is 1 when it could not. `full`: what --full does, where there is one."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="under a minute, without peers")
    parser.add_argument("--json", action="store_true", help="the last line is one JSON object of figures")
    if full:
        parser.add_argument("--full", action="store_true", help=full)
    asked = parser.parse_args()
    logging.disable(logging.INFO)  # what a database server says while it starts and stops
    try:
        lines, figures = measure(Options(asked.quick, asked.json, getattr(asked, "full", False)))
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
