"""Means and shares of a weighted sample, with the variance of its design and what the weights cost."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import t

from contract.statistics.values import Floats, check_confidence, numbers, positive_weights, whole


@dataclass(frozen=True, slots=True)
class WeightedMean:
    """A weighted mean in the unit of the values, with its two-sided t interval.

    `standard_error` is that of the design. `effective_n` is the size of an unweighted sample of the same
    precision, (sum w)^2 / sum w^2, and `design_effect` n / effective_n (Kish 1965, Survey Sampling, 11.2C):
    what unequal weights alone cost. Interval and standard error are None for one case, or one a stratum.
    """

    value: float
    low: float | None
    high: float | None
    n: int
    confidence: float
    method: str
    standard_error: float | None
    effective_n: float
    design_effect: float


def weighted_mean(
    values: ArrayLike,
    weights: ArrayLike,
    strata: Sequence[Hashable] | ArrayLike | None = None,
    population: int | Mapping[Hashable, int] | None = None,
    confidence: float = 0.95,
) -> WeightedMean:
    """The weighted mean of values (0 and 1 for a share, -100, 0 and 100 for an NPS), one weight a value.

    The variance is that of the linearised ratio sum(wy) / sum(w), with replacement within strata (Woodruff
    1971, Journal of the American Statistical Association 66; Lumley 2010, Complex Surveys, ch. 2); t with n
    less the number of strata degrees of freedom. `strata` gives each value's stratum. `population` adds the
    finite population correction 1 - n / N: one N, or with `strata` a mapping stratum -> N. Raises ValueError
    for lengths that differ, missing values, weights that are negative or all zero, a population smaller than
    its sample, and a stratum without its N.
    """
    check_confidence(confidence)
    answers = numbers("values", values)
    n = len(answers)
    shares = positive_weights(weights, n)
    groups = [None] * n if strata is None else list(np.asarray(strata, dtype=object))
    if len(groups) != n:
        raise ValueError(f"{len(groups)} strata cannot belong to {n} values")
    if any(group is None or group != group for group in groups) and strata is not None:
        raise ValueError("every value needs its stratum")
    if strata is not None and population is not None and not isinstance(population, Mapping):
        raise ValueError("with strata, the population is a mapping of each stratum to its size")
    total = float(shares.sum())
    value = float(shares @ answers) / total
    effective_n = total**2 / float(shares @ shares)
    linear = shares * (answers - value) / total
    variance = _variance(linear, groups, population)
    freedom = n - len(set(groups))
    low = high = error = None
    if variance is not None:
        error = sqrt(variance)
        reach = float(t.isf((1 - confidence) / 2, freedom)) * error
        low, high = value - reach, value + reach
    return WeightedMean(value, low, high, n, confidence, "linearised_t", error, effective_n, n / effective_n)


def _variance(
    linear: Floats, groups: list[Hashable], population: int | Mapping[Hashable, int] | None
) -> float | None:
    """The sum over strata of (1 - n/N) n/(n-1) times the squared deviations; None where n is 1."""
    variance, known = 0.0, True
    for group in dict.fromkeys(groups):
        part = linear[[other == group for other in groups]]
        n = len(part)
        if isinstance(population, Mapping):
            if group not in population:
                raise ValueError(f"the population of the stratum {group!r} is missing")
            size: int | None = whole("a population", population[group])
        else:
            size = None if population is None else whole("population", population)
        if size is not None and size < n:
            raise ValueError(f"a sample of {n} cannot come from a population of {size}")
        left = 1.0 if size is None else 1 - n / size
        known = known and (n > 1 or left == 0)
        if n > 1:
            variance += left * n / (n - 1) * float(((part - part.mean()) ** 2).sum())
    return variance if known else None
