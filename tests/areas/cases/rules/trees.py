"""Trees for the rules: random ones, and the real tree of 2022 with the project's own routing rows."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import strategies as st

from portal.catalogue.routing_rows import About, Addressee, Need, RoutingRow
from portal.catalogue.tree import AgencyTree, Body
from portal.catalogue.words import AccusedRole, AgencyKind, Function, Kind, Release

T = TypeVar("T")
DATA = Path(__file__).parents[4] / "portal" / "catalogue" / "data"
REFUSED_TO = "central_inspection"
LEADERSHIP = (Function.PARTY_COMMITTEE, Function.STANDING_COMMITTEE)
WATCHERS = (Function.INSPECTION_COMMITTEE, Function.ORGANISATION_COMMITTEE, Function.PROVINCIAL_COMMITTEE)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@cache
def tree_of_2022() -> AgencyTree:
    """The 307 bodies, read without the database."""
    bodies = [
        Body(
            code=row["code"],
            parent=row["parent_code"] or None,
            kind=AgencyKind(row["kind"]),
            name_vi=row["name_vi"],
            name_en=row["name_en"],
            area_code=row["commune_code"] or row["district_code"] or None,
            id=number,
        )
        for number, row in enumerate(_rows("agencies_quang_nam_2022.csv"), 1)
    ]
    functions = {Function(row["function"]): row["agency_code"] for row in _rows("functions_quang_nam_2022.csv")}
    return AgencyTree(bodies, functions)


@cache
def rules_of_2022() -> tuple[RoutingRow, ...]:
    """The project's routing rows, read without the database."""
    return tuple(_routing_row(row) for row in _rows("routing_rules.csv"))


def _routing_row(row: dict[str, str]) -> RoutingRow:
    return RoutingRow(
        rank=int(row["rank"]),
        code=row["code"],
        kinds=frozenset(map(Kind, row["kinds"].split())),
        accused=frozenset(map(AccusedRole, row["accused"].split())),
        about=frozenset(map(About, row["about"].split())),
        min_severity=int(row["min_severity"]) if row["min_severity"] else None,
        min_recent_reports=int(row["min_recent_reports"]) if row["min_recent_reports"] else None,
        needs=frozenset(map(Need, row["needs"].split())),
        categories=frozenset(row["categories"].split()),
        lead=Addressee(row["lead"]),
        support=frozenset(map(Addressee, row["support"].split())),
        inform=frozenset(map(Addressee, row["inform"].split())),
        oversee=frozenset(map(Addressee, row["oversee"].split())),
        release=Release(row["release"]),
        suggestion=Addressee(row["suggestion"]) if row["suggestion"] else None,
        refused_to=row["refused_to"] or None,
        reason_vi=row["reason_vi"],
        reason_en=row["reason_en"],
        valid_from=date.fromisoformat(row["valid_from"]),
    )


class Dice:
    """Turns drawn bytes into choices: one draw an example, where a draw a choice would take seconds."""

    def __init__(self, drawn: bytes) -> None:
        self._bytes = iter(drawn)

    def one_of(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[next(self._bytes, 0) % len(options)]

    def often(self) -> bool:
        """Four times in five."""
        return self.one_of((True, True, True, True, False))

    def some_of(self, options: Sequence[T], most: int = 2) -> frozenset[T]:
        """Up to so many of the options, as a rule none."""
        return frozenset(self.one_of(options) for _ in range(self.one_of((0, 0, *range(most + 1)))))


def tree_of(dice: Dice) -> AgencyTree:
    """Up to twelve bodies under one another at will, here and there in a ring, with functions at will."""
    codes = [f"B{number}" for number in range(dice.one_of(range(2, 13)))]
    parents = [None, None, "not in the tree", *codes[:3], *codes[:3], *codes]
    bodies = [
        Body(
            code=code,
            parent=dice.one_of(parents),
            kind=dice.one_of(list(AgencyKind)),
            name_vi=code,
            name_en=code,
            area_code=dice.one_of([None, "A1", "A2"]),
            id=number,
        )
        for number, code in enumerate(codes)
    ]
    functions = {function: dice.one_of(codes) for function in Function if dice.often()}
    return AgencyTree(bodies, functions)


def row_of(dice: Dice) -> RoutingRow:
    """Any rule at all, sensible or not."""
    return RoutingRow(
        rank=dice.one_of(range(1, 99)),
        code=dice.one_of(["r1", "r2", "r3"]),
        kinds=dice.some_of(list(Kind)),
        accused=dice.some_of(list(AccusedRole)),
        about=dice.some_of(list(About), 1),
        min_severity=dice.one_of([None, None, None, 2, 4]),
        min_recent_reports=dice.one_of([None, None, None, 2, 4]),
        needs=dice.some_of(list(Need)),
        categories=dice.some_of(["c1", "c2"]),
        lead=dice.one_of([word for word in Addressee if word is not Addressee.NONE]),
        support=dice.some_of(list(Addressee), 4),
        inform=dice.some_of(list(Addressee), 4),
        oversee=dice.some_of(list(Addressee), 4),
        release=dice.one_of(list(Release)),
        suggestion=dice.one_of([None, None, *Addressee]),
        reason_vi="vì quy tắc",
        reason_en="by the row",
        valid_from=date(2022, 11, 17),
    )


REFUSING = RoutingRow(
    rank=100,
    code="refusing",
    about=frozenset({About.PARTY_BODIES}),
    lead=Addressee.NONE,
    release=Release.AFTER_CLEARING,
    refused_to=REFUSED_TO,
    reason_vi="không tiếp nhận",
    reason_en="refused",
    valid_from=date(2022, 11, 17),
)


def facts_of(dice: Dice) -> dict[str, Any]:
    """The facts of any report, as keywords (each module under test has its own Facts)."""
    return {
        "kind": dice.one_of(list(Kind)),
        "category": dice.one_of(["c1", "c2"]),
        "severity": dice.one_of(range(1, 6)),
        "agency": dice.one_of([None, None, *(f"B{number}" for number in range(8))]),
        "area_code": dice.one_of([None, "A1", "A2", "A3"]),
        "accused_role": dice.one_of(list(AccusedRole)),
        "has_dossier": dice.one_of((True, False)),
        "has_promised_date": dice.one_of((True, False)),
        "committee_first": not dice.often(),
        "disclosure": dice.one_of(["anonymous", "confidential", "named"]),
        "procedure_owner": dice.one_of([None, "B1", "B5", "gone"]),
        "recent_reports_on_agency": dice.one_of(range(6)),
    }


@dataclass(frozen=True)
class World:
    """A tree, a report on it, and rules."""

    tree: AgencyTree
    facts: dict[str, Any]
    rules: tuple[RoutingRow, ...]


def _world(drawn: bytes) -> World:
    dice = Dice(drawn)
    facts, rules = facts_of(dice), [row_of(dice) for _ in range(dice.one_of(range(4)))]
    return World(tree_of(dice), facts, tuple(rules))


# Every byte is one choice; a longer world is filled up with first options.
WORLDS = st.binary(min_size=180, max_size=180).map(_world)
TREES = st.binary(min_size=60, max_size=60).map(lambda drawn: tree_of(Dice(drawn)))
