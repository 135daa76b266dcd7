"""The verdict on a closed period: met, missed, not proven, too few, or no cases."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from contract.bounds import Bounds, Lack, lacks, one_sided_bounds
from contract.counts import CensusCounts, Counts, SampleCounts
from contract.estimating import estimate
from contract.statistics import Estimate
from contract.targets import Target
from contract.texts import Message
from contract.wording import WORDS, census_reason, no_cases_reason, sample_reason, speaks_from_below

Word = Literal["met", "missed", "not_proven", "too_few", "no_cases", "on_course", "at_risk", "undecided"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said about one target, and why.

    `bound_low` and `bound_high` are the one-sided bounds that decided, in the metric's unit; None for a
    census. `kept` is what the contract's rule makes of the word: whether the target counts as kept; None
    while the period runs, without cases, and for too few answers under the rule `simple`, which gives the
    doubt to nobody. `pace` is what a flow had to reach by now to be on course; None elsewhere.
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

    @property
    def figures(self) -> tuple[float | None, ...]:
        """What the reason holds against the target: the figure, and the bounds it names."""
        value = self.estimate.value
        if value is None:
            return ()
        if not self.final:
            return value, self.bound_low, self.bound_high
        from_below = speaks_from_below(self.word, self.target, value)
        return value, self.bound_low if from_below else self.bound_high

    def reason_in(self, language: str) -> str:
        """The reason as a sentence in `language` ("zh" or "en")."""
        return self.reason.words(language)


def judge(target: Target, counts: Counts, response_rate: Decimal | Fraction | None = None) -> Verdict:
    """The verdict on `target` from the counts of its closed period.

    A sample is decided by one-sided bounds: exact binomial for shares, exact trinomial for NPS, Gaffke's for
    means. Under the rule `simple` the figure itself is compared. Fewer answers than `min_n`, or a
    `response_rate` (percent of those asked) under `min_response_rate`, never meet a target, yet a miss that
    the bound proves stands, whatever the rule. A response rate that is not known blocks nothing; the reason
    says that it was not looked at. A census is compared directly.
    """
    if isinstance(counts, CensusCounts):
        exact = counts.exact()
        word: Word = "no_cases" if exact is None else "met" if target.reached_by(exact) else "missed"
        reason = census_reason(word, target, counts)
        return Verdict(word, True, estimate(counts), target, None, None, _kept(word, target), reason)
    if counts.n == 0:
        shown, reason = estimate(counts, target.confidence), no_cases_reason(target, counts)
        return Verdict("no_cases", True, shown, target, None, None, _kept("no_cases", target), reason)
    return decide(target, counts, one_sided_bounds(counts, target), response_rate)


def decide(
    target: Target,
    counts: SampleCounts,
    bounds: Bounds,
    response_rate: Decimal | Fraction | None = None,
    together: int = 1,
) -> Verdict:
    """The verdict on a sample with answers, by these bounds; `together` targets share one confidence."""
    lack = lacks(target, counts, response_rate)
    word = _sample_word(target, counts, bounds, lack)
    reason = sample_reason(word, target, counts, bounds, lack, response_rate, together)
    shown = estimate(counts, target.confidence)
    return Verdict(word, True, shown, target, bounds.low, bounds.high, _kept(word, target), reason)


def withheld(verdict: Verdict, limit: int) -> Verdict:
    """The same word without any figure: fewer than `limit` answered, and figures would tell who said what."""
    blank = replace(verdict.estimate, value=None, low=None, high=None, n=None, confidence=None)
    few = Message(
        "fewer than {limit} answers, so no figure is shown; {word}",
        {"limit": str(limit), "word": WORDS[verdict.word]},
    )
    return replace(verdict, estimate=blank, bound_low=None, bound_high=None, reason=few)


def _sample_word(target: Target, counts: SampleCounts, bounds: Bounds, lack: Lack | None) -> Word:
    missed = bounds.proves_missed(target)
    if lack:
        return "missed" if missed else "too_few"
    if target.rule == "simple":
        return "met" if target.reached_by(Fraction(counts.exact() or 0)) else "missed"
    if bounds.proves_met(target):
        return "met"
    return "missed" if missed else "not_proven"


def _kept(word: Word, target: Target) -> bool | None:
    if word in ("met", "missed"):
        return word == "met"
    if word == "no_cases":
        return False if target.no_cases == "missed" else None
    if target.rule == "simple":
        return None
    return target.rule == "breach_must_be_proven"
