"""The verdicts on many simulated terms at once: what `contract.deciding.judge_term` says of each of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from contract.deciding import can_decide_next, mean_target
from contract.metrics import KINDS, KindName
from contract.model.contract import Contract
from contract.model.examples import ClosedWord
from contract.periods import Period
from contract.simulation.proving import Flags, Proof, Whole, proves, reaches
from contract.targets import Target

WORDS: tuple[ClosedWord, ...] = ("met", "missed", "not_proven", "too_few", "no_cases")
MET, MISSED, NOT_PROVEN, TOO_FEW, _ = range(len(WORDS))
KEPT, NOT_KEPT, OPEN = 1, 0, -1
CENSUS_UNIT = 10**12  # a census is compared to twelve decimals, see `CensusCounts.exact`

Small = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was drawn for one metric: `counts` of answers by period, run and point of the scale.

    A census has the one point 1, and its figure as count, in units of 1 / CENSUS_UNIT of the metric's.
    """

    kind: KindName
    points: Whole
    counts: Whole
    response_rate: Decimal | None = None

    @property
    def sampled(self) -> bool:
        return KINDS[self.kind].sampled


@dataclass(frozen=True, slots=True)
class Judged:
    """What the rule makes of one target in one period; every array has an entry a run.

    `words` are places in `WORDS`; `kept` is KEPT, NOT_KEPT or OPEN; `carried` is pooled with the next period.
    The figure is sums / sizes. `held` is the place in `targets` of the target it was held against: the
    period's own, then those of pools with one, two, ... periods before. `at_stretch` is met at the stretch.
    """

    target: Target
    words: Small
    kept: Small
    carried: Flags
    sums: Whole
    sizes: Whole
    held: Small
    targets: tuple[Target, ...]
    at_stretch: Flags


@dataclass(slots=True)
class _Pools:
    """What runs carry of one metric: answers by run and point, how many periods, and their targets."""

    counts: Whole
    carries: Small
    goals: list[tuple[Decimal, int]] = field(default_factory=list)


@dataclass(slots=True)
class _Asked:
    """A target of a period after adding what was carried; `size` is of the period's own answers alone."""

    own: Target
    drawn: Drawn
    counts: Whole
    size: int
    sums: Whole
    sizes: Whole
    held: Small
    targets: tuple[Target, ...]

    def by_target(self) -> list[tuple[Target, Flags, int]]:
        """Each target that runs are held against, which runs, and of how many answers each of them is."""
        groups = []
        for place, target in enumerate(self.targets):
            here = self.held == place
            if here.any():
                groups.append((target, here, int(self.sizes[here][0])))
        return groups

    def proven(self, proof: Proof, confidence: float, stretched: bool = False) -> Flags:
        found = np.zeros(len(self.sums), dtype=bool)
        for target, here, _ in self.by_target():
            goal = _stretched(target) if stretched else target
            found[here] = proves(
                proof, goal, self.drawn.kind, self.drawn.points, self.counts[here], confidence
            )
        return found

    def reached(self, stretched: bool = False) -> Flags:
        found = np.zeros(len(self.sums), dtype=bool)
        for target, here, n in self.by_target():
            found[here] = reaches(_stretched(target) if stretched else target, self.sums[here], n)
        return found

    @property
    def lacking(self) -> Flags:
        """Which runs have too few answers, or too low a response rate, to meet the target."""
        rate, least = self.drawn.response_rate, self.own.min_response_rate
        low = rate is not None and least is not None and rate < least
        return (self.sizes < self.own.min_n) | low


def judge_runs(contract: Contract, drawn: Mapping[str, Drawn]) -> tuple[Mapping[str, Judged], ...]:
    """The verdicts by period of the term and metric; metrics that are not drawn are not judged."""
    pools: dict[str, _Pools] = {}
    return tuple(
        _judge_period(contract, period, number, drawn, pools)
        for number, period in enumerate(contract.periods)
    )


def _judge_period(
    contract: Contract, period: Period, number: int, drawn: Mapping[str, Drawn], pools: dict[str, _Pools]
) -> Mapping[str, Judged]:
    asked = {}
    for terms in contract.spec.targets:
        target = contract.target(terms.metric, period.name)
        if target is not None and terms.metric in drawn:
            asked[terms.metric] = _asked(target, drawn[terms.metric], number, pools.get(terms.metric))
    together = _together(contract, asked)
    judged = {}
    for metric, one in asked.items():
        words = _words(one, *(together.get(metric) or _alone(one)))
        judged[metric] = _decided(contract, one, words, pools, len(together) if metric in together else 1)
    return judged


def _asked(target: Target, drawn: Drawn, number: int, pool: _Pools | None) -> _Asked:
    counts = drawn.counts[number]
    held = np.zeros(len(counts), dtype=np.int8)
    targets, size = [target], int(counts[0].sum()) if drawn.sampled else CENSUS_UNIT
    if pool is not None and not target.grace:
        counts, held = counts + pool.counts, pool.carries
        for carries in range(1, int(held.max(initial=0)) + 1):
            goals = (*pool.goals[-carries:], (target.value, size))
            targets.append(replace(target, value=mean_target(goals)))
    sums = counts @ drawn.points
    sizes = counts.sum(axis=1) if drawn.sampled else np.full_like(sums, CENSUS_UNIT)
    return _Asked(target, drawn, counts, size, sums, sizes, held, tuple(targets))


