"""Stores bodies, successions and functions: the files whose rows hold from one day to another.

A code means one body a day. A body that begins under a code ends the one before it on the day before;
bodies whose code does not come back are ended by the successions, which also say who carries on.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.catalogue.models import Agency, AgencyFunction
from portal.catalogue.reading import BadRow, ImportRefused, Row
from portal.catalogue.storing import Counts, Sheet, assign
from portal.foundation.text import N_

_DAY = timedelta(days=1)


class Bodies:
    """All versions of all bodies, in memory while a file is stored."""

    def __init__(self, session: Session) -> None:
        self.all = list(session.scalars(select(Agency).order_by(Agency.valid_from)))
        self._versions: defaultdict[str, list[Agency]] = defaultdict(list)
        for agency in self.all:
            self._versions[agency.code].append(agency)

    def add(self, agency: Agency) -> None:
        """Takes in a new one."""
        self.all.append(agency)
        self._versions[agency.code].append(agency)

    def version(self, code: str, valid_from: date) -> Agency | None:
        """The body that begins under a code on a day."""
        return next((one for one in self._versions[code] if one.valid_from == valid_from), None)

    def on(self, code: str | None, day: date) -> Agency | None:
        """The body that a code means on a day."""
        return next((one for one in self._versions[code or ""] if _is_there(one, day)), None)

    def next_begin(self, code: str, after: date) -> date | None:
        """When the next body under a code begins."""
        return min((one.valid_from for one in self._versions[code] if one.valid_from > after), default=None)

    def parents_on(self, day: date) -> dict[str, str | None]:
        """Who stands under whom on a day, as codes."""
        by_id = {agency.id: agency.code for agency in self.all}
        return {one.code: by_id[one.parent_id] for one in self.all if one.parent_id and _is_there(one, day)}


def _is_there(agency: Agency, day: date) -> bool:
    return agency.valid_from <= day <= (agency.valid_to or date.max)


def store_agencies(session: Session, sheet: Sheet) -> Counts:
    """Bodies of one tree. The parent is a body of the same file, or one that is there on that day."""
    bodies = Bodies(session)
    _check_parents(sheet, bodies)
    new = {row["code"] for row in sheet.rows if bodies.version(row["code"], row["valid_from"]) is None}
    _end_former(session, sheet, bodies, new)
    written = {row["code"]: _write_body(session, row, bodies) for row in sheet.rows}
    session.flush()
    counts = Counts()
    for row in sheet.rows:
        agency, changed = written[row["code"]]
        above = row["parent_code"]
        parent = written[above][0] if above in written else bodies.on(above, row["valid_from"])
        moved = assign(agency, {"parent_id": parent.id if parent else None})
        counts.note(added=row["code"] in new, changed=moved or changed)
    _write_paths(bodies.all)
    session.flush()
    return counts


def _check_parents(sheet: Sheet, bodies: Bodies) -> None:
    named = {row["code"]: row["parent_code"] for row in sheet.rows}
    days = {row["valid_from"] for row in sheet.rows}
    parents = {day: {**bodies.parents_on(day), **named} for day in days}
    bad: list[BadRow] = []
    for row in sheet.rows:
        parent = row["parent_code"]
        if parent and parent not in named and bodies.on(parent, row["valid_from"]) is None:
            message = N_("Không có cơ quan cấp trên mang mã “%(code)s” vào ngày này.")
            bad.append(sheet.bad(row, "parent_code", message, code=parent))
        elif row["code"] in _chain(parent, parents[row["valid_from"]]):
            message = N_("Cơ quan “%(code)s” đứng trên chính mình.")
            bad.append(sheet.bad(row, "parent_code", message, code=row["code"]))
    if bad:
        raise ImportRefused(bad)


def _chain(code: str | None, parents: Mapping[str, str | None]) -> Iterator[str]:
    seen: set[str] = set()
    while code and code not in seen:
        yield code
        seen.add(code)
        code = parents.get(code)


def _end_former(session: Session, sheet: Sheet, bodies: Bodies, new: set[str]) -> None:
    for row in sheet.rows:
        former = bodies.on(row["code"], row["valid_from"] - _DAY) if row["code"] in new else None
        if former is not None:
            former.valid_to = row["valid_from"] - _DAY
    session.flush()  # before the new ones go in: only one body of a code may be without an end


def _write_body(session: Session, row: Row, bodies: Bodies) -> tuple[Agency, bool]:
    """The row's body, new or brought up to date, and whether it changed."""
    values = {name: value for name, value in row.values.items() if name != "parent_code"}
    values["area_code"] = row["commune_code"] or row["district_code"]
    agency = bodies.version(row["code"], row["valid_from"])
    if agency is not None:
        return agency, assign(agency, values)
    begins = bodies.next_begin(row["code"], row["valid_from"])
    agency = Agency(**values, path="", valid_to=begins - _DAY if begins else None)
    session.add(agency)
    bodies.add(agency)
    return agency, False


