"""At which instants a situation is filed and its steps are made: people write at all hours, offices work in theirs.

Each instant stands at half past, so that a clone may be moved by less than half an hour without passing an hour:
neither a day nor the closing hour of the offices changes by it.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random  # noqa: TID251 (demo data: the same seed makes the same province)

from portal.catalogue.working_days import OFFICE_CLOSES, Calendar
from portal.demo.script import Situation
from portal.foundation.time import ZONE, local

# How many of a hundred reports come in at each hour: at work, after supper, hardly at night.
HOURS: dict[int, int] = {
    6: 2, 7: 4, 8: 8, 9: 11, 10: 11, 11: 6, 12: 5, 13: 4, 14: 8, 15: 8, 16: 6, 17: 3, 18: 3, 19: 6, 20: 7, 21: 5, 22: 3,
}  # fmt: skip
OFFICE_HOURS = (8, 9, 10, 13, 14, 15, 16)
OUTSIDE = frozenset({"reporter", "portal"})
_APART = timedelta(seconds=20)


def filing_time(situation: Situation, present: datetime, draw: Random) -> datetime:
    """When it is filed: so many days ago, at an hour that people write."""
    day = local(present).date() - timedelta(days=int(situation.age))
    hour = draw.choices(list(HOURS), list(HOURS.values()))[0]
    filed_at = _half_past(day, hour)
    return filed_at if filed_at < present - timedelta(hours=1) else present - timedelta(hours=1)


def step_times(
    situation: Situation, filed_at: datetime, present: datetime, calendar: Calendar, draw: Random
) -> Iterator[datetime]:
    """When each step is made: after the one before, by staff in office hours as far as the present allows."""
    last, day = filed_at, local(filed_at).date()
    for step in situation.steps:
        outside = step.who in OUTSIDE
        hour = draw.choice(list(HOURS)) if outside else draw.choice(OFFICE_HOURS)
        wanted = max(_half_past(day + timedelta(days=int(step.days)), hour), last + _APART)
        if not outside:
            wanted = _in_office(wanted, calendar)
        last = wanted if wanted < present else max(last, present - timedelta(minutes=30)) + _APART
        yield last


def _in_office(instant: datetime, calendar: Calendar) -> datetime:
    day = local(instant).date()
    if local(instant).time() > OFFICE_CLOSES:
        return _half_past(calendar.next_working(day + timedelta(days=1)), OFFICE_HOURS[0])
    return instant if calendar.is_working(day) else _half_past(calendar.next_working(day), OFFICE_HOURS[0])


def _half_past(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour, 30), ZONE)
