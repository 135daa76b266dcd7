"""Intervals and tests for shares, Net Promoter Scores and means, on statsmodels and scipy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import isfinite, sqrt
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import betainc, gammaln, xlogy
from scipy.stats import binomtest, hypergeom, norm
from statsmodels.stats.proportion import proportion_confint, proportions_ztest
from statsmodels.stats.weightstats import DescrStatsW

from contract.metrics import KindName

ShareMethod = Literal["wilson", "exact", "jeffreys", "agresti_coull"]
TestMethod = Literal["exact", "wilson"]
NpsMethod = Literal["adjusted_wald", "wald"]
Side = Literal["greater", "less", "two-sided"]

_STATSMODELS_NAME = {
    "wilson": "wilson",
    "exact": "beta",
    "jeffreys": "jeffreys",
    "agresti_coull": "agresti_coull",
}
_PASSIVE_GRID = 17  # p is within 0.001 of that on a grid of 400
_ALTERNATIVE = {"greater": "larger", "less": "smaller", "two-sided": "two-sided"}


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its two-sided interval [low, high] at `confidence`, all in one unit.

    Functions of this module give shares as proportions (0..1), `contract.estimate` gives them in percent.
    `low` and `high` are None where no interval can be given, `n` and `confidence` where nothing was sampled.
    """

    kind: KindName
    value: float | None
    low: float | None
    high: float | None
    n: int | None
    confidence: float | None
    method: str


@dataclass(frozen=True, slots=True)
class TestResult:
    """`p` of the test and the one-sided confidence `bound` that goes with it; None for two-sided tests."""

    __test__ = False  # not a test class, whatever its name begins with

    p: float
    bound: float | None


def share_interval(
    successes: int,
    n: int,
    confidence: float = 0.95,
    method: ShareMethod = "wilson",
    population: int | None = None,
) -> Estimate:
    """Two-sided interval of a proportion; value, low and high in 0..1.

    Sources: Wilson 1927; Clopper & Pearson 1934 ("exact"); Brown, Cai & DasGupta 2001, Statistical Science 16
    ("jeffreys" with their modification that 0 of n has the lower limit 0 and n of n the upper limit 1;
    Agresti & Coull 1998). With a finite `population`, "exact" inverts the hypergeometric test (Buonaccorsi
    1987, The American Statistician 41); the others use the effective size n (N - 1) / (N - n) (Cochran 1977,
    ch. 2-3). Raises ValueError for counts or levels that cannot be.
    """
    _check_share(successes, n)
    _check_confidence(confidence)
    value = successes / n
    if population is not None and population < n:
        raise ValueError(f"a sample of {n} cannot come from a population of {population}")
    if population == n:
        return Estimate("share", value, value, value, n, confidence, method)
    if population is not None and method == "exact":
        low, high = _hypergeometric_limits(successes, n, population, (1 - confidence) / 2)
    else:
        weight = 1.0 if population is None else (population - 1) / (population - n)
        low, high = proportion_confint(
            successes * weight, n * weight, alpha=1 - confidence, method=_STATSMODELS_NAME[method]
        )
    low = 0.0 if successes == 0 else float(low)
    high = 1.0 if successes == n else float(high)
    return Estimate("share", value, low, high, n, confidence, method)


def share_test(
    successes: int,
    n: int,
    target: float,
    side: Side,
    confidence: float = 0.95,
    method: TestMethod = "exact",
) -> TestResult:
    """Test a proportion against `target` (0..1); `side` is the alternative: "greater", "less" or "two-sided".

    "exact" is the binomial test with the Clopper-Pearson bound, "wilson" the score test with the Wilson bound
    (both without continuity correction). The bound is the lower limit for "greater", the upper for "less".
    """
    _check_share(successes, n)
    _check_confidence(confidence)
    if not 0 <= target <= 1:
        raise ValueError(f"a proportion is between 0 and 1, not {target}")
    if method == "exact":
        p = float(binomtest(successes, n, target, side).pvalue)
    elif 0 < target < 1:
        p = float(proportions_ztest(successes, n, target, _ALTERNATIVE[side], prop_var=target)[1])
    else:
        raise ValueError("the score test has no variance at a target of 0 or 1; use the exact test")
    if side == "two-sided":
        return TestResult(p, None)
    # Not by the parameter `alternative`: "larger" gives a lower bound in tests and an upper one here.
    low, high = proportion_confint(successes, n, 2 * (1 - confidence), _STATSMODELS_NAME[method])
    if side == "greater":
        return TestResult(p, 0.0 if successes == 0 else float(low))
    return TestResult(p, 1.0 if successes == n else float(high))


