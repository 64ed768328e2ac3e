"""/statistics: the published numbers in words, as a drawing and as a table. Read from frozen rows, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import render_template
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.foundation.time import today
from portal.statistics.amounts import Amount, Cell, Trend, total, trend
from portal.statistics.cells import ALL
from portal.statistics.measures import TABLES, Stratum, Tier
from portal.statistics.periods import Grain, Period
from portal.statistics.publication import Published, published
from portal.web.frame.access import Who, allow
from portal.web.frame.charts import Point, line_chart
from portal.web.frame.database import db
from portal.web.frame.language import chosen
from portal.web.frame.templating import number
from portal.web.public import blueprint

MONTHLY = TABLES[Tier.SMALL][0]
SHOWN = 12  # months in the first table; the others are folded away
MONTHS_EN = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


@blueprint.get("/statistics")
@allow(Who.EVERYONE)
def statistics() -> str:
    """The newest numbers, and all that were published."""
    months = published(db.session()).months
    lines = [_line(one) for one in months]
    return render_template(
        "public/statistics.html",
        newest=_newest(months) if months else None,
        table=MONTHLY,
        share=f"{MONTHLY.shares[Stratum.DISTRICT] / 1_000:.2f}".replace(".", "." if chosen() == "en" else ","),
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
    months = published(session).months
    return _newest(months) if months else None


def month_words(month: Period) -> str:
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


def _of_amount(amount: Amount, words: str) -> Figure:
    return _figure(amount.value, amount.margin, amount.is_band, words)


def _newest(months: Sequence[Published]) -> Newest:
    first = months[0]
    cell, month = first.cells[0], month_words(first.period)
    figures, said = [_of_cell(cell, _("phản ánh đã nhận trong %(month)s", month=month))], []
    earlier = first.period.plus(-Grain.YEAR)
    before = _sum_of(months, [earlier])
    if before is not None:
        figures.append(_of_amount(before, _("trong %(month)s, một năm trước", month=month_words(earlier))))
        said.append(
            _said(trend(Amount(cell.value, cell.shares, cell.spread), before), _("So với cùng tháng năm trước"))
        )
    year, year_before = (
        _sum_of(months, [first.period.plus(-step) for step in range(start, start + Grain.YEAR)])
        for start in (0, Grain.YEAR)
    )
    if year is not None and year_before is not None:
        figures.append(_of_amount(year, _("trong 12 tháng, đến hết %(month)s", month=month)))
        said.append(_said(trend(year, year_before), _("Cộng 12 tháng, so với 12 tháng trước đó")))
    return Newest(
        heading=_heading(cell, month),
        said=tuple(said),
        figures=tuple(figures),
        release=str(first.period),
        published_on=first.published_on,
        margin=cell.margin,
    )


def _sum_of(months: Sequence[Published], wanted: Sequence[Period]) -> Amount | None:
    """The sum of some months, if all of them were published."""
    found = [one for one in months if one.period in wanted]
    return total([one.block(ALL) for one in found], [ALL]) if len(found) == len(wanted) else None


def _heading(cell: Cell, month: str) -> str:
    month = month[0].upper() + month[1:]
    if cell.is_band:
        return _("%(month)s: nhiều nhất %(most)s phản ánh", month=month, most=number(cell.high))
    return _("%(month)s: khoảng %(count)s phản ánh", month=month, count=number(cell.value))


def _said(found: Trend, what: str) -> str:
    if found is Trend.MORE:
        return _("%(what)s: nhiều hơn.", what=what)
    if found is Trend.FEWER:
        return _("%(what)s: ít hơn.", what=what)
    return _("%(what)s: chưa thể nói tăng hay giảm.", what=what)


def _line(one: Published) -> Line:
    month = month_words(one.period)
    return Line(month[0].upper() + month[1:], str(one.period), _of_cell(one.cells[0]), one.published_on)


def _point(one: Published) -> Point:
    cell = one.cells[0]
    return Point(f"{one.period.number:02}/{one.period.year}", cell.value, cell.low, cell.high)


def _next_on(months: Sequence[Published]) -> date:
    """The day on which the next month comes out."""
    following = months[0].period.plus(1) if months else MONTHLY.last_due(today()).plus(1)
    return max(MONTHLY.due_on(following), today())