def _write_paths(agencies: Iterable[Agency]) -> None:
    by_id = {agency.id: agency for agency in agencies}
    for agency in by_id.values():
        steps = [agency.id]
        above = agency.parent_id
        while above is not None:
            steps.append(above)
            above = by_id[above].parent_id
        assign(agency, {"path": "/" + "".join(f"{step}/" for step in reversed(steps))})


def store_successions(session: Session, sheet: Sheet) -> Counts:
    """Who carries on from whom. The old body ends on the day before."""
    bodies = Bodies(session)
    bad: list[BadRow] = []
    counts = Counts()
    for row in sheet.rows:
        old = bodies.on(row["old_code"], row["valid_from"] - _DAY)
        new = bodies.on(row["new_code"], row["valid_from"])
        if old is None:
            message = N_("Không có cơ quan mang mã “%(code)s” ngay trước ngày này.")
            bad.append(sheet.bad(row, "old_code", message, code=row["old_code"]))
        elif new is None or new is old:
            message = N_("Không có cơ quan mới mang mã “%(code)s” từ ngày này.")
            bad.append(sheet.bad(row, "new_code", message, code=row["new_code"]))
        else:
            counts.note(added=old.successor_id is None, changed=_succeed(old, new, row))
    if bad:
        raise ImportRefused(bad)
    session.flush()
    return counts


def _succeed(old: Agency, new: Agency, row: Row) -> bool:
    values = {
        "valid_to": row["valid_from"] - _DAY,
        "successor_id": new.id,
        "succession_note": row["note_vi"],
        "succession_citation": row["citation"],
        "succession_sure": row["sure"],
    }
    return assign(old, values)


def store_functions(session: Session, sheet: Sheet) -> Counts:
    """Which body has a function. One that begins ends the one before it."""
    bodies = Bodies(session)
    known = {(held.function, held.valid_from): held for held in session.scalars(select(AgencyFunction))}
    bad: list[BadRow] = []
    counts = Counts()
    for row in sheet.rows:
        agency = bodies.on(row["agency_code"], row["valid_from"])
        if agency is None:
            message = N_("Không có cơ quan mang mã “%(code)s” vào ngày này.")
            bad.append(sheet.bad(row, "agency_code", message, code=row["agency_code"]))
            continue
        key = (row["function"], row["valid_from"])
        there = known.get(key)
        values = {"function": key[0], "valid_from": key[1], "agency_id": agency.id}
        held = known[key] = there or AgencyFunction(**values)
        counts.note(added=there is None, changed=assign(held, values))
        session.add(held)
    if bad:
        raise ImportRefused(bad)
    _end_each_before_the_next(known.values())
    session.flush()
    return counts


def _end_each_before_the_next(held: Iterable[AgencyFunction]) -> None:
    ordered = sorted(held, key=lambda one: (one.function, one.valid_from))
    for one, following in pairwise(ordered):
        if one.function == following.function:
            assign(one, {"valid_to": following.valid_from - _DAY})
