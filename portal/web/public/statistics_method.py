"""/statistics/method: what the noise means, in words that a newspaper would print; shares; what is not claimed."""

from dataclasses import dataclass

from flask import render_template
from flask_babel import gettext as _

from portal.foundation.text import N_
from portal.foundation.time import today
from portal.statistics import readings
from portal.statistics.cells import Geography, Late, Total, groups_of
from portal.statistics.fitting import Fitted, Known, fit
from portal.statistics.measures import PROVINCE_MONTH, TABLES, Partition, Stratum, Table, Tier, spent
from portal.statistics.noise import advantage, margin, probability
from portal.statistics.periods import Grain
from portal.statistics.publication import Published, Releases, published
from portal.statistics.scorecard import Count, released_on_time
from portal.web.frame.access import Who, allow
from portal.web.frame.charts import Bins, bins
from portal.web.frame.database import db
from portal.web.frame.published import published_bytes
from portal.web.public import blueprint
from portal.web.public.statistics_words import Figure, body_name, decimal, figure, percent, period_words, short_name

REACH = 12  # of the drawing, to both sides
TOP = 0.14  # its height, as a chance
EXAMPLES = 4
MINUS = chr(0x2212)

NAMES = {
    Partition.PROVINCE: N_("Toàn tỉnh"),
    Partition.AREA: N_("Từng huyện, và khối sở × trễ hay không"),
    Partition.DEPARTMENT: N_("Từng sở × trễ hay không"),
    Partition.BODY: N_("Từng huyện, từng sở × trễ hay không"),
    Partition.CATEGORY: N_("Nội dung phản ánh"),
    Partition.DAYS: N_("Số ngày làm việc đến khi trả lời (5 mức)"),
    Partition.RESULT: N_("Kết luận đúng hay không (3 nhóm)"),
    Partition.RATING: N_("Điểm hài lòng (4 mức)"),
    Partition.PRAISE: N_("Lời khen, góp ý: toàn tỉnh"),
    Partition.PRAISE_BODY: N_("Lời khen, góp ý: từng huyện, từng sở"),
    Partition.TOPIC_BODY: N_("Từng huyện, từng sở × nội dung (7 nhóm)"),
    Partition.COMMUNE: N_("Từng xã, phường"),
}
GRAINS = {Grain.MONTH: N_("tháng"), Grain.QUARTER: N_("quý"), Grain.HALF_YEAR: N_("nửa năm"), Grain.YEAR: N_("năm")}


@blueprint.get("/statistics/method")
@allow(Who.EVERYONE)
@published_bytes
def statistics_method() -> str:
    """How the numbers are made. The drawing and the margins are computed from the shares, not written down."""
    found = published(db.session())
    tier = _tier(found)
    area = next(table for table in TABLES[tier] if table.partition in (Partition.AREA, Partition.BODY))
    own = (area.shares[Stratum.DISTRICT],) * len(Late)
    off = _margins(tier)[f"{area.name}/district"].margin
    return render_template(
        "public/statistics_method.html",
        draw=_draw(own, off),
        you=_you(own, off),
        chances={"two": _within(own, 2), "margin": _within(own, off)},
        margin=off,
        guess=_guess(tier, Stratum.DISTRICT),
        guess_praise=_guess(tier, Stratum.PRAISE),
        tiers=[(one, _rows(one)) for one in (tier, *(other for other in Tier if other is not tier))],
        margins=_margin_lines(tier),
        example=_example(found),
        on_time=_on_time(found),
        scale=(percent(TOP), percent(TOP / 2), percent(0)),
        ticks=[_signed(number, "+") for number in range(-REACH, REACH + 1, 4)],
    )


def _tier(found: Releases) -> Tier:
    """The tier of the newest release."""
    return Tier(found.tables[0].parameters.get("tier", Tier.SMALL)) if found.tables else Tier.SMALL


def _chances(shares: tuple[int, ...], most: int) -> list[float]:
    """How likely the sum of two noises of one share is -most … most."""
    one, other = shares
    reach = range(-most - 60, most + 61)
    return [
        sum(probability(part, one) * probability(whole - part, other) for part in reach)
        for whole in range(-most, most + 1)
    ]


def _draw(shares: tuple[int, ...], off: int) -> Bins:
    return bins(_chances(shares, REACH), off, TOP)


def _you(shares: tuple[int, ...], off: int) -> tuple[Bins, Bins]:
    """Without the reader's report, and with it: moved by one."""
    chances = _chances(shares, REACH + 1)
    return bins(chances[1:-1], off, TOP), bins(chances[:-2], off, TOP)


def _within(shares: tuple[int, ...], most: int) -> int:
    """In how many of 100 draws the noise is at most so much."""
    return round(100 * sum(_chances(shares, most)))


def _guess(tier: Tier, stratum: Stratum) -> int:
    """How often of 100 somebody is right at most who reads all tables, for ever."""
    shares = tuple(sorted(table.shares[stratum] for table in TABLES[tier] if stratum in table.shares))
    return round(100 * (1 + advantage(shares)) / 2)


