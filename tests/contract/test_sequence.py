"""The confidence sequence: valid however often somebody looks."""

from functools import cache
from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import betaln

from contract.sequence import log_evidence, running_bounds

RUNS, LOOKS, SEED = 400, 500, 20260701


@pytest.mark.parametrize("truth", [0.5, 0.85, 0.98])
def test_looking_500_times_at_a_share_refutes_the_truth_in_at_most_5_percent_of_runs(truth: float) -> None:
    @cache
    def refuted(successes: int, n: int) -> bool:
        return log_evidence({0: n - successes, 100: successes}, 100 * truth) >= log(20)

    rng = np.random.default_rng(SEED)
    runs = np.cumsum(rng.random((RUNS, LOOKS)) < truth, axis=1)
    wrong = sum(any(refuted(int(k), n) for n, k in enumerate(run, start=1)) for run in runs)
    assert wrong <= 0.05 * RUNS


def test_looking_again_and_again_at_nps_refutes_the_truth_in_at_most_5_percent_of_runs() -> None:
    probabilities = [0.2, 0.32, 0.48]  # NPS 28
    rng = np.random.default_rng(SEED)
    wrong = 0
    for _ in range(RUNS):
        answers = np.cumsum(rng.multinomial(1, probabilities, size=LOOKS), axis=0)[9::10]
        looks = ({-100: int(d), 0: int(p), 100: int(q)} for d, p, q in answers)
        wrong += any(log_evidence(counts, 28) >= log(20) for counts in looks)
    assert wrong <= 0.05 * RUNS


def test_a_daily_look_at_a_fixed_95_percent_interval_would_err_far_more_often() -> None:
    """The reason for the sequence: the same runs, judged at each look by the usual Wilson limits."""
    truth, z = 0.85, 1.6448536
    rng = np.random.default_rng(SEED)
    k = np.cumsum(rng.random((RUNS, LOOKS)) < truth, axis=1)
    n = np.arange(1, LOOKS + 1)
    distance = np.abs(k / n - truth) / np.sqrt(truth * (1 - truth) / n)
    assert np.mean((distance[:, 20:] > z).any(axis=1)) > 0.25


@settings(deadline=None)
@given(st.integers(0, 300), st.integers(1, 300), st.floats(0.02, 0.98))
def test_for_a_share_the_evidence_is_the_beta_binomial_ratio(k: int, more: int, mean: float) -> None:
    n = k + more
    exact = betaln(k + 0.5, n - k + 0.5) - betaln(0.5, 0.5) - k * log(mean) - (n - k) * log(1 - mean)
    assert log_evidence({0: n - k, 1: k}, mean) == pytest.approx(exact, abs=1e-6)


@settings(deadline=None)
@given(
    st.lists(st.integers(0, 60), min_size=2, max_size=7).filter(any),
    st.floats(0.6, 0.999),
)
def test_the_bounds_enclose_the_mean_and_stay_on_the_scale(counts: list[int], confidence: float) -> None:
    points = dict(enumerate(counts, start=1))
    mean = sum(point * count for point, count in points.items()) / sum(counts)
    low, high = running_bounds(points, confidence)
    assert 1 <= low <= mean + 1e-9
    assert mean - 1e-9 <= high <= len(counts)


@settings(deadline=None)
@given(st.lists(st.integers(0, 40), min_size=3, max_size=5).filter(any), st.floats(1.05, 2.95))
def test_no_distribution_with_the_refuted_mean_explains_the_answers_better(
    counts: list[int], mean: float
) -> None:
    """The dual gives the best likelihood: random distributions with the same mean never beat it."""
    points = dict(enumerate(counts, start=1))
    rng = np.random.default_rng(SEED)
    total = sum(counts)
    uniform = sum(betaln_dirichlet(counts))
    best = uniform - log_evidence(points, mean)
    for _ in range(20):
        p = tilted(rng.dirichlet(np.ones(len(counts))), mean)
        likelihood = sum(c * log(q) for c, q in zip(counts, p, strict=True) if c)
        assert likelihood <= best + 1e-6 * total


def betaln_dirichlet(counts: list[int]) -> list[float]:
    """The log of the Dirichlet(1/2) mixture, as a chain of betas."""
    parts, rest, half = [], sum(counts), len(counts) / 2
    for count in counts[:-1]:
        rest, half = rest - count, half - 0.5
        parts.append(betaln(count + 0.5, rest + half) - betaln(0.5, half))
    return parts


def tilted(p: np.ndarray, mean: float) -> np.ndarray:
    """`p` tilted exponentially to the mean, on the points 1, 2, ..."""
    x = np.arange(1, len(p) + 1)
    low, high = -60.0, 60.0
    for _ in range(200):
        middle = (low + high) / 2
        q = p * np.exp(middle * (x - mean))
        if q @ x / q.sum() > mean:
            high = middle
        else:
            low = middle
    return q / q.sum()


def test_before_the_first_answer_everything_is_possible() -> None:
    assert running_bounds({-100: 0, 0: 0, 100: 0}, 0.95) == (-100, 100)


@pytest.mark.parametrize(
    "counts", [{0: 5, 100: 0}, {0: 0, 100: 5}, {0: 0, 100: 100_000}, {0: 1, 100: 99_999}]
)
def test_one_sided_answers_leave_bounds_on_the_scale(counts: dict[int, int]) -> None:
    low, high = running_bounds(counts, 0.95)
    assert 0 <= low <= high <= 100


def test_a_mean_off_the_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="inside the scale"):
        log_evidence({0: 1, 100: 1}, 100)
