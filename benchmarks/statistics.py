"""How exact the published numbers are: invented provinces through the code that makes releases, beside other designs.

Why it is fair. Three years of 2,000 and of 20,000 reports a year, in several worlds of which each is released many
times: `cells.groups_of`, `release.drawn` and `fitting.fit` with the shares of `measures.TABLES`, in the order and with
the totals of `release.make_release`, without its database. The noise is drawn by a seed, by a sampler that passes the
test of OpenDP's (--opendp draws OpenDP's own). Errors are against the reports as they are; margins, shares and "better
or worse than the province" are those of `amounts`. Beside them, on the same worlds: ten equal tables by month, and
method C, which spends .78 on body × topic × {late, not} by month. Relative errors are mean error over mean true number.
Bands are numbers that the margin reaches. Wrong flags are counted among all bodies that could have had one.

"""

import sys
from collections.abc import Sequence
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[1])  # the root; this folder's names are no libraries

from random import Random
from typing import Any

from benchmarks.measuring.designs import Others
from benchmarks.measuring.goals import goals
from benchmarks.measuring.invented import World
from benchmarks.measuring.levels import DISTRICT_QUARTER, Seen, Tally, targets
from benchmarks.measuring.places import SQLITE, place
from benchmarks.measuring.publishing import Releases, Schedule, Truth, gaps
from benchmarks.measuring.releasing import release_quarter
from benchmarks.measuring.results import Figures, Line, Options, run
from benchmarks.measuring.sampler import repeatable_draw
from portal.statistics.laplace import opendp_draw
from portal.statistics.measures import TABLES, WHOLE, Tier, spent

A_YEAR = {Tier.SMALL: 2_000, Tier.LARGE: 20_000}
WORLDS, TIMES = 6, 50
QUICK_TIMES = 4
COMPARED = 5  # one release in so many is compared with the other designs
SEED = 20
BEGIN = 2_000  # cases of the demo that --release doubles until there are enough


def measured(tier: Tier, times: int, *, opendp: bool) -> tuple[Seen, dict[str, dict[str, Tally]]]:
    """All releases of a size, and what the other designs would have said."""
    random = Random(SEED)  # noqa: S311 (to be drawn again)
    draw = opendp_draw() if opendp else repeatable_draw(random)
    seen, others = Seen(), dict[str, dict[str, Tally]]({"naive": {}, "method C": {}})
    schedule = Schedule.of(tier)
    for _ in range(WORLDS):
        world = World(random, A_YEAR[tier])
        truth, other = Truth(world, schedule), Others(world)
        wanted = targets(truth)
        for time in range(times):
            releases = Releases(truth)
            releases.make_all(draw)
            seen.add(releases, wanted)
            seen.add_late(releases)
            seen.gaps += gaps(releases)
            if time % COMPARED == 0:
                other.compare(other.naive(draw), others["naive"])
                other.compare(other.method_c(draw), others["method C"])
    return seen, others


def told(tier: Tier, seen: Seen, others: dict[str, dict[str, Tally]]) -> list[Line]:
    """The table of a size."""
    lines = [Line(f"── {A_YEAR[tier]:,} reports a year, tables of the {tier} tier", "error")]
    for name, tally in seen.levels.items():
        beside = "".join(f"; {other} {of[name].mean_error:.1f}" for other, of in others.items() if name in of)
        lines.append(Line(name, f"{tally.mean_error:.2f}", _note(tally) + beside))
    lines += [Line(f"  {key}", f"{tally.mean_error:.2f}", _note(tally)) for key, tally in seen.districts.items()]
    for name, late in seen.late.items():
        shown = max(1, late.shown)
        note = (
            f"points; margin ±{100 * late.margin / shown:.1f}, covered {late.covered / shown:.1%}, "
            f"shown for {late.shown / late.seen:.0%}"
        )
        if late.flags:
            note += f"; flagged {late.flags / late.seen:.1%}, wrongly {late.wrong / late.seen:.2%}"
            note += f" ({late.wrong / late.flags:.1%} of the flags)"
        lines.append(Line(f"late share, {name}", f"{100 * late.error / shown:.2f}", note))
    return [*lines, Line("gaps between totals", str(seen.gaps))]


def _note(tally: Tally) -> str:
    return (
        f"of {tally.truth / tally.seen:.1f} ({tally.relative:.1%}), margin ±{tally.margin / tally.seen:.0f}, "
        f"covered {tally.coverage:.1%}, bands {tally.bands / tally.seen:.0%}"
    )


def released(reports: int) -> tuple[Sequence[Line], Figures]:
    """The tables of one quarter over so many cases, in a process of their own: seconds, and how much it grew."""
    with place() as here:
        installation, _ = here.loaded(SQLITE, BEGIN, SEED)
        installation.close()
        took = release_quarter(installation.url, reports)
    seconds, worked = (sum(one[place] for one in took.seconds.values()) for place in (0, 1))
    lines = [Line(f"cases in {took.quarter}'s database", f"{took.reports:,}")]
    lines += [
        Line(f"  {name}", f"{part:.2f} s", f"processor {work:.2f}") for name, (part, work) in took.seconds.items()
    ]
    lines += [
        Line(
            f"all tables of {took.quarter}",
            f"{seconds:.1f} s",
            f"processor {worked:.1f}; ≤ 15 s: {'met' if seconds <= 15 else 'NOT MET'}",
        ),
        Line(
            "the process grew by", f"{took.megabytes:.0f} MB", f"≤ 200: {'met' if took.megabytes <= 200 else 'NOT MET'}"
        ),
    ]
    return lines, {"release_seconds": seconds, "release_megabytes": took.megabytes}


def measure(options: Options) -> tuple[Sequence[Line], Figures]:
    """Both sizes; or how long a release takes."""
    if options.more["release"]:
        return released(options.more["reports"])
    times = QUICK_TIMES if options.quick else TIMES
    lines = [Line("releases of three years", f"{WORLDS * times}", "of each size")]
    found = {}
    for tier in Tier:
        seen, others = measured(tier, times, opendp=options.more["opendp"])
        found[tier] = seen, others
        lines += told(tier, seen, others)
    epsilon = max(max(spent(table.shares for table in tables).values()) for tables in TABLES.values()) / WHOLE
    lines += [
        Line(f"goal: {goal.what}", goal.measured, f"{goal.wanted}: {'met' if goal.is_met else 'NOT MET'}")
        for goal in goals({tier: seen for tier, (seen, _) in found.items()}, found[Tier.SMALL][1], epsilon)
    ]
    small, others = found[Tier.SMALL]
    said = [late for seen, _ in found.values() for late in seen.late.values() if late.flags]
    every = [
        tally.coverage for seen, _ in found.values() for tally in (*seen.levels.values(), *seen.districts.values())
    ]
    return lines, {
        "epsilon": epsilon,
        "district_quarter": small.levels[DISTRICT_QUARTER].mean_error,
        "district_quarter_naive": others["naive"][DISTRICT_QUARTER].mean_error,
        "province_month_error": small.levels["province-month"].relative,
        "coverage_min": min(every),
        "coverage_max": max(every),
        "wrong_flags": max(late.wrong / late.seen for late in said),
    }


MORE: dict[str, dict[str, Any]] = {
    "--opendp": {"action": "store_true", "help": "OpenDP's noise, for which there is no seed"},
    "--release": {"action": "store_true", "help": "how long the tables of a quarter take over many cases, instead"},
    "--reports": {"type": int, "default": 1_000_000, "help": "how many cases, for --release"},
}


if __name__ == "__main__":
    sys.exit(run(__doc__ or "", measure, more=MORE))
