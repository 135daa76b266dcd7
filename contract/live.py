"""The status of a period that still runs: on course, at risk or undecided; never met or missed."""

from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from contract.counts import CensusCounts, Counts, MeanCounts, NpsCounts, SampleCounts, ShareCounts
from contract.estimating import estimate
from contract.sequence import running_bounds
from contract.statistics import Estimate
from contract.targets import Target
from contract.verdict import Verdict, Word
from contract.wording import census_so_far_reason, level_so_far_reason, sample_so_far_reason

# Before this share of a period is over, one good or bad day decides the pace of a census: nothing is said.
SETTLING_IN = 0.05


def live_status(target: Target, counts: Counts, elapsed: float) -> Verdict:
    """The status of `target` when the share `elapsed` (0..1) of its period is over.

    A sample is on course (at risk) once the confidence sequence lies on the good (bad) side of the target,
    however often somebody looks. A census is compared with the pace, target times `elapsed`, where it is a
    flow; one that is a level (see `CensusCounts`) with the target itself, from the first day on.
    """
    if not 0 <= elapsed <= 1:
        raise ValueError(f"the share of the period that is over lies between 0 and 1, not {elapsed}")
    if isinstance(counts, CensusCounts):
        return _census_status(target, counts, elapsed)
    shown = running_estimate(counts, target.confidence)
    low, high = shown.low, shown.high
    good, bad = (low, high) if target.direction == "higher" else (high, low)
    word: Word = "undecided"
    if good is not None and target.reached_by(good):
        word = "on_course"
    elif bad is not None and not target.reached_by(bad):
        word = "at_risk"
    reason = sample_so_far_reason(word, target, counts, low, high)
    return Verdict(word, False, shown, target, low, high, None, reason)


def running_estimate(counts: SampleCounts, confidence: float = 0.95) -> Estimate:
    """The figure so far, in the metric's unit, with the interval that stays valid however often one looks.

    It is wider than the interval of a closed period: what is drawn is what the status was decided by.
    """
    low, high = _bounds(counts, confidence) if counts.n else (None, None)
    return replace(estimate(counts, confidence), low=low, high=high, method="confidence_sequence")


def _census_status(target: Target, counts: CensusCounts, elapsed: float) -> Verdict:
    exact = counts.exact()
    word: Word = "undecided"
    if counts.level:
        if exact is not None:
            word = "on_course" if target.reached_by(exact) else "at_risk"
        reason = level_so_far_reason(word, target, counts)
        return Verdict(word, False, estimate(counts), target, None, None, None, reason)
    pace = Fraction(target.value) * Fraction(elapsed)
    asked: float | None = None
    if exact is not None and elapsed >= SETTLING_IN:
        asked = float(pace)
        ahead = exact >= pace if target.direction == "higher" else exact <= pace
        word = "on_course" if ahead else "at_risk"
    reason = census_so_far_reason(word, target, counts, pace, elapsed)
    return Verdict(word, False, estimate(counts), target, None, None, None, reason, asked)


@lru_cache(maxsize=4096)  # the same counts come again with every page
def _bounds(counts: SampleCounts, confidence: float) -> tuple[float | None, float | None]:
    match counts:
        case ShareCounts(successes=successes, n=n):
            return running_bounds({0: n - successes, 100: successes}, confidence)
        case NpsCounts(detractors=detractors, passives=passives, promoters=promoters):
            return running_bounds({-100: detractors, 0: passives, 100: promoters}, confidence)
        case MeanCounts(counts=points):
            return running_bounds(points, confidence) if len(points) > 1 else (None, None)