def nps_interval(
    detractors: int,
    passives: int,
    promoters: int,
    confidence: float = 0.95,
    method: NpsMethod = "adjusted_wald",
) -> Estimate:
    """Two-sided interval of the Net Promoter Score; value, low and high in points, clipped to -100..100.

    Source: Rocks 2016, The American Statistician 70: "adjusted_wald" adds 3/4, 3/2 and 3/4 to the three
    counts, "wald" nothing. The value is that of the counts themselves; the interval is widened to hold it,
    which only matters for lopsided samples at low confidence.
    """
    n = detractors + passives + promoters
    if min(detractors, passives, promoters) < 0 or n == 0:
        raise ValueError("counts cannot be negative, and an interval needs at least one answer")
    _check_confidence(confidence)
    value = 100 * (promoters - detractors) / n
    added = 0.75 if method == "adjusted_wald" else 0.0
    total = n + 4 * added
    centre = (promoters - detractors) / total
    variance = (promoters + detractors + 2 * added) / total - centre**2
    reach = float(norm.isf((1 - confidence) / 2)) * sqrt(max(variance, 0.0) / total)
    low = max(-100.0, min(100 * (centre - reach), value))
    high = min(100.0, max(100 * (centre + reach), value))
    return Estimate("nps", value, low, high, n, confidence, method)


def nps_test(
    detractors: int,
    passives: int,
    promoters: int,
    target: float,
    side: Literal["greater", "less"],
    confidence: float = 0.95,
) -> TestResult:
    """Exact test of the Net Promoter Score against `target`; target and one-sided bound in points.

    The distribution of promoters less detractors is computed, not approximated. The share of passives, which
    the target leaves open, is searched over its Clopper-Pearson interval at level alpha / 50, and alpha / 50
    is added to p (Berger & Boos 1994, Journal of the American Statistical Association 89), so the error stays
    below alpha at any n; the adjusted-Wald bound calls a provider at NPS 42 "below 42" after one detractor,
    wrongly in 29 %.
    """
    n = detractors + passives + promoters
    if min(detractors, passives, promoters) < 0 or n == 0:
        raise ValueError("counts cannot be negative, and a test needs at least one answer")
    if not -100 <= target <= 100:
        raise ValueError(f"a Net Promoter Score is between -100 and 100, not {target}")
    _check_confidence(confidence)
    if side == "less":  # the same question about the mirror image
        mirrored = nps_test(promoters, passives, detractors, -target, "greater", confidence)
        return replace(mirrored, bound=-(mirrored.bound or 0.0))
    p = _nps_p_value(detractors, passives, promoters, target / 100, confidence)
    return TestResult(p, 100 * _nps_lower_bound(detractors, passives, promoters, confidence))


def mean_interval(values: Mapping[int, int] | Sequence[float], confidence: float = 0.95) -> Estimate:
    """Two-sided t interval (Student 1908) of a mean, in the unit of the values.

    `values` are the numbers themselves, or counts a scale point. From a single value no spread can be told,
    so there is no interval.
    """
    _check_confidence(confidence)
    points: list[float] = list(values)
    counts = list(values.values()) if isinstance(values, Mapping) else [1] * len(points)
    n = sum(counts)
    if n == 0 or min(counts) < 0 or not all(isfinite(point) for point in points):
        raise ValueError("a mean needs at least one value, counts that are not negative, and finite values")
    sample = DescrStatsW(points, weights=counts)
    value = float(sample.mean)
    if n == 1:
        return Estimate("mean", value, None, None, n, confidence, "t")
    low, high = sample.tconfint_mean(1 - confidence)
    return Estimate("mean", value, min(float(low), value), max(float(high), value), n, confidence, "t")


