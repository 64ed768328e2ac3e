"""What the tables are compared with: two other ways to spend ε = 1 on the same reports.

(a) Ten equal tables by month, ε = .1 each: the sums of independent numbers, as they were drawn.
(b) Method C: nearly everything (.78) on the finest table, body × topic × {late, not} by month, and .08 on the
    province's months, fitted top-down; all else is a sum of those cells.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import product

from benchmarks.measuring.invented import World, months
from benchmarks.measuring.levels import DISTRICT_QUARTER, Tally, periods
from portal.statistics.cells import Late, Topic
from portal.statistics.fitting import adding_up
from portal.statistics.laplace import Draw
from portal.statistics.periods import Grain, Period

NAIVE = 100  # thousandths of ε
PROVINCE_C, BODIES_C = 80, 780
Numbers = dict[tuple[Period, str], int]


class Others:
    """What a world's reports would look like, published in the other two ways."""

    def __init__(self, world: World) -> None:
        self._places = world.places
        self._months = Counter(one.month for one in world.complaints)
        self._bodies = Counter((one.month, one.body) for one in world.complaints)
        self._topics = Counter((one.month, one.body, one.topic, one.late) for one in world.complaints)

    def naive(self, draw: Draw) -> Numbers:
        """Districts and the province by month."""
        keys = [(month, body) for month in months() for body in self._places.bodies]
        bodies = dict(zip(keys, draw([self._bodies[key] for key in keys], NAIVE), strict=True))
        every = draw([self._months[month] for month in months()], NAIVE)
        return bodies | {(month, ""): value for month, value in zip(months(), every, strict=True)}

    def method_c(self, draw: Draw) -> Numbers:
        """The same numbers from the finest cells, fitted to each month."""
        found: Numbers = {}
        cells = list(product(self._places.bodies, Topic, Late))
        for month in months():
            (drawn,) = draw([self._months[month]], PROVINCE_C)
            found[month, ""] = max(0, drawn)
            noisy = draw([self._topics[month, *cell] for cell in cells], BODIES_C)
            fitted = adding_up(noisy, [1.0] * len(cells), found[month, ""])
            for (body, *_), value in zip(cells, fitted, strict=True):
                found[month, body] = found.get((month, body), 0) + value
        return found

    def compare(self, numbers: Numbers, tallies: dict[str, Tally]) -> None:
        """Their errors at the levels that all ways have. They have no margins here."""
        for name, grain, keys in _SUMS:
            tally = tallies.setdefault(name, Tally())
            for period in periods(grain):
                parts = period.parts(Grain.MONTH)
                for key in keys(self._places):
                    truth = sum(self._bodies[part, key] if key else self._months[part] for part in parts)
                    tally.add(sum(numbers[part, key] for part in parts), 0, truth)


def _province(places: object) -> Sequence[str]:
    return ("",)


_SUMS = (
    ("province-month", Grain.MONTH, _province),
    ("province-quarter", Grain.QUARTER, _province),
    ("province-year", Grain.YEAR, _province),
    (DISTRICT_QUARTER, Grain.QUARTER, lambda places: places.districts),
    ("district-year", Grain.YEAR, lambda places: places.districts),
    ("department-quarter", Grain.QUARTER, lambda places: places.departments),
    ("department-year", Grain.YEAR, lambda places: places.departments),
)
