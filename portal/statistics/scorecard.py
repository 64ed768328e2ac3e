"""The directive's eight promises, "4 tăng, 2 giảm, 2 không": what was published of each, and whether it is kept. Pure.

Each names the indicator that the published tables hold (domain.md §1); where they hold none, it says so. Better or
worse is said only beyond the margins of both numbers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from portal.statistics import readings
from portal.statistics.amounts import Amount, Share, Trend, apart, trend
from portal.statistics.measures import TABLES, Tier
from portal.statistics.periods import Period
from portal.statistics.publication import Published, Releases

YEAR = timedelta(days=365)


class Verdict(StrEnum):
    """Whether a promise goes the right way."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"  # exactly known, and equal
    UNSURE = "unsure"
    FIRST = "first"  # nothing to compare with yet
    SILENT = "silent"  # nothing published says anything


@dataclass(frozen=True)
class Count:
    """An exact number that is about nobody: so many of so many."""

    value: int
    of: int


@dataclass(frozen=True)
class Delay:
    """A release, the day it was due, and how many days later it came out: 0 for on time."""

    release: Published
    due_on: date
    days_late: int


Number = Amount | Share | Count


@dataclass(frozen=True)
class Promise:
    """One promise: its row of the principles, its indicator, now and before, and earlier values, oldest first."""

    principle: str
    indicator: str
    now: Number | None
    before: Number | None
    period: Period | None
    verdict: Verdict
    series: tuple[float, ...] = ()


def scorecard(releases: Releases, on: date) -> tuple[Promise, ...]:
    """The eight promises in the directive's order, as they stand on a day."""
    return (
        _on_time(releases, on),
        _in_time(releases),
        Promise("4t-3", "online", None, None, None, Verdict.SILENT),
        _shares("4t-4", "satisfied", releases.whole(*readings.RATINGS), readings.satisfied),
        _shares("2g-1", "soon", releases.whole(*readings.DAYS), readings.answered_soon),
        _amounts("2g-2", "extra", releases.whole(*readings.CATEGORIES), lambda one: one.amount(*readings.EXTRA)),
        _amounts("2k-1", "conduct", releases.whole(*readings.RESULTS), lambda one: readings.upheld(one, "conduct")),
        _amounts("2k-2", "delay", releases.whole(*readings.RESULTS), lambda one: readings.upheld(one, "delay")),
    )


def released_on_time(releases: Releases, since: date, until: date) -> Count:
    """How many of the releases that were due after one day, up to another, came out on their day.

    One that is still missing on the later day, and was due before it, is none of them.
    """
    within = [one for one in delays(releases) if since < one.due_on <= until]
    missing = [day for day in overdue(releases, until) if since < day]
    return Count(sum(one.days_late == 0 for one in within), len(within) + len(missing))


def overdue(releases: Releases, on: date) -> list[date]:
    """The days on which something was due that is not there, before a day: of each table the periods after its last."""
    if not releases.tables:
        return []
    found = []
    for table in TABLES[Tier(releases.tables[0].parameters.get("tier", Tier.SMALL))]:
        made = releases.of(table.name)
        following = made[0].period.plus(1) if made else None
        while following is not None and table.due_on(following) < on:
            found.append(table.due_on(following))
            following = following.plus(1)
    return found


def delays(releases: Releases) -> list[Delay]:
    """Every release with the day it was due, newest period first."""
    known = {table.name: table for tier in Tier for table in TABLES[tier]}
    due = [(one, known[one.table].due_on(one.period)) for one in releases.tables if one.table in known]
    return [Delay(one, day, max(0, (one.published_on - day).days)) for one, day in due]


def _on_time(releases: Releases, on: date) -> Promise:
    if not releases.tables:
        return Promise("4t-1", "on_time", None, None, None, Verdict.SILENT)
    now = released_on_time(releases, on - YEAR, on)
    before = released_on_time(releases, on - 2 * YEAR, on - YEAR)
    verdict = Verdict.FIRST
    if before.of and now.of:
        shares = now.value / now.of, before.value / before.of
        verdict = Verdict.SAME if shares[0] == shares[1] else Verdict.BETTER if shares[0] > shares[1] else Verdict.WORSE
    return Promise("4t-1", "on_time", now, before if before.of else None, None, verdict)


def _in_time(releases: Releases) -> Promise:
    tables = readings.quarters(releases)
    four, earlier = (readings.in_a_row(tables, readings.YEAR, skip) for skip in (0, readings.YEAR))
    now, before = readings.punctuality(four), readings.punctuality(earlier)
    rolling = [readings.punctuality(readings.in_a_row(tables, readings.YEAR, skip)) for skip in range(len(tables))]
    series = tuple(share.value for share in reversed(rolling[: 2 * readings.YEAR]) if share is not None)
    period = four[0].period if four else None
    return Promise("4t-2", "in_time", now, before, period, _verdict(now, before, good=Trend.MORE), series)


def _shares(
    principle: str, indicator: str, tables: Sequence[Published], read: Callable[[Published], Share | None]
) -> Promise:
    shares = [(one, read(one)) for one in tables]
    shown = [(one, share) for one, share in shares if share is not None and share.is_shown]
    if not shown or shown[0][0] is not tables[0]:
        return Promise(principle, indicator, None, None, tables[0].period if tables else None, Verdict.SILENT)
    newest, now = shown[0]
    before = next((share for one, share in shown if one.period == newest.period.plus(-1)), None)
    series = tuple(share.value for _, share in reversed(shown))
    return Promise(principle, indicator, now, before, newest.period, _verdict(now, before, good=Trend.MORE), series)


def _amounts(
    principle: str, indicator: str, tables: Sequence[Published], read: Callable[[Published], Amount]
) -> Promise:
    if not tables:
        return Promise(principle, indicator, None, None, None, Verdict.SILENT)
    newest, earlier = next(readings.before(tables))
    now, before = read(newest), read(earlier) if earlier is not None else None
    of_grain = [one for one in tables if one.period.grain is newest.period.grain]
    series = tuple(float(read(one).value) for one in reversed(of_grain))
    return Promise(principle, indicator, now, before, newest.period, _verdict(now, before, good=Trend.FEWER), series)


def _verdict(now: Number | None, before: Number | None, good: Trend) -> Verdict:
    if now is None:
        return Verdict.SILENT
    if before is None:
        return Verdict.FIRST
    if isinstance(now, Share) and isinstance(before, Share):
        found = apart(now, before)
    elif isinstance(now, Amount) and isinstance(before, Amount):
        found = trend(now, before)
    else:
        return Verdict.UNSURE
    if found is Trend.UNSURE:
        return Verdict.UNSURE
    return Verdict.BETTER if found is good else Verdict.WORSE
