"""Bodies, areas and procedures as the page "where" offers them: found by typing, or by place."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.catalogue.finding import ONE_STOP_WORDS, Findable, Index, find, index
from portal.catalogue.kept import kept
from portal.catalogue.models import Agency, Procedure
from portal.catalogue.snapshot import snapshot
from portal.catalogue.words import AgencyKind

UNKNOWN = "unknown"  # "another place, or I do not know"
PROVINCE = "province"  # in place of an area: the bodies of the whole province
GOVERNS = (AgencyKind.DISTRICT, AgencyKind.COMMUNE)


@dataclass(frozen=True)
class Place:
    """One body to choose. `was_*` and `until`: under which name, and until when, it was another body's."""

    code: str
    kind: AgencyKind
    name_vi: str
    name_en: str
    area: str
    parent: str
    was_vi: str = ""
    was_en: str = ""
    until: date | None = None


@dataclass(frozen=True)
class Places:
    """All bodies of a day in the order of the official list, and the ended ones that lead to them."""

    bodies: Mapping[str, Place]
    ended: Mapping[str, Place]  # by a key of its own, for codes come back
    search: Index

    def found(self, typed: str) -> list[Place]:
        """What fits the words typed, each body once."""
        hits = [self.bodies.get(key) or self.ended[key] for key in find(self.search, typed)]
        return list({place.code: place for place in reversed(hits)}.values())[::-1]

    def of_area(self, area: str) -> list[Place]:
        """The bodies of a district or commune; or those of the whole province."""
        if area == PROVINCE:
            return [one for one in self.bodies.values() if not one.area and one.kind is not AgencyKind.PARTY]
        governing = {one.code for one in self.bodies.values() if one.area == area and one.kind in GOVERNS}
        return [one for one in self.bodies.values() if one.code in governing or one.parent in governing]

    def with_code(self, code: str) -> list[Place]:
        """What a code means, as a poster has it: today's body, and the successors of those that had it before."""
        before = [place for key, place in self.ended.items() if key.partition(" ")[0] == code]
        own = [self.bodies[code]] if code in self.bodies else []
        return list({place.code: place for place in (*before, *own)}.values())


def places(session: Session, on: date) -> Places:
    """The places of a day."""
    return kept(session, on, _read_places)


def _read_places(session: Session, on: date) -> Places:
    rows = {row.id: row for row in session.scalars(select(Agency).order_by(Agency.id))}
    current = [row for row in rows.values() if row.valid_from <= on and (row.valid_to is None or row.valid_to >= on)]
    bodies = {row.code: _place(row, rows) for row in current}
    ended: dict[str, Place] = {}
    for row in rows.values():
        heir = _heir(row, rows, on)
        if heir is not None and heir.code in bodies and (heir.code, heir.name_vi) != (row.code, row.name_vi):
            ended[f"{row.code} {row.id}"] = _place(heir, rows, was=row)
    search = index(
        Findable(key, (place.was_vi or place.name_vi, place.was_en or place.name_en), _also(place, bodies))
        for key, place in (*bodies.items(), *ended.items())
    )
    return Places(bodies, ended, search)


def _place(row: Agency, rows: Mapping[int, Agency], was: Agency | None = None) -> Place:
    parent = rows.get(row.parent_id) if row.parent_id else None
    return Place(
        code=row.code,
        kind=row.kind,
        name_vi=row.name_vi,
        name_en=row.name_en,
        area=row.area_code or "",
        parent=parent.code if parent else "",
        was_vi=was.name_vi if was else "",
        was_en=was.name_en if was else "",
        until=was.valid_to if was else None,
    )


def _heir(row: Agency, rows: Mapping[int, Agency], on: date) -> Agency | None:
    """Who carries on from a body that has ended before that day; None for one that is there, or has nobody."""
    seen: set[int] = set()
    heir: Agency | None = row
    while heir is not None and heir.valid_to is not None and heir.valid_to < on and heir.id not in seen:
        seen.add(heir.id)
        heir = rows.get(heir.successor_id) if heir.successor_id else None
    return heir if heir is not None and heir.id != row.id and heir.id not in seen else None


def _also(place: Place, bodies: Mapping[str, Place]) -> str:
    """Other words for a body: what its office is called, and the place it belongs to."""
    above = bodies.get(place.parent)
    around = above.name_vi if above is not None and above.kind in GOVERNS else ""
    return f"{ONE_STOP_WORDS if place.kind is AgencyKind.ONE_STOP else ''} {around}"


@dataclass(frozen=True)
class Area:
    """A district with its communes; in a tree without districts, a commune."""

    code: str
    name_vi: str
    name_en: str
    communes: tuple["Area", ...] = ()


def areas(session: Session, on: date) -> tuple[Area, ...]:
    """Districts with their communes, for whoever does not know the office."""
    return kept(session, on, _read_areas)


def _read_areas(session: Session, on: date) -> tuple[Area, ...]:
    bodies = _read_places(session, on).bodies
    governing = [one for one in bodies.values() if one.kind in GOVERNS and one.area]

    def area(one: Place) -> Area:
        below = tuple(area(other) for other in governing if other.parent == one.code)
        return Area(one.area, one.name_vi, one.name_en, below)

    inner = {one.code for one in governing}
    return tuple(area(one) for one in governing if one.parent not in inner)


def _procedure_index(session: Session, on: date) -> Index:
    rows = snapshot(session, on).procedures.values()
    return index(Findable(row.code, (row.name_vi, row.name_en), row.field_vi) for row in rows)


def procedures_of(session: Session, on: date, agency: str) -> list[Procedure]:
    """The procedures that a body takes; all of them where the data do not say, or no body is chosen.

    An office of the whole province takes what it owns; where it owns nothing, whatever is of the province.
    """
    choices = snapshot(session, on).procedures.values()
    known = places(session, on).bodies
    body = known.get(agency)
    if body is None:
        return list(choices)
    owned = [one for one in choices if one.owner_agency_code == body.code]
    if owned:
        return owned
    level = _level(body, known)
    has_districts = any(one.kind is AgencyKind.DISTRICT for one in known.values())
    taken = [one for one in choices if (one.level if has_districts else one.level_2025) == level]
    return taken or list(choices)


def _level(body: Place, known: Mapping[str, Place]) -> str:
    """At which level a body works; a one-stop office at that of the body above it."""
    above = known.get(body.parent)
    if body.kind is AgencyKind.ONE_STOP and above is not None:
        body = above
    return body.kind.value if body.kind in GOVERNS else "province"


def found_procedures(session: Session, on: date, agency: str, typed: str) -> list[Procedure]:
    """The body's procedures that fit the words typed; those of other bodies where none of its own does."""
    by_code = snapshot(session, on).procedures
    hits = [by_code[code] for code in find(kept(session, on, _procedure_index), typed, most=40)]
    own = {one.code for one in procedures_of(session, on, agency)}
    return ([one for one in hits if one.code in own] or hits)[:12]
