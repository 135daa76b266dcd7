"""Verdicts on closed periods: the words, who carries the doubt, and how often they are wrong."""

from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from contract import CensusCounts, Counts, MeanCounts, NpsCounts, ShareCounts, judge
from tests.contract.aiming import target


@pytest.mark.parametrize(
    ("counts", "word"),
    [
        (ShareCounts(195, 210), "met"),
        (ShareCounts(150, 210), "missed"),
        (ShareCounts(185, 210), "not_proven"),
        (ShareCounts(175, 210), "not_proven"),
        (ShareCounts(0, 0), "no_cases"),
    ],
)
def test_a_share_is_decided_by_its_exact_bounds(counts: Counts, word: str) -> None:
    assert judge(target("85"), counts).word == word


def test_the_worked_examples_of_the_draft_contract_come_out() -> None:
    """Its ramp from 80 to 88 % in eight quarters asks for 82.29 % in the third."""
    goal = target("82.29")
    words = [
        judge(goal, ShareCounts(k, n)).word
        for k, n in [(527, 620), (496, 620), (1930, 2400), (140, 150), (90, 150)]
    ]
    assert words == ["met", "not_proven", "missed", "too_few", "missed"]


@pytest.mark.parametrize("rule", ["simple", "breach_must_be_proven", "success_must_be_proven"])
def test_too_few_answers_never_meet_a_target_but_a_proven_miss_stands(rule: str) -> None:
    goal = target("85", rule=rule)
    assert judge(goal, ShareCounts(199, 199)).word == "too_few"
    assert judge(goal, ShareCounts(3, 40)).word == "missed"
    assert judge(goal, ShareCounts(0, 1)).word == "too_few"
    assert judge(goal, NpsCounts(1, 0, 0)).word == "too_few"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (
            "breach_must_be_proven",
            {"met": True, "missed": False, "not_proven": True, "too_few": True, "no_cases": None},
        ),
        (
            "success_must_be_proven",
            {"met": True, "missed": False, "not_proven": False, "too_few": False, "no_cases": None},
        ),
        ("simple", {"met": True, "missed": False, "too_few": None, "no_cases": None}),
    ],
)
def test_the_rule_says_who_carries_the_doubt(rule: str, expected: dict[str, bool | None]) -> None:
    samples = [(195, 210), (150, 210), (185, 210), (9, 10), (0, 0)]
    verdicts = [judge(target("85", rule=rule), ShareCounts(*sample)) for sample in samples]
    assert {verdict.word: verdict.kept for verdict in verdicts} == expected
    assert all(verdict.final for verdict in verdicts)


@pytest.mark.parametrize(("successes", "word"), [(169, "missed"), (170, "met"), (171, "met")])
def test_the_simple_rule_compares_the_figure_itself_and_equality_meets(successes: int, word: str) -> None:
    assert judge(target("85.0", rule="simple"), ShareCounts(successes, 200)).word == word


@pytest.mark.parametrize(
    ("value", "goal", "word"),
    [
        (100 * (1.035 - 1), "3.5", "met"),  # 3.499999999999992 as a float
        (100 * (1.15 - 1), "15", "met"),
        (88.0, "88.0", "met"),
        (2.99, "3", "missed"),
        (-1.5, "-1.5", "met"),
    ],
)
def test_a_census_is_compared_directly_and_without_binary_noise(value: float, goal: str, word: str) -> None:
    verdict = judge(target(goal, rule="simple", confidence=1.0, min_n=0), CensusCounts(value, 300, 309))
    assert verdict.word == word
    assert (verdict.estimate.low, verdict.estimate.high, verdict.estimate.n) == (None, None, None)
    assert (verdict.bound_low, verdict.bound_high) == (None, None)


def test_a_census_of_nothing_has_no_cases() -> None:
    verdict = judge(target("3", rule="simple"), CensusCounts(None, 0, 5))
    assert (verdict.word, verdict.kept) == ("no_cases", None)


def test_where_lower_is_better_the_bounds_change_sides() -> None:
    goal = target("5", direction="lower")
    words = [judge(goal, ShareCounts(k, 400)).word for k in (8, 20, 40)]
    assert words == ["met", "not_proven", "missed"]


@pytest.mark.parametrize(
    ("split", "word"), [((20, 60, 130), "met"), ((80, 80, 60), "missed"), ((50, 60, 110), "not_proven")]
)
def test_nps_is_decided_by_its_exact_bounds(split: tuple[int, int, int], word: str) -> None:
    assert judge(target("28"), NpsCounts(*split)).word == word


