"""What the published numbers say: the answers that pages give, from frozen rows alone. Pure.

Everything here is a sum, a share or a comparison of published numbers, so it costs no privacy.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from portal.statistics.amounts import Amount, Share, Trend, added, apart, share_of
from portal.statistics.cells import ALL, DEPARTMENTS, Days, Late, Outcome, Score, Topic, topic_of
from portal.statistics.measures import Stratum
from portal.statistics.periods import Grain, Period
from portal.statistics.publication import Published, Releases

QUARTERS = ("area_quarter", "body_quarter")
DEPARTMENT_YEARS = ("department_year",)
CATEGORIES = ("category_half_year", "category_quarter")
DAYS = ("days_half_year", "days_quarter")
RESULTS = ("result_half_year", "result_quarter")
RATINGS = ("rating_year", "rating_half_year")
PRAISE, PRAISE_BODIES = ("praise_quarter",), ("praise_body_year",)
TOPIC_BODIES, COMMUNES = ("topic_body_year",), ("commune_year",)
YEAR = 4  # quarters
SOON = (Days.TO_5, Days.TO_10, Days.TO_15)
EXTRA = ("harassment.extra_fee", "harassment.extra_papers")  # what compliance costs more than the rules ask
_PARTS = (Late.IN_TIME, Late.LATE)


def received(releases: Releases, period: Period) -> Amount | None:
    """Complaints of a period, from its frozen months; None while one of them is missing."""
    months = {one.period: one for one in releases.months}
    parts = [months.get(month) for month in period.parts(Grain.MONTH)]
    found = [one for one in parts if one is not None]
    return added(one.amount(ALL) for one in found) if len(found) == len(parts) else None


def punctuality(tables: Sequence[Published], bodies: Sequence[str] | None = None) -> Share | None:
    """Which share was answered in time, over some periods; of all bodies, or of some."""
    keys = dict.fromkeys(body for one in tables for body in (bodies if bodies is not None else one.top_keys))
    there = [one for one in tables if any(body in one.by_key for body in keys)]
    if not there:
        return None
    blocks = [one.block(next(body for body in keys if body in one.by_key)) for one in there]
    in_time, all_of_them = ([f"{body}/{late}" for body in keys for late in lates] for lates in (_PARTS[:1], _PARTS))
    return share_of(blocks, in_time, all_of_them)


def in_a_row(tables: Sequence[Published], count: int, skip: int = 0) -> list[Published]:
    """So many periods that follow each other, newest first, leaving out the newest `skip`; none if one is missing."""
    if not tables:
        return []
    wanted = [tables[0].period.plus(-step) for step in range(skip, skip + count)]
    found = {one.period: one for one in tables}
    return [found[period] for period in wanted] if all(period in found for period in wanted) else []


def quarters(releases: Releases) -> list[Published]:
    """The tables by quarter that say late or not, newest first."""
    return releases.whole(*QUARTERS)


@dataclass(frozen=True)
class Quarter:
    """One quarter of the province or of a body. The four quarters that end with it say how much was in time."""

    period: Period
    received: Amount | None
    in_time: Share | None
    table: Published | None


def province_quarters(releases: Releases) -> list[Quarter]:
    """Newest first; the newest ones may not say yet whether answers were late."""
    tables = {one.period: one for one in quarters(releases)}
    months = {one.period.within(Grain.QUARTER) for one in releases.months}
    found = []
    for period in sorted(months | tables.keys(), reverse=True):
        amount, table = received(releases, period), tables.get(period)
        if amount is not None or table is not None:
            found.append(Quarter(period, amount, punctuality([table]) if table else None, table))
    return found


def body_quarters(releases: Releases, body: str) -> list[Quarter]:
    """A body's quarters, newest first, each with the share in time of the four quarters that end with it."""
    tables = [one for one in quarters(releases) if body in one.by_key]
    found = []
    for place, one in enumerate(tables):
        four = in_a_row(tables[place:], YEAR)
        found.append(Quarter(one.period, one.amount(body), punctuality(four, [body]), one))
    return found


