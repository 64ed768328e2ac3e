"""On which day a clone is filed, and which template fits its age."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import accumulate
from random import Random  # noqa: TID251 (demo data: the same seed makes the same province)

from portal.cases.models import Case
from portal.cases.words import Status
from portal.catalogue.words import Kind
from portal.demo.outcomes import ending
from portal.demo.province import ENDS, busyness
from portal.demo.templates import Template

RECENT_DAYS = 45  # older cases are over, but for a few that are late
LATE_DAYS, LATE_SHARE = 75, 0.1
NEAR_DAYS = 4
FRESH_DAYS, ANSWERED_SHARE = 12, 0.85  # most of what is older than the fresh ones waits for the reporter alone
WEEKEND_SHARE = 0.5  # half as many reports come in on a day off

Weighted = tuple[Sequence[Template], Sequence[float]]  # with their weights added up


class Days:
    """How many days ago something was filed: more often lately, and more in spring."""

    def __init__(self, count: int, present: date) -> None:
        self._days = range(count)
        days = [(present - timedelta(days=ago)).timetuple().tm_yday for ago in self._days]
        self._weights = list(accumulate(busyness(ago, day) for ago, day in enumerate(days)))

    def drawn(self, draw: Random) -> int:
        """One of them."""
        return draw.choices(self._days, cum_weights=self._weights)[0]


class Choice:
    """Which template fits an age: what is over for the past, what goes on for the present, a few late ones."""

    def __init__(self, templates: Sequence[Template], kinds: Mapping[str, Kind]) -> None:
        self._kinds = kinds
        self._all = templates
        self._over = [one for one in templates if one.situation.is_over] or templates
        self._going_on = [one for one in templates if not one.situation.is_over]
        self._at_work = [one for one in self._going_on if one.situation.steps]
        answered = [one for one in templates if one.rows[Case][0]["status"] == Status.ANSWERED]
        self._answered = self._weighted(answered)
        self._longest = max(one.days for one in self._over)
        self._over_by: dict[int, Weighted] = {}

    def of(self, days_ago: int, draw: Random) -> Template:
        """One for a case that was filed so many days ago."""
        if FRESH_DAYS < days_ago <= RECENT_DAYS and draw.random() < ANSWERED_SHARE:
            return _drawn(self._answered, draw)
        if days_ago <= RECENT_DAYS:
            going_on = [one for one in self._going_on if abs(one.days - days_ago) <= NEAR_DAYS]
            if going_on:
                return draw.choice(going_on)
        if RECENT_DAYS < days_ago < LATE_DAYS and draw.random() < LATE_SHARE:
            return draw.choice(self._at_work)
        age = min(days_ago, self._longest)
        if age not in self._over_by:
            self._over_by[age] = self._weighted([one for one in self._over if one.days <= age] or self._all)
        return _drawn(self._over_by[age], draw)

    def _weighted(self, templates: Sequence[Template]) -> Weighted:
        """Each kind as often as its situations say, and within it each ending as often as in the province."""
        weights = [one.situation.weight * (WEEKEND_SHARE if one.is_on_day_off else 1) for one in templates]
        kinds = [self._kinds[one.situation.category] for one in templates]
        endings = [(kind, ending(one)) for kind, one in zip(kinds, templates, strict=True)]
        sums: dict[tuple[Kind, str], float] = defaultdict(float)
        wanted: dict[Kind, float] = defaultdict(float)
        for one, end, weight in zip(templates, endings, weights, strict=True):
            sums[end] += weight
            wanted[end[0]] += 0 if one.is_sibling else weight
        shares = {end: ENDS[end[0]][end[1]] if end[0] in ENDS else total for end, total in sums.items()}
        whole: dict[Kind, float] = defaultdict(float)
        for (kind, _), share in shares.items():
            whole[kind] += share
        factors = {end: wanted[end[0]] * share / whole[end[0]] / sums[end] for end, share in shares.items()}
        return templates, list(accumulate(weight * factors[end] for end, weight in zip(endings, weights, strict=True)))


def _drawn(weighted: Weighted, draw: Random) -> Template:
    templates, weights = weighted
    return draw.choices(templates, cum_weights=weights)[0]
