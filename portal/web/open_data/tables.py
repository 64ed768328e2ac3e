"""A published table as rows and as a document: what stands in its files. Pure.

A file never changes once it is there; so nothing here may come out differently for a table that was frozen before.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from portal.statistics.amounts import Cell
from portal.statistics.cells import dimensions
from portal.statistics.dictionary import BY_NAME, NAMED, WITH_NAMES, columns, total_of
from portal.statistics.measures import TABLES, Tier
from portal.statistics.periods import Period
from portal.statistics.publication import Published

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
NUMBERS = ("value", "margin", "low", "high", "noisy")

Row = dict[str, str | int | bool]


def names_of(table: Published) -> dict[str, dict[str, str]]:
    """Each code of a body or category with its name as it was. What stands for several bodies has a name of ours.

    Which of the two is read depends on the column: a category may have the code `other`, too.
    """
    found: dict[str, dict[str, str]] = {}
    for place, told in enumerate(dimensions(BY_NAME[table.table].partition)):
        ours = NAMED if told != "category" else {}
        for cell in table.cells if told in WITH_NAMES else ():
            code = "".join(cell.key.split("/")[place : place + 1])
            name = ours.get(code) or table.names.get(code)
            if name:
                found[code] = {"vi": name[0], "en": name[1]}
    return found


def parts_of(table: Published) -> dict[str, list[str]]:
    """Each number that is a sum of others in its table, and these: of "H-HA" "H-HA/in_time" and "H-HA/late"."""
    found: dict[str, list[str]] = {}
    top = {key for group in table.groups for key in group["keys"]}
    for cell in table.cells:
        if cell.key not in top:
            found.setdefault(cell.key.rpartition("/")[0], []).append(cell.key)
    return found


def rows(table: Published) -> Iterator[Row]:
    """Each number with what its key says, in the order it was frozen."""
    told = dimensions(BY_NAME[table.table].partition)
    named, sums = names_of(table), parts_of(table)
    for cell in table.cells:
        row: Row = {"key": cell.key, **_said(told, cell)}
        places = [str(row[one]) for one in told if one in WITH_NAMES]
        if places:
            name = named.get(places[-1], {})
            row |= {"name_vi": name.get("vi", ""), "name_en": name.get("en", "")}
        yield row | {"is_sum": cell.key in sums} | {name: getattr(cell, name) for name in NUMBERS}


def _said(told: tuple[str, ...], cell: Cell) -> dict[str, str]:
    """What the parts of a key say; nothing where a sum does not go so far."""
    parts = cell.key.split("/") if told else []
    return dict(zip(told, [*parts, *[""] * (len(told) - len(parts))], strict=True))


def as_csv(table: Published) -> bytes:
    """One table of one period."""
    return _written([column.name for column in columns(BY_NAME[table.table].partition)], rows(table))


def over_time(tables: Iterable[Published], name: str) -> bytes:
    """All periods of a table in one file, oldest first: the same columns behind that of the release."""
    lines = (
        {"release": str(table.period), **row}
        for table in sorted(tables, key=lambda one: one.period)
        for row in rows(table)
    )
    return _written(["release", *(column.name for column in columns(BY_NAME[name].partition))], lines)


def _written(names: list[str], lines: Iterable[Mapping[str, str | int | bool]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, names, lineterminator="\r\n")
    writer.writeheader()
    for line in lines:
        writer.writerow({name: _plain(value) for name, value in line.items()})
    return text.getvalue().encode()


def _plain(value: str | int | bool) -> str | int:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value


def as_json(table: Published) -> bytes:
    """The same, and all that is needed to make `value` out of `noisy` again (example.py does it)."""
    return json.dumps(document(table), ensure_ascii=False, indent=1).encode() + b"\n"


def document(table: Published) -> dict[str, Any]:
    """What the JSON file says."""
    spent = {cell.key: cell for cell in table.cells}
    return {
        "release": str(table.period),
        "table": table.table,
        "period": {"first_day": table.period.first_day.isoformat(), "last_day": table.period.last_day.isoformat()},
        "published_on": table.published_on.isoformat(),
        "epsilon": {stratum: share / 1_000 for stratum, share in table.shares.items()},
        "noise": "discrete Laplace",
        "confidence": 0.95,
        "code_version": table.code_version,
        "licence": LICENCE,
        "dimensions": list(dimensions(BY_NAME[table.table].partition)),
        "names": names_of(table),
        "groups": list(_groups(table)),
        "cells": [
            {
                **row,
                "noise_epsilon": [share / 1_000 for share in spent[str(row["key"])].shares],
                "error_variance": spent[str(row["key"])].spread,
            }
            for row in rows(table)
        ],
    }


def _groups(table: Published) -> Iterator[dict[str, Any]]:
    """Which numbers were fitted to what, sums before their parts.

    `sum_of` says where the total stands: the published numbers of a key, added up over these releases of a table.
    """
    for group in table.groups:
        yield {"total": group["total"], "sum_of": _source(table, group["keys"][0]), "keys": group["keys"]}
    for key, parts in parts_of(table).items():
        own = {"table": table.table, "key": key, "releases": [str(table.period)]}
        yield {"total": table.by_key[key].value, "sum_of": own, "keys": parts}


def _source(table: Published, key: str) -> dict[str, Any] | None:
    total = total_of(BY_NAME[table.table].partition, key)
    if total is None:
        return None
    above = next(one for one in TABLES[Tier(table.parameters["tier"])] if one.partition is total.partition)
    since = Period.parse(table.parameters["since"]).within(above.grain)
    releases = [str(part) for part in table.period.parts(above.grain) if part >= since]
    return {"table": above.name, "key": total.key, "releases": releases}
