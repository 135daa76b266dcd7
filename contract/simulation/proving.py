"""What samples prove about a target, many at once: as `contract.bounds` says of each, by critical values."""

from bisect import bisect_left
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from contract.bounds import one_sided_bounds
from contract.counts import ShareCounts
from contract.metrics import KindName
from contract.statistics.bounded import lower_tail, upper_tail
from contract.statistics.nps import nps_least_score
from contract.targets import Target

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]
Proof = Literal["met", "missed"]


def proves(
    proof: Proof, target: Target, kind: KindName, points: Whole, counts: Whole, confidence: float
) -> Flags:
    """Which rows of `counts` (samples by points, all of one size) prove the target met, or missed."""
    above = (proof == "met") == (target.direction == "higher")
    match kind:
        case "share":
            n = int(counts[0].sum())
            first = _turning_share(proof, target, n, confidence)
            return counts[:, 1] >= first if above else counts[:, 1] < first
        case "nps":
            return _nps_proves(above, target, counts, confidence)
        case "mean":
            return _mean_proves(above, target, points, counts, confidence)
    raise ValueError(f"a {kind} is not sampled")


def reaches(target: Target, sums: Whole, n: int) -> Flags:
    """Which of the figures sums / n, in the metric's unit, are at least as good as the target, unrounded."""
    numerator, denominator = target.value.as_integer_ratio()
    bar = numerator * n
    if target.direction == "higher":
        return sums >= -(-bar // denominator)
    return sums <= bar // denominator


@lru_cache(maxsize=65536)
def _turning_share(proof: Proof, target: Target, n: int, confidence: float) -> int:
    """Of n answers, the first number of successes at which the proof begins to hold, or ceases to."""
    above = (proof == "met") == (target.direction == "higher")

    def turned(successes: int) -> bool:
        bounds = one_sided_bounds(ShareCounts(successes, n), target, confidence, confidence)
        proven = bounds.proves_met(target) if proof == "met" else bounds.proves_missed(target)
        return proven == above

    return bisect_left(range(n + 1), True, key=turned)


def _nps_proves(above: bool, target: Target, counts: Whole, confidence: float) -> Flags:
    n, goal = int(counts[0].sum()), float(target.value)
    scores = counts[:, 2] - counts[:, 0]
    if not above:  # the same question about the mirror image
        scores, goal = -scores, -goal
    passives, place = np.unique(counts[:, 1], return_inverse=True)
    least = np.array([nps_least_score(n, int(each), goal, confidence) for each in passives], dtype=np.int64)
    return np.asarray(scores >= least[place])


def _mean_proves(above: bool, target: Target, points: Whole, counts: Whole, confidence: float) -> Flags:
    n, goal = int(counts[0].sum()), float(target.value)
    sums = counts @ points
    # A figure on the other side of the target proves nothing of it: half of the integrals are not needed.
    hopeful = sums >= goal * n if above else sums <= goal * n
    found = np.zeros(len(counts), dtype=bool)
    if len(points) > 1 and hopeful.any():
        rows, place = np.unique(counts[hopeful], axis=0, return_inverse=True)
        tail = lower_tail if above else upper_tail
        found[hopeful] = (tail(points.astype(float), rows, goal) <= 1 - confidence)[place.ravel()]
    return found
