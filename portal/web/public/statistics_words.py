"""Published numbers and periods as the pages write them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from flask_babel import gettext as _

from portal.foundation.text import N_
from portal.statistics.amounts import Amount, Cell, Share
from portal.statistics.cells import DEPARTMENTS, OTHER, Topic
from portal.statistics.dictionary import TOPICS
from portal.statistics.periods import Grain, Period
from portal.statistics.publication import Releases
from portal.statistics.readings import name_of
from portal.statistics.scorecard import Count
from portal.web.frame.language import chosen
from portal.web.frame.templating import number

MONTHS_EN = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
ROMAN = ("I", "II", "III", "IV")
SMALL_NUMBERS = N_("một hai ba bốn năm sáu bảy tám chín mười")
NEAR = 0.031  # how far a fraction in words may be from the share

# What stands around a place's name in the name of the body that governs it.
_AROUND = {
    "vi": re.compile(r"^Ủy ban nhân dân (?:thành phố|thị xã|huyện|quận|phường|xã|thị trấn) "),
    "en": re.compile(r"^People's Committee of | (?:City|Town|District|Ward|Commune|Township)$"),
}


@dataclass(frozen=True)
class Figure:
    """A number as it is printed: with its margin, or as a range; without a value where nothing can be said."""

    value: str
    margin: str = ""
    words: str = ""


def figure(found: Amount | Cell | Share | Count | None, words: str = "") -> Figure:
    """A number as it is printed. A share whose interval is too wide is not printed."""
    if isinstance(found, Count):
        return Figure(_("%(count)s trên %(all)s", count=number(found.value), all=number(found.of)), "", words)
    if isinstance(found, Share):
        return (
            Figure(percent(found.value), str(points(found.margin)), words) if found.is_shown else Figure("", "", words)
        )
    if found is None:
        return Figure("", "", words)
    if found.is_band:
        return Figure(f"0–{number(found.high)}", "", words)
    return Figure(number(found.value), number(found.margin), words)


def written(found: Amount | Cell | Share | Count | None) -> str:
    """A number within a sentence, with its margin; nothing where it is not printed."""
    shown = figure(found)
    return f"{shown.value} ± {shown.margin}" if shown.margin else shown.value


def topic_name(topic: Topic) -> str:
    """A topic as the data dictionary names it."""
    return str(TOPICS[topic][chosen() == "en"])


def percent(value: float) -> str:
    """77%"""
    return f"{round(100 * value)}%"


def points(margin: float) -> int:
    """A margin in percentage points, rounded up."""
    return ceil(round(100 * margin, 6))


def decimal(value: float, places: int = 1) -> str:
    """6,9 (English: 6.9)"""
    written = f"{value:.{places}f}"
    return written if chosen() == "en" else written.replace(".", ",")


def period_words(period: Period) -> str:
    """tháng 10/2026, quý III/2026, nửa đầu năm 2026, năm 2026 (English: October 2026, Q3 2026, the first half of …)"""
    return _ENGLISH[period.grain](period) if chosen() == "en" else _VIETNAMESE[period.grain](period)


_VIETNAMESE: dict[Grain, Callable[[Period], str]] = {
    Grain.MONTH: lambda period: f"tháng {period.number}/{period.year}",
    Grain.QUARTER: lambda period: f"quý {ROMAN[period.number - 1]}/{period.year}",
    Grain.HALF_YEAR: lambda period: f"nửa {'đầu' if period.number == 1 else 'cuối'} năm {period.year}",
    Grain.YEAR: lambda period: f"năm {period.year}",
}
_ENGLISH: dict[Grain, Callable[[Period], str]] = {
    Grain.MONTH: lambda period: f"{MONTHS_EN[period.number - 1]} {period.year}",
    Grain.QUARTER: lambda period: f"Q{period.number} {period.year}",
    Grain.HALF_YEAR: lambda period: f"the {'first' if period.number == 1 else 'second'} half of {period.year}",
    Grain.YEAR: lambda period: str(period.year),
}


def beginning(words: str) -> str:
    """With a capital, as at the beginning of a line."""
    return words[0].upper() + words[1:]


def of_ten(share: float) -> tuple[int, int] | None:
    """The simplest fraction of at most ten that is near enough to a share; None for nearly all and nearly none."""
    choices = ((whole, part) for whole in range(2, 11) for part in range(1, whole))
    found = next((one for one in choices if abs(one[1] / one[0] - share) <= NEAR), None)
    return (found[1], found[0]) if found is not None else None


def in_time_heading(share: float) -> str:
    """Cứ bốn phản ánh, ba được trả lời đúng hạn"""
    found = of_ten(share)
    if found is None:
        nearly_all, nearly_none = (
            _("Gần như mọi phản ánh được trả lời đúng hạn"),
            _("Rất ít phản ánh được trả lời đúng hạn"),
        )
        return nearly_all if share > 0.5 else nearly_none
    words = _(SMALL_NUMBERS).split()
    part, whole = (words[one - 1] for one in found)
    return _("Cứ %(whole)s phản ánh, %(part)s được trả lời đúng hạn", whole=whole, part=part)


def body_name(releases: Releases, code: str) -> str:
    """A body's full name, as it was published."""
    if code == DEPARTMENTS:
        return _("Các sở, ban, ngành của tỉnh")
    if code == OTHER:
        return _("Cơ quan khác của tỉnh")
    return name_of(releases, code, chosen()) or code


def short_name(name: str) -> str:
    """A place's name without the words of the body that governs it."""
    return _AROUND[chosen()].sub("", name)