@lru_cache(maxsize=4096)
def _nps_lower_bound(detractors: int, passives: int, promoters: int, confidence: float) -> float:
    """The lowest score, as a proportion, that the exact one-sided test does not reject."""
    n = detractors + passives + promoters
    value = (promoters - detractors) / n
    if value == -1:
        return -1.0

    def excess(candidate: float) -> float:
        return _nps_p_value(detractors, passives, promoters, candidate, confidence) - (1 - confidence)

    near = max(-1.0, value - 5 / sqrt(n))
    return float(brentq(excess, near if excess(near) < 0 else -1.0, value, xtol=1e-8))


def _nps_p_value(detractors: int, passives: int, promoters: int, target: float, confidence: float) -> float:
    """P(a score as high as this) at `target`, at the least favourable share of passives; spare included."""
    n = detractors + passives + promoters
    spared = (1 - confidence) / 50
    lowest, highest = proportion_confint(passives, n, spared, "beta")
    most = min(float(highest), 1 - abs(target))
    if lowest > most:
        return spared
    shares = np.linspace(float(lowest), most, _PASSIVE_GRID)
    return min(1.0, float(_score_tail(n, promoters - detractors, target, shares).max()) + spared)


def _score_tail(n: int, score: int, target: float, passives: NDArray[np.float64]) -> NDArray[np.float64]:
    """P(promoters - detractors >= score) for each share of passives, where its mean is n * target.

    Sums over the number m of answers that are not passive: m is binomial, and so are promoters among them.
    """
    active = 1 - passives[:, None]
    reach = (
        int(3.5 * sqrt(n)) + 10
    )  # seven of the largest standard deviations: what lies beyond is below 1e-11
    m = np.rint(n * active) + np.arange(-reach, reach + 1)[None, :]
    possible = (m >= 0) & (m <= n)
    m = np.clip(m, 0, n)
    coefficient = gammaln(n + 1) - gammaln(m + 1) - gammaln(n - m + 1)
    weight = np.where(possible, np.exp(coefficient + xlogy(m, active) + xlogy(n - m, 1 - active)), 0.0)
    promoter = np.clip((active + target) / 2 / np.where(active > 0, active, 1.0), 0.0, 1.0)
    needed = np.ceil((m + score) / 2)
    open_case = (needed >= 1) & (needed <= m)
    tail = betainc(np.where(open_case, needed, 1), np.where(open_case, m - needed + 1, 1), promoter)
    sums: NDArray[np.float64] = (weight * np.where(open_case, tail, needed <= 0)).sum(axis=1)
    return sums


def _hypergeometric_limits(successes: int, n: int, population: int, tail: float) -> tuple[float, float]:
    """The smallest and largest share of the population that one-sided tests do not reject."""
    least, most = successes, population - (n - successes)
    low, low_end = least, most
    while low < low_end:  # the smallest number of successes with P(X >= successes) > tail
        middle = (low + low_end) // 2
        if hypergeom.sf(successes - 1, population, middle, n) > tail:
            low_end = middle
        else:
            low = middle + 1
    high_start, high = least, most
    while high_start < high:  # the largest number of successes with P(X <= successes) > tail
        middle = (high_start + high + 1) // 2
        if hypergeom.cdf(successes, population, middle, n) > tail:
            high_start = middle
        else:
            high = middle - 1
    return low / population, high / population


def _check_share(successes: int, n: int) -> None:
    if n < 1 or not 0 <= successes <= n:
        raise ValueError(f"{successes} of {n} is not a share; at least one answer is needed")


def _check_confidence(confidence: float) -> None:
    if not 0 < confidence < 1:
        raise ValueError(f"a confidence is between 0 and 1 (write 0.95 for 95 %), not {confidence}")
