"""Charts as geometry: every point where it belongs, ticks at even distances."""

import re
from itertools import pairwise

import pytest

from portal.web.frame.charts import Point, line_chart, scale_top


def points(*values: int) -> list[Point]:
    return [Point(f"{place}", value, max(0, value - 20), value + 20) for place, value in enumerate(values)]


def places(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"([\d.]+) ([\d.]+)", path)]


def test_a_line_and_its_margin() -> None:
    chart = line_chart(points(100, 0, 180), str)
    assert chart is not None
    assert chart.scale == ("200", "100", "0")
    assert places(chart.line) == [(0, 50), (50, 100), (100, 10)]
    assert places(chart.band) == [(0, 40), (50, 90), (100, 0), (100, 20), (50, 100), (0, 60)]
    assert places(chart.dot) == [(100, 10)]
    assert chart.ticks == ("0", "1", "2")


@pytest.mark.parametrize(("count", "drawn"), [(2, 2), (4, 4), (5, 4), (6, 4), (7, 7), (36, 34), (37, 37), (90, 37)])
def test_ticks_stand_at_even_distances(count: int, drawn: int) -> None:
    chart = line_chart(points(*range(100, 100 + count)), str)
    assert chart is not None
    assert len(places(chart.line)) == drawn
    assert (chart.first, chart.last) == (str(count - drawn), str(count - 1))
    labels = [int(tick) for tick in chart.ticks]
    assert labels[0] == count - drawn
    assert labels[-1] == count - 1
    assert len({later - earlier for earlier, later in pairwise(labels)}) == 1


def test_too_few_to_draw() -> None:
    assert line_chart(points(), str) is None
    assert line_chart(points(100), str) is None


@pytest.mark.parametrize(
    ("highest", "top"), [(0, 2), (3, 4), (7, 10), (21, 40), (168, 200), (421, 500), (1_001, 2_000)]
)
def test_the_top_of_the_scale(highest: int, top: int) -> None:
    assert scale_top(highest) == top
