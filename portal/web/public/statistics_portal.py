"""/statistics/portal: how the portal itself does. Exact numbers, for they are about nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import floor

from flask import render_template
from flask_babel import gettext as _

from portal.foundation.time import today
from portal.statistics.periods import Grain, Period
from portal.statistics.publication import published
from portal.statistics.scorecard import Count, Delay, delays, overdue
from portal.statistics.uptime import Checked, checked
from portal.web.frame.access import Who, allow
from portal.web.frame.database import db
from portal.web.frame.published import published_bytes
from portal.web.frame.templating import number
from portal.web.public import blueprint
from portal.web.public.statistics_words import Figure, beginning, decimal, figure, period_words

MONTHS = 12


@dataclass(frozen=True)
class MonthOfPortal:
    """One month: days on which the portal was asked, the answered share, releases on time, the longest delay."""

    name: str
    days: int
    answered: str
    on_time: str
    longest: int | None  # days; None where nothing was due


@dataclass(frozen=True)
class ReleaseLine:
    """What came out of one period on one day."""

    name: str
    tables: int
    due_on: date
    published_on: date
    days_late: int


@blueprint.get("/statistics/portal")
@allow(Who.EVERYONE)
@published_bytes
def statistics_portal() -> str:
    """The last twelve months, this one included as far as its days are over."""
    session, on = db.session(), today()
    months = [Period.of(on, Grain.MONTH).plus(-back) for back in range(MONTHS)]
    asked = checked(session, months, before=on)
    releases = published(session)
    late = [one for one in delays(releases) if one.due_on >= months[-1].first_day]
    missing = [day for day in overdue(releases, on) if day >= months[-1].first_day]
    return render_template(
        "public/statistics_portal.html",
        figures=_figures(list(asked.values()), late, missing),
        is_measured=any(one.checks for one in asked.values()),
        months=[_month(month, asked[month], late) for month in months],
        releases=_release_lines(late),
    )


def _figures(asked: Sequence[Checked], late: Sequence[Delay], missing: Sequence[date]) -> list[Figure]:
    """The year in two or three numbers."""
    checks, answered = sum(one.checks for one in asked), sum(one.answered for one in asked)
    figures = []
    if checks:
        figures.append(Figure(hundredths(answered / checks), "", _("số lần hỏi thì Cổng có trả lời, 12 tháng qua")))
    if late:
        on_time = Count(sum(one.days_late == 0 for one in late), len(late) + len(missing))
        figures.append(figure(on_time, _("bảng số liệu ra đúng ngày, 12 tháng qua")))
        most = max(one.days_late for one in late)
        figures.append(Figure(number(most), "", _("số ngày của lần chậm nhất")))
    return figures


def hundredths(share: float) -> str:
    """99,95%: rounded down, so that 100% is said only where nothing was missed."""
    return f"{decimal(floor(round(share * 10_000, 6)) / 100, 2)}%"


def _month(month: Period, asked: Checked, late: Sequence[Delay]) -> MonthOfPortal:
    own = [one.days_late for one in late if Period.of(one.due_on, Grain.MONTH) == month]
    return MonthOfPortal(
        name=beginning(period_words(month)),
        days=asked.days,
        answered=hundredths(asked.share) if asked.share is not None else "",
        on_time=figure(Count(sum(days == 0 for days in own), len(own))).value if own else "",
        longest=max(own, default=None),
    )


def _release_lines(late: Sequence[Delay]) -> list[ReleaseLine]:
    """By the day they were due, newest first; tables of one period that came out together in one line."""
    together: dict[tuple[date, Period, date], list[Delay]] = {}
    for one in late:
        together.setdefault((one.due_on, one.release.period, one.release.published_on), []).append(one)
    return [
        ReleaseLine(beginning(period_words(period)), len(ones), due_on, published_on, ones[0].days_late)
        for (due_on, period, published_on), ones in sorted(together.items(), key=lambda item: item[0][0], reverse=True)
    ]
