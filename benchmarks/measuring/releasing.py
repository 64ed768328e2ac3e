"""How long the tables of one quarter take over many cases, and how much memory: in a process of its own."""

import resource
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context

from sqlalchemy.orm import Session

from benchmarks.measuring.many_cases import double, forget_releases
from benchmarks.measuring.results import CouldNotMeasure
from portal.foundation.database import make_engine
from portal.foundation.time import today
from portal.statistics.laplace import opendp_draw
from portal.statistics.periods import Grain, Period
from portal.statistics.release import Due, due_releases, make_release


@dataclass(frozen=True)
class Took:
    """Of one quarter: seconds by table, on the clock and of the processor; and how much the process grew (MB)."""

    reports: int
    quarter: str
    seconds: dict[str, tuple[float, float]]
    megabytes: float


def release_quarter(url: str, most: int) -> Took:
    """Makes `most` cases, then all tables that are due of their newest whole quarter."""
    engine = make_engine(url)
    with engine.begin() as connection:
        forget_releases(connection)
        reports = double(connection, most)
    engine.dispose()
    with get_context("spawn").Pool(1) as pool:
        quarter, seconds, megabytes = pool.apply(_release, (url, today()))
    return Took(reports, quarter, seconds, megabytes)


def _release(url: str, on: date) -> tuple[str, dict[str, tuple[float, float]], float]:
    draw = opendp_draw()
    draw([0], 100)
    engine = make_engine(url)
    seconds: dict[str, tuple[float, float]] = {}
    with Session(engine) as session:
        quarter = _newest(session, on)
        session.rollback()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for one in _of_quarter(session, on, quarter):
            session.rollback()
            start, worked = time.perf_counter(), time.process_time()
            if not make_release(session, one, draw):
                raise CouldNotMeasure(f"{one.table.name} of {one.period} was there already")
            took = time.perf_counter() - start, time.process_time() - worked
            seconds[f"{one.table.name} {one.period}"] = took
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return str(quarter), seconds, (after - before) / 1024


def _newest(session: Session, on: date) -> Period:
    """The newest quarter whose tables are all due: the result tables wait for 90 days."""
    quarter = Period.of(on, Grain.QUARTER).plus(-2)
    return quarter if quarter.number % 2 == 0 else quarter.plus(-1)


def _of_quarter(session: Session, on: date, quarter: Period) -> Sequence[Due]:
    """Its months, its quarter tables, and what else ends with it."""
    due = due_releases(session, on, first=quarter.parts(Grain.MONTH)[0])
    return [one for one in due if one.period.last_day <= quarter.last_day]
