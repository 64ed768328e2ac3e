"""The districts as tiles, with the table under them."""

from dataclasses import dataclass
from datetime import date

from portal.statistics import readings
from portal.statistics.amounts import Share, Trend
from portal.statistics.cells import DEPARTMENTS
from portal.statistics.measures import Stratum
from portal.statistics.periods import Period
from portal.statistics.publication import Published, Releases
from portal.statistics.readings import Standing
from portal.statistics.tiles import Tile, tiles
from portal.web.public.statistics_words import Figure, beginning, body_name, figure, period_words, short_name

STEP = 5  # points from one shade to the next; the middle one begins at the province's own share
DARKEST = 98  # where the darkest may begin at most


def _steps(province: Share | None) -> tuple[int, ...]:
    middle = round(100 * province.value) if province is not None else 75
    first = max(1, min(middle, DARKEST - 2 * STEP) - STEP)
    return tuple(first + STEP * number for number in range(4))


@dataclass(frozen=True)
class TileLine:
    """One district on the map and in the table under it."""

    code: str
    name: str
    tile: Tile | None
    step: int  # 1 to 5; 0 where nothing can be said
    received: Figure
    in_time: Figure
    trend: Trend


@dataclass(frozen=True)
class Map:
    """The districts of the last four quarters."""

    until: date
    words: str
    period: Period
    steps: tuple[int, ...]  # percent at which shade 2, 3 … begins
    tiles: tuple[TileLine, ...]
    rows: tuple[TileLine, ...]
    better: tuple[str, ...]
    worse: tuple[str, ...]
    table: Published


def map_of(found: Releases) -> Map | None:
    tables = readings.quarters(found)
    codes = [code for code, stratum in readings.bodies(found).items() if stratum is Stratum.DISTRICT]
    if not tables or not codes:
        return None
    places, steps = tiles(codes), _steps(readings.punctuality(readings.in_a_row(tables, readings.YEAR)))
    lines = [_tile_line(found, code, tables[0], places.get(code), steps) for code in codes]
    rows = sorted(lines, key=lambda line: -tables[0].by_key[line.code].value)
    group = [_tile_line(found, DEPARTMENTS, tables[0], None, steps)] if DEPARTMENTS in tables[0].by_key else []
    return Map(
        until=tables[0].period.last_day,
        words=beginning(period_words(tables[0].period)),
        period=tables[0].period,
        steps=steps,
        tiles=tuple(sorted(lines, key=lambda line: (line.tile.row, line.tile.column) if line.tile else (0, 0))),
        rows=(*rows, *group),
        better=tuple(line.name for line in lines if line.trend is Trend.MORE),
        worse=tuple(line.name for line in lines if line.trend is Trend.FEWER),
        table=tables[0],
    )


def _tile_line(found: Releases, code: str, newest: Published, place: Tile | None, steps: tuple[int, ...]) -> TileLine:
    stands: Standing | None = readings.standing(found, code)
    share = stands.in_time if stands is not None else None
    return TileLine(
        code=code,
        name=short_name(body_name(found, code)),
        tile=place,
        step=1 + sum(round(100 * share.value) >= step for step in steps) if share is not None else 0,
        received=figure(newest.amount(code)),
        in_time=figure(share),
        trend=stands.trend if stands is not None else Trend.UNSURE,
    )
