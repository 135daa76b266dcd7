"""The Net Promoter Score: its interval, and the exact test against a target."""

from dataclasses import replace
from functools import lru_cache
from math import sqrt

import numpy as np

from contract.statistics.shares import SIDES
from contract.statistics.values import (
    Estimate,
    Floats,
    TestResult,
    check_confidence,
    number,
    spelled,
    whole,
)

METHODS = {"adjusted_wald": "adjusted_wald", "wald": "wald"}
_PASSIVE_GRID = 17  # p is within 0.001 of that on a grid of 400


def nps_interval(
    detractors: int,
    passives: int,
    promoters: int,
    confidence: float = 0.95,
    method: str = "adjusted_wald",
) -> Estimate:
    """Two-sided interval of the Net Promoter Score; value, low and high in points, clipped to -100..100.

    Source: Rocks 2016, The American Statistician 70: "adjusted_wald" adds 3/4, 3/2 and 3/4 to the three
    counts, "wald" nothing. The value is that of the counts themselves; the interval is widened to hold it,
    which only matters for lopsided samples at low confidence.
    """
    from scipy.stats import norm

    detractors, passives, promoters = _split(detractors, passives, promoters)
    n = detractors + passives + promoters
    confidence = check_confidence(confidence)
    method = spelled(method, METHODS, "method")
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
    side: str,
    confidence: float = 0.95,
) -> TestResult:
    """Exact test of the Net Promoter Score against `target`; target and one-sided bound in points.

    `side` is the alternative, "greater" or "less". The distribution of promoters less detractors is computed,
    not approximated. The share of passives, which the target leaves open, is searched over its
    Clopper-Pearson interval at level alpha / 50, and alpha / 50 is added to p (Berger & Boos 1994, Journal of
    the American Statistical Association 89), so the error stays below alpha at any n; the adjusted-Wald bound
    calls a provider at NPS 42 "below 42" after one detractor, wrongly in 29 %.
    """
    detractors, passives, promoters = _split(detractors, passives, promoters)
    target = number("a Net Promoter Score", target)
    if not -100 <= target <= 100:
        raise ValueError(f"a Net Promoter Score is between -100 and 100, not {target!r}")
    confidence = check_confidence(confidence)
    side = spelled(side, {name: plain for name, plain in SIDES.items() if plain != "two-sided"}, "side")
    if side == "less":  # the same question about the mirror image
        mirrored = nps_test(promoters, passives, detractors, -target, "greater", confidence)
        return replace(mirrored, bound=-(mirrored.bound or 0.0))
    p = _p_value(detractors, passives, promoters, target / 100, confidence)
    return TestResult(p, 100 * _lower_bound(detractors, passives, promoters, confidence))


@lru_cache(maxsize=65536)
def nps_least_score(n: int, passives: int, target: float, confidence: float = 0.95) -> int:
    """The least promoters less detractors, of n answers with so many passives, that prove more than `target`.

    What `nps_test` with the side "greater" says of every such sample, found at once; `target` is in points.
    n + 1 where no such sample does. Raises ValueError for counts that cannot be.
    """
    from scipy.stats import norm

    if not 0 <= passives <= n or n < 1:
        raise ValueError(f"{passives} of {n} cannot be passives")
    confidence = check_confidence(confidence)

    def proves(score: int) -> bool:
        if target <= -100:
            return True
        promoters = (n - passives + score) // 2
        split = n - passives - promoters, passives, promoters
        return 100 * score >= target * n and _p_value(*split, target / 100, confidence) <= 1 - confidence

    scores = range(passives - n, n - passives + 1, 2)
    goal, active = target / 100, (n - passives) / n
    # The normal approximation is off by a step or two; from there the exact answer is near.
    guess = n * goal + float(norm.ppf(confidence)) * sqrt(n * max(active - goal**2, 0.0))
    place = min(max(round((guess - scores[0]) / 2), 0), len(scores))
    while place < len(scores) and not proves(scores[place]):
        place += 1
    while place > 0 and proves(scores[place - 1]):
        place -= 1
    return scores[place] if place < len(scores) else n + 1


def _split(detractors: object, passives: object, promoters: object) -> tuple[int, int, int]:
    split = whole("detractors", detractors), whole("passives", passives), whole("promoters", promoters)
    if sum(split) == 0:
        raise ValueError("a Net Promoter Score needs at least one answer")
    return split


@lru_cache(maxsize=4096)
def _lower_bound(detractors: int, passives: int, promoters: int, confidence: float) -> float:
    """The lowest score, as a proportion, that the exact one-sided test does not reject."""
    from scipy.optimize import brentq

    n = detractors + passives + promoters
    value = (promoters - detractors) / n
    if value == -1:
        return -1.0

    def excess(candidate: float) -> float:
        return _p_value(detractors, passives, promoters, candidate, confidence) - (1 - confidence)

    if excess(value) < 0:  # at a confidence below one half the bound lies above the value
        return float(brentq(excess, value, 1.0, xtol=1e-8))
    near = max(-1.0, value - 5 / sqrt(n))
    return float(brentq(excess, near if excess(near) < 0 else -1.0, value, xtol=1e-8))


def _p_value(detractors: int, passives: int, promoters: int, target: float, confidence: float) -> float:
    """P(a score as high as this) at `target` or below, at the least favourable share of passives; spare
    included."""
    n = detractors + passives + promoters
    spared = (1 - confidence) / 50
    lowest, highest = _passive_limits(passives, n, spared)
    most = min(highest, 1 - abs(target))
    if lowest > most:
        # With so many passives no score is as far out as the target: each is above a negative one, and all
        # are below a positive one, of which the highest, everybody else a promoter, is the least favourable.
        if target < 0:
            return spared
        target, most = 1 - lowest, lowest
    shares = np.linspace(lowest, most, _PASSIVE_GRID)
    return min(1.0, float(_score_tail(n, promoters - detractors, target, shares).max()) + spared)


@lru_cache(maxsize=4096)
def _passive_limits(passives: int, n: int, spared: float) -> tuple[float, float]:
    from statsmodels.stats.proportion import proportion_confint

    low, high = proportion_confint(passives, n, spared, "beta")
    return float(low), float(high)


def _score_tail(n: int, score: int, target: float, passives: Floats) -> Floats:
    """P(promoters - detractors >= score) for each share of passives, where its mean is n * target.

    Sums over the number m of answers that are not passive: m is binomial, and so are promoters among them.
    """
    from scipy.special import betainc, gammaln, xlogy

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
    sums: Floats = (weight * np.where(open_case, tail, needed <= 0)).sum(axis=1)
    return sums
