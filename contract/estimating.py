"""From counts to the figure that is shown: one estimate with its interval, in the metric's own unit."""

from functools import lru_cache

from contract.counts import CensusCounts, Counts, MeanCounts, NpsCounts, SampleCounts, ShareCounts
from contract.statistics import Estimate, mean_interval, nps_interval, share_interval


def estimate(counts: Counts, confidence: float = 0.95) -> Estimate:
    """The figure with its two-sided interval: shares in percent (0..100), NPS in points, means in scale
    units.

    The interval of a mean is that of its verdict, two-sided: one by t could exclude a target that the verdict
    calls not proven. A census has no interval, since nothing was sampled. With no case at all every number is
    None and n is 0.
    """
    if isinstance(counts, CensusCounts):
        return Estimate("census", counts.value, None, None, None, None, "count")
    return _sampled(counts, confidence)


@lru_cache(maxsize=4096)  # the same counts come again with every page
def _sampled(counts: SampleCounts, confidence: float) -> Estimate:
    match counts:
        case ShareCounts(n=0):
            return Estimate("share", None, None, None, 0, None, "wilson")
        case ShareCounts(successes=successes, n=n):
            share = share_interval(successes, n, confidence)
            exact = 100 * successes / n
            return Estimate(
                "share", exact, _percent(share.low), _percent(share.high), n, confidence, share.method
            )
        case NpsCounts(n=0):
            return Estimate("nps", None, None, None, 0, None, "adjusted_wald")
        case NpsCounts(detractors=detractors, passives=passives, promoters=promoters):
            return nps_interval(detractors, passives, promoters, confidence)
        case MeanCounts(n=0):
            return Estimate("mean", None, None, None, 0, None, "gaffke")
        case MeanCounts(n=n, counts=points) if len(points) == 1:
            return Estimate("mean", float(*points), None, None, n, confidence, "gaffke")
        case MeanCounts(counts=points):
            return mean_interval(points, confidence, "gaffke")


def _percent(proportion: float | None) -> float | None:
    return None if proportion is None else 100 * proportion
