"""A played case as a template: every row that it left, and which columns of each a clone has to move.

Rows hold what the tables store (words, JSON as text), so that a clone of them goes to the driver as it is.
"""

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from random import Random  # noqa: TID251 (demo data: the same seed makes the same province)
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from portal.cases.clearing import clearing_masks
from portal.cases.masking import apply_masks
from portal.cases.models import (
    NO_DATE,
    Case,
    CaseReport,
    ClearedText,
    Clock,
    Conclusion,
    Event,
    FollowUp,
    Message,
    Rating,
    Receipt,
    Referral,
    Report,
    Wall,
)
from portal.catalogue.models import Agency
from portal.catalogue.working_days import Calendar
from portal.demo.pace import Pace, comes_after, pace_of, turn_of
from portal.demo.script import Situation
from portal.demo.wording import spelled_out
from portal.identity.models import Identity
from portal.search.models import SearchDocument

Row = dict[str, Any]
Line = tuple[str, str]  # what of the clone stands there (empty: the text itself), and the template's text
VARIANTS = 16  # wordings kept of each situation; one in FRESH clones gets a new one
FRESH = 0.25

# In the order in which foreign keys want them.
TABLES: tuple[Any, ...] = (
    Report,
    Receipt,
    Identity,
    Case,
    CaseReport,
    ClearedText,
    Referral,
    Clock,
    Wall,
    Event,
    Message,
    Rating,
    FollowUp,
    Conclusion,
    SearchDocument,
)
NUMBERED = tuple(model for model in TABLES if "id" in model.__table__.c)
JSON_COLUMNS = frozenset({"mask_spans", "points", "more_remedies"})
BODY_COLUMNS = frozenset({"agency_id", "lead_id", "suggested_id"})
STAFF_COLUMNS = frozenset({"actor_id", "staff_id", "written_by_id", "cleared_by_id"})
POINTERS: dict[str, Any] = {
    "report_id": Report,
    "case_id": Case,
    "referral_id": Referral,
    "cleared_text_id": ClearedText,
}


@dataclass(frozen=True)
class Variant:
    """One wording of a situation's narrative, with what is computed from it once."""

    narrative: str
    spans: str
    cleared: str


@dataclass(frozen=True)
class Moves:
    """Which columns of one row change from clone to clone."""

    dates: tuple[str, ...]
    later: tuple[str, ...]  # dates that come with the conclusion or after it
    bodies: tuple[str, ...]
    pointers: tuple[tuple[str, Any], ...]
    staff: tuple[str, ...]


@dataclass
class Template:
    """A played case, row by row."""

    situation: Situation
    filed_at: datetime
    rows: dict[Any, list[Row]]
    moves: dict[Any, list[Moves]]
    documents: list[list[Line]]
    is_on_day_off: bool
    pace: Pace | None = None
    variants: list[Variant] = field(default_factory=list)
    is_sibling: bool = False  # of another finding than what was played
    marked: dict[int, "Template"] = field(default_factory=dict)  # the same with another mark; see outcomes.py

    @property
    def days(self) -> int:
        """How long the case has been going on."""
        return int(self.situation.age)

    def wording(self, draw: Random) -> Variant:
        """A wording out of those kept, which are made anew now and then."""
        if len(self.variants) < VARIANTS:
            self.variants.append(new_variant(self.situation, draw))
            return self.variants[-1]
        place = draw.randrange(VARIANTS)
        if draw.random() < FRESH:
            self.variants[place] = new_variant(self.situation, draw)
        return self.variants[place]


def new_variant(situation: Situation, draw: Random) -> Variant:
    """The narrative with its choices made, masked as filing proposes it."""
    narrative = spelled_out(situation.narrative, draw)
    spans = clearing_masks(narrative)
    cleared = apply_masks(narrative, spans)
    listed = json.dumps([[span.start, span.end, span.sort] for span in spans], ensure_ascii=False)
    return Variant(narrative, listed, cleared)


def read_template(session: Session, situation: Situation, case_id: int, calendar: Calendar) -> Template:
    """Reads what a played case left."""
    report_id = session.scalars(select(CaseReport.report_id).where(CaseReport.case_id == case_id)).one()
    rows = {model: _rows(session, model, case_id, report_id) for model in TABLES}
    turn = turn_of(rows)
    moves = {model: [_moves(row, turn) for row in rows[model]] for model in TABLES}
    report = rows[Report][0]
    agency = session.get(Agency, report["agency_id"]) if report["agency_id"] else None
    cleared = next((row["text"] for row in rows[ClearedText] if row["cleared_by_id"] is None), None)
    changing = {
        rows[Case][0]["reference"]: "reference",
        report["narrative"]: "narrative",
        report["dossier_code"]: "dossier",
        agency.name_vi if agency else None: "agency",
    }
    documents = [_lines(row, changing, cleared) for row in rows[SearchDocument]]
    is_on_day_off, pace = report["filed_at"].weekday() > FRIDAY, pace_of(rows, calendar)
    return Template(situation, report["filed_at"], rows, moves, documents, is_on_day_off, pace)


FRIDAY = 4


def _rows(session: Session, model: Any, case_id: int, report_id: int) -> list[Row]:
    table: Table = model.__table__
    by_case = model is Case or "case_id" in table.c
    column = "id" if model in (Case, Report) else "case_id" if by_case else "report_id"
    wanted = case_id if by_case else report_id
    found = session.execute(select(table).where(table.c[column] == wanted).order_by(*table.primary_key))
    return [{name: _stored(name, value) for name, value in row._mapping.items()} for row in found]


def _stored(name: str, value: Any) -> Any:
    if name in JSON_COLUMNS:
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return value.value if isinstance(value, StrEnum) else value


def _moves(row: Row, turn: datetime | None) -> Moves:
    given = {name: value for name, value in row.items() if value is not None}
    dates = {name: value for name, value in given.items() if isinstance(value, date) and value != NO_DATE}
    later = {name for name, value in dates.items() if turn is not None and comes_after(row, value, turn)}
    return Moves(
        dates=tuple(name for name in dates if name not in later),
        later=tuple(name for name in dates if name in later),
        bodies=tuple(name for name in given if name in BODY_COLUMNS),
        pointers=tuple((name, POINTERS[name]) for name in given if name in POINTERS),
        staff=tuple(name for name in given if name in STAFF_COLUMNS),
    )


def _lines(document: Row, changing: dict[str | None, str], cleared: str | None) -> list[Line]:
    """The document line by line: what the indexing wrote of this case's own words is said anew for each clone."""
    is_agencys = document["audience"] == "agency"
    words = {**changing, cleared: "cleared"} if is_agencys and cleared else changing
    return [(words.get(line, ""), line) for line in document["exact"].split("\n")]
