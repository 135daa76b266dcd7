"""Frequencies are those of exact sums, and money is what a person works out where truth leaves no chance."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import sqrt

import numpy as np
import pytest
from scipy.stats import binom

from contract import Contract, NpsCounts, ShareCounts, example_source, judge, read_contract
from contract.simulation import Cost, Simulation, read_asked, simulate
from contract.simulation.truths import Law, Truth, answers_law, mean_law, nps_law

POINTS = example_source("deduction").partition("  examples:")[0]
POOL = example_source("pool_and_share").partition("  examples:")[0]


def agreed(source: str = POINTS, *changes: tuple[str, str]) -> Contract:
    for old, new in changes:
        assert source.count(old) == 1
        source = source.replace(old, new)
    return read_contract(source, "contract.yaml")


def run(
    contract: Contract, truths: Sequence[str], n: str = "200", runs: int = 50, seed: int = 1
) -> Simulation:
    asked = read_asked(contract, truths, [n])
    return simulate(contract, asked.truths, asked.n, asked.response_rates, runs, seed)


def amounts(cost: Cost, name: str) -> set[Decimal]:
    spread = cost.amounts[name]
    return {spread.mean, spread.low, spread.middle, spread.high}


@pytest.mark.parametrize("rule", ["breach_must_be_proven", "simple"])
@pytest.mark.parametrize("min_n", [20, 60])
def test_the_words_of_a_share_come_as_often_as_the_binomial_sums_say(rule: str, min_n: int) -> None:
    n, runs, truth = 50, 5_000, 0.78
    contract = agreed(
        POINTS, ("rule: breach_must_be_proven", f"rule: {rule}"), ("minN: 200", f"minN: {min_n}")
    )
    found = run(contract, ["csat_top2=0.78"], str(n), runs)
    chances = binom.pmf(np.arange(n + 1), n, truth)
    for one in found.frequencies:
        target = contract.target(one.metric, one.period or "")
        assert target is not None and one.target == target.value and one.truth == 78
        verdicts = [judge(target, ShareCounts(k, n)) for k in range(n + 1)]
        exact = dict.fromkeys(one.words, 0.0)
        for verdict, chance in zip(verdicts, chances, strict=True):
            exact[verdict.word] += chance
        for word, share in one.words.items():
            assert abs(share.value - exact[word]) <= 4 * sqrt(exact[word] * (1 - exact[word]) / runs) + 1e-12
            assert share.error > 0
        kept = sum(chance for verdict, chance in zip(verdicts, chances, strict=True) if verdict.kept)
        assert abs(one.kept.value - kept) <= 4 * sqrt(kept * (1 - kept) / runs) + 1e-12


def test_an_nps_comes_out_as_often_as_the_trinomial_sums_say() -> None:
    contract = agreed(
        POINTS, ("kind: share", "kind: nps"), ("floor: 75.0", "floor: -75.0"), ("minN: 200", "minN: 1")
    )
    n, runs, law = 10, 4_000, nps_law(Fraction(70))
    found = run(contract, ["csat_top2=70"], str(n), runs).frequencies[3]
    target = contract.target("csat_top2", found.period or "")
    assert target is not None
    exact = 0.0
    for detractors in range(n + 1):
        for passives in range(n + 1 - detractors):
            split = detractors, passives, n - detractors - passives
            if judge(target, NpsCounts(*split)).word == "missed":
                exact += np.prod(np.array(law.chances) ** split) * _ways(split)
    assert 0.05 < exact < 0.95
    assert abs(found.words["missed"].value - exact) <= 4 * sqrt(exact * (1 - exact) / runs)


def _ways(split: tuple[int, int, int]) -> int:
    first, second, third = split
    ways = 1
    for place in range(1, first + second + third + 1):
        ways *= place
    for part in (first, second, third):
        for place in range(1, part + 1):
            ways //= place
    return ways


def test_with_a_truth_of_nothing_every_period_costs_what_a_person_works_out() -> None:
    """Below the floor: 4 points of 3,000 each, doubled where the period before was missed; a fee of 300,000.

    The rolling cap leaves 8 % of four fees, 96,000. 2026Q1 is grace. 12,000 in Q2, 24,000 from Q3 on: after
    12 + 24 + 24 the window of 2027Q1 has 36,000 left, then 96 - 72 = 24, and so on.
    """
    found = run(agreed(), ["csat_top2=0"], runs=20)
    deducted = [amounts(cost, "deducted") for cost in found.costs]
    assert deducted == [{Decimal(sum_)} for sum_ in (0, 12000, 24000, 24000, 24000, 24000, 24000, 24000)]
    assert found.term_cost is not None
    assert amounts(found.term_cost, "deducted") == {Decimal(156000)}
    assert amounts(found.term_cost, "payable") == {Decimal(8 * 300000 - 156000)}
    assert (found.term_cost.deducted.value, found.term_cost.wrongly) == (1.0, None)
    assert found.term_cost.spared is not None and found.term_cost.spared.value == 0
    assert (found.costs[0].wrongly, found.costs[0].spared) == (None, None)  # grace hangs on nothing
    (over,) = found.over_term
    assert over.words["missed"].value == 1 and over.kept.value == 0
    assert over.never_missed is not None and over.never_missed.value == 0


def test_with_a_perfect_truth_nothing_is_deducted_and_the_stretch_is_paid() -> None:
    found = run(agreed(), ["csat_top2=1"], runs=20)
    assert found.term_cost is not None
    assert amounts(found.term_cost, "deducted") == {Decimal(0)}
    assert amounts(found.term_cost, "bonus") == {Decimal(7 * 3000)}  # not in the period of grace
    assert found.term_cost.spared is None
    assert found.term_cost.wrongly is not None and found.term_cost.wrongly.value == 0


def test_a_rolling_cap_reaches_back_as_far_as_it_says() -> None:
    truth = Truth("csat_top2", "share", (0, 100), Law(Fraction(0), (1.0, 0.0)), Law(Fraction(0), (1.0, 0.0)))
    contract = agreed(
        POINTS,
        (
            "{at: 2026Q1, value: 80.0}, {at: 2027Q4, value: 88.0}",
            "{at: 2026Q1, value: 80.0}, {at: 2026Q4, value: 88.0}",
        ),
        ("percentOfFees: 8.0", "percentOfFees: 4.0"),
    )
    found = simulate(contract, {"csat_top2": truth}, {"csat_top2": 200}, runs=5)
    # 4 % of four fees is 48,000: 12 + 24 leave 12 in 2026Q4, nothing in 2027Q1, then what Q2 leaves behind.
    sums = [cost.amounts["deducted"].mean for cost in found.costs]
    assert sums == [Decimal(each) for each in (0, 12000, 24000, 12000, 0, 12000, 24000, 12000)]


def test_the_rest_of_a_pool_is_carried_and_lost_at_the_end() -> None:
    """A pool of 20,000 a quarter, 60 % of it by satisfaction: nobody is satisfied, growth is always met."""
    found = run(agreed(POOL), ["csat_top2=0%", "member_growth=2.5"], runs=5)
    first, second = (cost.amounts["deducted"].mean for cost in found.costs[:2])
    assert first == Decimal("12000.00")
    assert second == Decimal("19200.00")  # 60 % of 20,000 + 12,000
    assert all(share.value == 1 for share in [cost.deducted for cost in found.costs])


def test_a_census_without_spread_is_decided_by_its_figure_to_the_last_digit() -> None:
    contract = agreed(POOL)
    for growth, word in (("2.0", "met"), ("1.999999", "missed")):
        found = run(contract, ["csat_top2=1", f"member_growth={growth}"], runs=5)
        (over,) = [one for one in found.over_term if one.metric == "member_growth"]
        assert over.words[word].value == 1


def test_an_index_follows_from_its_components_and_a_score_is_paid_by_it() -> None:
    contract = agreed(example_source("score_to_pay").partition("  examples:")[0])
    found = run(contract, ["csat_top2=1", "nps=0/0/100", "member_growth=5"], runs=5)
    assert {one.metric for one in found.over_term} == {"csat_top2", "member_growth", "service_index"}
    (index,) = [
        one for one in found.frequencies if one.metric == "service_index" and one.period == "FY2026H1"
    ]
    assert index.truth == 100 and index.words["met"].value == 1
    assert found.term_cost is not None and found.term_cost.deducted.value == 0
    poor = run(contract, ["csat_top2=0.3", "nps=-50", "member_growth=-1"], runs=5)
    assert poor.term_cost is not None and poor.term_cost.deducted.value == 1
    assert poor.term_cost.amounts["payable"].mean < found.term_cost.amounts["payable"].mean


def test_a_truth_that_moves_is_at_its_ends_in_the_first_and_last_period() -> None:
    found = run(agreed(), ["csat_top2=0.80..0.88"], runs=5)
    truths = [one.truth for one in found.frequencies]
    assert (truths[0], truths[-1]) == (80, 88)
    assert truths[1] == 80 + Fraction(8, 7)


def test_the_same_seed_gives_the_same_figures_and_another_one_others() -> None:
    contract = agreed()
    one, same, other = (run(contract, ["csat_top2=0.8"], runs=300, seed=seed) for seed in (5, 5, 6))
    assert (one.frequencies, one.costs) == (same.frequencies, same.costs)
    assert one.frequencies != other.frequencies


def test_a_mean_is_spread_with_the_largest_entropy_that_its_figure_allows() -> None:
    points = (1, 2, 3, 4, 5, 6, 7)
    law = mean_law(Fraction("5.4"), points)
    chances = np.array(law.chances)
    assert chances.sum() == pytest.approx(1) and chances @ np.array(points) == pytest.approx(5.4, abs=1e-9)
    ratios = chances[1:] / chances[:-1]
    assert ratios == pytest.approx([ratios[0]] * 6)
    assert mean_law(Fraction(7), points).chances == (0, 0, 0, 0, 0, 0, 1)
    explicit = answers_law({1: Fraction(1), 5: Fraction(3)}, (1, 2, 3, 4, 5))
    assert (explicit.figure, explicit.chances) == (4, (0.25, 0, 0, 0, 0.75))


def test_a_truth_that_is_missing_is_refused() -> None:
    with pytest.raises(ValueError, match="csat_top2"):
        simulate(agreed(), {}, {"csat_top2": 200})
