"""Means: the t and bootstrap intervals, and the bound that holds for every shape of the answers."""

from itertools import combinations_with_replacement
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import gammaln
from scipy.stats import beta

from contract.statistics import mean_interval, mean_test, share_test
from contract.statistics.bounded import lower_tail, upper_tail


def outcomes(n: int, points: int) -> np.ndarray:
    """Every way in which n answers can fall on the points, one a row."""
    rows = [
        np.bincount(chosen, minlength=points) for chosen in combinations_with_replacement(range(points), n)
    ]
    return np.array(rows)


def shapes_with_mean(points: np.ndarray, mean: float, rng: np.random.Generator) -> np.ndarray:
    """Distributions on the points that have this mean: every one on two points, and 2,000 of all sorts."""
    low = np.vstack(
        [rng.dirichlet(np.full(len(points), 0.3), 2000), np.eye(len(points)).repeat(len(points), 0)]
    )
    high = np.vstack(
        [rng.dirichlet(np.full(len(points), 0.3), 2000), np.tile(np.eye(len(points)), (len(points), 1))]
    )
    below, above = low @ points, high @ points
    fit = (below <= mean) & (above > mean)
    share = ((mean - below[fit]) / (above[fit] - below[fit]))[:, None]
    return (1 - share) * low[fit] + share * high[fit]


@pytest.mark.parametrize(
    ("scale", "n"), [((1, 2, 3), 30), ((0, 1, 10), 30), ((0, 9, 10), 25), ((1, 2, 3, 4, 5), 12)]
)
@pytest.mark.parametrize("level", [0.05, 0.025])
def test_no_shape_of_the_answers_makes_the_test_err_more_often_than_its_level(
    scale: tuple[int, ...], n: int, level: float
) -> None:
    """Summed over every outcome, for some thousand shapes with that mean, all two-point ones too."""
    points, rng = np.array(scale, dtype=float), np.random.default_rng(20260701)
    every = outcomes(n, len(points))
    ways = gammaln(n + 1) - gammaln(every + 1).sum(axis=1)
    for part in (0.1, 0.3, 0.5, 0.7, 0.9, 0.97):
        mean = points[0] + part * (points[-1] - points[0])
        shapes = np.log(np.clip(shapes_with_mean(points, mean, rng), 1e-300, 1))
        for tail in (lower_tail, upper_tail):
            proven = tail(points, every, mean) <= level
            errors = np.exp(ways[proven] + shapes @ every[proven].T).sum(axis=1)
            assert errors.max(initial=0) <= level


@settings(deadline=None)
@given(
    st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.floats(0.01, 0.99)
)
def test_on_two_points_the_test_is_the_exact_binomial_one(share: tuple[int, int], target: float) -> None:
    k, n = share
    for side in ("greater", "less"):
        mine = mean_test({0: n - k, 1: k}, target, side)
        exact = share_test(k, n, target, side)
        assert mine.p == pytest.approx(exact.p, abs=1e-9)
        assert mine.bound == pytest.approx(exact.bound, abs=1e-9)


@pytest.mark.parametrize("counts", [(1, 1), (1, 3, 5), (3, 4, 5, 20, 168), (1, 0, 0, 1, 40)])
def test_the_tail_is_that_of_random_weights(counts: tuple[int, ...]) -> None:
    points = np.arange(1.0, len(counts) + 1)
    shapes = np.array(counts) + np.eye(len(counts))[0]
    chosen = shapes > 0
    weights = np.random.default_rng(1).dirichlet(shapes[chosen], 400_000)
    means = weights @ points[chosen]
    for target in np.quantile(means, [0.01, 0.05, 0.5, 0.9]):
        assert lower_tail(points, np.array(counts), target)[0] == pytest.approx(
            (means <= target).mean(), abs=0.003
        )


