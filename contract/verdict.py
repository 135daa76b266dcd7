"""The verdict on a closed period: met, missed, not proven, too few, or no cases."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from contract.counts import CensusCounts, Counts, MeanCounts, NpsCounts, SampleCounts, ShareCounts
from contract.estimating import estimate
from contract.statistics import Estimate, mean_test, nps_test, share_test
from contract.targets import Target
from contract.texts import Message
from contract.wording import WORDS, closed_reason

Word = Literal["met", "missed", "not_proven", "too_few", "no_cases", "on_course", "at_risk", "undecided"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said about one target, and why.

    `bound_low` and `bound_high` are the one-sided bounds that decided, in the metric's unit; None for a
    census. `kept` is what the contract's rule makes of the word: whether the target counts as kept; None
    while the period runs, without cases, and for too few answers under the rule `simple`, which gives the
    doubt to nobody. `pace` is what a census had to reach by now to be on course; None elsewhere.
    """

    word: Word
    final: bool
    estimate: Estimate
    target: Target
    bound_low: float | None
    bound_high: float | None
    kept: bool | None
    reason: Message
    pace: float | None = None

    def reason_in(self, language: str) -> str:
        """The reason as a sentence in `language` ("zh" or "en")."""
        return self.reason.words(language)


def judge(target: Target, counts: Counts) -> Verdict:
    """The verdict on `target` from the counts of its closed period.

    A sample is decided by one-sided bounds: exact binomial for shares, exact trinomial for NPS,
    Gaffke's for means.
    Under the rule `simple` the figure itself is compared. Fewer answers than `min_n` never meet a target, yet
    a miss that the bound proves stands, whatever the rule. A census is compared directly.
    """
    exact = counts.exact()
    low: float | None = None
    high: float | None = None
    if exact is None:
        word: Word = "no_cases"
    elif isinstance(counts, CensusCounts):
        word = "met" if target.reached_by(exact) else "missed"
    else:
        low, high = one_sided_bounds(counts, target)
        word = _sample_word(target, counts.n, exact, low, high)
    shown = estimate(counts, target.confidence if not isinstance(counts, CensusCounts) else 0.95)
    reason = closed_reason(word, target, counts, low, high)
    return Verdict(word, True, shown, target, low, high, _kept(word, target), reason)


def withheld(verdict: Verdict, limit: int) -> Verdict:
    """The same word without any figure: fewer than `limit` answered, and figures would tell who said what."""
    blank = replace(verdict.estimate, value=None, low=None, high=None, n=None, confidence=None)
    few = Message(
        "fewer than {limit} answers, so no figure is shown; {word}",
        {"limit": str(limit), "word": WORDS[verdict.word]},
    )
    return replace(verdict, estimate=blank, bound_low=None, bound_high=None, reason=few)


def one_sided_bounds(counts: SampleCounts, target: Target) -> tuple[float | None, float | None]:
    """Lower and upper bound, each with the target's confidence; None where a sample gives no bound."""
    match counts:
        case ShareCounts(successes=successes, n=n):
            goal = float(target.value / Decimal(100))
            low = share_test(successes, n, goal, "greater", target.confidence).bound
            high = share_test(successes, n, goal, "less", target.confidence).bound
            return _scaled(low), _scaled(high)
        case NpsCounts(detractors=detractors, passives=passives, promoters=promoters):
            split = (detractors, passives, promoters, float(target.value))
            return (
                nps_test(*split, "greater", target.confidence).bound,
                nps_test(*split, "less", target.confidence).bound,
            )
        case MeanCounts(counts=points):
            if len(points) < 2:
                return None, None
            goal = min(max(float(target.value), min(points)), max(points))
            return (
                mean_test(points, goal, "greater", target.confidence).bound,
                mean_test(points, goal, "less", target.confidence).bound,
            )


def _sample_word(target: Target, n: int, exact: Fraction, low: float | None, high: float | None) -> Word:
    good, bad = (low, high) if target.direction == "higher" else (high, low)
    proven_met = good is not None and target.reached_by(good)
    proven_missed = bad is not None and not target.reached_by(bad)
    if n < target.min_n:
        return "missed" if proven_missed else "too_few"
    if target.rule == "simple":
        return "met" if target.reached_by(exact) else "missed"
    if proven_met:
        return "met"
    return "missed" if proven_missed else "not_proven"


def _kept(word: Word, target: Target) -> bool | None:
    if word in ("met", "missed"):
        return word == "met"
    if word == "no_cases" or target.rule == "simple":
        return None
    return target.rule == "breach_must_be_proven"


def _scaled(proportion: float | None) -> float | None:
    return None if proportion is None else 100 * proportion
