"""The simulation itself: terms are drawn from a truth, judged and settled, and counted up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import sqrt
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from contract.metrics import KINDS
from contract.model.contract import Contract
from contract.model.examples import ClosedWord
from contract.model.measures import MetricUse, index_value
from contract.simulation.judging import CENSUS_UNIT, KEPT, WORDS, Drawn, Judged, judge_runs
from contract.simulation.paying import AMOUNTS, Paid, liable_truths, pay_runs
from contract.simulation.proving import Whole
from contract.simulation.truths import Truth, needed
from contract.statistics import share_power
from contract.statistics.values import Floats
from contract.targets import Target

RUNS = 5_000
MOST_RUNS = 200_000
SIZES = (50, 100, 200, 400, 800, 1600)
MISSES = (2, 5)


@dataclass(frozen=True, slots=True)
class Share:
    """A share of the runs (0..1) and its standard error.

    At 0 and 1, where the runs tell nothing of the error, it is that of (k + 1) / (runs + 2), Laplace's rule.
    """

    value: float
    error: float


@dataclass(frozen=True, slots=True)
class Frequencies:
    """How often one target comes to each word in a period, or in a period of the term on average.

    `period` is None for the term, where `target` and `truth`, in the metric's unit, have no single value and
    `never_missed` says how often it is kept or open in every period. `words` are by word; `carried` counts
    what is pooled with the next period.
    """

    metric: str
    period: str | None
    target: Decimal | None
    truth: Fraction | None
    words: Mapping[ClosedWord, Share]
    kept: Share
    carried: Share
    never_missed: Share | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    """An amount of money over the runs: its mean, and its 5th, 50th and 95th percentile."""

    mean: Decimal
    low: Decimal
    middle: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Cost:
    """The money of a period, or of the term where `period` is None; `amounts` by name of `AMOUNTS`.

    `wrongly`: something is deducted for a target that the truth reaches; None where it reaches none.
    `spared`: nothing is deducted for any target that the truth does not reach; None where it reaches all.
    """

    period: str | None
    amounts: Mapping[str, Spread]
    deducted: Share
    wrongly: Share | None
    spared: Share | None


@dataclass(frozen=True, slots=True)
class Power:
    """How often `n` answers prove a true miss of `miss` percentage points of a share's last target."""

    metric: str
    target: Decimal
    n: int
    miss: int
    chance: float


@dataclass(frozen=True, slots=True)
class Simulation:
    """What came out of `runs` terms. `costs` and `term_cost` are empty and None without fees.

    `frequencies` are by period, then metric; `over_term` by metric.
    """

    runs: int
    seed: int
    truths: Mapping[str, Truth]
    n: Mapping[str, int]
    response_rates: Mapping[str, Decimal]
    frequencies: tuple[Frequencies, ...]
    over_term: tuple[Frequencies, ...]
    costs: tuple[Cost, ...]
    term_cost: Cost | None
    powers: tuple[Power, ...]


def simulate(
    contract: Contract,
    truths: Mapping[str, Truth],
    n: Mapping[str, int],
    response_rates: Mapping[str, Decimal] | None = None,
    runs: int = RUNS,
    seed: int = 1,
) -> Simulation:
    """Draw `runs` terms from `truths`, with `n` answers a period of each metric that is sampled.

    Answers are independent of each other, metrics and periods too; an index follows from its components.
    `response_rates` are in percent of those asked; one that is not named blocks nothing, as in `judge`. The
    same seed gives the same figures. Raises ValueError where a truth or a number of answers is missing.
    """
    rates = response_rates or {}
    if not 1 <= runs <= MOST_RUNS:
        raise ValueError(f"there are 1 to {MOST_RUNS:,} runs, not {runs}")
    for use in needed(contract, truths):
        if use.metric not in truths or (KINDS[use.kind].sampled and n.get(use.metric, 0) < 1):
            raise ValueError(f"{use.metric} needs a truth, and answers where it is sampled")
    drawn, figures = _drawn(contract, truths, n, rates, runs, seed)
    judged = judge_runs(contract, drawn)
    reached = [
        {metric: one.target.reached_by(figures[metric][number]) for metric, one in verdicts.items()}
        for number, verdicts in enumerate(judged)
    ]
    frequencies = [
        _frequencies(one, figures[metric][number])
        for number, verdicts in enumerate(judged)
        for metric, one in verdicts.items()
    ]
    metrics = dict.fromkeys(metric for verdicts in judged for metric in verdicts)
    over_term = [
        _over_term([verdicts[metric] for verdicts in judged if metric in verdicts]) for metric in metrics
    ]
    costs: tuple[Cost, ...] = ()
    term_cost = None
    if contract.spec.fees is not None:
        paid = pay_runs(contract, judged, reached)
        scale = contract.spec.fees.scale
        truly = [liable_truths(contract, *pair) for pair in zip(contract.periods, reached, strict=True)]
        costs = tuple(
            _cost(period.name, [one], good, scale)
            for period, one, good in zip(contract.periods, paid, truly, strict=True)
        )
        term_cost = _cost(None, paid, [good for each in truly for good in each], scale)
    return Simulation(
        runs,
        seed,
        MappingProxyType(dict(truths)),
        MappingProxyType({use.metric: n[use.metric] for use in needed(contract, truths) if use.metric in n}),
        MappingProxyType(dict(rates)),
        tuple(frequencies),
        tuple(over_term),
        costs,
        term_cost,
        tuple(_powers(contract, n)),
    )


