"""Published numbers without a report behind them: every table over some years, by the real release code."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import cycle

from sqlalchemy.orm import Session

from portal.foundation.time import at, now, today
from portal.statistics.laplace import Draw
from portal.statistics.measures import TABLES, Tier
from portal.statistics.periods import Grain, Period, begins
from portal.statistics.release import Due, due_releases, make_release

MONTHLY = TABLES[Tier.SMALL][0]
PROVINCE = (148, 131, 165, 152, 139, 170, 158, 144, 161, 149, 172, 155)  # reports of a month
BODIES = (22, 5, 34, 4, 2, 1, 17, 5, 28, 12, -1, 2, 19, 3, 45, 9)  # in time, late, in time …: some of them too few
OTHERS = (88, 31, 57, 140, 12, 66)


def draw_some() -> Draw:
    """Instead of counts and noise: numbers as a province of 2,000 reports a year might have."""
    months, bodies, others = cycle(PROVINCE), cycle(BODIES), cycle(OTHERS)

    def draw(counts: Sequence[int], share: int) -> list[int]:
        if len(counts) == 1:
            return [next(months)]
        return [next(bodies if share >= 300 else others) for _ in counts]

    return draw


def publish_years(session: Session, years: int = 2, draw: Draw | None = None) -> list[Due]:
    """Publishes what was due in the last years, each on its day; gives what was made."""
    last = MONTHLY.last_due(today())
    first = Period.of(date(last.year - years, last.number, 1), Grain.MONTH).plus(1)
    return list(_made(session, first, draw or draw_some()))


def _made(session: Session, first: Period, draw: Draw) -> Iterator[Due]:
    moment = now()
    while due := due_releases(session, moment.date(), first=first):
        session.rollback()
        for one in due:
            with at(min(moment, begins(one.day))):
                assert make_release(session, one, draw)
            yield one
