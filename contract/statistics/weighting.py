"""Means and shares of a weighted sample, with the variance of its design and what the weights cost."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from contract.statistics.values import Floats, check_confidence, numbers, positive_weights, whole


@dataclass(frozen=True, slots=True)
class WeightedMean:
    """A weighted mean in the unit of the values, with its two-sided t interval.

    `standard_error` is that of the design. `effective_n` is the size of an unweighted sample of the same
    precision, (sum w)^2 / sum w^2, and `design_effect` n / effective_n (Kish 1965, Survey Sampling, 11.2C):
    what unequal weights alone cost. Interval and standard error are None for one case, or one a stratum,
    or where one alone has a weight above zero.
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
    weights: ArrayLike | None = None,
    strata: Sequence[Hashable] | ArrayLike | None = None,
    population: int | Mapping[Hashable, int] | ArrayLike | None = None,
    confidence: float = 0.95,
) -> WeightedMean:
    """The weighted mean of values (0 and 1 for a share, -100, 0 and 100 for an NPS), one weight a value;
    without weights all count alike.

    The variance is that of the linearised ratio sum(wy) / sum(w), with replacement within strata (Woodruff
    1971, Journal of the American Statistical Association 66; Lumley 2010, Complex Surveys, ch. 2); t with n
    less the number of strata degrees of freedom. `strata` gives each value's stratum. `population` adds the
    finite population correction 1 - n / N: one N; with `strata` a mapping or pandas Series stratum -> N; or
    one N a value, that of its stratum, as R's survey package takes it. Raises ValueError for lengths that
    differ, missing values, weights that are negative or all zero, a population smaller than its sample, and
    a stratum without its N.
    """
    from scipy.stats import t

    confidence = check_confidence(confidence)
    answers = numbers("values", values)
    n = len(answers)
    shares = positive_weights(np.ones(n) if weights is None else weights, n)
    shares = shares / shares.max()  # only their proportions count, and squares of tiny ones would vanish
    groups: list[Hashable] = [None] * n if strata is None else _strata(strata, n)
    if any(group is None or group != group for group in groups) and strata is not None:
        raise ValueError("every value needs its stratum")
    sizes = _sizes(groups, population, stratified=strata is not None)
    total = float(shares.sum())
    value = float(shares @ answers) / total
    effective_n = total**2 / float(shares @ shares)
    linear = shares * (answers - value) / total
    variance = _variance(linear, groups, sizes)
    freedom = n - len(set(groups))
    low = high = error = None
    if variance is not None and (np.count_nonzero(shares) > 1 or n == 1):
        error = sqrt(variance)
        reach = float(t.isf((1 - confidence) / 2, freedom)) * error
        low, high = value - reach, value + reach
    return WeightedMean(value, low, high, n, confidence, "linearised_t", error, effective_n, n / effective_n)


def _strata(strata: Any, n: int) -> list[Hashable]:
    array = np.asarray(strata, dtype=object)
    if array.ndim != 1:
        raise ValueError("strata are a list, with the stratum of each value")
    if len(array) != n:
        raise ValueError(f"{len(array)} strata cannot belong to {n} values")
    return list(array)


def _sizes(groups: list[Hashable], population: Any, *, stratified: bool) -> Mapping[Hashable, int]:
    """The size of each stratum's population; empty without any."""
    if population is None:
        return {}
    if np.ndim(population) == 1 and len(population) == len(groups) and not _covers(population, groups):
        found: dict[Hashable, int] = {}
        for group, size in zip(groups, np.asarray(population).tolist(), strict=True):
            if found.setdefault(group, whole("a population", size)) != size:
                raise ValueError(f"the values of one stratum ({group!r}) name populations of several sizes")
        return found
    if hasattr(population, "keys"):
        if not stratified:
            raise ValueError("a population by stratum needs the stratum of every value as well")
        for group in groups:
            if group not in population:
                raise ValueError(f"the population of the stratum {group!r} is missing")
        return {group: whole("a population", population[group]) for group in set(groups)}
    if np.ndim(population):
        raise ValueError(f"{len(population)} populations cannot belong to {len(groups)} values")
    if stratified:
        raise ValueError(
            "with strata, one population says nothing about each: give a mapping of each stratum to its size"
        )
    return {None: whole("population", population)}


def _covers(population: Any, groups: list[Hashable]) -> bool:
    """Whether it is a Series by stratum, not one in the order of the values."""
    return hasattr(population, "keys") and all(group in population for group in groups)


def _variance(linear: Floats, groups: list[Hashable], sizes: Mapping[Hashable, int]) -> float | None:
    """The sum over strata of (1 - n/N) n/(n-1) times the squared deviations; None where n is 1."""
    variance, known = 0.0, True
    for group in dict.fromkeys(groups):
        part = linear[[other == group for other in groups]]
        n = len(part)
        size = sizes.get(group)
        if size is not None and size < n:
            raise ValueError(f"a sample of {n} cannot come from a population of {size}")
        left = 1.0 if size is None else 1 - n / size
        known = known and (n > 1 or left == 0)
        if n > 1:
            variance += left * n / (n - 1) * float(((part - part.mean()) ** 2).sum())
    return variance if known else None