@pytest.mark.parametrize(
    ("counts", "word"),
    [
        ({1: 0, 2: 0, 3: 2, 4: 5, 5: 100, 6: 100, 7: 100}, "met"),
        ({1: 50, 2: 50, 3: 50, 4: 50, 5: 5, 6: 0, 7: 0}, "missed"),
        ({1: 5, 2: 5, 3: 20, 4: 30, 5: 60, 6: 60, 7: 40}, "not_proven"),
    ],
)
def test_a_mean_is_decided_by_the_bounds_of_its_scale(counts: dict[int, int], word: str) -> None:
    goal = "5.0" if word == "not_proven" else "5.5"
    assert judge(target(goal), MeanCounts(counts)).word == word


def test_two_equal_answers_prove_nothing_about_a_mean() -> None:
    """They have no spread, so an interval by t would shrink to a point."""
    verdict = judge(target("5.5", min_n=2), MeanCounts({1: 0, 2: 0, 3: 0, 4: 0, 5: 0, 6: 0, 7: 2}))
    assert verdict.word == "not_proven"
    assert judge(target("5.5", min_n=2), MeanCounts({7: 2})).bound_low is None


def test_the_estimate_of_a_share_is_in_percent_with_the_wilson_interval() -> None:
    shown = judge(target("85"), ShareCounts(18, 20)).estimate
    assert (shown.value, shown.n, shown.method) == (90.0, 20, "wilson")
    assert [shown.low, shown.high] == pytest.approx([69.89663547715128, 97.2133518786232])


@settings(deadline=None, max_examples=60)
@given(
    st.integers(0, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.decimals(2, 98, places=1),
    st.sampled_from(["simple", "breach_must_be_proven", "success_must_be_proven"]),
    st.sampled_from(["higher", "lower"]),
)
def test_a_verdict_agrees_with_its_own_bounds(
    share: tuple[int, int], value: Decimal, rule: Any, direction: Any
) -> None:
    goal = target(str(value), rule=rule, direction=direction, min_n=30)
    verdict = judge(goal, ShareCounts(*share))
    if verdict.bound_low is None or verdict.bound_high is None:
        assert verdict.word == "no_cases"
        return
    good, bad = verdict.bound_low, verdict.bound_high
    if direction == "lower":
        good, bad = -bad, -good
    proven_met, proven_missed = good >= value, bad < value
    if direction == "lower":
        proven_met, proven_missed = good >= -value, bad < -value
    assert not (proven_met and proven_missed)
    if verdict.word == "not_proven":
        assert not proven_met
        assert not proven_missed
    if rule != "simple" and verdict.word == "met":
        assert proven_met
    if rule != "simple" and verdict.word == "missed":
        assert proven_missed


@pytest.mark.parametrize("n", [30, 200, 1000])
@pytest.mark.parametrize("value", ["60", "85", "97.5"])
def test_with_the_truth_on_the_target_each_false_word_about_a_share_has_at_most_5_percent(
    n: int, value: str
) -> None:
    """Summed over every outcome, not simulated."""
    truth = float(value) / 100
    goal = target(value, min_n=1)
    words = [judge(goal, ShareCounts(k, n)).word for k in range(n + 1)]
    chances = binom.pmf(np.arange(n + 1), n, truth)
    for word in ("met", "missed"):
        assert chances[[one == word for one in words]].sum() <= 0.05


@pytest.mark.parametrize("probabilities", [(0.2, 0.32, 0.48), (0.36, 0.0, 0.64), (0.01, 0.08, 0.91)])
def test_with_the_truth_on_the_target_each_false_word_about_nps_has_at_most_5_percent(
    probabilities: tuple[float, float, float],
) -> None:
    runs, rng = 200, np.random.default_rng(20260701)
    goal = target(f"{100 * (probabilities[2] - probabilities[0]):.0f}", min_n=1)
    words = [
        judge(goal, NpsCounts(*map(int, split))).word
        for split in rng.multinomial(120, probabilities, size=runs)
    ]
    for word in ("met", "missed"):
        assert (
            words.count(word) <= 0.05 * runs + 2 * (0.05 * 0.95 * runs) ** 0.5
        )  # two standard errors of margin


def test_counts_that_cannot_be_are_refused() -> None:
    for wrong in (
        lambda: ShareCounts(3, 2),
        lambda: ShareCounts(-1, 2),
        lambda: NpsCounts(-1, 0, 0),
        lambda: MeanCounts({1: -1}),
        lambda: CensusCounts(1.0, -5, 0),
        lambda: CensusCounts(float("nan"), 1, 1),
    ):
        with pytest.raises(ValueError, match=r"cannot|count"):
            wrong()
