"""Which figures are asked for: a span of whole months and a body. Pure."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from portal.foundation.text import N_

MOST_MONTHS = 36  # one statement counts them all: a bound for what somebody may ask at once
OFFERED_YEARS = 4
NO_SPAN = N_("Hãy chọn một kỳ, hoặc nêu từ tháng nào đến tháng nào.")
NO_MONTH = N_("Hãy viết tháng và năm, ví dụ 03/2026.")
NO_ORDER = N_("Tháng cuối phải bằng hoặc sau tháng đầu.")
TOO_LONG = N_("Mỗi lần xem nhiều nhất 36 tháng.")
NO_BODY = N_("Hãy chọn một cơ quan có trong danh sách.")

_MONTH = re.compile(r"(0?[1-9]|1[0-2])/(20[0-9]{2})", re.ASCII)
_PERIOD = re.compile(r"(20[0-9]{2})(?:-Q([1-4]))?", re.ASCII)


@dataclass(frozen=True)
class Span:
    """Whole months, by the day on which a report counts as received."""

    first: date
    last: date

    @property
    def months(self) -> list[date]:
        """The first day of each month."""
        found, day = [], self.first
        while day <= self.last:
            found.append(day)
            day = _after(day, 1)
        return found


def periods(today: date) -> tuple[list[str], list[str]]:
    """The years and the quarters to choose from, the newest first. `2026`, `2026-Q3`."""
    years = [str(today.year - back) for back in range(OFFERED_YEARS)]
    quarters = [f"{year}-Q{quarter}" for year in years for quarter in (4, 3, 2, 1)]
    return years, [one for one in quarters if _of_period(one).first <= today]


def read_span(period: str, first: str, last: str) -> tuple[Span | None, dict[str, str]]:
    """The span of what was typed, or what is wrong with each field. Months go before the period that was chosen."""
    if not (first.strip() or last.strip()):
        return (_of_period(period), {}) if _PERIOD.fullmatch(period) else (None, {"period": NO_SPAN})
    begins, ends = _month(first), _month(last)
    if begins is None or ends is None:
        return None, {name: NO_MONTH for name, day in (("first", begins), ("last", ends)) if day is None}
    span = Span(begins, _after(ends, 1) - timedelta(days=1))
    if span.last < span.first:
        return None, {"last": NO_ORDER}
    return (None, {"last": TOO_LONG}) if len(span.months) > MOST_MONTHS else (span, {})


def _of_period(period: str) -> Span:
    found = _PERIOD.fullmatch(period)
    if found is None:
        raise ValueError(period)
    year, quarter = int(found[1]), int(found[2] or 0)
    begins = date(year, 3 * quarter - 2 if quarter else 1, 1)
    return Span(begins, _after(begins, 3 if quarter else 12) - timedelta(days=1))


def _month(text: str) -> date | None:
    found = _MONTH.fullmatch(text.strip())
    return date(int(found[2]), int(found[1]), 1) if found else None


def _after(day: date, months: int) -> date:
    years, number = divmod(day.month - 1 + months, 12)
    return date(day.year + years, number + 1, 1)