def body_years(releases: Releases, body: str) -> list[Quarter]:
    """A department's years, newest first, where it is counted by the year."""
    tables = [one for one in releases.whole(*DEPARTMENT_YEARS) if body in one.by_key]
    return [Quarter(one.period, one.amount(body), punctuality([one], [body]), one) for one in tables]


@dataclass(frozen=True)
class Standing:
    """A body beside the province: over which periods, and whether it is better or worse for certain."""

    body: str
    received: Amount
    in_time: Share | None
    province: Share | None
    trend: Trend
    tables: tuple[Published, ...]


def standing(releases: Releases, body: str) -> Standing | None:
    """Where a body stands, over its last four quarters (a department of the small tier: its last year)."""
    newest = quarters(releases)[:1]
    # Of a body that has ended, or is counted by the year now, older quarters say nothing of today.
    tables = in_a_row([one for one in quarters(releases) if body in one.by_key], YEAR)
    tables = tables if tables[:1] == newest else []
    beside = tables
    if not tables:
        tables = releases.whole(*DEPARTMENT_YEARS)[:1]
        if not tables or body not in tables[0].by_key:
            return None
        beside = [one for one in quarters(releases) if one.period.within(Grain.YEAR) == tables[0].period]
    amount = added(one.amount(body) for one in tables)
    own, all_bodies = punctuality(tables, [body]), punctuality(beside)
    is_shown = own is not None and own.is_shown
    found = apart(own, all_bodies) if is_shown and own is not None and all_bodies is not None else Trend.UNSURE
    return Standing(body, amount, own if is_shown else None, all_bodies, found, tuple(tables))


def bodies(releases: Releases) -> dict[str, Stratum]:
    """Every body that has numbers of its own, as it was listed last: districts, then departments."""
    found: dict[str, Stratum] = {}
    for one in quarters(releases)[:1]:
        departments = _departments(releases, one)
        for key in one.top_keys:
            if key != DEPARTMENTS and key not in departments:
                found[key] = Stratum.DISTRICT
    for one in (*quarters(releases)[:1], *releases.whole(*DEPARTMENT_YEARS)[:1]):
        for key in _departments(releases, one):
            found.setdefault(key, Stratum.DEPARTMENT)
    return found


def _departments(releases: Releases, table: Published) -> list[str]:
    """The departments of a table: by the share of their noise, which differs from a district's."""
    if table.table in DEPARTMENT_YEARS:
        return table.top_keys
    own = table.shares.get(Stratum.DEPARTMENT)
    return [key for key in table.top_keys if key != DEPARTMENTS and own in table.by_key[key].shares]


def name_of(releases: Releases, code: str, language: str) -> str | None:
    """A body's or category's name as it was when it was last published."""
    for one in releases.tables:
        if code in one.names:
            return str(one.names[code][language == "en"])
    return None


def topics(table: Published) -> dict[Topic, Amount]:
    """The topics of a table by category."""
    keys: dict[Topic, list[str]] = {topic: [] for topic in Topic}
    for key in table.top_keys:
        keys[topic_of(key)].append(key)
    return {topic: table.amount(*found) for topic, found in keys.items()}


def categories_of(table: Published, topic: Topic) -> list[str]:
    """The categories of a topic that a table has."""
    return [key for key in table.top_keys if topic_of(key) is topic]


def answered_soon(table: Published) -> Share | None:
    """Which share was answered within 15 working days."""
    return share_of([table.block(Days.TO_5)], SOON, tuple(Days))


def satisfied(table: Published) -> Share | None:
    """Which share of those who rated gave 4 or 5 of 5."""
    return share_of([table.block(Score.HIGH)], [Score.HIGH], (Score.LOW, Score.MIDDLE, Score.HIGH))


def upheld(table: Published, kind: str) -> Amount:
    """How many reports of a kind were found to be so."""
    return table.amount(f"{kind}/{Outcome.UPHELD}")


def praise(tables: Iterable[Published], *keys: str) -> Amount:
    """Praise, proposals or both over periods; each was drawn by itself."""
    return added(one.amount(key) for one in tables for key in keys)


def before(tables: Sequence[Published]) -> Iterator[tuple[Published, Published | None]]:
    """Each table with the one of the period before it, newest first."""
    known = {one.period: one for one in tables}
    for one in tables:
        yield one, known.get(one.period.plus(-1))
