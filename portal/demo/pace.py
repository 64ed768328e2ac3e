"""How fast a case was answered, and how a clone of it can be answered sooner or later: by whole weeks.

Everything up to the conclusion stays where it is; the conclusion and all that follows moves together. So weekdays and
office hours stay, nothing changes its order, and the clocks are met as they are in the template, in time or late.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import accumulate
from random import Random  # noqa: TID251 (demo data: the same seed makes the same province)
from typing import Any

from portal.cases.events import CASE_ANSWERED, CASE_CONCLUDED, CASE_FORWARDED, CASE_REFUSED, CASE_WITHDRAWN
from portal.cases.models import NO_DATE, Clock, Event, Referral, Report
from portal.cases.status import Starts
from portal.catalogue.words import ReferralRole
from portal.catalogue.working_days import Calendar
from portal.foundation.time import local

Rows = Mapping[Any, Sequence[Mapping[str, Any]]]
TOLD = frozenset({CASE_ANSWERED, CASE_REFUSED, CASE_FORWARDED, CASE_WITHDRAWN})
ANSWERS, SORTING = frozenset({Starts.ANSWER, Starts.REFERRAL}), frozenset({Starts.TRIAGE, Starts.FORWARD})
WINDOWS = frozenset({Starts.REOPEN_WINDOW, Starts.APPEAL_WINDOW})  # begin with the answer or the refusal
PLAIN = Calendar({}, {}, date.min.year, date.max.year)  # a clone's weeks have other holidays, mostly none
RECOUNTED = frozenset({"due_on", "next_due_on"})

# In which week after receipt (working days 1 to 5, 6 to 10, …) an answer in time comes; how many weeks late others do.
WEEKS_IN_TIME: Sequence[float] = (5, 36, 42, 0.3, 0.1)
WORKING_DAYS = 5  # of a week
WEEKS_LATE: Sequence[float] = (55, 25, 11, 6, 2, 1)


def turn_of(rows: Rows) -> datetime | None:
    """When the conclusion was written that an answer, or its refusal, followed. None: nothing was told yet."""
    events = rows[Event]
    told = next((row["at"] for row in events if row["kind"] in TOLD), None)
    written = [row["at"] for row in events if row["kind"] == CASE_CONCLUDED]
    return min([told, *written]) if told is not None else None


def comes_after(row: Mapping[str, Any], value: date, turn: datetime) -> bool:
    """Whether a date or an instant of a row moves with the conclusion."""
    if isinstance(value, datetime):
        return value >= turn
    day = local(turn).date()
    return value > day or (value == day and row.get("starts") in WINDOWS)


@dataclass(frozen=True)
class Pace:
    """By how many weeks the answer can be moved. `late`: the fewest that make it late."""

    late: int | None
    span: int  # days from filing to the last thing that happened
    weeks: tuple[Sequence[int], Sequence[int]]  # in time, late
    weights: tuple[Sequence[float], Sequence[float]] = field(repr=False)  # added up

    def drawn(self, draw: Random, *, is_late: bool, room: int) -> int:
        """Some weeks; never more than there is room for."""
        side = is_late if self.weeks[is_late] else not is_late
        return min(draw.choices(self.weeks[side], cum_weights=self.weights[side])[0], max(room, 0))

    def is_late(self, weeks: int) -> bool:
        """Whether the answer is late when it is moved by so many weeks."""
        return self.late is not None and weeks >= self.late


def pace_of(rows: Rows, calendar: Calendar) -> Pace | None:
    """Of a case that is answered, refused, forwarded or withdrawn."""
    turn = turn_of(rows)
    if turn is None:
        return None
    told = next(row["at"] for row in rows[Event] if row["kind"] in TOLD)
    report = rows[Report][0]
    own = (PLAIN.count(report["received_on"], local(told).date()) - 1) // WORKING_DAYS
    late, least = _late(rows, local(told).date(), calendar), _least(rows, turn)
    in_time = list(range(least, max(least, late) if late is not None else 1))
    over = [max(late, least) + more for more in range(len(WEEKS_LATE))] if late is not None else []
    last = max(row["at"] for row in rows[Event])
    weights = [WEEKS_IN_TIME[min(max(own + weeks, 0), len(WEEKS_IN_TIME) - 1)] for weeks in in_time]
    return Pace(
        late,
        (local(last).date() - local(report["filed_at"]).date()).days,
        (in_time, over),
        (list(accumulate(weights)), list(accumulate(WEEKS_LATE[: len(over)]))),
    )


def _late(rows: Rows, told: date, calendar: Calendar) -> int | None:
    """The fewest weeks after which the first answer misses its day; the sorting, where no answer was asked for."""
    leads = {row["id"] for row in rows[Referral] if row["role"] == ReferralRole.LEAD}
    for which in (ANSWERS, SORTING):
        clocks = [
            row
            for row in rows[Clock]
            if row["starts"] in which and row["started_on"] <= told and row["referral_id"] in (None, *leads)
        ]
        if clocks:
            return _fewest(clocks, calendar)
    return None


def _fewest(clocks: Iterable[Mapping[str, Any]], calendar: Calendar) -> int | None:
    found = []
    for row in clocks:
        if ended := row["met_at"] or row["stopped_at"]:
            allowed = calendar.count(row["started_on"], row["due_on"])
            left = allowed - PLAIN.count(row["started_on"], local(ended).date())
            found.append(left // WORKING_DAYS + 1)
    return min(found, default=None)


def _least(rows: Rows, turn: datetime) -> int:
    """How far the conclusion can come forward: to the day after all that it follows."""
    days = [
        local(value).date() if isinstance(value, datetime) else value
        for model in rows
        for row in rows[model]
        for name, value in row.items()
        if isinstance(value, date) and name not in RECOUNTED and value != NO_DATE and not comes_after(row, value, turn)
    ]
    gap = (local(turn).date() - max(days)).days
    return -(max(gap - 1, 0) // 7)
