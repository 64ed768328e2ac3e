"""/statistics: what the published numbers say of the province. Read from frozen rows, and nothing else."""

from dataclasses import dataclass
from datetime import date
from weakref import WeakKeyDictionary

from flask import render_template
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.foundation.time import today
from portal.statistics import readings
from portal.statistics.amounts import Amount, Share, Trend, added, apart, trend
from portal.statistics.cells import ALL
from portal.statistics.measures import TABLES, Stratum, Tier
from portal.statistics.periods import Grain, Period
from portal.statistics.publication import Published, Releases, published
from portal.statistics.readings import Quarter
from portal.web.frame.access import Who, allow
from portal.web.frame.charts import Point, line_chart
from portal.web.frame.database import db
from portal.web.frame.language import chosen
from portal.web.frame.published import published_bytes
from portal.web.frame.templating import day, number
from portal.web.public import blueprint
from portal.web.public.statistics_lines import TopicLine, topic_lines
from portal.web.public.statistics_map import map_of
from portal.web.public.statistics_promises import promises_of
from portal.web.public.statistics_words import (
    Figure,
    beginning,
    figure,
    in_time_heading,
    period_words,
    topic_name,
    written,
)

MONTHLY = TABLES[Tier.SMALL][0]
SHOWN = 5  # quarters in the table


@blueprint.get("/statistics")
@allow(Who.EVERYONE)
@published_bytes
def statistics() -> str:
    """The province: the newest numbers, the directive's promises, districts, months, topics."""
    session = db.session()
    found = published(session)
    if not found.months:
        return render_template("public/statistics_none.html", next_on=_next_on(found))
    return render_template(
        "public/statistics.html",
        top=top_of(found),
        promises=promises_of(session, found),
        map=map_of(found),
        chart=line_chart([_point(one) for one in reversed(found.months)], number),
        month=found.months[0],
        month_margin=found.months[0].cells[0].margin,
        quarters=[_quarter_line(one) for one in readings.province_quarters(found)[:SHOWN]],
        months=[_month_line(one) for one in found.months],
        praise=_praise(found),
        topics=_topics(found),
        next_on=_next_on(found),
    )


@dataclass(frozen=True)
class Top:
    """What the page says first, and the front page too."""

    heading: str
    said: tuple[str, ...]
    figures: tuple[Figure, ...]
    published_on: tuple[str, ...]


_headlines: "WeakKeyDictionary[Releases, dict[str, Top]]" = WeakKeyDictionary()  # by language; it takes 10 ms


def headline(session: Session) -> Top | None:
    """What the front page says of the numbers; None as long as none were published."""
    found = published(session)
    if not found.months:
        return None
    of_releases = _headlines.setdefault(found, {})
    if chosen() not in of_releases:
        of_releases[chosen()] = top_of(found)
    return of_releases[chosen()]


def top_of(found: Releases) -> Top:
    """The first sentences, and at most three figures."""
    tables = readings.quarters(found)
    share = readings.punctuality(readings.in_a_row(tables, readings.YEAR))
    share = share if share is not None and share.is_shown else None
    said = [_share_said(found)] if share is not None else []
    said.append(_received_said(found))
    figures = [_received_figure(found)]
    days = [day(found.months[0].published_on)]
    if share is not None:
        figures.append(_in_time_figure(found, share))
        days.append(day(tables[0].published_on))
    soon = _soon_figure(found)
    return Top(
        heading=beginning(in_time_heading(share.value)) if share is not None else _month_heading(found.months[0]),
        said=tuple(words for words in said if words),
        figures=(*figures, *([soon] if soon is not None else [])),
        published_on=tuple(dict.fromkeys(days)),
    )


def _month_heading(one: Published) -> str:
    cell, month = one.cells[0], beginning(period_words(one.period))
    if cell.is_band:
        return _("%(month)s: nhiều nhất %(most)s phản ánh", month=month, most=number(cell.high))
    return _("%(month)s: khoảng %(count)s phản ánh", month=month, count=number(cell.value))


def _share_said(found: Releases) -> str:
    tables = readings.quarters(found)
    now, before = (readings.punctuality(readings.in_a_row(tables, readings.YEAR, skip)) for skip in (0, readings.YEAR))
    if now is None or before is None or not before.is_shown:
        return ""
    if apart(now, before) is Trend.MORE:
        return _("Đúng hạn nhiều hơn năm trước, và điều đó chắc chắn.")
    if apart(now, before) is Trend.FEWER:
        return _("Đúng hạn ít hơn năm trước, và điều đó chắc chắn.")
    return _("Đúng hạn nhiều hơn hay ít hơn năm trước thì chưa thể nói chắc.")


