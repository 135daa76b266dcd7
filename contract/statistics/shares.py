"""Shares of answers: their intervals, and the test of a share against a target."""

from contract.statistics.values import (
    Estimate,
    TestResult,
    check_confidence,
    check_proportion,
    check_share,
    spelled,
    whole,
)

METHODS = {
    "wilson": "wilson",
    "score": "wilson",
    "exact": "exact",
    "beta": "exact",
    "clopper_pearson": "exact",
    "binomial": "exact",
    "jeffreys": "jeffreys",
    "agresti_coull": "agresti_coull",
    "ac": "agresti_coull",
    "mid_p": "mid_p",
    "midp": "mid_p",
    "wald": "wald",
    "normal": "wald",
}
SIDES = {
    "greater": "greater",
    "larger": "greater",
    "higher": "greater",
    "above": "greater",
    "upper": "greater",
    "less": "less",
    "smaller": "less",
    "lower": "less",
    "below": "less",
    "two_sided": "two-sided",
}
_STATSMODELS_NAME = {
    "wilson": "wilson",
    "exact": "beta",
    "jeffreys": "jeffreys",
    "agresti_coull": "agresti_coull",
    "wald": "normal",
}
_AS_INFINITE = 10**8  # of more, few of them asked, the width is that of an infinite population to 0.01 %
_TESTS = ("exact", "beta", "clopper_pearson", "binomial", "wilson", "score")
_ALTERNATIVE = {"greater": "larger", "less": "smaller", "two-sided": "two-sided"}


def share_interval(
    successes: int,
    n: int,
    confidence: float = 0.95,
    method: str = "wilson",
    population: int | None = None,
) -> Estimate:
    """Two-sided interval of a proportion; value, low and high in 0..1.

    `method`: "wilson" (Wilson 1927, Journal of the American Statistical Association 22; also "score"),
    "exact" (Clopper & Pearson 1934, Biometrika 26; also "beta", "clopper_pearson", "binomial"), "jeffreys"
    (Brown, Cai & DasGupta 2001, Statistical Science 16:101-133), "agresti_coull" (Agresti & Coull 1998, The
    American Statistician 52; also "ac"), "mid_p" (half of the outcome itself counts: Newcombe 1998,
    Statistics in Medicine 17:857-872, method 6), "wald" (also "normal"; it covers too seldom, and is here
    for comparison only). In all of them the lower limit of 0 of n is 0 and the upper limit of n of n
    is 1 (for "jeffreys" the modification of Brown, Cai & DasGupta, p. 113).

    With a finite `population`, "exact" inverts the hypergeometric test (Buonaccorsi 1987, The American
    Statistician 41); the others use the effective size n (N - 1) / (N - n) (Cochran 1977, ch. 2-3), cut off
    at what the N - n who were not asked can make of it; where few are left to be asked they are too short,
    and "exact" is not. Not with "mid_p".
    Raises ValueError for counts, levels or methods that cannot be.
    """
    from statsmodels.stats.proportion import proportion_confint

    k, n = check_share(successes, n)
    confidence = check_confidence(confidence)
    method = spelled(method, METHODS, "method")
    value = k / n
    if population is not None:
        population = whole("population", population)
        if population < n:
            raise ValueError(f"a sample of {n} cannot come from a population of {population}")
    if population is not None and method == "mid_p":
        raise ValueError("the mid-p interval is for large populations; use the exact one")
    if population == n:
        return Estimate("share", value, value, value, n, confidence, method)
    as_infinite = population is None or (population > _AS_INFINITE and n * 10_000 < population)
    if population is not None and method == "exact" and not as_infinite:
        low, high = _hypergeometric_limits(k, n, population, (1 - confidence) / 2)
    elif method == "mid_p":
        low, high = _mid_p_limits(k, n, (1 - confidence) / 2)
    else:
        weight = 1.0 if population is None or as_infinite else (population - 1) / (population - n)
        low, high = proportion_confint(
            k * weight, n * weight, alpha=1 - confidence, method=_STATSMODELS_NAME[method]
        )
    low = 0.0 if k == 0 else float(low)
    high = 1.0 if k == n else float(high)
    if population is not None:
        low, high = max(low, k / population), min(high, 1 - (n - k) / population)
    return Estimate("share", value, low, high, n, confidence, method)


def share_test(
    successes: int,
    n: int,
    target: float,
    side: str,
    confidence: float = 0.95,
    method: str = "exact",
) -> TestResult:
    """Test a proportion against `target` (0..1); `side` is the alternative: greater (also above, higher,
    larger, upper), less (also below, lower, smaller) or two-sided.

    "exact" is the binomial test with the Clopper-Pearson bound (1934), "wilson" the score test with the
    Wilson bound (1927), both without continuity correction. The bound is the lower limit for "greater", the
    upper for "less", both one-sided with `confidence`; None for "two-sided". Raises ValueError for counts,
    levels, sides or methods that cannot be.
    """
    from scipy.stats import binomtest
    from statsmodels.stats.proportion import proportion_confint, proportions_ztest

    k, n = check_share(successes, n)
    confidence = check_confidence(confidence)
    target = check_proportion("the target", target)
    method = spelled(method, {name: METHODS[name] for name in _TESTS}, "method")
    side = spelled(side, SIDES, "side")
    if method == "exact":
        p = float(binomtest(k, n, target, side).pvalue)
    elif 0 < target < 1:
        p = float(proportions_ztest(k, n, target, _ALTERNATIVE[side], prop_var=target)[1])
    else:
        raise ValueError("the score test has no variance at a target of 0 or 1; use the exact test")
    if side == "two-sided":
        return TestResult(p, None)
    # Not by the parameter `alternative`: "larger" gives a lower bound in tests and an upper one here.
    low, high = proportion_confint(k, n, 2 * (1 - confidence), _STATSMODELS_NAME[method])
    if side == "greater":
        return TestResult(p, 0.0 if k == 0 else float(low))
    return TestResult(p, 1.0 if k == n else float(high))


def _mid_p_limits(k: int, n: int, tail: float) -> tuple[float, float]:
    """Where the outcomes further out, and half of this one, have the probability `tail`."""
    from scipy.optimize import brentq
    from scipy.stats import binom

    def above(share: float) -> float:
        return float(binom.sf(k, n, share) + binom.pmf(k, n, share) / 2) - tail

    def below(share: float) -> float:
        return float(binom.cdf(k - 1, n, share) + binom.pmf(k, n, share) / 2) - tail

    low = 0.0 if k == 0 else float(brentq(above, 0.0, k / n, xtol=1e-14))
    high = 1.0 if k == n else float(brentq(below, k / n, 1.0, xtol=1e-14))
    return low, high


def _hypergeometric_limits(successes: int, n: int, population: int, tail: float) -> tuple[float, float]:
    """The smallest and largest share of the population that one-sided tests do not reject."""
    from scipy.stats import hypergeom

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
