"""What drives a figure: the share of the explained variance that falls to each driver."""

from dataclasses import dataclass
from itertools import combinations
from math import factorial

import numpy as np
from numpy.typing import ArrayLike

from contract.statistics.values import Floats, numbers, spelled

METHODS = {
    "lmg": "lmg",
    "shapley": "lmg",
    "johnson": "johnson",
    "genizi": "johnson",
    "relative_weights": "johnson",
}
_MOST_DRIVERS = 16  # of lmg, which fits a model for every subset


@dataclass(frozen=True, slots=True)
class Importance:
    """The explained variance `r_squared` (0..1) and what falls to each driver, in the order of the columns.

    `values` add up to `r_squared`, `shares` to 1. `names` are the columns of a frame, "x1", "x2" otherwise.
    """

    names: tuple[str, ...]
    values: tuple[float, ...]
    shares: tuple[float, ...]
    r_squared: float
    n: int
    method: str


def relative_importance(X: ArrayLike, y: ArrayLike, method: str = "lmg") -> Importance:
    """Split R squared of the linear regression of y on the columns of X, one row a case, among the columns.

    "lmg" averages what a driver adds over all orders of entering (Lindeman, Merenda & Gold 1980; Groemping
    2006, Journal of Statistical Software 17(1); also "shapley"), for 16 drivers at most. "johnson" is the
    relative weight by the nearest orthogonal drivers (Johnson 2000, Multivariate Behavioral Research 35:1-19;
    Genizi 1993), for any number. Neither says what causes what. Raises ValueError for missing entries, for
    columns that never vary or follow from others, and without more cases than drivers.
    """
    method = spelled(method, METHODS, "method")
    names = tuple(str(name) for name in getattr(X, "columns", ()))
    drivers, outcome = numbers("X", X, dimensions=2), numbers("y", y)
    n, count = drivers.shape
    if outcome.shape != (n,):
        raise ValueError(f"X has {n} rows and y {outcome.shape[0]}; each row of X needs its y")
    if n < count + 2:
        raise ValueError(f"{n} cases cannot tell {count} drivers apart; it takes {count + 2} at least")
    if method == "lmg" and count > _MOST_DRIVERS:
        raise ValueError(f'lmg takes {_MOST_DRIVERS} drivers at most, not {count}; use method="johnson"')
    if (np.ptp(drivers, axis=0) == 0).any() or np.ptp(outcome) == 0:
        raise ValueError("a column that never varies explains nothing; leave it out")
    correlations: Floats = np.asarray(np.corrcoef(np.column_stack([drivers, outcome]), rowvar=False))
    between, with_outcome = correlations[:-1, :-1], correlations[:-1, -1]
    if np.linalg.eigvalsh(between)[0] < 1e-10:
        raise ValueError("one driver follows from the others, so their shares cannot be told apart")
    split = _lmg if method == "lmg" else _johnson
    values = split(between, with_outcome)
    r_squared = float(values.sum())
    shares = values / r_squared if r_squared > 0 else np.full(count, 1 / count)
    return Importance(
        names or tuple(f"x{place}" for place in range(1, count + 1)),
        tuple(map(float, values)),
        tuple(map(float, shares)),
        r_squared,
        n,
        method,
    )


def _lmg(between: Floats, with_outcome: Floats) -> Floats:
    count = len(with_outcome)
    explained: dict[frozenset[int], float] = {frozenset(): 0.0}
    for size in range(1, count + 1):
        for subset in combinations(range(count), size):
            chosen = list(subset)
            inner = with_outcome[chosen]
            weights = np.linalg.solve(between[np.ix_(chosen, chosen)], inner)
            explained[frozenset(subset)] = float(inner @ weights)
    values = np.zeros(count)
    for subset_, r_squared in explained.items():
        before = len(subset_)
        orders = factorial(before) * factorial(count - before - 1) / factorial(count) if before < count else 0
        for driver in set(range(count)) - subset_:
            values[driver] += orders * (explained[subset_ | {driver}] - r_squared)
    return values


def _johnson(between: Floats, with_outcome: Floats) -> Floats:
    sizes, directions = np.linalg.eigh(between)
    loadings = directions * np.sqrt(sizes) @ directions.T
    weights = np.linalg.solve(loadings, with_outcome)
    values: Floats = loadings**2 @ weights**2
    return values
