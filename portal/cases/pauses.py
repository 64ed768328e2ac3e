"""When the clocks of a case stood still, read from its events: a clock's own row knows only for how many days.

Pure: events in, spans of days out.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from portal.cases.deadlines import Pause
from portal.cases.models import Clock, Event
from portal.foundation.time import local

Pauses = Mapping[tuple[str, str], list[Pause]]  # by what a clock is for, and the day it started on


def pauses_told(events: Iterable[Event]) -> Pauses:
    """The pauses that a case's events tell, in their order. (Clocks of one word and day stand still together.)"""
    found: dict[tuple[str, str], list[Pause]] = {}
    for event in events:
        on = local(event.at).date()
        for told in (event.payload or {}).get("clocks", ()):
            spans = found.setdefault((told["starts"], told["started_on"]), [])
            stands_still = bool(spans) and spans[-1][1] is None
            if told["clock"] == "paused" and not stands_still:
                spans.append((on, None))
            elif told["clock"] == "resumed" and stands_still:
                spans[-1] = (spans[-1][0], on)
    return found


def pauses_of(clock: Clock, told: Pauses, ended_on: date | None) -> list[Pause]:
    """The pauses of one clock. What came after its end was not its own."""
    spans = told.get((clock.starts, clock.started_on.isoformat()), [])
    return [span for span in spans if ended_on is None or span[0] < ended_on]
