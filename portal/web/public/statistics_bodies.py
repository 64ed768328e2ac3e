"""/statistics/bodies: each district and each department, beside the province. Never in an order of good and bad."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from flask import abort, render_template
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.catalogue.dossiers import DossierTotal, dossiers_between, dossiers_by_body
from portal.statistics import readings
from portal.statistics.amounts import Amount, Share, Trend, added, trend
from portal.statistics.cells import DEPARTMENTS, OWN, Topic
from portal.statistics.measures import Stratum
from portal.statistics.periods import Grain, Period
from portal.statistics.publication import Published, Releases, published
from portal.statistics.readings import Quarter, Standing
from portal.web.frame.access import Who, allow
from portal.web.frame.charts import Dots, Point, Whisker, dots_chart, whisker
from portal.web.frame.database import db
from portal.web.frame.language import chosen
from portal.web.frame.published import published_bytes
from portal.web.frame.templating import day, number
from portal.web.public import blueprint
from portal.web.public.statistics_lines import TopicLine, topic_lines
from portal.web.public.statistics_words import (
    Figure,
    beginning,
    body_name,
    decimal,
    figure,
    percent,
    period_words,
    short_name,
    topic_name,
    written,
)

THOUSAND = 1_000
LINES = 12  # periods in the table and on the chart


@blueprint.get("/statistics/bodies")
@allow(Who.EVERYONE)
@published_bytes
def statistics_bodies() -> str:
    """All of them, in the order of the official list."""
    found = published(db.session())
    lines: dict[Stratum, list[BodyLine]] = {Stratum.DISTRICT: [], Stratum.DEPARTMENT: []}
    for code, stratum in readings.bodies(found).items():
        lines[stratum].append(_body_line(found, code))
    tables = readings.quarters(found)
    years = found.whole(*readings.DEPARTMENT_YEARS)
    group = _body_line(found, DEPARTMENTS) if tables and DEPARTMENTS in tables[0].by_key else None
    return render_template(
        "public/statistics_bodies.html",
        districts=lines[Stratum.DISTRICT],
        departments=lines[Stratum.DEPARTMENT],
        group=group,
        until=tables[0].period.last_day if tables else None,
        # Of the small tier: the large one counts each department by the quarter.
        year=period_words(years[0].period) if group is not None and years else "",
    )


@dataclass(frozen=True)
class BodyLine:
    """One body of the list."""

    code: str
    name: str
    received: Figure
    in_time: Figure


def _body_line(found: Releases, code: str) -> BodyLine:
    stands = readings.standing(found, code)
    name = body_name(found, code)
    if stands is None:
        return BodyLine(code, name, figure(None), figure(None))
    return BodyLine(code, name, figure(stands.received), figure(stands.in_time))


@blueprint.get("/statistics/bodies/<code>")
@allow(Who.EVERYONE)
@published_bytes
def statistics_body(code: str) -> str:
    """One body: 404 for one that has no numbers of its own."""
    session = db.session()
    found = published(session)
    quarters = readings.body_quarters(found, code)
    lines = quarters or readings.body_years(found, code)
    if not lines:
        abort(404)
    name, stands = body_name(found, code), readings.standing(found, code)
    return render_template(
        "public/statistics_body.html",
        code=code,
        name=name,
        short=short_name(name),
        newest=lines[0],
        newest_words=period_words(lines[0].period),
        published_on=_table(lines[0]).published_on,
        is_district=readings.bodies(found).get(code) is Stratum.DISTRICT,
        by_year=not quarters,
        said=_said(short_name(name), lines, stands),
        figures=_figures(session, found, code, lines, stands),
        beside=_beside(short_name(name), stands),
        chart=_chart(lines),
        margin=_table(lines[0]).by_key[code].margin,
        lines=[_line(one) for one in lines[:LINES]],
        topics=_topics(found, code),
        communes=_communes(found, code),
    )


def _table(line: Quarter) -> Published:
    assert line.table is not None  # noqa: S101 (a body's line comes from its table)
    return line.table


def _said(name: str, lines: Sequence[Quarter], stands: Standing | None) -> str:
    said = []
    if stands is not None and stands.in_time is not None:
        words = {
            Trend.MORE: _("%(name)s trả lời đúng hạn nhiều hơn mức chung của tỉnh.", name=name),
            Trend.FEWER: _("%(name)s trả lời đúng hạn ít hơn mức chung của tỉnh.", name=name),
            Trend.UNSURE: _("%(name)s đúng hạn hơn hay kém mức chung của tỉnh thì chưa thể nói chắc.", name=name),
        }
        said.append(words[stands.trend])
    now, before = lines[0].received, lines[1].received if len(lines) > 1 else None
    if now is not None and before is not None:
        changes = {
            Trend.MORE: _("Số phản ánh tăng so với kỳ trước."),
            Trend.FEWER: _("Số phản ánh giảm so với kỳ trước."),
            Trend.UNSURE: _("Số phản ánh thì chưa thể nói tăng hay giảm."),
        }
        said.append(changes[trend(now, before)])
    return " ".join(said)


def _figures(
    session: Session, found: Releases, code: str, lines: Sequence[Quarter], stands: Standing | None
) -> list[Figure]:
    newest = lines[0]
    before = written(lines[1].received) if len(lines) > 1 else ""
    words = _("phản ánh đã nhận trong %(period)s", period=period_words(newest.period))
    if before:
        words = _("%(words)s; kỳ trước %(before)s", words=words, before=before)
    figures = [figure(newest.received, words)]
    if stands is not None and stands.in_time is not None:
        said = _("được trả lời đúng hạn, %(span)s", span=_span_words(stands))
        if written(stands.province):
            said = _("%(words)s; toàn tỉnh %(share)s", words=said, share=written(stands.province))
        figures.insert(0, figure(stands.in_time, said))
    if stands is not None:
        figures += _rate(session, found, code, stands)
    return figures + _praise(found, code)


def _span_words(stands: Standing) -> str:
    if len(stands.tables) > 1:
        return _("bốn quý đến %(day)s", day=day(stands.tables[0].period.last_day))
    return period_words(stands.tables[0].period)


def _span(stands: Standing) -> tuple[str, str]:
    """The first and the last month of what a body stands by."""
    months = [month for one in stands.tables for month in one.period.parts(Grain.MONTH)]
    return str(min(months)), str(max(months))


def _dossiers(session: Session, stands: Standing) -> Mapping[str, DossierTotal]:
    return dossiers_by_body(session, *_span(stands))


def _rate(session: Session, found: Releases, code: str, stands: Standing) -> list[Figure]:
    """Reports for 1,000 dossiers, where every month has its figure; so that busy is not bad."""
    total = _dossiers(session, stands).get(code)
    if total is None or total.missing or not total.handled:
        return []
    own = _for_a_thousand(stands.received, total.handled)
    words = _("phản ánh trên 1.000 hồ sơ, %(span)s", span=_span_words(stands))
    province = _province_rate(session, found, stands)
    if province is not None:
        words = _("%(words)s; toàn tỉnh %(share)s", words=words, share=f"{province.value} ± {province.margin}")
    if total.is_invented:
        words = _("%(words)s (số hồ sơ là số minh họa)", words=words)
    return [replace(own, words=words)]


def _for_a_thousand(amount: Amount, handled: int) -> Figure:
    """A rate with its margin, rounded up; a range where the margin reaches it."""
    places = 1 if amount.value >= handled / THOUSAND else 2
    rate, most = THOUSAND * amount.value / handled, THOUSAND * amount.margin / handled
    margin = ceil(round(most * 10**places, 6)) / 10**places
    if amount.is_band:
        return Figure(f"0–{decimal(rate + margin, places)}")
    return Figure(decimal(rate, places), decimal(margin, places))


def _province_rate(session: Session, found: Releases, stands: Standing) -> Figure | None:
    first, last = (Period.parse(month) for month in _span(stands))
    amounts = [readings.received(found, one.period) for one in stands.tables]
    total = dossiers_between(session, None, str(first), str(last))
    if total.missing or not total.handled or any(amount is None for amount in amounts):
        return None
    return _for_a_thousand(added(amount for amount in amounts if amount is not None), total.handled)


def _praise(found: Releases, code: str) -> list[Figure]:
    tables = found.whole(*readings.PRAISE_BODIES)[:1]
    keys = [f"{Stratum.PRAISE}/{one}" for one in _counted_as(found, code)]
    if not tables or not any(key in tables[0].by_key for key in keys):
        return []
    amount = tables[0].amount(*keys)
    return [figure(amount, _("lời khen, %(period)s", period=period_words(tables[0].period)))]


def _counted_as(found: Releases, code: str) -> list[str]:
    """The bodies that stand for a code: itself, or every department."""
    if code != DEPARTMENTS:
        return [code]
    return [one for one, stratum in readings.bodies(found).items() if stratum is Stratum.DEPARTMENT]


@dataclass(frozen=True)
class Interval:
    """One line of the comparison."""

    name: str
    figure: Figure
    whisker: Whisker
    is_own: bool


@dataclass(frozen=True)
class Beside:
    """A body and the province on one axis."""

    rows: tuple[Interval, ...]
    marks: tuple[str, str, str]
    trend: Trend


def _beside(name: str, stands: Standing | None) -> Beside | None:
    if stands is None or stands.in_time is None or stands.province is None:
        return None
    shares: list[tuple[str, Share, bool]] = [(name, stands.in_time, True), (_("Toàn tỉnh"), stands.province, False)]
    begin = max(0.0, int(10 * min(share.low for _name, share, _own in shares)) / 10)
    rows = tuple(
        Interval(words, figure(share), whisker(share.value, share.low, share.high, begin, 1.0), is_own)
        for words, share, is_own in shares
    )
    return Beside(rows, (percent(begin), percent((begin + 1) / 2), percent(1)), stands.trend)


def _chart(lines: Sequence[Quarter]) -> Dots | None:
    points = [
        Point(beginning(period_words(one.period)), one.received.value, one.received.low, one.received.high)
        for one in reversed(lines[:LINES])
        if one.received is not None
    ]
    return dots_chart(points, number)


@dataclass(frozen=True)
class Line:
    """One period of the table."""

    name: str
    received: Figure
    in_time: Figure
    published_on: date


def _line(one: Quarter) -> Line:
    share = one.in_time if one.in_time is not None and one.in_time.is_shown else None
    return Line(beginning(period_words(one.period)), figure(one.received), figure(share), _table(one).published_on)


def _topics(found: Releases, code: str) -> tuple[str, list[TopicLine]] | None:
    """What people report about there; only the large tier counts it by body."""
    tables = [one for one in found.whole(*readings.TOPIC_BODIES)[:1] if f"{code}/{Topic.DELAY}" in one.by_key]
    if not tables:
        return None
    amounts = {topic: (topic_name(topic), tables[0].amount(f"{code}/{topic}")) for topic in Topic}
    return period_words(tables[0].period), topic_lines(amounts)


def _communes(found: Releases, code: str) -> tuple[str, list[tuple[str, Figure]]] | None:
    """The communes of a district; only the large tier counts them."""
    for one in found.whole(*readings.COMMUNES)[:1]:
        cells = [cell for cell in one.cells if cell.key.partition("/")[0] == code]
        names = one.names
        lines = [(_commune(cell.key.partition("/")[2], names), figure(cell)) for cell in cells]
        return (period_words(one.period), lines) if lines else None
    return None


def _commune(code: str, names: Mapping[str, Sequence[str]]) -> str:
    if code == OWN:
        return _("Cơ quan huyện, hoặc không nêu xã")
    return short_name(names[code][chosen() == "en"]) if code in names else code
