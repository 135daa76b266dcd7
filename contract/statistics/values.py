"""What the functions of this package give back, and the checks on what they are given."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from numbers import Real
from operator import index

import numpy as np
from numpy.typing import ArrayLike, NDArray

from contract.metrics import KindName

Floats = NDArray[np.float64]

_MOST_CASES = 2**53  # whole numbers up to here are exact in binary fractions


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its two-sided interval [low, high] at `confidence`, all in one unit.

    Functions of this package give shares as proportions (0..1), `contract.estimate` gives them in percent.
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


def spelled(given: str, names: Mapping[str, str], what: str) -> str:
    """The name this package uses for a method that the field spells in several ways.

    Case, hyphens and spaces do not matter. Raises ValueError with the names there are.
    """
    plain = str(given).lower().replace("-", "_").replace(" ", "_")
    if plain not in names:
        known = ", ".join(sorted(set(names.values())))
        raise ValueError(f"there is no {what} {given!r}; there are: {known}")
    return names[plain]


def whole(name: str, value: object) -> int:
    """The count as a Python int: ints, numpy ints, and floats without a fraction; ValueError otherwise."""
    if isinstance(value, (float, np.floating)) and float(value).is_integer():
        value = int(value)
    try:
        count = index(value)  # type: ignore[arg-type]  # what cannot be a count raises TypeError
    except TypeError:
        raise ValueError(f"{name} is a count of cases, not {value!r}") from None
    if count < 0:
        raise ValueError(f"{name} is a count and cannot be {count}")
    if count > _MOST_CASES:
        raise ValueError(f"{name} is larger than any count of cases that can be told exactly, 2 to the 53rd")
    return count


def check_share(successes: object, n: object) -> tuple[int, int]:
    """Both as ints; ValueError unless there is an answer and no more successes than answers."""
    k, total = whole("successes", successes), whole("n", n)
    if total < 1 or k > total:
        raise ValueError(f"{k} of {total} is not a share; at least one answer is needed")
    return k, total


def number(name: str, value: object) -> float:
    """The number as a float: also a Decimal, a Fraction or one of numpy's; ValueError for all else, and for
    what is not finite."""
    if not isinstance(value, (Real, Decimal)) or not isfinite(value):
        raise ValueError(f"{name} is a number, not {value!r}")
    return float(value)


def check_confidence(confidence: object) -> float:
    """It as a float; ValueError unless it is a number strictly between 0 and 1."""
    if isinstance(confidence, (Real, Decimal)) and 0 < (level := float(confidence)) < 1:
        return level
    raise ValueError(f"a confidence is between 0 and 1 (write 0.95 for 95 %), not {confidence!r}")


def check_proportion(name: str, value: object) -> float:
    """It as a float; ValueError unless it is a number in 0..1."""
    if isinstance(value, (Real, Decimal)) and 0 <= (share := float(value)) <= 1:
        return share
    raise ValueError(f"{name} is a proportion between 0 and 1, not {value!r}")


def numbers(name: str, values: ArrayLike, dimensions: int = 1) -> Floats:
    """The values (list, numpy array, pandas Series or frame) as floats.

    Raises ValueError for another shape, for nothing at all, and for missing or infinite entries: what is
    missing has to be left out, or filled, by who knows why it is missing.
    """
    try:
        array = np.asarray(values, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(f"{name} has to hold numbers") from None
    if array.ndim != dimensions or array.size == 0:
        shape = "a list of numbers" if dimensions == 1 else "a table of numbers, rows by columns"
        raise ValueError(f"{name} has to be {shape} with at least one entry, not of shape {array.shape}")
    wrong = int((~np.isfinite(array)).sum())
    if wrong:
        raise ValueError(f"{name} has {wrong} missing or infinite entries; leave them out first")
    return array


def positive_weights(weights: ArrayLike, n: int) -> Floats:
    """The weights as floats; ValueError unless there are `n`, none negative and not all zero."""
    array = numbers("weights", weights)
    if array.shape != (n,):
        raise ValueError(f"{array.shape[0]} weights cannot belong to {n} values")
    if array.min() < 0 or array.sum() == 0:
        raise ValueError("weights cannot be negative, nor all zero")
    return array


def counted(values: Mapping[int, int] | Mapping[float, int] | ArrayLike) -> tuple[Floats, NDArray[np.int64]]:
    """Distinct points in rising order and how often each occurs, from counts a point or from the values.

    Points that nobody chose stay, with count 0. Raises ValueError without any value.
    """
    if isinstance(values, Mapping):
        pairs = sorted((float(point), whole(f"the count of {point}", n)) for point, n in values.items())
        points = np.array([point for point, _ in pairs], dtype=float)
        counts = np.array([n for _, n in pairs], dtype=np.int64)
        if not all(isfinite(point) for point in points):
            raise ValueError("the points of a scale have to be finite numbers")
    else:
        points, counts = np.unique(numbers("values", values), return_counts=True)
    if counts.sum() == 0:
        raise ValueError("a mean needs at least one value")
    return points, counts
