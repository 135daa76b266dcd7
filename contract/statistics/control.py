"""Natural process limits of a figure over time: which months are news and which are noise."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from contract.statistics.values import numbers

D2 = 1.128  # mean range of two normal values, in standard deviations, as the tables print it
D4 = 3.267  # upper limit of a range of two, in mean ranges
_RUN = 8
_NOISE = 1e-12  # of the largest value: what adding up in binary fractions leaves of equal ones


@dataclass(frozen=True, slots=True)
class XmrLimits:
    """`value` is the centre line and [low, high] the natural process limits, in the unit of the values.

    `moving_range` is the mean of the moving ranges and `moving_range_high` their upper limit. `outside` are
    the places (from 0) of values beyond the limits, `wide_ranges` those of values whose step from the one
    before is beyond `moving_range_high`, `runs` those that complete eight or more in a row on one side of
    the centre. The limits are not a confidence interval, so `confidence` is None.
    """

    value: float
    low: float
    high: float
    n: int
    confidence: None
    method: str
    moving_range: float
    moving_range_high: float
    outside: tuple[int, ...]
    wide_ranges: tuple[int, ...]
    runs: tuple[int, ...]


def xmr_limits(values: ArrayLike) -> XmrLimits:
    """Limits of an XmR chart (individuals and moving ranges) of values in the order of time, two or more.

    Centre plus and minus 3 / 1.128 mean moving ranges (2.66 in Wheeler & Chambers 1992, Understanding
    Statistical Process Control, ch. 3; NIST/SEMATECH e-Handbook, section 6.3.2.2.2); the ranges' limit is
    3.267 times their mean. Runs of eight are Western Electric's fourth rule (1956). Raises ValueError for
    fewer than two values and for missing ones.
    """
    series = numbers("values", values)
    if len(series) < 2:
        raise ValueError("limits need two values at least, since they come from the steps between them")
    steps = np.abs(np.diff(series))
    centre, step = float(series.mean()), float(steps.mean())
    reach = 3 * step / D2
    low, high = centre - reach, centre + reach
    noise = _NOISE * float(np.abs(series).max())
    return XmrLimits(
        value=centre,
        low=low,
        high=high,
        n=len(series),
        confidence=None,
        method="xmr",
        moving_range=step,
        moving_range_high=D4 * step,
        outside=_places((series < low - noise) | (series > high + noise)),
        wide_ranges=tuple(place + 1 for place in _places(steps > D4 * step + noise)),
        runs=_runs([float(value) - centre for value in series], noise),
    )


def _places(found: np.ndarray) -> tuple[int, ...]:
    return tuple(int(place) for place in np.flatnonzero(found))


def _runs(distances: list[float], noise: float) -> tuple[int, ...]:
    found, length, side = [], 0, 0
    for place, distance in enumerate(distances):
        here = (distance > noise) - (distance < -noise)
        length = length + 1 if here == side and here else int(here != 0)
        side = here
        if length >= _RUN:
            found.append(place)
    return tuple(found)