@dataclass(frozen=True)
class Row:
    """One table and its shares."""

    name: str
    grain: str
    wait_days: int
    shares: tuple[str, ...]


def _rows(tier: Tier) -> tuple[list[Row], tuple[str, ...]]:
    """The tables of a tier, and what they come to, by stratum."""
    rows = [
        Row(
            _(NAMES[table.partition]),
            _(GRAINS[table.grain]),
            table.wait_days,
            _shares(table),
        )
        for table in TABLES[tier]
    ]
    told = spent(table.shares for table in TABLES[tier])
    return rows, tuple(decimal(told[one] / 1_000, 2) for one in Stratum)


def _shares(table: Table) -> tuple[str, ...]:
    return tuple(decimal(table.shares[one] / 1_000, 2) if one in table.shares else "–" for one in Stratum)


def _signed(number: int, plus: str = "") -> str:
    """With a minus sign, and a plus where it is wanted."""
    return f"{MINUS if number < 0 else plus if number else ''}{abs(number)}"


def _margins(tier: Tier) -> dict[str, Fitted]:
    """The margin of one number of each table, from the shares alone: no data are needed for it."""
    places = Geography(_some("d", 18), _some("s", 19), _some("c", 22), {"d0": _some("x", 13)})
    found: dict[str, Fitted] = {}
    known: dict[Total, Known] = {}
    for table in TABLES[tier]:
        groups = groups_of(table.partition, places)
        noisy = {key: 0 for group in groups for node in group.nodes for key in node.drawn}
        totals = {group.total: _known(tier, known, group.total, table) for group in groups if group.total is not None}
        cells = {cell.key: cell for cell in fit(groups, noisy, totals, table.shares)}
        for group in groups:
            for node in group.nodes:
                known[Total(table.partition, node.key)] = Known(0, cells[node.key].spread)
                found.setdefault(f"{table.name}/{node.stratum}", cells[node.key])
    return found


def _some(letter: str, count: int) -> tuple[str, ...]:
    """So many bodies: about as many as a province has."""
    return tuple(f"{letter}{one}" for one in range(count))


def _known(tier: Tier, known: dict[Total, Known], total: Total, table: Table) -> Known:
    above = next(one for one in TABLES[tier] if one.partition is total.partition)
    return Known(0, known[total].spread * (table.grain // above.grain))


@dataclass(frozen=True)
class MarginLine:
    """How far off one number is."""

    name: str
    margin: int


def _margin_lines(tier: Tier) -> list[MarginLine]:
    monthly = next(table for table in TABLES[tier] if table.name == PROVINCE_MONTH)
    share = monthly.shares[Stratum.DISTRICT]
    found = _margins(tier)
    lines = [
        MarginLine(_("Toàn tỉnh, một tháng"), margin((share,))),
        MarginLine(_("Toàn tỉnh, một quý"), margin((share,) * Grain.QUARTER)),
        MarginLine(_("Toàn tỉnh, một năm"), margin((share,) * Grain.YEAR)),
    ]
    wanted = {
        Partition.AREA: N_("Một huyện, một %(grain)s"),
        Partition.BODY: N_("Một huyện, một %(grain)s"),
        Partition.DEPARTMENT: N_("Một sở, một %(grain)s"),
        Partition.CATEGORY: N_("Một nội dung, một %(grain)s"),
        Partition.PRAISE_BODY: N_("Lời khen cho một nơi, một %(grain)s"),
        Partition.COMMUNE: N_("Một xã, một %(grain)s"),
    }
    for table in TABLES[tier]:
        if table.partition in wanted:
            first = next(cell for key, cell in found.items() if key.startswith(f"{table.name}/"))
            lines.append(MarginLine(_(wanted[table.partition], grain=_(GRAINS[table.grain])), first.margin))
    return lines


@dataclass(frozen=True)
class ExampleLine:
    """One number before and after fitting."""

    name: str
    noisy: str
    shown: Figure
    value: int


@dataclass(frozen=True)
class Example:
    """Some numbers of the newest quarter, before and after fitting."""

    words: str
    table: Published
    lines: list[ExampleLine]


def _example(found: Releases) -> Example | None:
    tables = readings.quarters(found)
    if not tables:
        return None
    newest = tables[0]
    cells = sorted((newest.by_key[key] for key in newest.top_keys), key=lambda cell: -cell.value)
    some = [*cells[1 : EXAMPLES // 2 + 1], *cells[-EXAMPLES // 2 :]]
    lines = [
        ExampleLine(short_name(body_name(found, cell.key)), _signed(cell.noisy), figure(cell), cell.value)
        for cell in some
    ]
    return Example(period_words(newest.period), newest, lines)


def _on_time(found: Releases) -> Count | None:
    """How many of all releases came out on their day."""
    if not found.tables:
        return None
    return released_on_time(found, min(one.period.first_day for one in found.tables), today())
