"""Situations as people write them, one file a theme: 150, with and without marks, at every status."""

from portal.demo.script import Situation
from portal.demo.situations.counters import COUNTERS
from portal.demo.situations.decisions import DECISIONS
from portal.demo.situations.discipline import DISCIPLINE
from portal.demo.situations.late_results import LATE_RESULTS
from portal.demo.situations.manners import MANNERS
from portal.demo.situations.money import MONEY
from portal.demo.situations.silence import SILENCE
from portal.demo.situations.thanks import THANKS
from portal.demo.situations.twice_said import NOT_PUT_RIGHT, TWICE_SAID

SITUATIONS: tuple[Situation, ...] = (
    *LATE_RESULTS,
    *SILENCE,
    *MONEY,
    *COUNTERS,
    *MANNERS,
    *DISCIPLINE,
    *DECISIONS,
    *THANKS,
    *TWICE_SAID,
    *NOT_PUT_RIGHT,
)
