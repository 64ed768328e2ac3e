"""How alike two reports are, and why: a rule that an inspector can follow. Pure.

Words are compared without their marks, alone and in pairs, each weighing the more the fewer of the texts at hand have
it: what everybody writes ("tôi", "hồ sơ") says nothing. The same dossier is the same matter whatever the words.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import chain
from math import log, sqrt

DOSSIER, AGENCY, PROCEDURE, CATEGORY, GROUP, DAYS = 1.0, 0.16, 0.14, 0.08, 0.04, 0.1
NEAR_DAYS = 60  # within which the day still speaks for one matter
LIKE_TEXT = 0.25  # from here on likeness of the words is a reason of its own
NOTIONAL = 300  # texts in all, as if the few at hand were drawn from so many
SOME_TEXT, SHOWN_FROM = 0.2, 0.3  # the same place and topic alone make no second report of one matter


class Reason(StrEnum):
    """Why a case is proposed."""

    DOSSIER = "dossier"
    TEXT = "text"
    AGENCY = "agency"
    PROCEDURE = "procedure"
    CATEGORY = "category"
    DAYS = "days"


@dataclass(frozen=True)
class Told:
    """What of a report is compared."""

    lexemes: frozenset[str]
    agency_id: int | None
    procedure: str | None
    dossier_code: str | None
    category: str
    on: date


@dataclass(frozen=True)
class Likeness:
    """How alike, for the order of a list, and the reasons for people, the strongest first."""

    score: float
    reasons: tuple[Reason, ...]
    text: float = 0.0  # the words' part

    @property
    def is_proposed(self) -> bool:
        """Whether it is worth a look: the same dossier, or words in common and enough else."""
        return Reason.DOSSIER in self.reasons or (self.text >= SOME_TEXT and self.score >= SHOWN_FROM)


def weights(texts: Iterable[frozenset[str]]) -> dict[str, float]:
    """What each lexeme says, squared as a cosine wants it: the fewer of these texts have it, the more (idf).

    The texts at hand were picked because they are alike, so what all of them share still says something.
    """
    seen = Counter(chain.from_iterable(texts))
    return {one: log(1 + NOTIONAL / count) ** 2 for one, count in seen.items()}


def text_likeness(one: frozenset[str], other: frozenset[str], weight: Mapping[str, float]) -> float:
    """The cosine of two texts' weighted lexemes: 0 nothing in common, 1 the same words. `weight` knows them all."""
    both = _length(one & other, weight)
    return both / sqrt(_length(one, weight) * _length(other, weight)) if both else 0.0


def _length(lexemes: Iterable[str], weight: Mapping[str, float]) -> float:
    return sum(map(weight.__getitem__, lexemes))


def likeness(one: Told, other: Told, weight: Mapping[str, float]) -> Likeness:
    """How alike two reports are. What a report does not say (no dossier, no procedure) counts for nothing."""
    text = text_likeness(one.lexemes, other.lexemes, weight)
    score, reasons = text, [Reason.TEXT] if text >= LIKE_TEXT else []
    if one.dossier_code and one.dossier_code == other.dossier_code:
        score, reasons = score + DOSSIER, [Reason.DOSSIER, *reasons]
    if one.agency_id is not None and one.agency_id == other.agency_id:
        score += AGENCY
        reasons.append(Reason.AGENCY)
    if one.procedure and one.procedure == other.procedure:
        score += PROCEDURE
        reasons.append(Reason.PROCEDURE)
    if one.category == other.category:
        score += CATEGORY
        reasons.append(Reason.CATEGORY)
    elif one.category.partition(".")[0] == other.category.partition(".")[0]:
        score += GROUP
    apart = abs((one.on - other.on).days)
    if apart <= NEAR_DAYS:
        score += DAYS * (1 - apart / NEAR_DAYS)
        reasons.append(Reason.DAYS)
    return Likeness(score, tuple(reasons), text)
