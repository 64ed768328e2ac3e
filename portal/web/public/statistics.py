"""/statistics: the published numbers in words, as a drawing and as a table. Read from frozen rows, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import render_template
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.foundation.time import today
from portal.statistics import publication
from portal.statistics.measures import PROVINCE_MONTH, Month, Stratum
from portal.statistics.publication import Cell, Comparison, Published, Total, Trend
from portal.web.frame.access import Who, allow
from portal.web.frame.charts import Point, line_chart
from portal.web.frame.database import db
from portal.web.frame.language import chosen
from portal.web.frame.templating import number
from portal.web.public import blueprint

SHOWN = 12  # months in the first table; the others are folded away
MONTHS_EN = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


@blueprint.get("/statistics")
@allow(Who.EVERYONE)
def statistics() -> str:
    """The newest numbers, and all that were published."""
    months = publication.months(db.session())
    lines = [_line(one) for one in months]
    return render_template(
        "public/statistics.html",
        newest=_newest(months) if months else None,
        table=PROVINCE_MONTH,
        share=f"{PROVINCE_MONTH.shares[Stratum.DISTRICT] / 1_000:.2f}".replace(".", "." if chosen() == "en" else ","),
        next_on=_next_on(months),
        chart=line_chart([_point(one) for one in reversed(months)], number),
        lines=lines[:SHOWN],
        older=lines[SHOWN:],
    )


@dataclass(frozen=True)
class Figure:
    """A number as it is printed: with its margin, or as a range."""

    value: str
    margin: str
    words: str = ""


@dataclass(frozen=True)
class Line:
    """One month of the table."""

    month: str
    release: str
    figure: Figure
    published_on: date


@dataclass(frozen=True)
class Newest:
    """What the page says first."""

    heading: str
    said: tuple[str, ...]
    figures: tuple[Figure, ...]
    release: str
    published_on: date
    margin: int


def headline(session: Session) -> Newest | None:
    """What the front page says of the numbers; None as long as none were published."""
    months = publication.months(session)
    return _newest(months) if months else None


def month_words(month: Month) -> str:
    """tháng 10/2026 (English: October 2026)"""
    if chosen() == "en":
        return f"{MONTHS_EN[month.number - 1]} {month.year}"
    return f"tháng {month.number}/{month.year}"


def _figure(value: int, margin: int, is_band: bool = False, words: str = "") -> Figure:
    if is_band:
        return Figure(f"0–{number(value + margin)}", "", words)
    return Figure(number(value), number(margin), words)


def _of_cell(cell: Cell, words: str = "") -> Figure:
    return _figure(cell.value, cell.margin, cell.is_band, words)


def _of_total(total: Total, words: str) -> Figure:
    return _figure(total.value, total.margin, total.margin >= total.value, words)


def _newest(months: Sequence[Published]) -> Newest:
    first = months[0]
    cell, month = first.cells[0], month_words(first.month)
    figures, said = [_of_cell(cell, _("phản ánh đã nhận trong %(month)s", month=month))], []
    yearly, spans = publication.same_month_before(months), publication.twelve_months(months)
    if yearly is not None:
        earlier = month_words(first.month.plus(-publication.YEAR))
        figures.append(_of_total(yearly.before, _("trong %(month)s, một năm trước", month=earlier)))
        said.append(_said(yearly, _("So với cùng tháng năm trước")))
    if spans is not None:
        figures.append(_of_total(spans.now, _("trong 12 tháng, đến hết %(month)s", month=month)))
        said.append(_said(spans, _("Cộng 12 tháng, so với 12 tháng trước đó")))
    return Newest(
        heading=_heading(cell, month),
        said=tuple(said),
        figures=tuple(figures),
        release=first.period,
        published_on=first.published_on,
        margin=cell.margin,
    )


def _heading(cell: Cell, month: str) -> str:
    month = month[0].upper() + month[1:]
    if cell.is_band:
        return _("%(month)s: nhiều nhất %(most)s phản ánh", month=month, most=number(cell.high))
    return _("%(month)s: khoảng %(count)s phản ánh", month=month, count=number(cell.value))


def _said(found: Comparison, what: str) -> str:
    if found.trend is Trend.MORE:
        return _("%(what)s: nhiều hơn.", what=what)
    if found.trend is Trend.FEWER:
        return _("%(what)s: ít hơn.", what=what)
    return _("%(what)s: chưa thể nói tăng hay giảm.", what=what)


def _line(one: Published) -> Line:
    month = month_words(one.month)
    return Line(month[0].upper() + month[1:], one.period, _of_cell(one.cells[0]), one.published_on)


def _point(one: Published) -> Point:
    cell = one.cells[0]
    return Point(f"{one.month.number:02}/{one.month.year}", cell.value, cell.low, cell.high)


def _next_on(months: Sequence[Published]) -> date:
    """The day on which the next month comes out."""
    following = months[0].month.plus(1) if months else PROVINCE_MONTH.last_due(today()).plus(1)
    return max(PROVINCE_MONTH.due_on(following), today())