@pytest.mark.parametrize("n", [1, 10, 1000, 100_000])
def test_the_tail_agrees_with_the_beta_distribution_far_out_too(n: int) -> None:
    for k in {1, n // 2 or 1, n}:
        for target in (0.001, 0.3, 0.9, 0.999):
            mine = lower_tail(np.array([0.0, 1.0]), np.array([n - k, k]), target)[0]
            assert mine == pytest.approx(beta.cdf(target, k, n - k + 1), abs=1e-9)


five_points = st.tuples(*[st.integers(0, 60)] * 5).filter(any)


@settings(deadline=None, max_examples=60)
@given(five_points)
def test_the_bounds_enclose_the_mean_inside_the_scale_and_mirror_each_other(counts: tuple[int, ...]) -> None:
    answers = dict(zip(range(1, 6), counts, strict=True))
    mean = mean_interval(answers, method="gaffke")
    low, high = mean_test(answers, 3, "greater", 0.975).bound, mean_test(answers, 3, "less", 0.975).bound
    assert mean.value is not None
    assert low is not None
    assert high is not None
    assert 1 <= low <= mean.value + 1e-9
    assert mean.value - 1e-9 <= high <= 5
    assert [mean.low, mean.high] == pytest.approx([min(low, mean.value), max(high, mean.value)])
    mirrored = mean_test({6 - point: n for point, n in answers.items()}, 3, "less", 0.975)
    assert mirrored.bound == pytest.approx(6 - low)


@settings(deadline=None, max_examples=60)
@given(five_points, st.floats(1.01, 4.99))
def test_the_bound_passes_the_target_just_when_p_is_below_the_level(
    counts: tuple[int, ...], target: float
) -> None:
    answers = dict(zip(range(1, 6), counts, strict=True))
    above, below = (mean_test(answers, target, side) for side in ("greater", "less"))
    assert above.bound is not None
    assert below.bound is not None
    if abs(above.bound - target) > 1e-9:
        assert (above.bound > target) == (above.p < 0.05)
    if abs(below.bound - target) > 1e-9:
        assert (below.bound < target) == (below.p < 0.05)


def test_a_list_and_its_counts_give_the_same_and_points_of_an_index_need_not_be_whole() -> None:
    answers = [3.25, 4.5, 4.5, 5.0, 2.75, 4.0, 3.25]
    counts = {1.0: 0, 2.75: 1, 3.25: 2, 4.0: 1, 4.5: 2, 5.0: 1}
    assert mean_test(answers, 3, "greater", scale=(1, 5)) == mean_test(counts, 3, "greater")
    assert mean_interval(answers, method="gaffke", scale=(1, 5)) == mean_interval(counts, method="gaffke")


def test_the_bootstrap_gives_the_same_interval_every_time_and_one_near_t() -> None:
    values = np.random.default_rng(3).normal(50, 10, 400)
    first, second, other = (mean_interval(values, method="bootstrap", seed=seed) for seed in (1, 1, 2))
    by_t = mean_interval(values)
    assert first == second != other
    assert [first.low, first.high] == pytest.approx([by_t.low, by_t.high], abs=0.15)
    assert mean_interval([4, 4, 4], method="bootstrap").low is None


def test_the_bootstrap_moves_with_the_skew_as_bca_does() -> None:
    """Efron & Tibshirani 1993, An Introduction to the Bootstrap, ch. 14: BCa of a mean of skewed data reaches
    further towards the long tail than towards the short one."""
    skewed = [1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 9, 20]
    mean = mean_interval(skewed, method="bca")
    assert mean.low is not None
    assert mean.high is not None
    assert mean.value is not None
    assert mean.high - mean.value > 1.5 * (mean.value - mean.low)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: mean_test([1, 2, 3], 2, "greater"),
        lambda: mean_test({1: 1, 5: 2}, 6, "greater"),
        lambda: mean_test({1: 1, 5: 2}, 3, "two-sided"),
        lambda: mean_test([1, 9], 3, "less", scale=(1, 5)),
        lambda: mean_test([5, 5], 5, "less", scale=(5, 5)),
        lambda: mean_interval([1, None, 3]),
        lambda: mean_interval([[1, 2], [3, 4]]),
        lambda: mean_interval({1: 0, 2: 0}),
        lambda: mean_interval({1: -1, 2: 3}),
        lambda: mean_interval({1: 1.5}),
        lambda: mean_interval(["a"]),
        lambda: mean_interval([1, 2], method="median"),
    ],
)
def test_what_cannot_be_is_refused(wrong: Any) -> None:
    with pytest.raises(ValueError, match=r".{20}"):
        wrong()
