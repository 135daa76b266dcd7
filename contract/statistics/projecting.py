"""Where a running period will end: the chance that its final figure reaches the target."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from contract.statistics.values import check_confidence, counted, number, whole

_DRAWS = 20_000


@dataclass(frozen=True, slots=True)
class Projection:
    """`probability` (0..1) that the mean of all answers at the end reaches the target.

    That mean is expected at `value`, and within [low, high] with `confidence`, in the unit of the points. `n`
    answers are in and `remaining` are still expected.
    """

    probability: float
    value: float
    low: float
    high: float
    n: int
    remaining: int
    confidence: float
    method: str


def projection(
    counts: Mapping[int, int] | Mapping[float, int],
    remaining: int,
    target: float,
    higher: bool = True,
    confidence: float = 0.95,
    seed: int = 0,
) -> Projection:
    """Project the mean of answers at the end from `counts` a point so far and `remaining` answers to come.

    A share is the mean of {0: others, 1: successes} (or 0 and 100), an NPS that of {-100, 0, 100}. The target
    is reached at or above it, or below where `higher` is False. The answers to come are predicted from those
    that came, with one answer spread evenly over the points as the prior (Perks 1947, Journal of the
    Institute of Actuaries 73; Jeffreys' for two points): a beta-binomial, exact, for two points; a
    Dirichlet-multinomial for more, by 20,000 draws from `seed` (the same result every time, to about 0.3 %).
    Source: Spiegelhalter, Freedman & Blackburn 1986, Controlled Clinical Trials 7:8-17. It takes those to
    come for people like those who came, and is no verdict.
    """
    from scipy.stats import betabinom

    confidence = check_confidence(confidence)
    target = number("the target", target)
    points, seen = counted(counts)
    if len(points) < 2:
        raise ValueError("name every point of the scale, also those that nobody chose")
    to_come, n = whole("remaining", remaining), int(seen.sum())
    if len(points) == 2:
        new = np.arange(to_come + 1)
        chances = betabinom.pmf(new, to_come, seen[1] + 0.5, seen[0] + 0.5)
        sums = points[0] * (to_come - new) + points[1] * new
        method = "beta_binomial"
    else:
        rng = np.random.default_rng(seed)
        drawn = rng.multinomial(to_come, rng.dirichlet(seen + 1 / len(points), _DRAWS))
        sums, chances, method = drawn @ points, np.full(_DRAWS, 1 / _DRAWS), "dirichlet_multinomial"
    finals = (float(points @ seen) + sums) / (n + to_come)
    near = 1e-9 * (points[-1] - points[0])  # 85 of 100 is a share of 0.85, whatever its last bit says
    reached = finals >= target - near if higher else finals <= target + near
    order = np.argsort(finals, kind="stable")
    cumulated = np.cumsum(chances[order])
    tail = (1 - confidence) / 2
    low, high = (
        float(finals[order][min(int(np.searchsorted(cumulated, part)), len(finals) - 1)])
        for part in (tail, 1 - tail)
    )
    probability = min(1.0, max(0.0, float(chances[reached].sum())))
    value = float(chances @ finals)
    return Projection(probability, value, low, high, n, to_come, confidence, method)
