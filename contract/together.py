"""Verdicts on all targets of a period that share one confidence, after Holm."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from contract.bounds import lacks, one_sided_bounds
from contract.counts import CensusCounts, Counts, SampleCounts
from contract.targets import Target
from contract.verdict import Verdict, decide, judge

Proves = Callable[[int, float], bool]


def judge_together(
    results: Sequence[tuple[Target, Counts]],
    response_rates: Sequence[Decimal | Fraction | None] | None = None,
) -> tuple[Verdict, ...]:
    """The verdicts on the targets of one closed period, in the order given, under `multiplicity: holm`.

    Give the targets that carry liability. The confidence of the contract then holds for all of them at once:
    with it, no target among them is called missed that is not, and, separately, none met. Of those sampled
    under another rule than `simple`, all m are tested at alpha / m; where some are proven, the others at
    alpha / (m left), until none is (Holm 1979, Scandinavian Journal of Statistics 6:65-70). A target that too
    few answered cannot be met, so it takes no part in the proof of *met*. Censuses, samples without an answer
    and the rule `simple` are judged by themselves. `response_rates` are in percent, as in `judge`. Raises
    ValueError where the targets tested have not one confidence.
    """
    rates = response_rates or [None] * len(results)
    if len(rates) != len(results):
        raise ValueError(f"{len(rates)} response rates cannot belong to {len(results)} results")
    samples: dict[int, tuple[Target, SampleCounts]] = {}
    for place, (target, counts) in enumerate(results):
        if not isinstance(counts, CensusCounts) and counts.n and target.rule != "simple":
            samples[place] = (target, counts)
    confidences = {target.confidence for target, _ in samples.values()}
    if len(confidences) > 1:
        raise ValueError("Holm's procedure needs one confidence for all targets that have something to prove")
    if len(samples) < 2:
        return tuple(judge(*result, rate) for result, rate in zip(results, rates, strict=True))
    confidence = confidences.pop()

    def proves_met(place: int, level: float) -> bool:
        target, counts = samples[place]
        return one_sided_bounds(counts, target, met=level).proves_met(target)

    def proves_missed(place: int, level: float) -> bool:
        target, counts = samples[place]
        return one_sided_bounds(counts, target, missed=level).proves_missed(target)

    able = [place for place, sample in samples.items() if not lacks(*sample, rates[place])]
    met, missed = _levels(able, proves_met, confidence), _levels(samples, proves_missed, confidence)
    verdicts = []
    for place, (result, rate) in enumerate(zip(results, rates, strict=True)):
        if place not in samples:
            verdicts.append(judge(*result, rate))
            continue
        target, counts = samples[place]
        bounds = one_sided_bounds(counts, target, met.get(place), missed[place])
        verdicts.append(decide(target, counts, bounds, rate, together=len(samples)))
    return tuple(verdicts)


def _levels(places: Iterable[int], proves: Proves, confidence: float) -> dict[int, float]:
    """The confidence that each target is held against: stricter, the more are still unproven."""
    left, levels = list(places), dict[int, float]()
    while left:
        level = 1 - (1 - confidence) / len(left)
        levels |= dict.fromkeys(left, level)
        unproven = [place for place in left if not proves(place, level)]
        if len(unproven) == len(left):
            break
        left = unproven
    return levels
