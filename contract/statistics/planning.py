"""Before asking: how many answers a margin or a target needs, and how often a test would find the truth."""

from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray

from contract.statistics.shares import SIDES
from contract.statistics.values import Floats, check_confidence, check_proportion, spelled, whole

_LARGEST = 100_000
_LEAST_MARGIN = 1e-9


@dataclass(frozen=True, slots=True)
class SampleSize:
    """`value` is what the formula gives, `n` the whole number of answers that keeps the margin."""

    value: float
    n: int
    confidence: float
    method: str


def sample_size(
    margin: float = 0.05, confidence: float = 0.95, proportion: float = 0.5, population: int | None = None
) -> SampleSize:
    """Answers needed so that a share of about `proportion` is known to within +-`margin` (all 0..1).

    chi2 N p (1 - p) / (d^2 (N - 1) + chi2 p (1 - p)) for a finite `population`: Krejcie & Morgan 1970,
    Educational and Psychological Measurement 30:607-610, whose table rounds to the nearest; Cochran 1977, ch.
    4, without. Raises ValueError for a margin of 0 and for proportions that cannot be.
    """
    from scipy.stats import norm

    confidence = check_confidence(confidence)
    margin = check_proportion("the margin", margin)
    proportion = check_proportion("the proportion", proportion)
    if margin < _LEAST_MARGIN:
        raise ValueError(f"a margin of {margin:g} needs everybody's answer")
    spread = float(norm.isf((1 - confidence) / 2)) ** 2 * proportion * (1 - proportion)
    if population is None:
        value, method = spread / margin**2, "cochran"
    else:
        size = whole("population", population)
        value, method = size * spread / (margin**2 * (size - 1) + spread) if size else 0.0, "krejcie_morgan"
    return SampleSize(value, ceil(value - 1e-9), confidence, method)


def share_power(n: int, truth: float, target: float, side: str, confidence: float = 0.95) -> float:
    """How often (0..1) n answers prove a true share `truth` to be "greater" or "less" than `target`.

    The exact test of `share_test`, summed over every outcome that it rejects, not approximated. With n = 200
    a true 80 % against a target of 85 % is proven missed ("less") in 59.8 % of periods.
    """
    confidence = check_confidence(confidence)
    truth = check_proportion("the truth", truth)
    target = check_proportion("the target", target)
    side = spelled(side, {name: plain for name, plain in SIDES.items() if plain != "two-sided"}, "side")
    return float(_powers(np.array([whole("n", n)]), truth, target, side, 1 - confidence)[0])


def sample_size_for_power(
    truth: float, target: float, power: float = 0.8, confidence: float = 0.95
) -> SampleSize:
    """The fewest answers that prove a true share `truth` on its side of `target` with the chance `power`.

    All are proportions (0..1). The chance of an exact test goes up and down with n; `n` is the size from
    which it stays at `power` or above. `value` is the normal formula's (Fleiss, Levin & Paik 2003,
    Statistical Methods for Rates and Proportions, 2.3). Raises ValueError where truth and target are one, or
    it takes more than 100,000.
    """
    from scipy.stats import norm

    truth, target = check_proportion("the truth", truth), check_proportion("the target", target)
    power = check_proportion("the power", power)
    confidence = check_confidence(confidence)
    if truth == target or not 0 < power < 1:
        raise ValueError("the truth has to differ from the target, and the power lies between 0 and 1")
    side = "less" if truth < target else "greater"
    z_alpha, z_power = float(norm.isf(1 - confidence)), float(norm.ppf(power))
    spread = z_alpha * sqrt(target * (1 - target)) + z_power * sqrt(truth * (1 - truth))
    value = (spread / (truth - target)) ** 2
    if value > _LARGEST:
        raise ValueError(f"that takes {value:,.0f} answers; more than {_LARGEST:,} are not looked for")
    sizes = np.arange(1, int(2 * value) + 200)
    short = np.flatnonzero(_powers(sizes, truth, target, side, 1 - confidence) < power)
    return SampleSize(value, int(sizes[short[-1]]) + 1 if len(short) else 1, confidence, "exact")


def _powers(n: NDArray[np.int64], truth: float, target: float, side: str, alpha: float) -> Floats:
    """The power of the exact test at each n; "greater" is "less" about the others."""
    from scipy.stats import binom

    if side == "greater":
        truth, target = 1 - truth, 1 - target
    most = binom.ppf(alpha, n, target)  # the least k with P(X <= k) >= alpha; rejected is P(X <= k) <= alpha
    most = np.where(binom.cdf(most, n, target) <= alpha, most, most - 1)
    chances: Floats = np.where(most >= 0, binom.cdf(most, n, truth), 0.0)
    return chances
