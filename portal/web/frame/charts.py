"""Charts as geometry: shapes for an SVG that is stretched, words for the HTML around it. Right without a script.

The box is 100 wide and 100 high, from the top left. A template draws it by `ui.chart(…)`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

TICKS = 4
MOST = 36 // (TICKS - 1) * (TICKS - 1) + 1  # three years, and the month they are compared with
STEPS = (1, 2, 4, 5, 10)  # the top of the scale is such a one, times a power of ten


@dataclass(frozen=True)
class Point:
    """One value and its range, at a place along the axis."""

    label: str
    value: int
    low: int
    high: int


@dataclass(frozen=True)
class Chart:
    """What is drawn: paths as attributes take them, labels of the axes, and from where to where."""

    line: str
    band: str
    dot: str
    scale: tuple[str, str, str]
    ticks: tuple[str, ...]
    first: str
    last: str


def line_chart(points: Sequence[Point], write: Callable[[int], str]) -> Chart | None:
    """A line with its margin as a band around it, oldest first; None for fewer than two points.

    The oldest ones are left out of the drawing, so that its ticks stand at even distances. `write` writes a number.
    """
    if len(points) < 2:
        return None
    if len(points) > TICKS:
        steps = (min(len(points), MOST) - 1) // (TICKS - 1)
        points = points[-(steps * (TICKS - 1) + 1) :]
        ticks = tuple(point.label for point in points[::steps])
    else:
        ticks = tuple(point.label for point in points)
    top = scale_top(max(point.high for point in points))
    across = [round(100 * place / (len(points) - 1), 2) for place in range(len(points))]

    def path(values: Sequence[int], places: Sequence[float]) -> str:
        return "L".join(f"{x:g} {100 - 100 * value / top:.1f}" for x, value in zip(places, values, strict=True))

    line = path([point.value for point in points], across)
    above = path([point.high for point in points], across)
    below = path([point.low for point in reversed(points)], across[::-1])
    return Chart(
        line=f"M{line}",
        band=f"M{above}L{below}z",
        dot=f"M{line.rpartition('L')[2]}h0",
        scale=(write(top), write(top // 2), write(0)),
        ticks=ticks,
        first=points[0].label,
        last=points[-1].label,
    )


def scale_top(highest: int) -> int:
    """The smallest round number that is not below the highest value; its half is whole, too."""
    power = 1
    while True:
        for step in STEPS:
            if step * power >= highest and step * power % 2 == 0:
                return step * power
        power *= 10