def _received_said(found: Releases) -> str:
    now, before = _twelve(found, 0), _twelve(found, Grain.YEAR)
    if now is None or before is None:
        return ""
    words = {
        Trend.MORE: _("Trong 12 tháng qua, số phản ánh nhận được tăng so với 12 tháng trước đó."),
        Trend.FEWER: _("Trong 12 tháng qua, số phản ánh nhận được giảm so với 12 tháng trước đó."),
        Trend.UNSURE: _("Số phản ánh nhận được thì chưa thể nói tăng hay giảm so với năm trước."),
    }
    return words[trend(now, before)]


def _twelve(found: Releases, skip: int) -> Amount | None:
    months = readings.in_a_row(found.months, Grain.YEAR, skip)
    return added(one.amount(ALL) for one in months) if months else None


def _received_figure(found: Releases) -> Figure:
    """The newest whole quarter, with the one before; the newest month as long as there is none."""
    month = found.months[0].period
    quarter = month.within(Grain.QUARTER)
    for period in (quarter, quarter.plus(-1)):
        now, before = readings.received(found, period), readings.received(found, period.plus(-1))
        if now is not None:
            words = _("phản ánh đã nhận trong %(period)s", period=period_words(period))
            if before is not None:
                words = _(
                    "phản ánh đã nhận trong %(period)s; quý trước %(before)s",
                    period=period_words(period),
                    before=written(before),
                )
            return figure(now, words)
    return figure(found.months[0].cells[0], _("phản ánh đã nhận trong %(period)s", period=period_words(month)))


def _in_time_figure(found: Releases, share: Share) -> Figure:
    tables = readings.quarters(found)
    until = day(tables[0].period.last_day)
    before = readings.punctuality(readings.in_a_row(tables, readings.YEAR, readings.YEAR))
    if not written(before):
        return figure(share, _("được trả lời đúng hạn, bốn quý đến %(day)s", day=until))
    words = _("được trả lời đúng hạn, bốn quý đến %(day)s; một năm trước %(before)s", day=until, before=written(before))
    return figure(share, words)


def _soon_figure(found: Releases) -> Figure | None:
    tables = found.whole(*readings.DAYS)
    share = readings.answered_soon(tables[0]) if tables else None
    if share is None or not share.is_shown:
        return None
    words = _("có trả lời trong 15 ngày làm việc, %(period)s", period=period_words(tables[0].period))
    return figure(share, words)


@dataclass(frozen=True)
class QuarterLine:
    """One quarter of the table."""

    name: str
    received: Figure
    in_time: Figure
    due: str  # when it will be known


def _quarter_line(one: Quarter) -> QuarterLine:
    table = next(table for table in TABLES[Tier.SMALL] if table.grain is Grain.QUARTER)
    due = "" if one.table is not None else day(max(table.due_on(one.period), today()))
    return QuarterLine(beginning(period_words(one.period)), figure(one.received), figure(one.in_time), due)


def _praise(found: Releases) -> tuple[Figure, str] | None:
    tables = found.whole(*readings.PRAISE)
    if not tables:
        return None
    amount = readings.praise(tables[:1], Stratum.PRAISE, Stratum.PROPOSAL)
    return figure(amount), period_words(tables[0].period)


@dataclass(frozen=True)
class Topics:
    """What people report about, in one period."""

    words: str
    table: str
    period: Period
    lines: list[TopicLine]


def _topics(found: Releases) -> Topics | None:
    tables = found.whole(*readings.CATEGORIES)
    if not tables:
        return None
    newest = tables[0]
    amounts = readings.topics(newest).items()
    shown = {topic: (topic_name(topic), amount) for topic, amount in amounts if amount.shares}
    return Topics(period_words(newest.period), newest.table, newest.period, topic_lines(shown, linked=True))


@dataclass(frozen=True)
class MonthLine:
    """One month of the table."""

    name: str
    figure: Figure
    published_on: date


def _month_line(one: Published) -> MonthLine:
    return MonthLine(beginning(period_words(one.period)), figure(one.cells[0]), one.published_on)


def _point(one: Published) -> Point:
    cell = one.cells[0]
    return Point(f"{one.period.number:02}/{one.period.year}", cell.value, cell.low, cell.high)


def _next_on(found: Releases) -> date:
    """The day on which the next month comes out; today, when it is late."""
    following = found.months[0].period.plus(1) if found.months else MONTHLY.last_due(today()).plus(1)
    return max(MONTHLY.due_on(following), today())
