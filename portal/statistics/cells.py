"""The cells of each table, from the catalogue and never from the reports, so that an empty one is there too. Pure.

Cells stand in groups. A group's numbers add up to a number that was frozen before (`Total`), or to nothing known.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from portal.statistics.measures import Partition, Stratum

ALL, DEPARTMENTS, OTHER, OWN = "province", "departments", "other", "own"


class Late(StrEnum):
    """Whether the answer was late on the day of the look."""

    IN_TIME = "in_time"
    LATE = "late"


class Days(StrEnum):
    """Working days from receipt to the first answer; `more` also holds those that have none yet."""

    TO_5 = "to_5"
    TO_10 = "to_10"
    TO_15 = "to_15"
    TO_30 = "to_30"
    MORE = "more"


LONGEST = {Days.TO_5: 5, Days.TO_10: 10, Days.TO_15: 15, Days.TO_30: 30}


class Outcome(StrEnum):
    """What was found."""

    UPHELD = "upheld"
    NOT_UPHELD = "not_upheld"
    NONE_YET = "none_yet"


class Score(StrEnum):
    """How the reporter rated the answer."""

    NONE = "none"
    LOW = "1_2"
    MIDDLE = "3"
    HIGH = "4_5"


class Topic(StrEnum):
    """The groups of the filing page's first question, less praise and proposals."""

    DELAY = "delay"
    MONEY = "money"
    TROUBLE = "trouble"
    ATTITUDE = "attitude"
    DECISION = "decision"
    ONLINE = "online"
    OTHER = "other"


# By how a category's code begins, the first that fits; as the filing page groups them (a test compares).
TOPICS: tuple[tuple[Topic, tuple[str, ...]], ...] = (
    (Topic.DELAY, ("delay.",)),
    (Topic.MONEY, ("harassment.bribe", "harassment.extra_", "harassment.broker")),
    (Topic.TROUBLE, ("harassment.", "retaliation")),
    (Topic.ATTITUDE, ("attitude.", "discipline.")),
    (Topic.DECISION, ("decision.",)),
    (Topic.ONLINE, ("online.", "openness.")),
    (Topic.OTHER, ("",)),
)


def topic_of(category: str) -> Topic:
    """The topic of a category that is no praise and no proposal."""
    return next(topic for topic, beginnings in TOPICS if category.startswith(beginnings))


KINDS = ("delay", "conduct", "decision")


@dataclass(frozen=True)
class Geography:
    """The bodies and categories of a period: codes, in their order."""

    districts: tuple[str, ...]
    departments: tuple[str, ...]
    categories: tuple[str, ...]
    communes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by district

    @property
    def bodies(self) -> dict[str, Stratum]:
        """Every body that is counted by itself, and whose reports it counts."""
        others = dict.fromkeys((*self.departments, OTHER), Stratum.DEPARTMENT)
        return dict.fromkeys(self.districts, Stratum.DISTRICT) | others


@dataclass(frozen=True)
class Node:
    """One number: drawn by itself, or the sum of those below it. Its noise has its stratum's share."""

    key: str
    stratum: Stratum
    below: tuple[str, ...] = ()

    @property
    def drawn(self) -> tuple[str, ...]:
        """The keys whose noise is in its number."""
        return self.below or (self.key,)


@dataclass(frozen=True)
class Total:
    """What a group adds up to: a number of an earlier table, summed over the periods within."""

    partition: Partition
    key: str


@dataclass(frozen=True)
class Group:
    """Nodes that add up to a total, or that nothing is known of."""

    total: Total | None
    nodes: tuple[Node, ...]


def groups_of(partition: Partition, places: Geography) -> tuple[Group, ...]:
    """The cells of a table."""
    return _MADE[partition](places)


def dimensions(partition: Partition) -> tuple[str, ...]:
    """What the parts of a key say, in their order."""
    return _DIMENSIONS[partition]


_DIMENSIONS: dict[Partition, tuple[str, ...]] = {
    Partition.PROVINCE: (),
    Partition.AREA: ("body", "late"),
    Partition.DEPARTMENT: ("body", "late"),
    Partition.BODY: ("body", "late"),
    Partition.CATEGORY: ("category",),
    Partition.DAYS: ("days",),
    Partition.RESULT: ("kind", "outcome"),
    Partition.RATING: ("score",),
    Partition.PRAISE: ("kind",),
    Partition.PRAISE_BODY: ("kind", "body"),
    Partition.TOPIC_BODY: ("body", "topic"),
    Partition.COMMUNE: ("body", "commune"),
}
_MONTHS = Total(Partition.PROVINCE, ALL)


def _late(bodies: Mapping[str, Stratum]) -> tuple[Node, ...]:
    return tuple(Node(body, stratum, tuple(f"{body}/{late}" for late in Late)) for body, stratum in bodies.items())


def _flat(keys: Mapping[str, Stratum] | tuple[str, ...]) -> tuple[Node, ...]:
    strata = keys if isinstance(keys, Mapping) else dict.fromkeys(keys, Stratum.DISTRICT)
    return tuple(Node(key, stratum) for key, stratum in strata.items())


def _areas(places: Geography) -> dict[str, Stratum]:
    return dict.fromkeys(places.districts, Stratum.DISTRICT) | {DEPARTMENTS: Stratum.DEPARTMENT}


def _departments(places: Geography) -> dict[str, Stratum]:
    return dict.fromkeys((*places.departments, OTHER), Stratum.DEPARTMENT)


def _praise_bodies(places: Geography) -> tuple[Group, ...]:
    return tuple(
        Group(Total(Partition.PRAISE, kind), _flat({f"{kind}/{body}": kind for body in places.bodies}))
        for kind in (Stratum.PRAISE, Stratum.PROPOSAL)
    )


def _topics(places: Geography) -> tuple[Group, ...]:
    return tuple(
        Group(Total(Partition.BODY, body), _flat({f"{body}/{topic}": stratum for topic in Topic}))
        for body, stratum in places.bodies.items()
    )


def _communes(places: Geography) -> tuple[Group, ...]:
    return tuple(
        Group(
            Total(Partition.BODY, district),
            _flat({f"{district}/{part}": Stratum.DISTRICT for part in (OWN, *places.communes.get(district, ()))}),
        )
        for district in places.districts
    )


# Where both strata stand in one cell their shares are the same (`measures.TABLES`), so either says it.
_MADE: dict[Partition, Callable[[Geography], tuple[Group, ...]]] = {
    Partition.PROVINCE: lambda places: (Group(None, _flat((ALL,))),),
    Partition.AREA: lambda places: (Group(_MONTHS, _late(_areas(places))),),
    Partition.DEPARTMENT: lambda places: (Group(Total(Partition.AREA, DEPARTMENTS), _late(_departments(places))),),
    Partition.BODY: lambda places: (Group(_MONTHS, _late(places.bodies)),),
    Partition.CATEGORY: lambda places: (Group(_MONTHS, _flat(places.categories)),),
    Partition.DAYS: lambda places: (Group(_MONTHS, _flat(tuple(Days))),),
    Partition.RESULT: lambda places: (
        Group(_MONTHS, _flat(tuple(f"{kind}/{outcome}" for kind in KINDS for outcome in Outcome))),
    ),
    Partition.RATING: lambda places: (Group(_MONTHS, _flat(tuple(Score))),),
    Partition.PRAISE: lambda places: tuple(
        Group(None, _flat({kind: kind})) for kind in (Stratum.PRAISE, Stratum.PROPOSAL)
    ),
    Partition.PRAISE_BODY: _praise_bodies,
    Partition.TOPIC_BODY: _topics,
    Partition.COMMUNE: _communes,
}
