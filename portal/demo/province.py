"""What the invented province is like: how often it answers in time, what it finds, how people rate it.

All figures are wishes for whole years; what clones come to differs by chance, by holidays and by what is still open.
"""

from collections.abc import Mapping, Sequence
from math import cos, pi

from portal.catalogue.words import Kind
from portal.foundation.text import fold

DAYS_A_YEAR = 365
GROWTH = 1.10  # so many times as many reports as a year before
SEASON, BUSIEST_DAY = 0.12, 80  # most reports come towards the end of March, when the year's papers are due

IN_TIME, BETTER_A_YEAR = 0.803, 0.034  # of the answers of these days; so much less each year ago
BETTER_OR_WORSE: Mapping[str, float] = {
    "H-HA": 0.13,
    "H-TB": -0.165,
    "H-NT": -0.165,
    "STNMT": -0.14,
    "SXD": -0.06,
    "VP": 0.12,
    "TTHCC": 0.14,
}
WIGGLE = 0.02  # of any other body, from its own name

# Which share of what is over ends in which way.
ENDS: Mapping[Kind, Mapping[str, float]] = {
    Kind.DELAY: {"upheld": 0.69, "not_upheld": 0.25, "": 0.06},
    Kind.CONDUCT: {"upheld": 0.40, "not_upheld": 0.385, "": 0.215},
    Kind.DECISION: {"upheld": 0.32, "not_upheld": 0.38, "": 0.30},
}

RATING_SHARE = 0.66  # of those who got an answer
# How many of a hundred give each mark, 1 to 5, and how many go from the lowest two to the highest two in a year.
IN_TIME_MARKS: Sequence[float] = (4, 6, 14, 35, 41)
LATE_MARKS: Sequence[float] = (19, 21, 20, 21, 19)
KINDER_A_YEAR = 1.5


def busyness(days_ago: int, day_of_year: int) -> float:
    """How many reports come in on a day, compared with others."""
    grown = GROWTH ** (-days_ago / DAYS_A_YEAR)
    return float(grown * (1 + SEASON * cos(2 * pi * (day_of_year - BUSIEST_DAY) / DAYS_A_YEAR)))


def in_time_share(code: str, days_ago: int) -> float:
    """How often a body answers in time what was filed so many days ago. `code`: of the district or department."""
    return IN_TIME - BETTER_A_YEAR * days_ago / DAYS_A_YEAR + BETTER_OR_WORSE.get(code, _wiggle(code))


def _wiggle(code: str) -> float:
    """The same for a body in every load."""
    return WIGGLE * (sum(map(ord, fold(code))) * 7 % 11 - 5) / 5


def marks(*, is_late: bool, days_ago: int) -> list[float]:
    """Weights of the marks 1 to 5."""
    one, two, three, four, five = LATE_MARKS if is_late else IN_TIME_MARKS
    harsher = KINDER_A_YEAR * days_ago / DAYS_A_YEAR
    return [one + harsher, two + harsher, three, four - harsher, five - harsher]
