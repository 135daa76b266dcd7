"""The test of a mean on a scale with ends: a bound that holds for every shape of the answers.

One answer more is imagined at the bad end of the scale, and the answers, that one included, get random
weights that are exponentially distributed (a Dirichlet vector once they are scaled to 1). The chance that
the weighted mean is no higher than a value is the p-value of that value: Gaffke 2005, "Three test statistics
for a nonparametric one-sided hypothesis on the mean of a nonnegative variable", Mathematical Methods of
Statistics 14:451-467; the same bound is that of Learned-Miller & Thomas 2019, arXiv 1905.06208. On a scale of
two points it is the exact binomial test. That it holds at every n is a conjecture for other scales; the tests
of this package search for a counter-example over every outcome of small samples, and find none.
"""

import numpy as np
from numpy.typing import NDArray

from contract.statistics.values import Floats

_STEP = 0.08
_NODES = np.arange(0.0, 12.5, _STEP)  # trapezoid rule on a hyperbola: errors below 1e-9 up to n = 100,000
_BEND = 0.5  # as far as the line may lean: more, and it leaves the valley in large samples
_ROWS = 4000  # outcomes at a time: bounds the memory
_HALVINGS = 26  # of [-25, 25]: the saddle point to 1e-6 of its distance to either end


def lower_tail(points: Floats, counts: NDArray[np.int64], target: float) -> Floats:
    """p of "the mean is above `target`" for each row of `counts` (outcomes by points, points rising).

    The lowest point is the bad end of the scale; a row may hold 0 for points that nobody chose.
    """
    rows = np.atleast_2d(counts).astype(float)
    rows[:, 0] += 1
    return np.concatenate(
        [_below_zero(points - target, rows[start : start + _ROWS]) for start in range(0, len(rows), _ROWS)]
    )


def upper_tail(points: Floats, counts: NDArray[np.int64], target: float) -> Floats:
    """p of "the mean is below `target`" for each row of `counts`: the mirror image of `lower_tail`."""
    return lower_tail(-points[::-1], np.atleast_2d(counts)[:, ::-1], -target)


def lower_bound(points: Floats, counts: NDArray[np.int64], confidence: float) -> float:
    """The lowest mean that the test does not refute at this one-sided confidence."""
    from scipy.optimize import brentq

    bottom, mean = float(points[0]), float(points @ counts / counts.sum())

    def excess(candidate: float) -> float:
        return float(lower_tail(points, counts, candidate)[0]) - (1 - confidence)

    if counts[points > bottom].sum() == 0:
        return bottom
    if excess(mean) <= 0:  # at a confidence below a half
        return mean
    return float(brentq(excess, bottom, mean, xtol=1e-10 * (points[-1] - bottom)))


def upper_bound(points: Floats, counts: NDArray[np.int64], confidence: float) -> float:
    """The highest mean that the test does not refute at this one-sided confidence."""
    return -lower_bound(-points[::-1], counts[::-1], confidence)


def _below_zero(gaps: Floats, shapes: Floats) -> Floats:
    """P(sum of gap * gamma variable <= 0), whose gammas have these shapes and scale 1; one for each row.

    The moment generating function is integrated through the saddle point, along a curve bent the way of
    steepest descent, on which little oscillates (Daniels 1954, Annals of Mathematical Statistics 25).
    """
    rising, falling = shapes[:, gaps > 0].sum(axis=1) > 0, shapes[:, gaps < 0].sum(axis=1) > 0
    result = np.where(rising, 0.0, 1.0)
    both = rising & falling
    if not both.any():
        return result
    kept = (gaps != 0) & (shapes[both].sum(axis=0) > 0)
    shapes, gaps = shapes[both][:, kept], gaps[kept]
    side = np.where(shapes @ gaps > 0, -1.0, 1.0)
    slopes = np.where(shapes > 0, side[:, None] * gaps, 0.0)
    saddle = _saddle(slopes, shapes)
    reach = slopes / (1 - slopes * saddle[:, None])
    width = 1 / np.sqrt((shapes * reach**2).sum(axis=1) + 1 / saddle**2)
    third = 2 * (shapes * reach**3).sum(axis=1) - 2 / saddle**3
    bend = np.clip(third * width**3 / 3, -_BEND, _BEND)[:, None]
    line = saddle[:, None] + width[:, None] * (1j * np.sinh(_NODES) + bend * (np.cosh(_NODES) - 1))
    exponent = -np.log(line)
    for slope, shape in zip(slopes.T[:, :, None], shapes.T[:, :, None], strict=True):
        exponent -= shape * np.log(1 - slope * line)
    heights = (np.exp(exponent) * (1j * np.cosh(_NODES) + bend * np.sinh(_NODES))).imag
    tail = _STEP * width * (heights.sum(axis=1) - heights[:, 0] / 2) / np.pi
    result[both] = np.clip(np.where(side < 0, tail, 1 - tail), 0.0, 1.0)
    return result


def _saddle(slopes: Floats, shapes: Floats) -> Floats:
    """Where the integrand is smallest on the real axis, between 0 and its first pole; one for each row."""
    from scipy.special import expit

    pole = 1 / slopes.max(axis=1)
    low, high = np.full(len(slopes), -25.0), np.full(len(slopes), 25.0)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        place = pole * expit(middle)
        still_falling = (shapes * slopes / (1 - slopes * place[:, None])).sum(axis=1) < 1 / place
        low, high = np.where(still_falling, middle, low), np.where(still_falling, high, middle)
    saddle: Floats = pole * expit((low + high) / 2)
    return saddle
