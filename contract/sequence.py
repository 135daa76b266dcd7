"""A confidence sequence for the mean over a few numbered categories: bounds valid however often one looks.

For each vector of category probabilities, the likelihood under a Dirichlet(1/2, ..., 1/2) mixture divided by
its own likelihood is a non-negative martingale with mean 1; by Ville's inequality (Ville 1939; Robbins 1970,
Annals of Mathematical Statistics 41) it ever reaches 1/alpha with probability alpha at most. A mean is
refuted once every vector that has it is refuted. The most likely such vector comes from Owen's dual (Owen
2001, Empirical Likelihood, ch. 2), a root in one dimension, here with mass allowed on categories that nobody
chose. Both bounds hold together with the stated confidence. Answers are taken as independent draws from one
population.
"""

from collections.abc import Mapping
from math import inf, lgamma, log

_EDGE = 1e-9  # how near to the end of the scale a bound is looked for, as a share of the scale
_SINGULAR = 1 - 1e-12  # stops just before the multiplier at which a probability would be infinite


def running_bounds(counts: Mapping[int, int], confidence: float) -> tuple[float, float]:
    """Lower and upper bound of the mean, in the unit of the points; the whole scale before the first answer.

    `counts` are answers a point and name every point of the scale (two at least), also with 0 answers.
    """
    from scipy.optimize import brentq

    bottom, top = min(counts), max(counts)
    total = sum(counts.values())
    if total == 0:
        return float(bottom), float(top)
    mean = sum(point * count for point, count in counts.items()) / total
    limit = -log(1 - confidence)

    def excess(candidate: float) -> float:
        return log_evidence(counts, candidate) - limit

    edge = (top - bottom) * _EDGE
    low, high = float(bottom), float(top)
    if mean > bottom + edge and excess(bottom + edge) > 0:
        low = brentq(excess, bottom + edge, min(mean, top - edge))
    if mean < top - edge and excess(top - edge) > 0:
        high = brentq(excess, max(mean, bottom + edge), top - edge)
    return low, high


def log_evidence(counts: Mapping[int, int], mean: float) -> float:
    """Natural logarithm of the evidence against `mean`; at log(1/alpha) the mean is refuted for good."""
    if not min(counts) < mean < max(counts):
        raise ValueError(f"the mean {mean} has to lie inside the scale")
    total = sum(counts.values())
    half = len(counts) / 2
    mixture = lgamma(half) - lgamma(total + half)
    mixture += sum(lgamma(count + 0.5) - lgamma(0.5) for count in counts.values())
    return mixture - _best_likelihood(counts, mean, total)


def _best_likelihood(counts: Mapping[int, int], mean: float, total: int) -> float:
    """The largest log-likelihood of the counts over all probabilities on the points that have this mean."""
    from scipy.optimize import brentq

    free = sum(count * log(count / total) for count in counts.values() if count)
    seen = [(point - mean, count) for point, count in counts.items() if count]

    def slope(multiplier: float) -> float:
        return sum(count * gap / (1 + multiplier * gap) for gap, count in seen)

    start = slope(0.0)
    if start == 0:
        return free
    # Probabilities stay non-negative up to the multiplier set by the far end of the scale.
    end = (1 / (mean - min(counts)) if start > 0 else -1 / (max(counts) - mean)) * _SINGULAR
    multiplier = brentq(slope, *sorted((0.0, end))) if slope(end) * start < 0 else end
    penalty = 0.0
    for gap, count in seen:
        weight = 1 + multiplier * gap
        penalty += count * log(weight) if weight > 0 else -inf
    return free - penalty
