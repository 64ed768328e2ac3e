"""What is wanted of the published numbers, and whether it is so."""

from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.measuring.levels import DISTRICT_QUARTER, Seen, Tally
from portal.statistics.measures import Tier

LEAST_COVERED, MOST_COVERED = 0.94, 0.99
RELATIVE = {
    Tier.SMALL: {
        "province-month": 0.05,
        "province-quarter": 0.032,
        "province-year": 0.018,
        "category-half-year": 0.15,
        "department-year": 0.20,
    },
    Tier.LARGE: {
        DISTRICT_QUARTER: 0.03,
        "department-quarter": 0.06,
        "commune-year": 0.20,
        "province-month": 0.01,
    },
}


@dataclass(frozen=True)
class Goal:
    """One of them."""

    what: str
    measured: str
    wanted: str
    is_met: bool


def goals(seen: Mapping[Tier, Seen], others: Mapping[str, Mapping[str, Tally]], epsilon: float) -> list[Goal]:
    """All of them. `others`: what other designs say, in the small tier."""
    small = seen[Tier.SMALL]
    error = small.levels[DISTRICT_QUARTER].mean_error
    found = [
        Goal("ε for life", f"{epsilon:.3f}", "≤ 1", epsilon <= 1),
        Goal("small, district-quarter", f"{error:.2f}", "≤ 3.0 reports", error <= 3),
    ]
    for tier, wanted in RELATIVE.items():
        for name, most in wanted.items():
            relative = seen[tier].levels[name].relative
            found.append(Goal(f"{tier}, {name}", f"{relative:.2%}", f"≤ {most:.1%}", relative <= most))
    for name, least in (("naive", 6), ("method C", 2)):
        times = others[name][DISTRICT_QUARTER].mean_error / error
        found.append(Goal(f"district-quarter, better than {name}", f"{times:.1f} ×", f"≥ {least} ×", times >= least))
    quarter, year = small.late["province-quarter"], small.late["district-year"]
    for name, late, most in (("province-quarter", quarter, 0.025), ("district-year", year, 0.045)):
        points = late.error / max(1, late.shown)
        found.append(
            Goal(f"small, late share, {name}", f"{100 * points:.2f}", f"≤ {100 * most} points", points <= most)
        )
    shown = year.shown / year.seen
    found.append(Goal("small, late share, districts shown", f"{shown:.0%}", "≥ 50 %", shown >= 0.5))
    for tier, of in seen.items():
        found += _honest(tier, of)
    return found


def _honest(tier: Tier, seen: Seen) -> list[Goal]:
    covered = {**seen.levels, **seen.districts}
    low = min(covered, key=lambda name: covered[name].coverage)
    high = max(covered, key=lambda name: covered[name].coverage)
    found = [
        Goal(
            f"{tier}, margins cover",
            f"{covered[low].coverage:.1%} to {covered[high].coverage:.1%}",
            f"94 to 99 % ({low}, {high})",
            covered[low].coverage >= LEAST_COVERED and covered[high].coverage <= MOST_COVERED,
        )
    ]
    for name, late in seen.late.items():
        if late.flags:
            wrong = late.wrong / late.seen
            found.append(Goal(f"{tier}, wrong flags, {name}", f"{wrong:.2%}", "≤ 1 % of the bodies", wrong <= 0.01))
    return [*found, Goal(f"{tier}, gaps between totals", str(seen.gaps), "0", seen.gaps == 0)]
