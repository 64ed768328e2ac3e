"""The days off of years that the calendar table does not hold yet, as the `holidays` library computes them.

They are never sure: the government decrees the days of Tết and all swaps a few months ahead. Apart from
`working_days`, so that counting stays pure.
"""

from functools import lru_cache

import holidays

from portal.catalogue.working_days import YearDays


@lru_cache(maxsize=64)
def vietnamese_year(year: int) -> YearDays:
    """The computed days of one year (the same for ever, so a process keeps them)."""
    listed = holidays.country_holidays("VN", years=year, expand=False)
    return YearDays(
        days_off=frozenset(listed),
        make_up_days=frozenset(day for day in listed.weekend_workdays if day.year == year),
    )