def _alone(one: _Asked) -> tuple[Flags, Flags]:
    """Which runs prove the target met and missed, each target by itself."""
    if not one.drawn.sampled or (one.own.rule == "simple" and not one.lacking.any()):
        nothing = np.zeros(len(one.sums), dtype=bool)
        return nothing, nothing
    return one.proven("met", one.own.confidence), one.proven("missed", one.own.confidence)


def _together(contract: Contract, asked: Mapping[str, _Asked]) -> Mapping[str, tuple[Flags, Flags]]:
    """The same for the targets that share one confidence after Holm, see `contract.together`."""
    taking = {
        metric: one
        for metric, one in asked.items()
        if contract.liable(metric) and one.drawn.sampled and not one.own.grace and one.own.rule != "simple"
    }
    if contract.spec.multiplicity != "holm" or len(taking) < 2:
        return {}
    confidence = next(iter(taking.values())).own.confidence
    levels = [1 - (1 - confidence) / left for left in range(1, len(taking) + 1)]
    able = np.column_stack([~one.lacking for one in taking.values()])
    met = _step_down([[one.proven("met", level) for one in taking.values()] for level in levels], able)
    everyone = np.ones_like(able)
    missed = _step_down(
        [[one.proven("missed", level) for one in taking.values()] for level in levels], everyone
    )
    return {metric: (met[:, place], missed[:, place]) for place, metric in enumerate(taking)}


def _step_down(proven: Sequence[Sequence[Flags]], taking: Flags) -> Flags:
    """What Holm proves; `proven` by how many are left (from 1), then target, `taking` by run and target."""
    at_level = np.array(proven)  # by number left, target, run
    runs = np.arange(len(taking))
    left = taking.copy()
    for _ in range(taking.shape[1]):
        count = np.maximum(left.sum(axis=1), 1)
        left &= ~at_level[count - 1, :, runs]
    return taking & ~left


def _words(one: _Asked, met: Flags, missed: Flags) -> Small:
    reached = one.reached()
    if not one.drawn.sampled:
        return np.where(reached, MET, MISSED).astype(np.int8)
    doubt = np.where(missed, MISSED, NOT_PROVEN)
    decided = np.where(reached, MET, MISSED) if one.own.rule == "simple" else np.where(met, MET, doubt)
    return np.where(one.lacking, np.where(missed, MISSED, TOO_FEW), decided).astype(np.int8)


def _decided(
    contract: Contract, one: _Asked, words: Small, pools: dict[str, _Pools], together: int
) -> Judged:
    """What doubt leads to, what is carried on, and whether the target is kept."""
    terms, runs = one.own.not_proven, len(words)
    carried, by_figure = np.zeros(runs, dtype=bool), np.zeros(runs, dtype=bool)
    if one.drawn.sampled and not one.own.grace:
        doubtful = (words == NOT_PROVEN) | (words == TOO_FEW)
        if terms.leads_to == "simple":
            by_figure = words == NOT_PROVEN
        elif terms.leads_to == "pool_with_next":
            can_carry = (one.held < terms.max_carries) & can_decide_next(contract, one.own)
            carried, by_figure = doubtful & can_carry, doubtful & ~can_carry
            _carry(one, carried, pools)
        figure = np.where(one.reached(), np.where(words == TOO_FEW, TOO_FEW, MET), MISSED)
        words = np.where(by_figure, figure, words).astype(np.int8)
    doubt = {"simple": OPEN, "breach_must_be_proven": KEPT, "success_must_be_proven": NOT_KEPT}[one.own.rule]
    kept = np.where(words == MET, KEPT, np.where(words == MISSED, NOT_KEPT, doubt)).astype(np.int8)
    at_stretch = _at_stretch(contract, one, together)
    return Judged(one.own, words, kept, carried, one.sums, one.sizes, one.held, one.targets, at_stretch)


def _carry(one: _Asked, carried: Flags, pools: dict[str, _Pools]) -> None:
    before = pools.get(one.own.metric)
    pools[one.own.metric] = _Pools(
        np.where(carried[:, None], one.counts, 0),
        np.where(carried, one.held + 1, 0).astype(np.int8),
        [*(before.goals if before else ()), (one.own.value, one.size)],
    )


def _at_stretch(contract: Contract, one: _Asked, together: int) -> Flags:
    """Which runs are met with the stretch as target, where a bonus hangs on it."""
    nobody = np.zeros(len(one.sums), dtype=bool)
    if one.own.stretch is None or getattr(contract.spec.consequences, "bonus", None) is None:
        return nobody
    if not one.drawn.sampled or one.own.rule == "simple":
        return one.reached(stretched=True) & ~one.lacking
    confidence = 1 - (1 - one.own.confidence) / together
    return one.proven("met", confidence, stretched=True) & ~one.lacking


def _stretched(target: Target) -> Target:
    return replace(target, value=target.stretch or target.value)
