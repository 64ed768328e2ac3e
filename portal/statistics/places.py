"""Which body, commune and topic a report belongs to, as the catalogue of its period has it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.catalogue.models import Agency, Category
from portal.catalogue.words import AgencyKind, Kind
from portal.statistics.cells import OTHER, OWN, Geography
from portal.statistics.measures import PRAISE_KINDS
from portal.statistics.periods import Period


@dataclass(frozen=True)
class Places:
    """The geography of a period, and where each report of it belongs."""

    geography: Geography
    names: Mapping[str, tuple[str, str]]  # code → Vietnamese, English: of bodies, communes and categories
    bodies: Mapping[int, str]  # agency row → code of the district or department, or OTHER
    communes: Mapping[int, str]  # agency row → code of the commune
    areas: Mapping[str, str]  # official code of a district or commune → code of the district's body
    commune_areas: Mapping[str, str]  # official code of a commune → code of its body
    kinds: Mapping[str, Kind]

    def body(self, agency_id: int | None, area_code: str | None) -> str:
        """The code of the body that a report is counted for."""
        if agency_id is not None:
            return self.bodies.get(agency_id, OTHER)
        return self.areas.get(area_code or "", OTHER)

    def commune(self, agency_id: int | None, area_code: str | None) -> str:
        """The code of the commune's body, or OWN for the district's own offices and what names no commune."""
        if agency_id is not None:
            return self.communes.get(agency_id, OWN)
        return self.commune_areas.get(area_code or "", OWN)


def places_of(session: Session, period: Period) -> Places:
    """Everything that was valid at any time of the period."""
    first, last = period.first_day, period.last_day
    rows = session.scalars(
        select(Agency)
        .where(Agency.valid_from <= last, or_(Agency.valid_to.is_(None), Agency.valid_to >= first))
        .order_by(Agency.id)
    ).all()
    categories = session.scalars(select(Category).order_by(Category.position)).all()
    return places(rows, categories)


def places(rows: Sequence[Agency], categories: Iterable[Category]) -> Places:
    """Pure. Of two bodies with one code the later one gives the name."""
    district_of = {row.district_code: row.code for row in rows if row.kind is AgencyKind.DISTRICT and row.district_code}
    parents = {row.id: row for row in rows}
    bodies, communes, areas, commune_areas = {}, {}, dict(district_of), {}
    below: dict[str, list[str]] = {}
    for row in rows:
        district = district_of.get(row.district_code or "")
        bodies[row.id] = district if district is not None else _department(row, parents)
        commune = _nearest(row, parents, AgencyKind.COMMUNE)
        if district is not None and commune is not None:
            communes[row.id] = commune
        if district is not None and row.kind is AgencyKind.COMMUNE and row.commune_code:
            areas[row.commune_code], commune_areas[row.commune_code] = district, row.code
            below.setdefault(district, []).append(row.code)
    chosen = [row for row in categories if row.kind not in PRAISE_KINDS]
    return Places(
        geography=Geography(
            districts=tuple(dict.fromkeys(district_of.values())),
            departments=tuple(dict.fromkeys(row.code for row in rows if row.kind is AgencyKind.DEPARTMENT)),
            categories=tuple(row.code for row in chosen),
            communes={code: tuple(dict.fromkeys(codes)) for code, codes in below.items()},
        ),
        names={row.code: (row.name_vi, row.name_en) for row in rows}
        | {row.code: (row.name_vi, row.name_en) for row in chosen},
        bodies=bodies,
        communes=communes,
        areas={code: body for code, body in areas.items() if code},
        commune_areas=commune_areas,
        kinds={row.code: row.kind for row in chosen},
    )


def _department(row: Agency, parents: Mapping[int, Agency]) -> str:
    return _nearest(row, parents, AgencyKind.DEPARTMENT) or OTHER


def _nearest(row: Agency, parents: Mapping[int, Agency], kind: AgencyKind) -> str | None:
    """The code of the body of a kind at or above; the walk ends even on a tree that was tied into a ring."""
    seen: set[int] = set()
    at: Agency | None = row
    while at is not None and at.id not in seen:
        if at.kind is kind:
            return at.code
        seen.add(at.id)
        at = parents.get(at.parent_id) if at.parent_id is not None else None
    return None
