"""Worked examples inside the file: what was counted in a period, and the verdict and money agreed for it."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BeforeValidator

from contract.counts import CensusCounts, Counts, MeanCounts, NpsCounts, ShareCounts, index_figure
from contract.fields import Count, MetricName, Money, Number, Text, Whole, Words
from contract.metrics import KindName
from contract.model.part import Part

ClosedWord = Literal["met", "missed", "not_proven", "too_few", "no_cases"]


def _as_point(value: object) -> object:
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else value


class Given(Part):
    """What was counted for one metric, in the keys of its kind.

    share: `successes`, `n`; nps: `detractors`, `passives`, `promoters`; mean: `answers`, point of the scale
    -> count; census and index: `value`, in the metric's unit.
    """

    metric: MetricName
    successes: Count | None = None
    n: Count | None = None
    detractors: Count | None = None
    passives: Count | None = None
    promoters: Count | None = None
    answers: Mapping[Annotated[Whole, BeforeValidator(_as_point)], Count] | None = None
    value: Number | None = None

    def counts(self, kind: KindName) -> Counts | None:
        """The counts in the shape of the kind; None when the keys are not those of the kind."""
        match kind:
            case "share" if self.successes is not None and self.n is not None and self.successes <= self.n:
                return ShareCounts(self.successes, self.n)
            case "nps" if None not in (split := (self.detractors, self.passives, self.promoters)):
                return NpsCounts(*(part or 0 for part in split))
            case "mean" if self.answers:
                return MeanCounts(self.answers)
            case "census" if self.value is not None:
                return CensusCounts(float(self.value), 0, 0)
            case "index" if self.value is not None:
                return index_figure(float(self.value))
        return None


class Before(Part):
    """What an earlier period left behind for one metric: its verdict, and what was deducted for it."""

    period: Words
    metric: MetricName
    verdict: ClosedWord
    deducted: Money | None = None


class Expected(Part):
    """What has to come out for one metric; what is left out is not compared.

    `amount` is what the metric costs party B in money before caps (its line of the settlement).
    """

    metric: MetricName
    verdict: ClosedWord
    severity: MetricName | None = None
    points: Number | None = None
    amount: Money | None = None


class Total(Part):
    """What has to come out for the whole period, in money; what is left out is not compared.

    `payable` is the base fee less `deducted` (after caps), plus `earned_back` and `bonus`; no added services.
    """

    deducted: Money | None = None
    earned_back: Money | None = None
    bonus: Money | None = None
    payable: Money | None = None


class Example(Part):
    """One case that both parties worked through before signing; it has to reproduce when the file is read."""

    name: Text
    period: Words
    before: tuple[Before, ...] = ()
    given: tuple[Given, ...]
    expect: tuple[Expected, ...]
    total: Total | None = None

    @property
    def names_money(self) -> bool:
        """Whether it expects more than verdicts: a severity, points or money."""
        return self.total is not None or any(
            one.severity is not None or one.points is not None or one.amount is not None
            for one in self.expect
        )
