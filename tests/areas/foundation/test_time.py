"""What time it is, and on which day here."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.foundation.database import UTCDateTime
from portal.foundation.time import ZONE, at, local, now, set_clock, today


def test_the_local_day_begins_seven_hours_earlier() -> None:
    with at(datetime(2026, 3, 8, 16, 59, tzinfo=UTC)):
        assert today() == date(2026, 3, 8)
    with at(datetime(2026, 3, 8, 17, 0, tzinfo=UTC)):
        assert today() == date(2026, 3, 9)
        assert local(now()).hour == 0


def test_held_clocks_nest() -> None:
    first, second = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=ZONE)
    with at(first):
        with at(second):
            assert now() == second
            assert now().tzinfo is UTC
        assert now() == first


def test_a_moved_clock_runs_on() -> None:
    try:
        set_clock(datetime(2030, 1, 1, tzinfo=UTC))
        first = now()
        assert timedelta(0) <= first - datetime(2030, 1, 1, tzinfo=UTC) < timedelta(hours=1)
        assert now() >= first
    finally:
        set_clock(None)
    assert now() - first < timedelta(0)


@pytest.mark.both
def test_instants_come_back_as_they_went_in(session: Session) -> None:
    kept, noon = UTCDateTime(), datetime(2026, 3, 9, 12, 0, 0, 123_456, tzinfo=timezone(timedelta(hours=7)))
    dialect = session.get_bind().dialect
    stored = kept.process_bind_param(noon, dialect)
    assert kept.process_result_value(stored, dialect) == noon
    assert kept.process_bind_param(None, dialect) is None
    with pytest.raises(ValueError, match="time zone"):
        kept.process_bind_param(noon.replace(tzinfo=None), dialect)
    assert session.execute(text("SELECT 1")).scalar() == 1
