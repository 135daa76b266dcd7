"""What is agreed on in words and what is measured: clauses, classes of customers, metrics and the index."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from pydantic import Field

from contract.fields import ClauseNumber, Count, Days, Identifier, MetricName, Money, Number, Text, Whole
from contract.metrics import KINDS, Direction, KindName, Unit
from contract.model.part import Part


class Clause(Part):
    """One clause, in both languages."""

    id: ClauseNumber
    title: Text
    text: Text


class Tier(Part):
    """A class of customers: who reaches one of its bars, deals or amount, and none of a later class.

    Both are counted over the last `within_days` days, over everything before where that is left out.
    """

    id: MetricName
    title: Text
    min_deals: Count | None = None
    min_amount: Money | None = None
    within_days: Days | None = None

    def reached(self, deals: int, amount: Decimal) -> bool:
        """Whether `deals` or `amount`, counted over this tier's days, reach one of its bars."""
        by_deals = self.min_deals is not None and deals >= self.min_deals
        return by_deals or (self.min_amount is not None and amount >= self.min_amount)


def tier_of(tiers: Sequence[Tier], counted: Mapping[str, tuple[int, Decimal]]) -> Tier | None:
    """The class of a customer: the last of `tiers` that is reached; None when none is.

    `counted` gives the deals and the amount by id of the tier, each over that tier's own days.
    """
    return next((tier for tier in reversed(tiers) if tier.reached(*counted[tier.id])), None)


class Component(Part):
    """One part of an index: `worst` counts as 0 and `best` as 100, linear between and cut off beyond."""

    metric: MetricName
    weight: Number
    worst: Number
    best: Number

    def points(self, figure: Fraction) -> Fraction:
        """The figure as 0 to 100 points, unrounded."""
        worst, best = Fraction(self.worst), Fraction(self.best)
        return 100 * min(Fraction(1), max(Fraction(0), (figure - worst) / (best - worst)))


class ScaleEnds(Part):
    """The ends of the scale that a mean is taken on."""

    lowest: Whole
    highest: Whole


class MetricUse(Part):
    """A metric of the catalogue, the clause it serves, and the survey it is sampled by.

    `metric` is its name in this contract and, unless `counted_as` names another, in the catalogue: so two
    touchpoints can have a target each. `title` is what pages call it, in place of the catalogue's title.
    `decimals` is how many an interpolated target keeps; a figure is never rounded before it is compared.
    `touchpoint` limits the answers to those of one service, `tier` is the class that is counted; `components`
    make an index of other metrics. `unit` is named where a census is measured in another one than percent.
    """

    metric: MetricName = Field(alias="id")
    counted_as: MetricName | None = Field(alias="metric", default=None)
    title: Text | None = None
    kind: KindName
    direction: Direction
    clause: ClauseNumber
    survey: Identifier | None = None
    unit: Unit | None = None
    decimals: Whole | None = None
    touchpoint: MetricName | None = None
    tier: MetricName | None = None
    scale: ScaleEnds | None = None
    components: tuple[Component, ...] = ()

    @property
    def measured_in(self) -> Unit:
        """The unit of its figures and targets."""
        return self.unit or KINDS[self.kind].unit


def index_value(components: Sequence[Component], figures: Mapping[str, Fraction]) -> Fraction | None:
    """The weighted sum of the components' points (0..100), unrounded; None while a figure is missing."""
    if any(part.metric not in figures for part in components):
        return None
    return sum(
        (Fraction(part.weight) * part.points(figures[part.metric]) for part in components), Fraction(0)
    )
