"""The one-sided bounds that decide about a sample, and the terms on which it may meet its target at all."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from contract.counts import MeanCounts, NpsCounts, SampleCounts, ShareCounts
from contract.statistics import mean_test, nps_test, share_test
from contract.targets import Target

Lack = Literal["answers", "response_rate"]


@dataclass(frozen=True, slots=True)
class Bounds:
    """`low` and `high` in the metric's unit, each with its own one-sided confidence.

    A bound is None where a sample gives none.
    """

    low: float | None
    high: float | None
    low_confidence: float
    high_confidence: float

    def proves_met(self, target: Target) -> bool:
        """Whether even the worst figure that the sample leaves possible reaches the target."""
        worst = self.low if target.direction == "higher" else self.high
        return worst is not None and target.reached_by(worst)

    def proves_missed(self, target: Target) -> bool:
        """Whether even the best figure that the sample leaves possible does not reach the target."""
        best = self.high if target.direction == "higher" else self.low
        return best is not None and not target.reached_by(best)


def one_sided_bounds(
    counts: SampleCounts, target: Target, met: float | None = None, missed: float | None = None
) -> Bounds:
    """The bounds of the sample: exact binomial for shares, exact trinomial for NPS, Gaffke's for means.

    `met` and `missed` are the confidences at which the one and the other is to be proven; the target's
    without them.
    """
    met, missed = met or target.confidence, missed or target.confidence
    below, above = (met, missed) if target.direction == "higher" else (missed, met)
    return Bounds(
        _bound(counts, target.value, "greater", below),
        _bound(counts, target.value, "less", above),
        below,
        above,
    )


def lacks(target: Target, counts: SampleCounts, response_rate: Decimal | Fraction | None) -> Lack | None:
    """What of the contract's least this sample does not reach, so that it cannot meet the target."""
    if counts.n < target.min_n:
        return "answers"
    least = target.min_response_rate
    if least is not None and response_rate is not None and response_rate < least:
        return "response_rate"
    return None


@lru_cache(maxsize=4096)  # the same counts come again with every page
def _bound(
    counts: SampleCounts, target: Decimal, side: Literal["greater", "less"], confidence: float
) -> float | None:
    match counts:
        case ShareCounts(successes=successes, n=n):
            goal = float(target / Decimal(100))
            share = share_test(successes, n, goal, side, confidence).bound
            return None if share is None else 100 * share
        case NpsCounts(detractors=detractors, passives=passives, promoters=promoters):
            return nps_test(detractors, passives, promoters, float(target), side, confidence).bound
        case MeanCounts(counts=points):
            if len(points) < 2:
                return None
            goal = min(max(float(target), min(points)), max(points))
            return mean_test(points, goal, side, confidence).bound
