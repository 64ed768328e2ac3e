"""What is said of published numbers, measured: intervals cover what they promise, sums know how their errors hang
together, and nobody is called better or worse by chance."""

from collections.abc import Sequence
from random import Random

import pytest

from benchmarks.measuring.sampler import repeatable_draw
from portal.statistics.amounts import NOTHING, Amount, Block, Cell, Share, Trend, added, apart, share_of, trend
from portal.statistics.cells import Geography, Group, groups_of
from portal.statistics.fitting import Known, fit
from portal.statistics.measures import TABLES, Partition, Tier
from portal.statistics.noise import margin, variance

PLACES = Geography(tuple(f"H-{n}" for n in range(18)), (), ("a", "b", "c", "d"))
AREAS = next(table for table in TABLES[Tier.SMALL] if table.partition is Partition.AREA)
RATINGS = next(table for table in TABLES[Tier.SMALL] if table.partition is Partition.RATING)
WORLDS = 400


def laplace(draw: Random, share: int) -> int:
    """Noise of a share that can be repeated."""
    return repeatable_draw(draw)([0], share)[0]


def world(draw: Random, groups: Sequence[Group], truth: dict[str, int], share: int, months: int) -> list[Cell]:
    """One release of true numbers, fitted to a total with the noise of so many months."""
    noisy = {key: count + laplace(draw, share) for key, count in truth.items()}
    value = sum(truth.values()) + sum(laplace(draw, 140) for _ in range(months))
    known = {group.total: Known(max(0, value), months * variance(140)) for group in groups if group.total}
    shares = dict.fromkeys(RATINGS.shares, share)
    return [Cell(*vars(cell).values()) for cell in fit(groups, noisy, known, shares)]


def test_a_rate_of_part_and_whole_covers_the_truth() -> None:
    """Satisfied among those who rated: both are sums of the same fitted table."""
    draw = Random(1)
    groups = groups_of(Partition.RATING, PLACES)
    truth = {"none": 900, "1_2": 150, "3": 180, "4_5": 530}
    covered = 0
    for _ in range(WORLDS):
        block = Block(world(draw, groups, truth, 70, 12))
        found = share_of([block], ["4_5"], ["1_2", "3", "4_5"])
        assert found is not None
        covered += found.low <= 530 / 860 <= found.high
    assert 0.92 <= covered / WORLDS <= 0.985


def test_a_late_share_over_four_quarters_covers_the_truth() -> None:
    draw = Random(2)
    groups = groups_of(Partition.AREA, PLACES)
    truth = {key: 6 if key.endswith("late") else 22 for group in groups for node in group.nodes for key in node.drawn}
    covered = shown = 0
    for _ in range(WORLDS):
        blocks = []
        for _ in range(4):
            blocks.append(Block(cell for cell in world(draw, groups, truth, 480, 3) if "/" in cell.key))
        found = share_of(blocks, ["H-3/late"], ["H-3/in_time", "H-3/late"])
        if found is not None and found.is_shown:
            shown += 1
            covered += found.low <= 6 / 28 <= found.high
    assert shown > 0.9 * WORLDS
    assert 0.93 <= covered / shown <= 0.99


def test_the_variance_of_a_sum_within_a_group() -> None:
    draw = Random(3)
    groups = groups_of(Partition.RATING, PLACES)
    truth = {"none": 900, "1_2": 150, "3": 180, "4_5": 530}
    rated = ["1_2", "3", "4_5"]
    amounts = [Block(world(draw, groups, truth, 70, 12)).amount(rated) for _ in range(3 * WORLDS)]
    measured = sum((amount.value - 860) ** 2 for amount in amounts) / len(amounts)
    assert measured == pytest.approx(amounts[0].spread, rel=0.15)
    whole = Block(world(draw, groups, truth, 70, 12)).amount(truth)
    assert whole.spread == pytest.approx(12 * variance(140), rel=1e-4)


def test_a_number_by_itself_has_the_margin_of_its_noise() -> None:
    cell = Cell("province", 150, 150, margin((140,)), (140,), variance(140))
    amount = Block([cell]).amount(["province"])
    assert (amount.value, amount.margin) == (150, margin((140,)))
    assert added([amount] * 12).margin == margin((140,) * 12)
    assert added([]) == NOTHING
    assert Block([cell]).amount(["nothing"]) == NOTHING


def test_more_or_fewer_only_beyond_the_margin_of_the_difference() -> None:
    off = margin((140, 140))
    amounts = [Amount(value, (140,), variance(140)) for value in (150, 150 + off, 151 + off)]
    assert [trend(one, amounts[0]) for one in amounts] == [Trend.UNSURE, Trend.UNSURE, Trend.MORE]
    assert trend(amounts[0], amounts[2]) is Trend.FEWER


def test_better_or_worse_only_where_intervals_do_not_touch() -> None:
    province = Share(0.77, 0.74, 0.80)
    assert apart(Share(0.89, 0.81, 0.97), province) is Trend.MORE
    assert apart(Share(0.88, 0.80, 0.96), province) is Trend.UNSURE
    assert apart(Share(0.60, 0.50, 0.73), province) is Trend.FEWER


def test_a_share_that_says_too_little_is_not_said() -> None:
    few = [Cell(f"H/{part}", 3, 3, 6, (480,), 8.0) for part in ("in_time", "late")]
    found = share_of([Block(few)], ["H/late"], ["H/in_time", "H/late"])
    assert found is None or not found.is_shown
