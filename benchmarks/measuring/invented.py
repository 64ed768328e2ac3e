"""Three years of invented reports: which body, when, how it went. Counts in the cells of every table.

Of all reports 12 % are praise; of the rest 75 % are about districts, by population, the others about departments as
1/rank. How often a body is late is drawn for each world, 5 to 39 %, and so is what people write about.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

from portal.statistics.cells import DEPARTMENTS, KINDS, OTHER, OWN, Days, Geography, Late, Outcome, Score, Topic
from portal.statistics.measures import COMPLAINTS, Partition, Stratum, Table
from portal.statistics.periods import Grain, Period

FIRST_YEAR, YEARS = 2023, 3
PRAISE, ABOUT_DISTRICTS = 0.12, 0.75
POPULATION = (226, 181, 180, 150, 148, 147, 126, 84, 78, 65, 41, 40, 31, 29, 26, 26, 25, 20)  # thousands, by district
DEPARTMENTS_COUNT, CATEGORIES_COUNT, COMMUNES_COUNT = 18, 22, 241
NAMES_NO_COMMUNE = 0.45  # of the reports about a district
LATE = (0.05, 0.39)


Value = TypeVar("Value")


@dataclass(frozen=True)
class Report:
    """What a table may say of one report."""

    month: Period
    stratum: Stratum
    body: str
    late: Late
    category: str
    kind: str
    days: Days
    outcome: Outcome
    score: Score
    topic: Topic
    commune: str

    @property
    def area(self) -> str:
        """The district, or all departments together."""
        return self.body if self.stratum is Stratum.DISTRICT else DEPARTMENTS


Counts = Mapping[Period, Mapping[str, int]]
KEYS: Mapping[Partition, Callable[[Report], str]] = {
    Partition.PROVINCE: lambda one: "province",
    Partition.AREA: lambda one: f"{one.area}/{one.late}",
    Partition.DEPARTMENT: lambda one: f"{one.body}/{one.late}",
    Partition.BODY: lambda one: f"{one.body}/{one.late}",
    Partition.CATEGORY: lambda one: one.category,
    Partition.DAYS: lambda one: one.days,
    Partition.RESULT: lambda one: f"{one.kind}/{one.outcome}",
    Partition.RATING: lambda one: one.score,
    Partition.PRAISE: lambda one: one.stratum,
    Partition.PRAISE_BODY: lambda one: f"{one.stratum}/{one.body}",
    Partition.TOPIC_BODY: lambda one: f"{one.body}/{one.topic}",
    Partition.COMMUNE: lambda one: f"{one.body}/{one.commune}",
}


def geography() -> Geography:
    """18 districts with 241 communes, 18 departments (the rest of the bodies is the nineteenth), 22 categories."""
    districts = tuple(f"H-{rank:02}" for rank in range(1, len(POPULATION) + 1))
    ends = [round(COMMUNES_COUNT * part / sum(POPULATION)) for part in accumulate(POPULATION)]
    communes = {
        district: tuple(f"X-{number:03}" for number in range(begin, end))
        for district, begin, end in zip(districts, [0, *ends], ends, strict=False)
    }
    departments = tuple(f"S-{rank:02}" for rank in range(1, DEPARTMENTS_COUNT + 1))
    return Geography(districts, departments, tuple(f"C-{number:02}" for number in range(CATEGORIES_COUNT)), communes)


def months() -> list[Period]:
    """The months of the three years."""
    first = Period(FIRST_YEAR, 1, Grain.MONTH)
    return [first.plus(step) for step in range(12 * YEARS)]


class Mix(Generic[Value]):
    """How common each of some values is, in one world."""

    def __init__(self, random: Random, values: Sequence[Value]) -> None:
        self._random, self._values = random, values
        self._weights = [random.uniform(0.3, 1.7) for _ in values]

    def one(self) -> Value:
        """One of them."""
        return self._random.choices(self._values, self._weights)[0]


class World:
    """One province as it might be."""

    def __init__(self, random: Random, a_year: int) -> None:
        self.places = geography()
        self._random = random
        departments = (*self.places.departments, OTHER)
        self._bodies = {
            Stratum.DISTRICT: (self.places.districts, POPULATION),
            Stratum.DEPARTMENT: (departments, [1 / rank for rank in range(1, len(departments) + 1)]),
        }
        bodies = (*self.places.districts, *departments)
        self._late = {body: random.uniform(*LATE) for body in bodies}
        self._categories = Mix(random, self.places.categories)
        self._days, self._outcomes = Mix(random, tuple(Days)), Mix(random, tuple(Outcome))
        self._scores, self._topics = Mix(random, tuple(Score)), Mix(random, tuple(Topic))
        self._kinds = {code: KINDS[place % len(KINDS)] for place, code in enumerate(self.places.categories)}
        every = months()
        self.reports = [self._report(random.choice(every)) for _ in range(a_year * YEARS)]

    def counts(self, table: Table) -> dict[Period, Counter[str]]:
        """How many reports are in each cell of a table, by period."""
        key = KEYS[table.partition]
        is_of_it = table.shares.keys()
        found: dict[Period, Counter[str]] = {}
        for report in self.reports:
            if report.stratum in is_of_it:
                found.setdefault(report.month.within(table.grain), Counter())[key(report)] += 1
        return found

    @property
    def complaints(self) -> list[Report]:
        """All but praise."""
        return [report for report in self.reports if report.stratum in COMPLAINTS]

    def _report(self, month: Period) -> Report:
        random = self._random
        about = Stratum.DISTRICT if random.random() < ABOUT_DISTRICTS else Stratum.DEPARTMENT
        bodies, weights = self._bodies[about]
        (body,) = random.choices(bodies, weights)
        category = self._categories.one()
        communes = self.places.communes.get(body, ())
        own = not communes or random.random() < NAMES_NO_COMMUNE
        return Report(
            month=month,
            stratum=Stratum.PRAISE if random.random() < PRAISE else about,
            body=body,
            late=Late.LATE if random.random() < self._late[body] else Late.IN_TIME,
            category=category,
            kind=self._kinds[category],
            days=self._days.one(),
            outcome=self._outcomes.one(),
            score=self._scores.one(),
            topic=self._topics.one(),
            commune=OWN if own else random.choice(communes),
        )
