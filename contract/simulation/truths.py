"""What is assumed to be true of a metric over the term: how likely each answer is, in each period."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from contract.metrics import KindName
from contract.model.contract import Contract
from contract.model.measures import MetricUse
from contract.statistics.values import Floats

# Three answers in ten are passive where a truth names only the score: half way between none and the most
# that surveys of satisfied customers show; fewer where the score leaves no room for them.
PASSIVES = Fraction(30, 100)


@dataclass(frozen=True, slots=True)
class Law:
    """The truth of one period: `figure` in the metric's unit, and how it comes about.

    `chances` are of an answer at each of the points of its `Truth`; a census has none: its figure is spread
    normally with the standard deviation `spread`.
    """

    figure: Fraction
    chances: tuple[float, ...] = ()
    spread: float = 0.0


@dataclass(frozen=True, slots=True)
class Truth:
    """The truth of a metric, from the `first` period of the term to the `last`, linear between.

    `points` are what an answer can add to the figure, in the metric's unit: 0 and 100 for a share, -100, 0
    and 100 for an NPS, the points of the scale for a mean, none for a census.
    """

    metric: str
    kind: KindName
    points: tuple[int, ...]
    first: Law
    last: Law

    def at(self, number: int, periods: int) -> Law:
        """The law of period `number` (from 0) of so many."""
        way = Fraction(number, periods - 1) if periods > 1 else Fraction(0)

        def between(start: float, end: float) -> float:
            return start if start == end else start + (end - start) * float(way)

        chances = tuple(between(*pair) for pair in zip(self.first.chances, self.last.chances, strict=True))
        figure = self.first.figure + (self.last.figure - self.first.figure) * way
        return Law(figure, chances, between(self.first.spread, self.last.spread))


def share_law(share: Fraction) -> Law:
    """A share (0..1) of good answers. Raises ValueError beyond."""
    if not 0 <= share <= 1:
        raise ValueError(f"a share lies between 0 and 1, not {share}")
    return Law(100 * share, (float(1 - share), float(share)))


def nps_law(score: Fraction) -> Law:
    """A score in points (-100..100) with `PASSIVES`, or as many as the score allows. ValueError beyond."""
    if not -100 <= score <= 100:
        raise ValueError(f"a Net Promoter Score lies between -100 and 100, not {score}")
    passives = min(PASSIVES, 1 - abs(score) / 100)
    promoters = (1 - passives + score / 100) / 2
    return split_law((1 - passives - promoters, passives, promoters))


def split_law(split: Sequence[Fraction]) -> Law:
    """Shares of detractors, passives and promoters, which add up to 1; ValueError otherwise."""
    if len(split) != 3 or min(split) < 0 or sum(split) != 1:
        raise ValueError("detractors, passives and promoters are three shares that add up to 1")
    return Law(100 * (split[2] - split[0]), tuple(float(part) for part in split))


def mean_law(mean: Fraction, points: Sequence[int]) -> Law:
    """The law of largest entropy with this mean: chances in geometric progression along the scale.

    It assumes least beyond the mean itself (Jaynes 1957, Physical Review 106:620-630), and spreads wider than
    answers that crowd around their mean. Raises ValueError for a mean off the scale.
    """
    from scipy.optimize import brentq

    if not points[0] <= mean <= points[-1]:
        raise ValueError(f"a mean on this scale lies between {points[0]} and {points[-1]}, not {mean}")
    places = np.array(points, dtype=float) - float(mean)
    if mean in (points[0], points[-1]):
        return Law(mean, tuple(float(place == 0) for place in places))

    def tilted(slope: float) -> Floats:
        heights = slope * places
        weights: Floats = np.exp(heights - heights.max())
        weights /= weights.sum()
        return weights

    steepest = 1.0
    while tilted(steepest) @ places < 0 or tilted(-steepest) @ places > 0:
        steepest *= 2
    slope = brentq(lambda each: float(tilted(each) @ places), -steepest, steepest, xtol=1e-14)
    return Law(mean, tuple(float(chance) for chance in tilted(slope)))


def answers_law(weights: Mapping[int, Fraction], points: Sequence[int]) -> Law:
    """Answers in proportion to `weights` by point; those of `points` that are not named have none.

    Raises ValueError for a point that the scale does not have, a negative weight, and without any.
    """
    total = sum(weights.values(), Fraction(0))
    if not set(weights) <= set(points) or min(weights.values()) < 0 or not total:
        raise ValueError(f"weights belong to the points {points[0]} to {points[-1]} and are not negative")
    mean = sum((point * weight for point, weight in weights.items()), Fraction(0)) / total
    return Law(mean, tuple(float(weights.get(point, Fraction(0)) / total) for point in points))


def needed(contract: Contract, named: Collection[str] = ()) -> tuple[MetricUse, ...]:
    """The metrics that a truth has to be named for: those with a target that money hangs on (with any target,
    where none has), and the components of an index. Others with a target only where they are `named`."""
    aimed = {target.metric for target in contract.targets}
    judged = {metric for metric in aimed if contract.liable(metric)} or aimed
    judged |= aimed & set(named)
    uses = {use.metric: use for use in contract.metrics}
    parts = {part.metric for name in judged for part in uses[name].components}
    return tuple(use for use in contract.metrics if use.metric in judged | parts and use.kind != "index")
