"""The verdicts of a term in order: what proves nothing is pooled with the next period, and liable targets
share one confidence where the contract asks for Holm."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from contract.counts import CensusCounts, Counts, MeanCounts, NpsCounts, SampleCounts, ShareCounts
from contract.model.contract import Contract
from contract.targets import Target
from contract.texts import Message, listed
from contract.together import judge_together
from contract.verdict import Verdict, judge

# A mean of targets is a fraction: six decimals tell it apart from all figures of under a million answers.
_MEAN_TARGET = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Counted:
    """What one target of a closed period is judged by; `response_rate` is in percent, None where unknown.

    `relieved`: both parties set the target free in the period, so that it is judged by itself, as in grace.
    """

    target: Target
    counts: Counts
    response_rate: Decimal | Fraction | None = None
    relieved: bool = False

    @property
    def by_itself(self) -> bool:
        """Whether nothing is pooled with it: grace, relief, counted in full."""
        return self.relieved or self.target.grace or isinstance(self.counts, CensusCounts)


@dataclass(frozen=True, slots=True)
class Decided:
    """A verdict and what it was made from: the counts of the period and of those `pooled` with it.

    `verdict.target` is the target it was held against, after pooling the mean of several. `carried`: it
    decides nothing yet, its counts go into the next period. `at_stretch`: met with the stretch as target too,
    by the same rule; under Holm each target with its share of the doubt (Bonferroni), which is stricter.
    """

    verdict: Verdict
    counts: Counts
    pooled: tuple[str, ...] = ()
    carried: bool = False
    at_stretch: bool = False


@dataclass(frozen=True, slots=True)
class _Pool:
    """What earlier periods carried: counts, lowest response rate, targets with their answers, names."""

    counts: SampleCounts
    rate: Decimal | Fraction | None
    goals: tuple[tuple[Decimal, int], ...] = ()
    periods: tuple[str, ...] = ()


def judge_term(
    periods: Iterable[tuple[Contract, Mapping[str, Counted]]],
) -> tuple[Mapping[str, Decided], ...]:
    """The verdicts on consecutive closed periods, each with the contract version it belongs to; by metric.

    A target whose verdict is not proven, or too few, is carried as its `not_proven` says: the counts are
    added to those of the next period and held against the mean of the targets, weighted with the answers of
    each. After `max_carries` carries, and where no period follows that could decide, the figure itself
    decides; it can be a miss however few answered, but too few still cannot meet a target. A period of grace
    or relief is judged by itself, and so is one without answers: what was carried waits for the next one.
    """
    pools: dict[str, _Pool] = {}
    return tuple(_judge_period(contract, counted, pools) for contract, counted in periods)


def mean_target(goals: Sequence[tuple[Decimal, int]]) -> Decimal:
    """What pooled answers are held against: the mean of the targets, each with the number of its answers."""
    total = sum((value * n for value, n in goals), Decimal(0))
    return (total / sum(n for _, n in goals)).quantize(_MEAN_TARGET, ROUND_HALF_UP).normalize()


def _judge_period(
    contract: Contract, counted: Mapping[str, Counted], pools: dict[str, _Pool]
) -> Mapping[str, Decided]:
    asked = {metric: _with_pool(contract, one, pools.get(metric)) for metric, one in counted.items()}
    verdicts = _verdicts(contract, asked)
    decided = {
        metric: _decided(contract, metric, counted[metric], one, verdicts[metric], pools)
        for metric, one in asked.items()
    }
    together = _together(contract, asked)
    sharing = {metric: len(together) if metric in together else 1 for metric in asked}
    return {
        metric: replace(one, at_stretch=_at_stretch(asked[metric], sharing[metric]))
        for metric, one in decided.items()
    }


def _verdicts(contract: Contract, asked: Mapping[str, Counted]) -> Mapping[str, Verdict]:
    alone = {metric: judge(one.target, one.counts, one.response_rate) for metric, one in asked.items()}
    if contract.spec.multiplicity != "holm":
        return alone
    liable = [
        metric
        for metric, one in asked.items()
        if contract.liable(metric) and not one.target.grace and not one.relieved
    ]
    judged = judge_together(
        [(asked[metric].target, asked[metric].counts) for metric in liable],
        [asked[metric].response_rate for metric in liable],
    )
    return alone | dict(zip(liable, judged, strict=True))


def _together(contract: Contract, asked: Mapping[str, Counted]) -> Collection[str]:
    """The targets that share one confidence, see `contract.together`."""
    if contract.spec.multiplicity != "holm":
        return ()
    return [
        metric
        for metric, one in asked.items()
        if contract.liable(metric)
        and not one.by_itself
        and one.target.rule != "simple"
        and one.counts.exact() is not None
    ]


def _at_stretch(asked: Counted, together: int) -> bool:
    target = asked.target
    if target.stretch is None:
        return False
    confidence = 1 - (1 - target.confidence) / together
    stretched = replace(target, value=target.stretch, confidence=confidence)
    return judge(stretched, asked.counts, asked.response_rate).word == "met"


def _waits(contract: Contract, own: Counted) -> bool:
    """Whether what was carried passes over the period: nobody answered in it, and another one can decide or
    the contract takes its silence for a miss, which answers of before cannot mend."""
    if isinstance(own.counts, CensusCounts) or own.counts.n:
        return False
    return own.target.no_cases == "missed" or can_decide_next(contract, own.target)


def _with_pool(contract: Contract, one: Counted, pool: _Pool | None) -> Counted:
    """The target and counts after adding what was carried; of the response rates the lowest counts."""
    if pool is None or one.by_itself or isinstance(one.counts, CensusCounts) or _waits(contract, one):
        return one
    goals = (*pool.goals, (one.target.value, one.counts.n))
    value = mean_target(goals)
    rates = (pool.rate, one.response_rate)
    known = [rate for rate in rates if rate is not None]
    lowest = min(known) if len(known) == len(rates) else None
    return Counted(replace(one.target, value=value), _added(pool.counts, one.counts), lowest)


def _decided(
    contract: Contract,
    metric: str,
    own: Counted,
    asked: Counted,
    verdict: Verdict,
    pools: dict[str, _Pool],
) -> Decided:
    if own.by_itself or isinstance(own.counts, CensusCounts) or isinstance(asked.counts, CensusCounts):
        return Decided(verdict, asked.counts)
    if _waits(contract, own):
        return Decided(verdict, own.counts)
    pool = pools.pop(metric, None)
    before = pool.periods if pool else ()
    terms = own.target.not_proven
    doubtful = verdict.word in ("not_proven", "too_few")
    if doubtful and terms.leads_to == "simple" and verdict.word == "not_proven":
        return Decided(_by_figure(asked, verdict), asked.counts)
    if doubtful and terms.leads_to == "pool_with_next":
        if len(before) < terms.max_carries and can_decide_next(contract, own.target):
            goals = (*(pool.goals if pool else ()), (own.target.value, own.counts.n))
            names = (*before, own.target.period.name)
            pools[metric] = _Pool(asked.counts, asked.response_rate, goals, names)
            said = Message("{reason}; carried into the next period", {"reason": verdict.reason})
            carried = replace(verdict, reason=said)
            return Decided(_pooled(carried, before), asked.counts, before, carried=True)
        figure = judge(replace(asked.target, rule="simple", min_n=0, min_response_rate=None), asked.counts)
        if verdict.word != "too_few" or figure.word != "met":
            verdict = replace(figure, target=asked.target)
    return Decided(_pooled(verdict, before), asked.counts, before)


def can_decide_next(contract: Contract, target: Target) -> bool:
    """Whether the next period of the term has a target for the same metric, and no grace."""
    later = [period for period in contract.periods if period.start > target.period.start]
    following = contract.target(target.metric, later[0].name) if later else None
    return following is not None and not following.grace


def _by_figure(asked: Counted, verdict: Verdict) -> Verdict:
    """The verdict by the figure itself; enough answered, or the word would not be "not proven"."""
    return replace(judge(replace(asked.target, rule="simple"), asked.counts), target=verdict.target)


def _pooled(verdict: Verdict, before: tuple[str, ...]) -> Verdict:
    if not before:
        return verdict
    said = Message("{reason}; pooled with {periods}", {"reason": verdict.reason, "periods": listed(before)})
    return replace(verdict, reason=said)


def _added(one: SampleCounts, other: SampleCounts) -> SampleCounts:
    match one, other:
        case ShareCounts(), ShareCounts():
            return ShareCounts(one.successes + other.successes, one.n + other.n)
        case NpsCounts(), NpsCounts():
            return NpsCounts(
                one.detractors + other.detractors,
                one.passives + other.passives,
                one.promoters + other.promoters,
            )
        case MeanCounts(), MeanCounts():
            points = sorted({*one.counts, *other.counts})
            return MeanCounts({p: one.counts.get(p, 0) + other.counts.get(p, 0) for p in points})
    raise ValueError("only counts of one kind can be pooled")
