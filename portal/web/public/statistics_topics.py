"""/statistics/topics: one page for each group of the filing page's first question."""

from dataclasses import dataclass

from flask import abort, render_template
from flask_babel import gettext as _

from portal.statistics import readings
from portal.statistics.amounts import Amount, Trend, trend
from portal.statistics.cells import Topic
from portal.statistics.publication import Published, Releases, published
from portal.web.frame.access import Who, allow
from portal.web.frame.charts import Point, dots_chart
from portal.web.frame.database import db
from portal.web.frame.language import chosen
from portal.web.frame.published import published_bytes
from portal.web.frame.templating import number
from portal.web.public import blueprint
from portal.web.public.statistics_lines import topic_lines
from portal.web.public.statistics_words import Figure, beginning, figure, period_words, topic_name, written

KINDS = {Topic.DELAY: "delay", Topic.DECISION: "decision"}  # topics of which the findings are counted by themselves
LINES = 12


@blueprint.get("/statistics/topics/<topic>")
@allow(Who.EVERYONE)
@published_bytes
def statistics_topic(topic: str) -> str:
    """One topic: how often, which matters, since when. 404 for what is no topic, or has no numbers yet."""
    found = published(db.session())
    tables = found.whole(*readings.CATEGORIES)
    if topic not in set(Topic) or not tables or not readings.categories_of(tables[0], Topic(topic)):
        abort(404)
    group = Topic(topic)
    # Of one length: the small tier counts by the half-year, the large one by the quarter.
    alike = [one for one in tables if one.period.grain is tables[0].period.grain]
    amounts = [(one, readings.topics(one)[group]) for one in alike]
    before = next((amount for one, amount in amounts if one.period == tables[0].period.plus(-1)), None)
    return render_template(
        "public/statistics_topic.html",
        name=topic_name(group),
        newest=tables[0],
        period=period_words(tables[0].period),
        said=_said(amounts[0][1], before),
        figures=_figures(found, group, tables[0], amounts[0][1], before),
        matters=topic_lines(_matters(tables[0], group)),
        chart=dots_chart([_point(one, amount) for one, amount in reversed(amounts[:LINES])], number),
        lines=[_line(one, amount) for one, amount in amounts[:LINES]],
        others=[(f"/statistics/topics/{one}", topic_name(one)) for one in Topic if one is not group],
    )


def _said(now: Amount, before: Amount | None) -> str:
    if before is None:
        return _("Chưa có kỳ trước để so.")
    words = {
        Trend.MORE: _("Nhiều hơn kỳ trước, và không phải do sai số."),
        Trend.FEWER: _("Ít hơn kỳ trước, và không phải do sai số."),
        Trend.UNSURE: _("So với kỳ trước thì chưa thể nói tăng hay giảm."),
    }
    return words[trend(now, before)]


def _figures(found: Releases, topic: Topic, newest: Published, now: Amount, before: Amount | None) -> list[Figure]:
    words = _("phản ánh, %(period)s", period=period_words(newest.period))
    if before is not None:
        words = _("%(words)s; kỳ trước %(before)s", words=words, before=written(before))
    figures = [figure(now, words)]
    results = found.whole(*readings.RESULTS)
    if topic in KINDS and results:
        upheld = readings.upheld(results[0], KINDS[topic])
        figures.append(figure(upheld, _("được kết luận là đúng, %(period)s", period=period_words(results[0].period))))
    return figures


def _matters(table: Published, topic: Topic) -> dict[str, tuple[str, Amount]]:
    """Each category by itself, in its words of that time."""
    language = chosen() == "en"
    return {
        code: (str(table.names[code][language]), table.amount(code))
        for code in readings.categories_of(table, topic)
        if code in table.names
    }


def _point(one: Published, amount: Amount) -> Point:
    return Point(beginning(period_words(one.period)), amount.value, amount.low, amount.high)


@dataclass(frozen=True)
class Line:
    """One period of the table."""

    name: str
    figure: Figure
    table: str
    period: str


def _line(one: Published, amount: Amount) -> Line:
    return Line(beginning(period_words(one.period)), figure(amount), one.table, str(one.period))
