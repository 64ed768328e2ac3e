"""The districts as tiles, with the table under them."""

from dataclasses import dataclass
from datetime import date

from portal.statistics import readings
from portal.statistics.amounts import Trend
from portal.statistics.cells import DEPARTMENTS
from portal.statistics.measures import Stratum
from portal.statistics.periods import Period
from portal.statistics.publication import Published, Releases
from portal.statistics.readings import Standing
from portal.statistics.tiles import Tile, tiles
from portal.web.public.statistics_words import Figure, beginning, body_name, figure, period_words, short_name

STEPS = (0.6, 0.7, 0.8, 0.9)  # where a darker tile begins


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
    places = tiles(codes)
    lines = [_tile_line(found, code, tables[0], places.get(code)) for code in codes]
    rows = sorted(lines, key=lambda line: -tables[0].by_key[line.code].value)
    group = [_tile_line(found, DEPARTMENTS, tables[0], None)] if DEPARTMENTS in tables[0].by_key else []
    return Map(
        until=tables[0].period.last_day,
        words=beginning(period_words(tables[0].period)),
        period=tables[0].period,
        tiles=tuple(sorted(lines, key=lambda line: (line.tile.row, line.tile.column) if line.tile else (0, 0))),
        rows=(*rows, *group),
        better=tuple(line.name for line in lines if line.trend is Trend.MORE),
        worse=tuple(line.name for line in lines if line.trend is Trend.FEWER),
        table=tables[0],
    )


def _tile_line(found: Releases, code: str, newest: Published, place: Tile | None) -> TileLine:
    stands: Standing | None = readings.standing(found, code)
    share = stands.in_time if stands is not None else None
    return TileLine(
        code=code,
        name=short_name(body_name(found, code)),
        tile=place,
        step=1 + sum(share.value >= step for step in STEPS) if share is not None else 0,
        received=figure(newest.block(code).amount([code])),
        in_time=figure(share),
        trend=stands.trend if stands is not None else Trend.UNSURE,
    )
