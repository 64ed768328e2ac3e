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


@dataclass(frozen=True)
class Dots:
    """Values that stand for themselves: a dot with a whisker each, from the left."""

    whiskers: str
    dots: str
    scale: tuple[str, str, str]
    ticks: tuple[str, str]


def dots_chart(points: Sequence[Point], write: Callable[[int], str]) -> Dots | None:
    """Dots with whiskers, oldest first; None for fewer than two. No line: what lies between has no value."""
    if len(points) < 2:
        return None
    top = scale_top(max(point.high for point in points))
    across = [round(5 + 90 * place / (len(points) - 1), 1) for place in range(len(points))]

    def height(value: int) -> str:
        return f"{100 - 100 * value / top:.1f}"

    return Dots(
        whiskers="".join(
            f"M{x:g} {height(point.high)}V{height(point.low)}" for x, point in zip(across, points, strict=True)
        ),
        dots="".join(f"M{x:g} {height(point.value)}h0" for x, point in zip(across, points, strict=True)),
        scale=(write(top), write(top // 2), write(0)),
        ticks=(points[0].label, points[-1].label),
    )


@dataclass(frozen=True)
class Bar:
    """One bar of a list, in a box of 100 × 8: sure up to the lower bound, unsure up to the upper one, a tick."""

    sure: str
    ripple: str
    tick: str


def bar(value: int, low: int, high: int, top: int) -> Bar:
    """A bar as long as its number is of the greatest; `top` is the highest upper bound of its list."""
    low_at, at, high_at = (round(99 * number / max(1, top), 1) for number in (low, value, high))
    sure = f"M0 0h{low_at:g}v8H0z" if low_at else ""
    return Bar(sure, f"M{low_at:g} 0h{high_at - low_at:.1f}v8H{low_at:g}z", f"M{at:g} 0v8")


@dataclass(frozen=True)
class Whisker:
    """An interval with its value, in a box of 100 × 8."""

    line: str
    dot: str


def whisker(value: float, low: float, high: float, begin: float, end: float) -> Whisker:
    """An interval on an axis from `begin` to `end`."""

    def at(number: float) -> str:
        return f"{100 * (number - begin) / (end - begin):.1f}"

    return Whisker(f"M{at(low)} 4H{at(high)}", f"M{at(value)} 4h0")


@dataclass(frozen=True)
class Spark:
    """A small line without axes, in a box of 100 × 32."""

    line: str
    dot: str


def spark(values: Sequence[float]) -> Spark | None:
    """How a number went, oldest first; None for fewer than three values, which are no way."""
    if len(values) < 3:
        return None
    least, most = min(values), max(values)
    reach = (most - least) or 1.0
    places = [
        f"{3 + 94 * place / (len(values) - 1):.0f} {28 - 24 * (value - least) / reach:.1f}"
        for place, value in enumerate(values)
    ]
    return Spark(f"M{'L'.join(places)}", f"M{places[-1]}h0")


@dataclass(frozen=True)
class Bins:
    """How likely each whole number is: columns inside the margin, columns outside of it, and the outline."""

    sure: str
    ripple: str
    outline: str
    top: float


def bins(chances: Sequence[float], margin: int, top: float) -> Bins:
    """Chances of -n … n as columns; `top` is the height of the box as a chance."""
    reach = len(chances) // 2
    wide = 100 / len(chances)
    columns = [(place * wide, 100 - 100 * chance / top) for place, chance in enumerate(chances)]

    def column(x: float, y: float) -> str:
        return f"M{x + 0.09 * wide:.2f} {y:.1f}h{0.82 * wide:.2f}V100h-{0.82 * wide:.2f}z"

    inside = [abs(place - reach) <= margin for place in range(len(chances))]
    outline = "".join(
        f"{'M' if place == 0 else ''}{f'{x:.1f} {y:.1f}' if place == 0 else f'V{y:.1f}'}H{x + wide:.1f}"
        for place, (x, y) in enumerate(columns)
    )
    return Bins(
        sure="".join(column(*one) for one, is_inside in zip(columns, inside, strict=True) if is_inside),
        ripple="".join(column(*one) for one, is_inside in zip(columns, inside, strict=True) if not is_inside),
        outline=outline,
        top=top,
    )
