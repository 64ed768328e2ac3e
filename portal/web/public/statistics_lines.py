"""Numbers as bars: the lines that several pages of statistics draw."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.statistics.amounts import Amount
from portal.statistics.cells import Topic
from portal.web.frame.charts import Bar, bar
from portal.web.public.statistics_words import Figure, figure


@dataclass(frozen=True)
class TopicLine:
    """One topic as a bar."""

    name: str
    figure: Figure
    bar: Bar
    href: str = ""


def topic_lines(
    amounts: Mapping[Topic, tuple[str, Amount]] | Mapping[str, tuple[str, Amount]], linked: bool = False
) -> list[TopicLine]:
    """Bars, the longest first, on one scale; `linked`: each leads to its topic's page."""
    top = max((amount.high for _, amount in amounts.values()), default=1)
    ordered = sorted(amounts.items(), key=lambda one: -one[1][1].value)
    return [
        TopicLine(
            name,
            figure(amount),
            bar(amount.value, amount.low, amount.high, top),
            f"/statistics/topics/{topic}" if linked else "",
        )
        for topic, (name, amount) in ordered
    ]
