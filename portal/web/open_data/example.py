#!/usr/bin/env python3
"""Makes the published numbers out of the noisy ones again, from JSON files of /open-data. Python 3.10, nothing else.

    python3 example.py https://…/open-data/2026-Q3/area_quarter.json
    python3 example.py 2026-Q3/area_quarter.json 2026-Q4/area_quarter.json

For each file it says whether every number came out as published; if one did not, it ends with 1. Where it can read the
files that the totals come from (../2026-07/province_month.json and so on), it adds these up, too.

How a number is made: each count gets noise, drawn by chance. The noisy counts of a group are then moved to a total that
was published before: each in proportion to the variance of its noise, none below 0. They are cut to whole numbers, and
what is missing from the total goes, one by one, to those that lost most by the cut.
"""

from __future__ import annotations

import json
import sys
from functools import cache
from math import exp, floor
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urljoin
from urllib.request import urlopen

Document = dict[str, Any]


def variance(epsilon: float) -> float:
    """Of discrete Laplace noise: an amount z is drawn in proportion to exp(-epsilon * |z|)."""
    a = exp(-epsilon)
    return 2 * a / (1 - a) ** 2


def fitted(noisy: list[int], variances: list[float], total: int) -> list[int]:
    """The whole numbers nearest to the noisy ones that are not below 0 and add up to the total."""
    # A number becomes noisy - taken * variance, or 0 where that is below 0. Those above 0 have the greatest ratios.
    by_ratio = sorted(range(len(noisy)), key=lambda i: noisy[i] / variances[i], reverse=True)
    over, weight, taken = -float(total), 0.0, 0.0
    for i in by_ratio:
        if weight and noisy[i] / variances[i] <= taken:
            break
        over, weight = over + noisy[i], weight + variances[i]
        taken = over / weight
    exact = [round(max(0.0, y - taken * v), 6) for y, v in zip(noisy, variances, strict=True)]
    whole = [floor(x) for x in exact]
    by_rest = sorted(range(len(exact)), key=lambda i: (round(whole[i] - exact[i], 6), i))
    for i in by_rest[: total - sum(whole)]:
        whole[i] += 1
    return whole


def is_own(document: Document, source: Document) -> bool:
    """Whether a total stands in the same file."""
    return bool(source["table"] == document["table"] and source["releases"] == [document["release"]])


def fit_again(document: Document) -> dict[str, int]:
    """Each key with its number, from the noisy numbers and the totals alone."""
    cells = {cell["key"]: cell for cell in document["cells"]}
    values: dict[str, int] = {}
    for group in document["groups"]:  # sums come before their parts
        keys, source = group["keys"], group["sum_of"]
        noisy = [cells[key]["noisy"] for key in keys]
        if source is None:  # nothing was known before: only none below 0
            values.update(zip(keys, [max(0, number) for number in noisy], strict=True))
            continue
        total = values[source["key"]] if is_own(document, source) else group["total"]
        variances = [sum(variance(epsilon) for epsilon in cells[key]["noise_epsilon"]) for key in keys]
        values.update(zip(keys, fitted(noisy, variances, total), strict=True))
    return values


@cache
def read(where: str) -> Document | None:
    """The document at an address or in a file; None if there is none."""
    try:
        if where.startswith(("https://", "http://")):
            with urlopen(where, timeout=60) as answer:
                found: Document = json.load(answer)
        else:
            found = json.loads(Path(where).read_text(encoding="utf-8"))
    except (HTTPError, FileNotFoundError):
        return None
    return found


def beside(where: str, release: str, table: str) -> str:
    """Where another file is, as seen from this one."""
    if where.startswith(("https://", "http://")):
        return urljoin(where, f"../{release}/{table}.json")
    return str(Path(where).parent / ".." / release / f"{table}.json")


def check_totals(where: str, document: Document) -> tuple[list[str], int]:
    """The totals that are not what the earlier files say, and how many could be looked up."""
    wrong, looked_up = [], 0
    for group in document["groups"]:
        source = group["sum_of"]
        if source is None or is_own(document, source):
            continue
        parts = [read(beside(where, release, source["table"])) for release in source["releases"]]
        cells = [cell for part in parts if part is not None for cell in part["cells"]]
        if None in parts:
            continue
        looked_up += 1
        added = sum(cell["value"] for cell in cells if cell["key"] == source["key"])
        if added != group["total"]:
            wrong.append(f"{source['key']} of {source['table']} is {added}, not {group['total']}")
    return wrong, looked_up


def check(where: str) -> bool:
    """Says what came out for one file, and whether all is as published."""
    document = read(where)
    if document is None:
        print(f"{where}: not there")
        return False
    values = fit_again(document)
    published = {cell["key"]: cell["value"] for cell in document["cells"]}
    wrong = [f"{key} is {values.get(key)}, not {value}" for key, value in published.items() if values.get(key) != value]
    wrong_totals, looked_up = check_totals(where, document)
    said = "; ".join(wrong + wrong_totals) or "all as published"
    print(f"{document['release']} {document['table']}: {len(values)} numbers, {looked_up} totals looked up, {said}")
    return not wrong and not wrong_totals


if __name__ == "__main__":
    if len(sys.argv) == 1:
        sys.exit(__doc__)
    came_out = [check(place) for place in sys.argv[1:]]
    sys.exit(0 if all(came_out) else 1)