def _drawn(
    contract: Contract,
    truths: Mapping[str, Truth],
    n: Mapping[str, int],
    rates: Mapping[str, Decimal],
    runs: int,
    seed: int,
) -> tuple[Mapping[str, Drawn], Mapping[str, Sequence[Fraction]]]:
    """What was drawn, and the true figures by period, by metric; in the order of the contract."""
    rng, count = np.random.default_rng(seed), len(contract.periods)
    drawn: dict[str, Drawn] = {}
    figures: dict[str, Sequence[Fraction]] = {}
    for use in needed(contract, truths):
        laws = [truths[use.metric].at(number, count) for number in range(count)]
        figures[use.metric] = [law.figure for law in laws]
        if KINDS[use.kind].sampled:
            counts = np.stack([rng.multinomial(n[use.metric], law.chances, size=runs) for law in laws])
            points = np.array(truths[use.metric].points, dtype=np.int64)
            drawn[use.metric] = Drawn(use.kind, points, counts, rates.get(use.metric))
        else:
            spread = [float(law.figure) + law.spread * rng.standard_normal(runs) for law in laws]
            drawn[use.metric] = _census(use, np.stack(spread))
    for use in contract.metrics:
        if use.kind == "index" and all(part.metric in drawn for part in use.components):
            drawn[use.metric] = _census(use, _index(use, drawn))
            figures[use.metric] = [
                index_value(
                    use.components, {part.metric: figures[part.metric][number] for part in use.components}
                )
                or Fraction(0)
                for number in range(count)
            ]
    return drawn, figures


def _census(use: MetricUse, figures: Floats) -> Drawn:
    units: Whole = np.rint(figures * CENSUS_UNIT).astype(np.int64)[:, :, None]
    return Drawn(use.kind, np.array([1], dtype=np.int64), units)


def _index(use: MetricUse, drawn: Mapping[str, Drawn]) -> Floats:
    """The index by period and run, as `index_value` makes it of the components' figures."""
    parts = []
    for part in use.components:
        one = drawn[part.metric]
        sizes = one.counts.sum(axis=2) if one.sampled else CENSUS_UNIT
        figures = (one.counts @ one.points) / sizes
        worst, best = float(part.worst), float(part.best)
        parts.append(float(part.weight) * 100 * np.clip((figures - worst) / (best - worst), 0, 1))
    return np.asarray(np.sum(parts, axis=0))


def _share(happened: ArrayLike) -> Share:
    """The share of runs in which something happened, from one truth value a run."""
    flags = np.asarray(happened, dtype=bool)
    count, runs = int(flags.sum()), len(flags)
    value = count / runs
    rough = value if 0 < count < runs else (count + 1) / (runs + 2)
    return Share(value, sqrt(rough * (1 - rough) / runs))


def _mean_share(by_period: Sequence[ArrayLike]) -> Share:
    """The mean over the periods of a term; runs are independent, the periods of one run need not be."""
    each = np.mean([np.asarray(flags, dtype=float) for flags in by_period], axis=0)
    value, runs = float(each.mean()), len(each)
    if each.min() == each.max() and value in (0.0, 1.0):
        return _share(each)
    return Share(value, float(each.std()) / sqrt(runs))


def _frequencies(one: Judged, truth: Fraction) -> Frequencies:
    words = {word: _share(one.words == place) for place, word in enumerate(WORDS)}
    kept, carried = _share(one.kept == KEPT), _share(one.carried)
    target = one.target
    return Frequencies(target.metric, target.period.name, target.value, truth, words, kept, carried)


def _over_term(periods: Sequence[Judged]) -> Frequencies:
    words = {word: _mean_share([one.words == place for one in periods]) for place, word in enumerate(WORDS)}
    kept = _mean_share([one.kept == KEPT for one in periods])
    carried = _mean_share([one.carried for one in periods])
    lost = [(one.kept == 0) & ~one.carried for one in periods]
    never = _share(~np.any(lost, axis=0))
    return Frequencies(periods[0].target.metric, None, None, None, words, kept, carried, never)


def _cost(period: str | None, paid: Sequence[Paid], truly: Sequence[bool], scale: int) -> Cost:
    totals = {name: np.sum([one.amounts[name] for one in paid], axis=0) for name in AMOUNTS}
    wrongly = np.any([one.wrongly for one in paid], axis=0)
    rightly = np.any([one.rightly for one in paid], axis=0)
    return Cost(
        period,
        {name: _spread(total, scale) for name, total in totals.items()},
        _share(wrongly | rightly),
        _share(wrongly) if any(truly) else None,
        _share(~rightly) if not all(truly) else None,
    )


def _spread(amounts: Whole, scale: int) -> Spread:
    """Percentiles are amounts that came up, the least that so many runs do not exceed."""
    unit = Decimal(1).scaleb(-scale)
    ranks = np.percentile(amounts, (5, 50, 95), method="inverted_cdf")
    low, middle, high = (Decimal(int(amount)).scaleb(-scale).quantize(unit) for amount in ranks)
    mean = (Decimal(int(amounts.sum())) / len(amounts)).scaleb(-scale).quantize(unit, ROUND_HALF_UP)
    return Spread(mean, low, middle, high)


def _powers(contract: Contract, n: Mapping[str, int]) -> Sequence[Power]:
    """For every share that has something to prove, at its last target: is a true miss found?"""
    last: dict[str, Target] = {target.metric: target for target in contract.targets}
    kinds = {use.metric: use.kind for use in contract.metrics}
    powers = []
    for metric, target in last.items():
        if kinds[metric] != "share" or target.rule == "simple":
            continue
        goal, higher = float(target.value) / 100, target.direction == "higher"
        for miss in MISSES:
            truth = goal - miss / 100 if higher else goal + miss / 100
            if not 0 <= truth <= 1:
                continue
            for size in sorted({*SIZES, n[metric]} if metric in n else SIZES):
                chance = share_power(size, truth, goal, "less" if higher else "greater", target.confidence)
                powers.append(Power(metric, target.value, size, miss, chance))
    return powers
