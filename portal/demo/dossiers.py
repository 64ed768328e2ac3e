"""Invented figures of dossiers handled, for the last three years' whole months, marked as invented.

A district's dossiers stand with its people's committee, not with the one-stop office that takes them in for it: each
dossier is counted where it is handled, once.
"""

from random import Random  # noqa: TID251 (demo data: the same seed makes the same province)
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.catalogue.models import Agency, DossierCount
from portal.catalogue.words import AgencyKind
from portal.demo.bulk import insert_values, stored_values
from portal.demo.population import AVERAGE, DISTRICTS
from portal.demo.templates import Row
from portal.foundation.time import today
from portal.statistics.periods import Period, periods_between

MONTHS = 36
SOURCE = "Số liệu giả định để chạy thử"
PER_THOUSAND_PEOPLE = 26  # dossiers a month of a district's own
SEASON = (0.97, 0.85, 1.06, 1.03, 1.02, 1.04, 1.06, 1.03, 0.98, 1.0, 0.99, 0.97)  # January first; Tết is quiet
LEAST_LATE, MOST_LATE = 0.005, 0.06
UNEVEN = 0.06  # standard deviation of a month, of the body's usual number


def make_dossiers(session: Session, seed: int) -> None:
    """The figures of all bodies that handle dossiers; nothing where there are figures already. One bulk insert."""
    if session.scalar(select(DossierCount.month).limit(1)) is not None:
        return
    draw = Random(f"dossiers {seed}")  # noqa: S311 (demo data: the same seed makes the same province)
    present = Period.of(today())
    span = periods_between(present.plus(-MONTHS), present.plus(-1))
    rows: dict[tuple[str, str], Row] = {}
    for body in session.scalars(select(Agency).order_by(Agency.valid_from, Agency.id)):
        usual = _usual(body, draw)
        if usual:
            there = [month for month in span if body.valid_from <= month.last_day and _is_there(body, month)]
            rows |= {(row["agency_code"], row["month"]): row for row in _rows(body.code, usual, there, draw)}
    connection = session.connection()
    table: Any = DossierCount.__table__
    insert_values(connection, table, stored_values(connection.dialect.name, table, rows.values()))


def _is_there(body: Agency, month: Period) -> bool:
    return body.valid_to is None or body.valid_to >= month.first_day


def _usual(body: Agency, draw: Random) -> float:
    """How many dossiers a body handles in a usual month; 0 where it handles none."""
    if body.kind is AgencyKind.DISTRICT:
        return DISTRICTS.get(body.code, AVERAGE) * PER_THOUSAND_PEOPLE
    if body.kind is AgencyKind.COMMUNE:
        return draw.uniform(130, 500)
    if body.kind is AgencyKind.DEPARTMENT:
        return float(130 * 15 ** draw.random())  # few are large
    return 0


def _rows(code: str, usual: float, months: list[Period], draw: Random) -> list[Row]:
    usually_late = LEAST_LATE + (MOST_LATE - LEAST_LATE) * draw.random() ** 2  # most are punctual
    rows = []
    for month in months:
        handled = round(usual * SEASON[month.number - 1] * draw.gauss(1, UNEVEN))
        share = min(max(usually_late * draw.gauss(1, 0.25), LEAST_LATE), MOST_LATE)
        values = {"handled": handled, "late": round(handled * share), "source": SOURCE, "is_invented": True}
        rows.append({"agency_code": code, "month": str(month), **values})
    return rows
