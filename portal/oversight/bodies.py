"""Bodies as figures add them up: a district with everything below it, or a department; today's and ended ones.

A body keeps its code over the years, so its rows of several trees are one body here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.catalogue.models import Agency
from portal.catalogue.words import AgencyKind

GOVERNS_AN_AREA = (AgencyKind.DISTRICT, AgencyKind.COMMUNE)


@dataclass(frozen=True)
class BodyName:
    """What a body is called; `is_local`: a district, or a commune that no district stands above."""

    code: str
    name_vi: str
    name_en: str
    is_local: bool


@dataclass
class Bodies:
    """All bodies there have been, by row and by the code of what they are added up in (their unit)."""

    named: dict[str, BodyName] = field(default_factory=dict)
    codes: dict[int, str] = field(default_factory=dict)
    units: dict[int, str] = field(default_factory=dict)
    areas: dict[str, str] = field(default_factory=dict)

    def below(self, unit: str) -> tuple[list[int], list[str]]:
        """The rows and the areas that a unit adds up."""
        rows = sorted(row for row, code in self.units.items() if code == unit)
        return rows, sorted(area for area, code in self.areas.items() if code == unit)

    @property
    def to_choose(self) -> list[BodyName]:
        """The units, by name."""
        return sorted((self.named[code] for code in set(self.units.values())), key=lambda one: one.name_vi)


def all_bodies(session: Session) -> Bodies:
    """Reads every row of the tree; of a code's rows the newest names it."""
    columns = (Agency.id, Agency.code, Agency.path, Agency.kind, Agency.name_vi, Agency.name_en, Agency.area_code)
    found = Bodies()
    rows = session.execute(select(*columns).order_by(Agency.valid_from, Agency.id)).all()
    for row in rows:
        found.codes[row.id] = row.code
        found.named[row.code] = BodyName(row.code, row.name_vi, row.name_en, row.kind in GOVERNS_AN_AREA)
    for row in rows:
        unit = found.units[row.id] = found.codes[_unit(row.path)]
        if row.area_code and row.kind in GOVERNS_AN_AREA:
            found.areas[row.area_code] = unit
    return found


def _unit(path: str) -> int:
    """The body right below the top of the tree; of the top itself the top."""
    line: Iterable[str] = (part for part in path.split("/") if part)
    return int([*line][:2][-1])
