"""Statistics against published values, and the properties that any interval has to have."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, hypergeom

from contract.statistics import mean_interval, nps_interval, nps_test, share_interval, share_test

CASES = json.loads((Path(__file__).parent / "statistics_cases.json").read_text(encoding="utf-8"))["cases"]
METHODS = ("wilson", "exact", "jeffreys", "agresti_coull")
NAMES = {"beta": "exact"}  # what the sources call Clopper-Pearson


def published(prefix: str) -> Any:
    """The cases whose id begins so, each as one test."""
    found = [pytest.param(case, id=case["id"]) for case in CASES if case["id"].startswith(prefix)]
    assert found
    return pytest.mark.parametrize("case", found)


def close(case: dict[str, Any]) -> Any:
    return pytest.approx(case["expected"], abs=case["abs_tolerance"], rel=0)


shares = st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
splits = st.tuples(st.integers(0, 300), st.integers(0, 300), st.integers(0, 300)).filter(any)


@published("rbinom")
def test_share_intervals_agree_with_the_r_package_binom(case: dict[str, Any]) -> None:
    given_ = case["inputs"]
    method = NAMES.get(given_["method"], given_["method"])
    share = share_interval(given_["k"], given_["n"], given_["conf"], method)
    assert [share.low, share.high] == close(case)


@pytest.mark.parametrize("id_", ["clopper_pearson", "jeffreys", "wilson"])
def test_share_intervals_agree_with_fagerland_lydersen_and_laake(id_: str) -> None:
    case = next(case for case in CASES if case["id"] == f"fagerland_{id_}_13_16")
    method = NAMES.get(case["inputs"]["method"], case["inputs"]["method"])
    share = share_interval(13, 16, 0.95, method)
    assert [share.low, share.high] == close(case)


@published("fagerland_tests")
def test_two_sided_tests_agree_with_fagerland_lydersen_and_laake(case: dict[str, Any]) -> None:
    given_, expected = case["inputs"], case["expected"]
    exact = share_test(given_["k"], given_["n"], given_["p0"], "two-sided")
    score = share_test(given_["k"], given_["n"], given_["p0"], "two-sided", method="wilson")
    assert exact.p == pytest.approx(expected["exact_p"], abs=case["abs_tolerance"])
    assert score.p == pytest.approx(expected["score_p"], abs=case["abs_tolerance"])
    assert exact.bound is None


@published("verdict_exact")
def test_the_exact_one_sided_test_and_bound_agree_with_r(case: dict[str, Any]) -> None:
    given_, expected = case["inputs"], case["expected"]
    result = share_test(given_["k"], given_["n"], given_["target"], given_["alternative"])
    assert result.p == pytest.approx(expected["p"], abs=case["abs_tolerance"])
    assert result.bound == pytest.approx(expected["upper"], abs=case["abs_tolerance"])


@published("verdict_wilson")
def test_the_wilson_one_sided_bound_agrees_with_r(case: dict[str, Any]) -> None:
    given_ = case["inputs"]
    result = share_test(given_["k"], given_["n"], 0.5, given_["alternative"], method="wilson")
    assert result.bound == pytest.approx(case["expected"][1], abs=case["abs_tolerance"])


@published("nps_wald")
def test_the_wald_interval_of_nps_agrees_with_the_published_one(case: dict[str, Any]) -> None:
    score = nps_interval(**case["inputs"], method="wald")
    assert [score.value, score.low, score.high] == close(case)


@published("nps_adjusted_wald")
def test_the_adjusted_wald_interval_of_nps_agrees_with_rocks(case: dict[str, Any]) -> None:
    score = nps_interval(**case["inputs"])
    assert score.low is not None
    assert score.high is not None
    assert [(score.low + score.high) / 2, score.low, score.high] == close(case)
    assert score.value == 30


@published("krejcie")
def test_the_finite_population_reaches_five_points_at_the_sizes_of_krejcie_and_morgan(
    case: dict[str, Any],
) -> None:
    for population, n in zip(case["inputs"]["N"], case["expected"], strict=True):
        assert half_width(n, population) <= 0.05
        assert half_width(round(0.95 * n), population) > 0.05


def half_width(n: int, population: int) -> float:
    """Half the Wilson interval of one half, as near as n answers come to it."""
    share = share_interval(n // 2, n, population=population)
    assert share.low is not None
    assert share.high is not None
    return (share.high - share.low) / 2


@published("t_sleep")
def test_the_t_interval_agrees_with_r(case: dict[str, Any]) -> None:
    mean = mean_interval(case["inputs"]["values"])
    assert [mean.value, mean.low, mean.high] == close(case)


def test_a_mean_from_counts_is_the_mean_of_the_values_they_count() -> None:
    counted = mean_interval({1: 2, 4: 0, 5: 3})
    listed = mean_interval([1, 1, 5, 5, 5])
    assert [counted.value, counted.low, counted.high] == pytest.approx(
        [listed.value, listed.low, listed.high]
    )


def test_one_value_has_a_mean_but_no_interval() -> None:
    mean = mean_interval([4])
    assert (mean.value, mean.low, mean.high) == (4, None, None)


@settings(deadline=None)
@given(shares, st.sampled_from(METHODS), st.floats(0.6, 0.999))
def test_a_share_interval_contains_the_share_and_stays_in_0_to_1(
    share: tuple[int, int], method: Any, confidence: float
) -> None:
    k, n = share
    result = share_interval(k, n, confidence, method)
    assert result.low is not None
    assert result.high is not None
    assert 0 <= result.low <= k / n <= result.high <= 1


@settings(deadline=None)
@given(shares.filter(lambda share: share[0] < share[1]), st.sampled_from(METHODS))
def test_one_success_more_never_lowers_the_limits(share: tuple[int, int], method: Any) -> None:
    k, n = share
    less, more = share_interval(k, n, method=method), share_interval(k + 1, n, method=method)
    assert less.low is not None
    assert more.low is not None
    assert less.high is not None
    assert more.high is not None
    assert less.low <= more.low
    assert less.high <= more.high


@settings(deadline=None)
@given(shares, st.sampled_from(METHODS), st.integers(2, 5))
def test_more_answers_with_the_same_share_narrow_the_interval(
    share: tuple[int, int], method: Any, times: int
) -> None:
    k, n = share
    few, many = share_interval(k, n, method=method), share_interval(k * times, n * times, method=method)
    assert few.low is not None
    assert few.high is not None
    assert many.low is not None
    assert many.high is not None
    assert many.high - many.low < few.high - few.low


@pytest.mark.parametrize("method", METHODS)
def test_a_sample_of_everybody_leaves_no_doubt(method: Any) -> None:
    share = share_interval(30, 40, method=method, population=40)
    assert (share.low, share.value, share.high) == (0.75, 0.75, 0.75)


@settings(deadline=None)
@given(shares, st.sampled_from(METHODS), st.integers(1, 5000))
def test_knowing_the_population_never_widens_the_interval(
    share: tuple[int, int], method: Any, others: int
) -> None:
    k, n = share
    open_, finite = (
        share_interval(k, n, method=method),
        share_interval(k, n, method=method, population=n + others),
    )
    assert open_.low is not None
    assert open_.high is not None
    assert finite.low is not None
    assert finite.high is not None
    assert finite.high - finite.low <= open_.high - open_.low + 1e-12


@pytest.mark.parametrize(("k", "n", "population"), [(3, 10, 25), (0, 8, 30), (8, 8, 30), (20, 40, 60)])
def test_the_exact_finite_interval_keeps_what_the_hypergeometric_tests_keep(
    k: int, n: int, population: int
) -> None:
    share = share_interval(k, n, method="exact", population=population)
    kept = [
        m / population
        for m in range(k, population - n + k + 1)
        if hypergeom.sf(k - 1, population, m, n) > 0.025 and hypergeom.cdf(k, population, m, n) > 0.025
    ]
    low, high = (0.0 if k == 0 else min(kept)), (1.0 if k == n else max(kept))
    assert (share.low, share.high) == (low, high)


@settings(deadline=None)
@given(shares, st.floats(0.01, 0.99), st.floats(0.6, 0.999))
def test_the_exact_bound_passes_the_target_just_when_the_exact_test_rejects(
    share: tuple[int, int], target: float, confidence: float
) -> None:
    k, n = share
    above, below = (share_test(k, n, target, side, confidence) for side in ("greater", "less"))
    assert above.bound is not None
    assert below.bound is not None
    if abs(above.bound - target) > 1e-9:
        assert (above.bound > target) == (above.p < 1 - confidence)
    if abs(below.bound - target) > 1e-9:
        assert (below.bound < target) == (below.p < 1 - confidence)


@settings(deadline=None)
@given(splits)
def test_swapping_promoters_and_detractors_mirrors_the_nps_interval(split: tuple[int, int, int]) -> None:
    one, other = nps_interval(*split), nps_interval(*reversed(split))
    assert one.value == -(other.value or 0)
    assert one.low == pytest.approx(-(other.high or 0))
    assert one.high == pytest.approx(-(other.low or 0))


@settings(deadline=None)
@given(splits, st.sampled_from(["adjusted_wald", "wald"]), st.floats(0.5, 0.999))
def test_an_nps_interval_contains_the_score_and_stays_on_the_scale(
    split: tuple[int, int, int], method: Any, confidence: float
) -> None:
    score = nps_interval(*split, confidence, method)
    assert score.low is not None
    assert score.high is not None
    assert score.value is not None
    assert -100 <= score.low <= score.value <= score.high <= 100


@settings(max_examples=25, deadline=None)
@given(splits)
def test_the_exact_nps_bounds_enclose_the_score_and_mirror_each_other(split: tuple[int, int, int]) -> None:
    low, high = nps_test(*split, 0, "greater").bound, nps_test(*split, 0, "less").bound
    assert low is not None
    assert high is not None
    assert -100 <= low <= 100 * (split[2] - split[0]) / sum(split) <= high <= 100
    assert nps_test(*reversed(split), 0, "less").bound == -low


@pytest.mark.parametrize("target", [0, 28, 42, 80])
@pytest.mark.parametrize("n", [1, 3, 10, 25])
def test_the_exact_nps_test_errs_in_at_most_5_percent_at_any_share_of_passives(n: int, target: int) -> None:
    wrong = {"greater": [], "less": []}
    for detractors in range(n + 1):
        for promoters in range(n - detractors + 1):
            split = (detractors, n - detractors - promoters, promoters)
            for side, splits_ in wrong.items():
                bound = nps_test(*split, target, side).bound
                assert bound is not None
                if (side == "greater" and bound >= target) or (side == "less" and bound < target):
                    splits_.append(split)
    for passives in (0.0, 0.1, 0.3, 0.5):
        if passives > 1 - target / 100:
            continue
        promoter = (1 - passives + target / 100) / 2
        for splits_ in wrong.values():
            error = sum(
                binom.pmf(p, n, passives) * binom.pmf(pro, n - p, promoter / (1 - passives))
                for _, p, pro in splits_
            )
            assert error <= 0.05


def test_a_single_detractor_proves_nothing_about_an_nps_of_42() -> None:
    bound = nps_test(1, 0, 0, 42, "less").bound
    adjusted_wald = nps_interval(1, 0, 0, 0.90).high
    assert bound is not None
    assert adjusted_wald is not None
    assert adjusted_wald < 42 < bound  # with NPS 42, one answer in four or more may come from a detractor


def test_the_exact_nps_bound_is_near_the_adjusted_wald_bound_in_large_samples() -> None:
    assert nps_test(200, 300, 500, 0, "greater").bound == pytest.approx(
        nps_interval(200, 300, 500, 0.9).low, abs=0.5
    )


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: share_interval(3, 2),
        lambda: share_interval(0, 0),
        lambda: share_interval(1, 2, confidence=95),
        lambda: share_interval(1, 20, population=10),
        lambda: share_test(1, 2, 85, "greater"),
        lambda: share_test(1, 2, 0, "greater", method="wilson"),
        lambda: nps_interval(0, 0, 0),
        lambda: nps_interval(-1, 0, 5),
        lambda: nps_test(1, 1, 1, 120, "greater"),
        lambda: mean_interval([]),
        lambda: mean_interval([float("nan")]),
    ],
)
def test_what_cannot_be_is_refused(wrong: Any) -> None:
    with pytest.raises(ValueError, match=r".{10}"):
        wrong()


def test_the_exact_nps_test_spares_a_fiftieth_of_alpha_for_the_passives_it_leaves_out() -> None:
    # No share of passives that a thousand of them leave likely allows a score of -90: only the spare is left.
    assert nps_test(0, 1000, 0, -90, "greater").p == pytest.approx(0.05 / 50)
    assert nps_test(0, 1000, 0, -90, "greater", 0.9).p == pytest.approx(0.1 / 50)
    # One promoter against 0: at its likeliest, half of all who are not passive; and the spare.
    assert nps_test(0, 0, 1, 0, "greater").p == pytest.approx(0.5 + 0.05 / 50)


@given(shares, st.sampled_from((*METHODS, "wald")), st.integers(0, 50))
def test_a_finite_population_leaves_only_what_those_not_asked_can_make_of_it(
    share: tuple[int, int], method: Any, others: int
) -> None:
    k, n = share
    found = share_interval(k, n, method=method, population=n + others)
    assert found.low is not None and found.high is not None
    assert found.low >= k / (n + others) - 1e-12 or k == 0
    assert found.high <= (k + others) / (n + others) + 1e-12


def test_forty_of_fifty_out_of_fifty_one_are_forty_or_forty_one() -> None:
    found = share_interval(40, 50, population=51)
    assert (found.low, found.high) == pytest.approx((40 / 51, 41 / 51))


@pytest.mark.parametrize(
    ("spellings", "side"),
    [(("upper", "above", "higher", "larger"), "greater"), (("lower", "below", "smaller"), "less")],
)
def test_sides_may_be_spelled_as_the_field_does(spellings: tuple[str, ...], side: str) -> None:
    for each in spellings:
        assert share_test(18, 20, 0.8, each) == share_test(18, 20, 0.8, side)
